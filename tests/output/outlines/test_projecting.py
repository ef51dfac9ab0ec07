import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.assessment.distance import EARTH_RADIUS_KM, Position, distance_km
from touchstone.output.outlines.projecting import equal_earth, projected

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
positions = st.tuples(latitudes, longitudes)


def placed(centre: Position, there: Position) -> tuple[float, float]:
    x, y = projected(centre, np.radians([there[1]]), np.radians([there[0]]))
    return float(x[0]), float(y[0])


def gone(centre: Position, bearing: float, km: float) -> Position:
    """Where somebody is who went so far from a place (spherical trigonometry)."""
    latitude, longitude = map(math.radians, centre)
    angle = km / EARTH_RADIUS_KM
    north = math.sin(latitude) * math.cos(angle) + math.cos(latitude) * math.sin(angle) * math.cos(bearing)
    north = max(-1.0, min(1.0, north))
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(latitude), math.cos(angle) - math.sin(latitude) * north
    )
    return math.degrees(math.asin(north)), (math.degrees(longitude + east) + 180) % 360 - 180


@given(positions, positions)
def test_distances_from_the_centre_are_true(centre: Position, there: Position) -> None:
    assert math.hypot(*placed(centre, there)) == pytest.approx(distance_km(centre, there), rel=1e-6, abs=0.01)


ways = st.tuples(st.floats(0, math.tau), st.floats(0, 500))


@given(positions, ways, ways)
def test_within_500_km_all_distances_are_true_to_half_a_per_cent(
    centre: Position, one: tuple[float, float], other: tuple[float, float]
) -> None:
    here, there = gone(centre, *one), gone(centre, *other)
    on_the_map = math.dist(placed(centre, here), placed(centre, there))
    assert on_the_map == pytest.approx(distance_km(here, there), rel=0.005, abs=0.01)


@given(st.tuples(st.floats(-89, 89), longitudes), ways)
def test_directions_from_the_centre_are_true(centre: Position, way: tuple[float, float]) -> None:
    bearing, km = way
    assert placed(centre, gone(centre, bearing, km)) == pytest.approx(
        (km * math.sin(bearing), km * math.cos(bearing)), abs=0.01
    )


def test_the_centre_is_in_the_middle() -> None:
    assert placed((54.69, 25.28), (54.69, 25.28)) == pytest.approx((0.0, 0.0), abs=1e-9)


@pytest.mark.parametrize("centre", [(90.0, 0.0), (-90.0, 0.0), (0.0, 0.0), (0.0, 180.0)])
def test_the_place_opposite_is_half_the_way_round(centre: Position) -> None:
    latitude, longitude = centre
    x, y = placed(centre, (-latitude, longitude - 180))
    assert math.hypot(x, y) == pytest.approx(math.pi * EARTH_RADIUS_KM)


def test_no_place_is_none() -> None:
    x, y = projected((0.0, 0.0), np.array([]), np.array([]))
    assert (x.tolist(), y.tolist()) == ([], [])


def on_the_map_of_the_world(latitude: float, longitude: float) -> tuple[float, float]:
    x, y = equal_earth(np.radians([longitude]), np.radians([latitude]))
    return float(x[0]), float(y[0])


@given(st.floats(-89, 89), st.floats(-179, 179))
def test_equal_earth_keeps_areas(latitude: float, longitude: float) -> None:
    step = 0.01
    x, y = equal_earth(
        np.radians([longitude, longitude + step, longitude]),
        np.radians([latitude, latitude, latitude + step]),
    )
    drawn = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])
    degree = EARTH_RADIUS_KM * math.radians(step)
    middle = math.radians(latitude + step / 2)
    assert drawn == pytest.approx(degree * degree * math.cos(middle), rel=1e-2)


@pytest.mark.parametrize(
    ("place", "radii"),
    # Šavrič, Patterson and Jenny: half the equator and the way to the pole.
    [((0, 0), (0, 0)), ((0, 180), (2.7066299, 0)), ((90, 0), (0, 1.3173627)), ((-90, 0), (0, -1.3173627))],
)
def test_equal_earth_has_the_published_size(place: Position, radii: tuple[float, float]) -> None:
    there = tuple(way * EARTH_RADIUS_KM for way in radii)
    assert on_the_map_of_the_world(*place) == pytest.approx(there, rel=1e-6, abs=1e-6)
