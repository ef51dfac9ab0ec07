from typing import Any

import pytest

from factories.printed import printed
from factories.reports import ANSWERS, population, report
from factories.small_scheme import condition, level, quality, small_rules, small_scheme
from touchstone.core.assessment.model import Value
from touchstone.core.report.report import make_report
from touchstone.core.scheme.model import Light
from touchstone.output.content.model import Content, Fact, GroupRow, Step, Summary

GREEN: dict[str, Value] = {**ANSWERS, "A1.members": 60, "B1.staff": 3.0, "B2.plan": 2}


def summary(values: dict[str, Value] | None = None, **more: Any) -> Summary:
    return printed(report(values, **more)).summary


def states(values: dict[str, Value]) -> list[str]:
    """Of eligibility, minimum requirements, points."""
    return [step.state for step in summary(values).steps]


def test_the_summary_opens_with_the_answer() -> None:
    found = summary()
    assert found.opening == "11 of 15 points, 73.3 % of what the quality indicators can give."
    assert found.compared == "Compared with 30 peers of ICT, as of 12 October 2026."
    assert found.facts.startswith(
        "ICT · Lithuania · interview 12 October 2026 · Rules of 2020 · report LT-202610-"
    )


@pytest.mark.parametrize(
    ("size", "compared"),
    [
        (0, "There are too few peers to compare with; own values stand alone."),
        (8, "Compared with 8 peers of ICT and related portfolios, as of 12 October 2026."),
        (12, "Compared with 6 peers of ICT, as of 12 October 2026."),
    ],
)
def test_the_group_of_comparison_is_named_as_it_is(size: int, compared: str) -> None:
    assert summary(peers=population(size)).compared == compared


def test_lights_are_counted_in_a_fixed_order_with_a_shape_each() -> None:
    found = summary({**ANSWERS, "A1.members": 10, "B2.plan": 2}).lights
    assert [(one.word, one.count) for one in found] == [
        ("green", 2),
        ("yellow", 0),
        ("red", 1),
        ("not assessed", 0),
    ]
    assert len({one.shape for one in found}) == 4


def test_each_step_says_what_it_asks_and_how_it_stands() -> None:
    eligibility, gates, points = summary().steps
    assert eligibility == Step(
        name="Eligibility",
        asks="all 2 criteria of the rule set",
        here="1 met, 0 not met, 1 open",
        state="open",
        word="open",
    )
    assert (gates.here, gates.state) == ("1 met, 0 not met, 0 open", "met")
    assert points.asks == "at least 12 of 15 (80 %), and each indicator at least yellow"
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


def test_the_first_five_recommendations_are_the_levers_each_with_its_first_sentence() -> None:
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
    assert [lever.text for lever in summary().levers] == ["Complete the plan.", "Win a few more members."]


def test_the_standing_is_drawn_where_there_are_quarters() -> None:
    found = summary().standing
    assert found is not None
    assert found.alt == (
        "Where the organisation stands. A  Structure: weaker quarter 0, middle half 1, better quarter 0. "
        "B  Management: weaker quarter 0, middle half 2, better quarter 0."
    )
    assert summary(peers=population(12)).standing is None
    assert summary(peers=population(0)).standing is None


def _content(**more: Any) -> Content:
    return printed(report(**more))


def test_the_cover_names_organisation_rules_and_the_frozen_set() -> None:
    facts = _content().facts
    assert facts[:4] == (
        Fact(label="Comparative portfolio", value="ICT"),
        Fact(label="Country", value="Lithuania"),
        Fact(label="Website", value="https://example.org"),
        Fact(label="Interview", value="12 October 2026"),
    )
    assert Fact(label="Rule set", value="Rules of 2020, in force from 1 January 2020") in facts
    assert facts[-1] == Fact(label="Comparison set (SHA-256)", value=report().comparison.digest)


def test_what_is_not_known_of_an_organisation_is_left_out_or_told_as_it_is() -> None:
    facts = {fact.label: fact.value for fact in _content(website="", country="XX", portfolio="none").facts}
    assert "Website" not in facts
    assert facts["Country"] == "XX"
    assert facts["Comparative portfolio"] == "none"


def test_groups_say_what_is_withheld_and_why() -> None:
    rows = _content(peers=population(8)).groups
    assert rows[0] == GroupRow(
        name="ICT",
        kind="Comparative portfolio",
        n="4",
        shown="nothing",
        withheld="It has fewer than 5 peers.",
    )
    assert rows[1] == GroupRow(
        name="ICT and related portfolios",
        kind="Portfolio and related ones",
        n="8",
        shown="median",
        withheld="–",
    )
    assert [row.name for row in rows[2:]] == ["Lithuania", "Gold label holders", "All organisations"]


def test_synthetic_peers_are_marked_and_real_ones_are_not() -> None:
    assert _content().synthetic_mark == "Synthetic peers"
    real = _content(peers=population(synthetic=False))
    assert (real.synthetic, real.synthetic_mark) == ("", "")


def test_a_long_name_is_short_in_running_heads_and_whole_elsewhere() -> None:
    found = _content(name="x" * 300)
    assert len(found.organisation_short) == 60
    assert found.title == f"Benchmarking report: {'x' * 300}"


def test_the_rules_of_the_case_are_the_ones_named() -> None:
    scheme = small_scheme()
    rules = small_rules(name="Rules of 1999", pass_share=50.0)
    made = make_report(report().assessment, scheme=scheme, population=population(), rule_set=rules)
    assert "Rules of 1999" in printed(made).summary.facts
    assert printed(made).summary.steps[2].asks.startswith("at least 7.5 of 15 (50 %)")


def test_under_rules_without_gold_no_line_is_to_be_reached() -> None:
    rules = small_rules(levels=("bronze",), pass_share=None, pass_light=None)
    made = make_report(report().assessment, scheme=small_scheme(), population=population(), rule_set=rules)
    found = printed(made).summary
    with_gold = printed(report()).summary
    assert [step.name for step in found.steps] == [step.name for step in with_gold.steps[:2]]
    assert found.score.alt == f"{with_gold.score.alt.partition(';')[0]}."
