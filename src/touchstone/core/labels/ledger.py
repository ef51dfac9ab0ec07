"""The ledger: entries that are only ever appended, each chained to the one before and signed.

The hash of an entry is the SHA-256 of three lines: the hash before it (64 zeros before the first), its
number in decimal, and the canonical JSON of its act. The signature covers the 32 bytes of that hash. So
nothing can be changed, left out in the middle or put in another order without it showing; that the last
entries were cut off shows by the heads (see `heads`), or to someone who kept a later hash.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.documents import (
    TEXTS,
    act_as_document,
    act_from_document,
    act_from_text,
    canonical,
    entry_as_document,
    entry_from_document,
    fields_from_text,
    moment_text,
    restored,
    stored,
)
from touchstone.core.labels.model import Act, Entry, EntryKind, StoredEntry

__all__ = [
    "FIRST_PREVIOUS", "Breach", "Checked", "DayEnd", "LedgerFault", "Retirement", "Signers",
    "UnknownKey", "act_as_document", "act_from_document", "act_from_text", "append", "canonical", "check",
    "entry_as_document", "entry_from_document", "hash_of", "restored", "signature_breach", "stored", "verify",
]  # fmt: skip

FIRST_PREVIOUS = "0" * 64
NOBODY: Mapping[str, "Retirement"] = {}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Sign = Callable[[bytes], bytes]
CheckSignature = Callable[[str, bytes, bytes], bool]


class UnknownKey(LookupError):  # noqa: N818  (an answer of a check)
    """Raised by a signature check that does not have the key named."""


class Breach(StrEnum):
    """What can be wrong with an entry or a head that is kept."""

    NUMBER = "number"
    PREVIOUS = "previous"
    HASH = "hash"
    KEY = "key"
    RETIRED = "retired"  # signed with a key that had signed its last by then
    SIGNATURE = "signature"
    ACT = "act"
    RECORDED = "recorded"
    FILED = "filed"  # under an organisation that its act does not name
    DAY = "day"  # of a head: not after the day of the head before, or missing between two days
    ENTRY = "entry"  # of a head: it is not the one that the ledger holds
    REMOVED = "removed"  # at the end of the ledger: a head names an entry that is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """When a key signed its last: `entry` was the last one of the ledger then, 0 before the first."""

    at: datetime  # UTC, aware
    entry: int
    stolen: bool = False  # in other hands: what it signs afterwards is forged

    @property
    def day(self) -> date:
        """The day (UTC) whose head it could sign no more, since that day was not yet over."""
        return self.at.astimezone(UTC).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signers:
    """The public keys of a ledger, and when those retired that sign no more. All others may sign for ever."""

    keys: Mapping[str, bytes]  # id → 32 bytes
    retired: Mapping[str, Retirement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFault:
    """The first entry or head that is not as it was written, and in what."""

    number: int  # of the entry, or of the one that the head names
    breach: Breach
    problem: str
    head: date | None = None  # the day of the head, where a head is at fault

    def __str__(self) -> str:
        place = f"head of {self.head}" if self.head else f"entry {self.number}"
        return f"{place}: {self.problem}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEnd:
    """The last entry that was recorded on a day (UTC)."""

    day: date
    number: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the check of a stretch of entries found. With a fault, `entries` counts those before it."""

    entries: int
    fault: LedgerFault | None
    ends: tuple[DayEnd, ...]  # of the days on which they were recorded, in order


def append(entries_tail: Entry | None, act: Act, *, key_id: str, sign: Sign) -> Entry:
    """The entry that follows the last one. `sign` is given the 32 bytes of the hash.

    Raises Unusable where the act is incomplete, contradicts itself, or was recorded before the last one.
    """
    number = entries_tail.number + 1 if entries_tail else 1
    faults = (*_act_faults(act, number), *_order_faults(act, entries_tail))
    if faults:
        raise Unusable("", *faults)
    previous = entries_tail.hash if entries_tail else FIRST_PREVIOUS
    hash = hash_of(previous=previous, number=number, document=canonical(act_as_document(act)))
    signature = sign(bytes.fromhex(hash)).hex()
    return Entry(number=number, act=act, previous=previous, hash=hash, key=key_id, signature=signature)


