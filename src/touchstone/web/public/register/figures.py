"""The two figures of a register and where they come from, reckoned once for a state of the ledger."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.apps.register import services
from touchstone.apps.register.models import RegisterGroup
from touchstone.core.labels.model import Standing
from touchstone.core.labels.register import Figures
from touchstone.web.public.register.filters import Filters
from touchstone.web.public.register.freshness import remembered


@dataclass(frozen=True, slots=True)
class Census:
    """How many organisations of each country stand in which way."""

    by_country: Mapping[str, Mapping[str, int]]

    @property
    def figures(self) -> Figures:
        """Of all countries together."""
        each = [figures(standings) for standings in self.by_country.values()]
        return Figures(valid=sum(one.valid for one in each), ever=sum(one.ever for one in each))


@remembered
def census(filters: Filters) -> Census:
    """The organisations that match, whatever is searched for or expires."""
    found: dict[str, Counter[str]] = {}
    for (country, standing), n in filters.groups().by("country", "standing").items():
        found.setdefault(country, Counter())[standing] = n
    return Census(found)


@remembered
def figures_on(on: date) -> Figures:
    """The two figures of a day."""
    return services.figures(on=on)


@remembered
def present() -> frozenset[str]:
    """The codes of the countries that the register knows, whatever the day."""
    return frozenset(RegisterGroup.objects.headlines().values_list("country", flat=True).distinct())


def figures(standings: Mapping[str, int]) -> Figures:
    """The two figures of how many stand in which way."""
    return Figures(valid=standings.get(Standing.VALID, 0), ever=sum(standings.values()))
