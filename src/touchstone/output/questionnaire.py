"""The empty questionnaire: a workbook to fill in, and the same as JSON."""

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from textwrap import shorten
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from touchstone.core.assessment import form
from touchstone.core.assessment.countries import COUNTRIES
from touchstone.core.assessment.ranges import range_of, whole
from touchstone.core.scheme.model import Indicator, Kind, Measure, Named, Scheme

# The library's objects have no types of their own.
Book = Any
Page = Any
Formats = Mapping[str, Any]

# A fixed moment, so that the same scheme gives the same bytes.
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001  (a workbook knows no time zones)
_WIDTHS = (18, 52, 14, 34, 22, 16, 16, 28, 34, 34)
_ROWS_BELOW_HEADER = 1
# The question stands over the columns that a small screen shows, as high as its text needs.
_HEADING_TO = 4
_HEADING_WIDTH = 105  # letters in a line
_LINE = 15  # points
_FORBIDDEN_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\")
_SHEET_NAME_LENGTH = 31

# Colours of the paper form; what is to be filled in is marked by its frame too.
_HEAD, _SECTION, _FIELD, _FRAME = "#12344d", "#e6edf3", "#fffdf0", "#9aa7b2"


def empty_document(scheme: Scheme) -> dict[str, object]:
    """The JSON form with every measure that is asked, not answered yet."""
    fields = {key: "" for key in form.FIELDS if key not in ("scheme", "interviewed_on")}
    return {
        "scheme": scheme.id,
        "organisation": fields,
        "interviewed_on": "",
        "answers": {measure.id: None for measure in form.asked(scheme)},
    }


def empty_workbook(scheme: Scheme) -> bytes:
    """The workbook: instructions, the organisation, and one sheet an area with one row a measure."""
    whole_file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(whole_file, options) as book:
        book.set_properties({"title": f"Questionnaire: {scheme.name}", "created": _MADE})
        formats = _formats(book)
        _instructions(book, scheme, formats)
        lists = _Lists()
        _organisation(book, scheme, formats, lists)
        for area in scheme.areas.values():
            _area(book, area, scheme, formats, lists)
        lists.write(book)
    return whole_file.getvalue()


