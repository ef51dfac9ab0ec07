import json
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from factories.assessments import answered, derived, measure, scale, scheme_of
from factories.workbooks import opened, saved
from touchstone.core.assessment.form import TITLES, asked, option_word
from touchstone.core.assessment.model import Answer, AnswerState, Organisation, Value
from touchstone.core.assessment.ranges import range_of
from touchstone.core.faults import Unusable
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.intake.answers import answers_in
from touchstone.output.questionnaire import empty_document, empty_workbook

TODAY = date(2026, 11, 21)
SCHEME = scheme_of(
    measure("A1.founded", Kind.YEAR, minimum=1900, maximum=2100),
    measure("A2.form", Kind.CHOICE, options=["association", "company"]),
    measure("A6.total", Kind.COUNT, from_participants=True, unit="participants"),
    measure("B2.fte", Kind.NUMBER),
    measure("B4.deputy", Kind.YES_NO),
    scale("B5.review"),
    measure("F2.story", Kind.TEXT),
    derived("F9.all", "sum", "A6.total"),
)
PACK = load(shipped())


def book(scheme: Scheme = SCHEME) -> openpyxl.Workbook:
    return opened(empty_workbook(scheme))


def sheet(name: str, scheme: Scheme = SCHEME) -> Worksheet:
    page = book(scheme)[name]
    assert isinstance(page, Worksheet)
    return page


def row_of(page: Worksheet, id: str) -> int:
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == id)


def column_of(title: str) -> int:
    return TITLES.index(title) + 1


def validations(page: Worksheet, row: int, title: str) -> list[Any]:
    cell = page.cell(row, column_of(title)).coordinate
    return [rule for rule in page.data_validations.dataValidation if cell in rule.sqref]


def offered(made: openpyxl.Workbook, page: Worksheet, row: int, title: str) -> list[Any]:
    """The words of a cell's drop-down."""
    (rule,) = validations(page, row, title)
    name, _, cells = rule.formula1.replace("$", "").partition("!")
    return [cell.value for (cell,) in made[name][cells]]


def test_there_is_a_sheet_for_instructions_the_organisation_and_each_area() -> None:
    assert book().sheetnames == ["Instructions", "Organisation", "A Area A", "B Area B", "F Area F", "Lists"]


def test_the_lists_are_hidden_and_nothing_is_protected() -> None:
    made = book()
    assert [page.sheet_state for page in made.worksheets][-2:] == ["visible", "hidden"]
    assert [page.protection.sheet for page in made.worksheets] == [False] * 6


def test_each_measure_that_is_asked_has_one_row() -> None:
    made = book()
    ids = [cell.value for page in made.worksheets[2:-1] for (cell,) in page.iter_rows(min_row=2, max_col=1)]
    assert [id for id in ids if id] == [one.id for one in asked(SCHEME)]


def test_a_row_says_what_is_asked_in_which_unit_and_range() -> None:
    page = sheet("A Area A")
    row = row_of(page, "A6.total")
    assert [page.cell(row, column).value for column in range(1, 6)] == [
        "A6.total", "Label of A6.total*", "participants", "whole number from 0", None,
    ]  # fmt: skip
    assert [cell.value for cell in page[1]] == list(TITLES)


def test_an_indicator_stands_above_its_measures_without_an_id() -> None:
    page = sheet("A Area A")
    assert [page.cell(2, column).value for column in (1, 2)] == [
        None,
        "A1 Indicator A1: What is A1?\nCount each once.",
    ]


def test_the_header_stays_in_sight_and_columns_are_wide_enough() -> None:
    page = sheet("A Area A")
    assert page.freeze_panes == "C2"
    spans = [(group.min, group.max, group.width) for group in page.column_dimensions.values()]
    assert (spans[0][0], spans[-1][1], min(width for _, _, width in spans) >= 14) == (1, 10, True)


@pytest.mark.parametrize(
    ("name", "id", "words"),
    [
        ("A Area A", "A2.form", ["association – ASSOCIATION", "company – COMPANY"]),
        ("B Area B", "B4.deputy", ["yes", "no"]),
        ("B Area B", "B5.review", ["0 – 0", "1 – 1", "2 – 2", "3 – 3", "4 – 4"]),
    ],
)
def test_choices_are_offered_for_the_answer_and_the_verified_value(
    name: str, id: str, words: list[str]
) -> None:
    made = book()
    page = made[name]
    row = row_of(page, id)
    assert [offered(made, page, row, title) for title in ("Answer", "Verified value")] == [words, words]


def test_states_are_offered_in_every_row() -> None:
    made = book()
    page = made["F Area F"]
    assert offered(made, page, row_of(page, "F2.story"), "State") == [
        "answered", "not applicable", "unknown", "not asked yet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "id", "type", "low", "high"),
    [
        ("A Area A", "A1.founded", "whole", "1900", "2100"),
        ("A Area A", "A6.total", "whole", "0", "1000000000000"),
        ("B Area B", "B2.fte", "decimal", "-1000000000000", "1000000000000"),
    ],
)
def test_numbers_are_held_to_their_range(name: str, id: str, type: str, low: str, high: str) -> None:
    page = sheet(name)
    (rule,) = validations(page, row_of(page, id), "Answer")
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (type, None, low, high)


