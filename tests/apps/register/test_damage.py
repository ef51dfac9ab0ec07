"""What is damaged in the database: `verify` names it, and so does whatever rests on it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DataError, connection

from factories.guards import lifted
from touchstone.apps.refusal import Refused
from touchstone.apps.register import services
from touchstone.apps.register.histories import DamagedEntry
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.opening_rows import label_rows
from touchstone.core.labels.model import Act, EntryKind, LabelLevel

WHY_NOT_WHEN: dict[str, Any] = {"reason": "x", "actor": "EUCLES", "at": datetime(2020, 1, 3, tzinfo=UTC)}
WHY = {"effective": date(2020, 1, 3), **WHY_NOT_WHEN}
TEXT_COLUMNS = ("organisation", "document", "previous", "hash", "key", "signature")
HEAD_COLUMNS = ("entry", "previous", "hash", "key", "signature")


def act(number: int) -> Act:
    return Act(
        kind=EntryKind.AWARD,
        organisation=f"pl-cluster-{number}",
        name=f"Klaster Łódź {number}",
        country="PL",
        portfolio="ict",
        effective=date(2020, 1, number),
        recorded=datetime(2020, 1, number, tzinfo=UTC),
        actor="EUCLES",
        rule_set="2022",
        level=LabelLevel.BRONZE,
        valid_from=date(2020, 1, number),
        valid_until=date(2022, 1, 31),
        renewable_until=date(2023, 1, 31),
    )


# How each database gives the bytes of a text, and takes them.
READ = {"sqlite": "CAST({} AS BLOB)", "postgresql": "convert_to({}, 'UTF8')"}
WRITE = {"sqlite": "CAST(%s AS TEXT)", "postgresql": "convert_from(%s, 'UTF8')"}


def flip(table: str, row: str, column: str, *, place: int, bit: int) -> None:
    """Flip one bit of a row. A server refuses what is no UTF-8 with DataError; SQLite takes everything."""
    read, write = READ[connection.vendor].format(column), WRITE[connection.vendor]
    with lifted(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {read} FROM {table} WHERE {row}")
        raw = bytearray(cursor.fetchone()[0])
        raw[place % len(raw)] ^= 1 << bit
        cursor.execute(f"UPDATE {table} SET {column} = {write} WHERE {row}", [bytes(raw)])


@pytest.fixture
def whole() -> dict[str, object]:
    """Three entries of three days, and the heads of the first two."""
    for number in (1, 2, 3):
        services.append(act=act(number))
    said = services.verify().as_document()
    assert said == {"entries": 3, "intact": True, "first_fault": None, "heads": 2}
    return said


@pytest.mark.django_db
@pytest.mark.parametrize("bit", range(8))
@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_a_flipped_bit_is_found_and_its_entry_named(column: str, bit: int, whole: dict[str, object]) -> None:
    try:
        flip("register_ledgerentry", "number = 2", column, place=17 * (bit + 1), bit=bit)
    except DataError:
        assert (connection.vendor, services.verify().as_document()) == ("postgresql", whole)
    else:
        found = services.verify()
        assert (found.intact, str(found.first_fault).startswith("entry 2:")) == (False, True), found


@pytest.mark.django_db
@pytest.mark.parametrize("bit", range(8))
@pytest.mark.parametrize("column", HEAD_COLUMNS)
def test_a_flipped_bit_is_found_and_its_head_named(column: str, bit: int, whole: dict[str, object]) -> None:
    try:
        flip("register_ledgerhead", "number = 1", column, place=17 * (bit + 1), bit=bit)
    except DataError:
        assert (connection.vendor, services.verify().as_document()) == ("postgresql", whole)
    else:
        found = services.verify()
        assert (found.intact, str(found.first_fault).startswith("head of 2020-01-01: ")) == (False, True), (
            found
        )


# What else may stand in the column of a day: SQLite takes any text, PostgreSQL days only.
DAYS = ["2020-01-05", "2019-12-31", "2020-13-01", "someday"]


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS)
def test_another_day_is_found_and_the_head_named(day: str, whole: dict[str, object]) -> None:
    try:
        with lifted(), connection.cursor() as cursor:
            cursor.execute("UPDATE register_ledgerhead SET day = %s WHERE number = 2", [day])
    except DataError:
        assert (connection.vendor, services.verify().as_document()) == ("postgresql", whole)
    else:
        found = services.verify()
        assert (found.intact, str(found.first_fault).startswith("head of ")) == (False, True), found


REMOVALS = {
    "the newest entry, which no head names yet": ("DELETE FROM register_ledgerentry WHERE number >= 3", None),
    "the last two entries": (
        "DELETE FROM register_ledgerentry WHERE number >= 2",
        "head of 2020-01-02: it names entry 2, and the ledger ends with 1: the last were removed.",
    ),
    "the first head": (
        "DELETE FROM register_ledgerhead WHERE number = 1",
        "head of 2020-01-02: the previous hash it gives is not that of the head before it.",
    ),
    "the last head": (
        "DELETE FROM register_ledgerhead WHERE number = 2",
        "head of 2020-01-02: it is missing: entry 3 was recorded on a later day.",
    ),
    "all heads": (
        "DELETE FROM register_ledgerhead",
        "head of 2020-01-01: it is missing: entry 2 was recorded on a later day.",
    ),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("what", REMOVALS)
def test_what_was_removed_is_missed(what: str) -> None:
    removal, problem = REMOVALS[what]
    with lifted(), connection.cursor() as cursor:
        cursor.execute(removal)
    assert services.verify().first_fault == problem


ACTS: dict[str, Callable[[], object]] = {
    "an entry after it": lambda: services.append(act=act(4)),
    "a stop": lambda: services.suspend(organisation="pl-cluster-3", level=None, **WHY),
    "a correction of it": lambda: services.correct(entry=3, level=LabelLevel.GOLD, **WHY_NOT_WHEN),
    "a history": lambda: services.history("pl-cluster-3"),
    "a head": lambda: services.close_day(at=datetime(2020, 1, 5, tzinfo=UTC)),
    "open data": lambda: list(label_rows(date(2020, 1, 5), known=datetime(2020, 1, 5, tzinfo=UTC))),
    "a rebuilt register": services.rebuild,
}


@pytest.mark.django_db
@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("what", ACTS)
def test_what_rests_on_a_damaged_entry_names_it(what: str) -> None:
    with lifted():
        LedgerEntry.objects.filter(number=3).update(document="[]")
    with pytest.raises((DamagedEntry, Refused)) as told:
        ACTS[what]()
    said = "entry 3: its act cannot be read: act: is not a JSON object. Run: touchstone ledger verify"
    assert str(told.value).removeprefix("The ledger does not take this entry: ") == said
