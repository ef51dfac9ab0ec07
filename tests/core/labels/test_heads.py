import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import KEY, act, chained, check, sign
from touchstone.core.faults import Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.heads import head_hash, make, verify, verify_heads
from touchstone.core.labels.ledger import Breach, DayEnd, LedgerFault
from touchstone.core.labels.model import Entry, Head

DAY = date(2026, 11, 1)
Ledger = tuple[tuple[Entry, ...], tuple[Head, ...]]


def recorded_on(*days: int) -> tuple[Entry, ...]:
    """A ledger with an entry on each of these days of November 2026."""
    return chained(
        *(
            act(organisation=f"pl-{place}", recorded=datetime(2026, 11, day, 12, tzinfo=UTC))
            for place, day in enumerate(days)
        )
    )


def closed(entries: Sequence[Entry], *days: int) -> tuple[Head, ...]:
    """The heads of these days of November 2026."""
    made: list[Head] = []
    for day in days:
        by_then = [entry for entry in entries if entry.act.recorded.day <= day][-1]
        end = DayEnd(day=by_then.act.recorded.date(), number=by_then.number, hash=by_then.hash)
        made.append(make(made[-1] if made else None, end, day=date(2026, 11, day), key_id=KEY, sign=sign))
    return tuple(made)


ENTRIES = recorded_on(3, 3, 5, 9, 9)
HEADS = closed(ENTRIES, 3, 7, 8, 9, 12)  # 7 stands for 5; 8 and 12 are days without an entry


def fault_of(entries: Sequence[Entry], heads: Sequence[Head]) -> tuple[str, Breach] | None:
    fault = verify(entries, heads, check_signature=check)
    return (str(fault).split(":")[0], fault.breach) if fault else None


def signed(head: Head, **changes: object) -> Head:
    """The head with other content, hashed and signed anew: what only the holder of the key can forge."""
    other = replace(head, **changes)  # type: ignore[arg-type]  # any field of the head
    hash = head_hash(previous=other.previous, day=other.day, number=other.number, entry=other.entry)
    return replace(other, hash=hash, signature=sign(bytes.fromhex(hash)).hex())


def test_the_hash_of_a_head_covers_the_head_before_the_day_the_number_and_the_entry() -> None:
    first, second = HEADS[:2]
    lines = f"{first.hash}\n2026-11-07\n3\n{ENTRIES[2].hash}"
    assert (first.previous, second.previous) == ("0" * 64, first.hash)
    assert second.hash == hashlib.sha256(lines.encode()).hexdigest()
    assert (second.number, second.entry, second.key) == (3, ENTRIES[2].hash, KEY)
    assert second.signature == sign(bytes.fromhex(second.hash)).hex()


END = DayEnd(day=date(2026, 11, 9), number=5, hash="ab" * 32)


@pytest.mark.parametrize(
    ("end", "day", "problem"),
    [
        (END, date(2026, 11, 8), "day: 2026-11-08 ended before entry 5 was recorded, on 2026-11-09."),
        (END, date(2026, 11, 12), "day: 2026-11-12 is not after the day of the last head, 2026-11-12."),
        (replace(END, number=4), date(2026, 11, 13), "number: the last head names a later entry, 5."),
    ],
)
def test_a_head_that_steps_back_is_refused(end: DayEnd, day: date, problem: str) -> None:
    with pytest.raises(Unusable) as refused:
        make(HEADS[-1], end, day=day, key_id=KEY, sign=sign)
    assert str(refused.value) == problem


@pytest.mark.parametrize(
    ("entries", "heads"),
    [
        ((), ()),
        (ENTRIES, HEADS),
        (ENTRIES, HEADS[:4]),
        (ENTRIES, HEADS[:3]),  # the last day is still open
        (recorded_on(4, 4), ()),  # the first day is
    ],
)
def test_a_whole_ledger_has_no_fault(entries: tuple[Entry, ...], heads: tuple[Head, ...]) -> None:
    assert fault_of(entries, heads) is None


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize(
    ("changes", "breach"),
    [
        ({"previous": "f" * 64}, Breach.PREVIOUS),
        ({"number": 1}, Breach.HASH),
        ({"entry": "f" * 64}, Breach.HASH),
        ({"hash": "f" * 64}, Breach.HASH),
        ({"signature": "ab" * 64}, Breach.SIGNATURE),
        ({"signature": "zz"}, Breach.SIGNATURE),
        ({"key": "key-2"}, Breach.KEY),
    ],
)
def test_a_changed_head_is_named_with_what_is_wrong(
    place: int, changes: dict[str, object], breach: Breach
) -> None:
    changed = [*HEADS]
    changed[place] = replace(HEADS[place], **changes)  # type: ignore[arg-type]  # any field of the head
    if changed[place] != HEADS[place]:
        assert fault_of(ENTRIES, changed) == (f"head of {HEADS[place].day}", breach)


