"""A list of organisations that somebody pastes or hands in: one name, key or number a line.

A text is a list as it stands. A table (a sheet, or a text with a header that we know) has a column of names;
where it is not clear which one that is, it is asked for and not guessed.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.names import fold
from touchstone.intake.encodings import decode
from touchstone.intake.guards import MEGABYTE, check_length
from touchstone.intake.tables import SEPARATORS, Table, as_text, read_table
from touchstone.intake.workbooks import is_workbook, read_sheets

LIMIT: Final = 2 * MEGABYTE  # five hundred names are 50 KB, in a workbook too
LONGEST_NAME: Final = 300  # characters; the register keeps 250
# What people write over a column of names, folded.
HEADERS: Final = (
    "name", "names", "organisation", "organisations", "organization", "organizations", "cluster", "clusters",
    "cluster organisation", "cluster organization", "applicant", "beneficiary", "key", "number",
    "certificate", "certificate number", "name der organisation", "organisationsname", "nazwa",
    "nazwa organizacji", "organizacja", "klaster", "pavadinimas", "organizacija", "klasteris", "nom",
    "nombre", "nome", "nimi",
)  # fmt: skip
_REMEDY = "Write “name” over the column of names, or leave only that column."


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """The names of a list in their order, each once; how many lines were empty, and which said it again."""

    names: tuple[str, ...]
    blank: int = 0
    repeated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what reading had to conclude


def pasted(text: str) -> NameList:
    """The list of a text that was typed or pasted. Unusable where a line is no name."""
    return _listed(text.splitlines())


def handed_in(raw: bytes, *, file: str) -> NameList:
    """The list of a file, by what it holds and not by what it is called. Unusable where it is none."""
    check_length(len(raw), file=file, limit_bytes=LIMIT)
    try:
        if is_workbook(raw):
            return _listed(_of_sheet(raw, file))
        decoded = decode(raw, file=file)
        notes = (decoded.note,) if decoded.note else ()
        return _listed(_of_text(decoded.text, raw, file), notes)
    except Unusable as unusable:
        raise unusable if unusable.file else Unusable(file, *unusable.faults) from None


def _of_text(text: str, raw: bytes, file: str) -> Iterable[str]:
    lines = text.strip().splitlines()
    first = lines[0] if lines else ""
    if _is_header(first):
        return map(_unquoted, lines[1:])
    if any(_is_header(cell) for separator in SEPARATORS for cell in first.split(separator)):
        return _column(read_table(raw, file=file), file)
    if "\t" in first or ";" in first:
        raise Unusable(file, Fault("", "The file has several columns, and none is called “name”.", _REMEDY))
    return map(_unquoted, lines)


def _of_sheet(raw: bytes, file: str) -> Iterable[str]:
    """The names of the first sheet that has any: below a header that we know, or its only column."""
    rows = next((sheet.rows for sheet in read_sheets(raw, file=file) if sheet.rows), {})
    first = next((rows[number] for number in sorted(rows)), {})
    if any(_is_header(as_text(cell)) for cell in first.values()):
        return _column(read_table(raw, file=file), file)
    if len({column for cells in rows.values() for column in cells}) > 1:
        raise Unusable(file, Fault("", "The sheet has several columns, and none is called “name”.", _REMEDY))
    return [as_text(cell) for number in sorted(rows) for cell in rows[number].values()]


def _column(table: Table, file: str) -> Iterator[str]:
    """The column of names; where several are such, the one that stands first in our list."""
    folded = [fold(head) for head in table.header]
    header = next(name for name in HEADERS if name in folded)
    place = folded.index(header)
    if folded.count(header) > 1:
        raise Unusable(
            file, Fault("", f"Two columns are called “{table.header[place]}”.", "Keep one of them.")
        )
    return (row.cells[place] for row in table.rows)


def _is_header(cell: str) -> bool:
    return fold(cell) in HEADERS


def _unquoted(line: str) -> str:
    """A line of a CSV with one column, without the quotes that such a program puts round it."""
    text = line.strip().rstrip(",")
    whole = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1].replace('""', '"') if whole else line


def _listed(lines: Iterable[str], notes: Sequence[str] = ()) -> NameList:
    names: dict[str, str] = {}
    blank, repeated = 0, []
    for number, line in enumerate(lines, start=1):
        name = _name(line, number)
        same = fold(name) or name
        if not name:
            blank += 1
        elif same in names:
            repeated.append(name)
        else:
            names[same] = name
    return NameList(names=tuple(names.values()), blank=blank, repeated=tuple(repeated), notes=tuple(notes))


def _name(line: str, number: int) -> str:
    """One line as a name: single spaces, nothing that does not print."""
    name = " ".join("".join(map(_printed, line)).split())
    if len(name) > LONGEST_NAME:
        problem = f"has {len(name)} characters; no name has more than {LONGEST_NAME}."
        raise Unusable("", Fault(f"line {number}", problem, "Write one name a line."))
    return name


def _printed(character: str) -> str:
    # Marks of format, such as a soft hyphen, stand inside words; what else does not print parts them.
    if character.isprintable():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "
