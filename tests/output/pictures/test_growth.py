from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.drawn import (
    AMOUNTS,
    ENGLISH,
    LANGUAGES,
    NAMES,
    box,
    coordinates,
    looks,
    outside,
    overlapping,
    texts,
)
from touchstone.core.language.language import Language
from touchstone.output.pictures.growth import growth
from touchstone.output.pictures.model import Picture


def drawn(*points: tuple[str, float]) -> Picture:
    return growth(id="growth", title="Members", points=points, written=ENGLISH.number, words=ENGLISH)


def years(count: int, start: float = 20) -> list[tuple[str, float]]:
    return [(str(2000 + number), start + number) for number in range(count)]


def test_bars_stand_on_zero_and_are_as_high_as_their_values() -> None:
    bars = [coordinates(piece) for piece in looks(drawn(("2024", 20), ("2025", 10), ("2026", 40)), "own")]
    assert [round(y + high, 2) for _, y, _, high, _ in bars] == [55.0, 55.0, 55.0]
    assert [high for _, _, _, high, _ in bars] == [23, 11.5, 46]


def test_what_is_below_zero_hangs_down_and_zero_has_no_bar() -> None:
    picture = drawn(("2024", -10), ("2025", 0), ("2026", 30))
    down, up = (coordinates(piece) for piece in looks(picture, "own"))
    (line,) = looks(picture, "leader")
    zero = coordinates(line)[1]
    assert down[1] == zero == up[1] + up[3]
    assert up[3] == 3 * down[3]


def test_values_stand_over_their_bars_and_times_under_them() -> None:
    picture = drawn(("2024", 20), ("2025", 10))
    assert texts(picture) == ["10", "20", "2025", "2024"]
    tall, low = (next(label for label in picture.labels if label.text == text) for text in ("20", "10"))
    assert low.y - tall.y == 23


def test_of_many_labels_the_latest_stays_and_others_with_room() -> None:
    picture = drawn(*years(40))
    shown = texts(picture)
    assert shown[0] == "59"
    assert "2039" in shown
    assert 4 < len(shown) < 40


def test_values_too_long_to_stand_between_bars_stand_above_all() -> None:
    picture = drawn(*[(str(year), 1e9 + year) for year in range(12)], ("13", 1))
    values = [label for label in picture.labels if label.look == "text"]
    assert {label.y for label in values} == {7.0}
    assert all(box(label).bottom <= 9 for label in values)


def test_all_figures_are_in_the_words_and_in_the_table() -> None:
    picture = drawn(("2024", 20), ("2025", 1000))
    assert picture.alt == "Members. 2024: 20, 2025: 1,000."
    assert picture.table is not None
    assert picture.table.head == ("When", "Value")
    assert picture.table.rows == (("2024", "20"), ("2025", "1,000"))


@pytest.mark.parametrize("points", [(), (("2024", 0.0),)])
def test_without_anything_that_grew_there_is_only_the_line(points: Any) -> None:
    assert looks(drawn(*points), "own") == []
    assert len(looks(drawn(*points), "leader")) == 1


@given(
    points=st.lists(st.tuples(NAMES, AMOUNTS), max_size=30),
    unit=st.sampled_from(["", " %", " full-time equivalents"]),
    words=LANGUAGES,
    width=st.sampled_from([120.0, 228.0, 476.0]),
)
def test_words_keep_clear_of_one_another_and_within_the_picture(
    points: list[tuple[str, float]], unit: str, words: Language, width: float
) -> None:
    picture = growth(
        id="a", title="a", points=points, written=lambda value: words.number(value, 2) + unit, words=words,
        width=width,
    )  # fmt: skip
    assert outside(picture) == []
    assert overlapping(picture) == []