def said(entries: Sequence[Entry], heads: Sequence[Head]) -> str:
    return str(verify(entries, heads, check_signature=check))


def test_a_day_that_was_changed_breaks_the_hash() -> None:
    changed = (replace(HEADS[0], day=date(2026, 11, 4)), *HEADS[1:])
    assert said(ENTRIES, changed) == (
        "head of 2026-11-04: its hash differs: day, number, entry or hash was changed."
    )


def test_days_rise() -> None:
    assert said(ENTRIES, (HEADS[0], signed(HEADS[1], day=DAY))) == (
        "head of 2026-11-01: it comes after the head of 2026-11-03."
    )


def test_entries_removed_at_the_end_are_missed_by_a_head() -> None:
    assert said(ENTRIES[:4], HEADS) == (
        "head of 2026-11-09: it names entry 5, and the ledger ends with 4: the last were removed."
    )
    assert said((), HEADS[:1]) == (
        "head of 2026-11-03: it names entry 2, and the ledger ends with 0: the last were removed."
    )


def test_an_entry_that_was_back_dated_behind_a_head_is_found() -> None:
    """By the holder of the key, who can sign anything, but cannot make a head unsaid."""
    later = recorded_on(3, 3, 3, 9, 9)
    assert said(later, HEADS) == (
        "head of 2026-11-03: it ends with entry 2, and entry 3 was recorded by then."
    )


def test_a_head_cannot_know_an_entry_of_a_later_day() -> None:
    early = signed(HEADS[0], number=3, entry=ENTRIES[2].hash)
    assert said(ENTRIES, (early,)) == (
        "head of 2026-11-03: it names entry 3, and entry 3 was recorded on a later day."
    )


@pytest.mark.parametrize("number", [0, 1])
def test_a_head_of_a_day_before_all_entries_is_none(number: int) -> None:
    head = signed(HEADS[0], day=date(2026, 11, 2), number=number)
    assert fault_of(ENTRIES, (head,)) == (
        "head of 2026-11-02", Breach.RECORDED if number else Breach.ENTRY,
    )  # fmt: skip


def test_another_ledger_of_the_same_length_is_not_the_one_that_the_heads_name() -> None:
    other = chained(*(replace(entry.act, name="Another") for entry in ENTRIES))
    assert said(other, HEADS) == "head of 2026-11-03: entry 2 is not the one that it names."


def test_a_head_that_was_left_out_is_missed() -> None:
    assert fault_of(ENTRIES, HEADS[1:]) == ("head of 2026-11-07", Breach.PREVIOUS)
    assert fault_of(ENTRIES, ()) == ("head of 2026-11-03", Breach.DAY)
    assert said(ENTRIES, HEADS[:1]) == (
        "head of 2026-11-05: it is missing: entry 4 was recorded on a later day."
    )


def test_a_head_that_was_never_made_is_missed_although_the_chain_holds() -> None:
    assert said(ENTRIES, closed(ENTRIES, 7, 8, 9)) == (
        "head of 2026-11-03: it is missing: entry 3 was recorded on a later day."
    )


def test_a_fault_of_an_entry_comes_before_those_of_heads() -> None:
    entries = (replace(ENTRIES[0], key="key-2"), *ENTRIES[1:])
    assert fault_of(entries, ()) == ("entry 1", Breach.KEY)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    days = sorted(draw(st.lists(st.integers(1, 12), min_size=2, max_size=8)))
    entries = recorded_on(*days)
    needed = {later - 1 for day, later in pairwise(days) if later > day}
    nights = draw(st.sets(st.integers(min(days), 28)))
    return entries, closed(entries, *sorted(needed | nights))


