"""The ledger read by organisation."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from touchstone.apps.register.models import LedgerEntry
from touchstone.core.faults import Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.model import Entry


def histories(*, after: str = "") -> Iterator[tuple[Entry, ...]]:
    """The entries of each organisation in order, one organisation after the other, by their keys.

    Only those whose key comes after one that is given. Raises Unusable at a damaged entry.
    """
    rows = LedgerEntry.objects.filter(organisation__gt=after).order_by("organisation", "number")
    for _, own in groupby(rows.iterator(), key=attrgetter("organisation")):
        yield tuple(map(_restored, own))


def _restored(row: LedgerEntry) -> Entry:
    try:
        return ledger.restored(row.as_stored())
    except Unusable as unusable:
        raise Unusable(f"ledger entry {row.number}", *unusable.faults) from unusable
