from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.comparisons import figure
from factories.small_scheme import AGE, BUDGET, FOUNDED, LOAD, MEMBERS, PLAN, PUBLIC, STAFF
from touchstone.core.benchmark.model import Figure
from touchstone.core.quality.wording import number
from touchstone.core.scheme.model import Derivation, Measure
from touchstone.output.charts import (
    Axis,
    Parts,
    Places,
    Spread,
    axis_for,
    light_shape,
    parts_chart,
    places,
    score_bar,
    spread_chart,
    strip,
)
from touchstone.output.tokens import colour

SVG = "{http://www.w3.org/2000/svg}"
FULL = figure(n=48, p5=5.0, p25=20.0, median=30.0, p75=60.0, p95=90.0)
QUARTILES = figure(n=12, p25=20.0, median=30.0, p75=60.0)
MEDIAN = figure(n=6, median=30.0)
NOTHING = figure(n=3)


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def looks(svg: str, look: str) -> list[ET.Element]:
    return [element for element in drawn(svg).iter() if element.get("class") == look]


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in drawn(svg).iter(f"{SVG}text")]


def spread(*rows: Spread, own: float | None = 52.0, **more: Any) -> Any:
    given: dict[str, Any] = {
        "id": "spread-A1.members",
        "title": "Members",
        "axis": Axis(low=0, high=100, ticks=(0, 50, 100)),
        "words": lambda value: number(value, MEMBERS),
    }
    return spread_chart(own=own, rows=rows, **{**given, **more})


# --- scales


@pytest.mark.parametrize(
    ("measure", "own", "shown", "ticks"),
    [
        (PUBLIC, 41.0, FULL, (0, 25, 50, 75, 100)),
        (PLAN, 1.0, figure(n=6, median=1.0), (0, 1, 2)),
        (MEMBERS, 52.0, FULL, (0, 25, 50, 75, 100)),
        (MEMBERS, 128.0, FULL, (0, 50, 100, 150)),
        (MEMBERS, None, NOTHING, (0, 1)),
        (MEMBERS, 0.0, NOTHING, (0, 1)),
        (STAFF, 0.6, NOTHING, (0, 0.2, 0.4, 0.6)),
        (FOUNDED, 2012.0, figure(n=6, median=2004.0), (2004, 2006, 2008, 2010, 2012)),
        (FOUNDED, 2012.0, NOTHING, (2012, 2013)),
        (AGE, -3.0, figure(n=6, median=5.0), (-4, -2, 0, 2, 4, 6)),
        (BUDGET, 310_000.0, figure(n=6, median=204_000.0), (0, 100_000, 200_000, 300_000, 400_000)),
    ],
)
def test_a_scale_is_the_measures_own_or_a_round_one_from_zero(
    measure: Measure, own: float | None, shown: Figure, ticks: tuple[float, ...]
) -> None:
    assert axis_for(measure, own, [shown]) == Axis(low=ticks[0], high=ticks[-1], ticks=ticks)


def test_a_share_beyond_a_hundred_gets_a_round_scale() -> None:
    assert axis_for(PUBLIC, 130.0, [FULL]).high == 150


def test_a_derived_measure_with_a_range_is_shown_on_it() -> None:
    mean = replace(LOAD, minimum=0, maximum=4, derived=Derivation(operation="mean", of=("B1.staff",)))
    assert axis_for(mean, 2.0, [figure(n=6, median=2.5)]) == Axis(low=0, high=4, ticks=(0, 1, 2, 3, 4))


def test_limits_that_only_bar_nonsense_do_not_make_a_scale() -> None:
    assert axis_for(replace(STAFF, minimum=0, maximum=1000), 3.0, [figure(n=6, median=2.8)]).high == 3


def test_an_own_value_far_out_does_not_flatten_the_peers() -> None:
    axis = axis_for(MEMBERS, 4000.0, [FULL])
    assert axis.high == 150
    assert axis.beyond(4000.0)
    assert axis.place(4000.0) == 1.0


def test_years_are_never_far_out() -> None:
    assert not axis_for(FOUNDED, 2012.0, [figure(n=6, median=1.0)]).beyond(2012.0)


FIGURES = st.floats(-1e7, 1e7, allow_subnormal=False).map(lambda value: round(value, 3))


