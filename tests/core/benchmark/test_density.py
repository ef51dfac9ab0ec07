from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.benchmark.density import MOST_CELLS, Bin, densities
from touchstone.core.benchmark.model import Figure, Floats
from touchstone.core.scheme.model import Disclosure

SIZES = Disclosure(median_from=5, quartiles_from=10, full_from=20, difference=3, oldest_years=5)


def shapes(
    values: list[float] | Floats,
    *,
    whole: bool = False,
    setting: Disclosure | None = SIZES,
    shown: bool = True,
) -> tuple[Bin, ...]:
    """The bins of one measure, its figure as numpy finds it."""
    peers = np.array([values], np.float64)
    there = peers[~np.isnan(peers)]
    p5, p95 = np.quantile(there, [0.05, 0.95]).tolist() if shown else (None, None)
    figure = Figure(n=len(there), shown="full" if shown else "quartiles", p5=p5, p95=p95)
    return densities(peers, {"A": figure}, whole=np.array([whole]), setting=setting).get("A", ())


def test_a_hundred_values_in_a_row_fill_bins_of_ten():
    found = shapes([float(value) for value in range(100)])
    assert found == tuple(Bin(low=10.0 * k, high=10.0 * (k + 1), n=10) for k in range(10))


def test_whole_numbers_are_counted_from_half_to_half():
    found = shapes([float(value % 5) for value in range(100)], whole=True)
    assert found == tuple(Bin(low=value - 0.5, high=value + 0.5, n=20) for value in range(5))


def test_a_cell_with_too_few_peers_is_joined_with_its_neighbours():
    values = [1.0] * 40 + [2.0] * 3 + [3.0] * 2 + [4.0] * 55
    assert shapes(values, whole=True) == (
        Bin(low=0.5, high=1.5, n=40),
        Bin(low=1.5, high=3.5, n=5),
        Bin(low=3.5, high=4.5, n=55),
    )


def test_what_is_left_over_at_the_end_goes_to_the_last_bin():
    values = [1.0] * 50 + [2.0] * 44 + [3.0] * 3 + [4.0] * 3
    found = shapes(values, whole=True)
    # P95 is 3: the fours lie outside the grid and are not told.
    assert found == (Bin(low=0.5, high=1.5, n=50), Bin(low=1.5, high=3.5, n=47))


def test_an_empty_cell_in_the_middle_is_no_bin_of_its_own():
    found = shapes([1.0] * 50 + [3.0] * 50, whole=True)
    assert found == (Bin(low=0.5, high=1.5, n=50), Bin(low=1.5, high=3.5, n=50))


def test_values_outside_the_grid_are_not_told():
    found = shapes([-900.0, *(float(value) for value in range(98)), 10_000.0])
    assert found[0].low == 0.0
    assert found[-1].high == 100.0
    assert sum(one.n for one in found) == 98


def test_missing_values_are_not_counted():
    values = [float("nan")] * 30 + [float(value) for value in range(100)]
    assert sum(one.n for one in shapes(values)) == 100


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        ([float(value) for value in range(100)], {"setting": None}),
        ([float(value) for value in range(100)], {"setting": Disclosure(
            median_from=0, quartiles_from=10, full_from=20, difference=3, oldest_years=5)}),
        ([float(value) for value in range(100)], {"shown": False}),
        ([7.0] * 100, {}),
        ([7.0] * 97 + [8.0, 9.0, 10.0], {}),
    ],
    ids=["no setting", "an unreadable setting", "no tails shown", "all alike", "tails that coincide"],
)  # fmt: skip
def test_there_is_no_shape_where_the_tails_are_not_shown_or_coincide(values, changes):
    assert shapes(values, **changes) == ()


def test_measures_without_a_shape_do_not_shift_those_with_one():
    peers = np.array([[7.0] * 100, [float(value) for value in range(100)], [np.nan] * 100])
    figures = {
        "flat": Figure(n=100, shown="full", p5=7.0, p95=7.0),
        "row": Figure(n=100, shown="full", p5=4.95, p95=94.05),
        "none": Figure(n=0, shown="none"),
    }
    found = densities(peers, figures, whole=np.array([False, False, False]), setting=SIZES)
    assert [*found] == ["row"]
    assert [one.n for one in found["row"]] == [10] * 10


def test_the_edges_of_nearly_the_same_peers_lie_on_one_grid():
    rng = np.random.default_rng(4)
    values = rng.normal(50, 12, 200)
    edges = {tuple(one.low for one in shapes(np.delete(values, gone))) for gone in range(50)}
    cells = {edge for found in edges for edge in found}
    assert all(Fraction(str(edge)) % 5 == 0 for edge in cells)


numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))
samples = st.lists(numbers, min_size=20, max_size=150)


@given(samples, st.booleans())
def test_each_bin_holds_enough_peers_and_exactly_those_between_its_edges(values, whole):
    given_values = [float(round(value)) for value in values] if whole else values
    found = shapes(given_values, whole=whole)
    for one in found:
        assert one.n >= SIZES.median_from
        slack = 1e-6 * max(1.0, abs(one.low), abs(one.high))
        inside = sum(one.low + slack < value < one.high - slack for value in given_values)
        at_an_edge = sum(min(abs(value - one.low), abs(value - one.high)) <= slack for value in given_values)
        assert inside <= one.n <= inside + at_an_edge


@given(samples, st.booleans())
def test_bins_follow_one_another_without_a_gap(values, whole):
    given_values = [float(round(value)) for value in values] if whole else values
    found = shapes(given_values, whole=whole)
    assert len(found) <= MOST_CELLS + 1
    assert [one.high for one in found[:-1]] == [one.low for one in found[1:]]
    assert all(one.low < one.high for one in found)


@given(samples, st.randoms(use_true_random=False))
def test_the_order_of_the_peers_does_not_matter(values, chance):
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert shapes(shuffled) == shapes(values)


@given(samples)
def test_bins_reach_over_all_that_lies_between_the_tails_shown(values):
    found = shapes(values)
    if found:
        p5, p95 = np.quantile(values, [0.05, 0.95]).tolist()
        width = found[-1].high - found[0].low
        assert found[0].low <= p5 + 1e-6 * width
        assert found[-1].high >= p95 - 1e-6 * width
