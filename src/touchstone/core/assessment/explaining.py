"""How a derived value came about: its formula, the same with figures, and what was missing.

Figures in the text are rounded for reading; the result itself is that of `derivation.derive`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.core.assessment.derivation import MIXED, derive, is_number
from touchstone.core.assessment.model import Value
from touchstone.core.scheme.model import Derivation, Measure, Scheme

DECIMALS = 2
GROUPED_FROM = 10_000
SHOWN_AT_MOST = 9  # terms; of more, the first and the last

TIMES, MINUS, DOTS = "×", "−", "…"
UNKNOWN = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A derived measure with its inputs.

    Attributes:
        measure: its id.
        formula: how it follows, in ids and words: "(A6.total − A6.one_year_ago) / A6.one_year_ago × 100".
        figures: the same with the values of its inputs, "?" for a missing one: "(52 − 47) / 47 × 100".
        result: the value; None where it cannot be derived and was not given.
        inputs: the ids of the inputs, in the order of the formula, each with its value or None.
        missing: the inputs without a value.
        given: whether the value was given and not derived.
        text: figures and result in one line.
    """

    measure: str
    formula: str
    figures: str
    result: Value | None
    inputs: tuple[tuple[str, Value | None], ...]
    missing: tuple[str, ...]
    given: bool
    text: str


def explain(id: str, values: Mapping[str, Value], scheme: Scheme, *, interviewed_on: date) -> Explained:
    """How a derived measure follows from others: "A6.growth = (52 − 47) / 47 × 100 = 10.64 %".

    Args:
        id: a derived measure of the scheme.
        values: the answers as given.
        scheme: the pack that says what is derived.
        interviewed_on: the day of the interview; ages are reckoned to its year.

    Raises:
        ValueError: where the measure is not derived.
    """
    measure = scheme.measures[id]
    if measure.derived is None:
        raise ValueError(f"{id} is answered and not derived")
    known = derive(values, scheme, interviewed_on=interviewed_on)
    inputs = tuple((part, known.get(part)) for part in dict.fromkeys(measure.derived.of))
    result = known.get(id)
    given = result is not None and not _follows(id, values, scheme, interviewed_on)
    values_of = [known.get(part) for part in measure.derived.of]
    figures = _FIGURES[measure.derived.operation](_Terms(values_of, measure.derived, interviewed_on.year))
    return Explained(
        measure=id,
        formula=_formula(measure.derived),
        figures=figures,
        result=result,
        inputs=inputs,
        missing=tuple(part for part, value in inputs if value is None),
        given=given,
        text=f"{id} = {figures}{_ending(measure, result, given=given)}",
    )


def figure(value: Value | None) -> str:
    """A value as a formula shows it: at most two decimals, large numbers grouped, "?" for none."""
    if value is None:
        return UNKNOWN
    if not is_number(value):
        return f'"{value}"'
    grouped = "," if abs(float(value)) >= GROUPED_FROM else ""  # years stay as they are
    number = f"{float(value):{grouped}.{DECIMALS}f}".rstrip("0").rstrip(".")
    return number.replace("-0", "0") if number == "-0" else number.replace("-", MINUS)


def _follows(id: str, values: Mapping[str, Value], scheme: Scheme, interviewed_on: date) -> bool:
    """Whether the value follows from the others, whatever was given for it."""
    others = {other: value for other, value in values.items() if other != id}
    return id in derive(others, scheme, interviewed_on=interviewed_on)


def _ending(measure: Measure, result: Value | None, *, given: bool) -> str:
    if result is None:
        return ": not derived"
    unit = f" {measure.unit}" if measure.unit and not measure.unit[0].isdigit() else ""  # not: 0 to 4
    return f": not derived; given was {figure(result)}{unit}" if given else f" = {figure(result)}{unit}"


def _formula(rule: Derivation) -> str:
    """In ids and words. What depends on how many are answered is named here and counted among the figures."""
    if rule.operation in _IN_WORDS:
        return _IN_WORDS[rule.operation](rule)
    return _ARITHMETIC[rule.operation](rule.of)


@dataclass(frozen=True, slots=True)
class _Terms:
    """The values that a formula is filled with, in the order of its inputs."""

    values: Sequence[Value | None]
    rule: Derivation
    year: int  # of the interview

    @property
    def shown(self) -> list[str]:
        return [figure(value) for value in self.values]

    @property
    def answered(self) -> list[float]:
        return [float(value) for value in self.values if value is not None and is_number(value)]


def _listed(parts: Sequence[str], between: str = ", ") -> str:
    if len(parts) <= SHOWN_AT_MOST:
        return between.join(parts)
    return between.join((*parts[:3], DOTS, parts[-1]))


def _added(parts: Sequence[str]) -> str:
    return _listed(parts, " + ")


def _growth(parts: Sequence[str]) -> str:
    now, before = parts
    return f"({now} {MINUS} {before}) / {before} {TIMES} 100"


def _mean(terms: _Terms) -> str:
    answered = terms.answered
    return f"({_added([figure(number) for number in answered])}) / {len(answered)}" if answered else UNKNOWN


def _positive_share(terms: _Terms) -> str:
    answered = terms.answered
    return f"{sum(number > 0 for number in answered)} / {len(answered)} {TIMES} 100" if answered else UNKNOWN


def _dominant(terms: _Terms) -> str:
    names = [part.rpartition(".")[2] for part in terms.rule.of]
    return _largest([f"{name} {part}" for name, part in zip(names, terms.shown, strict=True)], terms.rule)


def _largest(parts: Sequence[str], rule: Derivation) -> str:
    return f'the largest of {_listed(parts)}, if it is alone and at least {_bound(rule)}; else "{MIXED}"'


def _number_from(parts: Sequence[str], rule: Derivation) -> str:
    return f"how many of {_listed(parts)} are at least {_bound(rule)}"


def _bound(rule: Derivation) -> str:
    return figure(rule.bound or 0)


# Formulas that read the same with ids as with figures.
_ARITHMETIC: Mapping[str, Callable[[Sequence[str]], str]] = {
    "sum": _added,
    "ratio": lambda parts: f"{parts[0]} / {parts[1]}",
    "percent_of": lambda parts: f"{parts[0]} / {parts[1]} {TIMES} 100",
    "share_of_sum": lambda parts: f"{parts[0]} / ({_added(parts[1:])}) {TIMES} 100",
    "growth": _growth,
    "complement": lambda parts: f"100 {MINUS} {parts[0]}",
}
_IN_WORDS: Mapping[str, Callable[[Derivation], str]] = {
    "mean": lambda rule: f"mean of {_listed(rule.of)}",
    "positive_share": lambda rule: f"share of {_listed(rule.of)} above 0",
    "years_since": lambda rule: f"year of the interview {MINUS} {rule.of[0]}",
    "at_least_count": lambda rule: _number_from(rule.of, rule),
    "dominant": lambda rule: _largest(rule.of, rule),
}


def _filled(arithmetic: Callable[[Sequence[str]], str]) -> Callable[[_Terms], str]:
    return lambda terms: arithmetic(terms.shown)


_FIGURES: Mapping[str, Callable[[_Terms], str]] = {
    **{operation: _filled(arithmetic) for operation, arithmetic in _ARITHMETIC.items()},
    "mean": _mean,
    "positive_share": _positive_share,
    "years_since": lambda terms: f"{terms.year} {MINUS} {terms.shown[0]}",
    "at_least_count": lambda terms: _number_from(terms.shown, terms.rule),
    "dominant": _dominant,
}
