"""One bit of one ledger entry flipped in the database file: `verify` names that entry."""

from datetime import UTC, date, datetime

import pytest
from django.db import DataError, connection

from factories.guards import lifted
from touchstone.apps.register import services
from touchstone.core.labels.model import Act, EntryKind, LabelLevel

TEXT_COLUMNS = ("organisation", "document", "previous", "hash", "key", "signature")


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


def flip(column: str, place: int, bit: int) -> None:
    """Flip one bit of entry 2. A server refuses what is no UTF-8 with DataError; SQLite takes everything."""
    read, write = READ[connection.vendor].format(column), WRITE[connection.vendor]
    with lifted(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {read} FROM register_ledgerentry WHERE number = 2")
        raw = bytearray(cursor.fetchone()[0])
        raw[place % len(raw)] ^= 1 << bit
        cursor.execute(f"UPDATE register_ledgerentry SET {column} = {write} WHERE number = 2", [bytes(raw)])


@pytest.mark.django_db
@pytest.mark.parametrize("bit", range(8))
@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_a_flipped_bit_is_found_and_its_entry_named(column: str, bit: int) -> None:
    for number in (1, 2, 3):
        services.append(act=act(number))
    whole = {"entries": 3, "intact": True, "first_fault": None}
    assert services.verify().as_document() == whole
    try:
        flip(column, place=17 * (bit + 1), bit=bit)
    except DataError:
        assert (connection.vendor, services.verify().as_document()) == ("postgresql", whole)
    else:
        found = services.verify()
        assert (found.intact, str(found.first_fault).startswith("entry 2:")) == (False, True), found
