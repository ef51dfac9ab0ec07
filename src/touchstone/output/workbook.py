"""The report as an Excel workbook: every figure with its n and its source.

Text stays text: nothing that an organisation wrote can become a formula or a link.
"""

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from touchstone.core.assessment.derivation import is_number
from touchstone.core.benchmark.model import Figure, Group
from touchstone.core.quality.wording import in_words
from touchstone.core.report.report import Report
from touchstone.core.scheme.model import Indicator, Kind, Measure, Scheme
from touchstone.output.content.model import Content
from touchstone.output.content.words import group_name, say, words
from touchstone.output.printable import plain
from touchstone.output.tokens import colour

Cell = str | int | float | bool | None
Row = Sequence[Cell]

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": "Noto Sans", "font_size": 10, "valign": "top"},
}
LONGEST_TEXT = 32_767  # characters in a cell, the limit of the format
LONGEST_NAME = 31  # characters in a sheet's name
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
FIGURES = ("n", "shown", "median", "p25", "p75", "p5", "p95", "percentile")


def book(report: Report, content: Content, scheme: Scheme) -> bytes:
    """About, one sheet an area, groups, quality indicators, recommendations and eligibility.

    The date in the file is the report's own, so that the same report gives the same bytes.
    """
    import xlsxwriter

    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, deepcopy(OPTIONS))  # which the library writes into
    day = datetime(report.on.year, report.on.month, report.on.day, tzinfo=UTC).replace(tzinfo=None)
    made.set_properties({"title": content.title[:255], "comments": content.synthetic, "created": day})
    sheets = _Sheets(made)
    sheets.add(say("workbook.about"), None, _about(content), widths=(28, 100))
    for area in scheme.areas.values():
        head, rows = _measures(area.id, report, scheme)
        sheets.add(f"{area.id} {area.name}", head, rows, widths=(18, 46, 22, 14), fixed=2)
    for part in (_groups(report, content), _quality(report, scheme), _recommended(content)):
        sheets.add(*part)
    sheets.add(*_eligible(report, scheme))
    made.close()
    return target.getvalue()


class _Sheets:
    """Writes tables to sheets of one book, each in the same look."""

    def __init__(self, book: Any) -> None:
        # Any: the writer has no types.
        self.book = book
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "font_color": colour("ink"), "text_wrap": True, "valign": "bottom"}
        )
        self.wrapped = book.add_format({"text_wrap": True})
        self.names: set[str] = set()

    def add(
        self, name: str, head: Row | None, rows: Iterable[Row], *, widths: Sequence[int] = (), fixed: int = 1
    ) -> None:
        """Adds a sheet: a head that stays in view over rows, and a filter on it."""
        sheet = self.book.add_worksheet(self._free(name))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, title in enumerate(head or ()):
            self._write(sheet, 0, column, title, self.head)
        last = 0
        for last, row in enumerate(rows, start=1 if head else 0):
            for column, value in enumerate(row):
                self._write(sheet, last, column, value, self.wrapped)
        if head:
            sheet.freeze_panes(1, fixed)
            sheet.autofilter(0, 0, max(last, 1), len(head) - 1)

    def _write(self, sheet: Any, row: int, column: int, value: Cell, look: Any) -> None:
        # Any: the writer has no types. Each kind has its own call, so that none is guessed from a text.
        if value is None:
            return
        if isinstance(value, str):
            sheet.write_string(row, column, plain(value)[:LONGEST_TEXT], look)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, look)
        else:
            sheet.write_number(row, column, value, look)

    def _free(self, name: str) -> str:
        """A name that the format allows and no other sheet has, whatever its case."""
        wanted = plain(name).translate(FORBIDDEN).strip(" '")[:LONGEST_NAME].strip(" '") or "-"
        free, number = wanted, 1
        while free.casefold() in self.names:
            number += 1
            free = f"{wanted[: LONGEST_NAME - 4]} {number}"
        self.names.add(free.casefold())
        return free


