from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.workbooks import with_sheet, workbook
from touchstone.core.faults import Fault, Unusable
from touchstone.intake.spreadsheet import Broken, Cell
from touchstone.intake.tables import Row, Table, as_text, read_table


def table(text: str) -> Table:
    return read_table(text.encode(), file="list.csv")


def refusal(raw: bytes | str) -> tuple[Fault, ...]:
    with pytest.raises(Unusable) as refused:
        read_table(raw.encode() if isinstance(raw, str) else raw, file="list.csv")
    assert refused.value.file == "list.csv"
    return refused.value.faults


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_that_the_header_uses_most(separator: str) -> None:
    text = f"name{separator}type{separator}place\nAmber{separator}sme{separator}Nida\n"
    assert table(text) == Table(("name", "type", "place"), (Row("line 2", ("Amber", "sme", "Nida")),))


def test_a_line_that_names_the_separator_is_no_header() -> None:
    assert table("sep=;\nname;type\nAmber;sme\n") == Table(
        ("name", "type"), (Row("line 3", ("Amber", "sme")),)
    )


def test_a_line_that_names_a_comma_is_no_header_either() -> None:
    assert table("SEP=,\nname,type\n") == Table(("name", "type"), ())


def test_empty_rows_and_space_around_cells_are_left_out() -> None:
    assert table("\n;\n name ; type \n;\n Amber ; sme \n").rows == (Row("line 5", ("Amber", "sme")),)


def test_a_short_row_is_filled_up() -> None:
    assert table("a,b,c\n1\n").rows == (Row("line 2", ("1", "", "")),)


def test_empty_cells_past_the_header_do_no_harm() -> None:
    assert table("a,b\n1,2,,\n").rows == (Row("line 2", ("1", "2")),)


def test_a_cell_past_the_header_is_told_with_its_line() -> None:
    remedy = "Put texts that hold the separator in quotes, or name the column in the header."
    assert refusal("a,b\n1,2\nAmber, Nida, sme\n") == (
        Fault("line 3", "The row has 3 cells, the header 2.", remedy),
    )


def test_a_quoted_cell_may_hold_the_separator_and_line_ends() -> None:
    assert table('a,b\n"x, y\nz",2\n').rows == (Row("line 3", ("x, y\nz", "2")),)


def test_a_quote_that_is_not_closed_is_told_with_its_line() -> None:
    assert refusal('a,b\n"x,2\n') == (
        Fault("line 2", "The row cannot be read (unexpected end of data).", "Look at its quotes."),
    )


@pytest.mark.parametrize("text", ["", "\n\n", " ; \n"])
def test_a_file_without_a_header_holds_no_table(text: str) -> None:
    assert refusal(text) == (
        Fault("", "There is no table in it.", "Write the names of the columns in the first row."),
    )


def test_a_table_has_a_width_and_a_length_that_a_person_could_read() -> None:
    wide, long = ",".join(["a"] * 201), "a\n" * 100_002
    assert [refusal(text)[0].problem for text in (wide, long)] == [
        "The table has 201 columns.",
        "The table has more than 100000 rows.",
    ]


def test_a_page_of_windows_leaves_a_note() -> None:
    note = "The file is not UTF-8; its letters are those of Windows-1250, and so it was read."
    read = read_table("nazwa;typ\nŁódź;sme\n".encode("cp1250"), file="list.csv")
    assert (read.rows, read.notes) == ((Row("line 2", ("Łódź", "sme")),), (note,))


def test_the_first_sheet_with_a_cell_is_the_table() -> None:
    raw = workbook(
        {"Empty": [], "List": [[], ["name", "joined", 5], ["Amber", date(2026, 1, 2)], [], [None, None, 1.5]]}
    )
    assert read_table(raw, file="f") == Table(
        ("name", "joined", "5"), (Row("row 3", ("Amber", "2026-01-02", "")), Row("row 5", ("", "", "1.5")))
    )


def test_a_workbook_without_a_cell_holds_no_table() -> None:
    assert refusal(workbook({"Empty": []}))[0].problem == "There is no table in it."


def test_a_cell_far_beside_the_table_is_told() -> None:
    raw = with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD2"><v>1</v></c></row>')
    fault = Fault("row 2", "A cell is filled in column XFD.", "Delete what stands far beside the table.")
    assert refusal(raw) == (fault,)


def test_a_cell_with_an_error_is_told_with_its_row() -> None:
    raw = with_sheet('<row r="1"><c><v>1</v></c></row><row r="2"><c t="e"><v>#REF!</v></c></row>')
    assert refusal(raw) == (Fault("row 2", 'A cell holds the error "#REF!".', "Correct its formula."),)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a ", "a"),
        (5, "5"),
        (2.5, "2.5"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2) + timedelta(hours=3), "2026-01-02 03:00:00"),  # noqa: DTZ001
        (Broken("#REF!"), "#REF!"),
    ],
)
def test_a_cell_is_a_text_as_a_person_would_type_it(cell: Cell, text: str) -> None:
    assert as_text(cell) == text


def outcome(raw: bytes) -> Table | None:
    try:
        return read_table(raw, file="f")
    except Unusable:
        return None


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_table_or_unusable(raw: bytes) -> None:
    found = outcome(raw)
    assert found is None or all(len(row.cells) == len(found.header) for row in found.rows)
