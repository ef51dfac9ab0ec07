"""One value of an answer, read strictly: of its measure's kind and range, or a fault that says what to do."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from math import isfinite

from touchstone.core.assessment.model import Value
from touchstone.core.assessment.ranges import range_in_words, range_of, whole
from touchstone.core.assessment.texts import LONGEST, quoted, unprintable
from touchstone.core.faults import Fault
from touchstone.core.scheme.model import Kind, Measure

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_value(raw: object, measure: Measure) -> Value | Fault:
    """A value of a measure's kind and range, or what is wrong with it."""
    return _READERS.get(measure.kind, _number)(raw, measure)


def read_day(raw: object, place: str) -> date | Fault:
    """A day written 2026-10-12, or what is wrong with it."""
    if isinstance(raw, str) and _DAY.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            return Fault(
                place, f"{quoted(raw)} is not a day of the calendar.", "Write a day such as 2026-10-12."
            )
    return Fault(place, f"{quoted(raw)} is not a day.", "Write the year first, such as 2026-10-12.")


def read_text(raw: object, place: str, longest: int = LONGEST) -> str | Fault:
    """A text without surrounding space, or what is wrong with it."""
    if not isinstance(raw, str):
        return Fault(place, f"{quoted(raw)} is not a text.", "Put it in quotes.")
    text = raw.strip()
    if len(text) > longest:
        return Fault(place, f"The text has {len(text)} characters.", f"Shorten it to {longest}.")
    odd = unprintable(text)
    if odd is not None:
        return Fault(place, f"The text holds a character that cannot be shown ({odd}).", "Remove it.")
    return text


def _number(raw: object, measure: Measure) -> Value | Fault:
    finite = isinstance(raw, int) or (isinstance(raw, float) and isfinite(raw))
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not finite:
        return Fault(measure.id, f"{quoted(raw)} is not a number.", "Give a number such as 12.5.")
    return _in_range(raw, measure)


def _whole_number(raw: object, measure: Measure) -> Value | Fault:
    is_whole = isinstance(raw, int) or (isinstance(raw, float) and raw.is_integer())
    if isinstance(raw, bool) or (not is_whole and whole(measure)):
        example = "2012" if measure.kind is Kind.YEAR else "42"
        if measure.kind is Kind.SCALE:
            return Fault(measure.id, f"{quoted(raw)} is not a step of the scale.", _steps(measure))
        return Fault(measure.id, f"{quoted(raw)} is not a whole number.", f"Give a number such as {example}.")
    number = _number(raw, measure)
    return int(number) if is_whole and not isinstance(number, Fault) else number


def _steps(measure: Measure) -> str:
    low, high = range_of(measure)
    return f"Give a whole number from {low:g} to {high:g}."


def _in_range(number: float, measure: Measure) -> Value | Fault:
    low, high = range_of(measure)
    if low <= number <= high:
        return number
    remedy = f"Give a number {range_in_words(measure)}".strip() + "."
    return Fault(measure.id, f"{quoted(number)} is out of range.", remedy)


def _yes_no(raw: object, measure: Measure) -> Value | Fault:
    if isinstance(raw, bool):
        return raw
    remedy = "Answer yes or no; in JSON true or false, without quotes."
    return Fault(measure.id, f"{quoted(raw)} is neither yes nor no.", remedy)


def _choice(raw: object, measure: Measure) -> Value | Fault:
    ids = [option.id for option in measure.options]
    if isinstance(raw, str) and raw in ids:
        return raw
    return Fault(measure.id, f"{quoted(raw)} is not one of the options.", f"Options are: {', '.join(ids)}.")


def _story(raw: object, measure: Measure) -> Value | Fault:
    return read_text(raw, measure.id)


_READERS: Mapping[Kind, Callable[[object, Measure], Value | Fault]] = {
    Kind.COUNT: _whole_number,
    Kind.SCALE: _whole_number,
    Kind.YEAR: _whole_number,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.TEXT: _story,
}
