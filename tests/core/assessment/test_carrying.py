from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.assessments import INTERVIEW, answered, assessment_of, derived, measure, scale, scheme_of
from touchstone.core.assessment.carrying import Moved, carry, changes, confirmed, last_time, to_confirm
from touchstone.core.assessment.derivation import derive
from touchstone.core.assessment.model import Answer, AnswerState, Assessment, Value
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Kind

SCHEME = scheme_of(
    measure("A1.founded", Kind.YEAR),
    derived("A1.age", "years_since", "A1.founded"),
    measure("A2.form", Kind.CHOICE, options=["club", "firm"]),
    measure("A6.total", Kind.COUNT, from_participants=True),
    measure("B1.board", Kind.YES_NO),
    scale("B5.review"),
    measure("B2.fte", Kind.NUMBER),
    measure("C1.fees", Kind.SHARE),
    measure("C3.budget", Kind.MONEY),
    measure("D3.events", Kind.COUNT),
    measure("F2.story", Kind.TEXT),
)
EVERYTHING: dict[str, Value] = {
    "A1_founded": 2012, "A2_form": "club", "A6_total": 50, "B1_board": False, "B5_review": 3, "B2_fte": 2.5,
    "C1_fees": 20.0, "C3_budget": 200_000, "D3_events": 12, "F2_story": "A story.",
}  # fmt: skip
LASTING = ("A1.founded", "A2.form", "B1.board", "B5.review", "F2.story")
BEFORE = date(2024, 10, 12)


def previous(**answers: Value) -> Assessment:
    return assessment_of(BEFORE, **(answers or EVERYTHING))


def with_answer(id: str, answer: Answer) -> Assessment:
    return replace(previous(), answers={id: answer})


def carried(assessment: Assessment) -> Assessment:
    return carry(assessment, scheme=SCHEME, interviewed_on=INTERVIEW)


def test_what_lasts_is_carried_with_the_day_when_it_was_true() -> None:
    proposed = carried(previous()).answers
    assert list(proposed) == list(LASTING)
    assert {answer.carried_from for answer in proposed.values()} == {BEFORE}


def test_the_new_assessment_has_the_new_day_and_the_same_organisation() -> None:
    proposed = carried(previous())
    assert (proposed.interviewed_on, proposed.organisation, proposed.scheme) == (
        INTERVIEW,
        previous().organisation,
        "small",
    )


def test_a_carried_answer_counts_only_once_it_is_confirmed() -> None:
    proposed = carried(previous())
    assert (proposed.values(), to_confirm(proposed)) == ({}, LASTING)
    answers = {**proposed.answers, "B1.board": confirmed(proposed.answers["B1.board"])}
    after = replace(proposed, answers=answers)
    assert after.values() == {"B1.board": False}
    assert to_confirm(after) == tuple(id for id in LASTING if id != "B1.board")


def test_a_confirmed_answer_still_says_where_it_comes_from() -> None:
    answer = confirmed(carried(previous()).answers["A2.form"])
    assert (answer.carried_from, answer.value, answer.to_confirm) == (BEFORE, "club", False)


def test_nothing_is_derived_from_what_is_still_to_be_confirmed() -> None:
    assert derive(carried(previous()).values(), SCHEME, interviewed_on=INTERVIEW) == {}


def test_figures_of_the_year_are_shown_as_last_times_and_are_no_answers() -> None:
    assert last_time(previous(), SCHEME) == {
        "B2.fte": 2.5,
        "C1.fees": 20.0,
        "C3.budget": 200_000,
        "D3.events": 12,
    }


def test_last_time_shows_no_answer_that_had_no_value() -> None:
    unknown = Answer(state=AnswerState.UNKNOWN, reason="nobody counted")
    assert last_time(with_answer("D3.events", unknown), SCHEME) == {}


def test_what_an_expert_verified_is_carried_as_declared() -> None:
    seen = Answer(state=AnswerState.ANSWERED, declared=2, verified=3, note="seen", evidence=("minutes.pdf",))
    assert carried(with_answer("B5.review", seen)).answers == {
        "B5.review": Answer(
            state=AnswerState.ANSWERED,
            declared=3,
            note="seen",
            evidence=("minutes.pdf",),
            carried_from=BEFORE,
        )
    }


def test_what_does_not_apply_is_carried_with_its_reason() -> None:
    answer = Answer(state=AnswerState.NOT_APPLICABLE, reason="no board")
    assert carried(with_answer("B1.board", answer)).answers == {
        "B1.board": replace(answer, carried_from=BEFORE)
    }


