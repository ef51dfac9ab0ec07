from dataclasses import replace
from typing import Any

import pytest

from factories.printed import printed
from factories.reports import ANSWERS, population, report
from factories.small_scheme import condition, level, quality, small_rules, small_scheme
from touchstone.core.assessment.model import Value
from touchstone.core.report.report import make_report
from touchstone.core.scheme.model import Effort, Light
from touchstone.output.content.model import Lever, Step, Strength, Summary
from touchstone.output.content.model import Light as LightPart

GREEN: dict[str, Value] = {**ANSWERS, "A1.members": 60, "B1.staff": 3.0, "B2.plan": 2}


def summary(values: dict[str, Value] | None = None, **more: Any) -> Summary:
    return printed(report(values, **more)).summary


def states(values: dict[str, Value]) -> list[str]:
    """Of eligibility, minimum requirements, points."""
    return [step.state for step in summary(values).steps]


def test_the_summary_opens_with_a_sentence_to_quote() -> None:
    found = summary()
    assert found.opening == (
        "Amber Coast Photonics reaches 11 of 15 points and lies in the better quarter of its peers in "
        "0 of 3 comparable figures, in the weaker quarter in 0."
    )
    assert found.compared == "Compared with 30 peers (ICT), as of 12 October 2026."
    assert found.facts.startswith("ICT · Lithuania · interview 12 October 2026 · Rules of 2020 · report LT")


def test_without_quarters_the_opening_tells_the_points_alone() -> None:
    assert summary(peers=population(0)).opening == "Amber Coast Photonics reaches 11 of 15 points."


@pytest.mark.parametrize(
    ("size", "compared"),
    [
        (0, "There are too few peers to compare with; own values stand alone."),
        (8, "Compared with 8 peers (ICT and related portfolios), as of 12 October 2026."),
        (12, "Compared with 6 peers (ICT), as of 12 October 2026."),
    ],
)
def test_the_group_of_comparison_is_named_as_it_is(size: int, compared: str) -> None:
    assert summary(peers=population(size)).compared == compared


def test_lights_are_counted_in_a_fixed_order() -> None:
    found = summary({**ANSWERS, "A1.members": 10, "B2.plan": 2}).lights
    assert [(one.light.light, one.light.word, one.count) for one in found] == [
        ("green", "green", 2),
        ("yellow", "yellow", 0),
        ("red", "red", 1),
        ("not_assessed", "not assessed", 0),
    ]


def test_each_step_says_what_it_asks_and_how_it_stands() -> None:
    eligibility, gates, points = summary().steps
    assert eligibility == Step(
        name="Eligibility",
        asks="all 2 criteria of the rule set",
        here="1 met, 0 not met, 1 open",
        state="open",
        word="open",
    )
    assert (gates.asks, gates.here, gates.state) == (
        "the 1 requirement met",
        "1 met, 0 not met, 0 open",
        "met",
    )
    assert points.asks == "at least 12 of 15 (80\u00a0%), and each indicator at least yellow"
    assert (points.here, points.word) == ("11 points; 0 red, 0 not assessed", "not met")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (GREEN, ["open", "met", "met"]),
        ({**GREEN, "A1.members": 10}, ["unmet", "unmet", "unmet"]),
        ({}, ["open", "open", "open"]),
        ({"B2.plan": 0}, ["open", "open", "unmet"]),
    ],
)
def test_a_step_is_met_not_met_or_open(values: dict[str, Value], expected: list[str]) -> None:
    assert states(values) == expected


def test_the_first_five_recommendations_are_the_levers() -> None:
    steps = [
        quality(
            f"1.{number}",
            level(Light.GREEN, 5, condition("A1.members", "at_least", 40)),
            level(Light.YELLOW, 3),
        )
        for number in range(7)
    ]
    scheme = small_scheme(
        quality={one.id: one for one in steps},
        advice={},
        indicators={id: one for id, one in small_scheme().indicators.items() if not one.quality},
    )
    made = make_report(report().assessment, scheme=scheme, population=population())
    found = printed(made, scheme).summary
    assert [lever.quality for lever in found.levers] == ["1.0", "1.1", "1.2", "1.3", "1.4"]
    assert found.more == "All 7 recommendations, each with its reason, are in the full report."
    assert summary().more == ""


