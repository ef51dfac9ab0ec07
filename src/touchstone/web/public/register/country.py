"""Who holds what in a country."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from touchstone.apps.register.models import RegisterSpan
from touchstone.core.assessment.countries import country_code
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.core.labels.register import Figures
from touchstone.web import countries, words
from touchstone.web.forms import problems
from touchstone.web.public.register.filters import AsOfForm, Filters
from touchstone.web.public.register.freshness import kept_a_minute, ledger_state, remembered
from touchstone.web.public.register.lines import Line, lines

SHOWN = 100  # rows of a group; all of them stand in the register
LEVELS = tuple(reversed(LabelLevel))
STANDINGS = (
    Standing.VALID, Standing.EXPIRED_RENEWABLE, Standing.SUSPENDED, Standing.WITHDRAWN, Standing.LAPSED,
)  # fmt: skip
# What is shown by name: who holds a label now, or may hold it again without a gap.
GROUPS: tuple[tuple[LabelLevel | None, Standing], ...] = (
    *((level, Standing.VALID) for level in LEVELS),
    (None, Standing.EXPIRED_RENEWABLE),
    (None, Standing.SUSPENDED),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many organisations have a headline of this level, standing and portfolio."""

    level: str
    standing: str
    portfolio: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Organisations whose headline stands alike. `count` may be more than are shown."""

    level: LabelLevel | None  # None: of any level
    standing: Standing
    count: int
    lines: Sequence[Line]
    address: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A comparative portfolio with its two figures."""

    name: str
    figures: Figures
    address: str


@require_safe
@kept_a_minute
def country(request: HttpRequest, code: str) -> HttpResponseBase:
    """The organisations of a country by level and standing, and by portfolio."""
    if code != code.upper():
        return redirect("public:country", code.upper(), permanent=True)
    if country_code(code) != code:
        context: dict[str, object] = {"no_country": code}
        return render(request, "web/public/register/not_found.html", context, status=HTTPStatus.NOT_FOUND)
    today = timezone.localdate()
    form = AsOfForm(request.GET)
    filters = replace(form.filters(today=today), country=code)
    state = ledger_state()
    tallies = _tallied(state, filters)
    context = {
        "form": form,
        "problems": problems(form),
        "code": code,
        "name": countries.name(code),
        "figures": _figures(tallies),
        "table": _table(tallies),
        "standings": [words.STANDINGS[one] for one in STANDINGS],
        "groups": list(_groups(filters, tallies, today, state)),
        "portfolios": list(_portfolios(filters, tallies, today)),
        "address": _address(filters, today),
        "on": filters.on,
        "today": today,
    }
    return render(request, "web/public/register/country.html", context)


@remembered
def _tallied(filters: Filters) -> tuple[Tally, ...]:
    counted = filters.groups().by("level", "standing", "portfolio")
    return tuple(Tally(level, standing, portfolio, n) for (level, standing, portfolio), n in counted.items())


def _table(tallies: Sequence[Tally]) -> list[tuple[str, list[tuple[Promise, int]]]]:
    """Each level with how many of it stand in which way."""
    return [
        (level, [(words.STANDINGS[one], _sum(tallies, level=level, standing=one)) for one in STANDINGS])
        for level in LEVELS
    ]


@remembered
def _shown(filters: Filters, level: LabelLevel | None) -> Sequence[RegisterSpan]:
    """The first rows of a group. Of a level are those whose headline it is."""
    rows = filters.rows().filter(level=level) if level else filters.rows()
    return list(rows.order_by(*filters.order)[:SHOWN])


def _groups(filters: Filters, tallies: Sequence[Tally], today: date, state: str) -> Iterator[Group]:
    """The groups that are not empty."""
    for level, standing in GROUPS:
        count = _sum(tallies, level=level, standing=standing)
        if count:
            own = replace(filters, state=standing.value)
            yield Group(
                level=level,
                standing=standing,
                count=count,
                lines=lines(_shown(state, own, level)),
                address=_address(replace(own, level=level or ""), today),
            )


def _portfolios(filters: Filters, tallies: Sequence[Tally], today: date) -> list[Portfolio]:
    """The portfolios that occur, by name."""
    found = []
    for id in {tally.portfolio for tally in tallies}:
        own = [tally for tally in tallies if tally.portfolio == id]
        address = _address(replace(filters, portfolio=id), today)
        found.append(Portfolio(words.portfolio(id), _figures(own), address))
    return sorted(found, key=lambda one: one.name)


def _figures(tallies: Sequence[Tally]) -> Figures:
    return Figures(valid=_sum(tallies, standing=Standing.VALID), ever=_sum(tallies))


def _sum(tallies: Iterable[Tally], *, level: str | None = None, standing: str | None = None) -> int:
    """How many are of a level and a standing; None counts all."""
    return sum(
        tally.count
        for tally in tallies
        if level in {None, tally.level} and standing in {None, tally.standing}
    )


def _address(filters: Filters, today: date) -> str:
    return f"{reverse('public:register')}?{filters.query(today=today)}"
