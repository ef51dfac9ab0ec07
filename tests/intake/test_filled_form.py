from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from factories.assessments import answered, measure, scale, scheme_of
from factories.workbooks import with_sheet, workbook
from touchstone.core.assessment.form import TITLES
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Kind
from touchstone.intake.answers import answers_in
from touchstone.intake.filled_form import read_form
from touchstone.intake.spreadsheet import Broken, Cell
from touchstone.intake.workbooks import Sheet

TODAY = date(2026, 11, 21)
SCHEME = scheme_of(
    measure("A6.total", Kind.COUNT),
    measure("A2.form", Kind.CHOICE, options=["association", "company"]),
    measure("B2.fte", Kind.NUMBER),
    measure("B4.deputy", Kind.YES_NO),
    scale("B5.review"),
    measure("F2.story", Kind.TEXT),
)
FIELDS: dict[str, Cell] = {
    "scheme": "small", "id": "", "name": "Amber", "country": "LT", "portfolio": "ict – ICT",
    "website": "www.amber.example", "interviewed_on": date(2026, 10, 12),
}  # fmt: skip

Rows = Sequence[Sequence[Any]]


def sheet(name: str, rows: Rows, start: int = 1) -> Sheet:
    """A sheet of these rows; empty texts are empty cells."""
    numbered = enumerate(rows, start=start)
    return Sheet(name, {n: {c: v for c, v in enumerate(row, start=1) if v != ""} for n, row in numbered})


def fields(**changed: Cell) -> Sheet:
    rows = [
        ["Field", "Meaning", "Value"],
        *([key, "", value] for key, value in {**FIELDS, **changed}.items()),
    ]
    return sheet("Organisation", rows)


def answer_row(id: str, **cells: Any) -> list[Any]:
    return [id, *(cells.get(title.split()[0].lower(), "") for title in TITLES[1:])]


def answers(*rows: list[Any], fields: Sheet = fields()) -> dict[str, Answer]:  # noqa: B008
    """What a questionnaire with these rows on its sheet says."""
    return dict(assessment(*rows, fields=fields).answers)


def assessment(*rows: list[Any], fields: Sheet = fields()) -> Any:  # noqa: B008
    raw = workbook(
        {s.name: [[s.rows.get(n, {}).get(c) for c in range(1, 11)] for n in range(1, max(s.rows) + 1)]
         for s in (fields, sheet("A", [TITLES, *rows]))}
    )  # fmt: skip
    return answers_in(raw, SCHEME, file="q.xlsx", today=TODAY)


def refusal(*rows: list[Any], fields: Sheet = fields()) -> tuple[Fault, ...]:  # noqa: B008
    with pytest.raises(Unusable) as refused:
        answers(*rows, fields=fields)
    assert refused.value.file == "q.xlsx"
    return refused.value.faults


@pytest.mark.parametrize(
    ("id", "cell", "value"),
    [
        ("A6.total", 42, 42),
        ("A6.total", "42", 42),
        ("B2.fte", 2.5, 2.5),
        ("B2.fte", "2.5", 2.5),
        ("A2.form", "company – COMPANY", "company"),
        ("A2.form", "Company", "company"),
        ("B4.deputy", "yes", True),
        ("B4.deputy", "No", False),
        ("B4.deputy", True, True),
        ("B4.deputy", 0, False),
        ("B5.review", 3, 3),
        ("B5.review", "3 – 3", 3),
        ("F2.story", "We sold more.", "We sold more."),
        ("F2.story", 2026, "2026"),
    ],
)
def test_a_cell_becomes_the_value_that_its_measure_wants(id: str, cell: Cell, value: object) -> None:
    assert answers(answer_row(id, answer=cell)) == {id: answered(value)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("id", "cell", "problem"),
    [
        ("A6.total", "many", '"many" is not a whole number.'),
        ("A6.total", "1,200", '"1,200" is not a whole number.'),
        ("A6.total", 2.5, "2.5 is not a whole number."),
        ("A6.total", date(2026, 1, 1), '"2026-01-01" is not a whole number.'),
        ("B2.fte", True, "true is not a number."),
        ("A2.form", "club", '"club" is not one of the options.'),
        ("B4.deputy", "maybe", '"maybe" is neither yes nor no.'),
        ("B5.review", 7, "7 is out of range."),
        ("B5.review", 2.5, "2.5 is not a step of the scale."),
        ("B5.review", "often", '"often" is not a step of the scale.'),
    ],
)
def test_a_cell_that_does_not_fit_is_told_with_sheet_and_row(id: str, cell: Cell, problem: str) -> None:
    fault = refusal(answer_row(id, answer=cell))[0]
    assert (fault.place, fault.problem) == (f'sheet "A" row 2, {id}', problem)


def test_all_that_is_said_of_an_answer_is_read() -> None:
    row = answer_row(
        "A6.total", answer=40, verified=38, note="two twice", evidence="list.pdf; fees.xlsx\nminutes"
    )
    assert answers(row) == {
        "A6.total": Answer(
            state=AnswerState.ANSWERED, declared=40, verified=38, note="two twice",
            evidence=("list.pdf", "fees.xlsx", "minutes"),
        )
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "state"), [("unknown", AnswerState.UNKNOWN), ("Not applicable", AnswerState.NOT_APPLICABLE)]
)
def test_a_state_is_chosen_by_its_word(word: str, state: AnswerState) -> None:
    assert answers(answer_row("A6.total", state=word, reason="no log")) == {
        "A6.total": Answer(state=state, reason="no log")
    }


