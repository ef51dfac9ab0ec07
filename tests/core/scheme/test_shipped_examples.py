"""The worked examples of the shipped pack: their figures are worked out anew, and stand in the text."""

import re
from collections.abc import Mapping
from datetime import date
from math import prod

import pytest

from factories.scheme import shipped_scheme
from touchstone.core.assessment.derivation import derive, is_number
from touchstone.core.assessment.model import Value
from touchstone.core.assessment.plausibility import check

INTERVIEW = date(2026, 3, 31)

Inputs = Mapping[str, float]
Stated = Mapping[str, str]  # derived measure → the figure as the example writes it, without commas

SERVICES: Mapping[str, tuple[Inputs, Stated]] = {
    "D1": (
        {"D1.information": 4, "D1.partner_search": 3, "D1.proposal_writing": 2,
         "D1.project_administration": 0, "D1.proposals": 10, "D1.approved": 4},
        {"D1.intensity": "2.25", "D1.spectrum": "75"},
    ),
    "D2": (
        {"D2.idea_workshops": 2, "D2.scouting": 3, "D2.roadmaps": 1, "D2.standards": 0,
         "D2.test_facilities": 4},
        {"D2.intensity": "2", "D2.spectrum": "80"},
    ),
    "D3": (
        {"D3.thematic_events": 3, "D3.working_groups": 3, "D3.newsletter": 4, "D3.b2b": 2, "D3.visits": 1,
         "D3.competence_map": 2, "D3.events": 18, "D3.attendance": 34},
        {"D3.intensity": "2.5", "D3.spectrum": "100"},
    ),
    "D4": (
        {"D4.training": 3, "D4.recruiting": 1, "D4.education_links": 2, "D4.apprenticeship": 0},
        {"D4.intensity": "1.5", "D4.spectrum": "75"},
    ),
    "D5": (
        {"D5.coaching": 2, "D5.incubator": 4, "D5.investors": 1, "D5.hackathons": 1},
        {"D5.intensity": "2", "D5.spectrum": "100"},
    ),
    "D6": (
        {"D6.fairs": 1, "D6.delegations": 2, "D6.press": 3, "D6.lobbying": 2, "D6.investor_service": 0,
         "D6.cross_clustering": 1},
        {"D6.intensity": "1.5", "D6.spectrum": "83.3"},
    ),
    "D7": (
        {"D7.market_information": 3, "D7.missions": 1, "D7.partner_search": 2, "D7.joint_stands": 1,
         "D7.eu_consortia": 1},
        {"D7.intensity": "1.6", "D7.spectrum": "100"},
    ),
}  # fmt: skip

EXAMPLES: Mapping[str, tuple[Inputs, Stated]] = {
    "A1": ({"A1.founded": 2012}, {"A1.age": "14"}),
    "A3": ({"A3.industry": 55, "A3.research": 20, "A3.public": 15, "A3.management": 10}, {}),
    "A5": (
        {"A5.sme": 22, "A5.large": 4, "A5.research": 3, "A5.university": 2, "A5.training": 1, "A5.finance": 1,
         "A5.consultant": 3, "A5.government": 2, "A5.other": 2},
        {"A5.counted": "40", "A5.business": "26", "A5.business_share": "65", "A5.sme_share": "55",
         "A5.sme_of_business": "84.6", "A5.rnd": "6", "A5.types": "9"},
    ),
    "A6": (
        {"A6.listed": 80, "A6.total": 64, "A6.one_year_ago": 60, "A6.joined": 9, "A6.left": 5},
        {"A6.committed_share": "80", "A6.growth": "6.7", "A6.retention": "91.7"},
    ),
    "A9": (
        {"A9.international": 8, "A9.countries": 3, "A6.total": 64},
        {"A9.international_share": "12.5"},
    ),
    "B2": (
        {"B2.heads": 3, "B2.fte": 2.1, "B2.fte_core": 1.6, "B2.fte_project": 0.5, "A6.total": 63},
        {"B2.participants_per_fte": "30"},
    ),
    "B5": (
        {"B5.building": 4, "B5.documentation": 3, "B5.implementation": 3, "B5.controlling": 2, "B5.review": 3,
         "B5.monitoring": 1},
        {"B5.mean": "2.7"},
    ),
    "C1": (
        {"C1.public_regional": 30, "C1.public_national": 0, "C1.public_eu": 10, "C1.public_project": 20,
         "C1.fees": 25, "C1.services": 10, "C1.other_private": 5},
        {"C1.public": "60", "C1.private": "40"},
    ),
    "C3": (
        {"C3.budget": 300_000, "A6.total": 60, "B2.fte": 2.5},
        {"C3.per_participant": "5000", "C3.per_fte": "120000"},
    ),
    **SERVICES,
    "D8": (
        {id: value for inputs, _ in SERVICES.values() for id, value in inputs.items()},
        {"D1.intensity": "2.25", "D2.intensity": "2", "D3.intensity": "2.5", "D4.intensity": "1.5",
         "D5.intensity": "2", "D6.intensity": "1.5", "D7.intensity": "1.6", "D8.intensity": "1.9",
         "D8.spectrum": "88.2", "D8.fields": "7"},
    ),
    "E4": (
        {"E4.contacts": 6, "E4.exchange": 5, "E4.agreements": 3, "E4.joint_projects": 2, "E4.countries": 7,
         "E4.international_share": 75},
        {"E4.total": "16"},
    ),
    "F1": (
        {"F1.regional": 14, "F1.national": 5, "F1.international": 2, "F1.trade": 6},
        {"F1.total": "27", "F1.beyond_region": "7"},
    ),
}  # fmt: skip

