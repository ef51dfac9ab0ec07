from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.comparisons import figure
from factories.drawn import (
    ENGLISH,
    LANGUAGES,
    NAMES,
    boxes,
    coordinates,
    figures,
    looks,
    outside,
    overlapping,
    texts,
)
from touchstone.core.benchmark.model import Figure
from touchstone.core.language.language import Language
from touchstone.output.pictures.cycle import INNER, OUTER, cycle
from touchstone.output.pictures.model import Picture
from touchstone.output.pictures.profile import Level

STEPS = (
    "Building the strategy", "Documentation of the strategy", "Implementation plan", "Financial controlling",
    "Review of strategy and plan", "Performance monitoring of the management",
)  # fmt: skip
MEDIAN = figure(n=48, median=2.0)


def drawn(*rows: Level, most: float = 4) -> Picture:
    return cycle(id="cycle", title="Strategy cycle", rows=rows, most=most, words=ENGLISH)


def six(own: float | None = 3.0, shown: Figure = MEDIAN) -> Picture:
    return drawn(*(Level(name=name, own=own, figure=shown) for name in STEPS))


def reach(picture: Picture, piece: str) -> float:
    """How far the first corner of a piece lies from the middle of the picture."""
    x, y = coordinates(piece)[:2]
    return hypot(x - picture.width / 2, y - picture.height / 2)


def test_each_step_has_as_many_rings_as_it_can_reach_and_those_reached_are_filled() -> None:
    picture = six()
    assert len(looks(picture, "steps")) == 6 * 4
    assert len(looks(picture, "own")) == 6 * 3
    assert len(looks(picture, "median")) == len(looks(picture, "halo")) == 6


@pytest.mark.parametrize(("own", "filled"), [(None, 0), (0.0, 0), (0.5, 1), (2.5, 3), (4.0, 4), (9.0, 4)])
def test_half_a_step_fills_half_a_ring(own: float | None, filled: int) -> None:
    assert len(looks(drawn(Level(name="a", own=own, figure=MEDIAN)), "own")) == filled


@pytest.mark.parametrize(("median", "share"), [(0.0, 0), (2.0, 0.5), (4.0, 1)])
def test_the_median_lies_as_far_out_as_it_is_high(median: float, share: float) -> None:
    picture = six(shown=figure(n=48, median=median))
    expected = INNER + share * (OUTER - INNER)
    found = [reach(picture, piece) for piece in looks(picture, "median")]
    assert found == pytest.approx([expected] * 6, abs=0.6)


def test_what_may_not_be_shown_is_not_drawn_nor_said() -> None:
    picture = six(shown=figure(n=3))
    assert looks(picture, "median") == []
    assert "median" not in " ".join(texts(picture))
    assert "3 peers, not shown" in picture.alt


@pytest.mark.parametrize(("most", "rings"), [(2, 2), (10, 10), (11, 1), (0.5, 1), (100, 1)])
def test_what_has_many_steps_has_one_ring(most: float, rings: int) -> None:
    assert len(looks(drawn(Level(name="a", own=0.1, figure=MEDIAN), most=most), "steps")) == rings


@pytest.mark.parametrize("count", [1, 2, 3, 6, 12])
def test_rings_stay_rings_however_many_steps_go_round(count: int) -> None:
    picture = drawn(*[Level(name=str(number), own=4.0, figure=MEDIAN) for number in range(count)])
    assert len(looks(picture, "own")) == 4 * count
    found = [reach(picture, piece) for piece in looks(picture, "own")]
    assert INNER - 0.01 <= min(found) <= max(found) <= OUTER


def test_names_figures_and_medians_stand_around_the_ring_in_their_order() -> None:
    picture = six()
    assert texts(picture)[:8] == [
        "1 Building the strategy", "3 of 4", "median 2", "4 Financial controlling", "3 of 4", "median 2",
        "2 Documentation", "of the strategy",
    ]  # fmt: skip
    numbered = [text[0] for text in texts(picture) if text[1:2] == " " and text[1:4] != " of"]
    assert numbered == list("142365")


def test_a_missing_own_value_is_said_and_the_median_stands_under_it() -> None:
    said = texts(six(own=None))
    assert said.count("no own value") == said.count("median 2") == 6


def test_all_figures_are_in_the_words_and_in_the_table() -> None:
    rows = (
        Level(name="Plan", own=3.0, figure=figure(n=48, p25=1.0, median=2.5, p75=3.5)),
        Level(name="Review", own=None, figure=figure(n=1)),
    )
    picture = drawn(*rows)
    assert picture.alt == (
        "Strategy cycle, from 0 to 4. Plan: own value 3; median of 48 peers 2.5, middle half 1 to 3.5. "
        "Review: no own value; 1 peer, not shown."
    )
    assert picture.table is not None
    assert picture.table.rows == (("Plan", "3", "48", "1", "2.5", "3.5"), ("Review", "–", "1", "–", "–", "–"))


def test_a_cycle_without_steps_is_an_empty_ring() -> None:
    assert (drawn().alt, drawn().shapes, drawn().labels) == ("Strategy cycle, from 0 to 4.", "", ())


@given(
    rows=st.lists(
        st.builds(Level, name=NAMES, own=st.none() | st.floats(-1, 1e9), figure=figures()), max_size=9
    ),
    most=st.floats(0.1, 1e9) | st.just(4.0),
    words=LANGUAGES,
    width=st.sampled_from([200.0, 228.0, 476.0]),
)
def test_words_keep_clear_of_the_ring_of_one_another_and_within_the_picture(
    rows: list[Level], most: float, words: Language, width: float
) -> None:
    picture = cycle(id="a", title="a", rows=rows, most=most, words=words, width=width)
    assert outside(picture) == []
    assert overlapping(picture) == []
    for _, at in boxes(picture):
        across = max(at.left - width / 2, width / 2 - at.right, 0.0)
        up = max(at.top - picture.height / 2, picture.height / 2 - at.bottom, 0.0)
        assert hypot(across, up) > OUTER
