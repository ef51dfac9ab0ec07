"""Where an organisation stands among its peers, in words and in counts, without a ranking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from touchstone.core.benchmark.model import Comparison, Figure, Group
from touchstone.core.report.stories import rated_texts
from touchstone.core.scheme.model import Direction, Indicator, Measure, Scheme

# By quartiles, by the median where only that is shown, or nowhere.
Position = Literal[
    "lower_quarter",
    "middle_half",
    "upper_quarter",
    "below_the_median",
    "at_the_median",
    "above_the_median",
    "",
]
# Which side of the peers is better, as the direction of a measure has it.
Side = Literal["better", "weaker", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaStanding:
    """How many directed measures of an area lie in which part of the reference group's spread.

    `weaker` and `better` are the outer quarters, turned so that better is better: for a measure
    where less is more the lower quarter is the better one. Descriptive measures and those with an
    optimum are not counted.
    """

    area: str
    weaker: int
    middle: int
    better: int

    @property
    def counted(self) -> int:
        return self.weaker + self.middle + self.better


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A measure in the better quarter of the reference group, with the median that it is better than.

    `depth` says how far in it lies: its percentile, turned where less is more, from 75 to 100.
    """

    measure: str
    own: float
    median: float
    depth: float


def reference_group(comparison: Comparison) -> Group | None:
    """The group that a report speaks of first: the portfolio, else what it fell back to, else all.

    None where not even all peers together may be shown.
    """
    candidates = [group for group in comparison.groups if group.kind == "portfolio"]
    candidates += [group for group in comparison.groups if group.kind == "all"]
    shown = (group for group in candidates if _shows_something(group, comparison))
    return next(shown, None)


def position(own: float | None, figure: Figure) -> Position:
    """The place of a value: by quartiles where they are shown, by the median where only that is."""
    if own is None or figure.median is None:
        return ""
    if figure.p25 is None or figure.p75 is None:
        return _beside_the_median(own, figure.median)
    if own < figure.p25:
        return "lower_quarter"
    return "upper_quarter" if own > figure.p75 else "middle_half"


def side(place: Position, direction: Direction) -> Side:
    """Whether an outer quarter is the better one; nothing for other places, nor without a direction."""
    up = {"upper_quarter": True, "lower_quarter": False}.get(place)
    if up is None or direction not in {Direction.HIGHER, Direction.LOWER}:
        return ""
    return "better" if up is (direction is Direction.HIGHER) else "weaker"


def strengths(comparison: Comparison, scheme: Scheme) -> tuple[Strength, ...]:
    """The measures in the better quarter of the reference group, the farthest in first.

    Of one indicator only the first counts, so that the parts and the mean of one matter are not told twice.
    How the organisation rates its own stories is none.
    """
    group = reference_group(comparison)
    if group is None:
        return ()
    best = [_strongest(one, comparison, group.id) for one in scheme.indicators.values()]
    return tuple(sorted((one for one in best if one), key=lambda one: -one.depth))


def standings(comparison: Comparison, scheme: Scheme) -> tuple[AreaStanding, ...]:
    """The standing in each area of the scheme, against the reference group."""
    group = reference_group(comparison)
    places = _places(comparison, group.id, scheme) if group else {}
    return tuple(_count(area, places.get(area, ())) for area in scheme.areas)


def _shows_something(group: Group, comparison: Comparison) -> bool:
    figures = (figures.get(group.id) for figures in comparison.figures.values())
    return any(figure is not None and figure.shown != "none" for figure in figures)


def _beside_the_median(own: float, median: float) -> Position:
    if own == median:
        return "at_the_median"
    return "above_the_median" if own > median else "below_the_median"


def _strongest(indicator: Indicator, comparison: Comparison, group: str) -> Strength | None:
    own_ratings = {rating.id for _, rating in rated_texts(indicator)}
    asked = (measure for measure in indicator.measures if measure.id not in own_ratings)
    found = [_strength(measure, comparison, group) for measure in asked]
    return max((one for one in found if one), key=lambda one: one.depth, default=None)


def _strength(measure: Measure, comparison: Comparison, group: str) -> Strength | None:
    """The measure where it lies in the better quarter; None elsewhere."""
    own, figure = comparison.own.get(measure.id), comparison.figures.get(measure.id, {}).get(group)
    if own is None or figure is None or figure.median is None or figure.percentile is None:
        return None
    place = position(own, figure)
    if side(place, measure.direction) != "better":
        return None
    depth = figure.percentile if place == "upper_quarter" else 100 - figure.percentile
    return Strength(measure=measure.id, own=own, median=figure.median, depth=depth)


def _places(comparison: Comparison, group: str, scheme: Scheme) -> Mapping[str, list[Side]]:
    """Area → the sides of its directed measures that lie somewhere; empty for those in the middle half."""
    places: dict[str, list[Side]] = {}
    for indicator in scheme.indicators.values():
        for measure in indicator.measures:
            figure = comparison.figures.get(measure.id, {}).get(group)
            if figure is None or measure.direction not in {Direction.HIGHER, Direction.LOWER}:
                continue
            place = position(comparison.own.get(measure.id), figure)
            if place in {"lower_quarter", "middle_half", "upper_quarter"}:
                places.setdefault(indicator.area, []).append(side(place, measure.direction))
    return places


def _count(area: str, places: Iterable[Side]) -> AreaStanding:
    taken = list(places)
    return AreaStanding(
        area=area,
        weaker=taken.count("weaker"),
        middle=taken.count(""),
        better=taken.count("better"),
    )
