"""The parts of a scheme in plain English: conditions, ranges, derivations, how sure an item is."""

from collections.abc import Iterable, Mapping
from datetime import date

from touchstone.core.scheme.model import Certainty, Condition, Derivation, Kind, Measure, Test

CERTAINTY: Mapping[Certainty, str] = {
    Certainty.PUBLISHED: "published",
    Certainty.RECONSTRUCTED: "rebuilt from sources or from practice",
    Certainty.DEFAULT: "our default, not an official rule",
}
TESTS: Mapping[Test, str] = {
    "at_least": "at least",
    "at_most": "at most",
    "above": "more than",
    "below": "less than",
    "equals": "",
    "one_of": "one of",
}
KINDS: Mapping[Kind, str] = {
    Kind.COUNT: "whole number",
    Kind.NUMBER: "number",
    Kind.SHARE: "share",
    Kind.SCALE: "step",
    Kind.YEAR: "year",
    Kind.MONEY: "amount",
    Kind.YES_NO: "yes or no",
    Kind.CHOICE: "one of a list",
    Kind.TEXT: "text",
}
OPERATIONS: Mapping[str, str] = {
    "sum": "the sum of {all}",
    "mean": "the mean of {all}, as far as answered",
    "ratio": "{first} divided by {rest}",
    "percent_of": "{first} in per cent of {rest}",
    "share_of_sum": "{first} in per cent of the sum of {rest}",
    "growth": "the change from {rest} to {first} in per cent",
    "complement": "100 less {first}",
    "years_since": "the years from {first} to the interview",
    "positive_share": "the share of those above 0 among {all}, in per cent",
    "at_least_count": "how many of {all} are at least {bound}",
    "dominant": "the largest of {all} if it is alone and at least {bound}, else mixed",
}


def number(value: float) -> str:
    """A number as people write it, without needless noughts: "40", "0.5", "300,000"."""
    return f"{value:,.10g}"


def day(on: date) -> str:
    """A day in words: "15 November 2019"."""
    return f"{on.day} {on:%B %Y}"


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """Words as a sentence lists them: "a, b and c"."""
    *others, end = [*words] or ["none"]
    return f"{', '.join(others)} {last} {end}" if others else end


def certainty(of: Certainty) -> str:
    """How sure an item is, in words."""
    return CERTAINTY[of]


def condition(of: Condition, measures: Mapping[str, Measure]) -> str:
    """A condition with its measure's id, so that it can be looked up: "A6.total at least 40"."""
    return " ".join(word for word in (of.measure, TESTS[of.test], _bound(of, measures[of.measure])) if word)


def conditions(of: Iterable[Condition], measures: Mapping[str, Measure]) -> str:
    """All that must hold together; "whatever is left" where nothing must."""
    found = [condition(one, measures) for one in of]
    return listed(found) if found else "whatever is left"


def _bound(of: Condition, measure: Measure) -> str:
    if isinstance(of.bound, bool):
        return "is yes" if of.bound else "is no"
    labels = {option.id: option.label for option in measure.options}
    if isinstance(of.bound, tuple):
        return listed([f"“{labels[word]}”" for word in of.bound], last="or")
    if isinstance(of.bound, str):
        return f"“{labels[of.bound]}”"
    named = not measure.unit[:1].isdigit()  # a unit such as "0 to 4" is a range, to be read by itself
    return f"{number(of.bound)} {measure.unit}".rstrip() if named else number(of.bound)


def reach(measure: Measure) -> str:
    """What a measure may hold: kind, range and unit, such as "whole number, from 0, participants"."""
    return ", ".join(word for word in (KINDS[measure.kind], _ends(measure), measure.unit) if word)


def _ends(measure: Measure) -> str:
    low, high = measure.minimum, measure.maximum
    if low is None or high is None:
        return _end("from", low, measure) or _end("up to", high, measure)
    return f"{_end('from', low, measure)} {_end('to', high, measure)}"


def _end(word: str, value: float | None, measure: Measure) -> str:
    if value is None:
        return ""
    return f"{word} {value:g}" if measure.kind is Kind.YEAR else f"{word} {number(value)}"


def derivation(of: Derivation) -> str:
    """How a measure follows from others, by their ids."""
    first, *rest = of.of
    return OPERATIONS[of.operation].format(
        all=listed(of.of), first=first, rest=listed(rest), bound=number(of.bound or 0)
    )
