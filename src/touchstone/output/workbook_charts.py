"""Charts in the workbook to start from, each beside the figures that it draws.

Which ones follows from the scheme: the measure that repeats itself across most indicators of an area (the
services), of the other areas the one with most places among peers, and the composition with most parts. A
chart without figures is left out, and so is the sheet.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from touchstone.core.benchmark.model import Group
from touchstone.core.language.language import Language
from touchstone.core.report.report import Report
from touchstone.core.scheme.model import Direction, Indicator, Measure, Scheme
from touchstone.output.sheets import Book, written
from touchstone.output.tokens import colour

FEWEST: Final = 3  # bars, below which a chart says less than its table
APART: Final = 24  # rows from one chart to the next, at least
SIZE: Final = {"width": 860, "height": 440}
RAMP: Final = (
    "#0b6468", "#c3c9d1", "#3f8f92", "#8e98a6", "#8fbfbf", "#5b6779", "#cfe3e2", "#14213d", "#e6e8eb",
)  # fmt: skip

Drawn = Literal["profile", "places", "whole"]
Line = tuple[str, Sequence[float | None]]
Repeated = Sequence[tuple[Indicator, Measure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a chart draws: a row a category, a column a series."""

    drawn: Drawn
    title: str
    series: tuple[str, ...]
    rows: tuple[Line, ...]


def add_charts(  # noqa: PLR0917  (all that a chart may say)
    book: Book,
    report: Report,
    scheme: Scheme,
    said: Language,
    group: Group | None,
    names: Mapping[str, str],
) -> None:
    """Add the sheet of charts, where there is one to draw."""
    repeated = _repeated(scheme)
    drawn = {indicator.area for indicator, _ in repeated}
    found = [
        *(_profile(report, scheme, said, group.id, names[group.id], repeated) if group else ()),
        *(_places(report, scheme, said, group.id, names[group.id], drawn) if group else ()),
        *_whole(report, scheme, said, names),
    ]
    if not found:
        return
    sheet = book.sheet(said.say("workbook.sheet.charts"))
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 8, 11)
    row = 0
    for one in found:
        _write(sheet, row, one)
        sheet.insert_chart(
            row, len(one.series) + 2, _chart(book, sheet, row, one, said), {"description": one.title}
        )
        row += max(len(one.rows) + 4, APART)


def _profile(  # noqa: PLR0917  (all that a chart may say)
    report: Report, scheme: Scheme, said: Language, group: str, name: str, repeated: Repeated
) -> Iterable[Figures]:
    """Own value, quartiles and median of the measure that most indicators of one area have in common."""
    rows: list[Line] = []
    for indicator, measure in repeated:
        figure = report.figure(measure.id, group)
        rows.append(
            (indicator.name, (report.comparison.own.get(measure.id), figure.p25, figure.median, figure.p75))
        )
    if len(rows) >= FEWEST:
        series = tuple(said.say(f"workbook.column.{id}") for id in ("own", "p25", "median", "p75"))
        area = scheme.areas[repeated[0][0].area].name
        title = said.say("workbook.chart.profile", area=area, group=name)
        yield Figures(drawn="profile", title=title, series=series, rows=tuple(rows))


def _repeated(scheme: Scheme) -> Repeated:
    ends: Counter[tuple[str, str]] = Counter(
        (one.area, _end(measure))
        for one in scheme.indicators.values()
        for measure in one.measures
        if measure.kind.numeric
    )
    best = max(ends, key=lambda each: ends[each], default=None)
    return [
        (one, measure)
        for one in scheme.indicators.values()
        for measure in one.measures
        if (one.area, _end(measure)) == best
    ]


def _end(measure: Measure) -> str:
    return measure.id.partition(".")[2]


def _places(  # noqa: PLR0917  (all that a chart may say)
    report: Report, scheme: Scheme, said: Language, group: str, name: str, drawn: Collection[str]
) -> Iterable[Figures]:
    """The percentiles of measures that have a better side, of the area with most but those that are drawn."""
    areas: dict[str, list[Line]] = {}
    for id in report.measures:
        measure = scheme.measures[id]
        place = report.figure(id, group).percentile
        area = scheme.indicators[measure.indicator].area
        if (
            place is not None
            and area not in drawn
            and measure.direction in {Direction.HIGHER, Direction.LOWER}
        ):
            areas.setdefault(area, []).append((measure.label, (place,)))
    best = max(areas, key=lambda area: len(areas[area]), default="")
    if len(areas.get(best, ())) >= FEWEST:
        title = said.say("workbook.chart.places", area=scheme.areas[best].name, group=name)
        series = (said.say("workbook.column.percentile"),)
        yield Figures(drawn="places", title=title, series=series, rows=tuple(areas[best]))


