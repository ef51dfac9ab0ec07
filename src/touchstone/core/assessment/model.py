"""What an organisation answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# bool answers yes_no; int and float the numbers; str a choice or a text.
Value = bool | int | float | str


class AnswerState(StrEnum):
    """The four states of an answer. Only `ANSWERED` carries a value."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said about one measure. A verified value stands beside the declared one.

    `carried_from` is the day when a carried answer was true: it comes from the case before, and only once it
    is `confirmed` does it count.
    """

    state: AnswerState = AnswerState.NOT_ASKED
    declared: Value | None = None
    verified: Value | None = None
    reason: str = ""  # why not applicable or unknown
    note: str = ""
    evidence: tuple[str, ...] = ()
    carried_from: date | None = None
    confirmed: bool = False  # says something of carried answers only

    @property
    def to_confirm(self) -> bool:
        """Whether it is only a proposal: true once, and nobody has said yet that it still is."""
        return self.carried_from is not None and not self.confirmed

    @property
    def said(self) -> Value | None:
        """What was said, counted or not: the verified value where there is one."""
        return self.declared if self.verified is None else self.verified

    @property
    def value(self) -> Value | None:
        """The value to reckon with: what was said, unless it is still to be confirmed."""
        return None if self.to_confirm else self.said


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The organisation assessed. `country` is ISO 3166-1 alpha-2, `portfolio` an id of the pack."""

    id: str
    name: str
    country: str
    portfolio: str
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The record of answers in one case. Keys of `answers` are measure ids."""

    scheme: str
    organisation: Organisation
    interviewed_on: date
    answers: Mapping[str, Answer]

    def values(self) -> dict[str, Value]:
        """Measure id → value, of the answers that carry one."""
        return {id: answer.value for id, answer in self.answers.items() if answer.value is not None}
