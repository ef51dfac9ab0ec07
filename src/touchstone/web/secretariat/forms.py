"""What the secretariat filters by and says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.apps.cases.models import Case, CaseQuerySet, ReportRun
from touchstone.core.cases.states import State
from touchstone.core.labels.names import fold
from touchstone.core.language.language import ENGLISH, language, languages
from touchstone.web import words
from touchstone.web.forms import Form


class CaseFilterForm(Form):
    """Search by organisation and filter by state, in the address."""

    q = forms.CharField(label=_("Organisation or case"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any")), *((s.value, words.STATES[s]) for s in State)],
    )

    def cases(self) -> CaseQuerySet:
        """The cases that it asks for."""
        self.full_clean()
        wanted = self.cleaned_data
        found = Case.objects.listed()
        for word in fold(wanted.get("q", "")).split():
            found = found.filter(organisation__folded__contains=word) | found.filter(reference__contains=word)
        return found.filter(state=wanted["state"]) if wanted.get("state") else found


class ReportForm(Form):
    """In which language the report is to be made; at first that of the organisation's country."""

    language = forms.ChoiceField(
        label=_("Language of the report"),
        choices=[(code, language(code).own_name) for code in languages()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the languages.")),
    )

    @classmethod
    def of(cls, case: Case, last: ReportRun | None) -> "ReportForm":
        """The form as a page shows it; a report made anew speaks the language of the last one."""
        country = case.organisation.country.lower()
        here = country if country in languages() else ENGLISH
        return cls(initial={"language": last.language if last else here})


class ReasonForm(Form):
    """A reason, without which nothing is done."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Give the reason.")},
    )
