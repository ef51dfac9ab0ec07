"""Whether what a pack rules fits together: levels, advice, criteria, rule sets, plausibility, disclosure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from string import Formatter

from touchstone.core.faults import Fault, Severity
from touchstone.core.scheme.levels import comparable, faults_of_levels
from touchstone.core.scheme.model import (
    Advice,
    Condition,
    Effort,
    Light,
    Plausibility,
    PlausibilityKind,
    QualityIndicator,
    RuleSet,
)
from touchstone.core.scheme.pack import Pack, kind_of

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
# A first step is read in a table of five, beside its effort.
LONGEST_STEP = 140
# The sizes usual in official statistics. A scheme may set others; it is told when they protect less.
AT_LEAST = {"median_from": 5, "quartiles_from": 10, "full_from": 20, "difference": 3}
AT_MOST = {"oldest_years": 5, "dominance": 50}


def _conditions(pack: Pack) -> Iterator[Fault]:
    for quality in pack.scheme.quality.values():
        for number, level in enumerate(quality.levels, start=1):
            place = f"{pack.place('quality', quality.id)} / level {number} / when"
            for condition in level.when:
                yield from _condition(pack, condition, place)
    for criterion in pack.scheme.criteria.values():
        for condition in criterion.when:
            yield from _condition(pack, condition, f"{pack.place('criterion', criterion.id)} / when")


def _condition(pack: Pack, condition: Condition, place: str) -> Iterator[Fault]:
    measure = pack.scheme.measures.get(condition.measure)
    if measure is None:
        yield from pack.unknown(condition.measure, pack.scheme.measures, "measure", place)
    elif not comparable(condition, measure):
        yield Fault(
            place,
            f"{condition.test} {condition.bound} can never be told of {measure.id}, {kind_of(measure)}.",
            "Choose a test and a bound that fit the measure.",
        )


def _quality(pack: Pack) -> Iterator[Fault]:
    for quality in pack.scheme.quality.values():
        place = pack.place("quality", quality.id)
        yield from pack.unknown(
            quality.dimension, pack.scheme.dimensions, "dimension", f"{place} / dimension"
        )
        yield from faults_of_levels(quality, pack.scheme.measures, place=place)


def _resting(pack: Pack) -> Iterator[Fault]:
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


def _advice(pack: Pack) -> Iterator[Fault]:
    for id in dict.fromkeys(about for about, _ in pack.scheme.advice):
        place = f"{pack.place('advice', id)} / id"
        yield from pack.unknown(id, pack.scheme.quality, "quality indicator", place)
    for advice in _each_once(pack):
        yield from _first_step(advice, pack.place("advice", advice.quality))
    for id, light in pack.scheme.advice:
        place, quality = pack.place("advice", id), pack.scheme.quality.get(id)
        if quality is not None and quality.levels and light not in _lights(quality):
            yield Fault(
                f"{place} / {light.value}",
                f"No level of {id} gives a {light.value} light, so that nobody is given this advice.",
                "Take it away, or add the level.",
            )
    for quality in pack.scheme.quality.values():
        for light in _lights(quality):
            if light is not Light.GREEN and (quality.id, light) not in pack.scheme.advice:
                yield Fault(
                    f"recommendations.toml: {quality.id} / {light.value}",
                    f"There is no advice for a {light.value} light.",
                    "Say what to do next.",
                )


def _each_once(pack: Pack) -> Iterable[Advice]:
    """One advice of each quality indicator: first step and effort are the same for each light."""
    return {advice.quality: advice for advice in pack.scheme.advice.values()}.values()


def _first_step(advice: Advice, place: str) -> Iterator[Fault]:
    if not advice.next.strip():
        remedy = "Say in one sentence what to begin with this week, for each light alike."
        yield Fault(f"{place} / next", "The first step is missing.", remedy)
    elif len(advice.next) > LONGEST_STEP:
        problem = f"The first step has {len(advice.next)} characters."
        yield Fault(f"{place} / next", problem, f"Say it in {LONGEST_STEP} at the most.")
    if advice.effort is None:
        remedy = f"Say how long the whole takes: {', '.join(Effort)}."
        yield Fault(f"{place} / effort", "The effort is missing.", remedy)


def _lights(quality: QualityIndicator) -> list[Light]:
    return [*dict.fromkeys(level.light for level in quality.levels)]


def _portfolios(pack: Pack) -> Iterator[Fault]:
    for portfolio in pack.scheme.portfolios.values():
        place = f"{pack.place('portfolio', portfolio.id)} / related"
        for related in portfolio.related:
            yield from pack.unknown(related, pack.scheme.portfolios, "portfolio", place)
        if portfolio.id in portfolio.related:
            yield Fault(place, "It is related to itself.", "Take it away.")
        if len({*portfolio.related}) < len(portfolio.related):
            yield Fault(place, "A portfolio is named twice.", "Name each once.")


def _rule_sets(pack: Pack) -> Iterator[Fault]:
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


def _rule_set(pack: Pack, rules: RuleSet) -> Iterator[Fault]:
    place = pack.place("rule set", rules.id)
    for level in rules.levels:
        yield from pack.unknown(level, LABEL_LEVELS, "level", f"{place} / levels")
    for criterion in rules.eligibility:
        yield from pack.unknown(criterion, pack.scheme.criteria, "criterion", f"{place} / eligibility")
    if rules.pass_share is not None and not 0 <= rules.pass_share <= 100:
        yield Fault(f"{place} / pass_share", "It is no share.", "Set it from 0 to 100 per cent.")
    for key in ("first_months", "renewal_months"):
        if getattr(rules.validity, key) < 1:
            yield Fault(f"{place} / validity / {key}", "A label runs for a time.", "Set 1 or more.")
    if rules.validity.grace_months < 0:
        yield Fault(f"{place} / validity / grace_months", "A time is not below 0.", "Set 0 or more.")
    yield from _gold(rules, place)
    yield from _process(pack, rules, f"{place} / process")


def _gold(rules: RuleSet, place: str) -> Iterator[Fault]:
    if "gold" not in rules.levels:
        for key in ("pass_share", "pass_light"):
            if getattr(rules, key) is not None:
                yield Fault(f"{place} / {key}", "These rules have no Gold.", "Take it away.")


def _process(pack: Pack, rules: RuleSet, place: str) -> Iterator[Fault]:
    process = rules.process
    for level, number in process.experts.items():
        yield from pack.unknown(level, rules.levels, "level", f"{place} / experts")
        if number < 1:
            yield Fault(f"{place} / experts / {level}", "Nobody would assess.", "Set 1 or more.")
    if process.foreign_expert and process.experts.get("gold", 0) < 2:
        problem = (
            "One of the experts for Gold is to come from another country, but there are not two of them."
        )
        yield Fault(f"{place} / foreign_expert", problem, "Set two or more for Gold under experts.")
    for level in process.minimum_requirements or ():
        yield from pack.unknown(level, rules.levels, "level", f"{place} / minimum_requirements")
    for key in ("interview", "topics", "minimum_requirements"):
        yield from _list(getattr(process, key), f"{place} / {key}")
    yield from _silver(rules, place)


def _list(words: tuple[str, ...] | None, place: str) -> Iterator[Fault]:
    if words is not None and not words:
        yield Fault(place, "The list is empty.", "Fill it, or take it away if nothing is known.")
    if words is not None and len({*words}) < len(words):
        yield Fault(place, "A word stands there twice.", "Write each once.")


def _silver(rules: RuleSet, place: str) -> Iterator[Fault]:
    months, areas = rules.process.silver_after_months, rules.process.improvement_areas
    for key, value in (("silver_after_months", months), ("improvement_areas", areas)):
        if value is not None and "silver" not in rules.levels:
            yield Fault(f"{place} / {key}", "These rules have no Silver.", "Take it away.")
    if months is not None and not 0 <= months[0] < months[1]:
        yield Fault(f"{place} / silver_after_months", "The months do not rise.", "Write the fewer first.")
    if areas is not None and areas < 1:
        yield Fault(f"{place} / improvement_areas", "Silver asks for some.", "Set 1 or more.")


def _plausibility(pack: Pack) -> Iterator[Fault]:
    for rule in pack.scheme.plausibility:
        place = pack.place("rule", rule.id)
        for id in rule.measures:
            yield from pack.numeric(id, f"{place} / measures")
        for id in rule.less:
            yield from pack.numeric(id, f"{place} / less")
        if not rule.measures:
            yield Fault(f"{place} / measures", "The rule names no measure.", "Name one.")
        yield from _sides(rule, place)
        yield from _limit(pack, rule, place)
        yield from _message(pack, rule, place)


def _sides(rule: Plausibility, place: str) -> Iterator[Fault]:
    """Only a balance takes away, and what it adds, takes away and holds them against are different things."""
    if rule.less and rule.kind != "balance":
        yield Fault(
            f"{place} / less", f"A rule of kind {rule.kind} takes nothing away.", "Make it a balance."
        )
    if rule.kind == "balance":
        named = Counter((*rule.measures, *rule.less, rule.limit))
        for id in (id for id, times in named.items() if times > 1):
            yield Fault(f"{place} / measures", f"{id} is named twice in the balance.", "Name each once.")


def _limit(pack: Pack, rule: Plausibility, place: str) -> Iterator[Fault]:
    held_against_a_measure = rule.kind in ("sums_to_measure", "not_above", "balance")
    if held_against_a_measure and rule.limit:
        yield from pack.numeric(rule.limit, f"{place} / limit")
    if held_against_a_measure and not rule.limit:
        yield Fault(f"{place} / limit", "This kind of rule holds against a measure.", "Name it as limit.")
    if rule.kind == "between" and rule.low is None and rule.high is None:
        yield Fault(f"{place} / low", "There is neither low nor high.", "Give one of them, or both.")
    if rule.low is not None and rule.high is not None and rule.low > rule.high:
        yield Fault(f"{place} / low", "The low end is above the high one.", "Swap or correct them.")


def _message(pack: Pack, rule: Plausibility, place: str) -> Iterator[Fault]:
    try:
        fields = [field[1:] for field in Formatter().parse(rule.message) if field[1] is not None]
    except ValueError:
        yield Fault(f"{place} / message", "A brace is left open.", "Close it, or take it away.")
        return
    for word, layout, conversion in fields:
        yield from pack.unknown(str(word), MESSAGE_WORDS[rule.kind], "word in braces", f"{place} / message")
        if layout or conversion:
            yield Fault(
                f"{place} / message", f"{{{word}}} is laid out already.", "Write the word alone in braces."
            )


def _disclosure(pack: Pack) -> Iterator[Fault]:
    sizes = pack.scheme.disclosure
    if sizes is None:
        return  # said when it was read
    weaker = [(key, usual) for key, usual in AT_LEAST.items() if getattr(sizes, key) < usual]
    weaker += [(key, usual) for key, usual in AT_MOST.items() if getattr(sizes, key) > usual]
    for key, usual in weaker:
        yield Fault(
            f"scheme.toml: disclosure / {key}",
            f"{getattr(sizes, key)} protects less than the usual {usual}.",
            "Be sure that those compared agree to it.",
            Severity.WARNING,
        )


JUDGES: tuple[Callable[[Pack], Iterator[Fault]], ...] = (
    _conditions,
    _quality,
    _resting,
    _advice,
    _portfolios,
    _rule_sets,
    _plausibility,
    _disclosure,
)
