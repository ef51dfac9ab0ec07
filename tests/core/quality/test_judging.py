import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.small_scheme import CAPACITY, MEASURES, PLANNING, SIZE, condition, level, quality
from touchstone.core.assessment.model import Value
from touchstone.core.language.language import language
from touchstone.core.quality.judging import judge, judge_criterion
from touchstone.core.quality.model import CriterionResult, Judgement
from touchstone.core.scheme.model import Certainty, Condition, Criterion, Light, Origin

ENGLISH = language("en")
BY_ID = {measure.id: measure for measure in MEASURES}
ORIGIN = Origin(certainty=Certainty.DEFAULT)


@pytest.mark.parametrize(
    ("members", "light", "points", "gate_met"),
    [
        (14, "red", 0, False),
        (15, "red", 1, True),
        (24, "red", 1, True),
        (25, "yellow", 3, True),
        (39, "yellow", 3, True),
        (40, "green", 5, True),
        (4000, "green", 5, True),
    ],
)
def test_the_best_level_that_holds_is_taken(members: int, light: str, points: int, gate_met: bool) -> None:
    judgement = judge(SIZE, {"A1.members": members}, BY_ID, ENGLISH)
    assert (judgement.light, judgement.points, judgement.gate_met) == (light, points, gate_met)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        (10, "Members: 10 members; minimum from 15 members, yellow from 25 members, green from 40 members"),
        (18, "Members: 18 members; yellow from 25 members, green from 40 members"),
        (30, "Members: 30 members; green from 40 members"),
        (52, "Members: 52 members; green from 40 members"),
    ],
)
def test_the_reason_tells_the_own_value_and_what_better_levels_ask(members: int, reason: str) -> None:
    assert judge(SIZE, {"A1.members": members}, BY_ID, ENGLISH).reason == reason


def test_a_missing_answer_is_not_judged_and_is_named() -> None:
    assert judge(SIZE, {}, BY_ID, ENGLISH) == Judgement(
        quality="1.1",
        light="not_assessed",
        points=None,
        gate=True,
        gate_met=None,
        reason="No answer to: Members",
        missing=("A1.members",),
    )


def test_a_level_is_not_assumed_while_a_better_one_hangs_on_a_missing_answer() -> None:
    judgement = judge(CAPACITY, {"B1.load": 30.0, "B1.staff": 2.0}, BY_ID, ENGLISH)
    assert (judgement.light, judgement.missing) == ("not_assessed", ("B1.deputy",))
    assert judgement.reason == "No answer to: Deputy"


def test_a_missing_answer_that_cannot_change_the_level_does_not_stop_the_judgement() -> None:
    judgement = judge(CAPACITY, {"B1.load": 60.0, "B1.staff": 2.0}, BY_ID, ENGLISH)
    assert (judgement.light, judgement.points) == ("yellow", 3)
    assert judgement.reason == "Members per FTE: 60; green at most 40. Deputy: no answer; green yes"


def test_only_the_measures_that_decide_are_named_as_missing() -> None:
    judgement = judge(CAPACITY, {"B1.staff": 1.0}, BY_ID, ENGLISH)
    assert judgement.missing == ("B1.load",)


def test_several_measures_are_told_each_with_what_it_lacks() -> None:
    judgement = judge(CAPACITY, {"B1.load": 100.0, "B1.staff": 1.0, "B1.deputy": False}, BY_ID, ENGLISH)
    assert (judgement.light, judgement.points, judgement.gate_met) == ("red", 1, None)
    assert judgement.reason == (
        "Members per FTE: 100; yellow at most 80, green at most 40. "
        "Staff: 1 FTE; green from 1.5 FTE. Deputy: no; green yes"
    )


def test_a_step_between_two_levels_of_one_light_is_told_by_its_points() -> None:
    judgement = judge(CAPACITY, {"B1.load": 30.0, "B1.staff": 0.2, "B1.deputy": True}, BY_ID, ENGLISH)
    assert judgement.reason == "Staff: 0.2 FTE; 1 point from 0.5 FTE, green from 1.5 FTE"
    steps = quality(
        "1.3",
        level(Light.RED, 2, condition("A1.members", "at_least", 9)),
        level(Light.RED, 1),
    )
    assert (
        judge(steps, {"A1.members": 8}, BY_ID, ENGLISH).reason
        == "Members: 8 members; 2 points from 9 members"
    )


