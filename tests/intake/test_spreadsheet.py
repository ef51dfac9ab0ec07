import zipfile
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.workbooks import saved, with_sheet, workbook
from touchstone.intake.spreadsheet import (
    Book,
    Broken,
    Cell,
    Cells,
    DamagedError,
    Formats,
    Part,
    Relations,
    Strings,
    Styles,
    column_letters,
    part_of,
)
from touchstone.intake.workbooks import read_sheets

AFTERNOON = datetime(2026, 10, 12, 14, 30)  # noqa: DTZ001  (a workbook knows no time zones)


def cells(xml: str, strings: str = "") -> dict[int, dict[int, Cell]]:
    """The cells of a sheet of this XML."""
    return read_sheets(with_sheet(xml, strings), file="f")[0].rows


def part_of_cells(texts: tuple[str, ...] = (), formats: Formats | None = None) -> Cells:
    return Cells(texts=texts, formats=formats or Formats(), first_day=datetime(1899, 12, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("Łódź", "Łódź"),
        (42, 42),
        (2.5, 2.5),
        (True, True),
        (False, False),
        (date(2026, 10, 12), date(2026, 10, 12)),
        (AFTERNOON, AFTERNOON),
        ("=1/0 is no formula here", "=1/0 is no formula here"),
    ],
)
def test_a_cell_is_read_as_it_was_written(value: Cell, read: Cell) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    page = book.active
    page["B3"] = value
    page["B3"].data_type = "s" if isinstance(value, str) else page["B3"].data_type
    found = read_sheets(saved(book), file="f")[0].rows
    assert (found, type(found[3][2])) == ({3: {2: read}}, type(read))


def test_a_time_of_day_is_a_number() -> None:
    assert read_sheets(workbook({"One": [[time(12, 0)]]}), file="f")[0].rows == {1: {1: 0.5}}


def test_a_number_of_five_digit_years_is_no_day() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = 20261012
    book.active["A1"].number_format = "yyyy-mm-dd"
    assert read_sheets(saved(book), file="f")[0].rows == {1: {1: 20261012}}


@pytest.mark.parametrize(
    ("held", "code", "shown"), [(0.5, "0%", 50), (0.071, "0.0%", 7.1), (0.333, "0 %;-0 %", 33.3)]
)
def test_per_cent_is_read_as_it_is_shown(held: float, code: str, shown: float) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = held
    book.active["A1"].number_format = code
    assert read_sheets(saved(book), file="f")[0].rows == {1: {1: shown}}


@pytest.mark.parametrize("code", ['0 "days of d%"', "[Red]0.00", "General", '_-* #,##0\\ "€"_-'])
def test_other_formats_leave_a_number_as_it_is(code: str) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = 45000
    book.active["A1"].number_format = code
    assert read_sheets(saved(book), file="f")[0].rows == {1: {1: 45000}}


def test_days_may_be_counted_from_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert book.active is not None
    book.active["A1"] = date(2026, 10, 12)
    assert read_sheets(saved(book), file="f")[0].rows == {1: {1: date(2026, 10, 12)}}


def test_an_error_is_kept_as_such() -> None:
    assert cells('<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c></row>') == {1: {1: Broken("#DIV/0!")}}


def test_cells_without_a_place_follow_each_other() -> None:
    xml = '<row r="2"><c><v>1</v></c><c r="D2"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>'
    assert cells(xml) == {2: {1: 1, 4: 2, 5: 3}, 3: {1: 4}}


def test_a_cell_without_a_value_is_not_there() -> None:
    assert cells('<row r="1"><c r="A1" s="0"/><c r="XFD1"/></row>') == {}


def test_two_cells_a_million_rows_apart_take_no_room() -> None:
    xml = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert cells(xml) == {1: {1: 1}, 1048576: {16384: 2}}


def test_texts_in_place_and_texts_of_formulas_are_texts() -> None:
    xml = (
        '<row r="1"><c t="inlineStr"><is><r><t>in </t></r><r><t>runs</t></r></is></c>'
        '<c t="str"><f>A1</f><v>given_x000A_out</v></c></row>'
    )
    assert cells(xml) == {1: {1: "in runs", 2: "given\nout"}}


