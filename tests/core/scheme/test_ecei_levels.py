"""Both sides of every threshold of the 31 quality indicators, as the shipped pack sets them."""

from collections.abc import Mapping

import pytest

from factories.scheme import shipped_scheme
from touchstone.core.assessment.model import Value
from touchstone.core.language.language import language
from touchstone.core.quality.judging import judge
from touchstone.core.scheme.model import Kind

ENGLISH = language("en")

Points = int | str | None  # None: not assessed; "met" and "missed" for the gate without points

# Quality indicators that rest on one rising measure: the least values for 1, 3 and 5 points.
RISING = {
    "1.1.2": ("A6.total", 15, 25, 40),
    "1.2": ("A7.within_150km", 40, 55, 70),
    "2.1": ("A1.age", 1, 2, 4),
    "2.2.2": ("B3.competence_areas", 1, 3, 4),
    "2.3": ("A6.retention", 70, 85, 93),
    "2.5": ("S1.contacted_share", 25, 40, 66),
    "2.6": ("E1.joint_share", 20, 35, 50),
    "3.1": ("C2.secured_months", 6, 12, 24),
    "3.2": ("C1.private", 10, 20, 40),
    "4.1.1": ("B5.building", 1, 2, 4),
    "4.1.2": ("B5.documentation", 1, 2, 4),
    "4.1.3": ("B5.implementation", 1, 2, 4),
    "4.1.4": ("B5.controlling", 1, 2, 4),
    "4.1.5": ("B5.review", 1, 3, 4),
    "4.1.6": ("B5.monitoring", 1, 2, 4),
    "4.2": ("B6.focus", 1, 2, 3),
    "4.4": ("S8.targets_reached", 50, 70, 90),
    "4.6.1": ("S4.communication", 1, 2, 3),
}


def points(quality: str, values: Mapping[str, Value]) -> int | None:
    scheme = shipped_scheme()
    return judge(scheme.quality[quality], values, scheme.measures, ENGLISH).points


@pytest.mark.parametrize("quality", RISING)
def test_a_rising_measure_gives_its_points_from_each_bound_on(quality: str) -> None:
    measure, red, yellow, green = RISING[quality]
    whole = shipped_scheme().measures[measure].kind in (Kind.COUNT, Kind.SCALE)
    below = 1 if whole else 0.1
    tried = [
        points(quality, {measure: bound - side}) for bound in (red, yellow, green) for side in (below, 0)
    ]
    assert tried == [0, 1, 1, 3, 3, 5]


@pytest.mark.parametrize("quality", RISING)
def test_without_an_answer_nothing_is_assessed(quality: str) -> None:
    assert points(quality, {}) is None


A5 = {"A5.business_share": 50, "A5.sme_of_business": 50.1, "A5.rnd": 2, "A5.types": 3}
B1 = {
    "B1.governing_body": True, "B1.written_rules": True, "B1.board_industry": 50.1, "B1.meetings": 2,
    "B1.minutes": True, "B1.involvement": 4, "B1.job_description": True,
}  # fmt: skip
B2 = {"B2.fte": 1.5, "B2.participants_per_fte": 40}
B3 = {"B3.training_plan": True, "B3.training_budget": True, "B3.training_days": 3}
B4 = {"B4.turnover": 14.9, "B4.deputy": True, "B4.manager_changes": 1}
D8 = {"D8.intensity": 2.51, "D8.fields": 5}
F1 = {"F1.total": 30, "F1.beyond_region": 1}
F2 = {"F2.stories": 3, "F2.quantified": 3}
S3 = {"S3.groups": 4, "S3.meetings": 2}
S5 = {"S5.website": True, "S5.news_age_months": 6, "S5.english": True, "S5.member_profiles": True}
S6 = {"S6.survey": 3, "S6.response_share": 30, "S6.follow_up": True}
S7 = {"S7.links": 5, "S7.strategy_role": True}


