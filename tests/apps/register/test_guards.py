"""The database itself lets the ledger be appended to and nothing else, whoever writes the SQL."""

from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction

from factories.apps import NOW, entry
from factories.guards import lifted
from touchstone.apps.register import services
from touchstone.apps.register.models import LedgerEntry, LedgerHead

pytestmark = pytest.mark.django_db

ENTRIES, HEADS = "register_ledgerentry", "register_ledgerhead"
COLUMNS = {
    ENTRIES: "number, organisation, document, previous, hash, key, signature",
    HEADS: "day, number, entry, previous, hash, key, signature",
}
KEPT, NEXT = "the ledger is only ever appended to", "this does not follow the last one of the ledger"


@pytest.fixture(autouse=True)
def three() -> None:
    """Three entries of three days, with the heads of two."""
    for day in range(3):
        entry(organisation=f"lt-{day}", recorded=NOW + timedelta(days=day))


def refusal(sql: str) -> str:
    before = list(LedgerEntry.objects.values_list()), list(LedgerHead.objects.values_list())
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert (list(LedgerEntry.objects.values_list()), list(LedgerHead.objects.values_list())) == before
    return str(refused.value).splitlines()[0]


@pytest.mark.parametrize("table", [ENTRIES, HEADS])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET signature = signature",
        "UPDATE {} SET number = 9 WHERE number = 1",
        "UPDATE {} SET hash = 'x' WHERE number = 2",
        "DELETE FROM {}",
        "DELETE FROM {} WHERE number = 2",
    ],
)
def test_a_row_is_neither_changed_nor_removed(table: str, sql: str) -> None:
    assert refusal(sql.format(table)) == KEPT


@pytest.mark.parametrize("table", [ENTRIES, HEADS])
def test_a_table_is_not_emptied(table: str) -> None:
    empty = {"postgresql": "TRUNCATE {}", "sqlite": "DELETE FROM {}"}
    assert refusal(empty[connection.vendor].format(table)) == KEPT


LAST_ENTRY = "(SELECT hash FROM register_ledgerentry WHERE number = 3)"
LAST_HEAD = "(SELECT hash FROM register_ledgerhead WHERE number = 2)"
MISPLACED = {
    "a number that is left out": f"5, 'a', 'd', {LAST_ENTRY}, 'h', 'k', 's'",
    "a number that is there": f"3, 'a', 'd', {LAST_ENTRY}, 'h', 'k', 's'",
    "another previous": "4, 'a', 'd', 'other', 'h', 'k', 's'",
}


@pytest.mark.parametrize("what", MISPLACED)
def test_an_entry_that_does_not_follow_the_last_one_is_refused(what: str) -> None:
    values = MISPLACED[what]
    assert refusal(f"INSERT INTO {ENTRIES} ({COLUMNS[ENTRIES]}) VALUES ({values})") == NEXT


MISPLACED_HEADS = {
    "a day that has one": f"'2026-11-22', 3, {LAST_ENTRY}, {LAST_HEAD}, 'h', 'k', 's'",
    "an earlier day": f"'2026-11-20', 3, {LAST_ENTRY}, {LAST_HEAD}, 'h', 'k', 's'",
    "an earlier entry": (
        f"'2026-11-23', 1, (SELECT hash FROM {ENTRIES} WHERE number = 1), {LAST_HEAD}, 'h', 'k', 's'"
    ),
    "no entry": f"'2026-11-23', 4, 'x', {LAST_HEAD}, 'h', 'k', 's'",
    "another entry": f"'2026-11-23', 3, 'x', {LAST_HEAD}, 'h', 'k', 's'",
    "another previous": f"'2026-11-23', 3, {LAST_ENTRY}, 'x', 'h', 'k', 's'",
}


@pytest.mark.parametrize("what", MISPLACED_HEADS)
def test_a_head_that_does_not_follow_the_last_one_is_refused(what: str) -> None:
    values = MISPLACED_HEADS[what]
    assert refusal(f"INSERT INTO {HEADS} ({COLUMNS[HEADS]}) VALUES ({values})") == NEXT


