import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.benchmark.distribution import QUANTILES
from touchstone.core.benchmark.model import Floats
from touchstone.core.benchmark.ranked import (
    Grouping,
    Ranked,
    ascending_rows,
    numbered,
    positions,
    rank,
    spread,
)

VALUES = st.one_of(st.just(np.nan), st.integers(0, 3).map(float), st.floats(-1e100, 1e100))
ROWS = st.lists(st.tuples(VALUES, st.integers(0, 3), st.booleans(), st.booleans()), max_size=40)
Rows = list[tuple[float, int, bool, bool]]


def ranked(values: Floats, grouping: Grouping) -> Ranked:
    return rank(values, ascending_rows(values), grouping)


def columns(rows: Rows) -> tuple[Floats, Grouping]:
    values = np.array([row[0] for row in rows], np.float64)
    group = numbered(np.array([row[1] for row in rows], np.intp), 4)
    member = np.array([row[2] for row in rows], np.bool_)
    inside = np.array([row[3] for row in rows], np.bool_)
    return values, Grouping(group=group, groups=4, member=member & inside, inside=inside)


def peers(values: Floats, grouping: Grouping, row: int, *, leaving_out: bool) -> Floats:
    assert grouping.member is not None
    mine = (grouping.group == grouping.group[row]) & grouping.member & ~np.isnan(values)
    mine[row] &= not leaving_out
    found: Floats = values[mine]
    return found


@given(ROWS, st.booleans())
def test_positions_are_those_of_plain_counting(rows: Rows, leaving_out: bool) -> None:
    values, grouping = columns(rows)
    found = ranked(values, grouping)
    for row, position in zip(found.rows, positions(found, leaving_out=leaving_out), strict=True):
        others = peers(values, grouping, row, leaving_out=leaving_out)
        below, equal = np.count_nonzero(others < values[row]), np.count_nonzero(others == values[row])
        if len(others):
            assert position == 100 * (below + 0.5 * equal) / len(others)
        else:
            assert np.isnan(position)


@given(ROWS)
def test_the_rows_inside_that_have_a_value_are_ranked(rows: Rows) -> None:
    values, grouping = columns(rows)
    expected = [row for row, (value, _, _, inside) in enumerate(rows) if inside and not np.isnan(value)]
    assert sorted(ranked(values, grouping).rows.tolist()) == expected


@given(ROWS)
def test_quantiles_with_one_left_out_are_those_of_numpy(rows: Rows) -> None:
    values, grouping = columns(rows)
    found = ranked(values, grouping)
    spreads = spread(found, QUANTILES)
    mine = found.itself == 1
    for row, piece in zip(found.rows[mine], spreads.pieces(), strict=True):
        others = peers(values, grouping, row, leaving_out=True)
        expected = np.quantile(others, QUANTILES) if len(others) else np.full(5, np.nan)
        np.testing.assert_array_equal(spreads.table[:, piece, grouping.group[row]], expected)


@given(ROWS)
def test_quantiles_with_none_left_out_are_those_of_numpy(rows: Rows) -> None:
    values, grouping = columns(rows)
    spreads = spread(ranked(values, grouping), QUANTILES)
    assert grouping.member is not None
    for group in range(4):
        mine = values[(grouping.group == group) & grouping.member]
        mine = mine[~np.isnan(mine)]
        expected = np.quantile(mine, QUANTILES) if len(mine) else np.full(5, np.nan)
        np.testing.assert_array_equal(spreads.table[:, spreads.whole, group], expected)


@given(ROWS)
def test_without_conditions_everybody_is_a_member(rows: Rows) -> None:
    values, grouping = columns(rows)
    everybody = np.ones(len(rows), np.bool_)
    plain = ranked(values, Grouping(group=grouping.group, groups=4))
    spelt_out = ranked(values, Grouping(group=grouping.group, groups=4, member=everybody, inside=everybody))
    for leaving_out in (True, False):
        np.testing.assert_array_equal(
            positions(plain, leaving_out=leaving_out), positions(spelt_out, leaving_out=leaving_out)
        )
    np.testing.assert_array_equal(spread(plain, QUANTILES).table, spread(spelt_out, QUANTILES).table)


def test_very_many_groups_keep_their_numbers() -> None:
    codes = np.arange(70_000)
    assert numbered(codes, 70_000).tolist() == codes.tolist()
    assert numbered(codes[:10], 10).dtype == np.uint16
