"""What a programme owner asks of groups, as the address carries it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.core.benchmark.filters import narrowed_id
from touchstone.core.scheme.model import Indicator, Scheme
from touchstone.web import countries
from touchstone.web.forms import Form

EVERYBODY = "all"
# A group's kind → what the list of choices calls it, in its order.
KINDS = {"portfolio": gettext_lazy("Comparative portfolios"), "country": gettext_lazy("Countries")}
Choices = list[tuple[str, str]]


class GroupForm(Form):
    """A group, classes that narrow it, and what to see of it. What it cannot read it names and leaves out."""

    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False)
    about = forms.ChoiceField(label=gettext_lazy("Indicators"), required=False)

    def __init__(self, *args: Any, scheme: Scheme, groups: Collection[str], **kwargs: Any) -> None:
        # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        self.fields["group"] = _choice(self.fields["group"].label, _groups(scheme, groups))
        about = self.fields.pop("about")
        for classing in scheme.classings.values():
            steps = [(step.id, step.name) for step in classing.steps]
            self.fields[classing.id] = _choice(classing.name, [("", _("Any")), *steps])
        self.fields["about"] = _choice(about.label, _indicators(scheme))
        self.dress()
        self.full_clean()

    @property
    def group_id(self) -> str:
        """The group without its classes; all where none is named."""
        return str(self.cleaned_data.get("group") or EVERYBODY)

    @property
    def narrowed(self) -> str:
        """The id of the group with the classes that narrow it."""
        chosen = {id: self.cleaned_data[id] for id in self.scheme.classings if self.cleaned_data.get(id)}
        return narrowed_id(self.group_id, chosen, self.scheme)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those asked for: one, or all of an area; by default the first."""
        shown = comparable(self.scheme)
        about = self.cleaned_data.get("about") or shown[0].id
        return tuple(one for one in shown if about in (one.id, one.area))

    @property
    def said(self) -> str:
        """The group in words, with its classes."""
        steps = {one.id: {step.id: step.name for step in one.steps} for one in self.scheme.classings.values()}
        chosen = [steps[id][self.cleaned_data[id]] for id in steps if self.cleaned_data.get(id)]
        return ", ".join((group_name(self.group_id, self.scheme), *chosen))


def comparable(scheme: Scheme) -> tuple[Indicator, ...]:
    """The indicators with a measure that can be compared, in the order of the pack."""
    return tuple(
        one for one in scheme.indicators.values() if any(measure.kind.numeric for measure in one.measures)
    )


def group_name(id: str, scheme: Scheme) -> str:
    """The name of a group that is not narrowed."""
    kind, _colon, name = id.partition(":")
    if kind == "portfolio":
        return scheme.portfolios[name].name if name in scheme.portfolios else name
    if kind == "country":
        return countries.name(name)
    return _("Holders of Gold") if kind == "gold" else _("All organisations")


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:  # Any: as Django types them
    field = forms.ChoiceField(label=label, required=False, choices=choices)
    field.error_messages["invalid_choice"] = _("There is no “%(value)s” here; it is left out.")
    return field


def _groups(scheme: Scheme, groups: Collection[str]) -> list[tuple[str, str | Choices]]:
    named = {id: group_name(id, scheme) for id in groups}
    found: list[tuple[str, str | Choices]] = [(EVERYBODY, group_name(EVERYBODY, scheme))]
    found += [(id, name) for id, name in named.items() if id == "gold"]
    for kind, label in KINDS.items():
        of_kind = [(id, name) for id, name in named.items() if id.startswith(f"{kind}:")]
        if of_kind:
            found.append((str(label), sorted(of_kind, key=lambda choice: choice[1])))
    return found


def _indicators(scheme: Scheme) -> list[tuple[str, str | Choices]]:
    found: list[tuple[str, str | Choices]] = []
    for area in scheme.areas.values():
        inside = [(one.id, f"{one.id} · {one.name}") for one in comparable(scheme) if one.area == area.id]
        if inside:
            whole = (area.id, _("All of area %(area)s") % {"area": area.id})
            found.append((f"{area.id} · {area.name}", [*inside, whole]))
    return found