def test_a_lever_is_the_next_step_with_its_effort() -> None:
    made = report()
    first = replace(made.appraisal.recommendations[0], next="Ask <b>two</b>\nfirms.", effort=Effort.WEEKS)
    appraisal = replace(made.appraisal, recommendations=(first,))
    assert printed(replace(made, appraisal=appraisal)).summary.levers == (
        Lever(
            quality="2.1",
            name="Quality 2.1",
            light=LightPart(light="yellow", word="yellow"),
            text="Ask <b>two</b> firms.",
            effort="a few weeks",
        ),
    )


def test_without_a_next_step_the_first_sentence_of_the_advice_stands_in() -> None:
    assert [(lever.text, lever.effort) for lever in summary().levers] == [
        ("Complete the plan.", ""),
        ("Win a few more members.", ""),
    ]


def test_strengths_are_the_best_measures_and_then_what_is_green() -> None:
    found = summary({**GREEN, "A1.members": 69, "B1.staff": 5.0})
    assert found.strengths == (
        Strength(id="A1", name="Members", text="69 members; the peers’ median is 39"),
        Strength(id="B1", name="Staff", text="5 FTE; the peers’ median is 3"),
        Strength(id="1.1", name="Quality 1.1", text="green, 5 points"),
        Strength(id="1.2", name="Quality 1.2", text="green, 5 points"),
        Strength(id="2.1", name="Quality 2.1", text="green, 5 points"),
    )


def test_what_is_nowhere_better_has_no_strengths() -> None:
    assert summary({}).strengths == ()


def test_no_light_to_mend_is_no_lever() -> None:
    assert (summary(GREEN).levers, summary(GREEN).more) == ((), "")


def test_the_standing_is_drawn_where_there_are_quarters() -> None:
    found = summary().standing
    assert found is not None
    assert found.picture.alt == (
        "Where the organisation stands. Structure: weaker quarter 0, middle half 1, better quarter 0. "
        "Management: weaker quarter 0, middle half 2, better quarter 0."
    )
    assert found.caption == (
        "Figures with a better side, by the quarter of the peers (ICT) in which the own value lies. "
        "Better is to the right."
    )
    assert summary(peers=population(12)).standing is None
    assert summary(peers=population(0)).standing is None


def test_an_area_of_supplementary_questions_alone_is_not_counted_among_the_areas() -> None:
    scheme = small_scheme()
    extra = replace(scheme.indicators["A1"], supplementary=True)
    without = replace(scheme, indicators={**scheme.indicators, "A1": extra})
    found = printed(report(), without).summary
    assert found.standing is not None
    assert found.standing.picture.table is not None
    assert [row[0] for row in found.standing.picture.table.rows] == ["Management"]
    assert "0 of 2 comparable figures" in found.opening


def test_the_rules_of_the_case_are_the_ones_named() -> None:
    scheme = small_scheme()
    rules = small_rules(name="Rules of 1999", pass_share=50.0)
    made = make_report(report().assessment, scheme=scheme, population=population(), rule_set=rules)
    assert "Rules of 1999" in printed(made).summary.facts
    assert printed(made).summary.steps[2].asks.startswith("at least 7.5 of 15 (50\u00a0%)")


def test_under_rules_without_gold_no_line_is_to_be_reached() -> None:
    rules = small_rules(levels=("bronze",), pass_share=None, pass_light=None)
    made = make_report(report().assessment, scheme=small_scheme(), population=population(), rule_set=rules)
    found, with_gold = printed(made).summary, printed(report()).summary
    assert [step.name for step in found.steps] == ["Eligibility", "Minimum requirements"]
    assert found.score.picture.alt == f"{with_gold.score.picture.alt.partition(';')[0]}."
