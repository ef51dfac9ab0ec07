"""What is asked before an act on a label: for each kind its fields, and what is said of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register.services import history
from touchstone.core.labels.model import Act, EntryKind, LabelLevel
from touchstone.core.labels.names import fold
from touchstone.web import words
from touchstone.web.forms import Form

LONGEST_REASON = 1000
_DAY = _("Write the day as year-month-day, for example 2026-11-21.")


class ActForm(Form):
    """The day of effect and the reason, which every act has."""

    effective = forms.DateField(
        label=_("From which day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control narrow"}, format="%Y-%m-%d"),
        error_messages={"required": _DAY, "invalid": _DAY},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the ledger for everybody to read, for ever: name no persons."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        self.key = key

    def said(self) -> Mapping[str, Any]:  # Any: what the verb takes
        """What the verb of the ledger takes."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}

    def written(self) -> list[tuple[str | Promise, str | Promise]]:
        """What was filled in, label and value, as it is shown before it is entered."""
        said = ((name, self.cleaned_data[name]) for name in self.fields)
        return [
            (self.fields[name].label or name, _shown(self.fields[name], value))
            for name, value in said
            if value not in (None, "", [], False) or isinstance(self.fields[name], forms.ChoiceField)
        ]


class StopForm(ActForm):
    """Suspension, reinstatement, withdrawal: of one level or of all."""

    level = forms.ChoiceField(
        label=_("Which label"),
        required=False,
        choices=[("", _("Every level")), *((level.value, words.LEVELS[level]) for level in LabelLevel)],
        error_messages={"invalid_choice": _("Choose one of the levels.")},
    )
    field_order = ("level", "effective", "reason")

    def said(self) -> Mapping[str, Any]:  # Any: see above
        level = self.cleaned_data["level"]
        return {**self.cleaned_data, "level": LabelLevel(level) if level else None}


class RenameForm(ActForm):
    name = forms.CharField(
        label=_("New name"), max_length=250, error_messages={"required": _("Give the new name.")}
    )
    field_order = ("name", "effective", "reason")


class HostForm(ActForm):
    host = forms.CharField(
        label=_("New host"),
        help_text=_("The body that carries the organisation in law."),
        max_length=250,
        error_messages={"required": _("Give the new host.")},
    )
    field_order = ("host", "effective", "reason")


class MergerForm(ActForm):
    into = forms.CharField(
        label=_("Into which organisation it goes"),
        help_text=_("Its name or its key in the register."),
        max_length=250,
        error_messages={"required": _("Name the organisation.")},
    )
    take_over = forms.BooleanField(
        label=_("The other organisation takes the label over, to the same last day"), required=False
    )
    same = forms.BooleanField(
        label=_("No two merged: it is the same organisation, entered twice"), required=False
    )
    field_order = ("into", "same", "take_over", "effective", "reason")

    def clean_into(self) -> str:
        return found(self.cleaned_data["into"])


class SplitForm(ActForm):
    into = forms.CharField(
        label=_("What it becomes"),
        help_text=_(
            "Names or keys, one a line. With the organisation itself among them it goes on, labels and all."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Name at least one other organisation.")},
    )
    field_order = ("into", "effective", "reason")

    def clean_into(self) -> list[str]:
        return [found(line) for line in self.cleaned_data["into"].splitlines() if line.strip()]


class CorrectionForm(ActForm):
    """What another entry should have said. Only what is filled in is replaced."""

    entry = forms.ChoiceField(
        label=_("Which entry"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the entry that is wrong.")),
    )
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[("", _("As it stands")), *((level.value, words.LEVELS[level]) for level in LabelLevel)],
    )
    valid_from = forms.DateField(
        label=_("First day of the label"), required=False, error_messages={"invalid": _DAY}
    )
    valid_until = forms.DateField(
        label=_("Last day of the label"), required=False, error_messages={"invalid": _DAY}
    )
    renewable_until = forms.DateField(
        label=_("Renewable until"), required=False, error_messages={"invalid": _DAY}
    )
    name = forms.CharField(label=_("Name, of a rename"), required=False, max_length=250)
    host = forms.CharField(label=_("Host, of a change of host"), required=False, max_length=250)
    undone = forms.BooleanField(
        label=_("A merger or a split that never was: the organisation goes on"), required=False
    )
    field_order = (
        "entry", "level", "valid_from", "valid_until", "renewable_until", "name", "host", "undone",
        "effective", "reason",
    )  # fmt: skip

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        # Only what is filled in is replaced, so nothing is filled in for anybody.
        super().__init__(*args, key=key, **{**kwargs, "initial": {}})
        self.fields["effective"].required = False
        self.fields["effective"].label = _("Day of effect, of anything but an award or a renewal")
        for name in ("effective", "valid_from", "valid_until", "renewable_until"):
            self.fields[name].widget = forms.DateInput(
                attrs={"type": "date", "class": "form-control narrow"}, format="%Y-%m-%d"
            )
        acts = [(entry.number, entry.act) for entry in history(key)]
        choices = [(str(number), _entry_words(number, act)) for number, act in acts]
        self.fields["entry"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice

    def said(self) -> Mapping[str, Any]:  # Any: see above
        given = dict(super().said())
        given["entry"] = int(given["entry"])
        if given.pop("undone"):
            given["others"] = [self.key]
        if "level" in given:
            given["level"] = LabelLevel(given["level"])
        return given


FORMS: dict[EntryKind, type[ActForm]] = {
    EntryKind.SUSPENSION: StopForm,
    EntryKind.REINSTATEMENT: StopForm,
    EntryKind.WITHDRAWAL: StopForm,
    EntryKind.RENAME: RenameForm,
    EntryKind.HOST: HostForm,
    EntryKind.MERGER: MergerForm,
    EntryKind.SPLIT: SplitForm,
    EntryKind.CORRECTION: CorrectionForm,
}


def found(text: str) -> str:
    """The key of the organisation that a text names, by key or name.

    Raises ValidationError for none or several.
    """
    wanted = text.strip()
    if Organisation.objects.filter(key=wanted.lower()).exists():
        return wanted.lower()
    keys = list(Organisation.objects.filter(folded=fold(wanted)).values_list("key", flat=True)[:10])
    if len(keys) == 1:
        return keys[0]
    if keys:
        said = _("Several organisations are called “%(name)s”. Give the key of one: %(keys)s.")
        raise ValidationError(said, params={"name": wanted, "keys": ", ".join(keys)})
    raise ValidationError(
        _("There is no organisation called “%(name)s”. Look its name up in the register."),
        params={"name": wanted},
    )


def _shown(field: forms.Field, value: object) -> str | Promise:
    if isinstance(field, forms.ChoiceField):
        choices = cast(Iterable[tuple[str, str | Promise]], field.choices)  # ours are no groups
        return next(said for key, said in choices if key == str(value))
    match value:
        case True:
            return _("yes")
        case date():
            return date_format(value, "j F Y")
        case list():
            return ", ".join(value)
    return str(value)


def _entry_words(number: int, act: Act) -> str:
    level = f" {words.LEVELS[act.level]}" if act.level else ""
    return f"{number}: {words.ENTRIES[act.kind]}{level}, {act.effective.isoformat()}"


def first_day(today: date) -> dict[str, date]:
    """What a form begins with."""
    return {"effective": today}
