"""A filled questionnaire workbook as the document that JSON answers have, with the place of each answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from touchstone.core.assessment import form
from touchstone.core.assessment.texts import quoted
from touchstone.core.faults import Fault
from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.intake.spreadsheet import Broken, Cell
from touchstone.intake.tables import as_text
from touchstone.intake.workbooks import Sheet

# The header stands in the first row; a few may have been put above it.
_HEADER_WITHIN = 10
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_YES = (form.YES, "true", "1")
_NO = (form.NO, "false", "0")

CellsByTitle = Mapping[str, Cell]


@dataclass(slots=True)
class FilledForm:
    """The document, where each of its keys was read, and what could not be made part of it."""

    document: dict[str, object] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.at(key), problem, remedy))

    def at(self, place: str) -> str:
        """A place in the document as a place in the workbook: "A6.total note" with its sheet and row."""
        key = place.partition(" ")[0]
        return f"{self.places[key]}, {place}" if key in self.places else place


def read_form(sheets: tuple[Sheet, ...], scheme: Scheme) -> FilledForm | None:
    """What a questionnaire says; None where no sheet is one of ours."""
    filled = FilledForm()
    answers: dict[str, object] = {}
    organisation: dict[str, object] = {}
    ours = 0
    for sheet in sheets:
        for place, cells in _rows(sheet, form.FIELD, form.VALUE):
            ours += 1
            _read_field(place, cells, organisation, filled)
        for place, cells in _rows(sheet, form.ID, form.ANSWER):
            ours += 1
            _read_answer(place, cells, scheme, answers, filled)
    for key in ("scheme", "interviewed_on"):
        filled.document[key] = organisation.pop(key, None)
    filled.document |= {"organisation": organisation, "answers": answers}
    return filled if ours else None


def _rows(sheet: Sheet, *titles: str) -> Iterator[tuple[str, CellsByTitle]]:
    """The rows below the header that holds these titles, with their cells by title."""
    header = _header(sheet, titles)
    for number in sorted(sheet.rows):
        if header is not None and number > header:
            named = {as_text(title): column for column, title in sheet.rows[header].items()}
            cells = sheet.rows[number]
            filled = {title: cells[column] for title, column in named.items() if column in cells}
            yield f"sheet {quoted(sheet.name)} row {number}", filled


def _header(sheet: Sheet, titles: tuple[str, ...]) -> int | None:
    for number in sorted(sheet.rows)[:_HEADER_WITHIN]:
        if set(titles) <= {as_text(cell) for cell in sheet.rows[number].values()}:
            return number
    return None


def _read_field(place: str, cells: CellsByTitle, organisation: dict[str, object], filled: FilledForm) -> None:
    key = as_text(cells.get(form.FIELD, ""))
    value = cells.get(form.VALUE)
    in_document = key if key in ("scheme", "interviewed_on") else f"organisation.{key}"
    filled.places[in_document] = place
    if not key or value is None:
        return
    if isinstance(value, Broken):
        filled.fault(in_document, f"The cell holds the error {quoted(value.error)}.", "Correct it.")
    text = as_text(value)
    # A list offers "ict – ICT"; what is typed by hand has no dash with spaces around before an id.
    organisation[key] = text.partition(form.BETWEEN)[0] if key in ("country", "portfolio") else text


def _read_answer(
    place: str, cells: CellsByTitle, scheme: Scheme, answers: dict[str, object], filled: FilledForm
) -> None:
    id = as_text(cells.get(form.ID, ""))
    said = {title: cells[title] for title in form.TITLES[form.TITLES.index(form.ANSWER) :] if title in cells}
    if not said:
        return
    if not id:
        filled.faults.append(
            Fault(place, "There is an answer without an id.", "Move it to the row of its question.")
        )
    elif id in answers:
        filled.fault(id, f"It is answered a second time in {place}.", "Remove one of the two.")
    else:
        filled.places[id] = place
        answers[id] = _answer(id, said, scheme.measures.get(id), filled)


def _answer(id: str, said: CellsByTitle, measure: Measure | None, filled: FilledForm) -> dict[str, object]:
    """One answer as an object of the document."""
    for title, cell in said.items():
        if isinstance(cell, Broken):
            problem = f"The cell {quoted(title)} holds the error {quoted(cell.error)}."
            filled.fault(id, problem, "Correct its formula, or type the value.")
    evidence = re.split(r"[\n;]", as_text(said.get(form.EVIDENCE, "")))
    state = as_text(said.get(form.STATE, "")) or None
    answer: dict[str, object] = {
        "value": _value(said.get(form.ANSWER), measure),
        "verified": _value(said.get(form.VERIFIED), measure),
        "state": form.STATES.get(state.casefold(), state) if state else None,
        "reason": as_text(said.get(form.REASON, "")),
        "note": as_text(said.get(form.NOTE, "")),
        "evidence": [entry.strip() for entry in evidence],
    }
    return {key: part for key, part in answer.items() if part is not None}


def _value(cell: Cell | None, measure: Measure | None) -> object:
    """A cell as the value that its measure wants; what does not fit stays as it is and is told later."""
    if cell is None or measure is None or isinstance(cell, Broken):
        return None
    text = as_text(cell)
    match measure.kind:
        case Kind.YES_NO:
            return True if text.casefold() in _YES else False if text.casefold() in _NO else text
        case Kind.CHOICE:
            return form.option_of(text, measure) or text
        case Kind.SCALE:
            return _number(form.option_of(text, measure) or text)
        case Kind.TEXT:
            return text
        case _:
            return cell if isinstance(cell, int | float) else _number(text)


def _number(text: str) -> object:
    """A number that was typed as a text; other texts stay as they are."""
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)