def test_a_story_is_free() -> None:
    page = sheet("F Area F")
    assert validations(page, row_of(page, "F2.story"), "Answer") == []


def test_the_organisation_sheet_asks_who_it_is() -> None:
    made = book()
    page = made["Organisation"]
    assert [[cell.value for cell in row] for row in page.iter_rows(max_col=1)] == [
        ["Field"], ["scheme"], ["id"], ["name"], ["country"], ["portfolio"], ["website"], ["interviewed_on"],
    ]  # fmt: skip
    assert page["C2"].value == "small"


def test_the_notice_of_the_scheme_stands_first() -> None:
    page = sheet("Instructions")
    assert [page["A1"].value, page["A3"].value] == ["Questionnaire: Small scheme", "Made for a test."]


def test_the_same_scheme_gives_the_same_bytes() -> None:
    assert empty_workbook(SCHEME) == empty_workbook(SCHEME)


def test_no_text_of_the_pack_becomes_a_formula() -> None:
    evil = Measure(
        id="A1.x", indicator="A1", label="=1+1", kind=Kind.TEXT, origin=SCHEME.measures["A1.founded"].origin
    )
    page = sheet("A Area A", scheme_of(evil))
    assert (page["B3"].value, page["B3"].data_type) == ("=1+1", "s")


def test_the_document_has_every_measure_that_is_asked_unanswered() -> None:
    assert empty_document(SCHEME) == {
        "scheme": "small",
        "organisation": {"id": "", "name": "", "country": "", "portfolio": "", "website": ""},
        "interviewed_on": "",
        "answers": {one.id: None for one in asked(SCHEME)},
    }


@pytest.mark.parametrize("raw", [empty_workbook(PACK), json.dumps(empty_document(PACK)).encode()])
def test_an_empty_questionnaire_lacks_only_who_and_when(raw: bytes) -> None:
    with pytest.raises(Unusable) as refused:
        answers_in(raw, PACK, file="q", today=TODAY)
    places = [fault.place.rpartition(", ")[2] for fault in refused.value.faults]
    assert places == ["organisation.name", "organisation.country", "organisation.portfolio", "interviewed_on"]


def example(one: Measure) -> Value:
    """A value that a measure of the pack can hold."""
    if one.options:
        return int(one.options[-1].id) if one.kind is Kind.SCALE else one.options[-1].id
    low, _ = range_of(one) if one.kind.numeric else (0, 0)
    words: dict[Kind, Value] = {Kind.YES_NO: False, Kind.TEXT: "=We sold more; žalia", Kind.NUMBER: low + 1.5}
    return words.get(one.kind, int(low) + 1)


def typed(one: Measure) -> Value:
    """The same as a person chooses or types it."""
    if one.options:
        return option_word(one.options[-1])
    return "no" if one.kind is Kind.YES_NO else example(one)


def fill_organisation(page: Worksheet) -> None:
    values = ("ecei", "", "Žalia Banga", "LT", "ict – ICT", "www.banga.example", date(2026, 10, 12))
    for row, value in enumerate(values, start=2):
        page.cell(row, 3, value or None)


def test_what_is_filled_in_is_what_is_read() -> None:
    made = book(PACK)
    fill_organisation(made["Organisation"])
    for page in made.worksheets[2:-1]:
        for row in range(2, page.max_row + 1):
            one = PACK.measures.get(str(page.cell(row, 1).value))
            if one is not None:
                cell = page.cell(row, column_of("Answer"), typed(one))
                cell.data_type = "s" if isinstance(typed(one), str) else "n"
    read = answers_in(saved(made), PACK, file="q.xlsx", today=TODAY)
    assert read.organisation == Organisation(
        id="žalia-banga",
        name="Žalia Banga",
        country="LT",
        portfolio="ict",
        website="https://www.banga.example",
    )
    assert read.answers == {one.id: answered(example(one)) for one in asked(PACK)}


def test_all_columns_of_an_answer_are_read_back() -> None:
    made = book(PACK)
    fill_organisation(made["Organisation"])
    page = made.worksheets[2]
    for title, value in {
        "Answer": 2012,
        "Verified value": 2011,
        "Note": "statutes",
        "Evidence": "a.pdf\nb.pdf",
    }.items():
        page.cell(row_of(page, "A1.founded"), column_of(title), value)
    for title, word in {"State": "unknown", "Reason": "no list yet"}.items():
        page.cell(row_of(page, "A6.total"), column_of(title), word)
    assert answers_in(saved(made), PACK, file="q.xlsx", today=TODAY).answers == {
        "A1.founded": Answer(
            state=AnswerState.ANSWERED,
            declared=2012,
            verified=2011,
            note="statutes",
            evidence=("a.pdf", "b.pdf"),
        ),
        "A6.total": Answer(state=AnswerState.UNKNOWN, reason="no list yet"),
    }


def test_the_workbook_is_a_sound_archive_without_a_clock_in_it() -> None:
    with zipfile.ZipFile(BytesIO(empty_workbook(PACK))) as archive:
        assert archive.testzip() is None
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_name_of_a_sheet_is_one_that_spreadsheets_take() -> None:
    names = book(PACK).sheetnames
    assert [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\")] == []
    assert len({name.casefold() for name in names}) == len(names)
