from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.drawn import ENGLISH, LANGUAGES, NAMES, coordinates, looks, outside, overlapping, texts
from touchstone.core.language.language import Language
from touchstone.output.pictures.drawing import LOOKS, Fill
from touchstone.output.pictures.model import Picture
from touchstone.output.pictures.parts import Parts, parts, score_bar

NAMED = ("weaker quarter", "middle half", "better quarter")


def drawn(*rows: Parts) -> Picture:
    return parts(id="standing", title="Standing", names=NAMED, rows=rows)


def score(points: int = 96, maximum: int = 150, line: float | None = 120.0) -> Picture:
    return score_bar(
        id="score", title="Points", points=points, maximum=maximum, line=line, line_name="needed",
        words=ENGLISH,
    )  # fmt: skip


def test_bars_of_parts_have_one_length_and_their_counts_on_them() -> None:
    picture = drawn(Parts(name="A", counts=(1, 0, 3)), Parts(name="B", counts=(2, 1, 1)))
    assert texts(picture) == [*NAMED, "A", "1", "3", "B", "2", "1", "1"]
    wide = {look: [coordinates(piece)[2] for piece in looks(picture, look)] for look in ("weaker", "own")}
    # The first of each is the sign before its name; every piece keeps a quarter of a point on each side.
    assert [round((length + 0.5) / (wide["own"][1] + 0.5), 2) for length in wide["weaker"][1:]] == [
        0.33,
        0.67,
    ]
    assert wide["weaker"][1] + wide["own"][1] + 1 == pytest.approx(wide["weaker"][2] * 2 + 1, abs=0.1)


def test_a_row_without_counts_has_a_name_and_no_bar() -> None:
    picture = drawn(Parts(name="B", counts=(0, 0, 0)))
    assert texts(picture) == [*NAMED, "B"]
    assert [len(looks(picture, look)) for look in ("weaker", "peers", "own")] == [1, 1, 1]


def test_a_count_without_room_is_only_told() -> None:
    picture = drawn(Parts(name="A", counts=(1, 99, 100)))
    assert texts(picture) == [*NAMED, "A", "99", "100"]
    assert "weaker quarter 1," in picture.alt


def test_the_weaker_part_is_told_apart_without_colour() -> None:
    assert LOOKS["weaker"] == Fill(colour="paper", outline="line-strong")


def test_all_counts_are_in_the_words_and_in_the_table() -> None:
    picture = drawn(Parts(name="A", counts=(1, 0, 3)), Parts(name="B", counts=(0, 0, 0)))
    assert picture.alt == (
        "Standing. A: weaker quarter 1, middle half 0, better quarter 3. "
        "B: weaker quarter 0, middle half 0, better quarter 0."
    )
    assert picture.table is not None
    assert picture.table.head == ("", *NAMED)
    assert picture.table.rows == (("A", "1", "0", "3"), ("B", "0", "0", "0"))


def test_no_rows_make_an_empty_picture() -> None:
    assert drawn().alt == "Standing."


@given(
    names=st.tuples(NAMES, NAMES, NAMES),
    rows=st.lists(st.builds(Parts, name=NAMES, counts=st.tuples(*[st.integers(0, 10**12)] * 3)), max_size=8),
    width=st.sampled_from([120.0, 250.0, 476.0]),
)
def test_words_of_parts_keep_clear_of_one_another_and_within_the_picture(
    names: tuple[str, str, str], rows: list[Parts], width: float
) -> None:
    picture = parts(id="a", title="a", names=names, rows=rows, width=width)
    assert outside(picture) == []
    assert overlapping(picture) == []


# --- points


@pytest.mark.parametrize(
    ("points", "maximum", "said"),
    [(96, 150, "96 of 150 points"), (1, 1, "1 of 1 point"), (0, 0, "0 of 0 points")],
)
def test_points_are_on_a_bar_as_long_as_all_of_them(points: int, maximum: int, said: str) -> None:
    picture = score(points, maximum, None)
    assert texts(picture) == [said]
    assert picture.alt == f"Points. {said}."
    (reached,), (whole,) = looks(picture, "own"), looks(picture, "peers")
    assert coordinates(reached)[2] == pytest.approx(220 * points / max(maximum, 1), abs=0.01)
    assert coordinates(whole)[2] == 220


@pytest.mark.parametrize(("points", "wide"), [(-3, 0), (200, 220)])
def test_a_bar_is_never_longer_than_the_whole(points: int, wide: float) -> None:
    assert coordinates(looks(score(points), "own")[0])[2] == wide


@pytest.mark.parametrize(("line", "x"), [(120.0, 176.0), (0.0, 0.65), (150.0, 219.35), (400.0, 219.35)])
def test_the_line_to_reach_is_marked_and_named(line: float, x: float) -> None:
    picture = score(line=line)
    (mark,) = looks(picture, "median")
    assert coordinates(mark)[0] == pytest.approx(x, abs=0.01)
    assert picture.alt == f"Points. 96 of 150 points; needed: {line:g}."
    assert f"needed: {line:g}" in texts(picture)


@given(
    points=st.integers(-(10**9), 10**12),
    maximum=st.integers(0, 10**12),
    line=st.none() | st.floats(-10, 1e12),
    line_name=NAMES,
    title=NAMES,
    words=LANGUAGES,
    width=st.sampled_from([80.0, 220.0]),
)
def test_words_of_points_keep_clear_of_one_another_and_within_the_picture(
    words: Language, **more: Any
) -> None:
    picture = score_bar(id="a", words=words, **more)
    assert outside(picture) == []
    assert overlapping(picture) == []
