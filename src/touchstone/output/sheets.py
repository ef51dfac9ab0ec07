"""Tables in an Excel workbook, written fast and without letting a text become anything but text.

The library writes a workbook cell by cell, and a report has some ten thousand of them. So the rows of a
table are written here, and all else by the library: styles, tables, lists to choose from, charts.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from touchstone.output.printable import plain
from touchstone.output.tokens import colour

Cell = str | int | float | bool | None

LONGEST_TEXT: Final = 32_767  # characters in a cell, the limit of the format
LONGEST_NAME: Final = 31  # characters in a sheet's name
LONGEST_HEAD: Final = 255  # characters in the name of a table's column
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": "Noto Sans", "font_size": 10, "valign": "top"},
}
_LOOKS: Final[Mapping[str, Mapping[str, object]]] = {
    "head": {
        "bold": True, "bottom": 1, "font_color": colour("ink"), "text_wrap": True, "valign": "bottom",
    },
    "label": {"font_color": colour("ink-soft"), "text_wrap": True},
    "wrap": {"text_wrap": True},
}  # fmt: skip
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_A4 = 9
# What the file is packed with: half the time of the usual 6 for a twentieth more bytes.
_LEVEL: Final = 4
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # that the format knows; all parts of a file have it
REMEMBERED: Final = 2**12  # texts, most of which stand in each workbook
_ROW = "\0"  # stands for the number of a row; no text is ever in a pattern
_A_NUMBER = "><v>%s"
_NO_CELL = "%.0s"  # takes a value and writes nothing of it
_KINDS: Final[Mapping[type, str]] = {str: ' t="s"><v>%s', bool: ' t="b"><v>%d'}


class Forms(NamedTuple):
    """How the numbers of a row are written, where its columns leave that to the row: formats of Excel."""

    own: str = ""
    figure: str = ""


Row = tuple[Forms, Sequence[Cell]]
PLAIN: Final = Forms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    `form` is the number format of its cells, as Excel writes it; "own" and "figure" leave it to the row, and
    "wrap" is for texts that fill several lines. `choices` are offered where a cell is to be filled in.
    """

    title: str
    width: float = 12
    form: str = ""
    choices: tuple[str, ...] = ()
    prompt: str = ""


