"""Pages of a long list, each found by the row that it begins after: the last is as quick as the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from touchstone.apps.register.models import RegisterSpan, RegisterSpanQuerySet

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order, and the organisations after or before which the neighbouring pages lie."""

    rows: Sequence[RegisterSpan]
    after: str  # empty on the last page
    before: str  # empty on the first page


def page_of(rows: RegisterSpanQuerySet, order: Sequence[str], *, after: str = "", before: str = "") -> Page:
    """The page after an organisation, or before one, else the first.

    The last field of `order` tells rows apart. An organisation that is not among the rows is passed over.
    """
    place = _place(rows, order, after or before)
    if place is None:
        found = _first(rows.order_by(*order))
        return Page(found[:ROWS_A_PAGE], _last_if_more(found), "")
    if after:
        found = _first(_beyond(rows, order, place))
        page = Page(found[:ROWS_A_PAGE], _last_if_more(found), found[0].organisation if found else "")
    else:
        found = _first(_beyond(rows, [_reverse(field) for field in order], place))
        shown = found[:ROWS_A_PAGE][::-1]
        page = Page(shown, shown[-1].organisation if shown else "", _last_if_more(found))
    return page if page.rows else page_of(rows, order)


def _place(rows: RegisterSpanQuerySet, order: Sequence[str], at: str) -> tuple[object, ...] | None:
    """What an organisation is ordered by; None where it is not among the rows."""
    if not at or not at.isprintable():
        return None
    return rows.filter(organisation=at).values_list(*map(_name, order)).first()


def _last_if_more(found: Sequence[RegisterSpan]) -> str:
    """The organisation that ends a page, where rows lie beyond it."""
    return found[ROWS_A_PAGE - 1].organisation if len(found) > ROWS_A_PAGE else ""


def _first(rows: RegisterSpanQuerySet) -> list[RegisterSpan]:
    """A page's rows, and one more where there are more."""
    return list(rows[: ROWS_A_PAGE + 1])


def _beyond(
    rows: RegisterSpanQuerySet, order: Sequence[str], place: Sequence[object]
) -> RegisterSpanQuerySet:
    """The rows that come after a place in an order."""
    later = Q()
    for depth, (field, value) in enumerate(zip(order, place, strict=True)):
        same = Q(**{_name(before): known for before, known in zip(order[:depth], place, strict=False)})
        later |= same & Q(**{f"{_name(field)}__{'lt' if field.startswith('-') else 'gt'}": value})
    # It follows from the rest, and lets the database begin at the place instead of trying row by row.
    first = order[0]
    bound = Q(**{f"{_name(first)}__{'lte' if first.startswith('-') else 'gte'}": place[0]})
    return rows.filter(bound & later).order_by(*order)


def _name(field: str) -> str:
    return field.removeprefix("-")


def _reverse(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"
