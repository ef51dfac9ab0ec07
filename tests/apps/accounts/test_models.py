import pytest

from factories.apps import CaseFactory, PersonFactory
from touchstone.apps.accounts.models import Role
from touchstone.core.cases.states import Role as RoleId


def test_the_roles_are_those_of_the_table_of_steps() -> None:
    assert set(Role.values) == {role.value for role in RoleId}


@pytest.mark.parametrize(
    ("active", "asked", "answer"),
    [(True, (RoleId.EXPERT,), True), (True, (Role.DECIDER, Role.EXPERT), True), (True, (), False),
     (True, (RoleId.DECIDER,), False), (False, (RoleId.EXPERT,), False)],
)  # fmt: skip
def test_only_somebody_active_has_a_role(active: bool, asked: tuple[RoleId, ...], answer: bool) -> None:
    assert PersonFactory.build(role=Role.EXPERT, is_active=active).has_role(*asked) is answer


def test_a_person_is_shown_by_name_or_else_by_sign_in() -> None:
    assert str(PersonFactory.build(username="elin")) == "elin"
    assert str(PersonFactory.build(username="elin", first_name="Elin", last_name="Sand")) == "Elin Sand"


@pytest.mark.django_db
def test_a_superuser_may_do_nothing_with_a_case() -> None:
    almighty, case = PersonFactory(role=Role.ADMINISTRATOR, is_superuser=True), CaseFactory()
    assert [almighty.has_perm("cases.see", case), almighty.has_perm("cases.decide", case)] == [False, False]


@pytest.mark.django_db
def test_somebody_whose_account_is_closed_may_nothing() -> None:
    assert not PersonFactory(is_active=False).has_perm("cases.see", CaseFactory())


@pytest.mark.django_db
def test_rights_without_a_thing_follow_the_role() -> None:
    assert PersonFactory(role=Role.ADMINISTRATOR).has_perm("accounts.add_user")
    assert not PersonFactory(role=Role.SECRETARIAT).has_perm("accounts.add_user")
