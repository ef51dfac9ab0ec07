from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.comparisons import figure
from factories.drawn import box
from factories.small_scheme import AGE, BUDGET, FOUNDED, LOAD, MEMBERS, PLAN, PUBLIC, STAFF
from touchstone.core.benchmark.model import Figure
from touchstone.core.scheme.model import Derivation, Measure
from touchstone.output.pictures.drawing import Drawing
from touchstone.output.pictures.scales import Axis, axis_for, grid, ticks

FULL = figure(n=48, p5=5.0, p25=20.0, median=30.0, p75=60.0, p95=90.0)
NOTHING = figure(n=3)
CENT = Axis(low=0, high=100, ticks=(0, 25, 50, 75, 100))


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
    assert axis.onto(10, 30)(4000.0) == 30


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


@given(FIGURES, st.floats(0, 100), st.floats(100.5, 400))
def test_a_scale_drawn_somewhere_has_the_places_of_the_scale(value: float, left: float, right: float) -> None:
    expected = left + CENT.place(value) * (right - left)
    assert CENT.onto(left, right)(value) == pytest.approx(expected)


# --- labels


def labels(axis: Axis, form: str, left: float = 50, right: float = 150, within: float = 200) -> list[str]:
    found = ticks(axis, form.format, left=left, right=right, y=10, within=within)
    return [label.text for label in found]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("{:g}", ["0", "50", "100"]),
        ("{:g} pieces", ["0 pieces", "50 pieces", "100 pieces"]),
        ("{:g} pieces of each", ["0 pieces of each", "100 pieces of each"]),
        ("{:g} pieces of each kind that there is at all", ["0 pieces of each kind that there is at all"]),
        ("{:g} pieces of each kind that there is at all in the world of figures", []),
    ],
)
def test_labels_that_are_many_or_would_run_into_one_another_are_left_out(form: str, shown: list[str]) -> None:
    assert labels(CENT, form) == shown


def test_all_labels_stand_where_they_are_few() -> None:
    assert labels(Axis(low=0, high=3, ticks=(0, 1, 2, 3)), "{:g}") == ["0", "1", "2", "3"]
    assert labels(Axis(low=0, high=1, ticks=()), "{:g}") == []


def test_a_label_stands_under_its_tick_and_within_the_picture() -> None:
    inside, edge = (ticks(CENT, "{:g} EUR".format, left=x, right=200, y=10, within=200)[0] for x in (50, 0))
    assert (box(inside).left + box(inside).right) / 2 == pytest.approx(50, abs=0.01)
    assert edge.x == 0


def test_each_tick_has_a_hairline() -> None:
    drawing = Drawing()
    grid(drawing, CENT, left=10, right=50, top=2, bottom=8)
    assert drawing.paths == {"grid": ["M10 2V8", "M20 2V8", "M30 2V8", "M40 2V8", "M50 2V8"]}
