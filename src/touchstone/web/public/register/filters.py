"""What the register is asked: search, filters, order and day, as its address carries them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode

from django import forms
from django.forms.utils import flatatt
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from touchstone.apps import pack
from touchstone.apps.register.models import (
    Narrowing,
    RegisterGroup,
    RegisterGroupQuerySet,
    RegisterSpan,
    RegisterSpanQuerySet,
)
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.core.labels.validity import add_months
from touchstone.web import countries, words
from touchstone.web.forms import Form

MONTHS: Final = (3, 6, 12)  # within which a label may expire
LONGEST: Final = 200  # letters of a search
# The last of each tells two organisations apart, so that a page can begin after any of them.
ORDERS: Final = {
    "name": ("folded", "organisation"),
    "-until": ("-valid_until", "folded", "organisation"),
    "until": ("valid_until", "folded", "organisation"),
    "country": ("country", "folded", "organisation"),
    "portfolio": ("portfolio", "folded", "organisation"),
}
BESIDE: Final = ("country", "portfolio", "level", "state", "expiring", "on")
_ANY = ("", _("Any"))
NO_SUCH = _("The register has no “%(value)s” to filter by; showing all.")
Rows = TypeVar("Rows", bound=Narrowing[Any])  # Any: shown or counted, whatever is narrowed is returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What was asked, as far as it could be read. What is empty filters nothing."""

    on: date
    q: str = ""
    country: str = ""
    portfolio: str = ""
    level: str = ""
    state: str = ""
    expiring: str = ""  # within so many months after `on`
    sort: str = "name"

    def rows(self) -> RegisterSpanQuerySet:
        """One row an organisation as of the day: its headline, or the level asked for; in no order."""
        return self.rows_of_all().search(self.q)

    def rows_of_all(self) -> RegisterSpanQuerySet:
        """The same without a search."""
        rows = self._narrowed(RegisterSpan.objects.on(self.on))
        if not self.expiring:
            by_end = self.sort.endswith("until")
            return rows.ending_as_they_stand(self.state, on=self.on) if by_end else rows
        if self.state not in {"", Standing.VALID}:
            return rows.none()  # only valid labels expire; a database would look through all to see it
        return rows.expiring(on=self.on, by=_later(self.on, int(self.expiring)))

    def groups(self) -> RegisterGroupQuerySet:
        """The same rows in groups, with how many each has. Not by search and not by what expires."""
        return self._narrowed(RegisterGroup.objects.on(self.on))

    def _narrowed(self, rows: Rows) -> Rows:
        rows = rows.holding(self.level) if self.level else rows.headlines()
        if self.country:
            rows = rows.in_country(self.country)
        if self.portfolio:
            rows = rows.in_portfolio(self.portfolio)
        return rows.with_state(self.state) if self.state else rows

    @property
    def order(self) -> tuple[str, ...]:
        return ORDERS[self.sort]

    @property
    def narrows(self) -> bool:
        """Whether anything but the order and the day was asked."""
        return any((self.q, self.country, self.portfolio, self.level, self.state, self.expiring))

    def query(self, *, today: date, **changed: str) -> str:
        """The same as the part of an address after the question mark, with some of it changed."""
        given = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        defaults = {"on": today, "sort": "name"}
        return urlencode(
            {name: value for name, value in given.items() if value and value != defaults.get(name)}
        )


_FILTERS: Final = frozenset(field.name for field in fields(Filters))


class Choice(forms.Select):
    """A field to choose from, drawn without a template for each choice: a list offers nearly a hundred."""

    def __init__(self) -> None:
        super().__init__({"class": "form-select"})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """As Django draws it. Any: its own types."""
        chosen = self.format_value(value)
        options = (
            (option, SafeString(" selected" if str(option) in chosen else ""), words)
            for option, words in self.choices
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )  # fmt: skip


class AsOfForm(Form):
    """Reads filters from an address. What it cannot read it names, and filters by the rest."""

    on = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": _("Write the day as year-month-day, for example 2013-02-23. Showing today.")
        },
    )

    def filters(self, *, today: date) -> Filters:
        """What was asked; without a day, as of today."""
        self.full_clean()
        read = {name: value for name, value in self.cleaned_data.items() if value and name in _FILTERS}
        return Filters(**{"on": today, **read})

    def choose(self, field: str, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these choices in a field, in order of their words, after "Any"."""
        asked = cast(forms.ChoiceField, self.fields[field])
        asked.choices = [_ANY, *sorted(choices, key=lambda choice: choice[1])]


class LabelForm(AsOfForm):
    """The filters that a list and a map have in common."""

    portfolio = forms.ChoiceField(
        widget=Choice,
        label=_("Comparative portfolio"),
        required=False,
        error_messages={"invalid_choice": NO_SUCH},
    )
    level = forms.ChoiceField(
        widget=Choice,
        label=_("Level"),
        required=False,
        choices=[_ANY, *((level.value, words.LEVELS[level]) for level in LabelLevel)],
        error_messages={"invalid_choice": NO_SUCH},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        self.choose("portfolio", ((one.id, one.name) for one in pack.scheme().portfolios.values()))


class FilterForm(LabelForm):
    """The filters of the list. `present` are the codes of the countries that the register knows."""

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={
            "max_length": _(
                "A search has at most %(limit_value)d letters; this one has %(show_value)d. Showing all."
            )
        },
    )
    country = forms.ChoiceField(
        widget=Choice, label=_("Country"), required=False, error_messages={"invalid_choice": NO_SUCH}
    )
    state = forms.ChoiceField(
        widget=Choice,
        label=_("Standing"),
        required=False,
        choices=[_ANY, *((s.value, words.STANDINGS[s]) for s in Standing if s is not Standing.NEVER)],
        error_messages={"invalid_choice": NO_SUCH},
    )
    expiring = forms.ChoiceField(
        widget=Choice,
        label=_("Ends within"),
        required=False,
        choices=[_ANY, *((str(n), _("%(n)d months") % {"n": n}) for n in MONTHS)],
        error_messages={"invalid_choice": NO_SUCH},
    )
    sort = forms.ChoiceField(
        widget=Choice,
        label=_("Order"),
        required=False,
        choices=[
            ("name", _("Name")),
            ("-until", _("Valid longest first")),
            ("until", _("Ended longest ago first")),
            ("country", _("Country")),
            ("portfolio", _("Portfolio")),
        ],
        error_messages={"invalid_choice": NO_SUCH},
    )
    field_order = ("q", *BESIDE, "sort")

    def __init__(self, *args: Any, present: Iterable[str], **kwargs: Any) -> None:  # Any: as they came
        super().__init__(*args, **kwargs)
        self.choose("country", ((code, countries.name(code)) for code in present))

    @property
    def chosen(self) -> list[str]:
        """The filters beside the search that are set, in words."""
        return [_in_words(self, name) for name in BESIDE if self.cleaned_data.get(name)]


def _in_words(form: forms.Form, name: str) -> str:
    value, field = form.cleaned_data[name], form.fields[name]
    if isinstance(field, forms.ChoiceField):
        return f"{field.label}: {dict(field.choices)[value]}"  # type: ignore[arg-type]  # no groups among them
    return f"{field.label}: {date_format(value, 'j F Y')}"


def _later(day: date, months: int) -> date:
    """The last day within so many months; the last of the calendar where there is none so late."""
    return add_months(day, months) if day < date.max - timedelta(days=400) else date.max


class DayForm(Form):
    """A day to ask the register about."""

    on = forms.DateField(
        label=_("The label on a day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control narrow"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2013-02-23.")},
    )
