"""What would lift an organisation most: what-if, reckoned on its own answers.

An improvement raises one quality indicator to its next light and changes as little as that takes. What
it brings is not assumed but judged anew: all that follows from the changed answers is derived again,
so that what it costs elsewhere (more participants for the same team) counts against it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import floor, inf
from typing import Final

from touchstone.core.assessment.derivation import derive, is_number
from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Comparison, Figure
from touchstone.core.language.language import language
from touchstone.core.quality.appraisal import reaches, score
from touchstone.core.quality.conditions import holds
from touchstone.core.quality.judging import judge
from touchstone.core.quality.model import Judgement, Score
from touchstone.core.quality.recommending import next_light, peers_of
from touchstone.core.quality.wording import asks
from touchstone.core.scheme.model import (
    Condition,
    Direction,
    Kind,
    Level,
    Light,
    Measure,
    RuleSet,
    Scheme,
)

STEPS: Final = 3  # improvements that a plan names unless it is asked for more
# The least amount by which a bound is passed where it must be passed and not only met.
_JUST: Final[Mapping[Kind, float]] = {Kind.COUNT: 1, Kind.SCALE: 1, Kind.YEAR: 1, Kind.SHARE: 0.1}
_WHOLE: Final = (Kind.COUNT, Kind.SCALE, Kind.YEAR)

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer that has to change. `asked` words the threshold, `needed` is the least that meets it.

    `median` and `n` are those of the portfolio where they may be shown. `distance` is the way to go in
    widths of the middle half of these peers (P75 − P25); None where that is not known.
    """

    measure: str
    own: Value | None
    needed: Value
    asked: str
    median: float | None
    n: int
    distance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """One quality indicator at its next light.

    `gain` is what the whole score gains in points; `elsewhere` tells which other indicators move with
    it and by how many points.
    """

    quality: str
    light: Light
    then: Light
    gain: int
    opens_gate: bool
    changes: tuple[Change, ...]
    elsewhere: tuple[tuple[str, int], ...]

    @property
    def distance(self) -> float:
        """The longest way among its changes; infinite where one is not known."""
        return max((inf if one.distance is None else one.distance for one in self.changes), default=inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The improvements that lift most, taken together, and all that there are.

    `chosen` are in the order in which to take them, each reckoned with those before it in place;
    `improvements` are each reckoned alone, in order of weight. `after` is the score with all chosen.
    `in_the_way` names the quality indicators that by themselves stand against Gold: a gate missed, a
    light below the rule set's, or not assessed. `unanswered` maps those not assessed to the measures
    that they wait for.
    """

    now: Score
    after: Score
    chosen: tuple[Improvement, ...]
    improvements: tuple[Improvement, ...]
    in_the_way: tuple[str, ...]
    unanswered: Mapping[str, tuple[str, ...]]


def plan(
    values: Values,
    *,
    scheme: Scheme,
    rule_set: RuleSet,
    comparison: Comparison | None,
    interviewed_on: date,
    steps: int = STEPS,
) -> Plan:
    """Find the `steps` improvements that lift the score most.

    They are taken one after the other: each time the one that opens a missed gate, else gains the most
    points, else has the shortest way to go, else is marked `strategy_first`, else stands first in the
    pack. An improvement that only time can bring (one that rests on a descriptive measure) is none.

    Args:
        values: the organisation's values, derived ones included.
        scheme: the pack.
        rule_set: its pass share and light say what stands against Gold.
        comparison: where the peers stand; None leaves distances unknown.
        interviewed_on: for what is derived from years.
        steps: how many improvements to choose; fewer are chosen where there are fewer.
    """
    trial = _Trial(
        base=values, needed={}, scheme=scheme, comparison=comparison, interviewed_on=interviewed_on
    )
    chosen, after = _chosen(trial, steps)
    maximum = sum(quality.points for quality in scheme.quality.values())
    judgements = trial.judge()
    return Plan(
        now=score(judgements, maximum=maximum, rule_set=rule_set),
        after=score(after.judge(), maximum=maximum, rule_set=rule_set),
        chosen=chosen,
        improvements=tuple(_ordered(trial.improvements(), scheme)),
        in_the_way=tuple(one.quality for one in judgements if _in_the_way(one, rule_set)),
        unanswered={one.quality: one.missing for one in judgements if one.points is None},
    )


def _chosen(trial: "_Trial", steps: int) -> tuple[tuple[Improvement, ...], "_Trial"]:
    """The improvements in the order in which to take them, and the trial with all of them in place."""
    chosen: list[Improvement] = []
    for _ in range(steps):
        taken = {one.quality for one in chosen}
        left = (one for one in trial.improvements() if one.quality not in taken and one.gain > 0)
        best = next(iter(_ordered(left, trial.scheme)), None)
        if best is None:
            break
        chosen.append(best)
        trial = trial.changed(best.changes)
    return tuple(chosen), trial


def _ordered(improvements: Iterable[Improvement], scheme: Scheme) -> list[Improvement]:
    def weight(one: Improvement) -> tuple[bool, int, float, bool]:
        first = scheme.quality[one.quality].strategy_first
        return (not one.opens_gate, -one.gain, one.distance, not first)

    return sorted(improvements, key=weight)  # stable: else in the order of the pack


def _in_the_way(judgement: Judgement, rule_set: RuleSet) -> bool:
    return judgement.gate_met is False or not reaches(judgement, rule_set.pass_light)


@dataclass(frozen=True, kw_only=True)
class _Trial:
    """Answers as they would be: `base` with the `needed` values in place of some."""

    base: Values
    needed: Values
    scheme: Scheme
    comparison: Comparison | None
    interviewed_on: date

    @cached_property
    def values(self) -> Values:
        """All values, with what follows from the changed ones derived anew.

        A derived value that is itself changed stays so: what would have to change beneath it is the
        organisation's own choice.
        """
        derived = derive({**self.base, **self.needed}, self.scheme, interviewed_on=self.interviewed_on)
        return {**derived, **self.needed}

    def changed(self, changes: Iterable[Change]) -> "_Trial":
        return replace(self, needed={**self.needed, **{one.measure: one.needed for one in changes}})

    def judge(self) -> tuple[Judgement, ...]:
        words, measures = language(self.scheme.language), self.scheme.measures
        return tuple(judge(one, self.values, measures, words) for one in self.scheme.quality.values())

    def improvements(self) -> Iterator[Improvement]:
        """One for each red and yellow light that somebody can do something about."""
        now = {one.quality: one for one in self.judge()}
        for judgement in now.values():
            level = next_light(judgement, self.scheme.quality[judgement.quality])
            if level is not None:
                changes = self._changes(level)
                if not any(self._takes_time(change) for change in changes):
                    yield self._improvement(judgement, level, changes, now)

    def _improvement(
        self, judgement: Judgement, level: Level, changes: tuple[Change, ...], now: Mapping[str, Judgement]
    ) -> Improvement:
        then = {one.quality: one for one in self.changed(changes).judge()}
        moved = {id: (then[id].points or 0) - (now[id].points or 0) for id in now}
        return Improvement(
            quality=judgement.quality,
            light=Light(judgement.light),
            then=level.light,
            gain=sum(moved.values()),
            opens_gate=judgement.gate_met is False and then[judgement.quality].gate_met is True,
            changes=changes,
            elsewhere=tuple(
                (id, points) for id, points in moved.items() if points and id != judgement.quality
            ),
        )

    def _takes_time(self, change: Change) -> bool:
        measure = self.scheme.measures[change.measure]
        return measure.kind.numeric and measure.direction is Direction.DESCRIPTIVE

    def _changes(self, level: Level) -> tuple[Change, ...]:
        unmet = [condition for condition in level.when if holds(condition, self.values) is not True]
        return tuple(self._change(condition) for condition in unmet)

    def _change(self, condition: Condition) -> Change:
        measure = self.scheme.measures[condition.measure]
        figure = peers_of(condition.measure, self.comparison)
        own, needed = self.values.get(measure.id), _least(condition, measure)
        return Change(
            measure=measure.id,
            own=own,
            needed=needed,
            asked=asks(condition, measure, language(self.scheme.language)),
            median=figure.median if figure else None,
            n=figure.n if figure else 0,
            distance=_distance(own, needed, figure),
        )


def _least(condition: Condition, measure: Measure) -> Value:
    """The value nearest to the bound that meets the condition."""
    bound = condition.bound
    if isinstance(bound, tuple):
        return bound[0]
    if isinstance(bound, str | bool) or condition.test not in {"above", "below"}:
        return bound
    return _PASSED[condition.test](bound, measure.kind)


def _just_above(bound: float, kind: Kind) -> float:
    return floor(bound) + 1 if kind in _WHOLE else bound + _JUST.get(kind, 0.01)


def _just_below(bound: float, kind: Kind) -> float:
    return -_just_above(-bound, kind)


_PASSED: Final[Mapping[str, Callable[[float, Kind], float]]] = {"above": _just_above, "below": _just_below}


def _distance(own: Value | None, needed: Value, figure: Figure | None) -> float | None:
    """The way to go in widths of the peers' middle half; None where one of these is not known."""
    if figure is None or figure.p25 is None or figure.p75 is None or figure.p25 == figure.p75:
        return None
    if own is None or not (is_number(own) and is_number(needed)):
        return None
    return abs(float(needed) - float(own)) / (figure.p75 - figure.p25)
