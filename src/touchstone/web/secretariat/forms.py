"""What the secretariat filters by and says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.apps.cases.models import Case, CaseQuerySet
from touchstone.core.cases.states import State
from touchstone.core.labels.names import fold
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


class ReasonForm(Form):
    """A reason, without which nothing is done."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Give the reason.")},
    )
