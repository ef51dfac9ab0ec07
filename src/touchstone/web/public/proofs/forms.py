"""The question that a funder asks, and how it comes back for the files: signed, and kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.apps.proofs.services import MOST, Refused, answer
from touchstone.core.faults import Unusable
from touchstone.core.labels.model import LabelLevel
from touchstone.core.labels.proof import Match, Proof
from touchstone.core.language.language import language, languages
from touchstone.intake.name_list import LIMIT, NameList, handed_in, pasted
from touchstone.web.forms import Form

SALT = "proofs.question"
EMPTY = NameList(names=())
LABELS = [
    ("at_least:bronze", gettext_lazy("Bronze or higher: any label")),
    ("at_least:silver", gettext_lazy("Silver or higher")),
    ("at_least:gold", gettext_lazy("Gold")),
    ("exactly:bronze", gettext_lazy("Bronze and no other")),
    ("exactly:silver", gettext_lazy("Silver and no other")),
]


def _day(label: Any, help_text: Any) -> forms.DateField:
    # Any: Django's own texts, which are translated when they are shown.
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control narrow"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day as year-month-day, for example 2013-02-23.")},
    )


class AskForm(Form):
    """One organisation or a list, typed or as a file; which label, on which day, as known when."""

    names = forms.CharField(
        label=gettext_lazy("Organisations"),
        help_text=gettext_lazy(
            "One a line: its name, now or before, its key, or the number on its certificate. 500 at most."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy("A workbook (.xlsx), a .csv or a .txt with a column of names."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    label = forms.ChoiceField(label=gettext_lazy("Which label"), choices=LABELS, required=False)
    on = _day(gettext_lazy("Valid on the day"), gettext_lazy("Today where you leave it empty."))
    known = _day(
        gettext_lazy("As known at the end of the day"),
        gettext_lazy("Leave it empty for what is known now. What was entered later is then left out."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        super().__init__(*args, **kwargs)
        self.list = EMPTY

    def clean_label(self) -> str:
        return self.cleaned_data["label"] or LABELS[0][0]

    def clean_known(self) -> datetime | None:
        """The last moment of the day; None for now, so also for today."""
        day: date | None = self.cleaned_data["known"]
        today = timezone.now().astimezone(UTC).date()
        if day is not None and day > today:
            raise forms.ValidationError(_("That day is not over. Choose today or a day before it."))
        return datetime.combine(day, time.max, tzinfo=UTC) if day and day < today else None

    def clean(self) -> dict[str, Any]:
        # Any: Django's own cleaned data
        cleaned = super().clean() or self.cleaned_data
        if not {"names", "file"} & self.errors.keys():
            self.list = self._read("names") if cleaned["names"].strip() else EMPTY
            self._join(self._read("file") if cleaned["file"] else EMPTY)
        return cleaned

    def proof(self, *, at: datetime) -> Proof:
        """The answer. Only for a form that is valid. Refused where it cannot be given."""
        wanted = self.cleaned_data
        match, level = wanted["label"].split(":")
        return answer(
            self.list.names,
            level=LabelLevel(level),
            match=Match(match),
            on=wanted["on"] or at.date(),
            known=wanted["known"],
            at=at,
        )

    def _read(self, field: str) -> NameList:
        given = self.cleaned_data[field]
        try:
            return _of_file(given) if isinstance(given, UploadedFile) else pasted(given)
        except Unusable as unusable:
            self.add_error(field, _sentence(unusable))
            return EMPTY

    def _join(self, more: NameList) -> None:
        typed = self.list
        new = tuple(name for name in more.names if name not in typed.names)
        again = tuple(name for name in more.names if name in typed.names)
        self.list = NameList(
            names=typed.names + new,
            blank=typed.blank + more.blank,
            repeated=(*typed.repeated, *more.repeated, *again),
            notes=(*typed.notes, *more.notes),
        )
        count = len(self.list.names)
        if not self.errors and not count:
            self.add_error("names", _("Name at least one organisation, or choose a file."))
        elif count > MOST:
            told = _("These are %(count)s names. A proof answers for %(most)s at most: ask in several parts.")
            place = "names" if len(typed.names) > MOST or not more.names else "file"
            self.add_error(place, told % {"count": f"{count:,}", "most": MOST})


class LanguageForm(Form):
    """The language of the PDF."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the PDF"),
        choices=[(code, language(code).own_name) for code in languages()],
    )


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A question as the page of its answer carries it. Raises BadSignature where it is not one of ours."""

    signed: str

    @classmethod
    def of(cls, proof: Proof) -> "AskedBefore":
        question = proof.question
        fields = [
            [line.asked for line in proof.lines],
            question.level.value,
            question.match.value,
            question.on.isoformat(),
            question.known.isoformat(),
            proof.ledger.number,
        ]
        return cls(signing.dumps(fields, salt=SALT, compress=True))

    def proof(self, *, at: datetime) -> Proof:
        """The same answer again, from the same entries of the ledger."""
        names, level, match, on, known, number = signing.loads(self.signed, salt=SALT)
        # Now may be before it where the clock was set back; what was known then is known all the same.
        return answer(
            names,
            level=LabelLevel(level),
            match=Match(match),
            on=date.fromisoformat(on),
            known=datetime.fromisoformat(known),
            upto=number,
            at=max(at, datetime.fromisoformat(known)),
        )


def preset(asked: Mapping[str, str]) -> dict[str, str]:
    """What a link to the page may fill in."""
    filled = {name: asked.get(name, "")[:300] for name in ("label", "on", "known")}
    return {**filled, "names": asked.get("organisation", "")[:300]}


def _of_file(given: "UploadedFile[Any]") -> NameList:
    # Any: what lies below an upload is of no concern here.
    raw = given.read(LIMIT + 1)
    return handed_in(raw, file=given.name or "")


def _sentence(unusable: Unusable) -> str:
    first = unusable.faults[0]
    text = " ".join(part for part in (first.place, first.problem, first.remedy) if part)
    return text[:1].upper() + text[1:]


__all__: Sequence[str] = ("AskForm", "AskedBefore", "LanguageForm", "Refused", "preset")
