"""The regional pack that ships: what it changes of the European one, and both sides of its thresholds."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from factories.scheme import shipped_scheme
from touchstone.core.assessment.derivation import derive
from touchstone.core.assessment.model import Value
from touchstone.core.language.language import language
from touchstone.core.quality.judging import judge, judge_criterion
from touchstone.core.scheme.difference import differences
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Certainty, Light, Process, Scheme

ENGLISH = language("en")

# Quality indicators that rest on one rising measure: the least values for 1, 3 and 5 points.
RISING = {
    "1.1.2": ("A6.total", 12, 25, 40),
    "3.1": ("C2.secured_months", 12, 18, 36),
    "3.2": ("C1.private", 15, 30, 50),
    "3.3": ("BW1.sources", 2, 3, 4),
}
COUNTS = ("1.1.2", "3.3")
SUSTAINED: Mapping[str, Value] = {"C2.secured_share": 75, "C2.financing_plan": True}
ABROAD: Mapping[str, Value] = {"BW2.strategy": True, "D7.intensity": 2, "D7.foreign_partners": 3}


@cache
def regional() -> Scheme:
    return load(shipped("ecei-bw"))


def points(quality: str, values: Mapping[str, Value]) -> int | None:
    return judge(regional().quality[quality], values, regional().measures, ENGLISH).points


def told(kind: str) -> list[str]:
    """The differences of one kind from the European pack, in words."""
    return [str(change) for change in differences(shipped_scheme(), regional()) if change.kind == kind]


@pytest.mark.parametrize("quality", RISING)
def test_a_rising_measure_gives_its_points_from_each_bound_on(quality: str) -> None:
    measure, *bounds = RISING[quality]
    below = 1 if quality in COUNTS else 0.1
    tried = [points(quality, {measure: bound - side}) for bound in bounds for side in (below, 0)]
    assert tried == [0, 1, 1, 3, 3, 5]


@pytest.mark.parametrize(
    ("quality", "best", "changed", "expected"),
    [
        ("3.4", SUSTAINED, {}, 5),
        ("3.4", SUSTAINED, {"C2.secured_share": 74.9}, 3),
        ("3.4", SUSTAINED, {"C2.financing_plan": False}, 3),
        ("3.4", SUSTAINED, {"C2.secured_share": 50}, 3),
        ("3.4", SUSTAINED, {"C2.secured_share": 49.9}, 1),
        ("3.4", SUSTAINED, {"C2.secured_share": 25}, 1),
        ("3.4", SUSTAINED, {"C2.secured_share": 24.9}, 0),
        ("4.7", ABROAD, {}, 5),
        ("4.7", ABROAD, {"BW2.strategy": False}, 3),
        ("4.7", ABROAD, {"D7.intensity": 1.9}, 3),
        ("4.7", ABROAD, {"D7.foreign_partners": 2}, 3),
        ("4.7", ABROAD, {"D7.intensity": 1}, 3),
        ("4.7", ABROAD, {"D7.foreign_partners": 1}, 3),
        ("4.7", ABROAD, {"D7.intensity": 0.9}, 1),
        ("4.7", ABROAD, {"D7.foreign_partners": 0}, 1),
        ("4.7", ABROAD, {"D7.intensity": 0.1}, 1),
        ("4.7", ABROAD, {"D7.intensity": 0}, 0),
    ],
)
def test_several_measures_give_points_together(
    quality: str, best: Mapping[str, Value], changed: Mapping[str, Value], expected: int
) -> None:
    assert points(quality, {**best, **changed}) == expected


@pytest.mark.parametrize("quality", [*RISING, "3.4", "4.7"])
def test_without_an_answer_nothing_is_assessed(quality: str) -> None:
    assert points(quality, {}) is None


@pytest.mark.parametrize(("quality", "met", "missed"), [("1.1.2", 12, 11), ("3.1", 12, 11.9)])
def test_a_gate_that_was_moved_is_missed_below_its_new_bound(quality: str, met: float, missed: float) -> None:
    measure = RISING[quality][0]
    found = [
        judge(regional().quality[quality], {measure: value}, regional().measures, ENGLISH).gate_met
        for value in (met, missed)
    ]
    assert found == [True, False]


def test_every_quality_indicator_whose_levels_are_the_regions_own_is_tried_here() -> None:
    european = shipped_scheme().quality
    own = {
        id
        for id, quality in regional().quality.items()
        if id not in european or european[id].levels != quality.levels
    }
    assert own == {*RISING, "3.4", "4.7"}


def test_a_source_carries_from_a_tenth_of_the_budget_on() -> None:
    shares: Mapping[str, Value] = {
        "C1.public_regional": 30, "C1.public_national": 0, "C1.public_eu": 10, "C1.public_project": 9.9,
        "C1.fees": 30.1, "C1.services": 15, "C1.other_private": 5,
    }  # fmt: skip
    values = derive(shares, regional(), interviewed_on=date(2026, 3, 31))
    assert values["BW1.sources"] == 4


@pytest.mark.parametrize(
    ("criterion", "measure", "met", "missed"),
    [
        ("bw-partners", "A6.total", 12, 11),
        ("bw-firms", "A5.business_share", 50, 49.9),
        ("bw-activities", "BW3.activities", 3, 2),
        ("bw-services", "S5.services", True, False),
    ],
)
def test_a_criterion_is_met_from_its_bound_on(
    criterion: str, measure: str, met: Value, missed: Value
) -> None:
    asked = regional().criteria[criterion]
    found = [
        judge_criterion(asked, values, regional().measures, ENGLISH).met
        for values in ({measure: met}, {measure: missed}, {})
    ]
    assert found == [True, False, None]


def test_the_rules_ask_for_the_set_up_and_the_four_conditions_of_the_region() -> None:
    (rules,) = regional().rule_sets.values()
    assert rules.eligibility == ("set-up", "bw-partners", "bw-firms", "bw-activities", "bw-services")
    assert {id for id in rules.eligibility if id not in shipped_scheme().criteria} == {
        id for id in regional().criteria if id not in shipped_scheme().criteria
    }


def test_34_quality_indicators_give_165_points_of_which_132_are_needed() -> None:
    quality = regional().quality
    rules = regional().rule_sets["bw-2013"]
    greatest = sum(one.points for one in quality.values())
    assert (len(quality), greatest, rules.pass_share, rules.pass_light) == (34, 165, 80.0, Light.RED)
    assert greatest * 80 / 100 == 132


def test_the_quality_indicators_stand_in_four_categories() -> None:
    names = {id: dimension.name for id, dimension in regional().dimensions.items()}
    assert names == {"1": "Structures", "2": "Processes", "3": "Activities", "4": "Strategies"}
    used = [quality.dimension for quality in regional().quality.values()]
    assert {id: used.count(id) for id in names} == {"1": 12, "2": 9, "3": 7, "4": 6}


@pytest.mark.parametrize("on", [date(2010, 11, 1), date(2013, 2, 1), date(2022, 1, 1), date(2026, 9, 30)])
def test_the_rules_of_the_european_labels_are_dropped_on_any_day(on: date) -> None:
    assert regional().rule_set_on(on).id == "bw-2013"


def test_two_experts_assess_and_nothing_more_of_the_process_is_known() -> None:
    process = regional().rule_sets["bw-2013"].process
    assert process == Process(experts={"gold": 2}, minimum_requirements=("gold",))


def test_no_threshold_is_passed_off_as_official() -> None:
    assert {quality.thresholds for quality in regional().quality.values()} == {Certainty.DEFAULT}


def test_the_rule_sets_differ_in_words() -> None:
    assert told("rule set") == [
        "rule set 2010: It is gone: “Rules of November 2010”.",
        "rule set 2012: It is gone: “Rules of April 2012”.",
        "rule set 2014: It is gone: “Rules of 2014”.",
        "rule set 2019-11-15: It is gone: “Rules of 15 November 2019”.",
        "rule set 2020: It is gone: “Rules of 2020”.",
        "rule set 2022: It is gone: “Rules of 2022”.",
        "rule set bw-2013: It is new: “Rules of the regional label, 2013”.",
    ]


def test_the_criteria_differ_in_words() -> None:
    assert told("criterion") == [
        "criterion bw-partners: It is new: “At least 12 partners are committed”.",
        "criterion bw-firms: It is new: “At least half of the participants are firms”.",
        (
            "criterion bw-activities: It is new: "
            "“At least three different verifiable activities for the cluster take place in a year”."
        ),
        "criterion bw-services: It is new: “The services of the cluster management are published”.",
    ]


def test_the_indicators_differ_in_words() -> None:
    assert told("indicator") == [
        "indicator C2: The list of quality indicators that rest on it is now 3.1 and 3.4; it was 3.1.",
        "indicator D7: The list of quality indicators that rest on it is now 4.3 and 4.7; it was 4.3.",
        "indicator BW1: It is new: “Breadth of financing”.",
        "indicator BW2: It is new: “Strategy for internationalisation”.",
        "indicator BW3: It is new: “Verifiable cluster activities”.",
    ]


def test_a_bound_that_was_moved_is_told_with_what_it_was() -> None:
    found = [text for text in told("quality indicator") if " asks for " in text]
    assert found == [
        (
            "quality indicator 1.1.2: Red with 1 point asks for A6.total at least 12 participants; "
            "before it asked for A6.total at least 15 participants."
        ),
        *(
            f"quality indicator {id}: {level} asks for {measure} at least {now} {unit}; "
            f"before it asked for {measure} at least {before} {unit}."
            for id, measure, unit, bounds in (
                ("3.1", "C2.secured_months", "months", ((36, 24), (18, 12), (12, 6))),
                ("3.2", "C1.private", "%", ((50, 40), (30, 20), (15, 10))),
            )
            for level, (now, before) in zip(
                ("Green with 5 points", "Yellow with 3 points", "Red with 1 point"), bounds, strict=True
            )
        ),
    ]


def test_what_is_new_among_the_quality_indicators_is_told_by_name() -> None:
    assert [text for text in told("quality indicator") if "It is" in text] == [
        "quality indicator 3.3: It is new: “Breadth of financing”.",
        "quality indicator 3.4: It is new: “Sustainable financing”.",
        "quality indicator 4.7: It is new: “Internationalisation”.",
    ]
