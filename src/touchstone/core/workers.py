"""Worker processes for many tasks of one kind: renewed now and then, missed by nobody when they are killed.

A process that makes reports keeps what it has set, so its memory grows; after some tasks a new one takes its
place. Processes come from a server that has loaded the libraries and has no threads (Python's forkserver).
One that dies costs its task a second try in another; then the task has failed.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final, Generic, TypeVar

Outcome = TypeVar("Outcome")

RENEWED_AFTER: Final = 200  # tasks of one process, which then holds about 350 MB
# One processor a process: several that each use all of them only stand in one another's way.
ALONE: Final[Mapping[str, str]] = {
    "RAYON_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A task whose process ended twice before it was done."""

    task: int
    ended: str


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    task: int
    left: int


@dataclass(slots=True)
class Workers(Generic[Outcome]):
    """Does tasks in `jobs` processes with `work`, which is handed to each process once, whole.

    `loaded` are modules that the processes share; those named first in a program hold for all that follow.
    """

    work: Callable[[int], Outcome]
    jobs: int
    renewed_after: int = RENEWED_AFTER
    loaded: Sequence[str] = ()
    _waiting: deque[int] = field(init=False, default_factory=deque)
    _tried: set[int] = field(init=False, default_factory=set)
    _busy: dict[Connection, _Worker] = field(init=False, default_factory=dict)
    _leaving: list[BaseProcess] = field(init=False, default_factory=list)

    def outcomes(self, tasks: Sequence[int]) -> Generator[Outcome | Lost]:
        """The outcome of each task as soon as it is there. Closing the iterator ends all processes."""
        self._waiting.extend(tasks)
        with _alone():
            try:
                yield from self._outcomes()
            finally:
                self._end()

    def _outcomes(self) -> Iterator[Outcome | Lost]:
        while self._waiting or self._busy:
            while self._waiting and len(self._busy) < self.jobs:
                self._start()
            for connection in wait(list(self._busy)):
                worker = self._busy[connection]  # type: ignore[index]  # what was given comes back
                try:
                    outcome = worker.connection.recv()
                except (EOFError, ConnectionError):
                    yield from self._missed(worker)
                else:
                    self._next(worker)
                    yield outcome

    def _start(self) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(list(self.loaded))
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self.work), daemon=True)
        process.start()
        theirs.close()  # else nobody would notice that the process has ended
        worker = _Worker(process, ours, self._waiting.popleft(), self.renewed_after)
        self._busy[ours] = worker
        _hand(worker, worker.task)

    def _next(self, worker: _Worker) -> None:
        worker.left -= 1
        if self._waiting and worker.left:
            worker.task = self._waiting.popleft()
            _hand(worker, worker.task)
        else:
            self._part(worker)

    def _missed(self, worker: _Worker) -> Iterator[Lost]:
        self._part(worker)
        worker.process.join()
        if worker.task in self._tried:
            yield Lost(task=worker.task, ended=_ended(worker.process.exitcode))
        else:
            self._tried.add(worker.task)
            self._waiting.appendleft(worker.task)

    def _part(self, worker: _Worker) -> None:
        del self._busy[worker.connection]
        worker.connection.close()
        self._leaving.append(worker.process)

    def _end(self) -> None:
        for worker in list(self._busy.values()):
            worker.process.terminate()  # files appear whole or not at all
            self._part(worker)
        for process in self._leaving:
            process.join()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def serve(connection: Connection, work: Callable[[int], object]) -> None:
    """What a process does: one task after the other, until there are no more or whoever asks is gone."""
    with suppress(ValueError):  # in a thread, where signals are not ours
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it
    gc.freeze()
    gc.disable()
    try:
        while True:
            connection.send(work(connection.recv()))
            # Little stands in circles, but what does holds a whole report. What is left is what the process
            # remembers; frozen, it need not be looked through again.
            gc.collect()
            gc.freeze()
    except (EOFError, ConnectionError):
        return
    finally:
        gc.enable()
        gc.unfreeze()


def _hand(worker: _Worker, task: int) -> None:
    """Give a task. A process that has ended by now is noticed when its answer is waited for."""
    with suppress(ConnectionError):
        worker.connection.send(task)


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        return f"its process was ended twice by {signal.Signals(-code).name}"
    return f"its process ended twice with code {code}"


@contextmanager
def _alone() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ALONE}
    os.environ.update(ALONE)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
