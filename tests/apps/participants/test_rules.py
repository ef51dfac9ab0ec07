import pytest

from factories.apps import CaseFactory, ExpertFactory, InterestFactory, PersonFactory
from factories.participant_lists import interviewed, member
from touchstone.apps.accounts.models import Role
from touchstone.apps.cases.models import Case
from touchstone.apps.participants.rules import PERMISSIONS
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db
ALL = sorted(PERMISSIONS)
WITHOUT_TAKING = [name for name in ALL if name != "participants.take"]


def allowed(user: object, case: Case) -> list[str]:
    return [name for name in ALL if user.has_perm(name, case)]  # type: ignore[attr-defined]  # a person


def test_the_expert_who_has_declared_may_do_all() -> None:
    case = interviewed()
    assert allowed(case.expert, case) == ALL


def test_an_expert_who_has_not_declared_sees_nothing() -> None:
    case = CaseFactory(state=State.OPEN.value)
    assert allowed(case.expert, case) == []


def test_an_expert_against_whom_something_stands_sees_nothing() -> None:
    case = interviewed()
    InterestFactory(case=case, kind="advises")
    assert allowed(case.expert, case) == []


@pytest.mark.parametrize("state", [State.OPEN, State.ASSESSING])
def test_the_organisations_own_people_may_all_but_take_the_figures_over(state: State) -> None:
    case = CaseFactory(state=state.value)
    assert allowed(member(case), case) == WITHOUT_TAKING


@pytest.mark.parametrize("state", [one for one in State if one not in (State.OPEN, State.ASSESSING)])
def test_once_the_record_is_submitted_the_list_is_only_read(state: State) -> None:
    case = interviewed()
    Case.objects.update(state=state.value)
    case.refresh_from_db()
    assert allowed(case.expert, case) == allowed(member(case), case) == ["participants.read"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLUSTER])
def test_nobody_else_may_anything(role: Role) -> None:
    case = interviewed()
    assert allowed(PersonFactory(role=role), case) == []


def test_neither_another_organisation_nor_another_expert_may_anything() -> None:
    case, other = interviewed(), interviewed()
    assert allowed(member(other), case) == allowed(other.expert, case) == allowed(ExpertFactory(), case) == []
