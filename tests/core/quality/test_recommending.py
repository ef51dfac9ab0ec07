from typing import Any

import numpy as np
import pytest

from factories.comparisons import comparison, figure, group
from factories.small_scheme import condition, level, quality, small_scheme
from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Comparison
from touchstone.core.language.language import language
from touchstone.core.quality.judging import judge
from touchstone.core.quality.model import Citation, Effect, Recommendation
from touchstone.core.quality.recommending import recommend
from touchstone.core.scheme.model import Light, QualityIndicator, Scheme

ENGLISH = language("en")


def recommended(
    values: dict[str, Value], *, scheme: Scheme | None = None, peers: Comparison | None = None
) -> tuple[Recommendation, ...]:
    scheme = scheme or small_scheme()
    judgements = [judge(one, values, scheme.measures, ENGLISH) for one in scheme.quality.values()]
    return recommend(judgements, scheme=scheme, values=values, comparison=peers)


def order(values: dict[str, Value], **more: Any) -> list[str]:
    return [one.quality for one in recommended(values, **more)]


def step(id: str, measure: str, **more: Any) -> QualityIndicator:
    """Green from 10, yellow from 5, otherwise red."""
    levels = (
        level(Light.GREEN, 5, condition(measure, "at_least", 10)),
        level(Light.YELLOW, 3, condition(measure, "at_least", 5)),
        level(Light.RED, 0),
    )
    return quality(id, *levels, **more)


def test_red_on_a_gate_comes_first_then_red_then_yellow() -> None:
    values: dict[str, Value] = {"A1.members": 10, "B1.load": 100.0, "B1.staff": 0.1, "B2.plan": 1}
    assert order(values) == ["1.1", "1.2", "2.1"]


def test_strategy_comes_first_among_its_equals_and_the_pack_orders_the_rest() -> None:
    values: dict[str, Value] = {"A1.members": 30, "B1.load": 100.0, "B1.staff": 0.1, "B2.plan": 0}
    assert order(values) == ["2.1", "1.2", "1.1"]


def test_green_and_unassessed_indicators_get_no_recommendation() -> None:
    assert order({"A1.members": 40}) == []


def test_yellow_below_the_lower_quartile_of_the_portfolio_comes_before_other_yellow() -> None:
    two = small_scheme(quality={one.id: one for one in (step("1.1", "B1.staff"), step("1.2", "A1.members"))})
    values: dict[str, Value] = {"B1.staff": 6, "A1.members": 6}
    peers = comparison({"A1.members": {"portfolio:ict": figure(n=12, p25=8, median=9, p75=20)}})
    assert order(values, scheme=two) == ["1.1", "1.2"]
    assert order(values, scheme=two, peers=peers) == ["1.2", "1.1"]


@pytest.mark.parametrize(
    ("test", "p25", "p75", "weak"),
    [
        ("at_least", 7.0, 9.0, True),
        ("at_least", 6.0, 9.0, False),
        ("at_most", 1.0, 5.0, True),
        ("at_most", 1.0, 6.0, False),
        ("below", 1.0, 5.0, True),
        ("above", 7.0, 9.0, True),
        ("at_least", None, None, False),
    ],
)
def test_the_weak_side_is_the_one_that_the_condition_turns_away_from(
    test: str, p25: float | None, p75: float | None, weak: bool
) -> None:
    bound = 3 if test in {"at_most", "below"} else 30
    one = quality(
        "1.1",
        level(Light.GREEN, 5, condition("A1.members", test, bound)),
        level(Light.YELLOW, 3),
    )
    peers = comparison({"A1.members": {"portfolio:ict": figure(n=12, p25=p25, median=6.5, p75=p75)}})
    found = recommended({"A1.members": 6}, scheme=small_scheme(quality={"1.1": one}), peers=peers)
    assert [one.below_lower_quartile for one in found] == [weak]


def test_the_reason_names_value_threshold_and_median() -> None:
    peers = comparison({"A1.members": {"portfolio:ict": figure(n=48, p25=40, median=62, p75=95)}})
    assert recommended({"A1.members": 18}, peers=peers) == (
        Recommendation(
            quality="1.1",
            light="red",
            reason="Members: 18 members; yellow from 25 members, green from 40 members. "
            "Portfolio median: 62 members (48 peers)",
            text="Win members.",
            below_lower_quartile=True,
            cited=(
                Citation(
                    measure="A1.members", own=18, asked="from 25 members", median=62, n=48, proven=False
                ),
            ),
            effect=Effect(light=Light.YELLOW, points=2, opens_gate=False),
        ),
    )


