"""What the secretariat is asked about pages of the old register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.apps import pack
from touchstone.apps.old_pages.models import OldRow
from touchstone.apps.organisations.models import Organisation
from touchstone.core.labels.history import PastLabel
from touchstone.intake.country_names import COUNTRY_CODES
from touchstone.intake.guards import MEGABYTE
from touchstone.intake.old_register import LARGEST_PAGE
from touchstone.web import countries
from touchstone.web.forms import Form

NEW = "new"


class PageForm(Form):
    """A saved page, and the country that it does not name."""

    file = forms.FileField(
        label=_("The page, saved as plain text"),
        help_text=_("A .txt file, at most %(most)s MB.") % {"most": LARGEST_PAGE // MEGABYTE},
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        error_messages={
            "required": _("Choose the file with the page."),
            "empty": _("The file is empty. Save the page again, or choose another file."),
        },
    )
    country = forms.ChoiceField(
        label=_("Country of the page"),
        help_text=_("No page names its own. A page of an industry names one in each row."),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the country.")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        _offer(self, "country", _countries())


class RowForm(Form):
    """A row as a person reads it, and whose it is."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=250,
        error_messages={"required": _("Give the name of the organisation.")},
    )
    portfolio = forms.ChoiceField(
        label=_("Comparative portfolio"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the portfolio.")),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the country.")),
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control narrow"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Write the day as year-month-day, for example 2013-02-23.")
        ),
    )
    whose = forms.ChoiceField(
        label=_("Whose label is it?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Say whose label it is: two names are never joined unasked.")
        ),
    )

    def __init__(self, row: OldRow, *args: Any, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        _offer(self, "portfolio", [(one.id, one.name) for one in pack.scheme().portfolios.values()])
        _offer(self, "country", _countries())
        self.fields["whose"].choices = _owners(row)  # type: ignore[attr-defined]  # it is a choice field
        if len(_owners(row)) == 1:
            self.fields["whose"].initial = NEW

    def past(self, row: OldRow) -> PastLabel:
        """The row as it was read."""
        said = self.cleaned_data
        return PastLabel(
            line=row.line,
            name=" ".join(said["name"].split()),
            portfolio=said["portfolio"],
            country=said["country"],
            valid_until=said["valid_until"],
        )


class LeaveOutForm(Form):
    """Why a row does not become a label."""

    why = forms.CharField(
        label=_("Why it is left out"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the row is left out.")},
    )


def _owners(row: OldRow) -> list[tuple[str, object]]:
    """A new organisation, or one of those that look alike."""
    names = dict(Organisation.objects.filter(key__in=row.alike).values_list("key", "name"))
    known = [(key, _("%(name)s, which is known") % {"name": names[key]}) for key in row.alike if key in names]
    return [(NEW, _("An organisation of its own")), *known]


def _countries() -> list[tuple[str, str]]:
    return sorted(
        ((code, countries.name(code)) for code in set(COUNTRY_CODES.values())), key=lambda one: one[1]
    )


def _offer(form: Form, field: str, choices: list[tuple[str, str]]) -> None:
    form.fields[field].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice field
