import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.output.pictures.map_view import (
    ENOUGH,
    LARGEST,
    MOST_BUBBLES,
    MOST_KM,
    SINGLE,
    SMALLEST,
    Outside,
    Places,
    View,
    bubbles_in,
    by_direction,
    view_of,
)

SIZE = {"width": 300.0, "height": 216.0}


def places(*found: tuple[float, float, int]) -> Places:
    """Places in km with a number at each."""
    x, y, count = np.array(found, dtype=float).reshape(-1, 3).T
    return Places(x=x, y=y, count=count.astype(int))


def shown(view: View) -> tuple[float, float, float, float]:
    """West, east, south and north of a frame in km."""
    return view.west, view.west + view.width * view.km, view.north - view.height * view.km, view.north


class TestView:
    @pytest.mark.parametrize("found", [(), ((0, 0, 4000),), ((100, -100, 3),)])
    def test_it_is_that_of_the_region_where_all_are_in_it(
        self, found: tuple[tuple[float, float, int], ...]
    ) -> None:
        west, east, south, north = shown(view_of(places(*found), **SIZE))
        assert (west, south) == (pytest.approx(-east), pytest.approx(-north))
        assert north == pytest.approx(150 + 16 * view_of(places(), **SIZE).km)

    def test_it_reaches_to_where_the_participants_are(self) -> None:
        west, east, south, north = shown(view_of(places((0, 0, 5), (700, 0, 5)), **SIZE))
        assert (west < -150, 700 < east < 760, south < -150, north > 150) == (True,) * 4

    def test_a_few_far_away_do_not_shrink_it(self) -> None:
        assert view_of(places((0, 0, 95), (0, 400, 5)), **SIZE) == view_of(places(), **SIZE)
        assert view_of(places((0, 0, 94), (0, 400, 6)), **SIZE).km > view_of(places(), **SIZE).km

    def test_where_not_all_fit_it_holds_the_nearest(self) -> None:
        view = view_of(places((0, 0, 1), (-600, 0, 5), (700, 0, 5), (0, 2000, 9)), **SIZE)
        west, east, _, north = shown(view)
        assert (west < -600, east < 700, north < 2000) == (True, True, True)

    @given(
        st.lists(
            st.tuples(st.floats(-20_000, 20_000), st.floats(-20_000, 20_000), st.integers(1, 500)),
            max_size=30,
        )
    )
    def test_the_region_is_always_in_it_and_it_is_never_too_wide(
        self, found: list[tuple[float, float, int]]
    ) -> None:
        view = view_of(places(*found), **SIZE)
        west, east, south, north = shown(view)
        assert (west < -150, east > 150, south < -150, north > 150) == (True,) * 4
        assert east - west <= MOST_KM + 1e-6
        held = sum(count for x, y, count in found if west <= x <= east and south <= y <= north)
        enough = held >= ENOUGH * sum(count for *_, count in found)
        # Where it holds too few, it could not hold all.
        across = max([150, *(x for x, *_ in found)]) - min([-150, *(x for x, *_ in found)])
        down = max([150, *(y for _, y, _ in found)]) - min([-150, *(y for _, y, _ in found)])
        assert enough or max(across / (300 - 32), down / (216 - 32)) * 300 > MOST_KM


VIEW = view_of(places(), **SIZE)


class TestBubbles:
    def test_their_area_goes_with_the_number(self) -> None:
        bubbles, outside = bubbles_in(VIEW, places((0, 0, 100), (100, 0, 25), (0, 100, 50)))
        assert [(one.count, one.radius) for one in bubbles] == [
            (100, pytest.approx(LARGEST)),
            (50, pytest.approx(LARGEST / math.sqrt(2))),
            (25, pytest.approx(LARGEST / 2)),
        ]
        assert len(outside.count) == 0

    def test_where_all_are_few_a_single_one_has_its_own_size(self) -> None:
        bubbles, _ = bubbles_in(VIEW, places((0, 0, 1), (50, 0, 4)))
        assert [one.radius for one in bubbles] == [2 * SINGLE, SINGLE]

    def test_a_single_one_beside_thousands_can_still_be_seen(self) -> None:
        bubbles, _ = bubbles_in(VIEW, places((0, 0, 4000), (100, 0, 1)))
        assert [one.radius for one in bubbles] == [pytest.approx(LARGEST), SMALLEST]

    def test_near_places_share_a_bubble_in_the_middle_of_all(self) -> None:
        bubbles, _ = bubbles_in(VIEW, places((0, 0, 1), (0.8, 0, 3)))
        x, y = VIEW.place(0.6, 0.0)
        assert [(one.count, one.x, one.y) for one in bubbles] == [(4, pytest.approx(x), pytest.approx(y))]

    def test_one_that_would_lie_across_the_frame_counts_as_outside(self) -> None:
        edge = VIEW.north - VIEW.km
        bubbles, outside = bubbles_in(VIEW, places((0, 0, 1), (0, edge, 2), (0, 9000, 3)))
        assert [one.count for one in bubbles] == [1]
        assert sorted(zip(outside.y.round(6), outside.count, strict=True)) == [
            (round(edge, 6), 2),
            (9000.0, 3),
        ]

    @given(st.lists(st.tuples(st.floats(-400, 400), st.floats(-400, 400), st.integers(1, 99)), max_size=400))
    def test_nobody_is_lost_and_there_are_never_too_many(self, found: list[tuple[float, float, int]]) -> None:
        bubbles, outside = bubbles_in(VIEW, places(*found))
        assert sum(one.count for one in bubbles) + outside.count.sum() == sum(count for *_, count in found)
        assert len(bubbles) <= MOST_BUBBLES
        assert [one.radius for one in bubbles] == sorted((one.radius for one in bubbles), reverse=True)
        assert all(VIEW.holds(one.x, one.y, one.radius) for one in bubbles)

    def test_of_very_many_places_each_has_a_small_bubble(self) -> None:
        grid = [(x * 8.0, y * 8.0, 1) for x in range(-18, 19) for y in range(-18, 19)]
        bubbles, _ = bubbles_in(VIEW, places(*grid))
        assert (sum(one.count for one in bubbles), len(bubbles) <= MOST_BUBBLES) == (37 * 37, True)
        nearest = min(
            math.dist((one.x, one.y), (other.x, other.y))
            for one in bubbles
            for other in bubbles
            if one != other
        )
        assert max(one.radius for one in bubbles) < nearest


class TestDirections:
    @pytest.mark.parametrize(
        ("x", "y", "sector"),
        [
            (0, 9, 0),
            (9, 9, 1),
            (9, 0, 2),
            (9, -9, 3),
            (0, -9, 4),
            (-9, -9, 5),
            (-9, 0, 6),
            (-9, 9, 7),
            (-1, 9, 0),
        ],
    )
    def test_they_go_from_the_north_clockwise(self, x: float, y: float, sector: int) -> None:
        assert list(by_direction(places((x, y, 2)))) == [sector]

    def test_who_is_in_one_direction_is_one_number_at_the_mean_place(self) -> None:
        assert by_direction(places((0, 1000, 1), (100, 2000, 3), (-500, 0, 2))) == {
            0: Outside(x=75.0, y=1750.0, count=4),
            6: Outside(x=-500.0, y=0.0, count=2),
        }

    def test_nobody_is_in_no_direction(self) -> None:
        assert by_direction(places()) == {}