# Indicator, part, whole, and the share in per cent as the example writes it.
SHARES = [
    ("A4", 45, 60, "75"),
    ("A7", 48, 60, "80"),
    ("A8", 36, 150, "24"),
    ("A8", 6, 8, "75"),
    ("B1", 5, 8, "62.5"),
    ("B1", 2, 8, "25"),
    ("B1", 1, 8, "12.5"),
    ("B3", 3, 4, "75"),
    ("C1", 90_000, 300_000, "30"),
    ("C1", 30_000, 300_000, "10"),
    ("C1", 60_000, 300_000, "20"),
    ("C1", 75_000, 300_000, "25"),
    ("C1", 15_000, 300_000, "5"),
    ("D8", 30, 34, "88.2"),
    ("E1", 27, 60, "45"),
    ("E1", 9, 12, "75"),
    ("E1", 6, 12, "50"),
    ("E1", 3, 12, "25"),
    ("E1", 2, 12, "16.7"),
    ("E1", 1, 12, "8.3"),
    ("E2", 14, 40, "35"),
    ("E3", 16, 40, "40"),
    ("E3", 10, 40, "25"),
    ("E3", 12, 40, "30"),
    ("E3", 2, 40, "5"),
    ("E3", 22, 40, "55"),
    ("E3", 8, 40, "20"),
    ("E3", 6, 40, "15"),
    ("E3", 4, 40, "10"),
    ("E4", 12, 16, "75"),
    ("F5", 33, 44, "75"),
    ("S1", 42, 60, "70"),
    ("S2", 44, 50, "88"),
    ("S6", 24, 60, "40"),
    ("S8", 9, 12, "75"),
]

# Indicator, what is divided, by what one after the other, and the result as the example writes it.
QUOTIENTS = [
    ("B3", 8, (2.5,), "3.2"),
    ("D3", 612, (18,), "34"),
    ("F3", 59, (30,), "2.0"),
    ("F4", 48, (20,), "2.4"),
    ("F6", 28, (25,), "1.1"),
    ("S3", 18, (5,), "3.6"),
]

# Indicator, and how many firms gave each answer from none to very high, with the sum of their steps.
SURVEYS = {
    "F3": ((3, 6, 12, 7, 2), 59),
    "F4": ((0, 2, 9, 8, 1), 48),
    "F6": ((8, 9, 5, 3, 0), 28),
}
EFFECT = {"F3": "F3.business_effect", "F4": "F4.service_effect", "F6": "F6.international_effect"}


