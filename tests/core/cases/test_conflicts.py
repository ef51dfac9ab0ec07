from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.cases.conflicts import (
    BLOCKING,
    InterestKind,
    PastAssessment,
    conflicts,
    faulty_declaration,
    may_assign,
)

APPLICANT = "lt-applicant"
OWN = "lv-own"
PAST = PastAssessment(assessed=OWN, assessors=frozenset({APPLICANT}), ended_on=date(2025, 6, 30))


def free(
    *kinds: InterestKind, own: str = OWN, past: tuple[PastAssessment, ...] = (), since: date | None = None
) -> bool:
    return may_assign(kinds, own_organisation=own, applicant=APPLICANT, past=past, cooling_off_from=since)


def test_nothing_stands_against_an_expert_without_interests() -> None:
    assert free(InterestKind.NONE)


def test_another_interest_is_told_and_does_not_block() -> None:
    assert free(InterestKind.OTHER)


@pytest.mark.parametrize("kind", BLOCKING)
def test_each_tie_to_the_applicant_or_a_direct_partner_blocks(kind: InterestKind) -> None:
    assert not free(kind)
    assert conflicts([kind], own_organisation="", applicant=APPLICANT) == (BLOCKING[kind],)


def test_the_president_of_a_cluster_cannot_assess_it_although_certified() -> None:
    reasons = conflicts([InterestKind.NONE], own_organisation=APPLICANT, applicant=APPLICANT)
    assert reasons == ("belongs to the applicant",)


def test_people_of_no_organisation_are_not_taken_for_each_other() -> None:
    assert may_assign([InterestKind.NONE], own_organisation="", applicant="")


def test_a_conflict_once_declared_stays_when_none_is_declared_later() -> None:
    assert not free(InterestKind.ADVISES, InterestKind.NONE)


def test_an_expert_assessed_by_the_applicants_people_waits_for_the_end_of_the_cooling_off() -> None:
    assert not free(past=(PAST,), since=date(2025, 6, 30))
    assert free(past=(PAST,), since=date(2025, 7, 1))


def test_without_a_cooling_off_period_every_past_assessment_blocks() -> None:
    assert not free(past=(PAST,))


def test_an_assessment_that_still_runs_blocks() -> None:
    running = PastAssessment(assessed=OWN, assessors=frozenset({APPLICANT}), ended_on=None)
    assert not free(past=(running,), since=date(2030, 1, 1))


@pytest.mark.parametrize(
    "past",
    [
        PastAssessment(assessed="ee-other", assessors=frozenset({APPLICANT}), ended_on=None),
        PastAssessment(assessed=OWN, assessors=frozenset({"ee-other"}), ended_on=None),
    ],
)
def test_assessments_among_others_do_not_block(past: PastAssessment) -> None:
    assert free(past=(past,))


def test_a_reason_is_told_once() -> None:
    reasons = conflicts(
        [InterestKind.ASSESSED_BY_THEM, InterestKind.ASSESSED_BY_THEM],
        own_organisation=OWN,
        applicant=APPLICANT,
        past=(PAST,),
    )
    assert reasons == (BLOCKING[InterestKind.ASSESSED_BY_THEM],)


@given(st.lists(st.sampled_from(InterestKind)), st.lists(st.sampled_from(InterestKind)))
def test_more_interests_never_make_an_expert_freer(
    some: list[InterestKind], more: list[InterestKind]
) -> None:
    assert free(*some) or not free(*some, *more)


def test_a_declaration_says_something() -> None:
    assert faulty_declaration([]) == "Say which interests there are. “None” is an answer too."


def test_none_stands_alone() -> None:
    assert faulty_declaration([InterestKind.NONE, InterestKind.FUNDS]).startswith("“None” cannot stand")
    assert faulty_declaration([InterestKind.NONE]) == ""
    assert faulty_declaration([InterestKind.FUNDS, InterestKind.ADVISES]) == ""