@pytest.mark.parametrize(
    ("quality", "best", "changed", "expected"),
    [
        ("1.1.1", A5, {}, 5),
        ("1.1.1", A5, {"A5.sme_of_business": 50}, 3),  # half is no majority
        ("1.1.1", A5, {"A5.types": 2}, 3),
        ("1.1.1", A5, {"A5.rnd": 1}, 3),
        ("1.1.1", A5, {"A5.business_share": 49.9}, 1),
        ("1.1.1", A5, {"A5.business_share": 33}, 1),
        ("1.1.1", A5, {"A5.business_share": 32.9}, 0),
        ("1.1.1", A5, {"A5.rnd": 0}, 0),
        ("2.2.1", B2, {}, 5),
        ("2.2.1", B2, {"B2.fte": 1.4}, 3),
        ("2.2.1", B2, {"B2.participants_per_fte": 41}, 3),
        ("2.2.1", B2, {"B2.participants_per_fte": 80}, 3),
        ("2.2.1", B2, {"B2.participants_per_fte": 81}, 1),
        ("2.2.1", B2, {"B2.fte": 0.5}, 3),
        ("2.2.1", B2, {"B2.fte": 0.4}, 0),
        ("2.2.3", B3, {}, 5),
        ("2.2.3", B3, {"B3.training_days": 2.9}, 3),
        ("2.2.3", B3, {"B3.training_plan": False}, 3),
        ("2.2.3", B3, {"B3.training_budget": False}, 3),
        ("2.2.3", B3, {"B3.training_days": 1}, 3),
        ("2.2.3", B3, {"B3.training_days": 0.9}, 1),
        ("2.2.3", B3, {"B3.training_days": 0}, 0),
        ("2.2.4", B4, {}, 5),
        ("2.2.4", B4, {"B4.deputy": False}, 3),
        ("2.2.4", B4, {"B4.turnover": 15}, 3),
        ("2.2.4", B4, {"B4.turnover": 33}, 3),
        ("2.2.4", B4, {"B4.turnover": 33.1}, 1),
        ("2.2.4", B4, {"B4.manager_changes": 2}, 0),
        ("2.4", B1, {}, 5),
        ("2.4", B1, {"B1.board_industry": 50}, 3),
        ("2.4", B1, {"B1.written_rules": False}, 3),
        ("2.4", B1, {"B1.minutes": False}, 3),
        ("2.4", B1, {"B1.meetings": 1}, 3),
        ("2.4", B1, {"B1.governing_body": False}, 1),
        ("2.4", B1, {"B1.governing_body": False, "B1.involvement": 0}, 1),  # the tasks are written down
        ("2.4", B1, {"B1.governing_body": False, "B1.job_description": False}, 1),  # they have a say
        ("2.4", B1, {"B1.governing_body": False, "B1.involvement": 0, "B1.job_description": False}, 0),
        ("2.7", S7, {}, 5),
        ("2.7", S7, {"S7.strategy_role": False}, 3),
        ("2.7", S7, {"S7.links": 4}, 3),
        ("2.7", S7, {"S7.links": 3}, 3),
        ("2.7", S7, {"S7.links": 2}, 1),
        ("2.7", S7, {"S7.links": 0}, 0),
        ("4.3", D8, {}, 5),
        ("4.3", D8, {"D8.intensity": 2.5}, 3),
        ("4.3", D8, {"D8.fields": 4}, 3),
        ("4.3", D8, {"D8.intensity": 1.8}, 3),
        ("4.3", D8, {"D8.intensity": 1.79}, 1),
        ("4.3", D8, {"D8.intensity": 1}, 1),
        ("4.3", D8, {"D8.intensity": 0.99}, 0),
        ("4.5", S3, {}, 5),
        ("4.5", S3, {"S3.meetings": 1.9}, 3),
        ("4.5", S3, {"S3.groups": 3}, 3),
        ("4.5", S3, {"S3.groups": 2}, 3),
        ("4.5", S3, {"S3.groups": 1}, 1),
        ("4.5", S3, {"S3.groups": 0}, 0),
        ("4.6.2", S5, {}, 5),
        ("4.6.2", S5, {"S5.english": False}, 3),
        ("4.6.2", S5, {"S5.member_profiles": False}, 3),
        ("4.6.2", S5, {"S5.news_age_months": 6.1}, 1),
        ("4.6.2", S5, {"S5.website": False}, 0),
        ("5.1", F1, {}, 5),
        ("5.1", F1, {"F1.beyond_region": 0}, 3),
        ("5.1", F1, {"F1.total": 29}, 3),
        ("5.1", F1, {"F1.total": 12}, 3),
        ("5.1", F1, {"F1.total": 11}, 1),
        ("5.1", F1, {"F1.total": 5}, 1),
        ("5.1", F1, {"F1.total": 4}, 0),
        ("5.2", F2, {}, 5),
        ("5.2", F2, {"F2.quantified": 2}, 3),
        ("5.2", F2, {"F2.stories": 2, "F2.quantified": 2}, 3),
        ("5.2", F2, {"F2.stories": 1, "F2.quantified": 1}, 1),
        ("5.2", F2, {"F2.stories": 0, "F2.quantified": 0}, 0),
        ("5.3", S6, {}, 5),
        ("5.3", S6, {"S6.response_share": 29.9}, 3),
        ("5.3", S6, {"S6.follow_up": False}, 3),
        ("5.3", S6, {"S6.survey": 2}, 3),
        ("5.3", S6, {"S6.survey": 1}, 1),
        ("5.3", S6, {"S6.survey": 0}, 0),
    ],
)
def test_several_measures_give_points_together(
    quality: str, best: Mapping[str, Value], changed: Mapping[str, Value], expected: int
) -> None:
    assert points(quality, {**best, **changed}) == expected


@pytest.mark.parametrize(("share", "light", "met"), [(66, "green", True), (65.9, "red", False)])
def test_commitment_is_a_gate_without_points(share: float, light: str, met: bool) -> None:
    scheme = shipped_scheme()
    judgement = judge(scheme.quality["1.1.0"], {"A6.committed_share": share}, scheme.measures, ENGLISH)
    assert (judgement.light, judgement.points, judgement.gate_met) == (light, 0, met)


def test_an_organisation_without_staff_misses_the_gate_although_it_has_no_ratio() -> None:
    scheme = shipped_scheme()
    judgement = judge(scheme.quality["2.2.1"], {"B2.fte": 0.0}, scheme.measures, ENGLISH)
    assert (judgement.light, judgement.gate_met) == ("red", False)


def test_a_cluster_without_a_site_needs_to_say_no_more_about_it() -> None:
    assert points("4.6.2", {"S5.website": False}) == 0


def test_every_quality_indicator_is_tried_here() -> None:
    tried = {
        *RISING,
        "1.1.0",
        "1.1.1",
        "2.2.1",
        "2.2.3",
        "2.2.4",
        "2.4",
        "2.7",
        "4.3",
        "4.5",
        "4.6.2",
        "5.1",
        "5.2",
        "5.3",
    }
    assert tried == {*shipped_scheme().quality}