def test_what_two_levels_ask_alike_is_told_once_for_the_nearer() -> None:
    twice = quality(
        "1.3",
        level(Light.GREEN, 5, condition("B1.deputy", "equals", True), condition("A1.members", "at_least", 9)),
        level(Light.YELLOW, 3, condition("B1.deputy", "equals", True)),
        level(Light.RED, 0),
    )
    judgement = judge(twice, {"B1.deputy": False, "A1.members": 9}, BY_ID, ENGLISH)
    assert judgement.reason == "Deputy: no; yellow yes"
    assert judgement.unmet == (condition("B1.deputy", "equals", True),) * 2


def test_a_worded_answer_at_the_best_level_is_not_told_twice() -> None:
    assert judge(PLANNING, {"B2.plan": 2}, BY_ID, ENGLISH).reason == "Plan: 2 (complete)"
    green = judge(CAPACITY, {"B1.load": 30.0, "B1.staff": 2.0, "B1.deputy": True}, BY_ID, ENGLISH)
    assert (
        green.reason == "Members per FTE: 30; green at most 40. Staff: 2 FTE; green from 1.5 FTE. Deputy: yes"
    )


def test_an_indicator_with_one_level_is_told_by_its_text() -> None:
    assert judge(quality("1.3", level(Light.GREEN, 5)), {}, BY_ID, ENGLISH).reason == "green at 5"


def test_unmet_conditions_start_with_the_nearest_level() -> None:
    judgement = judge(PLANNING, {"B2.plan": 0}, BY_ID, ENGLISH)
    assert judgement.unmet == (condition("B2.plan", "at_least", 1), condition("B2.plan", "at_least", 2))
    assert judge(PLANNING, {"B2.plan": 2}, BY_ID, ENGLISH).unmet == ()


ANSWERS: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "B1.load": st.floats(0, 200),
        "B1.staff": st.floats(0, 10),
        "B1.deputy": st.booleans(),
    },
)


@given(ANSWERS, ANSWERS)
def test_what_is_judged_stays_whatever_is_answered_later(
    first: dict[str, Value], later: dict[str, Value]
) -> None:
    before = judge(CAPACITY, first, BY_ID, ENGLISH)
    after = judge(CAPACITY, {**later, **first}, BY_ID, ENGLISH)
    assert before.light == "not_assessed" or (after.light, after.points) == (before.light, before.points)


@given(ANSWERS)
def test_an_indicator_is_either_judged_or_says_what_is_missing(values: dict[str, Value]) -> None:
    judgement = judge(CAPACITY, values, BY_ID, ENGLISH)
    assert (judgement.light == "not_assessed") == (judgement.points is None) == bool(judgement.missing)
    assert not set(judgement.missing) & set(values)


def _criterion(*when: Condition) -> Criterion:
    return Criterion(id="size", text="Is large enough.", when=when, origin=ORIGIN)


@pytest.mark.parametrize(
    ("values", "met", "reason"),
    [
        ({"A1.members": 15}, True, "Members: 15 members; asked: from 15 members"),
        ({"A1.members": 14}, False, "Members: 14 members; asked: from 15 members"),
        ({}, None, "Members: no answer; asked: from 15 members"),
    ],
)
def test_a_criterion_is_met_not_met_or_unknown(
    values: dict[str, Value], met: bool | None, reason: str
) -> None:
    criterion = _criterion(condition("A1.members", "at_least", 15))
    assert judge_criterion(criterion, values, BY_ID, ENGLISH) == CriterionResult(
        criterion="size", met=met, reason=reason
    )


@pytest.mark.parametrize(("deputy", "reason"), [(True, "Deputy: yes"), (False, "Deputy: no; asked: yes")])
def test_what_was_asked_is_not_repeated_where_the_answer_says_it(deputy: bool, reason: str) -> None:
    criterion = _criterion(condition("B1.deputy", "equals", True))
    assert judge_criterion(criterion, {"B1.deputy": deputy}, BY_ID, ENGLISH).reason == reason


def test_a_criterion_that_no_answer_decides_is_unknown_and_never_met() -> None:
    assert judge_criterion(_criterion(), {}, BY_ID, ENGLISH) == CriterionResult(
        criterion="size", met=None, reason="To be checked by the secretariat"
    )
