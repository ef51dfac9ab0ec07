from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from touchstone.core.benchmark import ranked as module
from touchstone.core.benchmark.distribution import QUANTILES
from touchstone.core.benchmark.model import Floats, Indices
from touchstone.core.benchmark.ranked import Bins, Grouping, Spread, bins, ladder, places, spread

GROUPS = 4
# On the grid of hundredths, off it, and far apart.
VALUES = st.one_of(
    st.just(np.nan),
    st.integers(0, 3).map(float),
    st.integers(-500, 500).map(lambda hundredths: hundredths / 100),
    st.floats(-1e100, 1e100),
)
FEW = st.one_of(st.just(np.nan), st.integers(0, 3).map(float))
ROWS = st.one_of(
    *(
        st.lists(st.tuples(values, st.integers(0, GROUPS - 1), st.booleans(), st.booleans()), max_size=40)
        for values in (VALUES, FEW)
    )
)
Rows = list[tuple[float, int, bool, bool]]

pytestmark = pytest.mark.usefixtures("way")


@pytest.fixture(params=["counting", "sorting"], autouse=True, scope="module")
def way(request: pytest.FixtureRequest) -> Any:
    """Both ways to fill bins must give the same, however few or many rows there are."""
    before = module.FEWEST_BINS
    module.FEWEST_BINS = 2**12 if request.param == "counting" else 0
    yield
    module.FEWEST_BINS = before


def columns(rows: Rows) -> tuple[Floats, Grouping]:
    values = np.array([row[0] for row in rows], np.float64)
    group = np.array([row[1] for row in rows], np.intp)
    inside = np.array([row[3] for row in rows], np.bool_)
    member = np.array([row[2] for row in rows], np.bool_) & inside
    return values, Grouping(group=group, groups=GROUPS, member=member, inside=np.flatnonzero(inside))


def binned(values: Floats, grouping: Grouping) -> Bins:
    return bins(ladder(values), grouping)


def peers(values: Floats, grouping: Grouping, row: int, *, leaving_out: bool) -> Floats:
    assert grouping.member is not None
    mine = (grouping.group == grouping.group[row]) & grouping.member & ~np.isnan(values)
    mine[row] &= not leaving_out
    found: Floats = values[mine]
    return found


def quantiles(values: Floats) -> Floats:
    return np.quantile(values, QUANTILES) if len(values) else np.full(len(QUANTILES), np.nan)


@given(arrays.arrays(np.float64, st.integers(0, 60), elements=VALUES, fill=st.nothing()))
def test_a_ladder_has_the_different_values_and_the_rung_of_each_row(values: Floats) -> None:
    found = ladder(values)
    expected = np.unique(values[~np.isnan(values)])
    np.testing.assert_array_equal(found.values, expected)
    rungs = [len(expected) if np.isnan(value) else expected.tolist().index(value) for value in values]
    assert found.rung.tolist() == rungs


@given(arrays.arrays(np.float64, st.integers(0, 60), elements=VALUES, fill=st.nothing()))
def test_the_rows_of_a_ladder_go_from_the_smallest_value_to_the_largest(values: Floats) -> None:
    rows = ladder(values).rows()
    assert sorted(rows.tolist()) == np.flatnonzero(~np.isnan(values)).tolist()
    assert (np.diff(values[rows]) >= 0).all()


@pytest.mark.parametrize(
    "values",
    [
        [0.1, 0.25, 3.0],  # on the grid
        [1 / 3, 2 / 3],  # off it
        [0.0, 1e6],  # on it, but too long
        [0.0, 1e308],  # past what can be reckoned with
        [-1e308, 1e308],
        [0.29, 0.57, 0.58, 1.15],  # a hundred times these is no whole number in binary
    ],
)
def test_ladders_of_every_kind_keep_the_values_as_they_are(values: list[float]) -> None:
    assert ladder(np.array(values)).values.tolist() == values


def positions(binned: Bins, *, leaving_out: bool, rows: Indices | None = None) -> Floats:
    return places(binned, leaving_out=leaving_out, rows=rows).unfold()


def pieces(spreads: Spread, binned: Bins) -> list[int]:
    """The piece of each row."""
    placed = places(binned, leaving_out=True)
    found: list[int] = placed.told(spreads.pieces(binned), otherwise=spreads.whole).tolist()
    return found


