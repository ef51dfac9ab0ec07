"""The columns of a population file as Arrow arrays: header and size checked, types made few."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

from touchstone.core.assessment.texts import quoted
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Scheme
from touchstone.core.scheme.naming import nearest
from touchstone.intake.guards import MEGABYTE

# The library has no types of its own.
Column = Any
ArrowTable = Any
ArrowType = Any

REQUIRED = ("organisation", "country", "portfolio", "interviewed_on", "level")
EMPTY = Fault("", "The population is empty.", "Add a row for each assessment.")
# A million assessments of two hundred measures are two gigabytes in memory.
ROWS_LIMIT = 1_000_000
TEXTS_LIMIT = 500 * MEGABYTE  # of one column, as numpy holds it: each text as wide as the longest
BYTES_A_LETTER = 4
UNKNOWN_TOLD = 50  # with more, the file is another one than was meant
_HEADER_LIMIT = 100_000
_SEPARATORS = ",;\t"
_DAY = "interviewed_on"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by name: float64 where every cell is a number, days as date32 or texts, the rest as texts."""

    columns: Mapping[str, Column]
    rows: int


def read_csv(path: Path, scheme: Scheme) -> Table:
    """The columns of a CSV file in UTF-8, parted by commas, semicolons or tabs."""
    names, separator, rest = _csv_header(path)
    check_header(names, scheme, str(path))
    if not rest:
        raise Unusable(str(path), EMPTY)
    try:
        table = _parsed(path, separator, {name: _csv_type(name, scheme) for name in names})
    except (pa.ArrowException, OSError, ValueError):  # the texts will show where it is wrong
        table = _texts_of(path, separator, names)
    return _table(table, scheme, str(path))


def read_parquet(path: Path, scheme: Scheme) -> Table:
    """The columns of a Parquet file."""
    try:
        schema = pyarrow.parquet.read_schema(path)
        check_header(schema.names, scheme, str(path))
        _check_types(schema, str(path))
        # Texts stay as references into a list of different texts, so that a small file stays small.
        texts = [name for name in schema.names if not _is_numeric(name, scheme)]
        with pyarrow.parquet.ParquetFile(path, read_dictionary=texts) as file:
            _check_rows(file.metadata.num_rows, str(path))
            table = file.read()
    except Unusable:
        raise
    except Exception as error:  # a broken file breaks in many ways
        raise Unusable(str(path), Fault("", "This cannot be read as Parquet.", "Write it anew.")) from error
    return _table(table, scheme, str(path))


def check_header(names: Sequence[str], scheme: Scheme, file: str) -> None:
    """Unusable where a column is missing, there twice, or not of the scheme; the nearest one is named."""
    known = (*REQUIRED, *scheme.measures)
    faults = [
        Fault("header", f"The column {quoted(name)} is there {times} times.", "Keep one.")
        for name, times in Counter(names).items()
        if times > 1
    ]
    faults += [
        Fault("header", f"The column {quoted(name)} is missing.", "Add it; see the format of populations.")
        for name in REQUIRED
        if name not in names
    ]
    unknown = [name for name in names if name not in known]
    for name in unknown[:UNKNOWN_TOLD]:
        close = nearest(name[:60], known)
        remedy = f'Did you mean "{close}"?' if close else "touchstone scheme show lists the measures."
        faults.append(Fault("header", f"The column {quoted(name)} is neither known nor a measure.", remedy))
    if faults:
        raise Unusable(file, *faults)


def _csv_header(path: Path) -> tuple[list[str], str, bytes]:
    """The names of the columns, what parts them, and the beginning of what follows."""
    with path.open("rb") as file:
        first, _, rest = file.read(_HEADER_LIMIT).partition(b"\n")
    try:
        line = first.decode("utf-8-sig")
    except UnicodeDecodeError:
        fault = Fault("line 1", "This is not a text in UTF-8.", "Save it as CSV in UTF-8.")
        raise Unusable(str(path), fault) from None
    separator = max(_SEPARATORS, key=line.count)
    names = next(csv.reader([line], delimiter=separator), [])
    return names, separator, rest.strip()


