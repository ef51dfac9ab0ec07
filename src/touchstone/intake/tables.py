"""Tables with a header row, from CSV or from the first sheet of a workbook, as rows of named texts."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from touchstone.core.assessment.texts import quoted
from touchstone.core.faults import Fault, Unusable
from touchstone.intake.encodings import decode
from touchstone.intake.spreadsheet import Broken, Cell, column_letters
from touchstone.intake.workbooks import is_workbook, read_sheets

SEPARATORS = ",;\t"
# The longest lists have some thousands of rows; these keep a small file from filling the memory.
ROWS_LIMIT, COLUMNS_LIMIT = 100_000, 200
# Spreadsheet programs write it before the header; the separator itself parts it in two.
_SEPARATOR_LINES = ("sep=", *(f"sep={separator}" for separator in SEPARATORS))

Numbered = tuple[str, tuple[Cell, ...]]  # the place of a row, and its cells


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: where it stands, and its cells as long as the header, empty for empty."""

    place: str  # "line 12" of a text, "row 12" of a sheet
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it that are not empty; notes say what reading it had to conclude."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_table(raw: bytes, *, file: str) -> Table:
    """The table that a content holds, by what it is and not by what it is called."""
    if is_workbook(raw):
        return _table(_from_workbook(raw, file), file)
    decoded = decode(raw, file=file)
    return _table(_from_text(decoded.text, file), file, (decoded.note,) if decoded.note else ())


def as_text(cell: Cell) -> str:
    """A cell as a person would type it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Broken):
        return cell.error
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _table(lines: Iterator[Numbered], file: str, notes: tuple[str, ...] = ()) -> Table:
    _, header = next(lines, ("", ()))
    if not header:
        fault = Fault("", "There is no table in it.", "Write the names of the columns in the first row.")
        raise Unusable(file, fault)
    if len(header) > COLUMNS_LIMIT:
        raise Unusable(
            file, Fault("", f"The table has {len(header)} columns.", "Keep those that are asked for.")
        )
    below = tuple(islice(lines, ROWS_LIMIT + 1))
    if len(below) > ROWS_LIMIT:
        raise Unusable(file, Fault("", f"The table has more than {ROWS_LIMIT} rows.", "Split it."))
    faults = [fault for place, cells in below for fault in _row_faults(place, cells, len(header))]
    if faults:
        raise Unusable(file, *faults)
    rows = (Row(place, _fitted(cells, len(header))) for place, cells in below)
    return Table(tuple(map(as_text, header)), tuple(rows), notes)


def _row_faults(place: str, cells: Sequence[Cell], width: int) -> Iterator[Fault]:
    if any(as_text(cell) for cell in cells[width:]):
        remedy = "Put texts that hold the separator in quotes, or name the column in the header."
        yield Fault(place, f"The row has {len(cells)} cells, the header {width}.", remedy)
    broken = next((cell for cell in cells if isinstance(cell, Broken)), None)
    if broken is not None:
        yield Fault(place, f"A cell holds the error {quoted(broken.error)}.", "Correct its formula.")


def _fitted(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    return (*map(as_text, cells[:width]), *("" for _ in range(width - len(cells))))


def _from_text(text: str, file: str) -> Iterator[Numbered]:
    """The rows that are not empty; a row of several lines stands at the last of them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped) and not (reader.line_num == 1 and stripped[0].lower() in _SEPARATOR_LINES):
                yield f"line {reader.line_num}", stripped
    except csv.Error as error:
        fault = Fault(f"line {reader.line_num}", f"The row cannot be read ({error}).", "Look at its quotes.")
        raise Unusable(file, fault) from None


def _separator(text: str) -> str:
    """The separator that the first line that is not empty uses most."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _from_workbook(raw: bytes, file: str) -> Iterator[Numbered]:
    """The filled rows of the first sheet that has any."""
    filled = next((sheet.rows for sheet in read_sheets(raw, file=file) if sheet.rows), {})
    for number in sorted(filled):
        cells = filled[number]
        reach = max(cells)
        if reach > COLUMNS_LIMIT:
            problem = f"A cell is filled in column {column_letters(reach)}."
            raise Unusable(file, Fault(f"row {number}", problem, "Delete what stands far beside the table."))
        yield f"row {number}", tuple(cells.get(column, "") for column in range(1, reach + 1))
