from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factories.attackers import plain_quantile, tells_of_one
from factories.benchmark import ON, SIZES, TINY_SIZES, benchmark_scheme, one_organisation, population
from touchstone.core.benchmark.comparison import compare
from touchstone.core.benchmark.disclosure import FULL, MEDIAN, QUARTILES
from touchstone.core.benchmark.distribution import QUANTILES
from touchstone.core.benchmark.model import Comparison, Figure
from touchstone.core.benchmark.ranked import Bins, Grouping, bins, ladder
from touchstone.core.benchmark.tails import rests, revealing, revealing_members, without_tails
from touchstone.core.scheme.model import Disclosure

TWENTY = [float(value) for value in range(1, 21)]


def is_revealing(values: list[float], setting: Disclosure = SIZES) -> bool:
    return bool(revealing(np.sort([values]), np.array([len(values)]), setting)[0])


def look(values: list[float], setting: Disclosure = SIZES) -> Comparison:
    rows = [{"organisation": f"Peer {place}", "X1.a": value} for place, value in enumerate(values)]
    return compare(
        {"X1.a": 3.0},
        organisation=one_organisation(),
        population=population(rows),
        scheme=benchmark_scheme(setting),
        on=ON,
    )


@pytest.mark.parametrize("count", range(1, 60))
def test_tails_rest_on_the_least_and_the_greatest_up_to_twenty_values(count: int) -> None:
    """Moving the greatest value moves P95, and moving the least P5, up to 20 values and not from 21 on."""
    values = list(map(float, range(count)))
    below, above = [values[0] - 50.0, *values[1:]], [*values[:-1], values[-1] + 50.0]
    moved = {
        plain_quantile(values, 0.05) != plain_quantile(below, 0.05),
        plain_quantile(values, 0.95) != plain_quantile(above, 0.95),
    }
    assert moved == {bool(rests(np.array([count]))[0])}


def test_no_tail_rests_on_values_that_are_not_there() -> None:
    assert rests(np.array([0])).tolist() == [False]


def test_a_group_of_ordinary_values_keeps_its_tails() -> None:
    assert not is_revealing(TWENTY)


@pytest.mark.parametrize(
    ("giant", "expected"), [(189.0, False), (190.0, False), (191.0, True), (-190.0, False), (-191.0, True)]
)
def test_one_who_holds_more_than_half_of_the_sum_has_no_tail(giant: float, expected: bool) -> None:
    """The other nineteen hold 190."""
    assert is_revealing([*TWENTY[:-1], giant]) is expected


def test_the_share_that_one_may_hold_is_the_schemes() -> None:
    values = [*TWENTY[:-1], 100.0]
    assert is_revealing(values, replace(SIZES, dominance=34.0))
    assert not is_revealing(values, replace(SIZES, dominance=35.0))
    assert not is_revealing([*TWENTY[:-1], 1e12], replace(SIZES, dominance=100))


def test_a_giant_among_twenty_one_has_no_weight_in_the_tail() -> None:
    assert not is_revealing([*TWENTY, 1e6])


def test_amounts_count_whatever_their_sign() -> None:
    """Gains and losses of many do not cancel out against the loss of one."""
    assert not is_revealing([*(-1.0, 1.0) * 9, 0.0, -18.0])
    assert is_revealing([*(-1.0, 1.0) * 9, 0.0, -19.0])


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_the_size_of_the_numbers_does_not_matter(scale: float) -> None:
    assert not is_revealing([value * scale for value in TWENTY])
    assert is_revealing([*(value * scale for value in TWENTY[:-1]), 300 * scale])


@pytest.mark.parametrize("same", [0.0, 3.0, -7.5])
def test_twenty_equal_values_have_no_tails(same: float) -> None:
    assert is_revealing([same] * 20)


def test_where_the_quartiles_coincide_the_tails_are_held_back_even_where_they_differ() -> None:
    """Else holding them back would say that they do not differ."""
    assert is_revealing([1.0, 2.0, *[3.0] * 16, 4.0, 5.0])


def test_quartiles_that_differ_a_little_do_not_coincide() -> None:
    assert not is_revealing([*[3.0] * 15, *[4.0] * 5])
    assert is_revealing([*[3.0] * 16, *[4.0] * 4])


