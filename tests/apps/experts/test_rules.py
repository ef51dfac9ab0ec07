from datetime import datetime, timedelta

import pytest

from factories.apps import NOW, CaseFactory, ExpertFactory, InterestFactory, OrganisationFactory
from touchstone.apps.experts.models import Interest, Kind
from touchstone.apps.experts.rules import conflicts_of, has_declared, past_assessments
from touchstone.core.cases.conflicts import InterestKind, PastAssessment
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db


def test_the_interests_to_choose_from_are_those_of_the_rules() -> None:
    assert set(Kind.values) == {kind.value for kind in InterestKind}


def test_saying_nothing_is_no_declaration_and_saying_none_is_one() -> None:
    case = CaseFactory()
    assert not has_declared(case.expert, case)
    kept = InterestFactory(case=case)
    assert has_declared(case.expert, case)
    assert str(kept) == f"{case.expert.pk} none"


def test_a_declaration_in_one_case_says_nothing_of_another() -> None:
    case, other = CaseFactory(), CaseFactory()
    InterestFactory(case=other, expert=case.expert)
    assert not has_declared(case.expert, case)


def test_a_declared_tie_stands_against_the_expert_even_when_none_is_declared_later() -> None:
    case = CaseFactory()
    InterestFactory(case=case, kind="advises")
    InterestFactory(case=case, kind="none", declared_at=NOW + timedelta(days=1))
    assert conflicts_of(case.expert, case) == ("advises the applicant or one of its direct partners",)
    assert Interest.objects.of(case=case.pk, person=case.expert.pk).kinds() == ["advises", "none"]


def test_the_president_of_the_applicant_cannot_assess_it_though_certified() -> None:
    organisation = OrganisationFactory()
    case = CaseFactory(organisation=organisation, expert=ExpertFactory(organisation=organisation))
    InterestFactory(case=case)
    assert conflicts_of(case.expert, case) == ("belongs to the applicant",)


@pytest.mark.parametrize(("state", "ended"), [(State.AWARDED, NOW), (State.ASSESSING, None)])
def test_who_was_assessed_by_the_applicants_people_cannot_assess_the_applicant(
    state: State, ended: datetime | None
) -> None:
    applicant, own = OrganisationFactory(), OrganisationFactory()
    before = ExpertFactory(organisation=applicant)
    CaseFactory(organisation=own, expert=before, state=state.value, decided_at=ended)
    CaseFactory(organisation=own, expert=ExpertFactory())  # of no organisation: says nothing
    case = CaseFactory(organisation=applicant, expert=ExpertFactory(organisation=own))
    assert past_assessments(case.expert) == (
        PastAssessment(
            assessed=own.pk, assessors=frozenset({applicant.pk}), ended_on=ended.date() if ended else None
        ),
    )
    assert conflicts_of(case.expert, case) == (
        "was assessed by people of the applicant within the cooling-off period",
    )


def test_people_of_no_organisation_were_assessed_by_nobody() -> None:
    assert past_assessments(ExpertFactory()) == ()
