import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.assessment.distance import distance_km

VILNIUS = (54.6872, 25.2797)
WARSAW = (52.2297, 21.0122)


def test_a_known_distance_comes_out() -> None:
    assert distance_km(VILNIUS, WARSAW) == pytest.approx(393, abs=2)


def test_a_place_is_no_distance_from_itself() -> None:
    assert distance_km(VILNIUS, VILNIUS) == 0


def test_the_poles_are_half_a_meridian_apart() -> None:
    assert distance_km((90, 0), (-90, 0)) == pytest.approx(20015.1, abs=0.1)


def test_a_degree_of_longitude_on_the_equator_is_111_km() -> None:
    assert distance_km((0, 179.5), (0, -179.5)) == pytest.approx(111.195, abs=0.001)


positions = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(positions, positions)
def test_a_distance_is_the_same_both_ways_and_at_most_half_around_the_earth(
    here: tuple[float, float], there: tuple[float, float]
) -> None:
    there_and_back = distance_km(here, there), distance_km(there, here)
    assert there_and_back[0] == pytest.approx(there_and_back[1], abs=1e-6)
    assert 0 <= there_and_back[0] <= 20015.2