def _is_numeric(name: str, scheme: Scheme) -> bool:
    return name in scheme.measures and scheme.measures[name].kind.numeric


def _csv_type(name: str, scheme: Scheme) -> ArrowType:
    return pa.float64() if _is_numeric(name, scheme) else pa.string()


def _parsed(path: Path, separator: str, types: Mapping[str, ArrowType]) -> ArrowTable:
    """The rows of a CSV file, block by block, so that too many of them are noticed in time."""
    options = pyarrow.csv.ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True
    )
    parsing = pyarrow.csv.ParseOptions(delimiter=separator, newlines_in_values=True)
    batches = []
    rows = 0
    with pyarrow.csv.open_csv(path, parse_options=parsing, convert_options=options) as reader:
        for batch in reader:
            rows += batch.num_rows
            _check_rows(rows, str(path))
            batches.append(batch)
        return pa.Table.from_batches(batches, reader.schema)


def _texts_of(path: Path, separator: str, names: Sequence[str]) -> ArrowTable:
    try:
        return _parsed(path, separator, dict.fromkeys(names, pa.string()))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _unparsable(path, error, separator=separator, width=len(names)) from None


def _unparsable(path: Path, error: Exception, *, separator: str, width: int) -> Unusable:
    odd = _first_odd_row(path, separator, width)
    if odd is not None:
        number, cells = odd
        problem = f"The row has {cells} cells, the header {width}."
        return Unusable(
            str(path), Fault(f"row {number}", problem, "Put texts that hold the separator in quotes.")
        )
    why = quoted(str(error), longest=100)
    return Unusable(str(path), Fault("", f"This cannot be read as CSV in UTF-8 ({why}).", "Save it anew."))


def _first_odd_row(path: Path, separator: str, width: int) -> tuple[int, int] | None:
    """Number and length of the first row that is longer or shorter than the header, which is row 1."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        filled = (row for row in csv.reader(file, delimiter=separator) if row)
        try:
            return next(((n, len(row)) for n, row in enumerate(filled, start=1) if len(row) != width), None)
        except csv.Error:
            return None


def _check_rows(rows: int, file: str) -> None:
    if rows > ROWS_LIMIT:
        problem = f"The population has more than {ROWS_LIMIT} rows."
        raise Unusable(file, Fault("", problem, "Leave out assessments that are too old to count."))


def _check_types(schema: ArrowType, file: str) -> None:
    faults = [
        Fault("header", f"The column {quoted(name)} is of the type {type}.", "Write texts, numbers and days.")
        for name, type in zip(schema.names, schema.types, strict=True)
        if pa.types.is_nested(type) or pa.types.is_binary(type)
    ]
    if faults:
        raise Unusable(file, *faults)


def _table(table: ArrowTable, scheme: Scheme, file: str) -> Table:
    columns = {name: table.column(name).combine_chunks() for name in table.column_names}
    known = {name: _as_known_type(name, column, scheme, file) for name, column in columns.items()}
    return Table(known, table.num_rows)


def _as_known_type(name: str, column: Column, scheme: Scheme, file: str) -> Column:
    """A column as float64, date32 or texts; a column of numbers in which a cell is none stays texts."""
    is_bool = pa.types.is_boolean(column.type)
    if name == _DAY and (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
        return column.cast(pa.date32(), safe=False)
    if not _is_numeric(name, scheme) or is_bool:
        return _texts(name, column, file)
    try:
        return column.cast(pa.float64(), safe=False)
    except pa.ArrowException:
        return _texts(name, column, file)


def _texts(name: str, column: Column, file: str) -> Column:
    is_list = pa.types.is_dictionary(column.type)
    different = (column.dictionary if is_list else column).cast(pa.string())
    longest = pyarrow.compute.max(pyarrow.compute.utf8_length(different)).as_py() or 0
    if longest * BYTES_A_LETTER * len(column) > TEXTS_LIMIT:
        problem = f"The longest text has {longest} letters: too many for {len(column)} rows."
        raise Unusable(file, Fault(f"column {quoted(name)}", problem, "Shorten it."))
    return different.take(column.indices) if is_list else different