@given(ROWS, st.booleans())
def test_positions_are_those_of_plain_counting(rows: Rows, leaving_out: bool) -> None:
    values, grouping = columns(rows)
    found = positions(binned(values, grouping), leaving_out=leaving_out)
    for row, (value, _, _, inside) in enumerate(rows):
        others = peers(values, grouping, row, leaving_out=leaving_out)
        if inside and not np.isnan(value) and len(others):
            below, equal = np.count_nonzero(others < value), np.count_nonzero(others == value)
            assert found[row] == 100 * (below + 0.5 * equal) / len(others)
        else:
            assert np.isnan(found[row])


@given(ROWS, st.booleans(), st.data())
def test_positions_of_some_rows_are_those_of_all(rows: Rows, leaving_out: bool, data: st.DataObject) -> None:
    values, grouping = columns(rows)
    some = np.array(data.draw(st.lists(st.integers(0, len(rows) - 1)) if rows else st.just([])), np.intp)
    for one in (grouping, Grouping(group=grouping.group, groups=GROUPS)):
        found = binned(values, one)
        np.testing.assert_array_equal(
            positions(found, leaving_out=leaving_out, rows=some),
            positions(found, leaving_out=leaving_out)[some],
        )


@given(ROWS)
def test_quantiles_with_one_left_out_are_those_of_numpy(rows: Rows) -> None:
    values, grouping = columns(rows)
    one = binned(values, grouping)
    spreads = spread(one, QUANTILES, leaving_out=True)
    for row, piece in enumerate(pieces(spreads, one)):
        expected = quantiles(peers(values, grouping, row, leaving_out=True))
        np.testing.assert_array_equal(spreads.table[:, piece, grouping.group[row]], expected)


@given(ROWS, st.booleans())
def test_quantiles_with_none_left_out_are_those_of_numpy(rows: Rows, leaving_out: bool) -> None:
    values, grouping = columns(rows)
    spreads = spread(binned(values, grouping), QUANTILES, leaving_out=leaving_out)
    assert grouping.member is not None
    for group in range(GROUPS):
        mine = values[(grouping.group == group) & grouping.member]
        expected = quantiles(mine[~np.isnan(mine)])
        np.testing.assert_array_equal(spreads.table[:, spreads.whole, group], expected)


@given(ROWS)
def test_the_members_with_a_value_are_counted(rows: Rows) -> None:
    values, grouping = columns(rows)
    expected = [0] * GROUPS
    for value, group, member, inside in rows:
        expected[group] += member and inside and not np.isnan(value)
    assert binned(values, grouping).n.tolist() == expected


@given(ROWS)
def test_without_conditions_everybody_is_a_member(rows: Rows) -> None:
    values, grouping = columns(rows)
    everybody = Grouping(
        group=grouping.group,
        groups=GROUPS,
        member=np.ones(len(rows), np.bool_),
        inside=np.arange(len(rows)),
    )
    plain, spelt_out = (
        binned(values, one) for one in (Grouping(group=grouping.group, groups=GROUPS), everybody)
    )
    for leaving_out in (True, False):
        np.testing.assert_array_equal(
            positions(plain, leaving_out=leaving_out), positions(spelt_out, leaving_out=leaving_out)
        )
        first, second = (spread(one, QUANTILES, leaving_out=leaving_out).table for one in (plain, spelt_out))
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("size", [21, 58, 100, 201])
def test_leaving_any_one_of_many_out_gives_the_quantiles_of_the_others(size: int) -> None:
    """So many that a piece holds several values, whatever way they are left out."""
    values = np.random.Generator(np.random.PCG64(size)).normal(size=size)
    one = binned(values, Grouping(group=np.zeros(size, np.intp), groups=1))
    spreads = spread(one, QUANTILES, leaving_out=True)
    for row, piece in enumerate(pieces(spreads, one)):
        expected = np.quantile(np.delete(values, row), QUANTILES)
        np.testing.assert_array_equal(spreads.table[:, piece, 0], expected)


def test_very_many_rows_and_groups_give_the_same() -> None:
    """So many groups that their numbers need more than 16 bits, and few enough lookups to search."""
    draw = np.random.Generator(np.random.PCG64(7))
    values = draw.normal(size=70_000)
    group = draw.permutation(70_000)
    alone = binned(values, Grouping(group=group, groups=70_000))
    assert set(positions(alone, leaving_out=False).tolist()) == {50.0}
    together = Grouping(group=np.zeros(70_000, np.intp), groups=1)
    table = spread(binned(values, together), QUANTILES, leaving_out=False).table
    np.testing.assert_array_equal(table[:, -1, 0], np.quantile(values, QUANTILES))
