from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.apps import (
    NOW,
    CaseFactory,
    DocumentFactory,
    PersonFactory,
    ReportRunFactory,
    SavedAnswerFactory,
)
from touchstone.apps.cases.models import (
    LONGEST_WAIT,
    SILENCE,
    Case,
    Document,
    Event,
    Level,
    ReportRun,
    SavedAnswer,
    State,
)
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.cases import states
from touchstone.core.labels.model import LabelLevel

pytestmark = pytest.mark.django_db


def test_states_levels_and_kinds_of_answer_are_those_of_the_rules() -> None:
    assert set(State.values) == {state.value for state in states.State}
    assert set(Level.values) == {level.value for level in LabelLevel}
    assert set(SavedAnswer.State.values) == {state.value for state in AnswerState}


def test_unfinished_cases_are_those_without_a_decision() -> None:
    for state in states.State:
        CaseFactory(state=state.value)
    assert {case.stands for case in Case.objects.unfinished()} == set(states.State) - {
        states.State.AWARDED, states.State.REFUSED,
    }  # fmt: skip
    found = Case.objects.in_state(states.State.OPEN, State.REFUSED)
    assert {case.stands for case in found} == {states.State.OPEN, states.State.REFUSED}


def test_an_answer_is_read_back_as_it_was_kept() -> None:
    saved = SavedAnswerFactory(declared=3.5, verified=4, note="n", evidence=["list"])
    saved.refresh_from_db()
    assert saved.as_answer() == Answer(
        state=AnswerState.ANSWERED, declared=3.5, verified=4, note="n", evidence=("list",)
    )


def test_rows_say_what_they_are() -> None:
    run = ReportRunFactory()
    document, answer = DocumentFactory(run=run), SavedAnswerFactory(case=run.case)
    assert [str(run.case), str(run), str(document), str(answer)] == [
        run.case.reference, f"{run.case.pk} waiting", "report.pdf", f"{run.case.pk} A1.founded",
    ]  # fmt: skip


class TestEvents:
    def test_an_event_is_written_once_and_never_changed_or_deleted(self) -> None:
        event = Event(case=CaseFactory(), at=NOW, verb="open")
        event.save()
        event.reason = "another"
        with pytest.raises(TypeError):
            event.save()
        with pytest.raises(TypeError):
            event.delete()
        assert [(kept.reason, str(kept)) for kept in Event.objects.all()] == [("", "open 2026-11-21 12:00")]

    def test_three_events_are_listed_with_as_many_queries_as_one(self) -> None:
        case = CaseFactory()
        counts = []
        for _ in range(2):
            Event(case=case, at=NOW, verb="open", by=PersonFactory()).save()
            Event(case=case, at=NOW, verb="open").save()
            with CaptureQueriesContext(connection) as queries:
                [str(event.by) for event in case.events.listed()]
            counts.append(len(queries))
        assert counts == [1, 1]


class TestRuns:
    @pytest.mark.parametrize(
        ("state", "asked", "heard", "silent"),
        [
            ("waiting", LONGEST_WAIT, None, False),
            ("waiting", LONGEST_WAIT + timedelta(seconds=1), None, True),
            ("running", timedelta(hours=1), SILENCE, False),
            ("running", timedelta(hours=1), SILENCE + timedelta(seconds=1), True),
            ("running", SILENCE + timedelta(seconds=1), None, True),
            ("done", timedelta(hours=9), timedelta(hours=9), False),
            ("failed", timedelta(hours=9), timedelta(hours=9), False),
        ],
    )
    def test_a_run_that_says_nothing_for_too_long_is_silent(
        self, state: str, asked: timedelta, heard: timedelta | None, silent: bool
    ) -> None:
        run = ReportRunFactory.build(
            state=state, requested_at=NOW - asked, heard_at=NOW - heard if heard else None,
            case=None, requested_by=None,
        )  # fmt: skip
        assert run.is_silent(NOW) is silent

    def test_a_run_is_under_way_until_it_is_done_or_failed(self) -> None:
        under_way = {s for s in ReportRun.State if ReportRun(state=s, requested_at=NOW).under_way}
        assert under_way == {ReportRun.State.WAITING, ReportRun.State.RUNNING}


class TestDocuments:
    def test_the_current_ones_are_those_of_the_newest_finished_run(self) -> None:
        case = CaseFactory()
        old, new, failed = (ReportRunFactory(case=case, state=state) for state in ("done", "done", "failed"))
        documents = [DocumentFactory(run=run) for run in (old, new, failed)]
        other = DocumentFactory()
        assert list(Document.objects.current()) == [documents[1], other]

    def test_a_file_lies_below_the_home(self, touchstone_home: Path) -> None:
        document = DocumentFactory.build(path="2026-0001/1/report.pdf", run=None, case=None)
        assert document.file == touchstone_home / "documents" / "2026-0001" / "1" / "report.pdf"

    def test_three_documents_are_listed_with_as_many_queries_as_one(self) -> None:
        counts = []
        for number in (1, 2):
            DocumentFactory.create_batch(number)
            with CaptureQueriesContext(connection) as queries:
                [(str(d.case.organisation), d.run.synthetic) for d in Document.objects.listed()]
            counts.append(len(queries))
        assert counts == [1, 1]


def test_three_cases_are_listed_with_as_many_queries_as_one() -> None:
    counts = []
    for number in (1, 2):
        CaseFactory.create_batch(number, reviewer=PersonFactory(), decided_by=PersonFactory())
        with CaptureQueriesContext(connection) as queries:
            [
                (str(c.organisation), str(c.expert), str(c.reviewer), str(c.decided_by))
                for c in Case.objects.listed()
            ]
        counts.append(len(queries))
    assert counts == [1, 1]
