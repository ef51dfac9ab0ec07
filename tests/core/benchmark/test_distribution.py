import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from touchstone.core.benchmark.distribution import (
    QUANTILES,
    ascending,
    between,
    bracket,
    mid_rank,
    percentiles,
    quantiles,
)
from touchstone.core.benchmark.model import Floats

VALUES = st.one_of(st.just(np.nan), st.integers(-3, 3).map(float), st.floats(-1e100, 1e100))
BLOCKS = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 4), st.integers(0, 30)), elements=VALUES, fill=st.nothing()
)


def figures(block: Floats) -> Floats:
    return quantiles(*ascending(block), QUANTILES)


def with_value(row: Floats) -> Floats:
    return row[~np.isnan(row)]


@given(BLOCKS)
def test_quantiles_equal_those_of_numpy_to_the_last_bit(block: Floats) -> None:
    found = figures(block)
    for row, line in enumerate(block):
        answered = with_value(line)
        expected = np.quantile(answered, QUANTILES) if len(answered) else np.full(5, np.nan)
        np.testing.assert_array_equal(found[:, row], expected)


@given(BLOCKS, st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_any_quantile_equals_that_of_numpy(block: Floats, shares: list[float]) -> None:
    found = quantiles(*ascending(block), shares)
    for row, line in enumerate(block):
        if len(answered := with_value(line)):
            np.testing.assert_array_equal(found[:, row], np.quantile(answered, shares))


@given(BLOCKS, st.data())
def test_a_percentile_counts_those_below_and_half_of_the_equal(block: Floats, data: st.DataObject) -> None:
    own = np.array([data.draw(st.sampled_from([*line, 1.0])) for line in block])
    found = percentiles(block, own)
    for row, line in enumerate(block):
        answered = with_value(line).tolist()
        if np.isnan(own[row]) or not answered:
            assert np.isnan(found[row])
        else:
            below = sum(value < own[row] for value in answered)
            equal = sum(value == own[row] for value in answered)
            assert found[row] == 100 * (below + 0.5 * equal) / len(answered)


@given(BLOCKS)
def test_the_order_of_the_peers_does_not_matter(block: Floats) -> None:
    turned = np.ascontiguousarray(block[:, ::-1])
    np.testing.assert_array_equal(figures(block), figures(turned))
    own = np.full(len(block), 0.5)
    np.testing.assert_array_equal(percentiles(block, own), percentiles(turned, own))


@given(st.integers(1, 200), st.sampled_from(QUANTILES))
def test_a_bracket_lies_inside_the_values(count: int, share: float) -> None:
    below, weight = bracket(np.array([count]), share)
    assert 0 <= below[0] <= count - 1
    assert 0 <= weight[0] < 1


@given(st.floats(-1e100, 1e100), st.floats(0, 1e100), st.floats(0, 1))
def test_a_point_between_two_values_never_passes_them(low: float, step: float, weight: float) -> None:
    point = between(np.array(low), np.array(low + step), np.array(weight))
    assert low <= point <= low + step


def test_quartiles_are_those_of_a_spreadsheet() -> None:
    block = np.array([[1.0, 2.0, 4.0, 8.0, np.nan]])
    assert figures(block)[:, 0].tolist() == pytest.approx([1.15, 1.75, 3.0, 5.0, 7.4], abs=1e-12)


def test_a_missing_answer_is_never_zero() -> None:
    block = np.array([[np.nan, 10.0, np.nan, 20.0, 30.0]])
    assert figures(block)[2, 0] == 20.0
    assert percentiles(block, np.array([20.0]))[0] == 50.0


def test_without_any_value_there_is_no_figure() -> None:
    block = np.array([[np.nan, np.nan]])
    assert np.isnan(figures(block)).all()
    assert np.isnan(percentiles(block, np.array([1.0]))).all()


def test_without_any_peer_there_is_no_figure() -> None:
    block = np.empty((2, 0))
    assert figures(block).shape == (5, 2)
    assert np.isnan(figures(block)).all()
    assert np.isnan(percentiles(block, np.array([1.0, np.nan]))).all()


def test_one_value_is_all_its_quantiles() -> None:
    assert figures(np.array([[7.25]]))[:, 0].tolist() == [7.25] * 5


def test_the_position_among_equals_is_the_middle() -> None:
    assert percentiles(np.full((1, 8), 3.0), np.array([3.0])).tolist() == [50.0]


@pytest.mark.parametrize(
    ("own", "expected"), [(0.0, 0.0), (1.0, 12.5), (2.5, 50.0), (4.0, 87.5), (9.0, 100.0)]
)
def test_the_position_follows_the_own_value(own: float, expected: float) -> None:
    assert percentiles(np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([own])).tolist() == [expected]


def test_a_position_among_nobody_is_none() -> None:
    assert np.isnan(mid_rank(np.array([0]), np.array([0]), np.array([0]))).all()
