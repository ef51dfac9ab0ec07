"""What matches a question to the register's list: a page of it, and how many match."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchstone.apps.register.models import RegisterSpan, RegisterSpanQuerySet, meaning
from touchstone.web.public.register.filters import ORDERS, Filters
from touchstone.web.public.register.freshness import remembered
from touchstone.web.public.register.paging import Page, page_of

MOST_FOUND = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of the organisations that match, and how many match in all."""

    page: Page
    number: int
    more: bool  # than this number: they were not counted out


@remembered
def found(filters: Filters, after: str, before: str) -> Found:
    """What matches: the page after an organisation, or before one, else the first."""
    if not (filters.q or filters.expiring):
        number = filters.groups().total()
        # Where there is none, a database would look through all names to say so.
        rows = filters.rows_of_all() if number else RegisterSpan.objects.none()
        page = page_of(rows, filters.order, after=after, before=before)
        return Found(page=page, number=number, more=False)
    meant, rows = meaning(filters.q), filters.rows_of_all()
    narrow = filters.country or filters.expiring  # then it is quicker to try those rows than to seek others
    some = _some(filters, rows.filter(meant.tried if narrow else meant.sought))
    more = len(some) > MOST_FOUND
    rows = rows.filter(meant.tried) if more else RegisterSpan.objects.filter(pk__in=some)
    page = page_of(rows, filters.order, after=after, before=before)
    return Found(page=page, number=min(len(some), MOST_FOUND), more=more)


def _some(filters: Filters, rows: RegisterSpanQuerySet) -> Sequence[int]:
    """The first of some rows, one more than are counted.

    They come in no order but that of the countries where one is asked for, since its rows stand together.
    """
    order = ORDERS["country"] if filters.country else ()
    return list(rows.order_by(*order).values_list("pk", flat=True)[: MOST_FOUND + 1])
