"""What somebody wants to watch, and where it is to be told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.apps import pack
from touchstone.apps.proofs.finding import Found, find, suggestions
from touchstone.apps.refusal import Refused
from touchstone.apps.register.models import LedgerEntry, RegisterSpan
from touchstone.apps.watching import services, wire
from touchstone.core.faults import Unusable
from touchstone.core.labels.known import as_known, described
from touchstone.core.labels.model import LabelLevel
from touchstone.intake.name_list import pasted
from touchstone.web import countries, words
from touchstone.web.forms import Form

FAULTS_SHOWN = 10
_ANY = ("", gettext_lazy("Any"))
_PART = ("country", "portfolio", "level")


class WatchForm(Form):
    """Organisations by name, or a part of the register; a mail address, and perhaps a webhook."""

    organisations = forms.CharField(
        label=gettext_lazy("Organisations"),
        help_text=gettext_lazy(
            "One a line: its name, now or before, its key, or the number on its certificate."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    portfolio = forms.ChoiceField(label=gettext_lazy("Comparative portfolio"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        required=False,
        choices=[_ANY, *((level.value, words.LEVELS[level]) for level in LabelLevel)],
    )
    address = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        help_text=gettext_lazy(
            "It gets one letter with a link to confirm. Nothing else is sent before that."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write the mail address that is to be told."),
            "invalid": gettext_lazy("Write a mail address such as name@example.org."),
        },
    )
    webhook = forms.CharField(
        label=gettext_lazy("Address of a webhook, if a program is to be told and not you"),
        help_text=gettext_lazy(
            "It begins with https:// and is public. It has to give back a challenge before anything is told."
        ),
        required=False,
        max_length=wire.LONGEST_ADDRESS,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        self.named: list[tuple[str, str]] = []
        self._choose("country", ((code, countries.name(code)) for code in _countries()))
        self._choose("portfolio", ((one.id, one.name) for one in pack.scheme().portfolios.values()))

    def clean_organisations(self) -> str:
        """Finds what each line means. What means nothing, or several, is a fault with its line."""
        text: str = self.cleaned_data["organisations"]
        try:
            names = pasted(text).names
        except Unusable as unusable:
            raise forms.ValidationError(str(unusable)) from unusable
        if len(names) > services.MOST:
            told = _("These are %(count)s names. One watch takes %(most)s at most: make several.")
            raise forms.ValidationError(told % {"count": f"{len(names):,}", "most": services.MOST})
        found = find(names, upto=_last_entry())
        faults = list(_faults(found, timezone.now().date()))
        if faults:
            raise forms.ValidationError(faults)
        self.named = [(key, _name(found, key)) for keys in found.keys.values() for key in keys]
        return text

    def clean_webhook(self) -> str:
        address: str = self.cleaned_data["webhook"]
        if address:
            try:
                wire.check_form(address)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return address

    def clean(self) -> dict[str, Any]:
        # Any: Django's own cleaned data
        cleaned = super().clean() or self.cleaned_data
        part = any(cleaned.get(name) for name in _PART)
        if "organisations" in self.errors:
            return cleaned
        if self.named and part:
            self.add_error(
                "organisations",
                _("Name organisations, or choose a part of the register, and leave the other empty."),
            )
        elif not self.named and not part and not self.errors.keys() & set(_PART):
            self.add_error("organisations", _("Name an organisation, or choose a part of the register."))
        return cleaned

    def subscribe(self, *, at: datetime) -> None:
        """Ask for it. Only for a form that is valid."""
        wanted = self.cleaned_data
        services.subscribe(
            address=wanted["address"],
            organisations=self.named,
            country=wanted["country"],
            portfolio=wanted["portfolio"],
            level=wanted["level"],
            webhook=wanted["webhook"],
            at=at,
        )

    def _choose(self, field: str, choices: Iterable[tuple[str, str]]) -> None:
        chosen = cast(forms.ChoiceField, self.fields[field])
        chosen.choices = [_ANY, *sorted(choices, key=lambda choice: choice[1])]


def preset(asked: Mapping[str, str]) -> dict[str, str]:
    """What a link to the page may fill in."""
    filled = {name: asked.get(name, "")[:300] for name in _PART}
    return {**filled, "organisations": asked.get("organisation", "")[:300]}


def _countries() -> Iterator[str]:
    listed = RegisterSpan.objects.order_by("country").values_list("country", flat=True)
    yield from listed.distinct()


def _faults(found: Found, today: date) -> Iterator[str]:
    wrong = [(text, keys) for text, keys in found.keys.items() if len(keys) != 1]
    for text, keys in wrong[:FAULTS_SHOWN]:
        if keys:
            told = _("Several are called “%(name)s”. Write the key of the one that you mean: %(keys)s.")
            yield told % {"name": text, "keys": ", ".join(sorted(keys))}
        else:
            like = ", ".join(f"“{name}”" for name in suggestions(text, on=today))
            told = _("The register has no “%(name)s”.") % {"name": text}
            yield f"{told} {_('Did you mean %(like)s?') % {'like': like}}" if like else told
    if len(wrong) > FAULTS_SHOWN:
        yield _("And %(more)s more that were not found.") % {"more": len(wrong) - FAULTS_SHOWN}


def _name(found: Found, key: str) -> str:
    return described(as_known(found.entries[key]), on=date.max).name


def _last_entry() -> int:
    return LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
