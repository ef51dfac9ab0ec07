from datetime import date, timedelta

import pytest

from factories.apps import INTERVIEW, NOW
from factories.participant_lists import DOUBTFUL, FRANKFURT, OFFICE, handed_in, interviewed
from touchstone.apps.cases.models import Case
from touchstone.apps.participants import services
from touchstone.apps.participants.models import Choice, HandedInList
from touchstone.apps.participants.portrayal import on_the_map
from touchstone.apps.participants.questions import pair_questions, place_key
from touchstone.apps.participants.review import taken_over
from touchstone.apps.participants.services import Said
from touchstone.core.assessment.participants import OFFICE as OFFICE_TYPE
from touchstone.core.assessment.participants import Participant
from touchstone.core.assessment.portrait import portrait

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return interviewed()


def taken(*rows: str, case: Case, at: timedelta = timedelta()) -> HandedInList:
    made = handed_in(*rows, case=case)
    services.take_over(handed_in=made, by=case.expert, at=NOW + at)
    return made


def positions(rows: tuple[Participant, ...]) -> list[tuple[int, int] | None]:
    """To the nearest degree."""
    return [row.position and (round(row.position[0]), round(row.position[1])) for row in rows]


def test_the_office_and_the_committed_of_the_day_are_on_the_map(case: Case) -> None:
    taken(
        OFFICE,
        "Here,sme,LT,Vilnius,,,fee",
        "Idle,sme,LT,Vilnius,,,",
        "Gone,sme,PL,Warszawa,,2026-01-01,fee",
        case=case,
    )
    rows = on_the_map(case, on=INTERVIEW)
    assert [row.type for row in rows] == [OFFICE_TYPE, "sme"]
    assert positions(rows) == [(56, 21), (55, 25)]


def test_they_are_without_names_and_all_that_tells_who_they_are(case: Case) -> None:
    taken(case=case)
    rows = on_the_map(case, on=INTERVIEW)
    assert [row.name for row in rows] == ["0", "1", "2", "3", "4", "5"]
    assert {(row.place, row.country, row.evidence, row.region, row.postcode, row.joined) for row in rows} == {
        ("", "", "", "", "", None)
    }


def test_a_portrait_of_them_counts_those_who_are_not_placed(case: Case) -> None:
    taken(case=case)
    made = portrait(on_the_map(case, on=INTERVIEW), on=INTERVIEW)
    assert made is not None
    assert (made.spread.total, made.spread.unplaced) == (5, 2)


def test_what_people_said_of_doubtful_rows_counts(case: Case) -> None:
    made = taken(case=case)
    main = made.participants()[1]
    (pair,) = pair_questions(made.participants())
    said = {
        place_key(main): Said(
            verdict=Choice.Verdict.PLACED,
            place="Frankfurt am Main",
            latitude=FRANKFURT[0],
            longitude=FRANKFURT[1],
        ),
        pair.key: Said(verdict=Choice.Verdict.SAME),
    }
    services.choose(handed_in=made, by=case.expert, said=said, at=NOW)
    rows = on_the_map(case, on=INTERVIEW)
    assert len(rows) == 5  # the two Optyka are one
    assert FRANKFURT in [row.position for row in rows]


def test_a_list_that_was_not_taken_over_is_not_on_the_map(case: Case) -> None:
    handed_in(case=case)
    assert (taken_over(case), on_the_map(case, on=INTERVIEW)) == (None, ())


def test_a_newer_list_counts_once_it_is_taken_over(case: Case) -> None:
    first = taken(*DOUBTFUL[:2], case=case)
    second = handed_in(*DOUBTFUL[:3], case=case)
    assert taken_over(case) == first
    services.take_over(handed_in=second, by=case.expert, at=NOW + timedelta(hours=1))
    assert taken_over(case) == second


def test_without_the_position_of_the_office_nobody_is(case: Case) -> None:
    taken("Here,sme,LT,Vilnius,,,fee", case=case)
    assert on_the_map(case, on=INTERVIEW) == ()


def test_the_day_is_that_of_the_report(case: Case) -> None:
    taken(OFFICE, "Later,sme,LT,Vilnius,2026-02-01,,fee", case=case)
    assert [len(on_the_map(case, on=on)) for on in (date(2026, 1, 31), date(2026, 2, 1))] == [1, 2]
