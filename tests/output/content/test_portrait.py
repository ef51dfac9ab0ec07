from dataclasses import replace

import pytest

from factories.printed import printed
from factories.reports import ANSWERS, report
from factories.small_scheme import FORM, MEMBERS, PLAN, STAFF, measure, small_scheme
from touchstone.core.assessment.participants import OFFICE, Participant
from touchstone.core.assessment.portrait import portrait as on_the_map
from touchstone.core.report.report import Report
from touchstone.core.scheme.model import Classing, Derivation, Kind, Scheme
from touchstone.output.content.model import Chart, Fact, PortraitPart

SINCE = Derivation(operation="years_since", of=("A1.founded",))
AGE = measure("A1.age", "Age", Kind.NUMBER, unit="years", derived=SINCE)


def telling() -> Scheme:
    """The small scheme whose first area holds a year, a choice, a scale, and what it sorts by."""
    scheme = small_scheme()
    measures = (MEMBERS, scheme.measures["A1.founded"], AGE, FORM, PLAN, STAFF)
    first = replace(scheme.indicators["A1"], measures=measures)
    return replace(
        scheme,
        indicators={**scheme.indicators, "A1": first},
        classings={
            "age": Classing(id="age", name="Age", measure="A1.age", steps=()),
            "size": Classing(id="size", name="Size", measure="A1.members", steps=()),
        },
    )


def part(made: Report | None = None, scheme: Scheme | None = None) -> PortraitPart:
    return printed(made, scheme).portrait


def grown(**own: float) -> Chart | None:
    made = report()
    ids = {f"A6.{name}": value for name, value in own.items()}
    changed = replace(made, comparison=replace(made.comparison, own={**made.comparison.own, **ids}))
    return next((chart for chart in part(changed).charts if chart.picture.id == "growth"), None)


def test_the_facts_are_years_choices_and_scales_of_the_first_area_and_what_the_scheme_sorts_by() -> None:
    assert part(scheme=telling()).facts == (
        Fact(label="Members", value="30 members"),
        Fact(label="Founded", value="2012"),
        Fact(label="Legal form", value="Association"),
        Fact(label="Plan", value="1 (a list)"),
    )


def test_what_is_not_answered_is_no_fact() -> None:
    assert part(report({}), telling()).facts == ()
    few = {id: ANSWERS[id] for id in ("A1.members", "B1.staff")}
    assert part(report(few), telling()).facts == (Fact(label="Members", value="30 members"),)


def test_growth_is_told_for_the_days_that_are_known() -> None:
    found = grown(total=52, one_year_ago=48, two_years_ago=49, joined=8, left=4)
    assert found is not None
    assert found.picture.title == "Committed participants"
    assert found.picture.table is not None
    assert [row[:2] for row in found.picture.table.rows] == [
        ("2 years ago", "49"),
        ("1 year ago", "48"),
        ("now", "52"),
    ]
    assert found.caption == "In the last 12 months 8 joined and 4 left."


@pytest.mark.parametrize(
    ("known", "caption"),
    [
        ({"joined": 8.0}, "In the last 12 months 8 joined."),
        ({"left": 1.0}, "In the last 12 months 1 left."),
        ({}, ""),
    ],
)
def test_who_joined_and_left_is_told_as_far_as_it_is_known(known: dict[str, float], caption: str) -> None:
    found = grown(total=52, one_year_ago=48, **known)
    assert found is not None
    assert found.caption == caption


def test_one_day_alone_is_no_growth() -> None:
    assert grown(total=52) is None


def listed(*places: tuple[float, float], unplaced: int = 0) -> Report:
    """A report with a participant at each place, and some whose place nobody knows."""
    office = Participant(name="Office", type=OFFICE, latitude=54.69, longitude=25.28)
    there = [
        Participant(name="P", type="sme", latitude=latitude, longitude=longitude, evidence="signed")
        for latitude, longitude in places
    ]
    lost = [Participant(name=f"L{n}", type="sme", evidence="signed") for n in range(unplaced)]
    made = report()
    return replace(made, portrait=on_the_map([office, *there, *lost], on=made.interviewed_on))


def test_the_map_shows_where_the_participants_are() -> None:
    found = part(listed((54.7, 25.3), (55.7, 21.1)))
    assert found.map is not None
    assert (found.map.picture.id, found.map.picture.title) == ("map", "Participants on the map")
    assert found.map_note == ""


@pytest.mark.parametrize(
    ("unplaced", "note"),
    [
        (1, "For 1 of 2 participants the place is not known; the map leaves it out."),
        (3, "For 3 of 4 participants the place is not known; the map leaves them out."),
    ],
)
def test_what_the_map_leaves_out_is_told(unplaced: int, note: str) -> None:
    assert part(listed((54.7, 25.3), unplaced=unplaced)).map_note == note


def test_without_a_list_there_is_no_map_and_the_portrait_says_why() -> None:
    found = part()
    assert found.map is None
    assert found.map_note == (
        "There is no map: the participant list with the places was not handed in, or does not say where the "
        "office is."
    )


def test_a_scheme_without_areas_has_an_empty_portrait() -> None:
    scheme = small_scheme(areas={}, indicators={}, quality={})
    made = report()
    bare = replace(made, appraisal=replace(made.appraisal, judgements=(), recommendations=()))
    found = part(bare, scheme)
    assert (found.facts, found.charts) == ((), ())
