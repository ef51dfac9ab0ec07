"""A register with everything in it that the register can tell, for what gives it away."""

from datetime import UTC, date, datetime

from factories.apps import entry
from touchstone.core.labels.model import EntryKind, LabelLevel

THEN = datetime(2026, 11, 20, 9, tzinfo=UTC)  # when the first half was entered
GOLD = {
    "level": LabelLevel.GOLD, "valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31),
    "renewable_until": date(2028, 12, 31), "effective": date(2026, 1, 1),
}  # fmt: skip
OLD = {
    "valid_from": date(2011, 2, 23), "valid_until": date(2013, 2, 23), "renewable_until": date(2014, 2, 23),
    "effective": date(2011, 2, 23), "rule_set": "2010", "derived": ("valid_from",), "origin": "an old page",
}  # fmt: skip


def register() -> None:
    """Organisations of every kind: at two levels, lapsed, suspended, withdrawn, renamed, merged, to come."""
    entry(recorded=THEN)
    entry(recorded=THEN, kind=EntryKind.UPGRADE, **GOLD)
    _awarded("pl-lodz", "=Klaster „Łódź”, ICT", country="PL", **OLD)
    _awarded("lt-stopped", "Stopped Cluster")
    _awarded("lv-taken", "Taken | Cluster", country="LV", portfolio="food")
    _awarded("de-new", "Neue Straße", country="DE", website="https://new.example")
    _awarded("ee-one", "One", country="EE")
    _awarded("fi-later", "Later", country="FI", valid_from=date(2027, 1, 1), effective=date(2027, 1, 1))
    _happened("lt-stopped", "Stopped Cluster", EntryKind.SUSPENSION, reason="An example.")
    _happened("lv-taken", "Taken | Cluster", EntryKind.WITHDRAWAL, country="LV", portfolio="food")
    _happened("de-new", "Ältere Gasse", EntryKind.RENAME, country="DE", website="https://new.example")
    _happened("ee-one", "One", EntryKind.MERGER, country="EE", others=("lt-amber",))


def _awarded(key: str, name: str, **fields: object) -> None:
    entry(**{"recorded": THEN, "organisation": key, "name": name, **fields})


def _happened(key: str, name: str, kind: EntryKind, **fields: object) -> None:
    entry(
        kind=kind, organisation=key, name=name, effective=date(2026, 11, 15), level=None, valid_from=None,
        valid_until=None, renewable_until=None, **fields,
    )  # fmt: skip
