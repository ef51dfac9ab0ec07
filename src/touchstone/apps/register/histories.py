"""The ledger read by organisation."""

from collections.abc import Generator
from contextlib import closing
from itertools import groupby
from operator import attrgetter
from typing import cast

from touchstone.apps.register.models import LedgerEntry
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.model import Entry

MEND = "Run: touchstone ledger verify"


def histories(*, after: str = "") -> Generator[tuple[Entry, ...]]:
    """The entries of each organisation in order, one organisation after the other, by their keys.

    Only those whose key comes after one that is given. Raises DamagedEntry at the first such. Whoever stops
    early closes it, and with it the server's cursor.
    """
    rows = LedgerEntry.objects.filter(organisation__gt=after).order_by("organisation", "number")
    with closing(cast(Generator[LedgerEntry], rows.iterator())) as each:
        for _, own in groupby(each, key=attrgetter("organisation")):
            yield tuple(map(restored, own))


class DamagedEntry(Unusable):
    """An entry of the ledger that no longer says what was signed. Its text names it."""


def restored(row: LedgerEntry) -> Entry:
    """The entry of a row. Raises DamagedEntry, with the entry as its place, where its act is damaged."""
    try:
        return ledger.restored(row.as_stored())
    except Unusable as unusable:
        problem = f"its act cannot be read: {unusable}"
        raise DamagedEntry("", Fault(f"entry {row.number}", problem, MEND)) from unusable