def test_evidence_that_is_not_on_file_is_named() -> None:
    values: dict[str, Value] = {"B1.load": 60.0, "B1.staff": 1.0, "B1.deputy": True}
    scheme = small_scheme()
    judgements = [judge(scheme.quality["1.2"], values, scheme.measures, ENGLISH)]
    (one,) = recommend(judgements, scheme=scheme, values=values, comparison=None, proven={"B1.staff"})
    assert [(cited.measure, cited.proven) for cited in one.cited] == [("B1.load", False), ("B1.staff", True)]
    assert one.unproven == ("B1.load",)


def test_what_the_next_light_would_change_is_told() -> None:
    (one,) = recommended({"A1.members": 3})
    assert one.effect == Effect(light=Light.YELLOW, points=3, opens_gate=True)


def test_several_medians_are_told_by_name() -> None:
    peers = comparison(
        {
            "B1.load": {"portfolio:ict": figure(n=12, p25=20, median=27, p75=44)},
            "B1.staff": {"portfolio:ict": figure(n=11, median=2.8)},
        }
    )
    values: dict[str, Value] = {"B1.load": 60.0, "B1.staff": 1.0, "B1.deputy": True}
    (one,) = recommended(values, peers=peers)
    assert one.reason == (
        "Members per FTE: 60; green at most 40. Staff: 1 FTE; green from 1.5 FTE. "
        "Portfolio median of Members per FTE: 27 (12 peers). Portfolio median of Staff: 2.8 FTE (11 peers)"
    )
    assert one.below_lower_quartile is True


def test_a_median_that_may_not_be_shown_is_not_cited() -> None:
    peers = comparison({"A1.members": {"portfolio:ict": figure(n=3), "all": figure(n=900, median=75)}})
    (one,) = recommended({"A1.members": 30}, peers=peers)
    assert one.reason == "Members: 30 members; green from 40 members"
    assert one.below_lower_quartile is False


def test_the_related_portfolios_stand_in_for_a_small_one() -> None:
    figures = {
        "A1.members": {
            "portfolio:ict": figure(n=3),
            "related:ict": figure(n=14, p25=35, median=60, p75=90),
        }
    }
    groups = (group("portfolio:ict", size=3), group("related:ict", size=14))
    (one,) = recommended({"A1.members": 30}, peers=comparison(figures, groups=groups))
    assert one.reason.endswith("Portfolio median: 60 members (14 peers)")


def test_a_measure_without_figures_or_order_has_no_quartile() -> None:
    one = quality(
        "1.1",
        level(
            Light.GREEN, 5, condition("B1.form", "equals", "company"), condition("B1.deputy", "equals", True)
        ),
        level(Light.YELLOW, 3),
    )
    scheme = small_scheme(quality={"1.1": one})
    peers = comparison({"B1.form": {"portfolio:ict": figure(n=12, p25=1, median=2, p75=3)}})
    (found,) = recommended({"B1.form": "association"}, scheme=scheme, peers=peers)
    assert found.below_lower_quartile is False


def test_a_light_without_advice_in_the_pack_tells_what_the_next_light_means() -> None:
    (one,) = recommended({"B1.load": 60.0, "B1.staff": 2.0, "B1.deputy": True})
    assert one.text == "green at 5"
    (red,) = recommended({"B2.plan": 0}, scheme=small_scheme(advice={}))
    assert red.text == "yellow at 3"


def test_an_indicator_without_advice_or_a_better_light_tells_what_is_judged() -> None:
    scheme = small_scheme(quality={"3.1": quality("3.1", level(Light.YELLOW, 3))})
    (one,) = recommended({}, scheme=scheme)
    assert one.text == "what is judged"


def test_a_merely_descriptive_measure_is_never_recommended_on() -> None:
    peers = comparison({"B2.public": {"portfolio:ict": figure(n=30, p25=40, median=50, p75=60)}})
    values: dict[str, Value] = {"B2.public": 100.0, "A1.age": 1.0}
    assert recommended(values, peers=peers) == ()


def test_a_comparison_group_is_one_of_plain_indices() -> None:
    assert np.array_equal(group("all", size=3).members, np.arange(3))
