from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.comparisons import comparison, figure
from factories.small_scheme import PLANNING, condition, level, quality, small_rules, small_scheme
from touchstone.core.assessment.derivation import derive
from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Comparison
from touchstone.core.quality.planning import Change, Plan, plan
from touchstone.core.scheme.model import Light, QualityIndicator, Scheme

INTERVIEW = date(2026, 10, 12)
# Two members too few for green at 1.1, half a post too few at 1.2, a list where a plan should be at 2.1.
WANTING: Mapping[str, Value] = {"A1.members": 38, "B1.staff": 1.0, "B1.deputy": True, "B2.plan": 1}


def planned(
    values: Mapping[str, Value],
    *,
    scheme: Scheme | None = None,
    peers: Comparison | None = None,
    **more: Any,
) -> Plan:
    scheme = scheme or small_scheme()
    derived = derive(values, scheme, interviewed_on=INTERVIEW)
    return plan(
        derived,
        scheme=scheme,
        rule_set=small_rules(),
        comparison=peers,
        interviewed_on=INTERVIEW,
        **more,
    )


def only(*indicators: QualityIndicator) -> Scheme:
    return small_scheme(quality={one.id: one for one in indicators})


def chosen(found: Plan) -> list[str]:
    return [one.quality for one in found.chosen]


def test_each_improvement_leads_to_the_next_light_by_the_least_change() -> None:
    found = planned({"A1.members": 12})
    (one,) = found.improvements
    assert (one.quality, one.light, one.then, one.gain) == ("1.1", Light.RED, Light.YELLOW, 3)
    assert one.changes == (
        Change(
            measure="A1.members",
            own=12,
            needed=25,
            asked="from 25 members",
            median=None,
            n=0,
            distance=None,
        ),
    )


def test_what_an_improvement_costs_elsewhere_counts_against_it() -> None:
    values: Mapping[str, Value] = {"A1.members": 38, "B1.staff": 0.95, "B1.deputy": True, "B2.plan": 2}
    tight = quality(
        "1.2",
        level(Light.GREEN, 5, condition("B1.load", "at_most", 41)),
        level(Light.RED, 1),
    )
    found = planned(values, scheme=only(small_scheme().quality["1.1"], tight))
    (one,) = found.improvements
    assert (one.quality, one.gain, one.elsewhere) == ("1.1", -2, (("1.2", -4),))
    assert found.chosen == ()
    assert found.after == found.now


def test_what_an_improvement_brings_elsewhere_counts_for_it() -> None:
    double = quality(
        "1.2", level(Light.GREEN, 5, condition("A1.members", "at_least", 40)), level(Light.YELLOW, 3)
    )
    found = planned({"A1.members": 30}, scheme=only(small_scheme().quality["1.1"], double))
    assert [(one.quality, one.gain, one.elsewhere) for one in found.improvements] == [
        ("1.1", 4, (("1.2", 2),)),
        ("1.2", 4, (("1.1", 2),)),
    ]
    assert chosen(found) == ["1.1"]
    assert found.after.points == found.now.points + 4


def test_a_missed_gate_comes_before_more_points() -> None:
    found = planned({"A1.members": 10, "B2.plan": 0})
    assert [(one.quality, one.opens_gate) for one in found.chosen] == [
        ("1.1", True),
        ("2.1", False),
    ]


def test_of_equal_gains_the_shortest_way_comes_first() -> None:
    first = quality(
        "1.1", level(Light.GREEN, 5, condition("A1.members", "at_least", 40)), level(Light.YELLOW, 3)
    )
    second = quality(
        "1.2", level(Light.GREEN, 5, condition("B1.staff", "at_least", 2)), level(Light.YELLOW, 3)
    )
    peers = comparison(
        {
            "A1.members": {"portfolio:ict": figure(n=12, p25=40, median=50, p75=60)},
            "B1.staff": {"portfolio:ict": figure(n=12, p25=1, median=2, p75=5)},
        }
    )
    values: Mapping[str, Value] = {"A1.members": 20, "B1.staff": 1.0}
    found = planned(values, scheme=only(first, second), peers=peers)
    assert [(one.quality, one.distance) for one in found.improvements] == [("1.2", 0.25), ("1.1", 1.0)]
    assert [(one.changes[0].median, one.changes[0].n) for one in found.improvements] == [(2, 12), (50, 12)]


@pytest.mark.parametrize(("p25", "p75"), [(None, None), (40.0, 40.0)])
def test_without_a_spread_of_the_peers_the_way_is_not_known(p25: float | None, p75: float | None) -> None:
    peers = comparison({"A1.members": {"portfolio:ict": figure(n=12, p25=p25, median=40.0, p75=p75)}})
    (one,) = planned({"A1.members": 30}, peers=peers).improvements
    assert one.changes[0].distance is None


