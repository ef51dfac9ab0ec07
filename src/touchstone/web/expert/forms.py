"""What an expert declares, and what the expert recommends."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.apps.cases.models import Meeting
from touchstone.apps.experts.models import Kind
from touchstone.web.forms import Form

YES_NO = [("yes", _("Yes, award the label")), ("no", _("No, do not award it"))]


class InterestsForm(Form):
    """Interests in the applicant. “None” is an answer too, and is kept like any other."""

    kinds = forms.MultipleChoiceField(
        label=_("What ties you to this organisation or its direct partners?"),
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose what applies. “I have no interest in this case” is an answer too.")
        },
    )
    statement = forms.CharField(
        label=_("Anything that should be known about it"),
        help_text=_("Leave it empty if there is nothing to add."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class InterviewForm(Form):
    """The day of the interview, which decides the label's period, and how it was held."""

    interviewed_on = forms.DateField(
        label=_("Day of the interview"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control narrow"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Give the day of the interview."),
            "invalid": _("Write the day as year-month-day, for example 2026-10-12."),
        },
    )
    meeting = forms.ChoiceField(
        label=_("How was it held?"),
        help_text=_("The register says so on the page of the label."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the interview was held.")},
    )

    def __init__(self, *args: Any, ways: Iterable[Meeting], **kwargs: Any) -> None:
        # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["meeting"]).choices = [(way.value, way.label) for way in ways]


class RecommendationForm(Form):
    """The expert's yes or no, with the reason."""

    recommended = forms.ChoiceField(
        label=_("Do you recommend to award the label?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you recommend the award.")},
    )
    text = forms.CharField(
        label=_("Why"),
        help_text=_("The secretariat and the deciders read this. It is never published."),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