@pytest.mark.parametrize(
    "answer",
    [Answer(state=AnswerState.UNKNOWN, reason="nobody knew"), Answer(note="asked twice"), Answer()],
)
def test_what_was_not_known_is_asked_anew(answer: Answer) -> None:
    assert carried(with_answer("B1.board", answer)).answers == {}


def test_what_was_never_confirmed_keeps_the_day_when_it_was_last_true() -> None:
    old = replace(answered(True), carried_from=date(2022, 5, 1))
    assert carried(with_answer("B1.board", old)).answers == {"B1.board": old}


def test_what_was_confirmed_was_true_on_the_day_of_that_interview() -> None:
    old = replace(answered(True), carried_from=date(2022, 5, 1), confirmed=True)
    assert carried(with_answer("B1.board", old)).answers["B1.board"] == replace(
        old, carried_from=BEFORE, confirmed=False
    )


def test_a_value_that_the_scheme_no_longer_allows_is_left_out() -> None:
    assert carried(with_answer("A2.form", answered("guild"))).answers == {}


def test_a_measure_that_the_scheme_no_longer_has_is_left_out() -> None:
    assert carried(with_answer("Z9.gone", answered("x"))).answers == {}


def test_an_interview_before_the_last_one_is_refused() -> None:
    with pytest.raises(Unusable) as refused:
        carry(previous(), scheme=SCHEME, interviewed_on=date(2024, 10, 11))
    assert refused.value.faults == (
        Fault(
            "interviewed_on",
            "2024-10-11 is before the last interview, on 2024-10-12.",
            "Give the day of the new interview.",
        ),
    )


def test_an_interview_on_the_same_day_can_carry() -> None:
    assert carry(previous(), scheme=SCHEME, interviewed_on=BEFORE).interviewed_on == BEFORE


def test_changes_name_what_moved_and_by_how_much() -> None:
    now = assessment_of(INTERVIEW, A1_founded=2012, A2_form="firm", D3_events=15, C1_fees=17.5, B1_board=True)
    before = previous(A1_founded=2012, A2_form="club", D3_events=12, B2_fte=2.5, C1_fees=20, B1_board=True)
    assert changes(before, now, SCHEME) == (
        Moved(measure="A1.age", before=12.0, now=14.0, difference=2.0),
        Moved(measure="A2.form", before="club", now="firm"),
        Moved(measure="B2.fte", before=2.5, now=None),
        Moved(measure="C1.fees", before=20, now=17.5, difference=-2.5),
        Moved(measure="D3.events", before=12, now=15, difference=3.0),
    )


def test_a_yes_that_became_a_no_has_no_difference() -> None:
    moved = changes(previous(B1_board=True), assessment_of(INTERVIEW, B1_board=False), SCHEME)
    assert moved == (Moved(measure="B1.board", before=True, now=False),)


def test_what_is_still_to_be_confirmed_is_missing_among_the_changes() -> None:
    moved = changes(previous(B5_review=3), carried(previous(B5_review=3)), SCHEME)
    assert moved == (Moved(measure="B5.review", before=3, now=None),)


def test_between_an_assessment_and_itself_nothing_changed() -> None:
    assert changes(previous(), previous(), SCHEME) == ()


answers = st.fixed_dictionaries(
    {},
    optional={
        "A1.founded": st.integers(1900, 2020),
        "A2.form": st.sampled_from(["club", "firm"]),
        "A6.total": st.integers(0, 500),
        "B1.board": st.booleans(),
        "B5.review": st.integers(0, 4),
        "D3.events": st.integers(0, 100),
    },
)


@given(answers)
def test_confirming_everything_gives_the_lasting_answers_back(values: dict[str, Value]) -> None:
    before = replace(previous(), answers={id: answered(value) for id, value in values.items()})
    proposed = carried(before)
    assert proposed.values() == {}
    after = replace(proposed, answers={id: confirmed(answer) for id, answer in proposed.answers.items()})
    assert after.values() == {id: value for id, value in values.items() if id in LASTING}


@given(answers)
def test_carrying_twice_without_confirming_changes_nothing(values: dict[str, Value]) -> None:
    once = carried(replace(previous(), answers={id: answered(value) for id, value in values.items()}))
    assert carry(once, scheme=SCHEME, interviewed_on=date(2028, 1, 1)).answers == once.answers


@given(answers, answers)
def test_changes_back_are_the_changes_reversed(one: dict[str, Value], other: dict[str, Value]) -> None:
    first, second = (
        replace(previous(), answers={id: answered(value) for id, value in values.items()})
        for values in (one, other)
    )
    assert changes(second, first, SCHEME) == tuple(
        Moved(
            measure=moved.measure,
            before=moved.now,
            now=moved.before,
            difference=None if moved.difference is None else -moved.difference,
        )
        for moved in changes(first, second, SCHEME)
    )
