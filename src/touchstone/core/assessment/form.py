"""The shape of the questionnaire as a workbook: what is asked, in which words. Written and read by it."""

from collections.abc import Mapping

from touchstone.core.assessment.model import AnswerState
from touchstone.core.assessment.ranges import range_in_words
from touchstone.core.scheme.model import Indicator, Kind, Measure, Option, Scheme

INSTRUCTIONS, ORGANISATION, LISTS = "Instructions", "Organisation", "Lists"

# The titles of the columns of a sheet of measures, in their order.
ID, QUESTION, UNIT, ALLOWED, ANSWER = "Id", "Question", "Unit", "Allowed values", "Answer"
VERIFIED, STATE, REASON, NOTE, EVIDENCE = "Verified value", "State", "Reason", "Note", "Evidence"
TITLES = (ID, QUESTION, UNIT, ALLOWED, ANSWER, VERIFIED, STATE, REASON, NOTE, EVIDENCE)

# The titles and rows of the sheet of the organisation.
FIELD, MEANING, VALUE = "Field", "Meaning", "Value"
FIELDS: Mapping[str, str] = {
    "scheme": "The scheme that is answered. Leave it as it is.",
    "id": "A short name that stays, such as lt-amber. Left empty, it is made of the name.",
    "name": "The full name of the cluster organisation.",
    "country": "The country of its seat: ISO code of two letters.",
    "portfolio": "The comparative portfolio.",
    "website": "Its web address.",
    "interviewed_on": "The day of the interview, such as 2026-10-12.",
}

YES, NO = "yes", "no"
STATES: Mapping[str, AnswerState] = {
    "answered": AnswerState.ANSWERED,
    "not applicable": AnswerState.NOT_APPLICABLE,
    "unknown": AnswerState.UNKNOWN,
    "not asked yet": AnswerState.NOT_ASKED,
}
BETWEEN = " – "


def asked(scheme: Scheme) -> tuple[Measure, ...]:
    """The measures that are asked, in the order of the pack: what follows from others is not."""
    return tuple(measure for measure in scheme.measures.values() if measure.derived is None)


def asked_of(indicator: Indicator) -> tuple[Measure, ...]:
    """The measures of one indicator that are asked."""
    return tuple(measure for measure in indicator.measures if measure.derived is None)


def option_word(option: Option) -> str:
    """An option as a list offers it: "3 – Regularly"."""
    return f"{option.id}{BETWEEN}{option.label}"


def option_of(text: str, measure: Measure) -> str | None:
    """The id of the option that was chosen or typed, by its id, its label or both; None where none fits."""
    folded = text.strip().casefold()
    for option in measure.options:
        if folded in (option.id.casefold(), option.label.casefold(), option_word(option).casefold()):
            return option.id
    return None


def allowed(measure: Measure) -> str:
    """What may be answered, in words."""
    if measure.kind is Kind.SCALE:
        return "; ".join(f"{option.id} = {option.label}" for option in measure.options)
    if measure.kind in _WORDS:
        return _WORDS[measure.kind]
    number = f"{_NUMBERS.get(measure.kind, 'number')} {range_in_words(measure)}".strip()
    return f"{number}: write 35 for 35 %" if measure.kind is Kind.SHARE else number


_WORDS: Mapping[Kind, str] = {
    Kind.YES_NO: f"{YES} or {NO}",
    Kind.CHOICE: "one of the list",
    Kind.TEXT: "text",
}
_NUMBERS: Mapping[Kind, str] = {Kind.COUNT: "whole number", Kind.SHARE: "per cent", Kind.YEAR: "year"}
