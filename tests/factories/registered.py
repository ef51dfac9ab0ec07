"""Labels in the register's pages: acts entered through the ledger, as short as tests want them."""

from datetime import date, timedelta
from typing import Any

from factories.apps import TODAY, entry
from touchstone.core.labels.model import Entry, EntryKind, LabelLevel

WITHOUT_PERIOD: dict[str, Any] = {
    "valid_from": None,
    "valid_until": None,
    "renewable_until": None,
    "effective": TODAY,
}


def labelled(number: int, **fields: Any) -> Entry:
    """A Bronze label of "Cluster <number>" in Lithuania, valid today."""
    return entry(organisation=f"lt-cluster-{number}", **{"name": f"Cluster {number}", **fields})


def happened(number: int, kind: EntryKind, **fields: Any) -> Entry:
    """Something that gives no period, on the day of the tests, to all levels."""
    return labelled(number, kind=kind, **{"level": None, **WITHOUT_PERIOD, **fields})


def ended(until: date, **fields: Any) -> dict[str, Any]:
    """The fields of a label whose period lies in the past."""
    begun = until - timedelta(days=730)
    renewable = until + timedelta(days=365)
    days = {"effective": begun, "valid_from": begun, "valid_until": until, "renewable_until": renewable}
    return {**days, "rule_set": "2014", **fields}


def run(start: date, end: date, level: LabelLevel = LabelLevel.BRONZE, **fields: Any) -> dict[str, Any]:
    """The fields of a label from one day to another, renewable for a year."""
    renewable = end + timedelta(days=365)
    return {
        "level": level, "effective": start, "valid_from": start, "valid_until": end,
        "renewable_until": renewable, **fields,
    }  # fmt: skip


def many(count: int, **fields: Any) -> None:
    """So many organisations with a label, counted from 0."""
    for number in range(count):
        labelled(number, **fields)
