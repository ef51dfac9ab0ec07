from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.comparisons import figure
from touchstone.core.report.shares import centre, shares, total

PARTS = st.lists(st.integers(0, 10_000).map(lambda cents: cents / 100), min_size=1, max_size=9)


@given(PARTS)
def test_shares_keep_their_proportions_and_make_up_a_hundred(parts: list[float]) -> None:
    found = shares(parts)
    exact = [Fraction(part) for part in parts]
    if sum(exact) == 0:
        assert found is None
    else:
        assert found == pytest.approx([float(100 * part / sum(exact)) for part in exact])


def test_shares_of_a_hundred_stay_as_they_are() -> None:
    assert shares([62.5, 37.5, 0.0]) == (62.5, 37.5, 0.0)


@pytest.mark.parametrize("parts", [[50.0, None], [110.0, -10.0], [0.0, 0.0], [None]])
def test_what_is_no_whole_has_no_shares(parts: list[float | None]) -> None:
    assert (total(parts), shares(parts)) == (None, None)


def test_the_total_is_told_as_it_is() -> None:
    assert total([60.0, 30.0]) == 90.0


def test_the_centre_of_a_group_follows_from_its_medians() -> None:
    assert centre([figure(n=9, median=30.0), figure(n=8, median=10.0)]) == (75.0, 25.0)


def test_where_one_median_may_not_be_shown_there_is_no_centre() -> None:
    assert centre([figure(n=9, median=30.0), figure(n=3)]) is None
