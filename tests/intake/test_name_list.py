"""Lists of names as people paste and hand them in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.workbooks import workbook
from touchstone.core.faults import Unusable
from touchstone.core.labels.names import fold
from touchstone.intake.name_list import LIMIT, LONGEST_NAME, handed_in, pasted


def test_each_line_is_a_name_and_empty_and_repeated_ones_are_told() -> None:
    read = pasted("Aviation Valley\r\n\n  Klaster   ICT \nAVIATION VALLÉY\n\t\n17")
    assert read.names == ("Aviation Valley", "Klaster ICT", "17")
    assert (read.blank, read.repeated) == (2, ("AVIATION VALLÉY",))


@pytest.mark.parametrize("text", ["", "\n\n", "  \t \n"])
def test_nothing_is_no_name(text: str) -> None:
    assert pasted(text).names == ()


def test_signs_alone_are_names_of_their_own() -> None:
    assert pasted("!!!\n???\n!!!").names == ("!!!", "???")


def test_what_does_not_print_parts_words_and_marks_of_format_go() -> None:
    assert pasted("Ama\N{SOFT HYPHEN}ber\x00Cluster\N{RIGHT-TO-LEFT OVERRIDE}").names == ("Amaber Cluster",)


def test_a_line_that_is_no_name_is_told_by_its_number() -> None:
    with pytest.raises(Unusable, match="line 2: has 10000 characters"):
        pasted("Amber\n" + "x" * 10_000)


CSV = "Name;Country\nAviation Valley;PL\nKlaster ICT;PL\n"


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (CSV.encode(), ("Aviation Valley", "Klaster ICT")),
        (CSV.replace(";", ",").encode("utf-8-sig"), ("Aviation Valley", "Klaster ICT")),
        (CSV.replace(";", "\t").encode("utf-16"), ("Aviation Valley", "Klaster ICT")),
        (b"Country,Cluster organisation\nPL,Aviation Valley\n", ("Aviation Valley",)),
        (b"Aviation Valley\nKlaster, ICT\n", ("Aviation Valley", "Klaster, ICT")),
        (b'name\n"Klaster, ICT"\n"say ""hi"""\n', ("Klaster, ICT", 'say "hi"')),
        ("Klaster Obróbki Metali\n".encode("cp1250"), ("Klaster Obróbki Metali",)),
        (b"pl-aviation-valley\n17\n", ("pl-aviation-valley", "17")),
    ],
)
def test_a_text_is_a_list_or_has_a_column_of_names(raw: bytes, names: tuple[str, ...]) -> None:
    assert handed_in(raw, file="list.csv").names == names


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["Aviation Valley"], ["Klaster ICT"], [17]], ("Aviation Valley", "Klaster ICT", "17")),
        ([["Country", "Name"], ["PL", "Aviation Valley"], ["PL", ""]], ("Aviation Valley",)),
        ([["NAZWA", "Kraj"], ["Klaster", "PL"]], ("Klaster",)),
    ],
)
def test_a_workbook_is_a_list_or_has_a_column_of_names(
    rows: list[list[object]], names: tuple[str, ...]
) -> None:
    assert handed_in(workbook({"One": rows}), file="list.xlsx").names == names


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"Aviation Valley;PL\nKlaster;PL\n", "several columns"),
        (workbook({"One": [["Aviation Valley", "PL"]]}), "several columns"),
        (b"name;name\na;b\n", "Two columns"),
        (b"", "empty"),
        (b"x" * (LIMIT + 1), "larger than"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xff\xfe\x00", "no text"),
        (b"\x81\x8d\x8f", "no text"),
    ],
)
def test_what_is_not_clear_is_asked_and_not_guessed(raw: bytes, problem: str) -> None:
    with pytest.raises(Unusable, match=problem) as refused:
        handed_in(raw, file="list.csv")
    assert refused.value.file == "list.csv"


def test_an_encoding_that_was_concluded_is_told() -> None:
    assert handed_in("Klaster Obróbki Metali Żółw".encode("cp1250"), file="x").notes == (
        "The file is not UTF-8; its letters are those of Windows-1250, and so it was read.",
    )


def test_an_empty_workbook_names_nobody() -> None:
    assert handed_in(workbook({"One": []}), file="x").names == ()


@given(st.text(max_size=300))
def test_any_text_gives_printable_names_that_differ(text: str) -> None:
    try:
        read = pasted(text)
    except Unusable:
        return
    assert all(
        name.isprintable() and name == name.strip() and len(name) <= LONGEST_NAME for name in read.names
    )
    folded = [fold(name) or name for name in read.names]
    assert len(set(folded)) == len(folded)
    assert len(read.names) + len(read.repeated) + read.blank == len(text.splitlines())
    assert pasted("\n".join(read.names)).names == read.names


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        names = handed_in(raw, file="x").names
    except Unusable as refused:
        names = (str(refused),)
    assert all(name.isprintable() for name in names)