@given(st.lists(FIGURES, min_size=3, max_size=3), FIGURES, st.sampled_from([MEMBERS, PUBLIC, FOUNDED, AGE]))
def test_what_is_shown_of_the_peers_always_lies_on_the_scale(
    shown: list[float], own: float, measure: Measure
) -> None:
    p25, median, p75 = sorted(shown)
    axis = axis_for(measure, own, [figure(n=12, p25=p25, median=median, p75=p75)])
    assert axis.low < axis.high
    assert not any(axis.beyond(value) for value in (p25, median, p75))
    assert 0 <= axis.place(p25) <= axis.place(median) <= axis.place(p75) <= 1
    assert 0 <= axis.place(own) <= 1
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)
    assert 2 <= len(axis.ticks) <= 8


# --- spreads


def test_a_picture_says_in_words_what_it_shows() -> None:
    picture = spread(Spread(name="ICT", figure=FULL), Spread(name="Gold", figure=NOTHING))
    assert picture.alt == (
        "Members: own value 52. ICT, 48 peers: median 30, middle half 20 to 60, P5 to P95 5 to 90. "
        "Gold, 3 peers: not shown."
    )


@pytest.mark.parametrize(
    ("shown", "alt"),
    [
        (QUARTILES, "Members: no own value. ICT, 12 peers: median 30, middle half 20 to 60."),
        (MEDIAN, "Members: no own value. ICT, 6 peers: median 30."),
        (figure(n=1), "Members: no own value. ICT, 1 peer: not shown."),
    ],
)
def test_words_and_drawing_hold_no_more_than_may_be_shown(shown: Figure, alt: str) -> None:
    picture = spread(Spread(name="ICT", figure=shown), own=None)
    assert picture.alt == alt
    assert len(looks(picture.svg, "whisker")) == 0
    assert len(looks(picture.svg, "peers")) == (shown.p25 is not None)
    assert len(looks(picture.svg, "median")) == (shown.median is not None)
    assert looks(picture.svg, "own") == []


def test_a_full_figure_is_one_box_one_line_and_one_median_and_no_point_of_a_peer() -> None:
    svg = spread(Spread(name="ICT", figure=FULL)).svg
    assert {look: len(looks(svg, look)) for look in ("peers", "whisker", "median", "own", "own-line")} == {
        "peers": 1, "whisker": 1, "median": 1, "own": 1, "own-line": 1,
    }  # fmt: skip
    assert {element.tag for element in drawn(svg).iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "text", "path", "rect")
    }


def test_the_box_lies_where_the_quartiles_are() -> None:
    (box,) = looks(spread(Spread(name="ICT", figure=FULL)).svg, "peers")
    assert (float(box.get("x", "")), float(box.get("width", ""))) == pytest.approx((6 + 0.2 * 288, 0.4 * 288))


def test_a_box_of_no_width_can_still_be_seen() -> None:
    same = figure(n=12, p25=30.0, median=30.0, p75=30.0)
    (box,) = looks(spread(Spread(name="ICT", figure=same)).svg, "peers")
    assert box.get("width") == "1"


def test_a_picture_has_a_title_a_description_and_ids_of_its_own() -> None:
    svg = drawn(spread(Spread(name="ICT", figure=FULL)).svg)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "spread-A1.members-title"
    assert svg.get("aria-describedby") == "spread-A1.members-desc"
    named = {element.get("id"): element.text for element in svg if element.get("id")}
    assert list(named) == ["spread-A1.members-title", "spread-A1.members-desc"]
    assert named["spread-A1.members-title"] == "Members"


def test_text_from_outside_stays_text() -> None:
    svg = spread(Spread(name='<script>"&', figure=FULL), title="</svg><b>", id='a"b').svg
    assert '<script>"&' in texts(svg)
    assert drawn(svg).find(f"{SVG}title") is not None
    assert "<b>" not in svg


def test_an_own_value_beyond_the_scale_says_so() -> None:
    picture = spread(Spread(name="ICT", figure=FULL), own=4000.0)
    assert "own value 4,000 (beyond the scale)" in texts(picture.svg)


def test_a_long_name_gives_way_to_the_figures_beside_it() -> None:
    svg = spread(Spread(name="Micro, nano and optical technologies and related portfolios", figure=FULL)).svg
    assert texts(svg)[3:5] == ["Micro, nano and optical technologies…", "median 30 · n 48"]


def test_labels_that_would_run_into_one_another_are_left_out() -> None:
    axis = Axis(low=0, high=2e6, ticks=(0, 5e5, 1e6, 1.5e6, 2e6))
    svg = spread(Spread(name="ICT", figure=FULL), own=None, axis=axis).svg
    assert texts(svg)[:3] == ["0", "1,000,000", "2,000,000"]


