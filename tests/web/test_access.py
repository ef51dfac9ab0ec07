"""Who gets in where. Each page asks the rules of `apps.cases`; here is that they are asked."""

import pytest
from django.test import Client

from factories.apps import CaseFactory, PersonFactory
from factories.pages import heading, text
from touchstone.core.cases.states import Role

pytestmark = pytest.mark.django_db

PLACES = {
    Role.CLUSTER: ["/my/", "/my/certificate/en/", "/my/logo/", "/my/logo/picture/"],
    Role.EXPERT: [
        "/assessments/", "/assessments/2026-0001/", "/assessments/2026-0001/interests/",
        "/assessments/2026-0001/interview/", "/assessments/2026-0001/area/A/",
        "/assessments/2026-0001/check/", "/assessments/2026-0001/participants/",
    ],
    Role.SECRETARIAT: [
        "/secretariat/", "/secretariat/2026-0001/", "/secretariat/2026-0001/send-back/",
        "/secretariat/2026-0001/send/",
    ],
    Role.DECIDER: [
        "/decisions/", "/decisions/2026-0001/", "/decisions/2026-0001/award/", "/decisions/2026-0001/refuse/",
    ],
    Role.PROGRAMME_OWNER: ["/insights/", "/insights/groups/"],
}  # fmt: skip
SHARED = [
    "/workspace/",
    "/assessments/2026-0001/progress/",
    "/secretariat/2026-0001/progress/",
    "/documents/1/",
]
ALL = [address for addresses in PLACES.values() for address in addresses]


@pytest.mark.parametrize("address", [*ALL, *SHARED])
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(client: Client, address: str) -> None:
    assert client.get(address).url == f"/sign-in/?next={address}"


@pytest.mark.parametrize("address", ["/secretariat/2026-0001/report/", "/my/logo/remove/"])
def test_an_act_needs_a_sign_in_too(client: Client, address: str) -> None:
    assert client.post(address).url == f"/sign-in/?next={address}"


@pytest.mark.parametrize("role", list(Role))
def test_a_workplace_lets_in_its_own_role_only(client: Client, role: Role) -> None:
    CaseFactory(reference="2026-0001")
    client.force_login(PersonFactory(role=role.value))
    others = [address for of, addresses in PLACES.items() for address in addresses if of is not role]
    assert {client.get(address).status_code for address in others} == {403}


def test_somebody_in_the_wrong_place_is_told_whose_page_it_is(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.DECIDER.value))
    page = client.get("/secretariat/")
    assert heading(page) == "You may not open this page"
    assert "This page belongs to another role than yours." in text(page)


def test_a_case_of_somebody_else_stays_closed(client: Client) -> None:
    CaseFactory(reference="2026-0001")
    client.force_login(PersonFactory(role=Role.EXPERT.value))
    page = client.get("/assessments/2026-0001/")
    assert page.status_code == 403
    assert "This case is not one of yours." in text(page)


def test_a_case_that_does_not_exist_is_not_found(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.EXPERT.value))
    assert client.get("/assessments/2026-9999/").status_code == 404


def test_a_person_who_was_locked_out_works_no_more(client: Client) -> None:
    person = PersonFactory(role=Role.SECRETARIAT.value)
    client.force_login(person)
    person.is_active = False
    person.save()
    assert client.get("/secretariat/").url == "/sign-in/?next=/secretariat/"
