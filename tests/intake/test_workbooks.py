import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.workbooks import OLE, repacked, saved, unpacked, with_sheet, workbook
from touchstone.core.faults import Fault, Unusable
from touchstone.intake.workbooks import Sheet, is_workbook, read_sheets

DAMAGED = Fault(
    "", "The workbook is damaged.", "Open it in a spreadsheet program and save it again as .xlsx."
)
SMALL = workbook({"One": [["a"]]})


def refusal(raw: bytes) -> Fault:
    with pytest.raises(Unusable) as refused:
        read_sheets(raw, file="list.xlsx")
    assert refused.value.file == "list.xlsx"
    return refused.value.faults[0]


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return content.getvalue()


def test_sheets_come_in_their_order_with_their_names() -> None:
    raw = workbook({"Zwei": [["a"]], "One": [], "Hidden": [[1]]})
    assert read_sheets(raw, file="f") == (
        Sheet("Zwei", {1: {1: "a"}}), Sheet("One", {}), Sheet("Hidden", {1: {1: 1}}),
    )  # fmt: skip


def test_a_sheet_that_is_a_chart_is_left_out() -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart").add_chart(openpyxl.chart.BarChart())
    assert [sheet.name for sheet in read_sheets(saved(book), file="f")] == ["Sheet"]


def test_a_workbook_without_styles_has_numbers_only() -> None:
    relations = unpacked(SMALL)["xl/_rels/workbook.xml.rels"].replace(b"/styles", b"/nothing")
    raw = repacked(with_sheet("<row><c><v>1</v></c></row>"), {"xl/_rels/workbook.xml.rels": relations})
    assert read_sheets(raw, file="f") == (Sheet("One", {1: {1: 1}}),)


@pytest.mark.parametrize(("raw", "is_one"), [(SMALL, True), (OLE, True), (b"{}", False), (b"", False)])
def test_a_workbook_is_known_by_its_first_bytes(raw: bytes, is_one: bool) -> None:
    assert is_workbook(raw) is is_one


def test_a_password_is_told_with_the_way_to_remove_it() -> None:
    raw = OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    remedy = "Open it, remove the password (File, Info, Protect Workbook) and save it."
    assert refusal(raw) == Fault("", "The workbook is protected with a password.", remedy)


def test_a_workbook_of_the_old_kind_is_told() -> None:
    assert refusal(OLE + b"\0" * 512).problem == "This is a workbook of the old kind (.xls)."


def test_what_is_no_archive_is_no_workbook() -> None:
    assert refusal(b"name;type\n").problem == "This is not a workbook, whatever its name says."


def test_a_bomb_is_refused_by_its_ratio() -> None:
    raw = repacked(SMALL, {"xl/worksheets/sheet1.xml": b" " * 20_000_000})
    assert (len(raw) < 50_000, refusal(raw).problem) == (
        True, "The workbook unpacks to far more than it should; the limit is 50 MB.",
    )  # fmt: skip


def test_a_bomb_of_many_parts_is_refused_by_their_sum() -> None:
    noise = bytes(range(256)) * 3_000
    parts = {f"xl/media/image{n}.png": zlib.compress(noise, 0) for n in range(70)}
    assert refusal(repacked(SMALL, parts)).problem.startswith("The workbook unpacks to far more")


def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says() -> None:
    name = b"xl/worksheets/sheet1.xml"
    raw = bytearray(repacked(SMALL, {name.decode(): b" " * 2_000_000}))
    honest, lie = struct.pack("<L", 2_000_000), struct.pack("<L", 1_000)
    assert raw.count(honest) == 2
    assert refusal(bytes(raw.replace(honest, lie))) == DAMAGED


def test_an_archive_of_a_thousand_parts_is_damaged() -> None:
    assert refusal(repacked(SMALL, {f"part{n}.xml": b"<a/>" for n in range(1_000)})) == DAMAGED


def test_two_parts_of_one_name_are_damaged() -> None:
    content = io.BytesIO(SMALL)
    with zipfile.ZipFile(content, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("xl/workbook.xml", b"<a/>")
    assert refusal(content.getvalue()) == DAMAGED


def test_an_encrypted_archive_is_told() -> None:
    raw = bytearray(SMALL)
    with zipfile.ZipFile(io.BytesIO(SMALL)) as made:
        start = made.start_dir
    raw[start + 8] |= 1
    assert refusal(bytes(raw)).problem == "The archive is encrypted."


def test_a_way_of_packing_that_workbooks_do_not_use_is_damaged() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("xl/workbook.xml", b"<a/>")
    assert refusal(content.getvalue()) == DAMAGED


@pytest.mark.parametrize("raw", [b"PK", b"PK\x05\x06" + b"\0" * 18, SMALL[:-30], SMALL[: len(SMALL) // 2]])
def test_a_broken_archive_is_damaged(raw: bytes) -> None:
    assert refusal(raw) == DAMAGED


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
def test_a_workbook_without_a_part_is_damaged(part: str) -> None:
    assert refusal(repacked(SMALL, {part: None})) == DAMAGED


def test_an_archive_of_something_else_is_damaged() -> None:
    assert refusal(archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")) == DAMAGED


def test_an_entity_in_a_sheet_is_not_resolved() -> None:
    sheet = (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet><c><v>&x;</v></c></worksheet>'
    )
    assert refusal(repacked(SMALL, {"xl/worksheets/sheet1.xml": sheet})) == DAMAGED


def outcome(raw: bytes) -> tuple[Sheet, ...] | Fault:
    try:
        return read_sheets(raw, file="f")
    except Unusable as refused:
        return refused.faults[0]


@given(st.sampled_from([b"PK", b"PK\x03\x04", OLE, b""]), st.binary())
def test_any_bytes_are_unusable(start: bytes, rest: bytes) -> None:
    assert isinstance(outcome(start + rest), Fault)


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255))
def test_one_flipped_byte_is_read_over_or_unusable(place: int, byte: int) -> None:
    raw = bytearray(SMALL)
    raw[place] = byte
    assert isinstance(outcome(bytes(raw)), Fault | tuple)


PARTS = unpacked(SMALL)


@given(st.sampled_from(sorted(PARTS)), st.data())
def test_a_part_with_something_else_in_it_is_read_over_or_unusable(name: str, data: st.DataObject) -> None:
    part = PARTS[name]
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, len(part)))
    other = data.draw(
        st.sampled_from([b"", b"-1", b"99999999999999999999", b"<c>", b"NaN", b"1e999", b"\xff"])
    )
    assert isinstance(outcome(repacked(SMALL, {name: part[:start] + other + part[end:]})), Fault | tuple)