def test_shared_texts_have_runs_and_readings_that_are_left_out() -> None:
    strings = "<si><r><t>Ro</t></r><r><t>ma</t></r><rPh><t>reading</t></rPh></si><si/><si><t>_x0041_</t></si>"
    xml = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
    assert cells(xml, strings) == {1: {1: "Roma", 2: "", 3: "A"}}


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c t="s"><v>1</v></c></row>',
        '<row r="1"><c t="s"><v>-1</v></c></row>',
        '<row r="1"><c t="s"><v>one</v></c></row>',
        '<row r="1"><c><v>many</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A0"><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c s="x"><v>1</v></c></row>',
        "<c><v>1</v></c>",
    ],
)
def test_what_no_spreadsheet_program_writes_is_damaged(xml: str) -> None:
    part = part_of_cells(texts=("one",))
    with pytest.raises(DamagedError):
        part.read(f"<sheetData>{xml}</sheetData>".encode())


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"text",
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>',
        b"<a>&b;</a>",
        "<a>Łódź</a>".encode("cp1250"),
    ],
)
def test_a_part_is_strict_xml_in_utf_8_without_a_document_type(xml: bytes) -> None:
    with pytest.raises(DamagedError):
        Part().read(xml)


def test_an_entity_that_grows_a_billionfold_is_refused_before_it_grows() -> None:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]><a>&a9;</a>'
    with pytest.raises(DamagedError):
        Part().read(bomb.encode())


def test_a_sheet_with_more_cells_than_any_form_is_damaged() -> None:
    row = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    with pytest.raises(DamagedError):
        part_of_cells().read(f"<sheetData>{row * 501}</sheetData>".encode())


def test_sheets_are_named_by_their_relation() -> None:
    book = Book()
    book.read(b'<w xmlns:r="rel"><sheets><sheet name="A" r:id="rId1"/><sheet/></sheets></w>')
    assert book.sheets == [("A", "rId1"), ("", "")]


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("../sheet1.xml", "sheet1.xml"),
    ],
)
def test_a_relation_points_from_the_folder_of_the_workbook(target: str, part: str) -> None:
    relations = Relations()
    relations.read(f'<R><Relationship Id="rId1" Type="a/b/worksheet" Target="{target}"/></R>'.encode())
    assert relations.targets == {"rId1": ("worksheet", part)}


def test_a_part_is_found_by_its_kind() -> None:
    targets = {"rId1": ("worksheet", "xl/a.xml"), "rId2": ("styles", "xl/b.xml")}
    assert [part_of(kind, targets) for kind in ("styles", "sharedStrings")] == ["xl/b.xml", ""]


def test_only_the_styles_of_cells_count() -> None:
    styles = Styles()
    styles.read(
        b'<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        b'<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs>'
        b'<dxfs><xf numFmtId="14"/></dxfs></styleSheet>'
    )
    assert styles.formats == Formats(dates=frozenset({2}), percents=frozenset({1}))


def test_shared_texts_are_read_in_their_order() -> None:
    strings = Strings()
    strings.read(
        b"<sst count='99999999999' uniqueCount='99999999999'><si><t>a</t></si><si><t>b</t></si></sst>"
    )
    assert strings.texts == ["a", "b"]


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")]
)
def test_columns_have_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
values = st.one_of(
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**6), 10**6, places=4).map(float),  # the writer keeps fifteen digits
    st.booleans(),
    texts.filter(lambda text: text and not text.startswith("=") and "_x" not in text),
    st.dates(date(1901, 1, 1), date(9990, 1, 1)),
)


@given(st.lists(st.lists(values, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_sheet_is_read_as_the_writer_wrote_it(rows: list[list[Cell]]) -> None:
    found = read_sheets(workbook({"One": rows}), file="f")[0].rows
    assert found == {number: dict(enumerate(row, start=1)) for number, row in enumerate(rows, start=1)}


@given(st.binary())
def test_any_part_is_read_or_damaged(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(workbook({"One": [["a"]]}))) as archive:
        whole = archive.read("xl/worksheets/sheet1.xml")
    middle = len(whole) // 2
    part = part_of_cells(texts=("a",))
    try:
        part.read(whole[:middle] + content + whole[middle:])
    except DamagedError:
        part.rows.clear()
    assert len(part.rows) <= 1
