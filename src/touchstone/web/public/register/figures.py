"""The two figures of a register and where they come from, reckoned once for a state of the ledger."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from touchstone.apps.register.models import RegisterGroup
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


@dataclass(frozen=True, slots=True)
class Matches:
    """How many organisations match."""

    number: int
    more: bool  # than this number: they were not counted out


@remembered
def census(filters: Filters) -> Census:
    """The organisations that match, whatever is searched for or expires."""
    found: dict[str, Counter[str]] = {}
    for (country, standing), n in filters.groups().by("country", "standing").items():
        found.setdefault(country, Counter())[standing] = n
    return Census(found)


@remembered
def matches(filters: Filters) -> Matches:
    """How many organisations match. Where they have to be counted one by one, no more than `MOST_FOUND` are:
    a word that most names have is no search, and to count them all takes longer than to find the first.
    """
    if not (filters.q or filters.expiring):
        return Matches(filters.groups().total(), more=False)
    # In the order of a country's names, its organisations are gone through and not all that have the word.
    order = ORDERS["country"] if filters.country else ()
    number = filters.rows().order_by(*order)[: MOST_FOUND + 1].count()
    return Matches(min(number, MOST_FOUND), more=number > MOST_FOUND)


@remembered
def present() -> frozenset[str]:
    """The codes of the countries that the register knows, whatever the day."""
    return frozenset(RegisterGroup.objects.headlines().values_list("country", flat=True).distinct())


def figures(standings: Mapping[str, int]) -> Figures:
    """The two figures of how many stand in which way."""
    return Figures(standings.get(Standing.VALID, 0), sum(standings.values()))
