import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.output.pictures.placing import apart, every, placed_at
from touchstone.output.pictures.widths import width

PLACES = st.lists(st.tuples(st.floats(-100, 600), st.floats(0, 60)), max_size=12).map(
    lambda found: ([x for x, _ in found], [long for _, long in found])
)


@pytest.mark.parametrize(("x", "start"), [(50.0, 50 - 2.86), (0.0, 0.0), (99.0, 100 - 5.72), (-40.0, 0.0)])
def test_a_text_has_its_middle_where_it_belongs_or_at_the_edge(x: float, start: float) -> None:
    assert placed_at(x, "1", 10, 100) == pytest.approx(start)


def test_a_text_wider_than_the_picture_starts_at_its_edge() -> None:
    assert placed_at(5, "1234567890", 10, 20) == 0
    assert placed_at(20, "11", 10, 40, bold=True) == pytest.approx(20 - width("1", 10, bold=True))


@pytest.mark.parametrize(
    ("starts", "length", "step"),
    [
        ([], 5, 1),
        ([0], 500, 1),
        ([0, 10, 20, 30, 40], 8, 1),
        ([0, 10, 20, 30, 40], 8.1, 2),
        ([0, 10, 20, 30, 40], 20, 3),
        ([0, 10, 20, 30, 40], 500, 5),
    ],
)
def test_labels_are_left_out_evenly_until_they_keep_their_gap(
    starts: list[float], length: float, step: int
) -> None:
    assert every(starts, [length] * len(starts), 2) == step


def test_labels_that_keep_clear_stay_where_they_are_wished() -> None:
    assert apart([0, 20, 40], [10, 10, 10], gap=2, low=0, high=50) == [0, 20, 40]


def test_labels_that_would_overlap_give_way_evenly() -> None:
    assert apart([20, 20], [10, 10], gap=2, low=0, high=50) == [14, 26]
    assert apart([30, 20, 20], [10, 10, 10], gap=0, low=0, high=90) == pytest.approx(
        [13.33, 23.33, 33.33], abs=0.01
    )


def test_labels_stay_within_their_limits() -> None:
    assert apart([-9, 48], [10, 10], gap=2, low=0, high=50) == [0, 40]
    assert apart([45, 48], [10, 10], gap=2, low=0, high=50) == [28, 40]
    assert apart([], [], gap=2, low=0, high=50) == []


def test_where_there_is_no_room_nothing_is_placed() -> None:
    assert apart([0, 0], [30, 30], gap=2, low=0, high=50) is None


@given(PLACES, st.floats(0, 5))
def test_nothing_overlaps_and_nothing_leaves(places: tuple[list[float], list[float]], gap: float) -> None:
    wished, lengths = places
    found = apart(wished, lengths, gap=gap, low=0, high=500)
    needed = sum(lengths) + gap * max(len(lengths) - 1, 0)
    if needed > 500 + 1e-6:
        assert found is None
        return
    assert found is not None
    assert all(-1e-6 <= start <= 500 - long + 1e-6 for start, long in zip(found, lengths, strict=True))
    pairs = zip(found, lengths, found[1:], strict=False)
    assert all(start + long + gap <= after + 1e-6 for start, long, after in pairs)