def hash_of(*, previous: str, number: int, document: str | bytes) -> str:
    """The hash of an entry, in hex."""
    raw = document if isinstance(document, bytes) else document.encode(errors="surrogatepass")
    head = f"{previous}\n{number}\n".encode(errors="surrogatepass")
    return hashlib.sha256(head + raw).hexdigest()


def verify(
    entries: Iterable[Entry | StoredEntry],
    *,
    check_signature: CheckSignature,
    retired: Mapping[str, Retirement] = NOBODY,
) -> LedgerFault | None:
    """The first fault among all entries of a ledger, in the order of its numbers; None where they are intact.

    `check_signature` gets the id of a key, the message and the signature; it may raise UnknownKey. `retired`
    names the keys that sign no more. Damaged entries are named, whatever they hold.
    """
    return check(entries, check_signature=check_signature, retired=retired).fault


def check(
    entries: Iterable[Entry | StoredEntry],
    *,
    check_signature: CheckSignature,
    retired: Mapping[str, Retirement] = NOBODY,
    after: StoredEntry | None = None,
) -> Checked:
    """The same for a stretch of a ledger that follows the entry `after`, which is taken as it is.

    The first fault of the first faulty stretch is the first of the ledger, wherever it is cut.
    """
    number, previous = (after.number, after.hash) if after else (0, FIRST_PREVIOUS)
    recorded, start = _recorded(after), number
    ends: dict[date, tuple[int, str]] = {}
    for entry in entries:
        kept = entry if isinstance(entry, StoredEntry) else stored(entry)
        found = _entry_fault(kept, number + 1, previous, recorded, check_signature)
        if not isinstance(found, LedgerFault):
            found = _retired_fault(kept, retired) or found
        if isinstance(found, LedgerFault):
            return Checked(entries=number - start, fault=found, ends=_day_ends(ends))
        number, previous, recorded = kept.number, kept.hash, found
        ends[recorded.astimezone(UTC).date()] = (number, previous)
    return Checked(entries=number - start, fault=None, ends=_day_ends(ends))


def _day_ends(ends: Mapping[date, tuple[int, str]]) -> tuple[DayEnd, ...]:
    return tuple(DayEnd(day=day, number=number, hash=hash) for day, (number, hash) in ends.items())


def _recorded(entry: StoredEntry | None) -> datetime:
    try:
        return act_from_text(entry.document).recorded if entry else _LONG_AGO
    except Unusable:  # then the stretch before has a fault already
        return _LONG_AGO


def _entry_fault(
    kept: StoredEntry, expected: int, previous: str, recorded: datetime, check_signature: CheckSignature
) -> LedgerFault | datetime:
    """What is wrong with an entry, or the moment at which it was recorded."""
    fault = _chain_fault(kept, expected, previous) or _signature_fault(kept, check_signature)
    if fault:
        return fault
    try:
        act = fields_from_text(kept.document)
    except Unusable as unusable:
        return _fault(kept, Breach.ACT, f"its act cannot be read: {unusable}")
    then: datetime = act["recorded"]
    if then < recorded:
        return _fault(kept, Breach.RECORDED, "it was recorded before the entry that it follows.")
    if kept.filed is not None and kept.filed != act["organisation"]:
        problem = f"it is filed under {kept.filed!r}, which its act does not name."
        return _fault(kept, Breach.FILED, problem)
    return then


def _chain_fault(entry: StoredEntry, expected: int, previous: str) -> LedgerFault | None:
    if entry.number != expected:
        return _fault(
            entry, Breach.NUMBER, f"entry {expected} was to come here; one is missing or misplaced."
        )
    if entry.previous != previous:
        return _fault(
            entry, Breach.PREVIOUS, "the previous hash it gives is not that of the entry before it."
        )
    if entry.hash != hash_of(previous=previous, number=expected, document=entry.document):
        return _fault(entry, Breach.HASH, "its hash differs: number, act or hash was changed.")
    return None


