"""The register as open data: CSV, JSON Lines and Parquet, the same bytes for the same rows.

The columns are a promise (docs/reference/open-data.md): a column may be added at the end, and that raises
`VERSION`; none changes its name or meaning.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import IO, Final

from touchstone.core.labels.documents import moment_text

VERSION: Final = "1.0"
ROWS_AT_ONCE: Final = 20_000  # a group of rows in Parquet; no more are held at a time
# What a spreadsheet program takes for the beginning of a formula; OWASP, "CSV injection".
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

Cell = str | int | bool | date | datetime | None
Row = Mapping[str, Cell]
Add = Callable[[Sequence[Row]], None]


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "whole number"
    YES = "true or false"
    DAY = "day"
    MOMENT = "moment in UTC"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its meaning. `may_be_empty` says whether a row may have nothing there."""

    name: str
    kind: Kind
    meaning: str
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the open data."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]


REGISTER = Table(
    name="register",
    title="Labels of cluster organisations as they stand",
    about="One row for each level that an organisation holds or ever held, as of one day.",
    columns=(
        Column("on", Kind.DAY, "the day that the row speaks of"),
        Column("organisation", Kind.TEXT, "the organisation's key; never changes and is never given again"),
        Column("name", Kind.TEXT, "its name on that day"),
        Column("former_names", Kind.TEXT, "names it had before, oldest first, between ` | `", True),
        Column("country", Kind.TEXT, "ISO 3166-1 alpha-2"),
        Column("portfolio", Kind.TEXT, "id of the comparative portfolio: its field"),
        Column("website", Kind.TEXT, "its website, where it gave one", True),
        Column("host", Kind.TEXT, "the body that carries it in law, where that is another one", True),
        Column("level", Kind.TEXT, "`bronze`, `silver` or `gold`"),
        Column("headline", Kind.YES, "whether this is the level that the register shows first"),
        Column("status", Kind.TEXT, "how the level stands on that day, see “Status” in the manual"),
        Column("valid_from", Kind.DAY, "first day of the unbroken run of periods"),
        Column("valid_until", Kind.DAY, "its last day; that day still counts"),
        Column("renewable_until", Kind.DAY, "last day on which it can be renewed without a gap"),
        Column("first_labelled_on", Kind.DAY, "first day of the organisation's first label of any level"),
        Column("grant", Kind.NUMBER, "ledger entry that granted the newest period of the run"),
        Column("entry", Kind.NUMBER, "the organisation's last ledger entry"),
        Column("successors", Kind.TEXT, "keys of what it has become, between ` | `", True),
        Column("page", Kind.TEXT, "address of its page in the register"),
    ),
)
LABELS = Table(
    name="labels",
    title="Every label that was ever granted",
    about="One row for each grant of the ledger, with its dates and what became of it by one day.",
    columns=(
        Column("on", Kind.DAY, "the day by which it became so"),
        Column("number", Kind.NUMBER, "number of the ledger entry"),
        Column("organisation", Kind.TEXT, "the organisation's key"),
        Column("name", Kind.TEXT, "its name when the label was granted"),
        Column("country", Kind.TEXT, "ISO 3166-1 alpha-2, as known then"),
        Column("portfolio", Kind.TEXT, "id of the comparative portfolio, as known then"),
        Column("kind", Kind.TEXT, "`award`, `renewal` or `upgrade`"),
        Column("level", Kind.TEXT, "`bronze`, `silver` or `gold`"),
        Column("valid_from", Kind.DAY, "first valid day, as corrected since"),
        Column("valid_until", Kind.DAY, "last valid day, as corrected since"),
        Column("renewable_until", Kind.DAY, "last day of renewal, as corrected since", True),
        Column("became", Kind.TEXT, "what became of it, see below"),
        Column("renewed_by", Kind.NUMBER, "the ledger entry that went on without a gap", True),
        Column("rule_set", Kind.TEXT, "id of the rules it was granted under"),
        Column("recorded", Kind.MOMENT, "when it was entered in the ledger"),
        Column("derived", Kind.TEXT, "dates that the rules gave and no record did, between ` | `", True),
        Column("origin", Kind.TEXT, "where an imported fact was read", True),
        Column("corrected_by", Kind.TEXT, "ledger entries that corrected it, between ` | `", True),
    ),
)
TABLES: Final = {table.name: table for table in (REGISTER, LABELS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form of a file: how it ends, its media type, and who writes it."""

    ending: str
    title: str
    media_type: str
    file_type: str  # of the EU's authority table
    begun: Callable[[Table, IO[bytes]], AbstractContextManager[Add]]  # writes groups of rows into a file


def write(table: Table, rows: Iterable[Row], files: Mapping[str, IO[bytes]]) -> None:
    """Write a table in several forms at once, by the endings of their files; the rows are made once."""
    with ExitStack() as writing:
        adding = [writing.enter_context(FORMATS[ending].begun(table, to)) for ending, to in files.items()]
        for some in _in_groups(rows):
            for add in adding:
                add(some)


def write_csv(table: Table, rows: Iterable[Row], to: IO[bytes]) -> None:
    """Write any table as CSV in the manner of the open data."""
    write(table, rows, {"csv": to})


@contextmanager
def _csv(table: Table, to: IO[bytes]) -> Iterator[Add]:
    """UTF-8, commas, a header, lines that end in CR LF (RFC 4180); no text begins like a formula."""
    text = io.TextIOWrapper(to, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    names = [column.name for column in table.columns]
    writer.writerow(names)
    yield lambda rows: writer.writerows([_csv_cell(row[name]) for name in names] for row in rows)
    text.detach()  # or it would close what is not its own


@contextmanager
def _json_lines(table: Table, to: IO[bytes]) -> Iterator[Add]:
    """One JSON object a line, UTF-8, with all columns in their order; what is no text may be null."""
    names = [column.name for column in table.columns]

    def add(rows: Sequence[Row]) -> None:
        for row in rows:
            line = {name: _json_cell(row[name]) for name in names}
            to.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    yield add


@contextmanager
def _parquet(table: Table, to: IO[bytes]) -> Iterator[Add]:
    """Parquet with types, and with title, version and each column's meaning in its metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [
            pa.field(
                column.name, _arrow_types()[column.kind], nullable=column.may_be_empty,
                metadata={"meaning": column.meaning},
            )
            for column in table.columns
        ],
        metadata={"title": table.title, "version": VERSION},
    )  # fmt: skip
    with pq.ParquetWriter(to, schema, compression="zstd") as writer:

        def add(rows: Sequence[Row]) -> None:
            columns = [[_typed_cell(row[column.name]) for row in rows] for column in table.columns]
            arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=ROWS_AT_ONCE)

        yield add


