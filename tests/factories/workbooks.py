"""Workbooks as people hand them in, and as attackers do."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook with these sheets of these rows."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def opened(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw))


def repacked(raw: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The archive with some parts replaced, added, or taken away (None)."""
    parts = {**unpacked(raw), **changes}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            if part is not None:
                archive.writestr(name, part)
    return content.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_sheet(xml: str, strings: str = "") -> bytes:
    """A workbook whose one sheet holds this XML between its `sheetData` tags."""
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {namespace}><sheetData>{xml}</sheetData></worksheet>"
    raw = workbook({"One": [[1]]})
    changes: dict[str, bytes | None] = {"xl/worksheets/sheet1.xml": sheet.encode()}
    if strings:
        relations = unpacked(raw)["xl/_rels/workbook.xml.rels"].decode()
        relation = (
            '<Relationship Id="rId99" Type="a/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        )
        changes["xl/_rels/workbook.xml.rels"] = relations.replace("</Relationships>", relation).encode()
        changes["xl/sharedStrings.xml"] = f"<sst {namespace}>{strings}</sst>".encode()
    return repacked(raw, changes)