@dataclass(slots=True)
class Book:
    """A workbook in the making. `on` is the day in the file, so that the same tables give the same bytes."""

    title: str
    comments: str
    on: date
    made: Any = field(init=False)  # Any: the library has no types
    _names: set[str] = field(init=False, default_factory=set)
    _looks: dict[str, Any] = field(init=False, default_factory=dict)
    _texts: "_Texts" = field(init=False)

    def __post_init__(self) -> None:
        self.made = _library().book(io.BytesIO(), deepcopy(OPTIONS))  # which the library writes into
        day = datetime(self.on.year, self.on.month, self.on.day, tzinfo=UTC).replace(tzinfo=None)
        about = {"title": written(self.title)[:255], "comments": written(self.comments), "created": day}
        self.made.set_properties(about)
        self._texts = _Texts(self.made.str_table)

    def content(self) -> bytes:
        """The file. Nothing can be added afterwards."""
        self.made.close()
        return _packed(self.made.parts)

    def sheet(self, title: str) -> Any:
        """An empty sheet of the library, to be written cell by cell."""
        sheet = self.made.add_worksheet(self.free(title), worksheet_class=_library().sheet)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def table(
        self, name: str, title: str, columns: Sequence[Column], rows: Iterable[Row], *, fixed: int = 1
    ) -> None:
        """Add a sheet that is one table: a head that stays in view, filters, and rows below.

        `name` is that of the table in formulas, `fixed` how many columns stay in view.
        """
        sheet = self.sheet(title)
        sheet.lines = self._lines(columns, rows, first=2)
        last = max(len(sheet.lines), 1)
        self._head(sheet, name, columns, last)
        for at, column in enumerate(columns):
            left_to_rows = column.form in {"", *Forms._fields}
            sheet.set_column(at, at, column.width, None if left_to_rows else self._look(column.form))
            if column.choices or column.prompt:
                _ask(sheet, at, last, column)
        sheet.freeze_panes(1, fixed)
        sheet.repeat_rows(0)

    def pairs(self, title: str, rows: Iterable[tuple[str, str]]) -> None:
        """Add a sheet of labels, each with what stands beside it."""
        columns = (Column(title="", width=28, form="label"), Column(title="", width=100, form="wrap"))
        sheet = self.sheet(title)
        sheet.lines = self._lines(columns, ((PLAIN, row) for row in rows), first=1)
        sheet.dim_rowmin, sheet.dim_rowmax, sheet.dim_colmin, sheet.dim_colmax = 0, len(sheet.lines), 0, 1
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)

    def free(self, title: str) -> str:
        """A name that the format allows and no other sheet has, whatever its case."""
        wanted = plain(title).translate(_FORBIDDEN).strip(" '")[:LONGEST_NAME].strip(" '") or "-"
        free, number = wanted, 1
        while free.casefold() in self._names:
            number += 1
            free = f"{wanted[: LONGEST_NAME - 4]} {number}"
        self._names.add(free.casefold())
        return free

    def _head(self, sheet: Any, name: str, columns: Sequence[Column], last: int) -> None:
        look = self._look("head")
        heads = [{"header": title, "header_format": look} for title in _unlike(columns)]
        style = {"name": name, "columns": heads, "style": "Table Style Light 1", "banded_rows": False}
        # The library looks at each cell of a table, so it is told of two rows, and of the others afterwards.
        sheet.add_table(0, 0, 1, len(columns) - 1, style)
        whole = f"A1:{_letters(len(columns))[-1]}{last + 1}"
        sheet.tables[-1].update(range=whole, a_range=whole, autofilter=whole)
        sheet.dim_rowmax = last

    def _lines(self, columns: Sequence[Column], rows: Iterable[Row], *, first: int) -> list[str]:
        """The rows as the file holds them. Rows with the same kinds of cells share one pattern."""
        patterns: dict[tuple[Forms, tuple[type, ...]], str] = {}
        lines, known = [], self._texts
        for number, (forms, cells) in enumerate(rows, start=first):
            values = tuple([known[cell] if cell.__class__ is str else cell for cell in cells])
            kinds = tuple(map(type, values))
            pattern = patterns.get((forms, kinds))
            if pattern is None:
                pattern = patterns[forms, kinds] = self._pattern(columns, forms, kinds)
            lines.append(pattern.replace(_ROW, str(number)) % values)
        return lines

    def _pattern(self, columns: Sequence[Column], forms: Forms, kinds: Sequence[type]) -> str:
        """A row with places for its number and for the values of its cells."""
        left = forms._asdict()
        made = [f'<row r="{_ROW}">']
        for letter, column, kind in zip(_letters(len(columns)), columns, kinds, strict=True):
            if kind is type(None):
                made.append(_NO_CELL)
            else:
                look = self._number(left.get(column.form, column.form))
                made.append(f'<c r="{letter}{_ROW}"{look}{_KINDS.get(kind, _A_NUMBER)}</v></c>')
        return "".join([*made, "</row>"])

    def _number(self, form: str) -> str:
        """The attribute that gives a cell its look; empty for the look that all have."""
        return f' s="{self._look(form)._get_xf_index()}"' if form else ""  # noqa: SLF001  (there is no other way)

    def _look(self, form: str) -> Any:
        if form not in self._looks:
            self._looks[form] = self.made.add_format(_LOOKS.get(form) or {"num_format": form})
        return self._looks[form]


class _Texts(dict[Cell, str | None]):
    """Each text of a workbook → its number in the library's list of them, which is written as text too.

    So a cell with a text is told apart from one with a number; the empty text has no cell.
    """

    def __init__(self, listed: Any) -> None:
        # Any: the library has no types.
        super().__init__({"": None})
        self.listed = listed

    def __missing__(self, text: str) -> str:
        number = str(self.listed._get_shared_string_index(written(text)))  # noqa: SLF001  (there is no other way)
        self[text] = number
        return number


