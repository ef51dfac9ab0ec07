"""Participant lists as clusters keep them: CSV or a workbook, columns in any order and by several names."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from touchstone.core.assessment.commitment import denied
from touchstone.core.assessment.participants import OFFICE, TYPES, Participant, ParticipantList, folded
from touchstone.core.assessment.texts import quoted
from touchstone.core.assessment.values import read_day, read_text
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.naming import nearest
from touchstone.intake.country_codes import country_of
from touchstone.intake.guards import FORM_LIMIT, guarded
from touchstone.intake.participant_words import COLUMN_OF, COLUMNS, KINDS, REQUIRED, TYPE_OF
from touchstone.intake.tables import Row, Table, read_table
from touchstone.intake.workbooks import is_workbook

T = TypeVar("T")

FAULTS_LIMIT = 100  # with more, the file is another one than was meant
_LONGEST_NAME = 300
_LONGEST_PLACE = 300  # an address and more; each part of it is looked up
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls")


def read_participants(path: Path) -> ParticipantList:
    """The participants in a file. Raises Unusable with every faulty row by its line."""
    raw = guarded(path, limit_bytes=FORM_LIMIT)
    if path.suffix.lower() in _WORKBOOK_NAMES and not is_workbook(raw):
        raise Unusable(
            str(path), Fault("", "This is not a workbook, whatever its name says.", "Save it as .xlsx.")
        )
    return participants_in(raw, file=str(path))


def participants_in(raw: bytes, *, file: str) -> ParticipantList:
    """The same for a content; `file` is the name that faults are told under."""
    table = read_table(raw, file=file)
    columns = _columns(table, file)
    faults: list[Fault] = []
    participants = tuple(_each(table, columns, faults))
    if not table.rows:
        faults.append(Fault("", "There is no participant in the list.", "Add a row for each participant."))
    faults += _office_faults(participants)
    if faults:
        raise Unusable(file, *faults)
    return ParticipantList(participants, notes=(*table.notes, *_unused(table, columns)))


def _columns(table: Table, file: str) -> dict[str, int]:
    """Column → where it stands. Two columns of one meaning, and a missing one, are faults."""
    found: dict[str, int] = {}
    faults = []
    for index, title in enumerate(table.header):
        column = COLUMN_OF.get(folded(title))
        if column in found:
            first = table.header[found[column]]
            problem = f"The columns {quoted(first)} and {quoted(title)} both give the {column}."
            faults.append(Fault("header", problem, "Rename or remove one."))
        elif column is not None:
            found[column] = index
    faults += [
        Fault("header", f"There is no column {quoted(column)}.", _known_columns(table))
        for column in REQUIRED
        if column not in found
    ]
    if faults:
        raise Unusable(file, *faults)
    return found


def _known_columns(table: Table) -> str:
    titles = ", ".join(quoted(title) for title in table.header[: len(COLUMNS)])
    return f"Name the columns {', '.join(COLUMNS)}; the first row reads {titles}."


def _unused(table: Table, columns: Mapping[str, int]) -> tuple[str, ...]:
    """A note for each column that nothing is read from: one of them may be a slip of the keyboard."""
    unused = [title for index, title in enumerate(table.header) if title and index not in columns.values()]
    guesses = [(title, nearest(title, (name for name in COLUMNS if name not in columns))) for title in unused]
    return tuple(
        f"The column {quoted(title)} is not used." + (f' Did you mean "{guess}"?' if guess else "")
        for title, guess in guesses
    )


def _each(table: Table, columns: Mapping[str, int], faults: list[Fault]) -> Iterator[Participant]:
    for row in table.rows:
        yield _participant(row, columns, faults)
        if len(faults) >= FAULTS_LIMIT:
            return


def _participant(row: Row, columns: Mapping[str, int], faults: list[Fault]) -> Participant:
    def take(column: str, read: Callable[[str, str], T | Fault], neutral: T) -> T:
        """What a column of this row says; a fault is noted, and then nothing was said."""
        index = columns.get(column)
        value = read("" if index is None else row.cells[index], f"{row.place} {column}")
        if isinstance(value, Fault):
            faults.append(value)
            return neutral
        return value

    participant = Participant(
        name=take("name", _name, ""),
        type=take("type", _type, "other"),
        country=take("country", _country, ""),
        place=take("place", _short, ""),
        latitude=take("latitude", _latitude, None),
        longitude=take("longitude", _longitude, None),
        joined=take("joined", _day, None),
        left=take("left", _day, None),
        evidence=take("evidence", _text, ""),
        region=take("region", _short, ""),
        postcode=take("postcode", _short, ""),
        shown=tuple(kind for column, kind in KINDS.items() if not denied(take(column, _text, ""))),
    )
    faults += _contradictions(participant, row.place)
    return participant


def _contradictions(participant: Participant, place: str) -> Iterator[Fault]:
    joined, left = participant.joined, participant.left
    if joined is not None and left is not None and left < joined:
        yield Fault(place, f"It left on {left}, before it joined on {joined}.", "Correct one of the two.")
    if (participant.latitude is None) != (participant.longitude is None):
        yield Fault(place, "One of latitude and longitude is missing.", "Give both or none.")


def _office_faults(participants: tuple[Participant, ...]) -> Iterator[Fault]:
    offices = [participant for participant in participants if participant.type == OFFICE]
    if len(offices) > 1:
        names = ", ".join(office.name for office in offices[:3])
        yield Fault("", f"There are {len(offices)} rows of type office ({names}).", "Keep one.")
    for office in offices[:1]:
        if office.position is None and not office.place:
            remedy = "Give its place and country, or its latitude and longitude."
            yield Fault("", "The row of type office has neither place nor coordinates.", remedy)


def _text(cell: str, place: str) -> str | Fault:
    return read_text(cell, place)


def _short(cell: str, place: str) -> str | Fault:
    return read_text(cell, place, _LONGEST_PLACE)


def _name(cell: str, place: str) -> str | Fault:
    if not cell:
        return Fault(place, "The name is empty.", "Write the name of the participant, or remove the row.")
    return read_text(cell, place, _LONGEST_NAME)


def _type(cell: str, place: str) -> str | Fault:
    type = TYPE_OF.get(folded(cell))
    if type is not None:
        return type
    close = nearest(cell[:60], TYPE_OF)
    remedy = f'Did you mean "{close}"?' if close else f"Write one of: {', '.join(TYPES)}."
    return Fault(place, f"{quoted(cell)} is not a type of participant.", remedy)


def _country(cell: str, place: str) -> str | Fault:
    code = country_of(cell) if cell else ""
    if code is None:
        return Fault(
            place, f"{quoted(cell)} is not a country.", "Write its ISO code of two letters, such as LT."
        )
    return code


def _latitude(cell: str, place: str) -> float | Fault | None:
    return _degrees(cell, place, 90)


def _longitude(cell: str, place: str) -> float | Fault | None:
    return _degrees(cell, place, 180)


def _degrees(cell: str, place: str, most: float) -> float | Fault | None:
    if not cell:
        return None
    try:
        degrees = float(cell.replace(",", ".", 1))  # 54,68 can only be meant as 54.68
    except ValueError:
        return Fault(place, f"{quoted(cell)} is not a number of degrees.", "Write it such as 54.687.")
    if not -most <= degrees <= most:
        return Fault(place, f"{quoted(cell)} is out of range.", f"Write degrees from -{most:g} to {most:g}.")
    return degrees


def _day(cell: str, place: str) -> date | Fault | None:
    return read_day(cell, place) if cell else None
