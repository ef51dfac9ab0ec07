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
    """What was said about one measure. A verified value stands beside the declared one."""

    state: AnswerState = AnswerState.NOT_ASKED
    declared: Value | None = None
    verified: Value | None = None
    reason: str = ""  # why not applicable or unknown
    note: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def value(self) -> Value | None:
        """The value to reckon with: the verified one where there is one."""
        return self.declared if self.verified is None else self.verified


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
