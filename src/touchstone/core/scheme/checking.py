"""What makes a scheme pack sound: every fault of its files and of how its items fit together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from string import Formatter

from touchstone.core.faults import Fault, Severity
from touchstone.core.scheme import translation
from touchstone.core.scheme.levels import comparable, faults_of_levels
from touchstone.core.scheme.loading import read
from touchstone.core.scheme.model import (
    Certainty,
    Condition,
    Derivation,
    Light,
    Measure,
    Origin,
    Plausibility,
    PlausibilityKind,
    RuleSet,
    Scheme,
)
from touchstone.core.scheme.naming import suggestion

UNNAMED = "an item without an id"  # that the id is missing is said already
LABEL_LEVELS = ("bronze", "silver", "gold")
# What `assessment.plausibility` can put into a message, by the kind of rule.
SUM_WORDS, VALUE_WORDS = ("total", "expected", "missing"), ("value", "limit")
MESSAGE_WORDS: Mapping[PlausibilityKind, tuple[str, ...]] = {
    "parts_of": SUM_WORDS,
    "sums_to_measure": SUM_WORDS,
    "not_above": VALUE_WORDS,
    "between": VALUE_WORDS,
    "not_after_interview": VALUE_WORDS,
    "balance": SUM_WORDS,
}
OPERANDS = {"ratio": 2, "percent_of": 2, "growth": 2, "complement": 1, "years_since": 1}
# The sizes usual in official statistics. A scheme may set others; it is told when they protect less.
USUAL = {"median_from": 5, "quartiles_from": 10, "full_from": 20, "difference": 3}
USUAL_OLDEST_YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """How many items a pack has, and all that is wrong with it."""

    indicators: int  # without the supplementary ones
    quality_indicators: int
    faults: tuple[Fault, ...]


def check(folder: Path) -> tuple[Fault, ...]:
    """All faults of a pack. Raises Unusable only where there is no such folder."""
    return inspect(folder).faults


def inspect(folder: Path) -> Inspection:
    """Count and judge a pack. Raises Unusable only where there is no such folder.

    How items fit together is judged once every file can be read; what is already known to be
    wrong with an item is not said again in other words.
    """
    scheme, reading = read(folder)
    faults = [*reading.notes.faults, *reading.closing.faults]
    if reading.complete:
        broken = {UNNAMED, *(_item(fault.place) for fault in faults)}
        pack = _Pack(scheme, reading.notes.places)
        found = (fault for judge in JUDGES for fault in judge(pack))
        faults += [fault for fault in found if _item(fault.place) not in broken]
    faults += translation.faults(folder, [layer.values for layer in reading.layers])
    return Inspection(
        indicators=_counted(scheme), quality_indicators=len(scheme.quality), faults=tuple(faults)
    )


def _item(place: str) -> str:
    return place.partition(" / ")[0]


def _counted(scheme: Scheme) -> int:
    return sum(not indicator.supplementary for indicator in scheme.indicators.values())


@dataclass(frozen=True, slots=True)
class _Pack:
    """A scheme with the places of its items."""

    scheme: Scheme
    places: Mapping[tuple[str, str], str]

    def place(self, kind: str, id: str) -> str:
        return self.places.get((kind, id), UNNAMED)

    def numeric(self, id: str, place: str) -> Iterator[Fault]:
        """A fault where an id is that of no measure, or of one that cannot be reckoned with."""
        yield from _unknown(id, self.scheme.measures, "measure", place)
        measure = self.scheme.measures.get(id)
        if measure is not None and not measure.kind.numeric:
            yield Fault(
                place, f"{id} is {_kind(measure)} and cannot be reckoned with.", "Name a numeric measure."
            )


def _kind(measure: Measure) -> str:
    return f"of kind {measure.kind.value}"


def _unknown(word: str, known: Iterable[str], what: str, place: str) -> Iterator[Fault]:
    names = tuple(known)
    if word not in names:
        yield Fault(place, f'There is no {what} "{word}".', suggestion(word, names))


def _extent(pack: _Pack) -> Iterator[Fault]:
    declared = pack.scheme.extent
    if declared is None:
        return
    counted = {
        "indicators": (declared.indicators, _counted(pack.scheme)),
        "quality_indicators": (declared.quality_indicators, len(pack.scheme.quality)),
        "points": (declared.points, sum(q.points for q in pack.scheme.quality.values() if q.levels)),
    }
    for key, (wanted, number) in counted.items():
        if number != wanted:
            yield Fault(
                f"scheme.toml: extent / {key}",
                f"The pack says {wanted}, but has {number}.",
                "Put back what is missing, or correct the number.",
            )


def _origins(pack: _Pack) -> Iterator[Fault]:
    for place, origin in _with_origin(pack):
        for source in origin.sources:
            yield from _unknown(source, pack.scheme.sources, "source", f"{place} / sources")
        if origin.certainty is Certainty.PUBLISHED and not origin.sources:
            yield Fault(
                f"{place} / sources",
                "It is said to be published, but no source is named.",
                "Name the source, or call it reconstructed or default.",
            )


def _with_origin(pack: _Pack) -> Iterator[tuple[str, Origin]]:
    scheme = pack.scheme
    for kind, items in (
        ("indicator", scheme.indicators.values()),
        ("measure", scheme.measures.values()),
        ("quality", scheme.quality.values()),
        ("criterion", scheme.criteria.values()),
        ("portfolio", scheme.portfolios.values()),
        ("rule", scheme.plausibility),
        ("rule set", scheme.rule_sets.values()),
    ):
        for item in items:
            yield pack.place(kind, item.id), item.origin
    for advice in scheme.advice.values():
        yield pack.place("advice", advice.quality), advice.origin


def _indicators(pack: _Pack) -> Iterator[Fault]:
    for indicator in pack.scheme.indicators.values():
        place = pack.place("indicator", indicator.id)
        yield from _unknown(indicator.area, pack.scheme.areas, "area", f"{place} / area")
        for quality in indicator.quality:
            yield from _unknown(quality, pack.scheme.quality, "quality indicator", f"{place} / quality")
        if not indicator.measures:
            yield Fault(
                f"{place} / measure", "The indicator has no measure.", "Add one as [[indicator.measure]]."
            )


def _measures(pack: _Pack) -> Iterator[Fault]:
    for measure in pack.scheme.measures.values():
        place = pack.place("measure", measure.id)
        if not measure.id.startswith(f"{measure.indicator}."):
            yield Fault(
                f"{place} / id",
                f"It stands under {measure.indicator}, but is not named after it.",
                f"Begin the id with {measure.indicator} and a dot.",
            )
        if measure.minimum is not None and measure.maximum is not None and measure.minimum > measure.maximum:
            yield Fault(
                f"{place} / minimum", "The least value is above the greatest.", "Swap or correct them."
            )
        if measure.derived is not None:
            yield from _derivation(pack, measure, measure.derived, f"{place} / derived")


def _derivation(pack: _Pack, measure: Measure, derivation: Derivation, place: str) -> Iterator[Fault]:
    for id in derivation.of:
        yield from pack.numeric(id, f"{place} / of")
    operation, wanted = derivation.operation, OPERANDS.get(derivation.operation)
    if wanted is not None and len(derivation.of) != wanted:
        yield Fault(
            f"{place} / of",
            f"{operation} needs {wanted} and has {len(derivation.of)}.",
            f"Name {wanted} in the order that it reads them.",
        )
    if not derivation.of:
        yield Fault(f"{place} / of", "It follows from no measure.", "Name those that it follows from.")
    if operation == "share_of_sum" and not {*derivation.of[:1]} <= {*derivation.of[1:]}:
        yield Fault(
            f"{place} / of", "The part is not among the whole.", "Name the part first, then all parts."
        )
    if operation == "at_least_count" and derivation.bound is None:
        yield Fault(f"{place} / bound", "There is no bound to count from.", "Add bound = a number.")
    if operation == "dominant":
        yield from _dominant(measure, derivation, place)


def _dominant(measure: Measure, derivation: Derivation, place: str) -> Iterator[Fault]:
    options = {option.id for option in measure.options}
    results = {id.rpartition(".")[2] for id in derivation.of} | {"mixed"}
    if options != results:
        yield Fault(
            f"{place} / of",
            f"It gives {', '.join(sorted(results))}, but the options are {', '.join(sorted(options))}.",
            "Make the options those that it gives.",
        )


def _cycles(pack: _Pack) -> Iterator[Fault]:
    inputs = {m.id: m.derived.of for m in pack.scheme.measures.values() if m.derived is not None}
    try:
        TopologicalSorter(inputs).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        yield Fault(
            f"{pack.place('measure', circle[0])} / derived / of",
            f"These follow from one another in a circle: {', '.join(circle)}.",
            "Let one of them be answered.",
        )


def _conditions(pack: _Pack) -> Iterator[Fault]:
    for quality in pack.scheme.quality.values():
        for number, level in enumerate(quality.levels, start=1):
            place = f"{pack.place('quality', quality.id)} / level {number} / when"
            for condition in level.when:
                yield from _condition(pack, condition, place)
    for criterion in pack.scheme.criteria.values():
        for condition in criterion.when:
            yield from _condition(pack, condition, f"{pack.place('criterion', criterion.id)} / when")


def _condition(pack: _Pack, condition: Condition, place: str) -> Iterator[Fault]:
    measure = pack.scheme.measures.get(condition.measure)
    if measure is None:
        yield from _unknown(condition.measure, pack.scheme.measures, "measure", place)
    elif not comparable(condition, measure):
        yield Fault(
            place,
            f"{condition.test} {condition.bound} can never be told of {measure.id}, {_kind(measure)}.",
            "Choose a test and a bound that fit the measure.",
        )


def _quality(pack: _Pack) -> Iterator[Fault]:
    for quality in pack.scheme.quality.values():
        place = pack.place("quality", quality.id)
        yield from _unknown(quality.dimension, pack.scheme.dimensions, "dimension", f"{place} / dimension")
        yield from faults_of_levels(quality, pack.scheme.measures, place=place)


def _resting(pack: _Pack) -> Iterator[Fault]:
    """An indicator names the quality indicators whose levels rest on its measures."""
    for quality in pack.scheme.quality.values():
        rests_on = dict.fromkeys(
            pack.scheme.measures[id].indicator for id in quality.measures if id in pack.scheme.measures
        )
        for id in rests_on:
            if quality.id not in pack.scheme.indicators[id].quality:
                yield Fault(
                    f"{pack.place('indicator', id)} / quality",
                    f"The levels of {quality.id} rest on {id}, which does not say so.",
                    f'Add "{quality.id}".',
                )


def _advice(pack: _Pack) -> Iterator[Fault]:
    for id in dict.fromkeys(about for about, _ in pack.scheme.advice):
        yield from _unknown(id, pack.scheme.quality, "quality indicator", f"{pack.place('advice', id)} / id")
    for quality in pack.scheme.quality.values():
        for light in dict.fromkeys(level.light for level in quality.levels):
            if light is not Light.GREEN and (quality.id, light) not in pack.scheme.advice:
                yield Fault(
                    f"recommendations.toml: {quality.id} / {light.value}",
                    f"There is no advice for a {light.value} light.",
                    "Say what to do next.",
                )


def _portfolios(pack: _Pack) -> Iterator[Fault]:
    for portfolio in pack.scheme.portfolios.values():
        place = f"{pack.place('portfolio', portfolio.id)} / related"
        for related in portfolio.related:
            yield from _unknown(related, pack.scheme.portfolios, "portfolio", place)
        if portfolio.id in portfolio.related:
            yield Fault(place, "It is related to itself.", "Take it away.")
        if len({*portfolio.related}) < len(portfolio.related):
            yield Fault(place, "A portfolio is named twice.", "Name each once.")


def _rule_sets(pack: _Pack) -> Iterator[Fault]:
    rule_sets = tuple(pack.scheme.rule_sets.values())  # by date
    if not rule_sets:
        yield Fault("rulesets", "The pack has no rule set.", "Add a file to the folder rulesets.")
    for earlier, later in pairwise(rule_sets):
        if earlier.in_force_from == later.in_force_from:
            yield Fault(
                f"{pack.place('rule set', later.id)} / in_force_from",
                f"{earlier.id} comes into force on the same day.",
                "Give each rule set a day of its own.",
            )
    for rules in rule_sets:
        yield from _rule_set(pack, rules)


def _rule_set(pack: _Pack, rules: RuleSet) -> Iterator[Fault]:
    place = pack.place("rule set", rules.id)
    for level in rules.levels:
        yield from _unknown(level, LABEL_LEVELS, "level", f"{place} / levels")
    for criterion in rules.eligibility:
        yield from _unknown(criterion, pack.scheme.criteria, "criterion", f"{place} / eligibility")
    if not 0 <= rules.pass_share <= 100:
        yield Fault(f"{place} / pass_share", "It is no share.", "Set it from 0 to 100 per cent.")
    for key in ("first_months", "renewal_months"):
        if getattr(rules.validity, key) < 1:
            yield Fault(f"{place} / validity / {key}", "A label runs for a time.", "Set 1 or more.")
    if rules.validity.grace_months < 0:
        yield Fault(f"{place} / validity / grace_months", "A time is not below 0.", "Set 0 or more.")


def _plausibility(pack: _Pack) -> Iterator[Fault]:
    for rule in pack.scheme.plausibility:
        place = pack.place("rule", rule.id)
        for id in (*rule.measures, *rule.less):
            yield from pack.numeric(id, f"{place} / measures")
        if not rule.measures:
            yield Fault(f"{place} / measures", "The rule names no measure.", "Name one.")
        yield from _limit(pack, rule, place)
        yield from _message(rule, place)


def _limit(pack: _Pack, rule: Plausibility, place: str) -> Iterator[Fault]:
    held_against_a_measure = rule.kind in ("sums_to_measure", "not_above", "balance")
    if held_against_a_measure and rule.limit:
        yield from pack.numeric(rule.limit, f"{place} / limit")
    if held_against_a_measure and not rule.limit:
        yield Fault(f"{place} / limit", "This kind of rule holds against a measure.", "Name it as limit.")
    if rule.kind == "between" and rule.low is None and rule.high is None:
        yield Fault(f"{place} / low", "There is neither low nor high.", "Give one of them, or both.")
    if rule.low is not None and rule.high is not None and rule.low > rule.high:
        yield Fault(f"{place} / low", "The low end is above the high one.", "Swap or correct them.")


def _message(rule: Plausibility, place: str) -> Iterator[Fault]:
    try:
        fields = [field[1:] for field in Formatter().parse(rule.message) if field[1] is not None]
    except ValueError:
        yield Fault(f"{place} / message", "A brace is left open.", "Close it, or take it away.")
        return
    for word, layout, conversion in fields:
        yield from _unknown(str(word), MESSAGE_WORDS[rule.kind], "word in braces", f"{place} / message")
        if layout or conversion:
            yield Fault(
                f"{place} / message", f"{{{word}}} is laid out already.", "Write the word alone in braces."
            )


def _disclosure(pack: _Pack) -> Iterator[Fault]:
    sizes = pack.scheme.disclosure
    if sizes is None:
        return  # said when it was read
    weaker = [key for key, usual in USUAL.items() if getattr(sizes, key) < usual]
    if sizes.oldest_years > USUAL_OLDEST_YEARS:
        weaker.append("oldest_years")
    for key in weaker:
        yield Fault(
            f"scheme.toml: disclosure / {key}",
            f"{getattr(sizes, key)} protects less than the usual {USUAL.get(key, USUAL_OLDEST_YEARS)}.",
            "Be sure that those compared agree to it.",
            Severity.WARNING,
        )


JUDGES: tuple[Callable[[_Pack], Iterator[Fault]], ...] = (
    _extent,
    _origins,
    _indicators,
    _measures,
    _cycles,
    _conditions,
    _quality,
    _resting,
    _advice,
    _portfolios,
    _rule_sets,
    _plausibility,
    _disclosure,
)
