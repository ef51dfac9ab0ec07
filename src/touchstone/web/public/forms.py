"""The filters of the register, as its address carries them."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.apps import pack
from touchstone.apps.register.models import RegisterRow, RegisterRowQuerySet
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.web import countries, words
from touchstone.web.forms import Form

SORTS = {
    "name": ("folded", "organisation"),
    "-until": ("-valid_until", "folded"),
    "until": ("valid_until", "folded"),
    "country": ("country", "folded"),
    "portfolio": ("portfolio", "folded"),
}
_ANY = ("", _("Any"))


class FilterForm(Form):
    """Search, filters and order. What it cannot read it names, and filters by the rest."""

    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    country = forms.ChoiceField(label=_("Country"), required=False)
    portfolio = forms.ChoiceField(label=_("Comparative portfolio"), required=False)
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[_ANY, *((level.value, words.LEVELS[level]) for level in LabelLevel)],
    )
    state = forms.ChoiceField(
        label=_("Standing today"),
        required=False,
        choices=[_ANY, *((s.value, words.STANDINGS[s]) for s in Standing if s is not Standing.NEVER)],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("name", _("Name")),
            ("-until", _("Valid longest first")),
            ("until", _("Ended longest ago first")),
            ("country", _("Country")),
            ("portfolio", _("Portfolio")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        present = RegisterRow.objects.order_by("country").values_list("country", flat=True).distinct()
        self._choose("country", [(code, countries.name(code)) for code in present])
        self._choose("portfolio", [(one.id, one.name) for one in pack.scheme().portfolios.values()])
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _(
                "The register has no “%(value)s” to filter by; showing all."
            )

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        chosen = cast(forms.ChoiceField, self.fields[field])
        chosen.choices = [_ANY, *sorted(choices, key=lambda choice: choice[1])]
        chosen.error_messages["invalid_choice"] = _(
            "The register has no “%(value)s” to filter by; showing all."
        )

    def rows(self, *, on: date) -> RegisterRowQuerySet:
        """The rows that it asks for: one an organisation, or those of the level it names."""
        self.full_clean()
        wanted = self.cleaned_data
        rows = RegisterRow.objects.all()
        rows = rows.holding(wanted["level"]) if wanted.get("level") else rows.best(on=on)
        if wanted.get("q"):
            rows = rows.search(wanted["q"])
        if wanted.get("country"):
            rows = rows.in_country(wanted["country"])
        if wanted.get("portfolio"):
            rows = rows.in_portfolio(wanted["portfolio"])
        if wanted.get("state"):
            rows = rows.with_state(wanted["state"], on=on)
        return rows.order_by(*SORTS[wanted.get("sort") or "name"])


class DayForm(Form):
    """A day to ask the register about."""

    on = forms.DateField(
        label=_("The label on a day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control narrow"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2013-02-23.")},
    )
