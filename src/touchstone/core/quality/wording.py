"""Values and thresholds in words, as reasons and reports print them, in the language of the report."""

from typing import Final

from touchstone.core.assessment.model import Value
from touchstone.core.language.language import Language
from touchstone.core.scheme.model import Condition, Kind, Measure

_DECIMALS: Final = {Kind.COUNT: 1, Kind.SCALE: 2, Kind.SHARE: 1, Kind.YEAR: 1, Kind.MONEY: 0}


def number(value: float, measure: Measure, words: Language) -> str:
    """A figure of a numeric measure without its unit: as many decimals as its kind bears, no idle noughts.

    Thousands are set off as the language does, except in years; the minus is U+2212.
    """
    return figure(value, measure.kind, words)


def figure(value: float, kind: Kind, words: Language) -> str:
    """The same of a kind, which is all that counts."""
    return (words.ungrouped if kind is Kind.YEAR else words.number)(value, _decimals(value, kind))


def in_words(value: Value, measure: Measure, words: Language) -> str:
    """An answer as a reader wants it: with its unit, or the wording of the option."""
    if measure.kind is Kind.TEXT:
        return str(value)
    if isinstance(value, bool):
        return words.say("answer.yes" if value else "answer.no")
    if isinstance(value, str):
        return _label(value, measure) or value
    return _with_unit(float(value), measure, words)


def asks(condition: Condition, measure: Measure, words: Language) -> str:
    """What a condition asks of its measure: "from 40", "at most 15 %", "yes", "a or b"."""
    bound = condition.bound
    given = bound if isinstance(bound, tuple) else (bound,)
    told = [in_words(one, measure, words) for one in given]
    if isinstance(given[0], str | bool):
        told = [words.say("asked.word", word=one) for one in told]
    return words.say(f"asked.{condition.test}", bound=words.listed(told, last="or"))


def _with_unit(value: float, measure: Measure, words: Language) -> str:
    said = number(value, measure, words)
    if measure.kind is Kind.SHARE:
        return words.share(said)
    if measure.kind is Kind.MONEY:
        return words.money(said)
    if measure.kind is Kind.SCALE:
        label = _label(said, measure)
        return f"{said} ({label})" if label else said
    return said if measure.ranged else f"{said} {_unit(value, measure, words)}".strip()


def _unit(value: float, measure: Measure, words: Language) -> str:
    """The unit in the form that goes with the value as it is printed."""
    if not measure.forms:
        return measure.unit
    return words.noun(measure.forms, round(value, _decimals(value, measure.kind)))


def _decimals(value: float, kind: Kind) -> int:
    known = _DECIMALS.get(kind)
    return known if known is not None else 1 if abs(value) >= 10 else 2


def _label(option: str, measure: Measure) -> str:
    return next((known.label for known in measure.options if known.id == option), "")
