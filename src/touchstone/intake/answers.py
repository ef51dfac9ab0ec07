"""Answers that somebody hands in: a questionnaire workbook, or JSON."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

from touchstone.core.assessment.model import Assessment
from touchstone.core.assessment.reading import from_document
from touchstone.core.assessment.texts import quoted
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Scheme
from touchstone.intake.encodings import unicode_text
from touchstone.intake.filled_form import read_form
from touchstone.intake.guards import FORM_LIMIT, guarded
from touchstone.intake.workbooks import is_workbook, read_sheets

_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls")
# No answer needs more; a number of thousands of digits takes seconds to read.
_LONGEST_NUMBER = 40


def read_answers(path: Path, scheme: Scheme, *, today: date) -> Assessment:
    """The assessment in a file. Raises Unusable with every fault, or with why the file cannot be read."""
    name = path.suffix.lower()
    if name not in (*_WORKBOOK_NAMES, ".json"):
        problem = f"Answers are a workbook (.xlsx) or JSON (.json), and not {quoted(name or path.name)}."
        raise Unusable(str(path), Fault("", problem, "Make one with touchstone assess new."))
    raw = guarded(path, limit_bytes=FORM_LIMIT)
    if name == ".json" and is_workbook(raw):
        fault = Fault("", "This is a workbook, although its name ends in .json.", "Rename it to .xlsx.")
        raise Unusable(str(path), fault)
    if name != ".json" and not is_workbook(raw):
        fault = Fault("", "This is not a workbook, whatever its name says.", "Rename JSON answers to .json.")
        raise Unusable(str(path), fault)
    return answers_in(raw, scheme, file=str(path), today=today)


def answers_in(raw: bytes, scheme: Scheme, *, file: str, today: date) -> Assessment:
    """The same for a content; `file` is the name that faults are told under."""
    if is_workbook(raw):
        return _from_workbook(raw, scheme, file=file, today=today)
    return from_document(_document(raw, file), scheme, file=file, today=today)


def _from_workbook(raw: bytes, scheme: Scheme, *, file: str, today: date) -> Assessment:
    filled = read_form(read_sheets(raw, file=file), scheme)
    if filled is None:
        remedy = "Start from an empty one: touchstone assess new."
        raise Unusable(file, Fault("", "The workbook is not a questionnaire.", remedy))
    faults = filled.faults
    try:
        assessment = from_document(filled.document, scheme, file=file, today=today)
    except Unusable as refused:
        told = (Fault(filled.at(fault.place), fault.problem, fault.remedy) for fault in refused.faults)
        raise Unusable(file, *faults, *told) from None
    if faults:
        raise Unusable(file, *faults)
    return assessment


class _RefusedError(Exception):
    """Something that JSON allows or a parser overlooks, and that answers must not have."""


def _document(raw: bytes, file: str) -> object:
    text = unicode_text(raw)
    if text is None:
        raise Unusable(file, Fault("", "This is neither JSON in UTF-8 nor a workbook.", "Save it as UTF-8."))
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
            parse_float=_number,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise Unusable(file, Fault(place, f"This is not JSON ({error.msg}).", "Correct it there.")) from None
    except RecursionError:
        fault = Fault("", "Objects are nested too deeply.", "Answers have three levels at most.")
        raise Unusable(file, fault) from None
    except _RefusedError as refused:
        raise Unusable(file, Fault("", str(refused), "Correct it.")) from None


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        (double, _), *_ = Counter(key for key, _ in pairs).most_common(1)
        raise _RefusedError(f"The key {quoted(double)} is there twice.")
    return table


def _refuse_constant(name: str) -> object:
    raise _RefusedError(f"{name} is not a number.")


def _whole_number(text: str) -> int:
    _check_length(text)
    return int(text)


def _number(text: str) -> float:
    _check_length(text)
    return float(text)


def _check_length(text: str) -> None:
    if len(text) > _LONGEST_NUMBER:
        raise _RefusedError(f"A number has {len(text)} digits.")
