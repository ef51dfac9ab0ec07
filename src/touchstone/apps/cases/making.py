"""The making of a report in the background: steps that a page can watch, files that appear whole.

A worker that fails leaves a failed run with a plain message. A worker that is killed leaves a silent one,
which the next request gives up. Neither leaves half a file, and each run has a folder of its own.
"""

import hashlib
import json
import logging
from datetime import datetime
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from touchstone.apps.cases.models import Case, Document, Event, ReportRun
from touchstone.apps.cases.queries import assessment_of, previous_of
from touchstone.apps.organisations.services import logo_of
from touchstone.apps.pack import rule_set, scheme
from touchstone.apps.participants.portrayal import on_the_map
from touchstone.apps.participants.rows import as_row
from touchstone.apps.peers.current import peers
from touchstone.core.assessment.reading import as_document
from touchstone.core.cases.states import next_state
from touchstone.core.faults import Unusable
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.model import Scheme
from touchstone.output.writing import write_whole

log = logging.getLogger(__name__)
COMPARING = "Comparing with the peers"
# File → what it is, and what a page says while it is being made. In the order of making.
FORMS: dict[str, tuple[Document.Kind, str]] = {
    "report.pdf": (Document.Kind.REPORT, "Setting the report"),
    "summary.pdf": (Document.Kind.SUMMARY, "Setting the summary"),
    "report.html": (Document.Kind.WEB, "Writing the web page"),
    "report.xlsx": (Document.Kind.WORKBOOK, "Filling the workbook"),
    "result.json": (Document.Kind.RESULT, "Writing the result"),
}
STEPS = (COMPARING, *(words for _, words in FORMS.values()), "Filing the documents")


class GivenUp(Exception):  # noqa: N818  (not an error: the run has been given up meanwhile)
    """Somebody gave the run up while this worker was silent. What it made is not wanted any more."""


def enqueue(run: int) -> None:
    """Hand the run to the background worker."""
    from touchstone.apps.cases.tasks import make_report as task

    task.enqueue(run)


def make(run_id: int) -> None:
    """Make the report of a run, telling after each step how far it is. A second call does nothing."""
    if not _claim(run_id):
        return
    run = ReportRun.objects.select_related(
        "case__organisation", "case__expert", "case__previous__organisation"
    ).get(pk=run_id)
    try:
        _finish(run, *_make_all(run))
    except GivenUp:
        log.warning("Report run %s was given up while it was going on.", run_id)
    except Exception as error:
        # Whatever it is, a person waits for an answer; the log keeps the rest.
        log.exception("Report run %s failed", run_id)
        fail(run, _plain(error), at=timezone.now())


def fail(run: ReportRun, message: str, *, at: datetime) -> None:
    """End a run that came to nothing, so that it can be asked for again."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=run.case_id)
        ended = ReportRun.objects.filter(pk=run.pk, state__in=ReportRun.UNDER_WAY).update(
            state=ReportRun.State.FAILED, message=message, finished_at=at
        )
        if ended:
            _step(case, "fail_report", at=at, run=run, reason=message)


def give_up_silent(case: Case, *, at: datetime) -> None:
    """Fail the case's runs that should be going on and have given no sign of life."""
    for run in case.runs.filter(state__in=ReportRun.UNDER_WAY):
        if run.is_silent(at):
            fail(run, "The making of the report was interrupted.", at=at)
            case.refresh_from_db(fields=["state"])


def _claim(run_id: int) -> bool:
    now = timezone.now()
    waiting = ReportRun.objects.filter(pk=run_id, state=ReportRun.State.WAITING)
    return bool(
        waiting.update(
            state=ReportRun.State.RUNNING, step=COMPARING, total=len(STEPS), started_at=now, heard_at=now
        )
    )


def _tell(run: ReportRun, done: int) -> None:
    """Let the page see how many steps are done; raises `GivenUp` where nobody waits any more."""
    alive = ReportRun.objects.filter(pk=run.pk, state=ReportRun.State.RUNNING)
    if not alive.update(done=done, step=STEPS[done], heard_at=timezone.now()):
        raise GivenUp


def _make_all(run: ReportRun) -> tuple[Report, list[Document]]:
    # The typesetter is large, and the processes that only show pages never need it.
    from touchstone.output.report import make_all

    pack = scheme(run.case.scheme, language=run.language)
    report = _report(run, pack)
    _tell(run, 1)
    steps = count(2)
    made = make_all(report, pack, logo=logo_of(run.case.organisation), done=lambda _: _tell(run, next(steps)))
    return report, [_write(run, name, content) for name, content in made.items()]


def _report(run: ReportRun, pack: Scheme) -> Report:
    """Compare, and keep with the run what it takes to make the same report again: see `remaking`."""
    case, others = run.case, peers(run.case.scheme)
    assessment = assessment_of(case, today=case.opened_on)
    on = others.as_of(assessment.interviewed_on)
    frozen = others.frozen(pack, on=on)
    run.record, run.release = json.dumps(as_document(assessment)), others.number
    run.set_digest, run.set_name, run.set_on = frozen.digest, frozen.name, frozen.on
    before = previous_of(case, assessment)
    run.before = json.dumps(as_document(before)) if before else ""
    participants = on_the_map(case, on=assessment.interviewed_on)
    run.participants, run.expert = json.dumps([as_row(row) for row in participants]), str(case.expert or "")
    return make_report(
        assessment,
        scheme=pack,
        population=others.ready,
        on=on,
        rule_set=rule_set(case.scheme, case.rule_set),
        release=others.release,
        previous=before,
        beside_peers=False,  # the frozen set, from which it can be made again, has not their earlier ones
        participants=participants,
        expert=run.expert,
    )


def _write(run: ReportRun, name: str, content: bytes) -> Document:
    path = f"{run.case.reference}/{run.pk}/{name}"
    write_whole(Path(settings.TOUCHSTONE_HOME) / "documents" / path, content)
    return Document(
        case=run.case, run=run, kind=FORMS[name][0], name=name, path=path, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), made_at=timezone.now(),
    )  # fmt: skip


def _finish(run: ReportRun, report: Report, documents: list[Document]) -> None:
    now = timezone.now()
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=run.case_id)
        alive = ReportRun.objects.filter(pk=run.pk, state=ReportRun.State.RUNNING)
        if not alive.update(
            state=ReportRun.State.DONE, done=len(STEPS), step="", heard_at=now, finished_at=now,
            synthetic=report.synthetic, digest=report.comparison.digest, record=run.record,
            release=run.release, set_digest=run.set_digest, set_name=run.set_name, set_on=run.set_on,
            before=run.before, participants=run.participants, expert=run.expert,
        ):  # fmt: skip
            raise GivenUp
        Document.objects.bulk_create(documents)
        _step(case, "finish_report", at=now, run=run)


def _step(case: Case, step: str, *, at: datetime, run: ReportRun, reason: str = "") -> None:
    case.state = next_state(case.stands, step).value
    case.save(update_fields=["state"])
    Event(case=case, at=at, by=None, verb=step, after={"run": run.pk}, reason=reason).save()


def _plain(error: Exception) -> str:
    """An error as a person may read it. Our own are written for people; of others only the kind is told."""
    if isinstance(error, Unusable):
        return str(error)
    if isinstance(error, OSError):
        return f"A file could not be written: {error.strerror or error}. Check the space and the rights."
    return (
        f"The report could not be made ({type(error).__name__}). "
        "Ask for it again; if it fails again, tell the administrator."
    )