_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
FORMATS: Final = {
    one.ending: one
    for one in (
        Format(
            ending="csv", title="CSV", media_type="text/csv; charset=utf-8",
            file_type=f"{_TYPES}CSV", begun=_csv,
        ),
        Format(
            ending="jsonl", title="JSON Lines", media_type="application/jsonl",
            file_type=f"{_TYPES}JSON", begun=_json_lines,
        ),
        Format(
            ending="parquet", title="Parquet", media_type="application/vnd.apache.parquet",
            file_type=f"{_TYPES}PARQUET", begun=_parquet,
        ),
    )
}  # fmt: skip


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula: an apostrophe goes before one that looks so."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)  # the writer quotes a line feed inside a cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(_json_cell(cell))


def _json_cell(cell: Cell) -> str | int | None:
    if isinstance(cell, datetime):
        return moment_text(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _typed_cell(cell: Cell) -> Cell:
    return None if cell == "" else cell


def _arrow_types() -> dict[Kind, object]:
    import pyarrow as pa

    return {
        Kind.TEXT: pa.string(),
        Kind.NUMBER: pa.int64(),
        Kind.YES: pa.bool_(),
        Kind.DAY: pa.date32(),
        Kind.MOMENT: pa.timestamp("us", tz="UTC"),
    }


def _in_groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows some at a time; without any row one empty group, so that there is a file."""
    left = iter(rows)
    some = list(islice(left, ROWS_AT_ONCE))
    yield some
    while some := list(islice(left, ROWS_AT_ONCE)):
        yield some