def test_whether_tails_are_held_back_for_coinciding_quartiles_is_seen_from_the_quartiles() -> None:
    one = look([*[3.0] * 16, *[4.0] * 4]).figures["X1.a"]["all"]
    other = look([3.0] * 20).figures["X1.a"]["all"]
    assert (one.shown, one.median, one.p25, one.p75) == (other.shown, other.median, other.p25, other.p75)


def test_a_comparison_shows_quartiles_where_the_tails_would_tell_of_one_peer() -> None:
    found = look([*TWENTY[:-1], 191.0])
    assert found.figures["X1.a"]["all"] == Figure(
        n=20, shown="quartiles", median=10.5, p25=5.75, p75=15.25, percentile=100 * 2.5 / 20
    )
    assert found.notes[-1] == (
        'Of "all" the tails are withheld for 1 measure, where they would tell about single peers.'
    )


def test_a_comparison_keeps_tails_that_tell_of_nobody() -> None:
    assert look([*TWENTY[:-1], 190.0]).figures["X1.a"]["all"].shown == "full"


@pytest.mark.parametrize("dominance", [None, 0, -1, 101, float("nan"), float("inf"), True, "50"])
def test_without_a_readable_share_nothing_is_shown(dominance: Any) -> None:
    found = look(TWENTY, replace(SIZES, dominance=dominance))
    assert {figure.shown for figure in found.figures["X1.a"].values()} == {"none"}
    assert found.notes == (
        "The scheme has no readable disclosure setting, so nothing of the peers is shown.",
    )


VALUES = st.one_of(st.integers(0, 4).map(float), st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False))


@given(st.lists(VALUES, min_size=1, max_size=25))
@example([0.0] * 20)
@example([*TWENTY[:-1], 190.0])
def test_the_rule_is_the_one_in_plain_words(values: list[float]) -> None:
    assert is_revealing(values) is tells_of_one(values, SIZES)


def test_only_the_highest_level_is_lowered() -> None:
    """Small groups have no tails to hold back, and without a readable setting nothing is lowered."""
    codes = np.array([MEDIAN, QUARTILES, FULL], np.uint8)
    same, counts = np.full((3, 20), 1.0), np.array([20, 20, 20])
    assert without_tails(codes, same, counts, SIZES).tolist() == [MEDIAN, QUARTILES, QUARTILES]
    assert without_tails(codes, same, counts, None).tolist() == codes.tolist()
    assert without_tails(codes[:2], same[:2], counts[:2], SIZES).tolist() == [MEDIAN, QUARTILES]


def binned(values: list[float], **grouping: Any) -> Bins:
    group = np.array(grouping.pop("group", [0] * len(values)))
    made = Grouping(group=group, groups=int(group.max(initial=0)) + 1, **grouping)
    return bins(ladder(np.array(values)), made)


@given(st.lists(st.one_of(st.none(), VALUES), min_size=6, max_size=24))
def test_everybody_left_out_in_turn_is_the_same_rule(values: list[float | None]) -> None:
    found = revealing_members(binned([np.nan if one is None else one for one in values]), TINY_SIZES)
    expected = []
    for place in range(len(values)):
        others = [one for other, one in enumerate(values) if one is not None and other != place]
        expected.append(bool(others) and tells_of_one(others, TINY_SIZES))
    size = len(values) - values.count(None)
    if TINY_SIZES.full_from <= size <= 21:
        assert found is not None
        assert found.tolist() == expected
    else:
        assert found is None


def test_who_is_no_member_leaves_nobody_out() -> None:
    """Without the giant himself nobody stands out."""
    values = [*TWENTY[:-1], 191.0, 3.0]
    found = revealing_members(binned(values, member=np.array([True] * 20 + [False])), SIZES)
    assert found is not None
    assert found.tolist() == [True] * 19 + [False, True]


def test_small_groups_beside_large_ones_are_found() -> None:
    values = [*map(float, range(30)), *[2.0] * 21, *[2.0] * 22]
    found = revealing_members(binned(values, group=[0] * 30 + [1] * 21 + [2] * 22), SIZES)
    assert found is not None
    assert found.tolist() == [False] * 30 + [True] * 21 + [False] * 22


def test_the_shares_of_the_tails_are_the_outermost() -> None:
    """What `rests` asks for P5 holds for every other quantile, because none lies further out."""
    assert (min(QUANTILES), max(QUANTILES)) == (0.05, 0.95)
