import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import (
    CaseFactory,
    DocumentFactory,
    OrganisationFactory,
    PersonFactory,
    ReportRunFactory,
    entry,
)
from factories.pages import heading, links, text
from touchstone.apps.organisations.models import Organisation
from touchstone.core.cases.states import Role, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Organisation:
    return OrganisationFactory(key="lt-amber", name="Amber")


@pytest.fixture
def cluster(own: Organisation) -> Client:
    client = Client()
    client.force_login(PersonFactory(role=Role.CLUSTER.value, organisation=own))
    return client


def test_an_organisation_sees_its_own_cases_and_no_other(cluster: Client, own: Organisation) -> None:
    CaseFactory(reference="2026-0001", organisation=own)
    CaseFactory(reference="2026-0002")
    page = cluster.get("/my/")
    assert heading(page) == "Amber"
    assert [case.reference for case in page.context["cases"]] == ["2026-0001"]
    assert "Your report is delivered with the decision." in text(page)


@pytest.mark.parametrize(("state", "shown"), [(State.REPORTED, False), (State.AWARDED, True)])
def test_the_report_shows_once_the_case_is_decided(
    cluster: Client, own: Organisation, state: State, shown: bool
) -> None:
    case = CaseFactory(organisation=own, state=state.value)
    document = DocumentFactory(run=ReportRunFactory(case=case, state="done"))
    assert (f"/documents/{document.pk}/" in links(cluster.get("/my/"))) is shown


def test_a_label_leads_to_the_register(cluster: Client, own: Organisation) -> None:
    assert "/register/lt-amber/" not in links(cluster.get("/my/"))
    entry()
    assert "/register/lt-amber/" in links(cluster.get("/my/"))


def test_an_organisation_without_a_case_is_told_how_one_begins(cluster: Client) -> None:
    page = cluster.get("/my/")
    assert "When you apply for a label, the secretariat opens a case" in text(page)
    assert links(page) == ["/scheme/"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    cluster: Client, own: Organisation, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        case = CaseFactory(organisation=own, state=State.AWARDED.value)
        DocumentFactory(run=ReportRunFactory(case=case, state="done"))
    with django_assert_num_queries(6):
        cluster.get("/my/")
