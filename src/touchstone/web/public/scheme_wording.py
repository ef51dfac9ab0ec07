"""Conditions, ranges, formulas and periods of a scheme as the reader's language says them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.numbers import format_decimal

from touchstone.core.scheme.model import Condition, Kind, Measure, RuleSet, Scheme
from touchstone.web.public.scheme_words import Words

# Operations whose sentence names their inputs; the others introduce a list of them.
NAMING = ("ratio", "percent_of", "growth", "complement", "years_since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A condition of a level: the measure, and what is asked of it."""

    measure: Measure
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How a measure follows from others. Where `named`, the text says their names already."""

    text: str
    inputs: tuple[Measure, ...]
    named: bool


def number(value: float, words: Words) -> str:
    """A number as the language writes it: "0.5", "0,5"."""
    return str(format_decimal(value, locale=words.locale))


def amount(value: float, unit: str, words: Words) -> str:
    """A number with its unit. A unit that would bend in a sentence, or is a range itself, is set apart."""
    written = number(value, words)
    if not unit or unit == "%":
        return words.per_cent.format(number=written) if unit else written
    if unit[0].isdigit():  # "0 to 4" would read as a second number
        return f"{written} ({unit})"
    pattern = "{number} {unit}" if unit.isupper() else words.unit
    return pattern.format(number=written, unit=unit)


def answer_form(measure: Measure, words: Words) -> str:
    """What may be answered: "a whole number, from 0"."""
    return ", ".join(part for part in (words.kinds[measure.kind], _ends(measure, words)) if part)


def wanted(condition: Condition, scheme: Scheme, words: Words) -> Wanted:
    """A condition in words."""
    measure = scheme.measures[condition.measure]
    bound = _bound(condition, measure, words)
    return Wanted(measure=measure, text=words.tests[condition.test].format(bound=bound))


def formula(measure: Measure, scheme: Scheme, words: Words) -> Formula | None:
    """How a measure is reckoned; None where it is answered."""
    rule = measure.derived
    if rule is None:
        return None
    inputs = tuple(scheme.measures[id] for id in rule.of)
    names = [quoted(one.label, words) for one in inputs]
    text = words.operations[rule.operation].format(
        first=names[0],
        second=names[1] if len(names) > 1 else "",
        bound=amount(rule.bound or 0, inputs[0].unit, words),
    )
    # A share of a sum names its part first, and then all parts once more.
    listed = inputs[1:] if rule.operation == "share_of_sum" else inputs
    return Formula(text=text, inputs=listed, named=rule.operation in NAMING)


def quoted(text: str, words: Words) -> str:
    """A text between the quotation marks of the language."""
    return words.quoted.format(text=text)


def periods(rules: RuleSet, words: Words) -> dict[str, str]:
    """How long labels run under some rules, by what the page calls it."""
    validity = rules.validity
    end = words.ends[validity.end]
    return {
        words.first_label: words.first_runs.format(months=validity.first_months, end=end),
        words.renewal: words.renewal_runs[validity.renewal_from].format(
            months=validity.renewal_months, end=end
        ),
        words.renewable: words.renewable_until.format(months=validity.grace_months),
    }


def gold(rules: RuleSet, words: Words) -> str:
    """What Gold asks for under some rules; empty where they know no Gold."""
    if rules.pass_share is None or rules.pass_light is None:
        return ""
    share = amount(rules.pass_share, "%", words)
    return words.gold_needs.format(share=share, light=words.lights[rules.pass_light])


def process(rules: RuleSet, words: Words) -> dict[str, str]:
    """How labels are come by under some rules, as far as it is known, by what the page calls it."""
    known = rules.process
    said = {
        words.experts: _experts(rules, words),
        words.interview: _row(words.meetings[one] for one in known.interview or ()),
        words.topics: _row(words.topic_names[one] for one in known.topics or ()),
        words.recommends: _recommendation(rules, words),
        words.silver_needs: "; ".join(_silver_needs(rules, words)),
        words.minimum: _row(words.label_names[level] for level in known.minimum_requirements or ()),
    }
    return {name: text for name, text in said.items() if text}


def levels(rules: RuleSet, words: Words) -> str:
    """The labels that some rules know, in a row."""
    return _row(words.label_names[level] for level in rules.levels)


def _experts(rules: RuleSet, words: Words) -> str:
    counted = (f"{words.label_names[level]}: {count}" for level, count in rules.process.experts.items())
    abroad = [words.foreign_expert] if rules.process.foreign_expert else []
    return "; ".join(part for part in (_row(counted), *abroad) if part)


def _recommendation(rules: RuleSet, words: Words) -> str:
    return {True: words.recommended, False: words.not_recommended, None: ""}[rules.process.expert_recommends]


def _silver_needs(rules: RuleSet, words: Words) -> Iterator[str]:
    if rules.process.silver_after_months is not None:
        least, most = rules.process.silver_after_months
        yield words.silver_after.format(least=least, most=most)
    if rules.process.improvement_areas is not None:
        yield words.improvements.format(count=rules.process.improvement_areas)


def _row(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _ends(measure: Measure, words: Words) -> str:
    low, high = _end(measure.minimum, measure, words), _end(measure.maximum, measure, words)
    if low and high:
        return words.from_to.format(low=low, high=high)
    return words.from_low.format(low=low) if low else words.up_to.format(high=high) if high else ""


def _end(value: float | None, measure: Measure, words: Words) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if measure.kind is Kind.YEAR else number(value, words)


def _bound(condition: Condition, measure: Measure, words: Words) -> str:
    bound = condition.bound
    if isinstance(bound, bool):
        return words.yes if bound else words.no
    labels = {option.id: quoted(option.label, words) for option in measure.options}
    if isinstance(bound, tuple):
        return _row(labels[one] for one in bound)
    if isinstance(bound, str):
        return labels[bound]
    return f"{bound:.0f}" if measure.kind is Kind.YEAR else amount(bound, measure.unit, words)
