from itertools import islice

import numpy as np
import pytest

from touchstone.output.outlines.reading import Rings
from touchstone.output.outlines.room import STEP, country_at, middles, stretches

Points = list[tuple[float, float]]


def rings(**countries: list[Points]) -> Rings:
    """Rings of countries that are numbered as they come."""
    found = [(number, ring) for number, of in enumerate(countries.values()) for ring in of]
    points = np.array([point for _, ring in found for point in ring], dtype=float).reshape(-1, 2)
    sizes = [len(ring) for _, ring in found]
    return Rings(
        x=points[:, 0],
        y=points[:, 1],
        ring=np.repeat(np.arange(len(found)), sizes),
        country=np.repeat(np.array([number for number, _ in found], dtype=int), sizes),
    )


def box(left: float, top: float, right: float, bottom: float) -> Points:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


# A wide country with a hole, in which a small one lies.
AROUND = rings(wide=[box(0, 0, 100, 40), box(60, 10, 80, 30)[::-1]], small=[box(60, 10, 80, 30)])


@pytest.mark.parametrize(("x", "country"), [(10.0, 0), (70.0, 1), (90.0, 0), (104.0, 0), (106.0, None)])
def test_a_place_is_in_a_country_in_its_hole_or_near_its_coast(x: float, country: int | None) -> None:
    assert country_at(AROUND, x, 20.0, within=5.0) == country


def test_without_land_there_is_no_country() -> None:
    assert country_at(rings(), 1.0, 1.0, within=1e9) is None
    assert stretches(rings()) == {}


def test_stretches_are_those_of_each_line_and_the_largest_country_is_first() -> None:
    found = stretches(AROUND)
    assert list(found) == [0, 1]
    assert found[0][0] == [(0.0, 100.0)]
    assert found[0][3] == [(0.0, 60.0), (80.0, 100.0)]
    assert sorted(found[1]) == [3, 4, 5, 6, 7]  # lines are at 2, 6 … 38; those at 14 to 30
    assert sorted(found[0]) == list(range(10))


def test_a_slope_is_met_where_the_line_crosses_it() -> None:
    found = stretches(rings(one=[[(0, 0), (40, 0), (0, 40)]]))
    for line, row in found[0].items():
        assert row == [pytest.approx((0.0, 40 - (line + 0.5) * STEP))]


def test_the_middle_of_the_country_comes_first_where_it_has_room() -> None:
    lines = stretches(rings(one=[box(0, 0, 100, 40)]))[0]
    assert next(middles(lines, 30.0, 8.0)) == pytest.approx((50.0, 20.0), abs=STEP)


def test_a_box_never_leaves_its_country() -> None:
    lines = stretches(AROUND)[0]
    found = list(middles(lines, 30.0, 8.0))
    assert len(found) > 8
    for x, y in found:
        left, right, top, bottom = x - 15, x + 15, y - 4, y + 4
        assert (left >= 0, right <= 100, top >= 0, bottom <= 40) == (True,) * 4
        assert right <= 60 or left >= 80 or bottom <= 12 or top >= 28  # the hole, less a line


@pytest.mark.parametrize(("width", "height"), [(101.0, 8.0), (30.0, 60.0)])
def test_what_is_too_large_has_no_place(width: float, height: float) -> None:
    assert list(middles(stretches(AROUND)[0], width, height)) == []


def test_a_country_too_narrow_on_every_line_has_no_place() -> None:
    assert list(islice(middles(stretches(rings(one=[box(0, 0, 5, 200)]))[0], 6.0, 8.0), 1)) == []
