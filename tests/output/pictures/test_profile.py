from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.comparisons import figure
from factories.drawn import (
    AMOUNTS,
    ENGLISH,
    LANGUAGES,
    NAMES,
    coordinates,
    figures,
    looks,
    outside,
    overlapping,
    texts,
)
from touchstone.core.benchmark.model import Figure
from touchstone.core.language.language import Language
from touchstone.output.pictures.model import Picture
from touchstone.output.pictures.profile import Level, profile
from touchstone.output.pictures.scales import Axis

FOUR = Axis(low=0, high=4, ticks=(0, 1, 2, 3, 4))
QUARTILES = figure(n=48, p25=1.0, median=2.0, p75=3.0)


def drawn(*rows: Level, **more: Any) -> Picture:
    given: dict[str, Any] = {"axis": FOUR, "written": lambda value: ENGLISH.number(value, 1), **more}
    return profile(id="services", title="Services", rows=rows, words=ENGLISH, **given)


def one(own: float | None = 3.0, shown: Figure = QUARTILES, **more: Any) -> Picture:
    return drawn(Level(name="Training", own=own, figure=shown), **more)


def test_the_own_bar_the_band_and_the_median_lie_on_the_scale() -> None:
    picture = one()
    left, right = (coordinates(looks(picture, "grid")[tick])[0] for tick in (0, -1))
    quarter = (right - left) / 4
    (own,), (_, band), (median,) = (looks(picture, look) for look in ("own", "peers", "median"))
    assert coordinates(own)[::2][:2] == pytest.approx([left, 3 * quarter], abs=0.02)
    assert coordinates(band)[::2][:2] == pytest.approx([left + quarter, 2 * quarter], abs=0.02)
    assert coordinates(median)[0] == pytest.approx(left + 2 * quarter, abs=0.02)


@pytest.mark.parametrize(
    ("shown", "bands", "medians"),
    [(QUARTILES, 2, 1), (figure(n=6, median=2.0), 1, 1), (figure(n=3), 1, 0)],
)
def test_only_what_may_be_shown_is_drawn(shown: Figure, bands: int, medians: int) -> None:
    picture = one(shown=shown)
    # One band is the sign before the words that say what a band is.
    assert (len(looks(picture, "peers")), len(looks(picture, "median"))) == (bands, medians)


def test_values_stand_in_columns_with_a_dash_for_none_and_words_for_what_is_not_shown() -> None:
    fairs = Level(name="Fairs", own=1.5, figure=figure(n=3))
    picture = drawn(Level(name="Training", own=None, figure=QUARTILES), fairs)
    assert texts(picture) == [
        "middle half of the peers", "own value", "median",
        "Training", "–", "2", "Fairs", "1.5", "not shown", "0", "2", "4",
    ]  # fmt: skip
    assert len(looks(picture, "own")) == 1


def test_a_value_below_zero_goes_to_the_left_and_nothing_can_be_seen() -> None:
    axis = Axis(low=-10, high=10, ticks=(-10, 0, 10))
    for own, start, wide in ((-10.0, 0.0, 0.5), (0.0, 0.5, None), (10.0, 0.5, 0.5)):
        picture = one(own=own, axis=axis)
        left, right = (coordinates(looks(picture, "grid")[tick])[0] for tick in (0, -1))
        (bar,) = looks(picture, "own")
        x, _, length, *_ = coordinates(bar)
        assert (x - left) / (right - left) == pytest.approx(start, abs=0.001)
        assert length == pytest.approx(0.75 if wide is None else wide * (right - left), abs=0.02)


def test_all_figures_are_in_the_words_and_in_the_table() -> None:
    rows = (
        Level(name="Training", own=3.0, figure=QUARTILES),
        Level(name="Fairs", own=None, figure=figure(n=6, median=1.5)),
        Level(name="Lobbying", own=1.0, figure=figure(n=1)),
    )
    picture = drawn(*rows)
    assert picture.alt == (
        "Services. Training: own value 3; median of 48 peers 2, middle half 1 to 3. "
        "Fairs: no own value; median of 6 peers 1.5. Lobbying: own value 1; 1 peer, not shown."
    )
    assert picture.table is not None
    assert picture.table.head == ("", "Own value", "n", "P25", "Median", "P75")
    assert picture.table.rows == (
        ("Training", "3", "48", "1", "2", "3"),
        ("Fairs", "–", "6", "–", "1.5", "–"),
        ("Lobbying", "1", "1", "–", "–", "–"),
    )


def test_a_profile_of_nothing_is_still_a_picture() -> None:
    assert drawn().alt == "Services."
    assert drawn() == drawn()


@given(
    rows=st.lists(st.builds(Level, name=NAMES, own=st.none() | AMOUNTS, figure=figures()), max_size=8),
    axis=st.sampled_from([FOUR, Axis(low=-1e12, high=1e12, ticks=(-1e12, 0, 1e12))]),
    unit=st.sampled_from(["", " %", " full-time equivalents"]),
    words=LANGUAGES,
    width=st.sampled_from([222.0, 476.0]),
)
def test_words_keep_clear_of_one_another_and_within_the_picture(
    rows: list[Level], unit: str, words: Language, **more: Any
) -> None:
    picture = profile(
        id="a", title="a", rows=rows, written=lambda value: words.number(value, 2) + unit, words=words, **more
    )
    assert outside(picture) == []
    assert overlapping(picture) == []