def _about(content: Content) -> Iterable[Row]:
    yield content.title, None
    if content.synthetic:
        yield content.synthetic_mark, content.synthetic
    for fact in content.facts:
        yield fact.label, fact.value
    yield None, content.notice
    yield None, content.summary.opening
    yield None, content.summary.compared
    for paragraph in (*content.reading, *content.method):
        yield paragraph.title, paragraph.text
    for source in content.sources:
        yield say("table.source"), f"{source.title} {source.url}".strip()
    for note in content.notes:
        yield say("part.notes"), note


def _measures(area: str, report: Report, scheme: Scheme) -> tuple[Row, Iterable[Row]]:
    groups = report.comparison.groups
    columns = words()["workbook"]["measures"]
    figures = words()["workbook"]["figures"]
    head = [
        *columns,
        *(f"{group_name(group, scheme)}: {figures[name]}" for group in groups for name in FIGURES),
        say("table.certainty"),
        say("part.sources"),
    ]
    rows = (
        _measure(measure, indicator, report, groups, scheme)
        for indicator in scheme.indicators.values()
        if indicator.area == area
        for measure in indicator.measures
    )
    return head, rows


def _measure(
    measure: Measure, indicator: Indicator, report: Report, groups: Sequence[Group], scheme: Scheme
) -> Row:
    found = [report.figure(measure.id, group.id) for group in groups] if measure.kind.numeric else []
    cells = [cell for figure in found for cell in _figure(figure)] or [None] * len(FIGURES) * len(groups)
    sources = [scheme.sources[id].title for id in measure.origin.sources or indicator.origin.sources]
    return [
        measure.id,
        measure.label,
        indicator.name,
        measure.unit,
        _own(measure, report),
        *cells,
        measure.origin.certainty.value,
        "; ".join(sources),
    ]


def _figure(figure: Figure) -> list[Cell]:
    return [getattr(figure, name) for name in FIGURES]


def _own(measure: Measure, report: Report) -> Cell:
    value = report.values.get(measure.id)
    if value is None or (is_number(value) and measure.id not in report.comparison.own):
        return None
    return value if measure.kind.numeric or measure.kind is Kind.TEXT else in_words(value, measure)


def _groups(report: Report, content: Content) -> tuple[str, Row, Iterable[Row]]:
    head = [
        say("table.group"),
        say("table.kind"),
        say("table.peers"),
        say("table.shown"),
        say("table.withheld"),
        "SHA-256",
    ]
    rows = [
        (row.name, row.kind, group.n, row.shown, group.withheld or None, group.digest)
        for row, group in zip(content.groups, report.comparison.groups, strict=True)
    ]
    return say("part.groups"), head, rows


def _quality(report: Report, scheme: Scheme) -> tuple[str, Row, Iterable[Row]]:
    head = words()["workbook"]["quality"]
    rows = [
        (
            one.quality,
            scheme.quality[one.quality].name,
            say(f"light.{one.light}"),
            one.points,
            scheme.quality[one.quality].points,
            one.gate,
            one.gate_met,
            one.reason,
            ", ".join(one.missing) or None,
            scheme.quality[one.quality].thresholds.value,
        )
        for one in report.appraisal.judgements
    ]
    return say("part.quality"), head, rows


def _recommended(content: Content) -> tuple[str, Row, Iterable[Row]]:
    head = words()["workbook"]["recommendations"]
    rows = [
        (
            one.number,
            one.quality,
            one.name,
            one.word,
            one.gate,
            one.text,
            one.reason,
            one.proof,
            one.unproven,
            one.effect,
        )
        for one in content.recommendations
    ]
    return say("part.recommendations"), head, rows


def _eligible(report: Report, scheme: Scheme) -> tuple[str, Row, Iterable[Row]]:
    head = [say("table.criterion"), say("table.state"), say("table.here")]
    rows = [(scheme.criteria[one.criterion].text, one.met, one.reason) for one in report.appraisal.criteria]
    return say("part.eligibility"), head, rows
