"""A whole ledger checked in stretches, by several processes where it is long: it says the same as one alone.

Each process reads its stretches itself, and only what it found comes back. It knows no database: a ledger's
file is checked with it where there is none.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.context import BaseContext

from touchstone.apps.register.stretches import Stretch
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.ledger import Checked, DayEnd, Signers
from touchstone.output import keys

# So many stretches a single process checks in the time in which others would have started.
FEW = 4
_LOADED = ["touchstone.apps.register.checking"]


def check(stretches: Iterable[Stretch], signers: Signers, *, few: int = FEW) -> Checked:
    """The first fault of all entries against these keys, and how far each day came.

    Raises Unusable where entries cannot be read before a fault is found, Unreachable where another process
    cannot read them at all.
    """
    work = partial(_found, signers=signers)
    ahead = iter(stretches)
    begun = list(islice(ahead, few + 1))
    if len(begun) <= few:
        return _joined(map(work, begun))
    with ProcessPoolExecutor(_processors(), mp_context=_context()) as processes:
        return _joined(_in_order(processes, work, chain(begun, ahead)))


def _found(stretch: Stretch, *, signers: Signers) -> Checked:
    entries = stretch.entries()
    after = next(entries, None) if stretch.follows else None
    check_signature = keys.check_signature(signers.keys)
    return ledger.check(entries, check_signature=check_signature, retired=signers.retired, after=after)


def _joined(stretches: Iterable[Checked]) -> Checked:
    """What all stretches together found; those after the first fault are not looked at."""
    entries, ends = 0, dict[object, DayEnd]()
    for checked in stretches:
        entries += checked.entries
        ends |= {end.day: end for end in checked.ends}
        if checked.fault:
            return Checked(entries=entries, fault=checked.fault, ends=tuple(ends.values()))
    return Checked(entries=entries, fault=None, ends=tuple(ends.values()))


def _in_order(
    processes: Executor, work: Callable[[Stretch], Checked], stretches: Iterable[Stretch]
) -> Iterator[Checked]:
    """What the processes find, in order, with no more stretches begun than keep them busy."""
    waiting: deque[Future[Checked]] = deque()
    try:
        for stretch in stretches:
            waiting.append(processes.submit(work, stretch))
            if len(waiting) > 2 * _processors():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as broken:
        problem = "a process that checked it was ended from outside."
        raise Unusable("", Fault("the check", problem, "Run it again, with more memory.")) from broken
    finally:
        for one in waiting:
            one.cancel()


def _processors() -> int:
    return len(os.sched_getaffinity(0))


def _context() -> BaseContext:
    """Processes from a server without threads, that has loaded what they need."""
    context = get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context