@lru_cache(maxsize=REMEMBERED)
def written(text: str) -> str:
    """A text as a cell may hold it: one line, not too long, and nothing that the library takes for markup."""
    fit = plain(text)[:LONGEST_TEXT]
    return f" {fit}"[:LONGEST_TEXT] if fit.startswith("<r>") and fit.endswith("</r>") else fit


def _unlike(columns: Sequence[Column]) -> list[str]:
    """The titles, each with a number where one before is the same, as a table asks."""
    taken: set[str] = set()
    titles = []
    for column in columns:
        wanted = written(plain(column.title).strip()[: LONGEST_HEAD - 5]) or "-"
        free, number = wanted, 1
        while free.lower() in taken:
            number += 1
            free = f"{wanted} {number}"
        taken.add(free.lower())
        titles.append(free)
    return titles


def _ask(sheet: Any, at: int, last: int, column: Column) -> None:
    """Offer choices in a column. What is not among them may be written all the same."""
    offered = {"validate": "list", "source": list(column.choices), "error_type": "information"}
    rule = offered if column.choices else {"validate": "any"}
    sheet.data_validation(1, at, last, at, {**rule, "input_message": column.prompt, "show_error": False})


@cache
def _letters(number: int) -> tuple[str, ...]:
    """The names of the first columns: A, B, …, AA."""
    from xlsxwriter.utility import xl_col_to_name

    return tuple(xl_col_to_name(at) for at in range(number))


def _packed(parts: Iterable[tuple[str, str]]) -> bytes:
    """The file of a workbook from the names and texts of its parts."""
    target = io.BytesIO()
    with ZipFile(target, "w") as file:
        for name, text in parts:
            file.writestr(ZipInfo(name, _FIRST_DAY), text.encode(), ZIP_DEFLATED, _LEVEL)
    return target.getvalue()


class _Library(NamedTuple):
    """The classes of the library, made faster at what a report has much of."""

    # Any: the library has no types.
    book: Any
    sheet: Any


@cache
def _library() -> _Library:
    from xlsxwriter import Workbook
    from xlsxwriter.packager import Packager
    from xlsxwriter.sharedstrings import SharedStrings
    from xlsxwriter.worksheet import Worksheet

    class PreparedSheet(Worksheet):  # type: ignore[misc]  # the library has no types
        """A sheet with rows that are already written below those of its own."""

        lines: Sequence[str] = ()

        def _write_rows(self) -> None:
            # Its own rows are above the others; for those it would look in vain.
            self.dim_rowmax -= len(self.lines)
            super()._write_rows()
            self.fh.write("".join(self.lines))

    @lru_cache(maxsize=REMEMBERED)
    def entry(text: str) -> str:
        """A text as the list of texts has it, written by the library once for all workbooks."""
        alone = SharedStrings()
        alone.fh = io.StringIO()
        alone._write_si(text)  # noqa: SLF001  (there is no other way)
        found: str = alone.fh.getvalue()
        return found

    class KnownStrings(SharedStrings):  # type: ignore[misc]  # the library has no types
        def _write_sst_strings(self) -> None:
            self.fh.write("".join(map(entry, self.string_table.string_array)))

    class Parts(Packager):  # type: ignore[misc]  # the library has no types
        def _write_shared_strings_file(self) -> None:
            strings = KnownStrings()
            strings.string_table = self.workbook.str_table
            if strings.string_table.count:
                strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001
                strings._assemble_xml_file()  # noqa: SLF001

        def _create_package(self) -> list[object]:
            # Nothing is left to the library, which would pack with more effort than it is worth.
            self.workbook.parts = [(name, text.getvalue()) for text, name, _ in super()._create_package()]
            return []

    class PackedBook(Workbook):  # type: ignore[misc]  # the library has no types
        parts: Sequence[tuple[str, str]] = ()

        def _get_packager(self) -> Packager:
            return Parts()

    return _Library(book=PackedBook, sheet=PreparedSheet)
