import pytest

from factories.comparisons import comparison, figure, group
from factories.small_scheme import small_scheme
from touchstone.core.benchmark.model import Figure
from touchstone.core.report.standing import (
    AreaStanding,
    Position,
    position,
    reference_group,
    standings,
)

QUARTILES = figure(n=12, p25=20.0, median=30.0, p75=40.0)
MEDIAN = figure(n=6, median=30.0)


@pytest.mark.parametrize(
    ("own", "shown", "place"),
    [
        (19.9, QUARTILES, "lower quarter"),
        (20.0, QUARTILES, "middle half"),
        (40.0, QUARTILES, "middle half"),
        (40.1, QUARTILES, "upper quarter"),
        (29.0, MEDIAN, "below the median"),
        (30.0, MEDIAN, "at the median"),
        (31.0, MEDIAN, "above the median"),
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
