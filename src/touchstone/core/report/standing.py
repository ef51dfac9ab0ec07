"""Where an organisation stands among its peers, in words and in counts, without a ranking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from touchstone.core.benchmark.model import Comparison, Figure, Group
from touchstone.core.scheme.model import Direction, Scheme

Position = Literal[
    "lower quarter",
    "middle half",
    "upper quarter",
    "below the median",
    "at the median",
    "above the median",
    "",
]


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
        return "lower quarter"
    return "upper quarter" if own > figure.p75 else "middle half"


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
        return "at the median"
    return "above the median" if own > median else "below the median"


def _places(comparison: Comparison, group: str, scheme: Scheme) -> Mapping[str, list[Position]]:
    """Area → the places of its directed measures, turned so that "upper quarter" is the better one."""
    places: dict[str, list[Position]] = {}
    turned: Mapping[Position, Position] = {"lower quarter": "upper quarter", "upper quarter": "lower quarter"}
    for indicator in scheme.indicators.values():
        for measure in indicator.measures:
            figure = comparison.figures.get(measure.id, {}).get(group)
            if figure is None or measure.direction not in {Direction.HIGHER, Direction.LOWER}:
                continue
            place = position(comparison.own.get(measure.id), figure)
            if measure.direction is Direction.LOWER:
                place = turned.get(place, place)
            places.setdefault(indicator.area, []).append(place)
    return places


def _count(area: str, places: Iterable[Position]) -> AreaStanding:
    taken = list(places)
    return AreaStanding(
        area=area,
        weaker=taken.count("lower quarter"),
        middle=taken.count("middle half"),
        better=taken.count("upper quarter"),
    )
