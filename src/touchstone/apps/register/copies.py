"""The ledger as a file for everybody, written line by line from the database."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Max

from touchstone.apps.register import signing
from touchstone.apps.register.copy_check import Newer
from touchstone.apps.register.ledger import heads
from touchstone.apps.register.models import LedgerEntry
from touchstone.core.labels import lines
from touchstone.core.labels.lines import FirstLine
from touchstone.core.labels.model import Head, StoredEntry

AT_ONCE = 1_000  # entries that one page of them, or one question to the database, gives at most


def ledger_lines() -> Iterator[bytes]:
    """The whole ledger as of now, as the lines of a file. Whoever appends meanwhile does not disturb it.

    Raises Unusable before the first line where a head is damaged.
    """
    last: int = LedgerEntry.objects.aggregate(last=Max("number"))["last"] or 0
    there = tuple(head for head in heads() if head.number <= last)
    return lines.lines(first_line(last, there), _entries(last), there)


def first_line(last: int, there: tuple[Head, ...]) -> FirstLine:
    """What a copy up to an entry says of itself."""
    signers = signing.signers()
    return FirstLine(
        address=settings.TOUCHSTONE_ADDRESS,
        keys=signers.keys,
        retired=signers.retired,
        entries=LedgerEntry.objects.filter(number__lte=last).count(),
        heads=len(there),
    )


def newer() -> Newer:
    """The ledger as what an older copy is held against."""
    last: int = LedgerEntry.objects.aggregate(last=Max("number"))["last"] or 0
    return Newer(entry_lines=map(lines.entry_line, _entries(last)), heads=heads)


def entry_lines(*, after: int, limit: int = AT_ONCE) -> list[bytes]:
    """The lines of the entries that come after a number, without line feeds."""
    return [lines.entry_line(entry) for entry in _page(after, limit)]


def _entries(last: int) -> Iterator[StoredEntry]:
    """The entries up to a number, asked for piece by piece: a slow reader holds nothing open."""
    after = 0
    while page := [entry for entry in _page(after, AT_ONCE) if entry.number <= last]:
        yield from page
        after = page[-1].number


def _page(after: int, limit: int) -> list[StoredEntry]:
    rows = LedgerEntry.objects.filter(number__gt=after).order_by("number")[:limit]
    return [row.as_stored() for row in rows]
