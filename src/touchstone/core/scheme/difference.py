"""In which ways two packs, or two rule sets, differ: one sentence for each difference."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from touchstone.core.scheme.clauses import told
from touchstone.core.scheme.model import (
    Advice,
    Classing,
    Composition,
    Criterion,
    Disclosure,
    Indicator,
    Level,
    Light,
    Measure,
    Named,
    Origin,
    Plausibility,
    Portfolio,
    QualityIndicator,
    RuleSet,
    Scheme,
    Source,
)
from touchstone.core.scheme.wording import certainty, conditions, day, derivation, listed, number, reach

What = Literal["added", "dropped", "changed"]
Found = Iterator[tuple[str, What, str]]  # id, what became of it, a sentence
Measures = Mapping[str, Measure]
Criteria = Mapping[str, Criterion]
LevelKey = tuple[Light, int, int]  # light, points, and which of those that share both


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item")
Identified = TypeVar("Identified", bound=_WithId)
Trait = tuple[str, Callable[[Item], str]]  # its noun, and how it reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: which item it is of, what became of that item, and a sentence that says it."""

    kind: str
    id: str
    what: What
    text: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.text}"


def differences(one: Scheme, other: Scheme) -> tuple[Change, ...]:
    """What is otherwise in `other` than in `one`: kind by kind, item by item in the order of the packs."""
    return tuple(
        Change(kind=kind, id=id, what=what, text=text)
        for kind, found in (*_structure(one, other), *_judgement(one, other), *_comparison(one, other))
        for id, what, text in found
    )


def rule_set_differences(one: RuleSet, other: RuleSet, *, criteria: Criteria) -> tuple[Change, ...]:
    """What the rules of `other` ask otherwise than those of `one`, both of one pack with its criteria."""
    sentences = _rules(one, other, (criteria, criteria))
    return tuple(Change(kind="rule set", id=other.id, what="changed", text=text) for text in sentences)


def _structure(one: Scheme, other: Scheme) -> Iterator[tuple[str, Found]]:
    yield "pack", ((other.id, "changed", text) for text in _head(one, other))
    yield "area", _items(one.areas, other.areas, _named, lambda area: area.name)
    yield "dimension", _items(one.dimensions, other.dimensions, _named, lambda dimension: dimension.name)
    yield "indicator", _items(one.indicators, other.indicators, _indicator, lambda item: item.name)
    yield "measure", _items(one.measures, other.measures, _measure, lambda measure: measure.label)


def _judgement(one: Scheme, other: Scheme) -> Iterator[tuple[str, Found]]:
    measures = {**one.measures, **other.measures}
    criteria = one.criteria, other.criteria
    yield (
        "quality indicator",
        _items(one.quality, other.quality, lambda a, b: _quality(a, b, measures), lambda item: item.name),
    )
    yield "advice", _items(_advice(one), _advice(other), _advised, lambda _: "")
    yield "advice", _steps(one, other)
    yield (
        "criterion",
        _items(one.criteria, other.criteria, lambda a, b: _criterion(a, b, measures), lambda item: item.text),
    )
    yield (
        "rule set",
        _items(
            one.rule_sets, other.rule_sets, lambda a, b: _dated_rules(a, b, criteria), lambda item: item.name
        ),
    )


def _comparison(one: Scheme, other: Scheme) -> Iterator[tuple[str, Found]]:
    rules = _by_id(one.plausibility), _by_id(other.plausibility)
    sizes = _sizes(one.disclosure, other.disclosure)
    yield "portfolio", _items(one.portfolios, other.portfolios, _portfolio, lambda item: item.name)
    yield "classing", _items(one.classings, other.classings, _classing, lambda item: item.name)
    yield "composition", _items(one.compositions, other.compositions, _composition, lambda item: item.name)
    yield "plausibility rule", _items(*rules, _plausibility, lambda _: "")
    yield "disclosure", (("sizes", "changed", text) for text in sizes)
    yield "source", _items(one.sources, other.sources, _source, lambda item: item.title)


def _by_id(items: Iterable[Identified]) -> dict[str, Identified]:
    return {item.id: item for item in items}


def _items(
    one: Mapping[str, Item],
    other: Mapping[str, Item],
    compare: Callable[[Item, Item], Iterator[str]],
    name: Callable[[Item], str],
) -> Found:
    for id in dict.fromkeys((*one, *other)):
        if id not in one:
            yield id, "added", _told("It is new", name(other[id]))
        elif id not in other:
            yield id, "dropped", _told("It is gone", name(one[id]))
        else:
            yield from ((id, "changed", text) for text in compare(one[id], other[id]))


def _told(what: str, name: str) -> str:
    return f"{what}: “{name.rstrip('.')}”." if name else f"{what}."