def signature_breach(
    *, key: str, hash: str, signature: str, check_signature: CheckSignature
) -> tuple[Breach, str] | None:
    """What is wrong with a signature (hex) over the 32 bytes of a hash (hex), with its words."""
    raw = _bytes_of(signature)
    try:
        if raw is not None and check_signature(key, bytes.fromhex(hash), raw):
            return None
    except UnknownKey:
        return Breach.KEY, f"it was signed with a key that is not known: {key!r}."
    return Breach.SIGNATURE, "its signature is wrong."


def _signature_fault(entry: StoredEntry, check_signature: CheckSignature) -> LedgerFault | None:
    breach = signature_breach(
        key=entry.key, hash=entry.hash, signature=entry.signature, check_signature=check_signature
    )
    return _fault(entry, *breach) if breach else None


def _retired_fault(entry: StoredEntry, retired: Mapping[str, Retirement]) -> LedgerFault | None:
    retirement = retired.get(entry.key)
    if retirement is None or entry.number <= retirement.entry:
        return None
    return _fault(entry, Breach.RETIRED, retired_problem(entry.key, retirement))


def retired_problem(key: str, retirement: Retirement) -> str:
    """What is wrong with something that a key signed after its last entry, in words."""
    last = f"its last on {retirement.day}, entry {retirement.entry}"
    return f"it was signed with key {key}, which had signed {last}."


def _fault(entry: StoredEntry, breach: Breach, problem: str) -> LedgerFault:
    return LedgerFault(number=entry.number, breach=breach, problem=problem)


def _bytes_of(hexadecimal: str) -> bytes | None:
    """The bytes of a hex text written in the one way we write it, so that a changed letter shows."""
    try:
        given = bytes.fromhex(hexadecimal)
    except ValueError:
        return None
    return given if given.hex() == hexadecimal else None


def _order_faults(act: Act, tail: Entry | None) -> Iterator[Fault]:
    if act.recorded.tzinfo is None:
        yield Fault("recorded", "has no time zone.", "Give it in UTC.")
    elif tail and act.recorded < tail.act.recorded:
        last = moment_text(tail.act.recorded)
        yield Fault("recorded", f"lies before the last entry of the ledger, {last}.", "Check the clock.")


def _act_faults(act: Act, number: int) -> Iterator[Fault]:
    for name in ("organisation", "name", "actor"):
        if not getattr(act, name).strip():
            yield Fault(name, "is empty.", "An entry says of whom and by whom.")
    if not _writable(act):
        yield Fault("act", "holds a character that cannot be written.", "Remove it.")
    if act.kind.grants:
        yield from _period_faults(act)
    if (act.kind is EntryKind.CORRECTION) != (act.corrects is not None):
        yield Fault("corrects", "belongs to a correction, and to nothing else.")
    elif act.corrects is not None and not 1 <= act.corrects < number:
        yield Fault("corrects", f"there is no entry {act.corrects} before this one.")
    if act.kind is not EntryKind.CORRECTION and act.kind.passes_on != bool(act.others):
        yield Fault("others", "belongs to a merger or a split, which needs it, and to nothing else.")


def _writable(act: Act) -> bool:
    """Whether all texts can be written as UTF-8: a half of a surrogate pair cannot."""
    texts = (*(getattr(act, name) for name in TEXTS), *act.derived, *act.others)
    return not any("\ud800" <= letter <= "\udfff" for text in texts for letter in text)


def _period_faults(act: Act) -> Iterator[Fault]:
    if not (act.level and act.valid_from and act.valid_until):
        yield Fault("act", "grants no label: level, first day or last day is missing.")
    elif act.valid_from > act.valid_until:
        yield Fault("valid_until", f"{act.valid_until} lies before the first day, {act.valid_from}.")
    elif act.renewable_until and act.renewable_until < act.valid_until:
        yield Fault("renewable_until", f"{act.renewable_until} lies before the last day, {act.valid_until}.")
