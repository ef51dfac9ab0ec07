"""A ledger checked in stretches, in one process or several: it says what one check of the whole says."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import Ending, act
from touchstone.apps.register import checking
from touchstone.apps.register.stretches import (
    Between,
    Here,
    Lines,
    RowsOfFile,
    RowsOfServer,
    Stretch,
    Unreachable,
    between,
    of_lines,
)
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.ledger import Retirement, Signers, stored
from touchstone.core.labels.lines import entry_line
from touchstone.core.labels.model import Entry, StoredEntry
from touchstone.output.keys import KeyPair, check_signature

KEY = KeyPair(Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
SIGNERS = Signers(keys={KEY.id: KEY.public})


def made(number: int) -> list[StoredEntry]:
    """So many entries, two a day, as a database files them."""
    tail: Entry | None = None
    kept = []
    for place in range(number):
        recorded = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=12 * place)
        organisation = f"pl-{place}"
        tail = ledger.append(
            tail, act(organisation=organisation, recorded=recorded), key_id=KEY.id, sign=KEY.sign
        )
        one = stored(tail)
        kept.append(replace(one, document=str(one.document).encode(), filed=organisation))
    return kept


ENTRIES = made(40)
WHOLE = ledger.check(ENTRIES, check_signature=check_signature(SIGNERS.keys))
DAMAGES: list[dict[str, Any]] = [
    {"document": b"{}"}, {"document": b"\xff"}, {"hash": "f" * 64}, {"previous": "f" * 64}, {"number": 99},
    {"key": "other"}, {"signature": "00" * 64}, {"filed": "pl-other"},
]  # fmt: skip
FILE = "database.sqlite3"


def rows(folder: Path, entries: Iterable[StoredEntry], *, length: int) -> list[Stretch]:
    """The entries in a database of SQLite, in stretches."""
    file = folder / FILE
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "CREATE TABLE register_ledgerentry (number integer unsigned PRIMARY KEY, document text, "
            "previous text, hash text, key text, signature text, organisation text)"
        )
        database.executemany(
            "INSERT OR REPLACE INTO register_ledgerentry VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, ?)",
            map(astuple, entries),
        )
        there = database.execute("SELECT number FROM register_ledgerentry ORDER BY number").fetchall()
    numbers = [number for (number,) in there]
    return [RowsOfFile(file=file, rows=one) for one in between(numbers, length=length)]


def lines(folder: Path, entries: Iterable[StoredEntry], *, length: int) -> list[Stretch]:
    """The entries as lines of a file after a first one, in stretches."""
    file = folder / "ledger.jsonl"
    written = [entry_line(entry) for entry in entries]
    file.write_bytes(b"".join(line + b"\n" for line in (b"first", *written)))
    return list(of_lines(file, len(b"first\n"), enumerate(written, start=2), length=length))


def check(stretches: Iterable[Stretch], *, few: int = checking.FEW) -> ledger.Checked:
    return checking.check(stretches, SIGNERS, few=few)


@pytest.mark.parametrize("kept", [rows, lines])
@pytest.mark.parametrize("length", [1, 7, 20, 39, 40, 41])
def test_a_whole_ledger_is_checked_to_its_end_wherever_it_is_cut(
    kept: Callable[..., list[Stretch]], length: int, tmp_path: Path
) -> None:
    stretches = kept(tmp_path, ENTRIES, length=length)
    assert (len(stretches), check(stretches, few=40)) == (-(-40 // length), WHOLE)


def test_it_tells_how_far_each_day_came() -> None:
    assert (WHOLE.entries, WHOLE.fault, len(WHOLE.ends)) == (40, None, 20)
    assert WHOLE.ends[0] == ledger.DayEnd(day=date(2026, 1, 1), number=2, hash=ENTRIES[1].hash)


@pytest.mark.parametrize("kept", [rows, lines])
def test_an_empty_ledger_has_no_fault(kept: Callable[..., list[Stretch]], tmp_path: Path) -> None:
    assert check(kept(tmp_path, [], length=5)) == ledger.Checked(entries=0, fault=None, ends=())


@given(
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(0, 39), st.sampled_from(DAMAGES)), max_size=3),
    st.sets(st.integers(0, 39), max_size=2),
)
def test_the_first_fault_is_the_same_wherever_the_ledger_is_cut(
    tmp_path_factory: pytest.TempPathFactory,
    length: int,
    damages: list[tuple[int, dict[str, Any]]],
    gone: set[int],
) -> None:
    entries = list(ENTRIES)
    for place, changes in damages:
        entries[place] = replace(entries[place], **changes)
    entries = [entry for place, entry in enumerate(entries) if place not in gone]
    in_order = sorted({entry.number: entry for entry in entries}.values(), key=lambda entry: entry.number)
    kept = rows(tmp_path_factory.getbasetemp(), entries, length=length)
    assert check(kept, few=40) == ledger.check(in_order, check_signature=check_signature(SIGNERS.keys))


class TestReading:
    def test_rows_come_as_they_were_kept_damaged_or_not(self, tmp_path: Path) -> None:
        odd = replace(ENTRIES[1], document=b"\xff{", hash="Łódź", filed="")
        (stretch,) = rows(tmp_path, [ENTRIES[0], odd], length=5)
        assert list(stretch.entries()) == [ENTRIES[0], odd]

    def test_what_is_no_text_is_read_as_one(self, tmp_path: Path) -> None:
        (stretch,) = rows(tmp_path, ENTRIES[:1], length=5)
        with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
            odd = "document = 5, hash = NULL, key = x'ff', number = 1.5"
            database.execute(f"UPDATE register_ledgerentry SET {odd}")
        (damaged,) = RowsOfFile(file=tmp_path / FILE, rows=Between(after=None, upto=9)).entries()
        assert damaged == replace(ENTRIES[0], document=b"5", hash="None", key="\udcff", number=1.5)
        assert (stretch.follows, list(stretch.entries())) == (False, [])

    def test_a_stretch_begins_with_the_entry_before_it(self, tmp_path: Path) -> None:
        for kept in (rows, lines):
            second = kept(tmp_path, ENTRIES, length=7)[1]
            assert (second.follows, [entry.number for entry in second.entries()]) == (True, [*range(7, 15)])

    def test_rows_that_came_later_are_left_out(self, tmp_path: Path) -> None:
        stretches = rows(tmp_path, ENTRIES[:30], length=20)
        rows(tmp_path, ENTRIES, length=20)
        assert check(stretches).entries == 30

    def test_a_database_that_is_not_there_cannot_be_reached_and_is_not_made(self, tmp_path: Path) -> None:
        stretch = RowsOfFile(file=tmp_path / "no ledger?", rows=Between(after=None, upto=9))
        with pytest.raises(Unreachable):
            check([stretch])
        assert list(tmp_path.iterdir()) == []

    def test_a_server_that_does_not_answer_cannot_be_reached(self, tmp_path: Path) -> None:
        how: dict[str, str | int] = {"host": str(tmp_path), "dbname": "label", "connect_timeout": 1}
        with pytest.raises(Unreachable):
            check([RowsOfServer(how=how, rows=Between(after=3, upto=9))])

    def test_a_line_that_cannot_be_read_is_told_with_its_number(self, tmp_path: Path) -> None:
        stretches = lines(tmp_path, ENTRIES, length=7)
        file = tmp_path / "ledger.jsonl"
        file.write_bytes(file.read_bytes().replace(b'"hash":', b'"hash"='))
        with pytest.raises(Unusable, match=r"^line 2: is not readable as JSON"):
            check(stretches)

    def test_a_source_that_breaks_off_is_told_after_what_came_before(self, tmp_path: Path) -> None:
        def breaking_off(entries: list[StoredEntry]) -> Iterator[tuple[int, bytes]]:
            lines(tmp_path, entries, length=5)
            yield from enumerate(map(entry_line, entries), start=2)
            raise Unusable("", Fault("line 32", "is cut off."))

        file = tmp_path / "ledger.jsonl"
        with pytest.raises(Unusable, match="line 32"):
            check(of_lines(file, 6, breaking_off(ENTRIES[:30]), length=8))
        damaged = [*ENTRIES[:28], replace(ENTRIES[28], key="other"), ENTRIES[29]]
        found = check(of_lines(file, 6, breaking_off(damaged), length=8)).fault
        assert (found and found.number) == 29


class TestSeveralProcesses:
    @pytest.mark.parametrize("kept", [rows, lines])
    def test_they_find_what_one_finds(self, kept: Callable[..., list[Stretch]], tmp_path: Path) -> None:
        assert check(kept(tmp_path, ENTRIES, length=7), few=1) == WHOLE
        entries = list(ENTRIES)
        entries[12] = replace(entries[12], key="other")
        entries[30] = replace(entries[30], signature="00" * 64)
        several, one = (check(kept(tmp_path, entries, length=5), few=few) for few in (1, 40))
        assert several == one
        assert (several.fault and several.fault.number) == 13

    def test_they_know_which_keys_retired(self, tmp_path: Path) -> None:
        last = Retirement(at=datetime(2026, 1, 12, tzinfo=UTC), entry=21)
        signers = replace(SIGNERS, retired={KEY.id: last})
        found = checking.check(rows(tmp_path, ENTRIES, length=5), signers, few=1)
        problem = f"it was signed with key {KEY.id}, which had signed its last on 2026-01-12, entry 21."
        assert (found.entries, str(found.fault)) == (21, f"entry 22: {problem}")

    def test_they_tell_that_they_cannot_reach_the_database(self, tmp_path: Path) -> None:
        stretches = rows(tmp_path, ENTRIES, length=5)
        (tmp_path / FILE).unlink()
        with pytest.raises(Unreachable):
            check(stretches, few=1)

    def test_one_that_is_ended_from_outside_is_told(self) -> None:
        with pytest.raises(Unusable, match="a process that checked it was ended from outside"):
            check([Ending(), Ending()], few=1)


def test_entries_that_only_this_process_has_are_checked_by_it() -> None:
    assert check([Here(ENTRIES)]) == WHOLE


def test_a_line_is_found_by_the_byte_where_it_begins(tmp_path: Path) -> None:
    first, second = lines(tmp_path, ENTRIES[:3], length=2)
    begins = 6 + len(entry_line(ENTRIES[0])) + 1
    file = tmp_path / "ledger.jsonl"
    assert first == Lines(file=file, begins=6, number=2, lines=2, follows=False)
    assert second == Lines(file=file, begins=begins, number=3, lines=2, follows=True)
