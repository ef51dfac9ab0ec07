import io
import math
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from factories.printed import HOSTILE
from touchstone.output.printable import plain
from touchstone.output.sheets import (
    LONGEST_HEAD,
    LONGEST_NAME,
    LONGEST_TEXT,
    PLAIN,
    Book,
    Cell,
    Column,
    Forms,
    written,
)

DAY = date(2026, 10, 12)


def made(
    rows: Sequence[tuple[Forms, Sequence[Cell]]], *columns: Column, name: str = "T", title: str = "T"
) -> bytes:
    book = Book(title="A book", comments="", on=DAY)
    book.table(name, title, columns, rows)
    return book.content()


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(content: bytes) -> list[list[Any]]:
    return [list(row) for row in opened(content).active.iter_rows(values_only=True)]


def columns(*titles: str) -> list[Column]:
    return [Column(title=title) for title in titles]


def test_cells_come_back_as_they_went_in_and_empty_ones_are_not_there() -> None:
    content = made(
        [
            (PLAIN, ("a", 1, 2.5, True)),
            (PLAIN, (None, None, None, False)),
            (PLAIN, ("", -3, 1e-9, None)),
            (PLAIN, ("a", 10**15, 0.1, True)),
        ],
        *columns("text", "whole", "number", "flag"),
    )
    assert cells(content) == [
        ["text", "whole", "number", "flag"],
        ["a", 1, 2.5, True],
        [None, None, None, False],
        [None, -3, 1e-9, None],
        ["a", 10**15, 0.1, True],
    ]
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert 'r="A3"' not in sheet
    assert 'r="A4"' not in sheet


NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
TEXTS = st.text(max_size=40)


@given(st.lists(st.tuples(st.none() | TEXTS, st.none() | NUMBERS, st.none() | st.booleans()), max_size=12))
def test_whatever_is_written_is_read_again(given: list[tuple[Cell, ...]]) -> None:
    content = made([(PLAIN, (1, *row)) for row in given], *columns("number", "a", "b", "c"))
    found = [list(row) for row in opened(content).active.iter_rows(min_row=2, min_col=2, values_only=True)]
    wanted = [[written(text) or None if isinstance(text, str) else None, *rest] for text, *rest in given]
    assert found == wanted


def test_a_table_has_a_name_filters_and_a_head_that_stays() -> None:
    book = Book(title="A book", comments="", on=DAY)
    book.table("Figures", "Figures", columns("a", "b", "c"), [(PLAIN, (1, 2, 3))] * 30, fixed=2)
    sheet = opened(book.content())["Figures"]
    table = sheet.tables["Figures"]
    assert (table.ref, table.autoFilter.ref, sheet.freeze_panes) == ("A1:C31", "A1:C31", "C2")
    assert [column.name for column in table.tableColumns] == ["a", "b", "c"]
    assert (sheet.dimensions, sheet.print_title_rows, sheet.page_setup.orientation) == (
        "A1:C31", "$1:$1", "landscape",
    )  # fmt: skip


def test_a_table_without_rows_has_one_to_be_filled_in() -> None:
    sheet = opened(made([], *columns("a", "b"))).active
    assert (sheet.tables["T"].ref, sheet["A2"].value) == ("A1:B2", None)


