"""A copy of a ledger checked by itself and against an older one, without a database and without a network."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from touchstone.apps.register import checking
from touchstone.apps.register.stretches import of_lines
from touchstone.core.faults import Unusable
from touchstone.core.labels import heads as core_heads
from touchstone.core.labels import lines
from touchstone.core.labels.ledger import Signers
from touchstone.core.labels.model import Head
from touchstone.intake.ledger_file import LedgerFile, check_ledger_file, opened, read_heads
from touchstone.output import keys


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyCheck:
    """What the check of a copy found. `own_keys` says that the keys were those that the copy itself names."""

    entries: int
    heads: int
    first_fault: str | None
    own_keys: bool
    newest: Head | None


def check_copy(path: Path, *, name: str, signers: Signers | None) -> CopyCheck:
    """Check chain, signatures, acts and heads of a ledger's file against keys that are trusted, or its own.

    `name` is how the file is called in messages. Raises Unusable where it is no ledger's file.
    """
    with _as(name), path.open("rb") as stream:
        copy = opened(stream)
        known = _believed(copy.first.signers, signers)
        checked = checking.check(of_lines(path, stream.tell(), copy.entry_lines()), known)
        fault = checked.fault or core_heads.verify_heads(
            copy.heads(),
            checked.ends,
            check_signature=keys.check_signature(known.keys),
            retired=known.retired,
        )
        return CopyCheck(
            entries=copy.first.entries,
            heads=copy.first.heads,
            first_fault=str(fault) if fault else None,
            own_keys=signers is None,
            newest=copy.heads()[-1] if copy.heads() and not fault else None,
        )


def _believed(named: Signers, given: Signers | None) -> Signers:
    """The keys that are trusted; when they retired also the copy says, which may know more of it."""
    if given is None:
        return named
    return Signers(keys=given.keys, retired={**named.retired, **given.retired})


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """A ledger that an older copy is held against: its entries as lines, and then its heads."""

    entry_lines: Iterator[bytes]
    heads: Callable[[], Iterable[Head]]


@contextmanager
def newer(path: Path, *, name: str) -> Iterator[Newer]:
    """A ledger's file as what an older copy is held against."""
    with path.open("rb") as stream:
        copy = _opened(stream, name)
        yield Newer(entry_lines=_entry_lines(copy, name), heads=copy.heads)


def first_lost(older: Path, there: Newer) -> str | None:
    """What of an older copy, or of a list of heads, is gone or changed, in words; None where all is there."""
    check_ledger_file(older)
    with _as(str(older)):
        known = read_heads(older)
    if known is None:
        with older.open("rb") as stream:
            copy = _opened(stream, str(older))
            with _as(str(older)):
                lost = lines.first_difference(_entry_lines(copy, str(older)), there.entry_lines)
        if lost:
            return lost
        known = copy.heads()
    deque(there.entry_lines, maxlen=0)  # the heads come after the entries
    kept = set(there.heads())
    gone = next((head for head in known if head not in kept), None)
    return f"head of {gone.day}: it was removed or changed; the older copy has it." if gone else None


def _opened(stream: BinaryIO, name: str) -> LedgerFile:
    with _as(name):
        return opened(stream)


def _entry_lines(copy: LedgerFile, name: str) -> Iterator[bytes]:
    with _as(name):
        for _, line in copy.entry_lines():
            yield line


@contextmanager
def _as(name: str) -> Iterator[None]:
    """Let what is wrong with a file be told with its name."""
    try:
        yield
    except Unusable as unusable:
        if unusable.file:
            raise
        raise Unusable(name, *unusable.faults) from unusable
