from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from factories.benchmark import SIZES
from touchstone.core.benchmark.disclosure import LEVELS, levels, readable, withheld
from touchstone.core.scheme.model import Disclosure


def shown(count: int, setting: Disclosure | None = SIZES) -> str:
    return LEVELS[int(levels(np.array([count]), setting)[0])]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "none"),
        (4, "none"),
        (5, "median"),
        (9, "median"),
        (10, "quartiles"),
        (19, "quartiles"),
        (20, "full"),
        (1292, "full"),
    ],
)
def test_the_number_of_peers_decides_what_is_shown(count: int, expected: str) -> None:
    assert shown(count) == expected


@pytest.mark.parametrize("count", [0, 5, 20, 10_000])
def test_without_a_setting_nothing_is_shown(count: int) -> None:
    assert shown(count, None) == "none"


@pytest.mark.parametrize(
    "wrong",
    [
        {"median_from": 2},
        {"median_from": 0},
        {"median_from": -5},
        {"median_from": 11},
        {"quartiles_from": 4},
        {"quartiles_from": 21},
        {"full_from": 9},
        {"full_from": 20.0},
        {"median_from": True},
        {"median_from": "5"},
        {"median_from": None},
        {"difference": 0},
        {"difference": None},
        {"oldest_years": -1},
        {"oldest_years": 2.5},
        {"dominance": 0},
        {"dominance": 100.5},
        {"dominance": float("nan")},
        {"dominance": True},
        {"dominance": None},
        {"dominance": "50"},
    ],
)
def test_a_setting_that_makes_no_sense_shows_nothing(wrong: dict[str, Any]) -> None:
    setting = replace(SIZES, **wrong)
    assert readable(setting) is None
    assert shown(10_000, setting) == "none"


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"median_from": 3},
        {"full_from": 10},
        {"difference": 1},
        {"oldest_years": 0},
        {"dominance": 100},
    ],
)
def test_a_setting_that_makes_sense_is_taken_as_it_is(right: dict[str, Any]) -> None:
    setting = replace(SIZES, **right)
    assert readable(setting) == setting


@given(st.integers(0, 50), st.integers(0, 50))
def test_more_peers_never_show_less(some: int, more: int) -> None:
    low, high = levels(np.array([some, some + more]), SIZES)
    assert low <= high


Sets = NDArray[np.bool_]


@st.composite
def groups(draw: st.DrawFn) -> Sets:
    """Up to five groups of up to 14 organisations, many of them nearly alike."""
    size = draw(st.integers(1, 14))
    first = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    made = [np.array(first)]
    for _ in range(draw(st.integers(0, 4))):
        changed = draw(st.sets(st.integers(0, size - 1), max_size=4))
        like = draw(st.sampled_from(made)).copy()
        like[list(changed)] ^= True
        made.append(like)
    return np.array(made)


def apart(sets: Sets) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.count_nonzero(sets[:, None, :] != sets[None, :, :], axis=-1)
    return found


def held_back(
    sets: Sets, may_show: list[bool] | None = None, setting: Disclosure | None = SIZES
) -> list[bool]:
    found = withheld(
        np.count_nonzero(sets, axis=-1),
        apart(sets),
        may_show=np.ones(len(sets), np.bool_) if may_show is None else np.array(may_show),
        priority=np.arange(len(sets)),
        setting=setting,
    )
    return [bool(one) for one in found]


def one_by_one(sets: Sets, may_show: list[bool]) -> list[bool]:
    """The rule in plain words, to hold the fast one against."""
    let_in: list[int] = []
    order = sorted(range(len(sets)), key=lambda group: (-int(sets[group].sum()), group))
    for group in order:
        close = [other for other in let_in if 0 < int((sets[group] != sets[other]).sum()) < SIZES.difference]
        if may_show[group] and not close:
            let_in.append(group)
    return [may_show[group] and group not in let_in for group in range(len(sets))]


@given(groups(), st.data())
def test_no_two_groups_shown_differ_by_one_or_two_organisations(sets: Sets, data: st.DataObject) -> None:
    may_show = data.draw(st.lists(st.booleans(), min_size=len(sets), max_size=len(sets)))
    gone = held_back(sets, may_show)
    shown = [group for group in range(len(sets)) if may_show[group] and not gone[group]]
    differences = apart(sets)
    assert all(differences[one, other] not in (1, 2) for one in shown for other in shown)


@given(groups(), st.data())
def test_groups_come_in_from_the_largest_to_the_smallest(sets: Sets, data: st.DataObject) -> None:
    may_show = data.draw(st.lists(st.booleans(), min_size=len(sets), max_size=len(sets)))
    assert held_back(sets, may_show) == one_by_one(sets, may_show)


@given(groups())
def test_whoever_is_held_back_is_close_to_somebody_shown(sets: Sets) -> None:
    gone = held_back(sets)
    differences = apart(sets)
    for group in np.flatnonzero(gone):
        assert any(0 < differences[group, other] < 3 for other in range(len(sets)) if not gone[other])


@given(st.lists(groups(), min_size=1, max_size=4))
def test_cases_side_by_side_do_not_touch_each_other(cases: list[Sets]) -> None:
    three = [np.resize(sets, (3, sets.shape[1])) for sets in cases]
    together = withheld(
        np.array([np.count_nonzero(sets, axis=-1) for sets in three]),
        np.array([apart(sets) for sets in three]),
        may_show=np.ones((len(three), 3), np.bool_),
        priority=np.arange(3),
        setting=SIZES,
    )
    assert together.tolist() == [held_back(sets) for sets in three]


def members(*numbers: int, of: int = 20) -> NDArray[np.bool_]:
    return np.isin(np.arange(of), numbers)


def test_of_two_close_groups_the_narrower_goes() -> None:
    assert held_back(np.array([members(*range(10)), members(*range(12))])) == [True, False]


def test_equal_groups_both_stay() -> None:
    assert held_back(np.array([members(*range(10)), members(*range(10))])) == [False, False]


def test_three_organisations_apart_is_enough() -> None:
    assert held_back(np.array([members(*range(10)), members(*range(13))])) == [False, False]


def test_of_two_close_groups_of_one_size_the_later_goes() -> None:
    assert held_back(np.array([members(0, 1, 2, 3, 4), members(0, 1, 2, 3, 5)])) == [False, True]


def test_a_group_held_back_makes_no_other_one_go() -> None:
    chain = np.array([members(*range(14)), members(*range(12)), members(*range(10))])
    assert held_back(chain) == [False, True, False]


def test_a_group_too_small_to_show_makes_no_other_one_go() -> None:
    both = np.array([members(*range(6)), members(*range(4))])
    assert held_back(both, [False, True]) == [False, False]


def test_without_a_readable_setting_every_group_is_held_back() -> None:
    sets = np.array([members(*range(10)), members(*range(18))])
    assert held_back(sets, setting=None) == [True, True]
    assert held_back(sets, setting=replace(SIZES, difference=0)) == [True, True]