def test_a_picture_without_ticks_or_rows_is_still_one() -> None:
    assert spread(axis=Axis(low=0, high=1, ticks=()), own=None).alt == "Members: no own value. "


def test_the_same_figures_give_the_same_drawing() -> None:
    row = Spread(name="ICT", figure=FULL)
    assert spread(row).svg == spread(row).svg


# --- strips


def test_places_run_from_zero_to_one_and_are_none_where_nothing_may_be_drawn() -> None:
    axis = Axis(low=0, high=100, ticks=())
    assert places(own=52.0, figure=QUARTILES, axis=axis) == Places(
        p5=None, p25=0.2, median=0.3, p75=0.6, p95=None, own=0.52
    )


def test_a_strip_repeats_what_stands_beside_it_and_is_hidden_from_readers_of_text() -> None:
    axis = Axis(low=0, high=100, ticks=())
    svg = strip(places(own=52.0, figure=FULL, axis=axis))
    assert drawn(svg).get("aria-hidden") == "true"
    assert texts(svg) == []
    assert [len(looks(svg, look)) for look in ("whisker", "peers", "median", "own")] == [1, 1, 1, 1]
    bare = strip(places(own=None, figure=NOTHING, axis=axis))
    assert list(drawn(bare)) == []


# --- parts, score and lights

NAMES = ("weaker quarter", "middle half", "better quarter")


def test_bars_of_parts_have_one_length_and_their_counts_on_them() -> None:
    rows = (Parts(name="A", counts=(1, 0, 3)), Parts(name="B", counts=(0, 0, 0)))
    picture = parts_chart(id="standing", title="Standing", names=NAMES, rows=rows)
    assert picture.alt == (
        "Standing. A: weaker quarter 1, middle half 0, better quarter 3. "
        "B: weaker quarter 0, middle half 0, better quarter 0."
    )
    assert texts(picture.svg) == [*NAMES, "A", "1", "3", "B"]
    widths = [float(bar.get("width", "")) for bar in drawn(picture.svg).iter(f"{SVG}rect")]
    assert widths == [71, 215]


def test_the_weaker_part_is_told_apart_without_colour() -> None:
    picture = parts_chart(id="s", title="S", names=NAMES, rows=(Parts(name="A", counts=(1, 1, 1)),))
    (weaker,) = looks(picture.svg, "weaker")
    assert (weaker.get("fill"), weaker.get("stroke")) == (colour("paper"), colour("line-strong"))


def test_no_rows_make_an_empty_picture() -> None:
    assert parts_chart(id="s", title="S", names=NAMES, rows=()).alt == "S."


@pytest.mark.parametrize(("line", "anchor"), [(120.0, "end"), (30.0, "start")])
def test_the_score_stands_beside_the_line_to_reach(line: float, anchor: str) -> None:
    picture = score_bar(id="score", title="Points", points=96, maximum=150, line=line, line_name="needed")
    assert picture.alt == f"Points. 96 of 150 points; needed: {line:g}."
    (label,) = (text for text in drawn(picture.svg).iter(f"{SVG}text") if text.get("class") == "soft")
    assert label.get("text-anchor") == anchor
    (reached,) = looks(picture.svg, "own")
    assert float(reached.get("width", "")) == pytest.approx(288 * 96 / 150, abs=0.01)


def test_without_a_line_to_reach_the_score_stands_alone() -> None:
    picture = score_bar(id="score", title="Points", points=96, maximum=150, line=None, line_name="needed")
    assert picture.alt == "Points. 96 of 150 points."
    assert [text for text in drawn(picture.svg).iter(f"{SVG}text") if text.get("class") == "soft"] == []


def test_a_score_of_nothing_can_be_drawn() -> None:
    assert "0 of 0 points" in score_bar(
        id="score", title="Points", points=0, maximum=0, line=0.0, line_name="needed"
    ).alt  # fmt: skip


def test_each_light_has_a_shape_of_its_own() -> None:
    shapes = [light_shape(light) for light in ("green", "yellow", "red", "not_assessed")]
    assert len(set(shapes)) == 4
    kinds = [next(iter(drawn(shape))).tag.removeprefix(SVG) for shape in shapes]
    assert kinds == ["path", "rect", "path", "circle"]
    up, down = (drawn(shape)[0].get("d", "") for shape in (shapes[0], shapes[2]))
    assert (up, down) == ("M6 1L11.5 11L0.5 11Z", "M0.5 1L11.5 1L6 11Z")
