"""A ledger checked in stretches, in one process or several: it says what one check of the whole says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import act, as_they_are, ending
from touchstone.apps.register import checking
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.ledger import stored
from touchstone.core.labels.lines import entries_read, entry_line
from touchstone.core.labels.model import Entry, StoredEntry
from touchstone.output.keys import KeyPair, check_signature

KEY = KeyPair(Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
KEYS = {KEY.id: KEY.public}


def made(number: int) -> list[StoredEntry]:
    """So many entries, two a day."""
    tail: Entry | None = None
    kept = []
    for place in range(number):
        recorded = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=12 * place)
        tail = ledger.append(
            tail, act(organisation=f"pl-{place}", recorded=recorded), key_id=KEY.id, sign=KEY.sign
        )
        kept.append(stored(tail))
    return kept


ENTRIES = made(40)


def check(entries: list[StoredEntry], **cut: int) -> Any:
    return checking.check(checking.Source(raw=entries, read=as_they_are), KEYS, **cut)


def test_a_short_ledger_is_checked_at_once() -> None:
    checked = check(ENTRIES)
    assert (checked.entries, checked.fault, len(checked.ends)) == (40, None, 20)
    assert checked.ends[0] == ledger.DayEnd(day=date(2026, 1, 1), number=2, hash=ENTRIES[1].hash)


def test_an_empty_ledger_has_no_fault() -> None:
    assert check([]) == ledger.Checked(entries=0, fault=None, ends=())


DAMAGES: list[dict[str, Any]] = [
    {"document": "{}"}, {"hash": "f" * 64}, {"previous": "f" * 64}, {"number": 99}, {"key": "other"},
    {"signature": "00" * 64}, {"filed": "pl-other"},
]  # fmt: skip


@given(
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(0, 39), st.sampled_from(DAMAGES)), max_size=3),
    st.sets(st.integers(0, 39), max_size=2),
)
def test_the_first_fault_is_the_same_wherever_the_ledger_is_cut(
    stretch: int, damages: list[tuple[int, dict[str, Any]]], gone: set[int]
) -> None:
    entries = list(ENTRIES)
    for place, changes in damages:
        entries[place] = replace(entries[place], **changes)
    entries = [entry for place, entry in enumerate(entries) if place not in gone]
    whole = ledger.check(entries, check_signature=check_signature(KEYS))
    assert check(entries, stretch=stretch) == whole


class TestSeveralProcesses:
    def test_they_find_nothing_in_a_whole_ledger(self) -> None:
        assert check(ENTRIES, stretch=7, short=10) == check(ENTRIES)

    def test_they_find_the_first_of_several_faults(self) -> None:
        entries = list(ENTRIES)
        entries[12] = replace(entries[12], filed="pl-other")
        entries[30] = replace(entries[30], signature="00" * 64)
        assert check(entries, stretch=5, short=10) == check(entries)

    def test_they_read_lines_too_and_tell_the_line_that_cannot_be_read(self) -> None:
        raw = [(number, entry_line(entry)) for number, entry in enumerate(ENTRIES, start=2)]
        source = checking.Source(raw=raw, read=entries_read)
        assert checking.check(source, KEYS, stretch=5, short=10) == check(ENTRIES)
        raw[30] = (32, b"{")
        with pytest.raises(Unusable, match=r"^line 32: is not readable as JSON"):
            checking.check(source, KEYS, stretch=5, short=10)
        raw[3] = (5, raw[4][1])
        fault = checking.check(source, KEYS, stretch=5, short=10).fault
        assert fault is not None
        assert fault.number == 5

    def test_a_source_that_breaks_off_is_told(self) -> None:
        def breaking_off() -> Iterator[StoredEntry]:
            yield from islice(ENTRIES, 30)
            raise Unusable("", Fault("line 33", "is cut off."))

        source = checking.Source(raw=breaking_off(), read=as_they_are)
        with pytest.raises(Unusable, match="line 33"):
            checking.check(source, KEYS, stretch=5, short=10)

    def test_a_process_that_is_ended_from_outside_is_told(self) -> None:
        source = checking.Source(raw=ENTRIES, read=ending)
        with pytest.raises(Unusable, match="a process that checked it was ended from outside"):
            checking.check(source, KEYS, stretch=5, short=10)
