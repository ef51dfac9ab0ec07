import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.drawn import ENGLISH, LANGUAGES, NAMES, coordinates, looks, outside, overlapping, texts
from touchstone.core.language.language import Language
from touchstone.output.pictures.model import Picture
from touchstone.output.pictures.stacked import Stack, stacked, tint

FORCES = ("Industry", "Research", "Public authorities", "Cluster management")
TODAY = Stack(name="Today", parts=(45, 20, 20, 15))


def drawn(*rows: Stack, parts: tuple[str, ...] = FORCES, title: str = "Driving forces") -> Picture:
    return stacked(id="drivers", title=title, parts=parts, rows=rows, words=ENGLISH)


def shares(*parts: int) -> list[str]:
    return [ENGLISH.share(str(part)) for part in parts]


def named(*parts: tuple[str, int]) -> list[str]:
    return [f"{name} {share}" for (name, _), share in zip(parts, shares(*(n for _, n in parts)), strict=True)]


def lengths(picture: Picture, part: int) -> list[float]:
    """How long the pieces of a part are in the bars, which are 12 high."""
    found = [coordinates(piece) for piece in looks(picture, f"part-{part}")]
    return [wide for _, _, wide, high, _ in found if high == 12]


def test_bars_are_as_long_as_their_shares() -> None:
    whole = drawn(TODAY, Stack(name="ICT", parts=(25, 25, 25, 25)))
    ((first, second), *_) = (lengths(whole, part) for part in (1, 2, 3, 4))
    assert (first + 0.5) / (second + 0.5) == pytest.approx(45 / 25, abs=0.01)
    assert sum(lengths(whole, part)[0] + 0.5 for part in (1, 2, 3, 4)) == pytest.approx(
        sum(lengths(whole, part)[1] + 0.5 for part in (1, 2, 3, 4)), abs=0.1
    )


def test_a_bar_of_less_than_a_hundred_is_shorter_and_one_of_more_is_not_longer() -> None:
    full, less, more = (
        sum(
            wide + 0.5 for part in (1, 2, 3, 4) for wide in lengths(drawn(Stack(name="a", parts=parts)), part)
        )
        for parts in ((25.0, 25.0, 25.0, 25.0), (10.0, 20.0, 10.0, 10.0), (50.0, 50.0, 50.0, 50.0))
    )
    assert less == pytest.approx(full / 2, abs=0.1)
    assert more == pytest.approx(full, abs=0.1)


def test_parts_are_named_over_the_first_bar_and_their_shares_stand_in_it() -> None:
    picture = drawn(TODAY)
    assert texts(picture) == [*FORCES, "Today", *shares(45, 20, 20, 15)]
    assert len(looks(picture, "leader")) == 4
    assert picture.height == 30


def test_a_part_too_small_for_its_share_has_it_beside_its_name() -> None:
    picture = drawn(Stack(name="Today", parts=(30, 20, 48, 2)))
    assert texts(picture) == [*FORCES[:3], *named(("Cluster management", 2)), "Today", *shares(30, 20, 48)]


def test_names_without_room_over_the_bar_stand_under_it_behind_their_tints() -> None:
    small = (92.0, 3.0, 3.0, 2.0)
    picture = drawn(Stack(name="Today", parts=small), TODAY)
    assert looks(picture, "leader") == []
    assert texts(picture)[-4:] == [
        "Industry", *named(("Research", 3), ("Public authorities", 3), ("Cluster management", 2)),
    ]  # fmt: skip
    signs = [coordinates(looks(picture, f"part-{part}")[-1]) for part in (1, 2, 3, 4)]
    assert [(wide, high) for _, _, wide, high, _ in signs] == [(5, 5)] * 4


def test_a_part_that_only_others_have_is_named_under_the_bars() -> None:
    picture = drawn(Stack(name="Today", parts=(60, 40, 0, 0)), TODAY)
    assert texts(picture)[:2] == ["Industry", "Research"]
    assert texts(picture)[-2:] == ["Public authorities", "Cluster management"]


def test_a_part_of_nothing_is_not_drawn_but_told() -> None:
    picture = drawn(Stack(name="Today", parts=(60, 40, 0, 0)))
    assert looks(picture, "part-3") == []
    assert texts(picture) == ["Industry", "Research", "Today", *shares(60, 40)]
    assert picture.alt.endswith(f"{', '.join(named(('Public authorities', 0), ('Cluster management', 0)))}.")


def test_the_own_bar_is_told_apart_by_its_name() -> None:
    picture = drawn(TODAY, Stack(name="ICT", parts=(25, 25, 25, 25)))
    assert {label.text: label.look for label in picture.labels if label.x == 0} == {
        "Today": "strong",
        "ICT": "text",
    }


def test_all_figures_are_in_the_words_and_in_the_table() -> None:
    picture = drawn(TODAY, Stack(name="ICT", parts=(24.6, 25, 25, 25)))
    today, ict = (
        ", ".join(named(*zip(FORCES, parts, strict=True))) for parts in ((45, 20, 20, 15), (25, 25, 25, 25))
    )
    assert picture.alt == f"Driving forces. Today: {today}. ICT: {ict}."
    assert picture.table is not None
    assert picture.table.head == ("Part", "Today", "ICT")
    columns = zip(FORCES, shares(45, 20, 20, 15), shares(25, 25, 25, 25), strict=True)
    assert picture.table.rows == tuple(columns)


def test_a_whole_without_bars_or_parts_is_still_a_picture() -> None:
    assert drawn().alt == "Driving forces."
    assert texts(drawn(Stack(name="Today", parts=()), parts=())) == ["Today"]


def test_tints_are_nine_and_then_repeat_without_equal_neighbours() -> None:
    assert [tint(number) for number in range(12)] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4]
    assert all(tint(number) != tint(number + 1) for number in range(40))


@given(
    names=st.lists(NAMES, max_size=12),
    heads=st.lists(NAMES, max_size=4),
    shares=st.lists(st.floats(-5, 100) | st.just(0.0), min_size=48, max_size=48),
    words=LANGUAGES,
    width=st.sampled_from([222.0, 476.0]),
)
def test_words_keep_clear_of_one_another_and_within_the_picture(
    names: list[str], heads: list[str], shares: list[float], words: Language, width: float
) -> None:
    rows = [
        Stack(name=head, parts=tuple(shares[12 * number : 12 * number + len(names)]))
        for number, head in enumerate(heads)
    ]
    picture = stacked(id="a", title="Whole", parts=names, rows=rows, words=words, width=width)
    assert outside(picture) == []
    assert overlapping(picture) == []
