"""The register on a map: how many organisations of each country hold a label, or ever held one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from touchstone.core.labels.model import Standing
from touchstone.core.labels.register import Figures
from touchstone.output.pictures.labels_map import NumbersMap, Spot, europe, on_europe, world
from touchstone.web import countries
from touchstone.web.forms import problems
from touchstone.web.public.register.figures import Census, census, figures
from touchstone.web.public.register.filters import NO_SUCH, Filters, LabelForm
from touchstone.web.public.register.freshness import kept_a_minute, ledger_state

SHADES = (1, 10, 100)  # a country is shaded by how many of these its number reaches
EVER = "ever"


class MapForm(LabelForm):
    """What a map can be asked: the filters, and which of the two figures."""

    show = forms.ChoiceField(
        label=_("Figures"),
        required=False,
        choices=[("", _("valid")), (EVER, _("ever labelled"))],
        error_messages={"invalid_choice": NO_SUCH},
    )
    field_order = ("show", "portfolio", "level", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country with its figures and with the address of its rows in the register."""

    code: str
    name: str
    figures: Figures
    number: int  # the one of the two that the map shows
    address: str

    @property
    def shade(self) -> int:
        """How dark the country is drawn, from 0."""
        return sum(self.number >= bound for bound in SHADES)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A country at its place on a map."""

    country: Country
    spot: Spot


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map with the countries that it numbers."""

    map: NumbersMap
    numbered: tuple[Numbered, ...]


@require_safe
@kept_a_minute
def labels_map(request: HttpRequest) -> HttpResponse:
    """Europe, the world where labels are held beyond it, and the same figures as a table."""
    today = timezone.localdate()
    form = MapForm(request.GET)
    filters = form.filters(today=today)
    ever = form.cleaned_data.get("show") == EVER
    found = census(ledger_state(), filters)
    rows = _countries(found, filters, ever=ever)
    shown = {row.code: row for row in rows if row.number}
    context = {
        "form": form,
        "problems": problems(form),
        "rows": rows,
        "figures": found.figures,
        "europe": _drawn(europe, shown),
        "world": _drawn(world, shown) if shown.keys() - on_europe() else None,
        "ever": ever,
        "instead": f"?{filters.query(today=today, show=EVER, sort='')}",
        "shades": [(place, bound) for place, bound in enumerate(SHADES, start=1)],
        "on": filters.on,
        "today": today,
    }
    return render(request, "web/public/register/map.html", context)


def _countries(found: Census, filters: Filters, *, ever: bool) -> list[Country]:
    """The countries by name."""
    rows = []
    for code, standings in found.by_country.items():
        both = figures(standings)
        own = replace(filters, country=code, state="" if ever else Standing.VALID.value)
        rows.append(
            Country(
                code=code,
                name=countries.name(code),
                figures=both,
                number=both.ever if ever else both.valid,
                address=f"{reverse('public:register')}?{own.query(today=timezone.localdate())}",
            )
        )
    return sorted(rows, key=lambda row: row.name)


def _drawn(draw: Callable[[Mapping[str, str]], NumbersMap], shown: Mapping[str, Country]) -> Drawn:
    made = draw({code: number_format(row.number) for code, row in sorted(shown.items())})
    return Drawn(made, tuple(Numbered(shown[spot.country], spot) for spot in made.spots))
