"""Values and thresholds in words, as reasons and reports print them."""

from collections.abc import Iterable

from touchstone.core.assessment.model import Value
from touchstone.core.scheme.model import Condition, Kind, Measure

_DECIMALS = {Kind.COUNT: 1, Kind.SCALE: 2, Kind.SHARE: 1, Kind.YEAR: 1, Kind.MONEY: 0}
_BEFORE = {"at_least": "from", "at_most": "at most", "above": "above", "below": "below"}


def number(value: float, measure: Measure) -> str:
    """A figure of a numeric measure without its unit: as many decimals as its kind bears, no idle zeros.

    Thousands are set off by commas, except in years; the minus is U+2212.
    """
    decimals = _DECIMALS.get(measure.kind, 1 if abs(value) >= 10 else 2)
    text = f"{value:.{decimals}f}" if measure.kind is Kind.YEAR else f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def in_words(value: Value, measure: Measure) -> str:
    """An answer as a reader wants it: with its unit, or the wording of the option."""
    if measure.kind is Kind.TEXT:
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _label(value, measure) or value
    return _with_unit(float(value), measure)


def asks(condition: Condition, measure: Measure) -> str:
    """What a condition asks of its measure: "from 40", "at most 15 %", "yes", "a or b"."""
    bound = condition.bound
    if isinstance(bound, tuple):
        return " or ".join(in_words(one, measure) for one in bound)
    words = in_words(bound, measure)
    before = _BEFORE.get(condition.test)
    return f"{before} {words}" if before else words


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _with_unit(value: float, measure: Measure) -> str:
    figure = number(value, measure)
    if measure.kind is Kind.SHARE:
        return f"{figure} %"
    if measure.kind is Kind.MONEY:
        return f"EUR {figure}"
    if measure.kind is Kind.SCALE:
        label = _label(figure, measure)
        return f"{figure} ({label})" if label else figure
    # A unit such as "0 to 4" names the range and not what is counted.
    return figure if measure.unit[:1].isdigit() else f"{figure} {measure.unit}".strip()


def _label(option: str, measure: Measure) -> str:
    return next((known.label for known in measure.options if known.id == option), "")