def without(items: Sequence[object], place: int) -> list[object]:
    return [*items[:place], *items[place + 1 :]]


def swapped(items: Sequence[object], place: int) -> list[object]:
    return [*items[:place], *items[place + 1 : place + 2], items[place], *items[place + 2 :]]


def twice(items: Sequence[object], place: int) -> list[object]:
    return [*items[: place + 1], *items[place:]]


DAMAGES = {"removed": without, "swapped with the next": swapped, "inserted": twice}


@given(ledgers())
def test_ledgers_as_they_are_written_have_no_fault(made: Ledger) -> None:
    assert fault_of(*made) is None


@given(ledgers(), st.integers(0, 99), st.sampled_from(sorted(DAMAGES)))
def test_any_entry_removed_re_ordered_or_inserted_is_found_unless_it_was_the_newest(
    made: Ledger, place: int, damage: str
) -> None:
    entries, heads = made
    place %= len(entries)
    damaged = DAMAGES[damage](entries, place)
    named = {head.number for head in heads}
    newest = place == len(entries) - 1 and (damage == "swapped with the next" or len(entries) not in named)
    assert (fault_of(damaged, heads) is None) == (newest and damage != "inserted")  # type: ignore[arg-type]


@given(ledgers(), st.integers(0, 99), st.sampled_from(sorted(DAMAGES)))
def test_any_head_removed_re_ordered_or_inserted_is_found_unless_it_was_the_newest(
    made: Ledger, place: int, damage: str
) -> None:
    entries, heads = made
    if not heads:
        return
    place %= len(heads)
    found = fault_of(entries, DAMAGES[damage](heads, place))  # type: ignore[arg-type]
    last = place == len(heads) - 1
    before = heads[place - 1].number if place else 0
    needed = last and before < heads[place].number < len(entries)
    unseen = {"removed": last and not needed, "swapped with the next": last, "inserted": False}
    assert (found is None) == unseen[damage]


FIELDS = ("number", "day", "entry", "previous", "hash", "key", "signature")


@given(ledgers(), st.integers(0, 99), st.sampled_from(FIELDS))
def test_any_field_of_a_head_changed_is_found_in_that_head(made: Ledger, place: int, field: str) -> None:
    entries, heads = made
    if not heads:
        return
    head = heads[place % len(heads)]
    value = getattr(head, field)
    other = {"number": head.number + 1, "day": head.day + timedelta(days=1)}.get(field)
    changed = replace(head, **{field: other or value[::-1] + "0"})
    damaged = [changed if one is head else one for one in heads]
    fault = verify(entries, damaged, check_signature=check)
    assert isinstance(fault, LedgerFault)
    assert fault.head in (head.day, changed.day)


@given(ledgers(), st.integers(0, 9))
def test_the_check_says_the_same_wherever_a_ledger_is_cut(made: Ledger, cut: int) -> None:
    entries, heads = made
    cut %= len(entries) + 1
    after = ledger.stored(entries[cut - 1]) if cut else None
    first = ledger.check(entries[:cut], check_signature=check)
    second = ledger.check(entries[cut:], check_signature=check, after=after)
    whole = ledger.check(entries, check_signature=check)
    days = {end.day: end for end in (*first.ends, *second.ends)}
    assert (first.entries + second.entries, tuple(days.values())) == (whole.entries, whole.ends)
    assert verify_heads(heads, whole.ends, check_signature=check) is None


def test_an_unreadable_entry_before_a_stretch_leaves_its_fault_to_the_stretch_before() -> None:
    broken = replace(ledger.stored(ENTRIES[0]), document="{}")
    assert ledger.check(ENTRIES[1:], check_signature=check, after=broken).fault is None


def test_an_entry_filed_under_another_organisation_is_named() -> None:
    filed = [replace(ledger.stored(entry), filed=entry.act.organisation) for entry in ENTRIES]
    assert ledger.verify(filed, check_signature=check) is None
    filed[2] = replace(filed[2], filed="pl-other")
    fault = ledger.verify(filed, check_signature=check)
    assert str(fault) == "entry 3: it is filed under 'pl-other', which its act does not name."
