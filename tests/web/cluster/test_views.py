from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import (
    NOW,
    CaseFactory,
    DocumentFactory,
    OrganisationFactory,
    PersonFactory,
    ReportRunFactory,
    entry,
)
from factories.pages import heading, links, text
from touchstone.apps.certificates.models import Certificate
from touchstone.apps.organisations.models import Organisation
from touchstone.core.cases.states import Role, State
from touchstone.core.labels.model import EntryKind

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
    assert links(page) == ["/scheme/", "/my/logo/"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    cluster: Client, own: Organisation, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        case = CaseFactory(organisation=own, state=State.AWARDED.value)
        DocumentFactory(run=ReportRunFactory(case=case, state="done"))
    with django_assert_num_queries(7):
        cluster.get("/my/")


# --- the certificate

LANGUAGES = [f"/my/certificate/{code}/" for code in ("en", "de", "lt", "pl")]


def test_where_a_label_is_valid_its_certificate_is_offered_in_each_language(cluster: Client) -> None:
    entry()
    page = cluster.get("/my/")
    assert [address for address in links(page) if "certificate" in address] == LANGUAGES
    assert "Certificate (PDF) One page for the wall, sealed: any change to the file shows." in text(page)
    assert "The code printed on it leads to your label in the register." in text(page)
    assert "English Deutsch Lietuvių Polski" in text(page)


def test_a_certificate_is_a_file_to_keep_with_a_name_in_its_language(cluster: Client) -> None:
    entry()
    answer = cluster.get("/my/certificate/lt/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sertifikatas-lt-amber-bronze.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    content = b"".join(answer.streaming_content)
    kept = Certificate.objects.get()
    assert content == kept.file.read_bytes()
    assert (kept.language, kept.sealed_at) == ("lt", NOW)


def test_the_same_certificate_comes_each_time(cluster: Client) -> None:
    entry()
    first, second = (b"".join(cluster.get("/my/certificate/en/").streaming_content) for _ in range(2))
    assert first == second


def test_a_label_that_has_ended_has_no_certificate_and_the_page_says_why(cluster: Client) -> None:
    entry(valid_until=date(2026, 11, 1), renewable_until=date(2027, 11, 1))
    page = cluster.get("/my/")
    assert [address for address in links(page) if "certificate" in address] == []
    why = (
        "The Bronze label of Amber Cluster ended on 1 November 2026. "
        "Once it is renewed, there is a certificate."
    )
    assert why in text(page)
    answer = cluster.get("/my/certificate/en/")
    assert (answer.status_code, why in text(answer)) == (403, True)


@pytest.mark.parametrize(
    ("kind", "why"),
    [(EntryKind.SUSPENSION, "is suspended."), (EntryKind.WITHDRAWAL, "was withdrawn,")],
)
def test_a_label_that_was_stopped_has_no_certificate(cluster: Client, kind: EntryKind, why: str) -> None:
    entry()
    entry(
        kind=kind, effective=NOW.date(), recorded=NOW + timedelta(seconds=1), level=None, valid_from=None,
        valid_until=None, renewable_until=None,
    )  # fmt: skip
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert f"The Bronze label of Amber Cluster {why}" in text(cluster.get("/my/"))
        assert cluster.get("/my/certificate/en/").status_code == 403
    assert Certificate.objects.count() == 0


def test_without_a_label_nothing_is_said_of_certificates(cluster: Client) -> None:
    assert "ertificate" not in text(cluster.get("/my/"))
    assert cluster.get("/my/certificate/en/").status_code == 403


def test_a_language_that_there_is_not_is_not_found(cluster: Client) -> None:
    entry()
    assert cluster.get("/my/certificate/fr/").status_code == 404


def test_another_organisation_gets_its_own_certificate_and_no_other(own: Organisation) -> None:
    entry()
    stranger = Client()
    stranger.force_login(PersonFactory(role=Role.CLUSTER.value, organisation=OrganisationFactory()))
    assert stranger.get("/my/certificate/en/").status_code == 403


def test_somebody_of_no_organisation_is_told_whom_to_ask() -> None:
    lost = Client()
    lost.force_login(PersonFactory(role=Role.CLUSTER.value, organisation=None))
    answer = lost.get("/my/certificate/en/")
    assert answer.status_code == 403
    assert "Your sign-in belongs to no organisation. Ask the secretariat." in text(answer)
