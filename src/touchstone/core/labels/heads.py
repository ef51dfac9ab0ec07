"""Heads: signed statements, one a day, of how far the ledger had come.

The hash of a head is the SHA-256 of four lines: the hash of the head before (64 zeros before the first), its
day as 2026-11-21, the number of the last entry recorded by the end of that day (UTC), and that entry's hash.
The signature covers the 32 bytes of that hash. Before the first entry of a new day is appended, a head of an
earlier day names the last entry; a head may also be made of a day on which nothing was recorded.

So whoever keeps one head can tell later that no entry up to it was changed or removed, and that none was
recorded by its day that it does not know: nothing was back-dated.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.ledger import (
    FIRST_PREVIOUS,
    NOBODY,
    Breach,
    CheckSignature,
    DayEnd,
    LedgerFault,
    Retirement,
    Sign,
    check,
    retired_problem,
    signature_breach,
)
from touchstone.core.labels.model import Entry, Head, StoredEntry


def make(before: Head | None, end: DayEnd, *, day: date, key_id: str, sign: Sign) -> Head:
    """The head of a day (UTC) by whose end `end` was the last entry. `sign` gets the 32 bytes of the hash.

    Raises Unusable where the day or the entry would step back.
    """
    if day < end.day:
        raise Unusable("", Fault("day", f"{day} ended before entry {end.number} was recorded, on {end.day}."))
    if before and day <= before.day:
        raise Unusable("", Fault("day", f"{day} is not after the day of the last head, {before.day}."))
    if before and end.number < before.number:
        raise Unusable("", Fault("number", f"the last head names a later entry, {before.number}."))
    previous = before.hash if before else FIRST_PREVIOUS
    hash = head_hash(previous=previous, day=day, number=end.number, entry=end.hash)
    return Head(
        day=day,
        number=end.number,
        entry=end.hash,
        previous=previous,
        hash=hash,
        key=key_id,
        signature=sign(bytes.fromhex(hash)).hex(),
    )


def head_hash(*, previous: str, day: date, number: int, entry: str) -> str:
    """The hash of a head, in hex."""
    lines = f"{previous}\n{day.isoformat()}\n{number}\n{entry}"
    return hashlib.sha256(lines.encode(errors="surrogatepass")).hexdigest()


def verify(
    entries: Iterable[Entry | StoredEntry],
    heads: Iterable[Head],
    *,
    check_signature: CheckSignature,
    retired: Mapping[str, Retirement] = NOBODY,
) -> LedgerFault | None:
    """The first fault of a whole ledger: of its entries, then of its heads. None where it is intact."""
    checked = check(entries, check_signature=check_signature, retired=retired)
    return checked.fault or verify_heads(
        heads, checked.ends, check_signature=check_signature, retired=retired
    )


def verify_heads(
    heads: Iterable[Head],
    ends: Sequence[DayEnd],
    *,
    check_signature: CheckSignature,
    retired: Mapping[str, Retirement] = NOBODY,
) -> LedgerFault | None:
    """The first fault of the heads, by themselves and against the days of intact entries, in order.

    That the newest heads were cut off shows where entries of a later day are there, and otherwise only to
    someone who kept a later head.
    """
    before: Head | None = None
    days = [end.day for end in ends]
    closed = 0  # of the days with entries: how many have a head
    for head in heads:
        fault = _chain_fault(head, before) or _signature_fault(head, check_signature)
        reached = bisect_right(days, head.day)
        fault = fault or _retired_fault(head, retired)
        fault = fault or _missing(ends, closed, reached - 1) or _entry_fault(head, ends, reached)
        if fault:
            return fault
        before, closed = head, reached
    return _missing(ends, closed, len(ends) - 1)


def _chain_fault(head: Head, before: Head | None) -> LedgerFault | None:
    previous = before.hash if before else FIRST_PREVIOUS
    if before and head.day <= before.day:
        return _fault(head, Breach.DAY, f"it comes after the head of {before.day}.")
    if head.previous != previous:
        return _fault(head, Breach.PREVIOUS, "the previous hash it gives is not that of the head before it.")
    if head.hash != head_hash(previous=previous, day=head.day, number=head.number, entry=head.entry):
        return _fault(head, Breach.HASH, "its hash differs: day, number, entry or hash was changed.")
    return None


def _signature_fault(head: Head, check_signature: CheckSignature) -> LedgerFault | None:
    breach = signature_breach(
        key=head.key, hash=head.hash, signature=head.signature, check_signature=check_signature
    )
    return _fault(head, *breach) if breach else None


def _retired_fault(head: Head, retired: Mapping[str, Retirement]) -> LedgerFault | None:
    """A head is signed when its day is over: a key that retired on that day, or before, was not there."""
    retirement = retired.get(head.key)
    if retirement is None or (head.day < retirement.day and head.number <= retirement.entry):
        return None
    return _fault(head, Breach.RETIRED, retired_problem(head.key, retirement))


def _missing(ends: Sequence[DayEnd], closed: int, reached: int) -> LedgerFault | None:
    """The first day before the last one reached that has no head of its own or of a day after it."""
    if closed >= reached:
        return None
    end = ends[closed]
    problem = f"it is missing: entry {end.number + 1} was recorded on a later day."
    return LedgerFault(number=end.number, breach=Breach.DAY, problem=problem, head=end.day)


def _entry_fault(head: Head, ends: Sequence[DayEnd], reached: int) -> LedgerFault | None:
    last = ends[reached - 1] if reached else None
    known, there = last.number if last else 0, ends[-1].number if ends else 0
    if head.number > there:
        problem = f"it names entry {head.number}, and the ledger ends with {there}: the last were removed."
        return _fault(head, Breach.REMOVED, problem)
    if head.number > known:
        problem = f"it names entry {head.number}, and entry {known + 1} was recorded on a later day."
        return _fault(head, Breach.RECORDED, problem)
    if head.number < known:
        problem = f"it ends with entry {head.number}, and entry {head.number + 1} was recorded by then."
        return _fault(head, Breach.RECORDED, problem)
    if last is None or head.entry != last.hash:
        return _fault(head, Breach.ENTRY, f"entry {head.number} is not the one that it names.")
    return None


def _fault(head: Head, breach: Breach, problem: str) -> LedgerFault:
    return LedgerFault(number=head.number, breach=breach, problem=problem, head=head.day)