def test_a_column_has_one_number_format_or_leaves_it_to_the_row() -> None:
    content = made(
        [(Forms(own="0", figure="0.0"), (1, 2, 3)), (Forms(own="#,##0", figure="0.00"), (1, 2, 3))],
        Column(title="own", form="own"),
        Column(title="median", form="figure"),
        Column(title="share", form="0.000"),
    )
    sheet = opened(content).active
    formats = [[cell.number_format for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert formats == [["0", "0.0", "0.000"], ["#,##0", "0.00", "0.000"]]


def test_long_texts_fill_several_lines() -> None:
    sheet = opened(made([(PLAIN, ("x", "x"))], Column(title="a", form="wrap"), Column(title="b"))).active
    assert [sheet["A2"].alignment.wrap_text, sheet["B2"].alignment.wrap_text] == [True, None]


def test_choices_are_offered_and_none_is_forced() -> None:
    content = made(
        [(PLAIN, (None, None))] * 5,
        Column(title="state", choices=("open", "done"), prompt="Choose."),
        Column(title="due", form="yyyy-mm-dd", prompt="A day."),
    )
    sheet = opened(content).active
    state, due = sheet.data_validations.dataValidation
    assert (str(state.sqref), state.type, state.formula1, state.showErrorMessage) == (
        "A2:A6", "list", '"open,done"', False,
    )  # fmt: skip
    assert (str(due.sqref), due.type, due.prompt) == ("B2:B6", None, "A day.")
    assert sheet.column_dimensions["B"].width == pytest.approx(12.71, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "@SUM(A1)",
        "https://example.org",
        "mailto:a@example.org",
        "12",
        "<r><t>rich</t></r>",
        "<r></row></r>",
        "</t></si>",
        "_x0041_ is an A",
        " led and trailed ",
        HOSTILE,
    ],
)
def test_text_stays_text_and_never_becomes_markup_formula_or_link(text: str) -> None:
    sheet = opened(made([(PLAIN, (text,))], *columns(text))).active
    assert [sheet["A1"].data_type, sheet["A2"].data_type] == ["s", "s"]
    assert [cell.hyperlink for row in sheet.iter_rows() for cell in row] == [None, None]
    assert sheet["A2"].value.strip() == plain(text).strip()


def test_a_text_longer_than_a_cell_is_cut() -> None:
    assert len(cells(made([(PLAIN, ("x" * (LONGEST_TEXT + 9),))], *columns("a")))[1][0]) == LONGEST_TEXT
    rich = "<r>" + "x" * LONGEST_TEXT + "</r>"
    assert [len(written(rich)), written(rich)[:4]] == [LONGEST_TEXT, "<r>x"]
    assert len(written("<r>" + "x" * (LONGEST_TEXT - 7) + "</r>")) == LONGEST_TEXT


def test_heads_of_one_table_differ_and_none_is_empty() -> None:
    long = "y" * 400
    content = made([], *columns("Same", "same", "SAME", "", " ", long, long))
    heads = cells(content)[0]
    assert heads == [
        "Same", "same 2", "SAME 3", "-", "- 2", "y" * (LONGEST_HEAD - 5), "y" * (LONGEST_HEAD - 5) + " 2",
    ]  # fmt: skip
    table = opened(content).active.tables["T"]
    assert [column.name for column in table.tableColumns] == heads


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Money [in: EUR]/x?*\\", "Money  in  EUR  x"),
        ("'Quoted'", "Quoted"),
        ("x" * 40, "x" * LONGEST_NAME),
        ("?*", "-"),
    ],
)
def test_a_sheets_name_is_one_that_the_format_allows(title: str, name: str) -> None:
    assert opened(made([], *columns("a"), title=title)).sheetnames == [name]


def test_two_sheets_never_have_the_same_name() -> None:
    book = Book(title="", comments="", on=DAY)
    assert [book.free(title) for title in ("Notes", "NOTES", "notes", "x" * 40, "x" * 41)] == [
        "Notes", "NOTES 2", "notes 3", "x" * LONGEST_NAME, "x" * (LONGEST_NAME - 4) + " 2",
    ]  # fmt: skip


def test_pairs_are_labels_with_what_stands_beside_them() -> None:
    book = Book(title="", comments="", on=DAY)
    book.pairs("About", [("A title", ""), ("", "A sentence."), ("Country", "LT")])
    sheet = opened(book.content())["About"]
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["A title", None], [None, "A sentence."], ["Country", "LT"],
    ]  # fmt: skip
    assert sheet.dimensions == "A1:B3"


def test_the_same_tables_give_the_same_bytes_with_their_own_day() -> None:
    rows = [(PLAIN, ("a", 1.5))] * 3
    assert made(rows, *columns("a", "b")) == made(rows, *columns("a", "b"))
    assert opened(made(rows, *columns("a", "b"))).properties.created == datetime(2026, 10, 12)  # noqa: DTZ001


def test_what_the_file_says_of_itself_is_only_text_too() -> None:
    book = Book(title=HOSTILE * 3, comments=HOSTILE, on=DAY)
    book.table("T", "T", columns("a"), [])
    properties = opened(book.content()).properties
    assert properties.title == plain(HOSTILE * 3)[:255]
    assert properties.description == plain(HOSTILE)


def test_numbers_keep_all_their_digits() -> None:
    value = 41.666666666666664
    assert math.isclose(cells(made([(PLAIN, (value,))], *columns("a")))[1][0], value, rel_tol=0)
