import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.small_scheme import condition
from touchstone.core.quality.conditions import all_hold, every, holds, known

TRUTHS = st.lists(st.sampled_from([True, False, None]))


@pytest.mark.parametrize(
    ("test", "bound", "value", "expected"),
    [
        ("at_least", 40, 40, True),
        ("at_least", 40, 39, False),
        ("at_most", 15, 15, True),
        ("at_most", 15, 15.1, False),
        ("above", 33, 33, False),
        ("above", 33, 33.1, True),
        ("below", 6, 6, False),
        ("below", 6, 5.9, True),
        ("equals", True, True, True),
        ("equals", True, False, False),
        ("equals", "company", "company", True),
        ("equals", "company", "project", False),
        ("one_of", ("company", "chamber"), "chamber", True),
        ("one_of", ("company", "chamber"), "project", False),
    ],
)
def test_each_comparison_holds_where_it_should(
    test: str, bound: object, value: object, expected: bool
) -> None:
    assert holds(condition("A1.x", test, bound), {"A1.x": value}) is expected  # type: ignore[dict-item]  # any value


def test_a_missing_answer_leaves_a_comparison_undecided() -> None:
    assert holds(condition("A1.x", "below", 6), {}) is None


def test_a_number_that_is_none_counts_as_missing() -> None:
    assert holds(condition("A1.x", "below", 6), {"A1.x": math.nan}) is None


def test_the_rounding_of_binary_fractions_never_turns_a_threshold() -> None:
    retention = 100 - 0.07 * 100 - 1e-12
    assert retention < 93
    assert holds(condition("A1.x", "at_least", 93), {"A1.x": retention}) is True
    assert holds(condition("A1.x", "below", 93), {"A1.x": retention}) is False
    assert holds(condition("A1.x", "at_most", 0.3), {"A1.x": 0.1 + 0.2}) is True
    assert holds(condition("A1.x", "above", 0.3), {"A1.x": 0.1 + 0.2}) is False


@pytest.mark.parametrize(("value", "expected"), [(None, False), (math.nan, False), (0, True), ("", True)])
def test_zero_and_an_empty_text_are_answers(value: float | str | None, expected: bool) -> None:
    assert known(value) is expected


def test_nothing_asked_is_met() -> None:
    assert all_hold((), {}) is True


def test_one_false_part_decides_whatever_else_is_missing() -> None:
    conditions = (condition("A1.x", "at_least", 5), condition("A1.y", "at_least", 5))
    assert all_hold(conditions, {"A1.y": 4}) is False
    assert all_hold(conditions, {"A1.y": 5}) is None
    assert all_hold(conditions, {"A1.x": 5, "A1.y": 5}) is True


@given(TRUTHS)
def test_a_conjunction_is_the_least_of_its_parts(truths: list[bool | None]) -> None:
    order = {False: 0, None: 1, True: 2}
    assert order[every(truths)] == min((order[truth] for truth in truths), default=2)


@given(TRUTHS, st.sampled_from([True, False]))
def test_an_answer_that_comes_later_never_overturns_a_decided_conjunction(
    truths: list[bool | None], later: bool
) -> None:
    before = every(truths)
    after = every(later if truth is None else truth for truth in truths)
    assert before is None or after == before