def test_what_has_no_number_has_no_distance() -> None:
    peers = comparison({"B1.deputy": {"portfolio:ict": figure(n=12, p25=0, median=1, p75=1)}})
    one = quality(
        "1.1", level(Light.GREEN, 5, condition("B1.deputy", "equals", True)), level(Light.YELLOW, 3)
    )
    (found,) = planned({"B1.deputy": False}, scheme=only(one), peers=peers).improvements
    assert found.changes[0].distance is None


def test_strategy_comes_first_among_equals() -> None:
    other = quality(
        "1.1", level(Light.GREEN, 5, condition("B1.staff", "at_least", 2)), level(Light.YELLOW, 3)
    )
    found = planned({"B1.staff": 1.0, "B2.plan": 1}, scheme=only(other, PLANNING))
    assert chosen(found) == ["2.1", "1.1"]


def test_improvements_are_taken_one_after_the_other_and_stay_in_place() -> None:
    found = planned(WANTING, steps=2)
    assert len(found.chosen) == 2
    assert found.after.points == found.now.points + sum(one.gain for one in found.chosen)


def test_a_derived_value_that_is_changed_stays_so_while_others_change() -> None:
    load = quality("1.2", level(Light.GREEN, 5, condition("B1.load", "at_most", 10)), level(Light.YELLOW, 3))
    scheme = only(small_scheme().quality["1.1"], load)
    found = planned({"A1.members": 38, "B1.staff": 1.0}, scheme=scheme)
    assert sorted(chosen(found)) == ["1.1", "1.2"]
    assert (found.now.points, found.after.points) == (6, 10)


def test_what_only_time_brings_is_no_improvement() -> None:
    age = quality("2.1", level(Light.GREEN, 5, condition("A1.age", "at_least", 4)), level(Light.YELLOW, 3))
    found = planned({"A1.founded": 2025}, scheme=only(age))
    assert (found.improvements, found.chosen) == ((), ())


@pytest.mark.parametrize(
    ("measure", "test", "bound", "own", "needed"),
    [
        ("A1.members", "above", 24.5, 3, 25),
        ("A1.members", "above", 24, 3, 25),
        ("A1.members", "below", 10, 30, 9),
        ("B2.public", "above", 50, 10.0, 50.1),
        ("B2.public", "below", 50, 90.0, 49.9),
        ("B1.staff", "above", 2, 1.0, 2.01),
        ("B1.deputy", "equals", True, False, True),
        ("B1.form", "one_of", ("company", "association"), "other", "company"),
        ("B1.form", "equals", "company", "association", "company"),
    ],
)
def test_a_change_is_the_least_that_meets_the_condition(
    measure: str, test: str, bound: Any, own: Value, needed: Value
) -> None:
    one = quality("1.1", level(Light.GREEN, 5, condition(measure, test, bound)), level(Light.YELLOW, 3))
    found = planned({measure: own}, scheme=only(one))
    ((change,),) = [one.changes for one in found.improvements]
    assert change.needed == pytest.approx(needed)
    assert change.own == own
    assert found.after.points == 5


def test_a_missing_answer_of_the_next_light_is_part_of_the_change() -> None:
    found = planned({"B1.staff": 0.2, "A1.members": 10})
    changes = {one.quality: [change.measure for change in one.changes] for one in found.improvements}
    assert changes["1.2"] == ["B1.staff"]


def test_what_stands_against_gold_by_itself_is_named() -> None:
    found = planned({"A1.members": 10, "B2.plan": 1})
    assert found.in_the_way == ("1.1", "1.2")
    assert found.unanswered == {"1.2": ("B1.load", "B1.staff", "B1.deputy")}


def test_all_green_leaves_nothing_to_plan() -> None:
    found = planned({"A1.members": 60, "B1.staff": 3.0, "B1.deputy": True, "B2.plan": 2})
    assert (found.improvements, found.chosen, found.in_the_way) == ((), (), ())


@given(
    members=st.integers(0, 200),
    staff=st.floats(0.1, 10).map(lambda value: round(value, 1)),
    deputy=st.booleans(),
    step=st.integers(0, 2),
    steps=st.integers(1, 4),
)
def test_a_plan_never_lowers_the_score_and_names_each_indicator_once(
    members: int, staff: float, deputy: bool, step: int, steps: int
) -> None:
    values: Mapping[str, Value] = {
        "A1.members": members,
        "B1.staff": staff,
        "B1.deputy": deputy,
        "B2.plan": step,
    }
    found = planned(values, steps=steps)
    assert found.after.points == found.now.points + sum(one.gain for one in found.chosen)
    assert all(one.gain > 0 for one in found.chosen)
    assert len({*chosen(found)}) == len(found.chosen)
    assert len(found.chosen) <= steps
