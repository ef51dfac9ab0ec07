from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.drawn import (
    AMOUNTS,
    ENGLISH,
    LANGUAGES,
    NAMES,
    coordinates,
    looks,
    outside,
    overlapping,
    texts,
)
from touchstone.core.language.language import Language
from touchstone.output.pictures.model import Picture
from touchstone.output.pictures.slope import Slope, slope

MEMBERS = Slope(name="Members", before=40, now=52)
RESEARCH = Slope(name="Research", before=9, now=8)


def drawn(*rows: Slope) -> Picture:
    return slope(
        id="change", title="Since 2024", rows=rows, from_="May 2024", to="October 2026",
        written=ENGLISH.number, words=ENGLISH,
    )  # fmt: skip


def test_a_line_goes_from_what_was_to_what_is_and_higher_is_more() -> None:
    picture = drawn(MEMBERS, RESEARCH)
    members, research = (coordinates(piece) for piece in looks(picture, "own-line"))
    assert members[0] == research[0] < members[2] == research[2]
    assert members[3] < members[1] < research[1] < research[3]
    # From 9 to 52 the whole height is 44; 40 lies a quarter of it under 52.
    down = (members[1] - members[3]) / (research[3] - members[3])
    assert down == pytest.approx((52 - 40) / (52 - 8), abs=0.01)


def test_every_end_has_a_dot_and_a_leader_to_its_words() -> None:
    picture = drawn(MEMBERS, RESEARCH)
    assert len(looks(picture, "own")) == len(looks(picture, "leader")) == 4


def test_values_and_names_stand_at_their_ends() -> None:
    assert texts(drawn(MEMBERS, RESEARCH)) == [
        "May 2024", "October 2026", "40", "9", "52", "Members", "8", "Research",
    ]  # fmt: skip


def test_values_that_lie_close_are_written_apart() -> None:
    rows = [Slope(name=str(now), before=30, now=now) for now in (50, 50.1, 50.2)]
    heights = [label.y for label in drawn(*rows).labels if label.look == "own"]
    assert sorted(heights) == heights
    assert min(after - before for before, after in pairwise(heights)) >= 9


def test_what_did_not_change_lies_level_in_the_middle() -> None:
    (line,) = looks(drawn(Slope(name="Members", before=5, now=5)), "own-line")
    _, start, _, end = coordinates(line)
    assert start == end == 41


def test_all_figures_are_in_the_words_and_in_the_table() -> None:
    picture = drawn(MEMBERS, RESEARCH)
    assert picture.alt == "Since 2024, May 2024 to October 2026. Members: 40 to 52. Research: 9 to 8."
    assert picture.table is not None
    assert picture.table.head == ("Measure", "May 2024", "October 2026")
    assert picture.table.rows == (("Members", "40", "52"), ("Research", "9", "8"))


def test_without_values_there_are_only_the_days() -> None:
    assert drawn().alt == "Since 2024, May 2024 to October 2026."
    assert texts(drawn()) == ["May 2024", "October 2026"]


@given(
    rows=st.lists(st.builds(Slope, name=NAMES, before=AMOUNTS, now=AMOUNTS), max_size=10),
    unit=st.sampled_from(["", " %", " full-time equivalents"]),
    words=LANGUAGES,
    from_=NAMES,
    to=NAMES,
    width=st.sampled_from([160.0, 228.0, 476.0]),
)
def test_words_keep_clear_of_one_another_and_within_the_picture(
    unit: str, words: Language, **more: Any
) -> None:
    picture = slope(
        id="a", title="a", written=lambda value: words.number(value, 2) + unit, words=words, **more
    )
    assert outside(picture) == []
    assert overlapping(picture) == []