class _Lists:
    """The allowed words of the drop-downs, each list once; a list in a cell is held to 255 characters."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def range_of(self, words: Iterable[str]) -> str:
        """Where a list will stand, as a formula names it."""
        entries = tuple(words)
        column = xl_col_to_name(self._columns.setdefault(entries, len(self._columns)))
        return f"={form.LISTS}!${column}$1:${column}${len(entries)}"

    def write(self, book: Book) -> None:
        page = book.add_worksheet(form.LISTS)
        for entries, column in self._columns.items():
            page.write_column(0, column, entries)
        page.hide()


def _formats(book: Book) -> Formats:
    text = {"text_wrap": True, "valign": "top", "font_size": 10}
    frame = {"border": 1, "border_color": _FRAME}
    field = text | frame | {"bg_color": _FIELD, "locked": False}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": _HEAD}),
        "head": book.add_format(text | frame | {"bold": True, "bg_color": _HEAD, "font_color": "#ffffff"}),
        "section": book.add_format(text | {"bold": True, "bg_color": _SECTION}),
        "text": book.add_format(text),
        "field": book.add_format(field),
        "day": book.add_format(field | {"num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _instructions(book: Book, scheme: Scheme, formats: Formats) -> None:
    page = book.add_worksheet(form.INSTRUCTIONS)
    page.set_column(0, 0, 100)
    page.hide_gridlines(2)
    page.write(0, 0, f"Questionnaire: {scheme.name}", formats["title"])
    for row, line in enumerate(_lines(scheme), start=2):
        page.write(row, 0, line, formats["text"])


def _lines(scheme: Scheme) -> tuple[str, ...]:
    steps = (
        f'Fill the sheet "{form.ORGANISATION}".',
        f'On each further sheet, answer in the column "{form.ANSWER}"; those before it say what is asked.',
        "Leave empty what you do not know yet. An empty answer is missing, never zero: write 0 for none.",
        f'Where a question does not apply or has no answer, say so in "{form.STATE}" and "{form.REASON}".',
        f'"{form.VERIFIED}" is for the expert: it stands beside your answer and is the one reckoned with.',
        f'In "{form.EVIDENCE}" name what shows the answer, one document a line.',
        "Questions marked with * are answered by the participant list where you hand one in.",
        "What follows from other answers is not asked. Do not change the first column.",
        "Check the file with: touchstone assess check FILE",
        "Make the report with: touchstone compare FILE --out FOLDER",
    )
    return (scheme.notice, *(f"{number}. {step}" for number, step in enumerate(steps, start=1)))


def _organisation(book: Book, scheme: Scheme, formats: Formats, lists: _Lists) -> None:
    page = book.add_worksheet(form.ORGANISATION)
    page.set_column(0, 0, 18)
    page.set_column(1, 2, 60)
    page.write_row(0, 0, (form.FIELD, form.MEANING, form.VALUE), formats["head"])
    page.freeze_panes(1, 0)
    for row, (key, meaning) in enumerate(form.FIELDS.items(), start=1):
        page.write(row, 0, key, formats["text"])
        page.write(row, 1, meaning, formats["text"])
        page.write(row, 2, scheme.id if key == "scheme" else "", formats["field"])
    rows = {key: row for row, key in enumerate(form.FIELDS, start=1)}
    portfolios = (f"{id}{form.BETWEEN}{portfolio.name}" for id, portfolio in scheme.portfolios.items())
    _offer(page, rows["country"], 2, lists.range_of(sorted(COUNTRIES)))
    _offer(page, rows["portfolio"], 2, lists.range_of(portfolios))
    page.write_blank(rows["interviewed_on"], 2, None, formats["day"])


def _area(book: Book, area: Named, scheme: Scheme, formats: Formats, lists: _Lists) -> None:
    page = book.add_worksheet(_sheet_name(area))
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.write_row(0, 0, form.TITLES, formats["head"])
    page.freeze_panes(_ROWS_BELOW_HEADER, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    row = _ROWS_BELOW_HEADER
    for indicator in scheme.indicators.values():
        if indicator.area == area.id and form.asked_of(indicator):
            row = _indicator(page, row, indicator, formats, lists)


def _indicator(page: Page, row: int, indicator: Indicator, formats: Formats, lists: _Lists) -> int:
    """A heading without an id, then one row a measure; gives the next free row."""
    lines = (f"{indicator.id} {indicator.name}: {indicator.question}", indicator.counting)
    page.write(row, 0, "", formats["section"])
    page.merge_range(row, 1, row, _HEADING_TO, "\n".join(lines), formats["section"])
    page.set_row(row, _LINE * sum(-(-len(line) // _HEADING_WIDTH) for line in lines) + _LINE // 2)
    for offset, measure in enumerate(form.asked_of(indicator), start=1):
        _measure(page, row + offset, measure, formats, lists)
    return row + 1 + len(form.asked_of(indicator))


def _measure(page: Page, row: int, measure: Measure, formats: Formats, lists: _Lists) -> None:
    question = f"{measure.label}{'*' if measure.from_participants else ''}"
    question = f"{question}\n{measure.help}" if measure.help else question
    for column, text in enumerate((measure.id, question, measure.unit, form.allowed(measure))):
        page.write(row, column, text, formats["text"])
    for column in range(form.TITLES.index(form.ANSWER), len(form.TITLES)):
        page.write_blank(row, column, None, formats["field"])
    for title in (form.ANSWER, form.VERIFIED):
        _hold_to(page, row, form.TITLES.index(title), measure, lists)
    _offer(page, row, form.TITLES.index(form.STATE), lists.range_of(form.STATES))


def _hold_to(page: Page, row: int, column: int, measure: Measure, lists: _Lists) -> None:
    """What the spreadsheet program accepts in a cell; the reader checks it all again."""
    if measure.options:
        _offer(page, row, column, lists.range_of(map(form.option_word, measure.options)))
    elif measure.kind is Kind.YES_NO:
        _offer(page, row, column, lists.range_of((form.YES, form.NO)))
    elif measure.kind is not Kind.TEXT:
        low, high = range_of(measure)
        page.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "integer" if whole(measure) else "decimal",
                "criteria": "between",
                "minimum": _plain(low),
                "maximum": _plain(high),
                "error_title": measure.id,
                "error_message": f"Allowed: {form.allowed(measure)}."[:255],
            },
        )


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _offer(page: Page, row: int, column: int, words: str) -> None:
    """A drop-down."""
    page.data_validation(row, column, row, column, {"validate": "list", "source": words})


def _sheet_name(area: Named) -> str:
    name = f"{area.id} {area.name}".translate(_FORBIDDEN_IN_SHEET_NAMES)
    return shorten(name, _SHEET_NAME_LENGTH, placeholder="…")
