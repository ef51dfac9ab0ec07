from dataclasses import replace

from factories.printed import printed
from factories.reports import ANSWERS, population, report
from factories.small_scheme import small_rules, small_scheme
from touchstone.core.quality.model import Effect
from touchstone.core.report.report import make_report
from touchstone.core.scheme.model import Effort
from touchstone.core.scheme.model import Light as Shade
from touchstone.output.content.model import CriterionRow, Light, PlanRow, RecommendationPart

YELLOW = Light(light="yellow", word="yellow")


def test_judgements_stand_by_dimension_with_points_and_gate() -> None:
    one, two = printed().dimensions
    assert (one.id, one.name, one.caption) == ("1", "Structure", "Quality indicators of dimension 1")
    assert [row.id for row in one.rows] == ["1.1", "1.2"]
    assert [row.id for row in two.rows] == ["2.1"]
    first = one.rows[0]
    assert (first.light, first.points) == (YELLOW, "3 of 5")
    assert (first.gate, first.gate_state) == ("minimum requirement met", "met")
    assert (one.rows[1].gate, one.rows[1].gate_state) == ("", "")


def test_a_gate_may_be_missed_or_open() -> None:
    missed = printed(report({**ANSWERS, "A1.members": 3})).dimensions[0].rows[0]
    assert (missed.gate, missed.gate_state) == ("minimum requirement not met", "unmet")
    unknown = printed(report({})).dimensions[0].rows[0]
    assert (unknown.gate, unknown.gate_state) == ("minimum requirement open", "open")
    assert (unknown.light.word, unknown.points) == ("not assessed", "– of 5")


def test_an_indicator_that_gives_no_points_has_a_dash() -> None:
    scheme = small_scheme()
    first = scheme.quality["1.1"]
    idle = replace(first, levels=tuple(replace(level, points=0) for level in first.levels))
    pointless = replace(scheme, quality={**scheme.quality, "1.1": idle})
    made = make_report(report().assessment, scheme=pointless, population=population())
    assert printed(made, pointless).dimensions[0].rows[0].points == "–"


def test_the_thresholds_say_how_sure_they_are() -> None:
    count, sure = printed().quality_intro
    assert count == (
        "Each of the 3 quality indicators is judged by the answers of the interview. Together they can give "
        "15 points. A minimum requirement that is not met stands in the way of a Silver label, whatever the "
        "points."
    )
    assert sure == (
        "Levels, points and minimum requirements of this scheme are "
        "a default of this scheme pack, not an official rule."
    )
    empty = small_scheme(quality={}, indicators={})
    made = make_report(report().assessment, scheme=empty, population=population())
    assert (len(printed(made, empty).quality_intro), printed(made, empty).dimensions) == (1, ())


def test_a_recommendation_says_what_why_and_what_proves_it() -> None:
    first = printed().recommendations[0]
    assert first == RecommendationPart(
        number=1,
        quality="2.1",
        name="Quality 2.1",
        light=YELLOW,
        gate=False,
        text="Complete the plan.",
        next="",
        effort="",
        reason=report().appraisal.recommendations[0].reason,
        proof="what proves it",
        unproven="Plan",
        effect="With green the score gains 2 points.",
    )
    assert [one.gate for one in printed().recommendations] == [False, True]


def test_the_next_step_and_the_effort_stand_with_the_recommendation_and_in_the_plan() -> None:
    made = report()
    first, second = made.appraisal.recommendations
    stepped = replace(first, next="Call the board.", effort=Effort.YEAR)
    appraisal = replace(made.appraisal, recommendations=(stepped, second))
    found = printed(replace(made, appraisal=appraisal))
    assert [(one.next, one.effort) for one in found.recommendations] == [
        ("Call the board.", "about a year"),
        ("", ""),
    ]
    assert found.plan == (
        PlanRow(quality="2.1", name="Quality 2.1", next="Call the board.", effort="about a year"),
        PlanRow(quality="1.1", name="Quality 1.1", next="Win a few more members.", effort=""),
    )


def test_the_plan_has_eight_lines_at_most() -> None:
    made = report()
    many = made.appraisal.recommendations * 5
    found = printed(replace(made, appraisal=replace(made.appraisal, recommendations=many)))
    assert (len(found.recommendations), len(found.plan)) == (10, 8)
    assert [row.quality for row in found.plan] == ["2.1", "1.1"] * 4


def test_eligibility_is_told_in_a_sentence_and_by_criterion() -> None:
    open_ = printed()
    assert open_.eligibility == "No criterion is failed, but at least one is still open."
    assert open_.criteria[0] == CriterionRow(
        text="Is set up.", state="open", word="open", reason=report().appraisal.criteria[0].reason
    )
    failed = printed(report({**ANSWERS, "A1.members": 3}))
    assert failed.eligibility == "At least one criterion is not met."
    assert (failed.criteria[1].state, failed.criteria[1].word) == ("unmet", "not met")


def test_a_rule_set_may_ask_for_nothing_or_all_may_be_met() -> None:
    def eligibility(*ids: str) -> str:
        made = make_report(
            report().assessment,
            scheme=small_scheme(),
            population=population(),
            rule_set=small_rules(eligibility=ids),
        )
        return printed(made).eligibility

    assert eligibility() == "This rule set asks for no eligibility criteria."
    assert eligibility("size") == "All criteria of the rule set are met."


def test_a_minimum_requirement_that_would_be_met_is_told() -> None:
    found = printed(report({"A1.members": 3})).recommendations
    assert [one.effect for one in found] == [
        "With yellow the score gains 3 points. A minimum requirement is then met."
    ]


def test_a_single_point_is_told_in_the_singular() -> None:
    one = Effect(light=Shade.YELLOW, points=1, opens_gate=False)
    made = report({"B2.plan": 1})
    appraisal = replace(
        made.appraisal,
        recommendations=tuple(replace(each, effect=one) for each in made.appraisal.recommendations),
    )
    found = printed(replace(made, appraisal=appraisal)).recommendations
    assert {each.effect for each in found} == {"With yellow the score gains 1 point."}


def test_without_a_next_light_and_with_evidence_nothing_more_is_said() -> None:
    made = report({"B2.plan": 1})
    appraisal = replace(
        made.appraisal,
        recommendations=tuple(
            replace(each, effect=None, cited=()) for each in made.appraisal.recommendations
        ),
    )
    found = printed(replace(made, appraisal=appraisal)).recommendations
    assert [(each.effect, each.unproven) for each in found] == [("", "")]


def test_no_light_to_mend_is_no_recommendation_and_no_plan() -> None:
    good = printed(report({**ANSWERS, "A1.members": 60, "B1.staff": 3.0, "B2.plan": 2}))
    assert (good.recommendations, good.plan) == ((), ())
