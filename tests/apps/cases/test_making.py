"""The making of a report: with the real pack, peers and typesetter once, and with its ways to go wrong."""

import hashlib
import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils import timezone

from factories.apps import CaseFactory, PersonFactory, ReportRunFactory, SavedAnswerFactory
from touchstone.apps.cases import making, services
from touchstone.apps.cases.models import Case, Document, Event, ReportRun
from touchstone.apps.organisations.services import keep_logo
from touchstone.core.cases.states import State
from touchstone.core.faults import Fault, Unusable


def recorded() -> Case:
    """A submitted case with the demonstration's answers."""
    document = json.loads(
        (Path(settings.TOUCHSTONE_DEMONSTRATION) / "amber-coast-photonics.json").read_text()
    )
    case = CaseFactory(
        state="recorded",
        organisation__portfolio="micro-nano-optics",
        organisation__name="Amber Coast Photonics",
    )
    for measure, value in document["answers"].items():
        declared = value["value"] if isinstance(value, dict) else value
        SavedAnswerFactory(case=case, measure=measure, declared=declared)
    return case


@pytest.mark.django_db(transaction=True)
def test_a_report_that_is_asked_for_is_made_in_the_background(touchstone_home: Path) -> None:
    case = recorded()
    run = services.request_report(case=case, by=PersonFactory(), at=timezone.now())
    run.refresh_from_db()
    case.refresh_from_db()
    assert (run.state, run.message, run.done, run.total, case.stands) == ("done", "", 7, 7, State.REPORTED)
    assert (run.synthetic, len(run.digest), run.started_at is None, run.finished_at is None) == (
        True, 64, False, False,
    )  # fmt: skip
    documents = list(Document.objects.current())
    assert {document.name: document.kind for document in documents} == {
        "report.pdf": "report", "summary.pdf": "summary", "report.html": "web", "report.xlsx": "workbook",
        "result.json": "result",
    }  # fmt: skip
    for document in documents:
        content = document.file.read_bytes()
        assert document.file.is_relative_to(touchstone_home / "documents" / case.reference)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (document.size, document.sha256)
    result = json.loads(documents[-1].file.read_text())
    assert (result["synthetic"], result["digest"], result["rule_set"]) == (True, run.digest, "2022")
    assert [event.verb for event in case.events.all()] == ["request_report", "finish_report"]


@pytest.fixture
def run(db: None) -> ReportRun:
    return ReportRunFactory(requested_at=timezone.now())


def state_of(run: ReportRun) -> tuple[str, str, str]:
    kept = ReportRun.objects.get(pk=run.pk)
    return kept.state, kept.message, kept.case.state


def fails_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(making, "make_report", fail)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (Unusable("population.csv", Fault("line 3", "is empty.")), "population.csv: line 3: is empty."),
        (
            OSError(28, "No space left on device"),
            "A file could not be written: No space left on device. Check the space and the rights.",
        ),
        (OSError("odd"), "A file could not be written: odd. Check the space and the rights."),
        (
            ZeroDivisionError("division by zero"),
            (
                "The report could not be made (ZeroDivisionError). "
                "Ask for it again; if it fails again, tell the administrator."
            ),
        ),
    ],
)
def test_what_goes_wrong_is_told_in_plain_words_and_can_be_asked_for_again(
    run: ReportRun,
    error: Exception,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fails_with(error, monkeypatch)
    making.make(run.pk)
    assert state_of(run) == ("failed", message, "recorded")
    event = Event.objects.get()
    assert (event.verb, event.by, event.reason) == ("fail_report", None, message)
    assert "Report run" in caplog.text
    again = services.request_report(case=run.case, by=PersonFactory(), at=timezone.now(), in_background=False)
    assert again.state == "waiting"


def test_a_file_that_cannot_be_written_leaves_no_document(
    run: ReportRun, touchstone_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import touchstone.output.report as output

    (touchstone_home / "documents").write_text("a file where a folder should be")
    monkeypatch.setattr(output, "make_all", lambda *_, **__: {"report.pdf": b"%PDF"})
    making.make(run.pk)
    assert (state_of(run)[0], Document.objects.count()) == ("failed", 0)


@pytest.mark.parametrize("state", ["running", "done", "failed"])
def test_a_run_is_made_once(run: ReportRun, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ReportRun.objects.update(state=state)
    fails_with(AssertionError("it was made a second time"), monkeypatch)
    making.make(run.pk)
    assert state_of(run)[0] == state


def test_a_worker_that_comes_back_after_it_was_given_up_changes_nothing(
    run: ReportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object, **__: object) -> None:
        making.fail(run, "given up", at=timezone.now())

    monkeypatch.setattr(making, "make_report", slow)
    making.make(run.pk)
    assert state_of(run) == ("failed", "given up", "recorded")


def test_one_given_up_at_the_last_moment_files_no_documents(
    run: ReportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(_: ReportRun) -> tuple[SimpleNamespace, list[Document]]:
        making.fail(run, "given up", at=timezone.now())
        return SimpleNamespace(synthetic=True, comparison=SimpleNamespace(digest="0" * 64)), []

    monkeypatch.setattr(making, "_make_all", late)
    making.make(run.pk)
    assert state_of(run) == ("failed", "given up", "recorded")


def test_an_end_is_told_once(run: ReportRun) -> None:
    making.fail(run, "first", at=timezone.now())
    making.fail(run, "second", at=timezone.now())
    assert (state_of(run)[1], Event.objects.count()) == ("first", 1)


def test_only_silent_runs_are_given_up(run: ReportRun) -> None:
    making.give_up_silent(run.case, at=timezone.now())
    assert state_of(run)[0] == "waiting"
    making.give_up_silent(run.case, at=timezone.now() + timedelta(days=1))
    assert (state_of(run)[0], run.case.state) == ("failed", "recorded")


def test_a_page_sees_each_step(run: ReportRun) -> None:
    ReportRun.objects.update(state="running")
    seen = []
    for done in range(len(making.STEPS)):
        making._tell(run, done)
        seen.append(ReportRun.objects.get().step)
    assert seen == [
        "Comparing with the peers", "Setting the report", "Setting the summary", "Writing the web page",
        "Filling the workbook", "Writing the result", "Filing the documents",
    ]  # fmt: skip


def test_each_form_of_the_report_is_a_kind_of_document() -> None:
    from touchstone.output.report import FORMS

    assert list(making.FORMS) == list(FORMS)
    assert {kind for kind, _ in making.FORMS.values()} == set(Document.Kind)


@pytest.mark.django_db(transaction=True)
def test_the_logo_that_a_cluster_handed_in_stands_on_its_report(touchstone_home: Path) -> None:
    case = recorded()
    manager = PersonFactory(organisation=case.organisation, role="cluster")
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
        b'<rect width="20" height="10" fill="#123456"/></svg>'
    )
    kept = keep_logo(
        organisation=case.organisation, data=drawing, name="logo.svg", by=manager, at=timezone.now()
    )
    services.request_report(case=case, by=PersonFactory(), at=timezone.now())
    page = Document.objects.current().get(kind=Document.Kind.WEB).file.read_text()
    assert b64encode(bytes(kept.data)).decode() in page