def _traits(one: Item, other: Item, *traits: Trait[Item]) -> Iterator[str]:
    for noun, reads in traits:
        if reads(one) != reads(other):
            yield f"The {noun} is now {reads(other)}; it was {reads(one)}."


def _reworded(one: object, other: object, nouns: Sequence[str]) -> Iterator[str]:
    """One sentence for all long texts that differ; each noun is the name of its field."""
    anew = [noun for noun in nouns if getattr(one, noun) != getattr(other, noun)]
    if anew:
        yield f"Worded anew: {listed(anew)}."


def _quoted(text: str) -> str:
    return f"“{text.rstrip('.')}”" if text else "none"


def _yes_no(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "not known"}[value]


def _origin(one: Origin, other: Origin) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("certainty", lambda origin: certainty(origin.certainty)),
        ("list of sources", lambda origin: listed(origin.sources)),
    )


def _head(one: Scheme, other: Scheme) -> Iterator[str]:
    yield from _traits(one, other, ("name", lambda scheme: _quoted(scheme.name)))
    yield from _reworded(one, other, ["notice"])


def _named(one: Named, other: Named) -> Iterator[str]:
    yield from _traits(one, other, ("name", lambda named: _quoted(named.name)))


def _indicator(one: Indicator, other: Indicator) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("name", lambda item: _quoted(item.name)),
        ("area", lambda item: item.area),
        ("direction", lambda item: item.direction.value),
        ("list of quality indicators that rest on it", lambda item: listed(item.quality)),
        ("answer whether it is supplementary", lambda item: _yes_no(item.supplementary)),
    )
    texts = ["question", "definition", "counting", "example", "mistakes", "why", "evidence"]
    yield from _reworded(one, other, texts)
    yield from _origin(one.origin, other.origin)


def _measure(one: Measure, other: Measure) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("label", lambda item: _quoted(item.label)),
        ("range", reach),
        ("direction", lambda item: item.direction.value),
        ("list of answers", lambda item: listed(_quoted(option.label) for option in item.options)),
        ("way to it", lambda item: derivation(item.derived) if item.derived else "an answer"),
        ("answer whether the participant list gives it", lambda item: _yes_no(item.from_participants)),
    )
    yield from _reworded(one, other, ["help"])
    yield from _origin(one.origin, other.origin)


def _quality(one: QualityIndicator, other: QualityIndicator, measures: Measures) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("name", lambda item: _quoted(item.name)),
        ("dimension", lambda item: item.dimension),
        ("answer whether it is a gate", lambda item: _yes_no(item.gate)),
        ("answer whether it is audited for Silver", lambda item: _yes_no(item.silver)),
        ("greatest number of points", lambda item: str(item.points)),
        ("answer whether it is recommended first", lambda item: _yes_no(item.strategy_first)),
    )
    yield from _levels(one, other, measures)
    yield from _reworded(one, other, ["judged", "evidence"])
    yield from _traits(one, other, ("certainty of its thresholds", lambda item: certainty(item.thresholds)))
    yield from _origin(one.origin, other.origin)


def _levels(one: QualityIndicator, other: QualityIndicator, measures: Measures) -> Iterator[str]:
    earlier, later = _by_key(one.levels), _by_key(other.levels)
    for key in dict.fromkeys((*earlier, *later)):
        if key not in earlier:
            yield f"A level is new, {_level(later[key])}: {conditions(later[key].when, measures)}."
        elif key not in later:
            yield f"A level is gone, {_level(earlier[key])}: {conditions(earlier[key].when, measures)}."
        else:
            yield from _level_change(earlier[key], later[key], measures)


def _by_key(levels: Sequence[Level]) -> dict[LevelKey, Level]:
    times: Counter[tuple[Light, int]] = Counter()
    found = {}
    for level in levels:
        times[level.light, level.points] += 1
        found[level.light, level.points, times[level.light, level.points]] = level
    return found


def _level(level: Level) -> str:
    return f"{level.light.value} with {level.points} {'point' if level.points == 1 else 'points'}"


def _level_change(one: Level, other: Level, measures: Measures) -> Iterator[str]:
    name = _level(other).capitalize()
    now, before = conditions(other.when, measures), conditions(one.when, measures)
    if now != before:
        yield f"{name} asks for {now}; before it asked for {before}."
    if one.text != other.text:
        yield f"{name} is worded {_quoted(other.text)}; before {_quoted(one.text)}."
    if one.misses_gate != other.misses_gate:
        yield f"{name} {'misses' if other.misses_gate else 'no longer misses'} the gate."


def _advice(scheme: Scheme) -> dict[str, Advice]:
    return {f"{id}, {light.value}": advice for (id, light), advice in scheme.advice.items()}


