"""Worker processes: each task is done once, whoever is killed."""

import gc
import os
import signal
import threading
from contextlib import closing
from multiprocessing import Pipe
from pathlib import Path

import pytest

from factories.processes import gone
from factories.tasks import Task
from touchstone.core.workers import ALONE, Lost, Workers, serve


def test_every_task_is_done_once_and_processes_are_renewed(tmp_path: Path) -> None:
    workers = Workers(work=Task(tmp_path), jobs=1, renewed_after=3)
    outcomes = [outcome for outcome in workers.outcomes(range(10)) if not isinstance(outcome, Lost)]
    assert [task for task, _ in outcomes] == list(range(10))
    processes = [process for _, process in outcomes]
    assert [len(set(processes[start : start + 3])) for start in (0, 3, 6, 9)] == [1, 1, 1, 1]
    assert len(set(processes)) == 4
    assert os.getpid() not in processes


def test_two_processes_share_the_tasks(tmp_path: Path) -> None:
    workers = Workers(work=Task(tmp_path), jobs=2, renewed_after=5)
    outcomes = [outcome for outcome in workers.outcomes(range(20)) if not isinstance(outcome, Lost)]
    assert sorted(task for task, _ in outcomes) == list(range(20))
    assert len({process for _, process in outcomes}) >= 4


def test_without_tasks_no_process_is_started(tmp_path: Path) -> None:
    assert list(Workers(work=Task(tmp_path), jobs=2).outcomes([])) == []


def test_a_task_whose_process_is_killed_is_done_by_another(tmp_path: Path) -> None:
    workers = Workers(work=Task(tmp_path, killed_at=2, times=1), jobs=1)
    outcomes = list(workers.outcomes(range(5)))
    assert sorted(outcome[0] for outcome in outcomes if not isinstance(outcome, Lost)) == list(range(5))
    assert len(list(tmp_path.glob("2.*"))) == 2


@pytest.mark.parametrize(
    ("gives_up", "reason"),
    [(False, "its process was ended twice by SIGKILL"), (True, "its process ended twice with code 3")],
)
def test_a_task_that_kills_two_processes_is_lost_and_the_others_are_done(
    tmp_path: Path, gives_up: bool, reason: str
) -> None:
    workers = Workers(work=Task(tmp_path, killed_at=2, times=9, gives_up=gives_up), jobs=2)
    outcomes = list(workers.outcomes(range(5)))
    assert [outcome for outcome in outcomes if isinstance(outcome, Lost)] == [Lost(task=2, ended=reason)]
    done = sorted(outcome[0] for outcome in outcomes if not isinstance(outcome, Lost))
    assert done == [0, 1, 3, 4]
    assert len(list(tmp_path.glob("2.*"))) == 2


def test_whoever_stops_asking_ends_all_processes(tmp_path: Path) -> None:
    with closing(Workers(work=Task(tmp_path), jobs=2).outcomes(range(1000))) as outcomes:
        found = [next(outcomes) for _ in range(4)]
    processes = {outcome[1] for outcome in found if not isinstance(outcome, Lost)}
    assert [process for process in processes if not gone(process)] == []


def test_the_numbers_of_threads_are_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = ALONE
    monkeypatch.setenv(first, "7")
    for other in others:
        monkeypatch.delenv(other, raising=False)
    with closing(Workers(work=Task(tmp_path), jobs=1).outcomes([1])) as outcomes:
        next(outcomes)
        assert [os.environ.get(name) for name in ALONE] == ["1"] * len(ALONE)
    assert [os.environ.get(name) for name in ALONE] == ["7", *[None] * len(others)]


def test_a_process_works_until_nobody_asks_any_more(tmp_path: Path) -> None:
    ours, theirs = Pipe()
    thread = threading.Thread(target=serve, args=(theirs, Task(tmp_path)))
    thread.start()
    for task in range(25):
        ours.send(task)
        assert ours.recv() == (task, os.getpid())
    assert not gc.isenabled()
    ours.close()
    thread.join()
    assert gc.isenabled()


def test_a_process_heeds_no_ctrl_c(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    ours, theirs = Pipe()
    ours.close()
    try:
        serve(theirs, Task(tmp_path))
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
