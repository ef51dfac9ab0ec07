"""A whole ledger checked in stretches, by several processes where it is long: it says the same as one alone.

It knows no database: a ledger's file is checked with it where there is none.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import Generic, TypeVar

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.ledger import Checked, DayEnd
from touchstone.core.labels.model import StoredEntry
from touchstone.output import keys

Raw = TypeVar("Raw")

STRETCH = 5_000  # entries: about half a second's work
# So many a single process checks in the time in which others would have started.
SHORT = 4 * STRETCH
# The columns of a row of the database, in this order. The last one is where it is filed.
COLUMNS = ("number", "document", "previous", "hash", "key", "signature", "organisation")
Row = tuple[int, str, str, str, str, str, str]
_LOADED = ["touchstone.apps.register.checking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Generic[Raw]):
    """The entries of a ledger as they are kept, in order. `read` is handed to the processes by its name."""

    raw: Iterable[Raw]
    read: Callable[[Iterable[Raw]], Iterator[StoredEntry]]


def check(
    source: Source[Raw], public: Mapping[str, bytes], *, stretch: int = STRETCH, short: int = SHORT
) -> Checked:
    """The first fault of all entries against these public keys, and how far each day came.

    Raises Unusable where the source cannot be read before a fault is found.
    """
    work = partial(_stretch, read=source.read, public=dict(public))
    raw = iter(source.raw)
    begun = list(islice(raw, short + 1))
    stretches = _with_the_one_before(_cut(chain(begun, raw), stretch))
    if len(begun) <= short:
        return _joined(work(*one) for one in stretches)
    with ProcessPoolExecutor(_processors(), mp_context=_context()) as processes:
        return _joined(_in_order(processes, work, stretches))


def rows_read(rows: Iterable[Row]) -> Iterator[StoredEntry]:
    """The entries of rows, damaged or not. It stands here because the processes know no database."""
    for number, document, previous, hash, key, signature, organisation in rows:
        yield StoredEntry(
            number=number, document=document.encode(errors="surrogateescape"), previous=previous, hash=hash,
            key=key, signature=signature, filed=organisation,
        )  # fmt: skip


def _stretch(
    after: Raw | None,
    raw: Sequence[Raw],
    *,
    read: Callable[[Iterable[Raw]], Iterator[StoredEntry]],
    public: Mapping[str, bytes],
) -> Checked:
    last = None if after is None else next(read([after]))
    return ledger.check(read(raw), check_signature=keys.check_signature(public), after=last)


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
    processes: Executor,
    work: Callable[[Raw | None, Sequence[Raw]], Checked],
    stretches: Iterable[tuple[Raw | None, Sequence[Raw]]],
) -> Iterator[Checked]:
    """What the processes find, in order, with no more stretches in memory than keep them busy."""
    waiting: deque[Future[Checked]] = deque()
    try:
        for after, raw in stretches:
            waiting.append(processes.submit(work, after, raw))
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


def _cut(raw: Iterator[Raw], length: int) -> Iterator[Sequence[Raw]]:
    while stretch := list(islice(raw, length)):
        yield stretch


def _with_the_one_before(stretches: Iterable[Sequence[Raw]]) -> Iterator[tuple[Raw | None, Sequence[Raw]]]:
    last: Raw | None = None
    for stretch in stretches:
        yield last, stretch
        last = stretch[-1]


def _processors() -> int:
    return len(os.sched_getaffinity(0))


def _context() -> BaseContext:
    """Processes from a server without threads, that has loaded what they need."""
    context = get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context
