import pytest

from factories.apps import OrganisationFactory, PersonFactory
from touchstone.apps.accounts.models import Role, User
from touchstone.apps.accounts.services import create_user, set_password
from touchstone.apps.refusal import Refused

pytestmark = pytest.mark.django_db
GOOD = "plum-kettle-otter-41"


def test_a_person_has_one_role_and_a_password_of_which_only_the_hash_is_kept() -> None:
    made = create_user(username="elin", role=Role.EXPERT, password=GOOD, country="NO")
    kept = User.objects.get(username="elin")
    assert (kept.role, kept.country, kept.is_staff, kept.is_superuser) == ("expert", "NO", False, False)
    assert (made.check_password(GOOD), GOOD in kept.password) == (True, False)


def test_an_administrator_sees_the_admin_pages_and_is_no_superuser() -> None:
    made = create_user(username="aino", role="administrator", password=GOOD)
    assert (made.is_staff, made.is_superuser) == (True, False)


def test_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="There is no role “king”"):
        create_user(username="elin", role="king", password=GOOD)


def test_a_person_of_a_cluster_organisation_needs_the_organisation() -> None:
    with pytest.raises(Refused, match="needs that organisation"):
        create_user(username="rasa", role=Role.CLUSTER, password=GOOD)
    made = create_user(username="rasa", role=Role.CLUSTER, password=GOOD, organisation=OrganisationFactory())
    assert made.organisation is not None


def test_two_names_that_differ_in_case_only_are_one() -> None:
    PersonFactory(username="Elin")
    with pytest.raises(Refused, match="already"):
        create_user(username="elin", role=Role.EXPERT, password=GOOD)


@pytest.mark.parametrize("weak", ["short", "password", "12345678901234", "elin-elin-elin"])
def test_a_weak_password_is_refused_in_words(weak: str) -> None:
    with pytest.raises(Refused, match="password"):
        create_user(username="elin-elin-elin", role=Role.EXPERT, password=weak)
    assert not User.objects.exists()


def test_another_password_takes_the_place_of_the_first() -> None:
    person = create_user(username="elin", role=Role.EXPERT, password=GOOD)
    set_password(user=person, password="heron-lamp-cedar-77")
    person.refresh_from_db()
    assert (person.check_password(GOOD), person.check_password("heron-lamp-cedar-77")) == (False, True)


def test_another_password_must_be_good_too() -> None:
    with pytest.raises(Refused):
        set_password(user=PersonFactory(), password="12345")
