"""Whether conditions fit their measures, and the levels of a quality indicator one another."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise, product
from math import prod

from touchstone.core.faults import Fault, Severity
from touchstone.core.scheme.model import Condition, Direction, Kind, Level, Light, Measure, QualityIndicator

Answer = bool | float | str
Standing = tuple[int, int]  # points, then the light's rank: two levels may give the same points

ALL = -1  # every bit
MOST_TRIALS = 20_000
WHOLE = (Kind.COUNT, Kind.SCALE, Kind.YEAR)
RANK = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}
COMPARE: Mapping[str, Callable[[Answer, Answer], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
    "equals": operator.eq,
}


class Trial:
    """A quality indicator tried on a grid of answers: each bound, what lies between two, and beyond.

    For each answer on the grid of a measure stands which levels it leaves open, as bits of a number, the
    best level lowest: the level reached is then the lowest bit that the answers to all measures share.
    """

    def __init__(self, quality: QualityIndicator, measures: Mapping[str, Measure]) -> None:
        self._levels = quality.levels
        self._measures = [measures[id] for id in quality.measures]
        self._grid = [_answers(measure, quality.levels) for measure in self._measures]
        self._open = [
            [_open(answer, measure.id, quality.levels) for answer in answers]
            for measure, answers in zip(self._measures, self._grid, strict=True)
        ]

    @property
    def feasible(self) -> bool:
        """Whether there are few enough combinations to try them all."""
        return prod(map(len, self._grid)) * len(self._grid) <= MOST_TRIALS

    def unreached(self) -> list[int]:
        """The levels, by their place in the list, that no answers lead to."""
        reached = {self._reached(answers) for answers in product(*self._open)}
        return [number for number in range(len(self._levels)) if number not in reached]

    def broken(self) -> Iterator[tuple[Measure, Answer, Answer]]:
        """Measures on which a better answer gives a worse level, with two answers between which it does."""
        for axis, measure in enumerate(self._measures):
            steps = (_wrong_step(path, measure.direction) for path in self._paths(axis))
            wrong = next((number for number in steps if number is not None), None)
            if wrong is not None and measure.kind is not Kind.CHOICE:
                yield measure, self._grid[axis][wrong], self._grid[axis][wrong + 1]

    def _paths(self, axis: int) -> Iterator[list[Standing]]:
        """The standings along one measure, for every combination of the others."""
        for others in product(*self._open[:axis], *self._open[axis + 1 :]):
            yield [_standing(self._levels[self._reached((answer, *others))]) for answer in self._open[axis]]

    def _reached(self, answers: Sequence[int]) -> int:
        shared = reduce(operator.and_, answers, ALL)
        return (shared & -shared).bit_length() - 1  # the lowest bit; the last level asks nothing


def _standing(level: Level) -> Standing:
    return level.points, RANK[level.light]


def _open(answer: Answer, measure: str, levels: Sequence[Level]) -> int:
    """The levels that an answer to one measure does not rule out, as bits."""
    return sum(
        1 << number
        for number, level in enumerate(levels)
        if all(_holds(condition, answer) for condition in level.when if condition.measure == measure)
    )


def _holds(condition: Condition, answer: Answer) -> bool:
    if isinstance(condition.bound, tuple):
        return answer in condition.bound
    return COMPARE[condition.test](answer, condition.bound)


def _wrong_step(path: Sequence[Standing], direction: Direction) -> int | None:
    """The first step against the direction; for a measure without one, the first rise after a fall."""
    fallen = False
    for number, (before, after) in enumerate(pairwise(path)):
        rises, falls = after > before, after < before
        if direction is Direction.HIGHER and falls:
            return number
        if rises and (direction is Direction.LOWER or fallen):
            return number
        fallen = fallen or (falls and direction is not Direction.LOWER)
    return None


def _answers(measure: Measure, levels: Sequence[Level]) -> list[Answer]:
    if measure.kind is Kind.YES_NO:
        return [False, True]
    if measure.kind is Kind.CHOICE:
        return [option.id for option in measure.options]
    bounds = sorted(
        {
            float(condition.bound)
            for level in levels
            for condition in level.when
            if condition.measure == measure.id and isinstance(condition.bound, int | float)
        }
    )
    return list(_around(bounds, measure))


def _around(bounds: Sequence[float], measure: Measure) -> list[float]:
    """The bounds, their neighbours and the ends, as far as the measure reaches."""
    ends = [end for end in (measure.minimum, measure.maximum) if end is not None]
    step = 1 if measure.kind in WHOLE else 0.5
    near = [bound + side for bound in bounds for side in (-step, 0, step)]
    between = [] if measure.kind in WHOLE else [(low + high) / 2 for low, high in pairwise(bounds)]
    tried = {*ends, *near, *between}
    least = min(tried) if measure.minimum is None else measure.minimum
    most = max(tried) if measure.maximum is None else measure.maximum
    return sorted(answer for answer in tried if least <= answer <= most)


def comparable(condition: Condition, measure: Measure) -> bool:
    """Whether the test and the bound of a condition fit the kind and the range of a measure."""
    bound = condition.bound
    if measure.kind is Kind.YES_NO:
        return condition.test == "equals" and isinstance(bound, bool)
    if measure.kind is Kind.CHOICE:
        words = bound if isinstance(bound, tuple) else (bound,)
        return condition.test in ("equals", "one_of") and {*words} <= {o.id for o in measure.options}
    if isinstance(bound, bool | str | tuple) or not measure.kind.numeric:
        return False
    low, high = measure.minimum, measure.maximum
    return (low is None or bound >= low) and (high is None or bound <= high)


def faults_of_levels(
    quality: QualityIndicator, measures: Mapping[str, Measure], *, place: str
) -> Iterator[Fault]:
    """What is wrong with the order of the levels, the gate, and, where both are right, with their bounds."""
    faults = [*_order(quality, place), *_gate(quality, place)]
    yield from faults
    if not faults and _to_be_tried(quality, measures):
        yield from _trial(Trial(quality, measures), place)


def _to_be_tried(quality: QualityIndicator, measures: Mapping[str, Measure]) -> bool:
    return all(
        condition.measure in measures and comparable(condition, measures[condition.measure])
        for level in quality.levels
        for condition in level.when
    )


def _order(quality: QualityIndicator, place: str) -> Iterator[Fault]:
    if not quality.levels:
        yield Fault(f"{place} / level", "It has no levels.", "Add them as [[quality.level]], best first.")
    for number, level in enumerate(quality.levels, start=1):
        last = number == len(quality.levels)
        if last and level.when:
            yield Fault(
                f"{place} / level {number}",
                "The last level has conditions, so that answers may meet no level.",
                "Take them away: the last level takes what is left.",
            )
        if not last and not level.when:
            yield Fault(
                f"{place} / level {number}",
                "A level without conditions takes all answers, and no later one is reached.",
                "Give it conditions, or make it the last.",
            )
    for number, (better, worse) in enumerate(pairwise(quality.levels), start=2):
        if worse.points > better.points or RANK[worse.light] > RANK[better.light]:
            yield Fault(
                f"{place} / level {number}",
                f"{_named(worse)} stands after {_named(better)}.",
                "Order the levels from the best to the worst.",
            )


def _named(level: Level) -> str:
    return f"{level.light.value} with {level.points} points"


def _gate(quality: QualityIndicator, place: str) -> Iterator[Fault]:
    missing = [number for number, level in enumerate(quality.levels, start=1) if level.misses_gate]
    if quality.gate and not missing:
        yield Fault(
            f"{place} / gate", "It is a gate that no level misses.", "Mark a level misses_gate = true."
        )
    if missing and not quality.gate:
        yield Fault(
            f"{place} / level {missing[0]} / misses_gate",
            "A level misses a gate where there is none.",
            "Set gate = true, or take misses_gate away.",
        )


def _trial(trial: Trial, place: str) -> Iterator[Fault]:
    if not trial.feasible:
        yield Fault(
            f"{place} / level",
            "The levels rest on too many measures to be tried for gaps.",
            "Look through them by hand, or judge fewer measures.",
            Severity.HINT,
        )
        return
    for number in trial.unreached():
        yield Fault(
            f"{place} / level {number + 1}",
            "No answers lead to this level: all that meet it meet a better one.",
            "Correct its conditions, or those of the levels above it.",
        )
    for measure, before, after in trial.broken():
        yield Fault(
            f"{place} / level",
            f"Between {before} and {after} of {measure.id} a better answer gives a worse level.",
            "Close the gap between the levels' conditions, or correct the direction of the measure.",
        )
