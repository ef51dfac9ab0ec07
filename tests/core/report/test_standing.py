from dataclasses import replace

import pytest

from factories.comparisons import comparison, figure, group
from factories.small_scheme import STORY, measure, small_scheme
from touchstone.core.benchmark.model import Figure
from touchstone.core.report.standing import (
    AreaStanding,
    Position,
    Side,
    Strength,
    position,
    reference_group,
    side,
    standings,
    strengths,
)
from touchstone.core.scheme.model import Direction, Kind

QUARTILES = figure(n=12, p25=20.0, median=30.0, p75=40.0)
MEDIAN = figure(n=6, median=30.0)


@pytest.mark.parametrize(
    ("own", "shown", "place"),
    [
        (19.9, QUARTILES, "lower_quarter"),
        (20.0, QUARTILES, "middle_half"),
        (40.0, QUARTILES, "middle_half"),
        (40.1, QUARTILES, "upper_quarter"),
        (29.0, MEDIAN, "below_the_median"),
        (30.0, MEDIAN, "at_the_median"),
        (31.0, MEDIAN, "above_the_median"),
        (31.0, figure(n=3), ""),
        (None, QUARTILES, ""),
    ],
)
def test_a_position_says_no_more_than_the_figures_shown(
    own: float | None, shown: Figure, place: Position
) -> None:
    assert position(own, shown) == place


def test_the_portfolio_is_the_group_spoken_of_first() -> None:
    found = reference_group(comparison({"A1.members": {"portfolio:ict": MEDIAN, "all": QUARTILES}}))
    assert found is not None
    assert found.id == "portfolio:ict"


def test_the_related_portfolios_and_then_all_stand_in_for_a_portfolio_that_shows_nothing() -> None:
    groups = (group("portfolio:ict", size=3), group("related:ict", size=14), group("all", size=90))
    figures = {"portfolio:ict": figure(n=3), "related:ict": QUARTILES, "all": QUARTILES}
    related = reference_group(comparison({"A1.members": figures}, groups=groups))
    everybody = reference_group(comparison({"A1.members": {"all": QUARTILES}}, groups=groups))
    assert (related and related.id, everybody and everybody.id) == ("related:ict", "all")


def test_the_country_and_the_gold_holders_never_stand_in() -> None:
    assert reference_group(comparison({"A1.members": {"country:LT": QUARTILES, "gold": QUARTILES}})) is None


def test_directed_measures_are_counted_by_area_and_turned_so_that_better_is_better() -> None:
    peers = {"portfolio:ict": QUARTILES}
    found = standings(
        comparison(
            {"A1.members": peers, "A1.age": peers, "B1.staff": peers, "B1.load": peers, "B2.plan": peers},
            own={"A1.members": 10.0, "A1.age": 10.0, "B1.staff": 30.0, "B1.load": 10.0, "B2.plan": 50.0},
        ),
        small_scheme(),
    )
    assert found == (
        AreaStanding(area="A", weaker=1, middle=0, better=0),
        AreaStanding(area="B", weaker=0, middle=1, better=2),
    )
    assert [one.counted for one in found] == [1, 3]


def test_what_only_a_median_is_shown_of_is_in_no_quarter() -> None:
    found = standings(
        comparison({"B1.load": {"portfolio:ict": MEDIAN}}, own={"B1.load": 10.0}), small_scheme()
    )
    assert [one.counted for one in found] == [0, 0]


def test_without_peers_every_area_is_empty() -> None:
    assert [one.counted for one in standings(comparison({}), small_scheme())] == [0, 0]


@pytest.mark.parametrize(
    ("place", "direction", "expected"),
    [
        ("upper_quarter", Direction.HIGHER, "better"),
        ("lower_quarter", Direction.HIGHER, "weaker"),
        ("upper_quarter", Direction.LOWER, "weaker"),
        ("lower_quarter", Direction.LOWER, "better"),
        ("upper_quarter", Direction.RANGE, ""),
        ("lower_quarter", Direction.DESCRIPTIVE, ""),
        ("middle_half", Direction.HIGHER, ""),
        ("above_the_median", Direction.HIGHER, ""),
        ("", Direction.LOWER, ""),
    ],
)
def test_an_outer_quarter_has_a_side_where_the_measure_has_a_direction(
    place: Position, direction: Direction, expected: Side
) -> None:
    assert side(place, direction) == expected


def ranked(percentile: float) -> Figure:
    return Figure(n=12, shown="quartiles", p25=20.0, median=30.0, p75=40.0, percentile=percentile)


def test_strengths_are_ordered_by_how_far_in_they_lie_whichever_way_is_better() -> None:
    group = "portfolio:ict"
    found = strengths(
        comparison(
            {
                "A1.members": {group: ranked(80.0)},
                "B1.load": {group: ranked(5.0)},
                "B2.plan": {group: ranked(50.0)},
            },
            own={"A1.members": 50.0, "B1.load": 10.0, "B2.plan": 30.0},
        ),
        small_scheme(),
    )
    assert found == (
        Strength(measure="B1.load", own=10.0, median=30.0, depth=95.0),
        Strength(measure="A1.members", own=50.0, median=30.0, depth=80.0),
    )


def test_of_one_indicator_the_farthest_in_is_told_and_of_equals_the_first() -> None:
    def first(staff: float, load: float) -> list[str]:
        figures = {
            "B1.staff": {"portfolio:ict": ranked(staff)},
            "B1.load": {"portfolio:ict": ranked(100 - load)},
        }
        compared = comparison(figures, own={"B1.staff": 50.0, "B1.load": 10.0})
        return [one.measure for one in strengths(compared, small_scheme())]

    assert [first(80.0, 90.0), first(90.0, 80.0), first(80.0, 80.0)] == [
        ["B1.load"],
        ["B1.staff"],
        ["B1.staff"],
    ]


def test_what_is_not_answered_or_not_shown_or_weaker_is_no_strength() -> None:
    group = "portfolio:ict"
    figures = {
        "A1.members": {group: ranked(80.0)},
        "B1.staff": {group: figure(n=6, median=30.0, percentile=90.0)},
        "B1.load": {group: ranked(90.0)},
        "B2.plan": {"all": ranked(90.0)},
        "B2.public": {group: ranked(90.0)},
    }
    own = {"B1.staff": 50.0, "B1.load": 50.0, "B2.plan": 50.0, "B2.public": 50.0}
    assert strengths(comparison(figures, own=own), small_scheme()) == ()


def test_without_a_reference_group_there_are_no_strengths() -> None:
    assert strengths(comparison({}, own={"A1.members": 50.0}), small_scheme()) == ()


def test_how_the_organisation_rates_its_own_story_is_no_strength() -> None:
    rating = measure("B2.rating", "Rating", Kind.SCALE, maximum=4, direction=Direction.HIGHER)
    scheme = small_scheme()
    told = replace(scheme.indicators["B2"], measures=(STORY, rating))
    rated = replace(scheme, indicators={**scheme.indicators, "B2": told})
    compared = comparison({"B2.rating": {"portfolio:ict": ranked(99.0)}}, own={"B2.rating": 50.0})
    assert strengths(compared, rated) == ()
