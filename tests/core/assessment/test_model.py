from dataclasses import replace
from datetime import date

from factories.assessments import assessment_of
from touchstone.core.assessment.model import Answer, AnswerState


def test_the_verified_value_is_the_one_to_reckon_with() -> None:
    assert Answer(state=AnswerState.ANSWERED, declared=40, verified=38).value == 38


def test_a_verified_no_counts_although_it_is_false() -> None:
    assert Answer(state=AnswerState.ANSWERED, declared=True, verified=False).value is False


def test_the_declared_value_counts_where_none_was_verified() -> None:
    assert Answer(state=AnswerState.ANSWERED, declared=40).value == 40


def test_values_are_those_of_the_answers_that_carry_one() -> None:
    assessment = assessment_of(A6_total=0, A2_form="company")
    assert assessment.values() == {"A6.total": 0, "A2.form": "company"}


def test_an_unknown_answer_has_no_value() -> None:
    assert Answer(state=AnswerState.UNKNOWN, reason="no log").value is None


CARRIED = Answer(state=AnswerState.ANSWERED, declared=40, verified=38, carried_from=date(2024, 10, 12))


def test_a_carried_answer_is_said_and_does_not_count_until_it_is_confirmed() -> None:
    confirmed = replace(CARRIED, confirmed=True)
    assert [(answer.to_confirm, answer.said, answer.value) for answer in (CARRIED, confirmed)] == [
        (True, 38, None),
        (False, 38, 38),
    ]


def test_an_answer_of_this_case_needs_no_confirming() -> None:
    assert Answer(state=AnswerState.ANSWERED, declared=40).to_confirm is False


def test_values_leave_out_what_is_still_to_be_confirmed() -> None:
    assessment = replace(assessment_of(), answers={"A6.total": CARRIED})
    assert assessment.values() == {}