def _whole(report: Report, scheme: Scheme, said: Language, names: Mapping[str, str]) -> Iterable[Figures]:
    """The parts of the composition with most parts of those that the organisation answered."""
    own = report.comparison.own
    answered = [whole for whole in scheme.compositions.values() if own.keys() >= set(whole.parts)]
    if not answered:
        return
    whole = max(answered, key=lambda each: len(each.parts))
    rows = tuple(
        (scheme.measures[id].label, (own[id], *(report.figure(id, group).median for group in names)))
        for id in whole.parts
    )
    series = (said.say("workbook.column.own"), *names.values())
    title = said.say("workbook.chart.whole", name=whole.name)
    yield Figures(drawn="whole", title=title, series=series, rows=rows)


def _write(sheet: Any, row: int, figures: Figures) -> None:
    # Any: the library has no types.
    sheet.write_string(row, 0, written(figures.title))
    for column, name in enumerate(figures.series, start=1):
        sheet.write_string(row + 1, column, written(name))
    for at, (label, values) in enumerate(figures.rows, start=row + 2):
        sheet.write_string(at, 0, written(label))
        for column, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(at, column, value)


def _chart(book: Book, sheet: Any, row: int, figures: Figures, said: Language) -> Any:
    # Any: the library has no types.
    make = {"profile": _columns_and_marks, "places": _bars, "whole": _stacked}[figures.drawn]
    chart = make(book, sheet, row, figures)
    if figures.drawn == "places":
        chart.set_x_axis(
            {"min": 0, "max": 100, "major_unit": 25, "name": said.say("workbook.chart.places_axis")}
        )
    chart.set_title({"name": written(figures.title), "name_font": {"size": 11, "bold": False}})
    chart.set_size(SIZE)
    return chart


def _columns_and_marks(book: Book, sheet: Any, row: int, figures: Figures) -> Any:
    """The own value as columns, the peers' figures as marks over them."""
    chart, marks = book.made.add_chart({"type": "column"}), book.made.add_chart({"type": "line"})
    own, *others = _series(sheet, row, figures)
    chart.add_series({**own, "fill": {"color": colour("accent")}, "gap": 60})
    for one, mark in zip(others, ("short_dash", "diamond", "short_dash"), strict=True):
        look = {"type": mark, "size": 9, "fill": {"color": colour("peers-line")}, "border": {"none": True}}
        marks.add_series({**one, "line": {"none": True}, "marker": look})
    chart.combine(marks)
    chart.set_legend({"position": "bottom"})
    return chart


def _bars(book: Book, sheet: Any, row: int, figures: Figures) -> Any:
    chart = book.made.add_chart({"type": "bar"})
    for one in _series(sheet, row, figures):
        chart.add_series({**one, "fill": {"color": colour("accent")}, "gap": 40})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    return chart


def _stacked(book: Book, sheet: Any, row: int, figures: Figures) -> Any:
    """A bar for the organisation and one a group, made of the parts."""
    chart = book.made.add_chart({"type": "bar", "subtype": "percent_stacked"})
    last = len(figures.series)
    for at, shade in zip(range(row + 2, row + 2 + len(figures.rows)), RAMP * len(figures.rows), strict=False):
        chart.add_series(
            {
                "name": [sheet.name, at, 0],
                "categories": [sheet.name, row + 1, 1, row + 1, last],
                "values": [sheet.name, at, 1, at, last],
                "fill": {"color": shade},
                "gap": 40,
            }
        )
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True})
    return chart


def _series(sheet: Any, row: int, figures: Figures) -> list[dict[str, Any]]:
    first, last = row + 2, row + 1 + len(figures.rows)
    return [
        {
            "name": [sheet.name, row + 1, column],
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, column, last, column],
        }
        for column in range(1, len(figures.series) + 1)
    ]
