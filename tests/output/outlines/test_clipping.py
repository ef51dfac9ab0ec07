import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.output.outlines.clipping import bounds_of, clipped, next_in_ring
from touchstone.output.outlines.reading import Rings

Points = list[tuple[float, float]]


def rings(*corners: Points) -> Rings:
    points = np.array([point for ring in corners for point in ring], dtype=float).reshape(-1, 2)
    number = np.repeat(np.arange(len(corners)), [len(ring) for ring in corners])
    return Rings(x=points[:, 0], y=points[:, 1], ring=number, country=number + 10)


def corners(found: Rings) -> dict[int, Points]:
    """Ring → its points."""
    made: dict[int, Points] = {}
    for number, x, y in zip(found.ring.tolist(), found.x.tolist(), found.y.tolist(), strict=True):
        made.setdefault(number, []).append((x, y))
    return made


def area(points: Points) -> float:
    """By the shoelace formula, with the sign of its sense."""
    return sum(x * y2 - x2 * y for (x, y), (x2, y2) in zip(points, points[1:] + points[:1], strict=True)) / 2


@pytest.mark.parametrize(
    ("ring", "left"),
    [
        ([(1, 1), (3, 1), (3, 3)], [(1, 1), (3, 1), (3, 3)]),
        ([(-2, 1), (2, 1), (2, 3), (-2, 3)], [(0, 1), (2, 1), (2, 3), (0, 3)]),
        ([(8, -2), (12, 2), (8, 2)], [(8, 0), (10, 0), (10, 2), (8, 2)]),
        ([(-5, -5), (15, -5), (15, 15), (-5, 15)], [(0, 0), (10, 0), (10, 10), (0, 10)]),
        ([(20, 20), (22, 20), (22, 22)], None),
        ([(-3, -1), (4, -1), (4, -2)], None),
    ],
    ids=["within", "over a side", "over a corner", "around all", "elsewhere", "above"],
)
def test_a_ring_is_cut_to_the_frame(ring: Points, left: Points | None) -> None:
    found = corners(clipped(rings(ring), 10, 10))
    if left is None:
        assert found == {}
        return
    # A corner may be met twice.
    cut = [here for here, before in zip(found[0], found[0][-1:] + found[0], strict=False) if here != before]
    start = cut.index(left[0])
    assert cut[start:] + cut[:start] == left


def test_rings_stay_apart_and_keep_their_country() -> None:
    within, elsewhere = [(1, 1), (2, 1), (2, 2)], [(30, 30), (31, 30), (31, 31)]
    across = [(5, 5), (15, 5), (15, 9), (5, 9)]
    made = clipped(rings(within, elsewhere, across), 10, 10)
    assert corners(made) == {0: within, 2: [(5, 5), (10, 5), (10, 9), (5, 9)]}
    assert made.country.tolist() == [10] * 3 + [12] * 4


def test_nothing_stays_nothing() -> None:
    made = clipped(rings(), 10, 10)
    assert (len(made.x), len(made.ring)) == (0, 0)
    assert (next_in_ring(made.ring).tolist(), bounds_of(made.ring)[0].tolist()) == ([], [])


def test_the_point_after_the_last_of_a_ring_is_its_first() -> None:
    assert next_in_ring(np.array([3, 3, 3, 7, 8, 8])).tolist() == [1, 2, 0, 3, 5, 4]


coordinates = st.floats(-30, 40, allow_nan=False).map(lambda value: round(value, 3))
polygons = st.lists(st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=12), max_size=6)


@given(polygons)
def test_what_is_left_lies_within_the_frame(given_rings: list[Points]) -> None:
    made = clipped(rings(*given_rings), 10.0, 7.0)
    assert ((made.x >= 0) & (made.x <= 10 + 1e-9) & (made.y >= 0) & (made.y <= 7)).all()
    assert (np.diff(made.ring) >= 0).all()


boxes = st.tuples(coordinates, coordinates, st.floats(0.5, 50), st.floats(0.5, 50))


@given(boxes, st.booleans())
def test_the_area_left_is_that_which_a_box_and_the_frame_have_in_common(
    box: tuple[float, float, float, float], turned: bool
) -> None:
    x, y, width, height = box
    ring = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    common = max(min(x + width, 10) - max(x, 0), 0) * max(min(y + height, 7) - max(y, 0), 0)
    made = corners(clipped(rings(ring[::-1] if turned else ring), 10.0, 7.0))
    assert area(made.get(0, [])) == pytest.approx(-common if turned else common, abs=1e-6)


@given(st.lists(st.floats(0, 6.28), min_size=3, max_size=9, unique=True), coordinates, coordinates)
def test_the_area_of_what_is_cut_and_of_the_rest_is_the_whole(turns: list[float], x: float, y: float) -> None:
    """A convex ring, cut by a frame that ends where the next one begins."""
    ring = [(x + 9 * float(np.cos(turn)), y + 9 * float(np.sin(turn))) for turn in sorted(turns)]
    whole = area(corners(clipped(rings(ring), 100.0, 100.0)).get(0, []))
    left = area(corners(clipped(rings(ring), 10.0, 100.0)).get(0, []))
    moved = [(across - 10.0, down) for across, down in ring]
    right = area(corners(clipped(rings(moved), 90.0, 100.0)).get(0, []))
    assert left + right == pytest.approx(whole, abs=1e-6)
