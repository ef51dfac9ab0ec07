"""The forms of the open data: pinned columns, the same bytes, what other readers find in them."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.output.open_data import (
    FORMATS,
    LABELS,
    REGISTER,
    ROWS_AT_ONCE,
    TABLES,
    VERSION,
    Kind,
    Row,
    Table,
    harmless,
    write,
)

MANUAL = Path(__file__).resolve().parents[2] / "docs/reference/open-data.md"
ROW: Row = {
    "on": date(2026, 11, 21), "organisation": "pl-lodz", "name": 'Klaster „Łódź”, "ICT"\nII',
    "former_names": "", "country": "PL", "portfolio": "ict", "website": "", "host": "", "level": "bronze",
    "headline": True, "status": "lapsed", "valid_from": date(2011, 2, 23), "valid_until": date(2013, 2, 23),
    "renewable_until": date(2014, 2, 23), "first_labelled_on": date(2011, 2, 23), "grant": 3, "entry": 4,
    "successors": "", "page": "https://labels.example.org/register/pl-lodz/",
}  # fmt: skip
GRANT: Row = {
    "on": date(2026, 11, 21), "number": 3, "organisation": "pl-lodz", "name": "Łódź", "country": "PL",
    "portfolio": "ict", "kind": "award", "level": "bronze", "valid_from": date(2011, 2, 23),
    "valid_until": date(2013, 2, 23), "renewable_until": None, "became": "lapsed", "renewed_by": None,
    "rule_set": "2010", "recorded": datetime(2026, 11, 21, 12, tzinfo=UTC), "derived": "valid_from",
    "origin": "", "corrected_by": "",
}  # fmt: skip


def written(table: Table, ending: str, rows: Iterable[Row]) -> bytes:
    content = io.BytesIO()
    write(table, rows, {ending: content})
    return content.getvalue()


def test_the_columns_of_the_register_are_the_promised_ones() -> None:
    assert (VERSION, [column.name for column in REGISTER.columns]) == (
        "1.0",
        [
            "on", "organisation", "name", "former_names", "country", "portfolio", "website", "host", "level",
            "headline", "status", "valid_from", "valid_until", "renewable_until", "first_labelled_on",
            "grant", "entry", "successors", "page",
        ],
    )  # fmt: skip


def test_the_columns_of_the_labels_are_the_promised_ones() -> None:
    assert [column.name for column in LABELS.columns] == [
        "on", "number", "organisation", "name", "country", "portfolio", "kind", "level", "valid_from",
        "valid_until", "renewable_until", "became", "renewed_by", "rule_set", "recorded", "derived", "origin",
        "corrected_by",
    ]  # fmt: skip


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_manual_holds_each_column_with_its_meaning(table: Table) -> None:
    section = MANUAL.read_text(encoding="utf-8").split(f"## `{table.name}`", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    wanted = [
        f"| `{one.name}` | {one.kind}{', may be empty' if one.may_be_empty else ''} | {one.meaning} |"
        for one in table.columns
    ]
    assert rows == wanted


def test_csv_is_read_back_by_another_reader() -> None:
    read = list(csv.reader(io.StringIO(written(REGISTER, "csv", [ROW]).decode(), newline="")))
    assert read == [
        [column.name for column in REGISTER.columns],
        [
            "2026-11-21", "pl-lodz", 'Klaster „Łódź”, "ICT"\nII', "", "PL", "ict", "", "", "bronze", "true",
            "lapsed", "2011-02-23", "2013-02-23", "2014-02-23", "2011-02-23", "3", "4", "",
            "https://labels.example.org/register/pl-lodz/",
        ],
    ]  # fmt: skip


def test_lines_of_csv_end_as_the_standard_has_it() -> None:
    assert written(LABELS, "csv", [GRANT]).count(b"\r\n") == 2


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "＝x"])
def test_no_cell_of_csv_begins_like_a_formula(name: str) -> None:
    row = next(
        csv.DictReader(io.StringIO(written(REGISTER, "csv", [{**ROW, "name": name}]).decode(), newline=""))
    )
    assert row["name"] == f"'{name}"


@given(st.text())
def test_a_harmless_text_begins_with_no_sign_and_ends_as_it_was(text: str) -> None:
    assert (harmless(text)[:1] in set("=+-@\t\r"), harmless(text).endswith(text)) == (False, True)


def test_a_line_of_json_holds_all_columns_in_their_order() -> None:
    line = json.loads(written(LABELS, "jsonl", [GRANT]))
    assert (list(line), line["recorded"], line["renewed_by"], line["number"], line["origin"]) == (
        [column.name for column in LABELS.columns], "2026-11-21T12:00:00.000000Z", None, 3, "",
    )  # fmt: skip


def test_parquet_holds_types_meanings_and_version() -> None:
    table = pq.read_table(io.BytesIO(written(LABELS, "parquet", [GRANT])))
    assert table.to_pylist() == [{**GRANT, "origin": None, "corrected_by": None}]
    assert (table.schema.metadata[b"version"], table.schema.field("number").metadata[b"meaning"]) == (
        b"1.0",
        b"number of the ledger entry",
    )


@pytest.mark.parametrize("rows", [0, 1, ROWS_AT_ONCE + 1])
def test_parquet_holds_as_many_rows_as_there_are(rows: int) -> None:
    content = written(REGISTER, "parquet", ({**ROW, "grant": number} for number in range(rows)))
    assert pq.read_table(io.BytesIO(content))["grant"].to_pylist() == list(range(rows))


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_rows_give_the_same_bytes(ending: str) -> None:
    assert written(REGISTER, ending, [ROW, ROW]) == written(REGISTER, ending, iter([ROW, dict(ROW)]))


def test_several_forms_at_once_are_what_each_is_alone() -> None:
    files = {ending: io.BytesIO() for ending in FORMATS}
    write(LABELS, iter([GRANT, GRANT]), files)
    assert {ending: file.getvalue() for ending, file in files.items()} == {
        ending: written(LABELS, ending, [GRANT, GRANT]) for ending in FORMATS
    }


def test_every_kind_of_column_is_in_use() -> None:
    assert {column.kind for table in TABLES.values() for column in table.columns} == set(Kind)
