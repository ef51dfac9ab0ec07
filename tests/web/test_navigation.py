import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from factories.apps import PersonFactory
from touchstone.apps.accounts.models import User
from touchstone.core.cases.states import Role
from touchstone.web import navigation


def header(path: str, user: User | AnonymousUser) -> list[tuple[str, str, str]]:
    request = RequestFactory().get(path)
    request.user = user
    return [(link.address, str(link.label), link.current) for link in navigation.links(request)]


def test_a_visitor_finds_register_verification_and_scheme() -> None:
    assert header("/", AnonymousUser()) == [
        ("/register/", "Register", ""),
        ("/verify/", "Verify", ""),
        ("/scheme/", "The scheme", ""),
    ]


def test_the_present_page_is_marked_and_so_is_the_part_it_lies_in() -> None:
    assert [current for *_, current in header("/register/", AnonymousUser())] == ["page", "", ""]
    assert [current for *_, current in header("/register/pl-aviation-valley/", AnonymousUser())] == [
        "true",
        "",
        "",
    ]


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.DECIDER])
def test_labels_belong_to_the_workplace_that_leads_there(role: Role) -> None:
    assert [current for *_, current in header("/labels/lt-amber/", PersonFactory.build(role=role))] == [
        "", "", "", "true",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "address", "label"),
    [
        (Role.CLUSTER, "/my/", "My organisation"),
        (Role.EXPERT, "/assessments/", "My assessments"),
        (Role.SECRETARIAT, "/secretariat/", "Secretariat"),
        (Role.DECIDER, "/decisions/", "Decisions"),
        (Role.PROGRAMME_OWNER, "/insights/", "Insights"),
        (Role.ADMINISTRATOR, "/admin/", "Administration"),
    ],
)
def test_a_role_finds_its_workplace(role: Role, address: str, label: str) -> None:
    assert header("/", PersonFactory.build(role=role.value))[3:] == [(address, label, "")]


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.SCHEME_EDITOR])
def test_a_role_without_a_workplace_yet_has_no_link(role: Role) -> None:
    assert navigation.workplace(role.value) is None
