"""What is typed on a page and what it means: text to answer, and answer to text."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.faults import Fault
from touchstone.core.scheme.model import Kind, Measure

PARTS = ("value", "verified", "state", "reason", "note", "evidence")
WITHOUT_VALUE = (AnswerState.NOT_APPLICABLE, AnswerState.UNKNOWN)
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f']+(?=\d)")
_AMBIGUOUS = re.compile(r"[-+]?\d{1,3},\d{3}", re.ASCII)
_PLAIN = re.compile(r"[-+]?\d+(?:[.,]\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields of one measure, as text. `state` is empty where the value speaks for itself."""

    value: str = ""
    verified: str = ""
    state: str = ""
    reason: str = ""
    note: str = ""
    evidence: str = ""  # one a line

    @property
    def aside(self) -> bool:
        """Whether anything but the value was said, so that it must not stay folded away."""
        return bool(self.verified or self.state or self.reason or self.note or self.evidence)


class Unreadable(Exception):  # noqa: N818  (an answer to a person)
    """Text that means nothing for a measure. Carries the fault to show."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def field_name(measure: str, part: str) -> str:
    """The name of a field: the measure's id for the value, with the part behind it for the rest."""
    return measure if part == "value" else f"{measure}:{part}"


def typed_in(fields: Mapping[str, str], measure: str) -> Typed:
    """What a sent form holds of one measure."""
    return Typed(**{part: fields.get(field_name(measure, part), "").strip() for part in PARTS})


def typed_from(answer: Answer | None) -> Typed:
    """A saved answer as its fields show it."""
    if answer is None:
        return Typed()
    return Typed(
        value=text_of(answer.declared),
        verified=text_of(answer.verified),
        state=answer.state.value if answer.state in WITHOUT_VALUE else "",
        reason=answer.reason,
        note=answer.note,
        evidence="\n".join(answer.evidence),
    )


def answer_from(typed: Typed, measure: Measure) -> Answer:
    """The answer that was typed; raises `Unreadable`. Whether its value is allowed the service says."""
    declared, verified = _value(typed.value, measure), _value(typed.verified, measure)
    answered = AnswerState.ANSWERED if declared is not None or verified is not None else AnswerState.NOT_ASKED
    if typed.state and typed.state not in {state.value for state in WITHOUT_VALUE}:
        raise Unreadable(Fault(measure.id, _("has an unknown state."), _("Choose one of the list.")))
    return Answer(
        state=AnswerState(typed.state) if typed.state else answered,
        declared=declared,
        verified=verified,
        reason=typed.reason if typed.state else "",
        note=typed.note,
        evidence=tuple(line.strip() for line in typed.evidence.splitlines() if line.strip()),
    )


def text_of(value: Value | None) -> str:
    """A value as its field shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _value(text: str, measure: Measure) -> Value | None:
    if not text:
        return None
    if measure.kind is Kind.YES_NO:
        return _yes_no(text, measure)
    return _number(text, measure) if measure.kind.numeric else text


def _yes_no(text: str, measure: Measure) -> bool:
    if text not in ("yes", "no"):
        raise Unreadable(Fault(measure.id, _("is neither yes nor no."), _("Choose one of the two.")))
    return text == "yes"


def _number(text: str, measure: Measure) -> int | float:
    """A number as people write it: 1 200 and 2,5 are read, 1,200 is not, for it may mean either."""
    plain = _SPACES.sub("", text.removesuffix("%").strip())
    if _AMBIGUOUS.fullmatch(plain):
        raise Unreadable(
            Fault(
                measure.id,
                _("may mean two numbers."),
                _("Write 1200 for the whole number, 1.2 for the fraction."),
            )
        )
    number = float(plain.replace(",", ".")) if _PLAIN.fullmatch(plain) else math.nan
    if not math.isfinite(number):
        raise Unreadable(
            Fault(measure.id, _("is not a number."), _("Write digits only, for example 12 or 2.5."))
        )
    return int(number) if number.is_integer() else number
