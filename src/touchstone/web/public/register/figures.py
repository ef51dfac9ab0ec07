"""The two figures of a register and where they come from, reckoned once for a state of the ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from touchstone.core.labels.model import Standing
from touchstone.web.public.register.filters import ORDERS, Filters
from touchstone.web.public.register.freshness import remembered

MOST_FOUND = 1_000


@dataclass(frozen=True, slots=True)
class Figures:
    """How many hold a valid label, and how many ever held one: often mistaken for each other."""

    valid: int
    ever: int


@dataclass(frozen=True, slots=True)
class Census:
    """How many organisations of each country stand in which way."""

    by_country: Mapping[str, Mapping[str, int]]

    @property
    def figures(self) -> Figures:
        """Of all countries together."""
        each = [figures(standings) for standings in self.by_country.values()]
        return Figures(sum(one.valid for one in each), sum(one.ever for one in each))


@remembered
def census(filters: Filters) -> Census:
    """The organisations that match."""
    found: dict[str, Counter[str]] = {}
    rows = filters.rows().order_by().values_list("country", "standing")
    for country, standing, n in rows.annotate(Count("pk")):
        found.setdefault(country, Counter())[standing] = n
    return Census(found)


@remembered
def counted(filters: Filters) -> int:
    """How many organisations match. Of a search, no more than `MOST_FOUND` and one are counted: a word that
    most names have is no search, and to count them all takes longer than to find the first.
    """
    rows = filters.rows()
    # In the order of a country's names, its organisations are gone through and not all that have the word.
    order = ORDERS["country"] if filters.country else ()
    return rows.order_by(*order)[: MOST_FOUND + 1].count() if filters.q else rows.count()


def present(state: str, on: date) -> Iterable[str]:
    """The codes of the countries whose organisations the register knows on a day."""
    return census(state, Filters(on=on)).by_country


def figures(standings: Mapping[str, int]) -> Figures:
    """The two figures of how many stand in which way."""
    return Figures(standings.get(Standing.VALID, 0), sum(standings.values()))
