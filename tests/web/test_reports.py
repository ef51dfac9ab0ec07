from datetime import timedelta

import pytest
from django.test import Client

from factories.apps import NOW, CaseFactory, DocumentFactory, InterestFactory, PersonFactory, ReportRunFactory
from factories.pages import links, text
from touchstone.apps.cases.models import ReportRun
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db
ADDRESS = "/secretariat/2026-0001/progress/"


@pytest.fixture
def run() -> ReportRun:
    return ReportRunFactory(
        case__reference="2026-0001", state="running", step="Setting the report", done=1, total=6, heard_at=NOW
    )


@pytest.fixture
def secretariat() -> Client:
    client = Client()
    client.force_login(PersonFactory())
    return client


def test_a_script_is_told_how_far_it_is(secretariat: Client, run: ReportRun) -> None:
    answer = secretariat.get(ADDRESS, headers={"accept": "application/json"})
    assert answer.json() == {
        "state": "running", "step": "Setting the report", "done": 1, "total": 6, "message": "",
    }  # fmt: skip
    assert "Accept" in answer["Vary"]
    assert "no-store" in answer["Cache-Control"]


def test_a_script_is_told_that_nothing_was_asked_for(secretariat: Client) -> None:
    CaseFactory(reference="2026-0001", state=State.RECORDED.value)
    assert secretariat.get(ADDRESS, headers={"accept": "application/json"}).json() == {"state": "none"}


def test_without_scripts_the_page_loads_itself_anew_while_it_goes_on(
    secretariat: Client, run: ReportRun
) -> None:
    refresh = '<noscript><meta http-equiv="refresh" content="2"></noscript>'
    assert refresh in secretariat.get(ADDRESS).content.decode()
    ReportRun.objects.update(state="done")
    assert refresh not in secretariat.get(ADDRESS).content.decode()


def test_the_page_says_that_nothing_was_asked_for(secretariat: Client) -> None:
    CaseFactory(reference="2026-0001", state=State.RECORDED.value)
    assert "No report has been asked for yet." in text(secretariat.get(ADDRESS))


def test_a_waiting_run_names_what_it_waits_for(secretariat: Client, run: ReportRun) -> None:
    ReportRun.objects.update(state="waiting")
    assert "Waiting for the background worker" in text(secretariat.get(ADDRESS))


def test_a_failure_says_what_happened(secretariat: Client, run: ReportRun) -> None:
    ReportRun.objects.update(state="failed", message="No space is left.")
    assert "The report could not be made. No space is left." in text(secretariat.get(ADDRESS))


def test_a_worker_that_fell_silent_is_noticed(secretariat: Client, run: ReportRun) -> None:
    ReportRun.objects.update(heard_at=NOW - timedelta(minutes=11))
    assert "has given no sign of life for ten minutes" in text(secretariat.get(ADDRESS))


def test_documents_are_listed_with_their_size_and_the_mark_of_synthetic_peers(
    secretariat: Client, run: ReportRun
) -> None:
    ReportRun.objects.update(state="done", synthetic=True)
    document = DocumentFactory(run=run, size=410_233)
    page = secretariat.get(ADDRESS)
    assert links(page)[0] == f"/documents/{document.pk}/"
    assert "400.6 KB" in text(page).replace("\xa0", " ")
    assert "synthetic peers" in text(page)


def test_documents_say_in_which_language_they_are(secretariat: Client, run: ReportRun) -> None:
    ReportRun.objects.update(state="done", language="lt")
    DocumentFactory(run=run)
    page = secretariat.get(ADDRESS)
    assert "Language of the report: Lietuvių" in text(page)
    assert b'<span lang="lt">' in page.content


def test_the_expert_of_the_case_sees_it_too_and_others_do_not(run: ReportRun) -> None:
    InterestFactory(case=run.case)
    expert, other = Client(), Client()
    expert.force_login(run.case.expert)
    other.force_login(PersonFactory(role="programme_owner"))
    address = "/assessments/2026-0001/progress/"
    assert (expert.get(address).status_code, other.get(address).status_code) == (200, 403)