def example(indicator: str) -> str:
    return shipped_scheme().indicators[indicator].example


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, without the commas between thousands."""
    return {number.replace(",", "") for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def as_written(value: Value, like: str) -> str:
    """A number with as many decimals as a figure that is written already."""
    assert is_number(value)
    return f"{value:.{len(like.partition('.')[2])}f}"


def derived(inputs: Inputs) -> Mapping[str, Value]:
    return derive(dict(inputs), shipped_scheme(), interviewed_on=INTERVIEW)


def absent(indicator: str, *numbers: str) -> set[str]:
    return {*numbers} - numbers_in(example(indicator))


@pytest.mark.parametrize("indicator", EXAMPLES)
def test_what_an_example_derives_is_what_the_program_derives(indicator: str) -> None:
    inputs, stated = EXAMPLES[indicator]
    values = derived(inputs)
    assert {id: as_written(values[id], like) for id, like in stated.items()} == stated


@pytest.mark.parametrize("indicator", EXAMPLES)
def test_the_derived_figures_stand_in_the_example(indicator: str) -> None:
    assert absent(indicator, *EXAMPLES[indicator][1].values()) == set()


@pytest.mark.parametrize("indicator", [id for id in EXAMPLES if id != "D8"])  # it follows from the others
def test_the_figures_it_is_worked_out_from_stand_there_too(indicator: str) -> None:
    assert absent(indicator, *(f"{value:.12g}" for value in EXAMPLES[indicator][0].values())) == set()


@pytest.mark.parametrize("indicator", EXAMPLES)
def test_the_answers_of_an_example_raise_no_question(indicator: str) -> None:
    faults = check(dict(EXAMPLES[indicator][0]), shipped_scheme(), interviewed_on=INTERVIEW)
    assert [str(fault) for fault in faults] == []


def test_each_indicator_with_a_derived_measure_has_its_example_worked_out() -> None:
    indicators = shipped_scheme().indicators.values()
    with_derived = [one.id for one in indicators if any(measure.derived for measure in one.measures)]
    assert [*EXAMPLES] == with_derived


@pytest.mark.parametrize(
    ("shares", "type", "words"),
    [((55, 20, 15, 10), "industry", "driven by industry"), ((45, 25, 20, 10), "mixed", "would be mixed")],
)
def test_both_types_of_the_example_on_driving_forces_are_right(
    shares: tuple[float, ...], type: str, words: str
) -> None:
    given = dict(zip(("A3.industry", "A3.research", "A3.public", "A3.management"), shares, strict=True))
    assert derived(given)["A3.typology"] == type
    assert example("A3").count(words) == 1
    assert absent("A3", *(f"{share}" for share in shares)) == set()


@pytest.mark.parametrize(("indicator", "part", "whole", "share"), SHARES)
def test_a_share_that_is_worked_out_by_hand_is_right(
    indicator: str, part: int, whole: int, share: str
) -> None:
    assert as_written(100 * part / whole, share) == share
    assert absent(indicator, f"{part}", f"{whole}", share) == set()


@pytest.mark.parametrize(("indicator", "dividend", "divisors", "result"), QUOTIENTS)
def test_an_average_that_is_worked_out_by_hand_is_right(
    indicator: str, dividend: float, divisors: tuple[float, ...], result: str
) -> None:
    assert as_written(dividend / prod(divisors), result) == result
    assert absent(indicator, f"{dividend}", *(f"{divisor}" for divisor in divisors), result) == set()


@pytest.mark.parametrize("indicator", SURVEYS)
def test_the_surveys_lead_to_the_step_that_the_example_names(indicator: str) -> None:
    answers, total = SURVEYS[indicator]
    assert sum(step * firms for step, firms in enumerate(answers)) == total
    steps = shipped_scheme().measures[EFFECT[indicator]].options
    nearest = steps[round(total / sum(answers))].label.lower()
    assert example(indicator).endswith(f"so the answer is {nearest}.")


def test_the_turnover_of_the_example_is_that_of_one_year() -> None:
    leavers, staff, years = 2, 5, 2
    assert 100 * leavers / staff / years == 20
    assert absent("B4", "2", "5", "20") == set()


@pytest.mark.parametrize(
    ("indicator", "parts", "whole"),
    [
        ("A9", (4, 3, 1), 8),
        ("B1", (5, 2, 1, 0), 8),
        ("B6", (40, 20, 15, 10, 0, 5, 0, 10), 100),
        ("E1", (6, 3, 2, 1), 12),
        ("E3", (16, 10, 12, 2), 40),
        ("E3", (22, 8, 6, 4), 40),
        ("S2", (3, 2, 1), 6),
    ],
)
def test_the_parts_of_an_example_that_make_a_whole_add_up(
    indicator: str, parts: tuple[int, ...], whole: int
) -> None:
    assert sum(parts) == whole
    assert absent(indicator, f"{whole}", *map(str, parts)) == set()


def test_the_average_experience_of_the_example_is_right() -> None:
    years = (12, 8, 5, 3)
    assert sum(years) / len(years) == 7
    assert absent("B3", *map(str, years), "7") == set()