def test_what_follows_the_last_one_is_taken() -> None:
    with connection.cursor() as cursor:
        for number, previous in ((4, LAST_ENTRY), (5, "'four'")):
            hash = "four" if number == 4 else "five"
            values = f"{number}, 'a', '{{}}', {previous}, '{hash}', 'k', 's'"
            cursor.execute(f"INSERT INTO {ENTRIES} ({COLUMNS[ENTRIES]}) VALUES ({values})")
        values = f"'2026-11-23', 5, 'five', {LAST_HEAD}, 'h', 'k', 's'"
        cursor.execute(f"INSERT INTO {HEADS} ({COLUMNS[HEADS]}) VALUES ({values})")
    assert (LedgerEntry.objects.count(), LedgerHead.objects.count()) == (5, 3)


def replacing(table: str, rowid: int, values: str) -> str:
    """REPLACE removes the row whose row id or hash is taken, and asks no trigger of DELETE."""
    return f"INSERT OR REPLACE INTO {table} (rowid, {COLUMNS[table]}) VALUES ({rowid}, {values})"


HASH_OF_ONE = f"(SELECT hash FROM {ENTRIES} WHERE number = 1)"
FOURTH = f"4, 'a', 'd', {LAST_ENTRY}, 'h', 'k', 's'"
SHADOW = f"""
CREATE TEMPORARY TABLE {ENTRIES} (number int, hash text) ON COMMIT DROP;
INSERT INTO pg_temp.{ENTRIES} VALUES (8, 'y');
INSERT INTO public.{ENTRIES} ({COLUMNS[ENTRIES]}) VALUES (9, 'a', 'd', 'y', 'h', 'k', 's')
"""
UPSERT = f"""
INSERT INTO {ENTRIES} SELECT * FROM {ENTRIES} WHERE number = 1
ON CONFLICT (number) DO UPDATE SET document = 'x'
"""
OTHER_WAYS = {
    "sqlite": [
        replacing(ENTRIES, 9, f"4, 'a', 'd', {LAST_ENTRY}, {HASH_OF_ONE}, 'k', 's'"),
        replacing(ENTRIES, 1, FOURTH),
        replacing(ENTRIES, 3, FOURTH),
        replacing(HEADS, 2, f"'2026-11-23', 3, {LAST_ENTRY}, {LAST_HEAD}, 'h', 'k', 's'"),
        f"UPDATE OR REPLACE {ENTRIES} SET hash = 'x' WHERE number = 1",
    ],
    "postgresql": [
        UPSERT,
        SHADOW,
        f"SET LOCAL session_replication_role = replica; DELETE FROM {ENTRIES}",
        f"SET LOCAL session_replication_role = replica; DELETE FROM {HEADS}",
        f"WITH gone AS (DELETE FROM {ENTRIES} WHERE number = 1 RETURNING 1) SELECT count(*) FROM gone",
    ],
}


@pytest.mark.parametrize("place", range(5))
def test_a_statement_that_would_remove_by_another_way_is_refused(place: int) -> None:
    assert refusal(OTHER_WAYS[connection.vendor][place]) in {KEPT, NEXT}


def test_whoever_owns_the_database_may_lift_the_guards_and_they_come_back() -> None:
    with lifted():
        LedgerEntry.objects.filter(number=3).delete()
    assert refusal(f"DELETE FROM {ENTRIES}") == KEPT
    with pytest.raises(Error):
        LedgerEntry.objects.filter(number=1).update(document="{}")


def test_the_last_entry_is_found_missing_by_its_head_and_nothing_else_can_follow() -> None:
    services.close_day(at=NOW + timedelta(days=3))
    with lifted():
        LedgerEntry.objects.filter(number=3).delete()
    assert str(services.verify().first_fault) == (
        "head of 2026-11-23: it names entry 3, and the ledger ends with 2: the last were removed."
    )