def test_a_word_that_is_no_state_is_told() -> None:
    fault = refusal(answer_row("A6.total", state="perhaps"))[0]
    assert (fault.place, fault.problem) == (
        'sheet "A" row 2, A6.total', '"perhaps" is not the state of an answer.',
    )  # fmt: skip


def test_a_question_without_an_answer_is_not_asked_yet() -> None:
    assert answers(answer_row("A6.total"), ["B2.fte", "How many?", "FTE", "number"]) == {}


def test_a_heading_has_no_id_and_no_answer() -> None:
    assert answers(["", "A6 Size: how many", "", ""], answer_row("A6.total", answer=1)) == {
        "A6.total": answered(1)
    }


def test_an_answer_that_lost_its_id_is_told() -> None:
    assert refusal(answer_row("", answer=5)) == (
        Fault('sheet "A" row 2', "There is an answer without an id.", "Move it to the row of its question."),
    )


def test_an_unknown_id_names_the_nearest_and_its_row() -> None:
    fault = refusal(answer_row("A6.totl", answer=5))[0]
    assert str(fault) == (
        'sheet "A" row 2, A6.totl: The scheme small has no such measure. Did you mean "A6.total"?'
    )


def test_a_measure_answered_twice_is_told_with_both_rows() -> None:
    assert refusal(answer_row("A6.total", answer=5), answer_row("A6.total", answer=6)) == (
        Fault(
            'sheet "A" row 2, A6.total',
            'It is answered a second time in sheet "A" row 3.',
            "Remove one of the two.",
        ),
    )


def test_columns_may_stand_in_another_order_below_a_title() -> None:
    reordered = sheet("A", [["Our answers"], ["Answer", "Id"], [42, "A6.total"]], start=3)
    filled = read_form((reordered,), SCHEME)
    assert filled is not None
    assert filled.document["answers"] == {
        "A6.total": {"value": 42, "reason": "", "note": "", "evidence": [""]}
    }


def test_the_organisation_is_read_from_its_sheet() -> None:
    organisation = assessment().organisation
    assert (organisation.id, organisation.portfolio, organisation.website) == (
        "amber", "ict", "https://www.amber.example",
    )  # fmt: skip


def test_an_empty_field_is_told_with_its_row() -> None:
    assert refusal(fields=fields(name="")) == (
        Fault(
            'sheet "Organisation" row 4, organisation.name',
            "This is empty.",
            "Write the organisation's full name.",
        ),
    )


def test_a_day_with_a_time_is_no_day() -> None:
    noon = datetime(2026, 10, 12, 12)  # noqa: DTZ001
    assert refusal(fields=fields(interviewed_on=noon))[0] == Fault(
        'sheet "Organisation" row 8, interviewed_on',
        '"2026-10-12 12:00:00" is not a day.',
        "Write the year first, such as 2026-10-12.",
    )


def test_a_field_that_nobody_asked_for_is_told() -> None:
    fault = refusal(fields=fields(nam="x"))[0]
    assert (fault.place, fault.remedy) == (
        'sheet "Organisation" row 9, organisation.nam',
        'Did you mean "name"?',
    )


def test_a_workbook_of_something_else_is_no_questionnaire() -> None:
    with pytest.raises(Unusable, match="The workbook is not a questionnaire"):
        answers_in(workbook({"Prices": [["Item", "Price"], ["Pen", 1]]}), SCHEME, file="f", today=TODAY)


def test_an_error_in_a_cell_is_told_and_not_taken_for_no_answer() -> None:
    broken = sheet("A", [TITLES, answer_row("A6.total", answer=Broken("#REF!"))])
    filled = read_form((broken,), SCHEME)
    assert filled is not None
    assert filled.faults == [
        Fault(
            'sheet "A" row 2, A6.total',
            'The cell "Answer" holds the error "#REF!".',
            "Correct its formula, or type the value.",
        )
    ]


def test_an_error_in_a_field_is_told() -> None:
    filled = read_form((fields(name=Broken("#N/A")),), SCHEME)
    assert filled is not None
    assert filled.faults == [
        Fault(
            'sheet "Organisation" row 4, organisation.name', 'The cell holds the error "#N/A".', "Correct it."
        )
    ]


def test_a_fault_of_a_cell_alone_makes_the_answers_unusable() -> None:
    header = "".join(f'<c t="str"><v>{title}</v></c>' for title in ("Id", "Answer", "Field", "Value"))
    rows = [
        f'<row r="1">{header}</row>',
        *(
            f'<row><c t="str"><v></v></c><c/><c t="str"><v>{key}</v></c><c t="str"><v>{value}</v></c></row>'
            for key, value in FIELDS.items()
        ),
        '<row><c t="str"><v>A6.total</v></c><c t="e"><v>#REF!</v></c></row>',
    ]
    with pytest.raises(Unusable) as refused:
        answers_in(with_sheet("".join(rows)), SCHEME, file="f", today=TODAY)
    assert [fault.problem for fault in refused.value.faults] == ['The cell "Answer" holds the error "#REF!".']