def _advised(one: Advice, other: Advice) -> Iterator[str]:
    yield from _reworded(one, other, ["text"])
    yield from _origin(one.origin, other.origin)


def _steps(one: Scheme, other: Scheme) -> Found:
    """First step and effort are the same for each light, so that a change is told once."""
    earlier, later = (
        {advice.quality: advice for advice in scheme.advice.values()} for scheme in (one, other)
    )
    for id in (id for id in earlier if id in later):
        changes = _traits(
            earlier[id],
            later[id],
            ("first step", lambda advice: _quoted(advice.next)),
            ("effort", lambda advice: advice.effort or "not said"),
        )
        yield from ((id, "changed", text) for text in changes)


def _criterion(one: Criterion, other: Criterion, measures: Measures) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("text", lambda item: _quoted(item.text)),
        ("condition", lambda item: conditions(item.when, measures)),
    )
    yield from _origin(one.origin, other.origin)


def _dated_rules(one: RuleSet, other: RuleSet, criteria: tuple[Criteria, Criteria]) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("name", lambda rules: _quoted(rules.name)),
        ("first day", lambda rules: day(rules.in_force_from)),
    )
    yield from _rules(one, other, criteria)
    yield from _reworded(one, other, ["changed"])
    yield from _origin(one.origin, other.origin)


def _rules(one: RuleSet, other: RuleSet, criteria: tuple[Criteria, Criteria]) -> Iterator[str]:
    yield from (f"{level.capitalize()} is new." for level in other.levels if level not in one.levels)
    yield from (f"{level.capitalize()} is gone." for level in one.levels if level not in other.levels)
    earlier, later = criteria
    for id in other.eligibility:
        if id not in one.eligibility:
            yield f"Eligibility asks for one thing more: “{later[id].text}”"
    for id in one.eligibility:
        if id not in other.eligibility:
            yield f"Eligibility no longer asks: “{earlier[id].text}”"
    yield from told(one, other)


def _portfolio(one: Portfolio, other: Portfolio) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("name", lambda item: _quoted(item.name)),
        ("order in which it is widened", lambda item: listed(item.related, last="then")),
    )
    yield from _origin(one.origin, other.origin)


def _classing(one: Classing, other: Classing) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("name", lambda item: _quoted(item.name)),
        ("measure", lambda item: item.measure),
        (
            "list of classes",
            lambda item: listed(f"{_quoted(step.name)} from {number(step.start)}" for step in item.steps),
        ),
    )
    yield from _origin(one.origin, other.origin)


def _composition(one: Composition, other: Composition) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("name", lambda item: _quoted(item.name)),
        ("list of parts", lambda item: listed(item.parts)),
    )
    yield from _origin(one.origin, other.origin)


def _plausibility(one: Plausibility, other: Plausibility) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("kind", lambda rule: rule.kind),
        ("severity", lambda rule: rule.severity),
        ("list of measures", lambda rule: listed(rule.measures)),
        ("list of those taken away", lambda rule: listed(rule.less)),
        ("limit", lambda rule: rule.limit or "none"),
        ("total", lambda rule: number(rule.total)),
        ("tolerance", lambda rule: number(rule.tolerance)),
        ("low end", lambda rule: "none" if rule.low is None else number(rule.low)),
        ("high end", lambda rule: "none" if rule.high is None else number(rule.high)),
    )
    yield from _reworded(one, other, ["message"])
    yield from _origin(one.origin, other.origin)


SIZES: Mapping[str, tuple[str, str]] = {
    "median_from": ("The median of a group is shown from {} peers on", "from {} on"),
    "quartiles_from": ("The quartiles of a group are shown from {} peers on", "from {} on"),
    "full_from": ("The tails of a group are shown from {} peers on", "from {} on"),
    "difference": ("Published groups differ by none or by at least {} organisations", "by at least {}"),
    "oldest_years": ("Peers are up to {} years old", "up to {} years"),
    "dominance": ("A tail is held back that rests on one value of over {} % of the sum", "of over {} %"),
}


def _sizes(one: Disclosure | None, other: Disclosure | None) -> Iterator[str]:
    if one is None or other is None:
        if one is not other:
            yield "Nothing of any group is shown any more." if other is None else "Groups are shown now."
        return
    for key, (now, before) in SIZES.items():
        new, old = number(getattr(other, key)), number(getattr(one, key))
        if new != old:
            yield f"{now.format(new)}; before {before.format(old)}."
    yield from _origin(one.origin, other.origin)


def _source(one: Source, other: Source) -> Iterator[str]:
    yield from _traits(
        one,
        other,
        ("title", lambda item: _quoted(item.title)),
        ("address", lambda item: item.url or "none"),
    )
