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
    steps,
    texts,
)
from touchstone.core.benchmark.density import Bin
from touchstone.core.benchmark.model import Figure
from touchstone.core.language.language import Language
from touchstone.output.pictures.model import Picture
from touchstone.output.pictures.scales import Axis
from touchstone.output.pictures.spread import Spread, spread

FULL = figure(n=48, p5=5.0, p25=20.0, median=30.0, p75=60.0, p95=90.0)
QUARTILES = figure(n=12, p25=20.0, median=30.0, p75=60.0)
MEDIAN = figure(n=6, median=30.0)
NOTHING = figure(n=3)
CENT = Axis(low=0, high=100, ticks=(0, 50, 100))
WIDE = Axis(low=-1e12, high=1e12, ticks=(-1e12, 0, 1e12))
BARE = Axis(low=0, high=1, ticks=())
BINS = (Bin(low=0, high=20, n=8), Bin(low=20, high=30, n=12), Bin(low=30, high=100, n=28))


def drawn(*rows: Spread, own: float | None = 52.0, bins: tuple[Bin, ...] = (), **more: Any) -> Picture:
    given: dict[str, Any] = {
        "id": "spread-A1.members",
        "title": "Members",
        "axis": CENT,
        "written": ENGLISH.number,
        "words": ENGLISH,
    }
    return spread(own=own, rows=rows, bins=bins, **{**given, **more})


def one(shown: Figure, **more: Any) -> Picture:
    return drawn(Spread(name="ICT", figure=shown), **more)


# --- what is drawn


def test_a_full_figure_is_one_box_one_line_and_one_median_and_no_point_of_a_peer() -> None:
    picture = one(FULL)
    drawn = ("peers", "whisker", "median", "mark", "own-line")
    assert [len(looks(picture, look)) for look in drawn] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("shown", [FULL, QUARTILES, MEDIAN, NOTHING])
def test_only_what_may_be_shown_is_drawn(shown: Figure) -> None:
    picture = one(shown, own=None)
    assert len(looks(picture, "whisker")) == (shown.p5 is not None)
    assert len(looks(picture, "peers")) == (shown.p25 is not None)
    assert len(looks(picture, "median")) == (shown.median is not None)
    assert len(looks(picture, "grid")) == (0 if shown.median is None else 3)
    assert looks(picture, "mark") + looks(picture, "own-line") == []


def test_the_parts_lie_where_the_figures_are() -> None:
    picture = one(FULL)
    left, right = (coordinates(looks(picture, "grid")[tick])[0] for tick in (0, -1))

    def at(value: float) -> Any:
        return pytest.approx(left + value / 100 * (right - left), abs=0.02)

    (box,), (whisker,), (median,) = (looks(picture, look) for look in ("peers", "whisker", "median"))
    x, _, wide, *_ = coordinates(box)
    assert (x, x + wide) == (at(20), at(60))
    assert [coordinates(whisker)[0], coordinates(whisker)[2]] == [at(5), at(90)]
    assert coordinates(median)[0] == at(30)
    assert coordinates(looks(picture, "own-line")[0])[0] == at(52)
    assert steps(looks(picture, "mark")[0])[2][0] == at(52)


def test_a_box_of_no_width_can_still_be_seen() -> None:
    same = figure(n=12, p25=30.0, median=30.0, p75=30.0)
    (box,) = looks(one(same), "peers")
    assert coordinates(box)[2] == 0.75


def test_an_own_value_beyond_the_scale_points_out_of_it_and_says_so() -> None:
    above, below = one(FULL, own=4000.0), one(FULL, own=-7.0)
    assert "own value 4,000, beyond the scale" in texts(above)
    for picture, way in ((above, 1), (below, -1)):
        (first, second, tip) = steps(looks(picture, "mark")[0])
        assert first[0] == second[0]
        assert (tip[0] - first[0]) * way > 0


def test_rows_without_figures_are_words_that_nothing_crosses() -> None:
    rows = [Spread(name=name, figure=shown) for name, shown in (("a", FULL), ("b", NOTHING), ("c", MEDIAN))]
    picture = drawn(*rows)
    assert texts(picture).count("not shown") == 1
    (hidden,) = (label for label in picture.labels if label.text == "not shown")
    runs = [coordinates(piece)[1:] for piece in looks(picture, "own-line")]
    assert len(runs) == 2
    assert not any(top < hidden.y < bottom for top, bottom in runs)


def test_rows_that_follow_one_another_share_their_lines() -> None:
    picture = drawn(Spread(name="a", figure=FULL), Spread(name="b", figure=MEDIAN))
    assert len(looks(picture, "own-line")) == 1


# --- density


def test_each_step_is_as_high_as_its_peers_are_dense() -> None:
    (outline,) = looks(one(FULL, bins=BINS), "steps")
    corners = steps(outline)
    base = corners[0][1]
    heights = [base - y for _, y in corners[1:-1:2]]
    assert heights[1] == max(heights)
    assert [round(height / heights[1], 2) for height in heights] == [0.33, 1.0, 0.33]
    widths = [end[0] - start[0] for start, end in zip(corners[1:-1:2], corners[2::2], strict=True)]
    assert [round(wide / sum(widths), 3) for wide in widths] == [0.2, 0.1, 0.7]


def test_bins_that_do_not_touch_leave_a_gap() -> None:
    apart = (Bin(low=0, high=20, n=8), Bin(low=40, high=60, n=8))
    assert len(looks(one(FULL, bins=apart), "steps")) == 2


def test_a_bin_without_width_is_no_needle_and_empty_bins_are_flat() -> None:
    for bins in ((Bin(low=30, high=30, n=8), Bin(low=30, high=40, n=8)), (Bin(low=0, high=50, n=0),)):
        picture = one(FULL, bins=bins)
        assert all(0 <= y <= picture.height for _, y in steps(looks(picture, "steps")[0]))


