"""Workbooks (.xlsx) that somebody hands in: a ZIP archive of XML, unpacked only as far as it may go."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from touchstone.core.faults import Fault, Unusable
from touchstone.intake.guards import MEGABYTE
from touchstone.intake.spreadsheet import (
    Book,
    Cells,
    DamagedError,
    Formats,
    Part,
    Relations,
    Rows,
    Strings,
    Styles,
    part_of,
)

# A questionnaire unpacks to one megabyte, a list of five thousand participants to five.
UNPACKED_LIMIT = 50 * MEGABYTE
# Sheets of a spreadsheet program shrink to a tenth, drawn-out ones to a fiftieth; bombs to a thousandth.
RATIO_LIMIT = 200
RATIO_FROM = MEGABYTE  # below, a high ratio does no harm
PARTS_LIMIT = 1_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two that the format allows


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, hidden or not."""

    name: str
    rows: Rows


def is_workbook(raw: bytes) -> bool:
    """Whether a content looks like a workbook, of the old kind too."""
    return raw.startswith((_OLE, b"PK"))


def read_sheets(raw: bytes, *, file: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook in their order. Unusable where it is protected, damaged or too large."""
    _refuse_other_kinds(raw, file)
    parts = _unpacked(raw, file)
    try:
        return _sheets(parts)
    except DamagedError as error:
        raise _damaged(file) from error


def _refuse_other_kinds(raw: bytes, file: str) -> None:
    if raw.startswith(_OLE) and _ENCRYPTED in raw:
        remedy = "Open it, remove the password (File, Info, Protect Workbook) and save it."
        raise Unusable(file, Fault("", "The workbook is protected with a password.", remedy))
    if raw.startswith(_OLE):
        raise Unusable(file, Fault("", "This is a workbook of the old kind (.xls).", "Save it as .xlsx."))
    if not raw.startswith(b"PK"):
        raise Unusable(
            file, Fault("", "This is not a workbook, whatever its name says.", "Save it as .xlsx.")
        )


def _unpacked(raw: bytes, file: str) -> dict[str, bytes]:
    """The XML parts of an archive by name, each checked before and while it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            _check_declared(members, file)
            wanted = [member for member in members if member.filename.endswith((".xml", ".rels"))]
            return {member.filename: _content(archive, member) for member in wanted}
    except Unusable:
        raise
    except Exception as error:  # a broken archive breaks in many ways
        raise _damaged(file) from error


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What a member holds, and never more than it declares: read without a size it would unpack first."""
    with archive.open(member) as part:
        return part.read(member.file_size + 1)


def _check_declared(members: list[zipfile.ZipInfo], file: str) -> None:
    if len(members) > PARTS_LIMIT or len({member.filename for member in members}) < len(members):
        raise _damaged(file)
    if any(member.flag_bits & 1 for member in members):
        raise Unusable(file, Fault("", "The archive is encrypted.", "Save the workbook without a password."))
    if any(member.compress_type not in _PACKED for member in members):
        raise _damaged(file)
    if any(map(_blown_up, members)) or sum(member.file_size for member in members) > UNPACKED_LIMIT:
        problem = (
            f"The workbook unpacks to far more than it should; the limit is {UNPACKED_LIMIT // MEGABYTE} MB."
        )
        raise Unusable(file, Fault("", problem, "Copy what is needed into a new workbook."))


def _blown_up(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(RATIO_FROM, RATIO_LIMIT * member.compress_size)


def _damaged(file: str) -> Unusable:
    remedy = "Open it in a spreadsheet program and save it again as .xlsx."
    return Unusable(file, Fault("", "The workbook is damaged.", remedy))


def _sheets(parts: Mapping[str, bytes]) -> tuple[Sheet, ...]:
    book, relations = Book(), Relations()
    _follow(book, "xl/workbook.xml", parts)
    _follow(relations, "xl/_rels/workbook.xml.rels", parts)
    texts, formats = _texts(relations, parts), _formats(relations, parts)
    sheets = []
    for name, relation in book.sheets:
        kind, part = relations.targets.get(relation, ("", ""))
        if kind == "worksheet":  # a sheet may also be a chart
            cells = Cells(texts=texts, formats=formats, first_day=book.first_day)
            _follow(cells, part, parts)
            sheets.append(Sheet(name, cells.rows))
    return tuple(sheets)


def _texts(relations: Relations, parts: Mapping[str, bytes]) -> list[str]:
    strings = Strings()
    part = part_of("sharedStrings", relations.targets)
    if part:
        _follow(strings, part, parts)
    return strings.texts


def _formats(relations: Relations, parts: Mapping[str, bytes]) -> Formats:
    styles = Styles()
    part = part_of("styles", relations.targets)
    if part:
        _follow(styles, part, parts)
    return styles.formats


def _follow(reader: Part, name: str, parts: Mapping[str, bytes]) -> None:
    if name not in parts:
        raise DamagedError
    reader.read(parts[name])
