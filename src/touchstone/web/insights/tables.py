"""Figures of a group as the page shows them: a table of each indicator's measures, and a picture of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from touchstone.apps.peers.statistics import Statistics
from touchstone.core.language.language import ENGLISH, language
from touchstone.core.quality.wording import number
from touchstone.core.scheme.model import Indicator, Kind, Measure
from touchstone.output.content.words import words
from touchstone.output.pictures.scales import axis_for
from touchstone.output.pictures.spread import Spread, spread
from touchstone.output.pictures.svg import svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A measure in one group, in words; what may not be shown is empty. The picture is SVG."""

    id: str
    label: str
    n: str
    median: str
    quartiles: str
    tails: str
    picture: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An indicator and its measures."""

    indicator: Indicator
    lines: tuple[Line, ...]

    @property
    def shown(self) -> tuple[Line, ...]:
        """The measures that are not held back."""
        return tuple(line for line in self.lines if line.median)


def tables(
    found: Statistics, indicators: Iterable[Indicator], groups: Mapping[str, str]
) -> tuple[Table, ...]:
    """The figures of the first of some groups (id → name); the others stand beside it in the pictures."""
    return tuple(_table(found, indicator, groups) for indicator in indicators)


def held_back(made: Iterable[Table]) -> tuple[int, int]:
    """Of how many measures nothing is shown, and how many there are."""
    lines = [line for table in made for line in table.lines]
    return sum(not line.median for line in lines), len(lines)


def _table(found: Statistics, indicator: Indicator, groups: Mapping[str, str]) -> Table:
    measures = [measure for measure in indicator.measures if measure.kind.numeric]
    ids = [measure.id for measure in measures]
    figures = {name: found.figures(group, ids) for group, name in groups.items()}
    rows = ((one, [Spread(name=name, figure=of[one.id]) for name, of in figures.items()]) for one in measures)
    return Table(indicator=indicator, lines=tuple(_line(measure, spreads) for measure, spreads in rows))


def _line(measure: Measure, spreads: Sequence[Spread]) -> Line:
    figure = spreads[0].figure
    shown = figure.median is not None
    return Line(
        id=measure.id,
        label=labelled(measure),
        n=f"{figure.n:,}" if shown else "",
        median=_words(figure.median, measure),
        quartiles=_range(figure.p25, figure.p75, measure),
        tails=_range(figure.p5, figure.p95, measure),
        picture=_picture(measure, [one for one in spreads if one.figure.median is not None])
        if shown
        else _NONE,
    )


_NONE = mark_safe("")


def _picture(measure: Measure, spreads: Sequence[Spread]) -> SafeString:
    drawn = spread(
        id=f"spread-{measure.id}",
        title=labelled(measure),
        own=None,
        rows=spreads,
        bins=(),
        axis=axis_for(measure, None, [one.figure for one in spreads]),
        written=lambda value: _words(value, measure),
        words=words(ENGLISH),
    )
    return mark_safe(svg(drawn))  # noqa: S308  (our own drawing, which escapes what it writes)


def labelled(measure: Measure) -> str:
    """The label with the unit, where the label does not say already what is counted."""
    told = measure.kind in {Kind.COUNT, Kind.SCALE} or measure.unit[:1].isdigit()
    return measure.label if told or not measure.unit else f"{measure.label}, {measure.unit}"


def _range(low: float | None, high: float | None, measure: Measure) -> str:
    return "" if low is None or high is None else f"{_words(low, measure)} – {_words(high, measure)}"


def _words(value: float | None, measure: Measure) -> str:
    return "" if value is None else number(value, measure, language(ENGLISH))
