"""The admin pages: an administrator keeps accounts and sees where cases stand; nobody changes rows there."""

import pytest
from django.test import Client

from factories.apps import CaseFactory, OrganisationFactory, PersonFactory, entry
from touchstone.apps.accounts.models import Role, User

pytestmark = pytest.mark.django_db
LISTS = [
    "accounts/user",
    "organisations/organisation",
    "cases/case",
    "register/ledgerentry",
    "register/ledgerhead",
    "register/registerspan",
    "certificates/certificate",
    "credentials/issuedcredential",
    "notices/outgoingletter",
    "watching/watch",
    "duties/duty",
]


@pytest.fixture
def administrator(client: Client) -> User:
    person = PersonFactory(role=Role.ADMINISTRATOR, is_staff=True)
    client.force_login(person)
    return person


def status(client: Client, path: str) -> int:
    return client.get(f"/admin/{path}/").status_code


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("path", LISTS)
def test_an_administrator_sees_the_lists(client: Client, path: str) -> None:
    CaseFactory()
    entry()
    assert status(client, path) == 200


@pytest.mark.parametrize("path", LISTS)
def test_nobody_else_does(client: Client, path: str) -> None:
    client.force_login(PersonFactory(role=Role.SECRETARIAT, is_staff=True))
    assert status(client, path) == 403


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("path", LISTS[1:])
def test_rows_of_cases_and_labels_cannot_be_added(client: Client, path: str) -> None:
    assert status(client, f"{path}/add") == 403


@pytest.mark.usefixtures("administrator")
def test_an_administrator_makes_an_account(client: Client) -> None:
    organisation = OrganisationFactory()
    sent = {
        "username": "rasa", "usable_password": "true", "password1": "plum-kettle-otter-41",
        "password2": "plum-kettle-otter-41", "role": "cluster", "organisation": organisation.pk,
        "country": "LT", "email": "",
    }  # fmt: skip
    assert client.post("/admin/accounts/user/add/", sent).status_code == 302
    made = User.objects.get(username="rasa")
    assert (made.role, made.organisation, made.is_superuser) == ("cluster", organisation, False)


def test_an_account_is_closed_and_never_deleted(client: Client, administrator: User) -> None:
    assert status(client, f"accounts/user/{administrator.pk}/change") == 200
    assert status(client, f"accounts/user/{administrator.pk}/delete") == 403


@pytest.mark.usefixtures("administrator")
def test_a_case_is_shown_without_answers_and_reasons_and_cannot_be_changed(client: Client) -> None:
    case = CaseFactory(decision_reason="weak strategy", recommendation_text="do not award")
    page = client.get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert [word for word in ("weak strategy", "do not award", 'name="_save"') if word in page] == []
    assert client.post(f"/admin/cases/case/{case.pk}/change/", {"state": "awarded"}).status_code == 403


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("path", LISTS)
def test_three_rows_cost_as_many_queries_as_one(client: Client, path: str, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]  # pytest-django's fixture has no public type
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    entry()
    CaseFactory()
    with CaptureQueriesContext(connection) as one:
        client.get(f"/admin/{path}/")
    for number in range(2):
        CaseFactory()
        entry(organisation=f"lt-other-{number}")
    with django_assert_num_queries(len(one)):
        client.get(f"/admin/{path}/")
