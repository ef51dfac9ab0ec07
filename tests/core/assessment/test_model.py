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