def test_without_bins_or_without_a_median_there_is_no_density() -> None:
    assert looks(one(FULL), "steps") == []
    assert looks(one(NOTHING, bins=BINS), "steps") == []
    assert looks(drawn(bins=BINS), "steps") == []
    assert "most frequent" not in one(NOTHING, bins=BINS).alt


def test_density_is_that_of_the_reference_group_alone() -> None:
    picture = drawn(Spread(name="a", figure=FULL), Spread(name="b", figure=FULL), bins=BINS)
    floor = steps(looks(picture, "steps")[0])[0][1]
    second = next(label for label in picture.labels if label.text == "b")
    assert floor < second.y - 7


def test_the_picture_of_four_groups_is_about_as_high_as_planned() -> None:
    rows = [Spread(name=name, figure=FULL) for name in "abcd"]
    assert drawn(*rows, bins=BINS).height == 86
    assert drawn(*rows).height == 75
    assert drawn(*rows, own=None).height == 65


# --- words


def test_a_picture_says_in_words_what_it_shows() -> None:
    rows = (Spread(name="ICT", figure=FULL), Spread(name="Gold", figure=NOTHING))
    assert drawn(*rows, bins=BINS).alt == (
        "Members: own value 52. ICT, 48 peers: median 30, middle half 20 to 60, P5 to P95 5 to 90. "
        "Gold, 3 peers: not shown. In ICT, values around 25 are most frequent."
    )


@pytest.mark.parametrize(
    ("shown", "alt"),
    [
        (QUARTILES, "Members: no own value. ICT, 12 peers: median 30, middle half 20 to 60."),
        (MEDIAN, "Members: no own value. ICT, 6 peers: median 30."),
        (figure(n=1), "Members: no own value. ICT, 1 peer: not shown."),
    ],
)
def test_words_hold_no_more_than_may_be_shown(shown: Figure, alt: str) -> None:
    assert one(shown, own=None).alt == alt


def test_the_table_holds_the_same_figures() -> None:
    picture = drawn(Spread(name="ICT", figure=FULL), Spread(name="Gold", figure=MEDIAN))
    assert picture.table is not None
    assert picture.table.caption == "Members: own value 52"
    assert picture.table.head == ("Group", "n", "P5", "P25", "Median", "P75", "P95")
    assert picture.table.rows == (
        ("ICT", "48", "5", "20", "30", "60", "90"),
        ("Gold", "6", "–", "–", "30", "–", "–"),
    )


def test_medians_and_numbers_of_peers_stand_in_columns() -> None:
    picture = drawn(Spread(name="ICT", figure=FULL), Spread(name="All", figure=figure(n=1243, median=41.0)))
    assert texts(picture) == [
        "median", "n", "ICT", "48", "30", "All", "1,243", "41", "own value 52", "0", "50", "100",
    ]  # fmt: skip
    ends = {label.text: label.x for label in picture.labels if label.anchor == "end"}
    assert ends["n"] == ends["48"] == ends["1,243"] == 222
    assert ends["median"] == ends["30"] == ends["41"]


def test_the_reference_group_has_two_lines_for_its_name_and_the_others_one() -> None:
    name = "Micro, nano and optical technologies"
    picture = drawn(Spread(name=name, figure=FULL), Spread(name=name, figure=FULL))
    assert [label.text for label in picture.labels if label.x == 0 and label.look != "soft"] == [
        "Micro, nano and", "optical technolo…", "Micro, nano and o…",
    ]  # fmt: skip


def test_a_picture_without_ticks_or_rows_is_still_one() -> None:
    assert drawn(axis=BARE, own=None).alt == "Members: no own value. "


def test_the_same_figures_give_the_same_drawing() -> None:
    assert one(FULL, bins=BINS) == one(FULL, bins=BINS)


def test_names_from_outside_stay_on_their_line() -> None:
    picture = drawn(Spread(name="Am\nber", figure=MEDIAN), title="Mem\tbers", own=None)
    assert picture.title == "Mem bers"
    assert picture.alt == "Mem bers: no own value. Am ber, 6 peers: median 30."


@given(
    rows=st.lists(st.builds(Spread, name=NAMES, figure=figures()), max_size=6),
    own=st.none() | AMOUNTS,
    axis=st.sampled_from([CENT, WIDE, BARE]),
    bins=st.sampled_from([(), BINS]),
    unit=st.sampled_from(["", " %", " EUR", " full-time equivalents"]),
    words=LANGUAGES,
    title=NAMES,
    width=st.sampled_from([160.0, 222.0, 476.0]),
)
def test_words_keep_clear_of_one_another_and_within_the_picture(
    rows: list[Spread], unit: str, words: Language, **more: Any
) -> None:
    picture = spread(
        id="a", rows=rows, written=lambda value: words.number(value, 2) + unit, words=words, **more
    )
    assert outside(picture) == []
    assert overlapping(picture) == []


@given(figures(st.floats(1, 99).map(lambda value: round(value, 1))), st.booleans())
def test_each_figure_shown_is_in_the_words_and_no_other(shown: Figure, dense: bool) -> None:
    picture = one(shown, own=None, bins=BINS if dense else (), written=lambda value: f"<{value}>")
    values = (shown.p5, shown.p25, shown.median, shown.p75, shown.p95)
    told = {f"<{value}>" for value in values if value is not None}
    if dense and shown.median is not None:
        told.add("<25.0>")
    assert {f"<{part.split('>')[0]}>" for part in picture.alt.split("<")[1:]} == told
