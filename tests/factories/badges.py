"""Labels in every state, for tests of their badges. All are of the organisation lt-amber, as of TODAY."""

from datetime import date, timedelta

from factories.apps import TODAY, entry
from touchstone.core.labels.model import Entry, EntryKind, LabelLevel, Standing

WITHOUT_PERIOD = {"valid_from": None, "valid_until": None, "renewable_until": None, "effective": TODAY}
SHOWN = [standing for standing in Standing if standing is not Standing.NEVER]


def ended(until: date, *, renewable_days: int = 365, **fields: object) -> Entry:
    """A label whose period is over."""
    begun = until - timedelta(days=730)
    return entry(
        effective=begun,
        valid_from=begun,
        valid_until=until,
        renewable_until=until + timedelta(days=renewable_days),
        **fields,
    )


def standing_so(standing: Standing, level: LabelLevel = LabelLevel.BRONZE) -> Entry:
    """A label that stands so today; gives the entry that granted it."""
    if standing is Standing.EXPIRED_RENEWABLE:
        return ended(TODAY - timedelta(days=1), level=level)
    if standing is Standing.LAPSED:
        return ended(TODAY - timedelta(days=400), level=level)
    granted = entry(level=level)
    if standing is not Standing.VALID:
        stop(EntryKind.SUSPENSION if standing is Standing.SUSPENDED else EntryKind.WITHDRAWAL, level=level)
    return granted


def stop(kind: EntryKind, **fields: object) -> Entry:
    return entry(**{"kind": kind, "reason": "A reason.", **WITHOUT_PERIOD, **fields})
