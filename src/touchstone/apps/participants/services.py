"""The verbs of a participant list. Each is one transaction, leaves an event, and refuses in plain words."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchstone.apps.accounts.models import User
from touchstone.apps.cases import services as cases
from touchstone.apps.cases.models import Case, Event
from touchstone.apps.cases.queries import answers_of
from touchstone.apps.participants import rules
from touchstone.apps.participants.models import Choice, HandedInList
from touchstone.apps.participants.review import current_of, review
from touchstone.apps.participants.rows import as_row
from touchstone.apps.refusal import Refused
from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.assessment.participants import ParticipantList
from touchstone.core.faults import Fault, Unusable
from touchstone.intake.guards import FORM_LIMIT, check_length
from touchstone.intake.participants import participants_in

__all__ = ["ROWS_LIMIT", "Refused", "Said", "choose", "take_over", "upload"]

ROWS_LIMIT = 10_000  # the largest clusters have some thousands of participants
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of one question; a place with its position in degrees."""

    verdict: Choice.Verdict
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None


def upload(*, case: Case, by: User, content: bytes, name: str, at: datetime) -> HandedInList:
    """Hand in a list; it replaces the one before, whose choices it takes along.

    The same file twice in a row is one list.

    Raises:
        Unusable: where the file cannot be read, with every faulty row by its line.
    """
    _require_may_upload(by, case)
    name = name[-_LONGEST_NAME:]
    participants = _read(content, name)
    with transaction.atomic():
        case = _locked(case)
        _require_may_upload(by, case)
        before = current_of(case)
        digest = hashlib.sha256(content).hexdigest()
        if before is not None and before.sha256 == digest:
            return before
        made = HandedInList.objects.create(
            case=case, number=before.number + 1 if before else 1, name=name, sha256=digest,
            rows=[as_row(row) for row in participants], row_count=len(participants),
            notes=list(participants.notes), uploaded_at=at, uploaded_by=by,
        )  # fmt: skip
        _take_along(before, made)
        after = {"list": made.number, "file": name, "sha256": digest, "rows": made.row_count}
        _record(case, "upload_participants", by=by, at=at, after=after)
    return made


@transaction.atomic
def choose(
    *, handed_in: HandedInList, by: User, said: Mapping[str, Said | None], at: datetime
) -> tuple[str, ...]:
    """Keep what is said of questions; None takes a choice back. Gives the keys of those that changed."""
    case = _locked(handed_in.case)
    _require(rules.may_choose(by, case), _("The record is submitted; its participant list stays as it is."))
    _require_current(handed_in, case)
    kept = {choice.question: choice for choice in handed_in.choices.select_for_update()}
    changed = tuple(key for key, one in said.items() if one != _said(kept.get(key)))
    before = {key: _noted(_said(kept.get(key))) for key in changed}
    for key in changed:
        _keep(handed_in, key, said[key], by=by, at=at)
    if changed:
        after = {key: _noted(said[key]) for key in changed}
        _record(case, "choose_participants", by=by, at=at, before=before, after=after)
    return changed


@transaction.atomic
def take_over(*, handed_in: HandedInList, by: User, at: datetime) -> tuple[str, ...]:
    """Write what the list answers as answers of the case, and give their measures.

    A verified value stays beside the new one, and so does what was noted; the event of the saving keeps the
    answers before. Refused until the day of the interview is known: the figures are of that day.
    """
    case = _locked(handed_in.case)
    _require(rules.may_take(by, case), _("Only the expert of a case takes figures over, while it is open."))
    _require_current(handed_in, case)
    _require(case.interviewed_on is not None, _("Say first on which day the interview was."))
    found = review(handed_in, case, today=at.date())
    present = answers_of(case)
    answers = {
        id: _answer(value, present.get(id, Answer()), handed_in) for id, value in found.summary.values.items()
    }
    saved = cases.save_answers(case=case, by=by, answers=answers, at=at)
    for fault in saved.faults.values():
        raise Refused(str(fault))
    handed_in.taken_at = at
    handed_in.save(update_fields=["taken_at"])
    after = {"list": handed_in.number, "measures": sorted(answers)}
    _record(case, "take_participants", by=by, at=at, after=after)
    return tuple(answers)


def note_of(handed_in: HandedInList) -> str:
    """What an answer says of where it is from."""
    return _("From the participant list of %(day)s.") % {
        "day": date_format(handed_in.uploaded_at.date(), "j F Y")
    }


def _read(content: bytes, name: str) -> ParticipantList:
    check_length(len(content), file=name, limit_bytes=FORM_LIMIT)
    participants = participants_in(content, file=name)
    if len(participants) > ROWS_LIMIT:
        problem = _("The list has %(n)s rows; at most %(most)s are read.") % {
            "n": len(participants),
            "most": ROWS_LIMIT,
        }
        raise Unusable(name, Fault("", problem, _("Keep one row for each participant.")))
    return participants


def _take_along(before: HandedInList | None, made: HandedInList) -> None:
    """The choices of the list before: the same spelling is the same place, the same names the same pair."""
    choices = list(before.choices.all()) if before else []
    for choice in choices:
        choice.pk, choice.list = None, made
    Choice.objects.bulk_create(choices)


def _keep(handed_in: HandedInList, key: str, said: Said | None, *, by: User, at: datetime) -> None:
    if said is None:
        handed_in.choices.filter(question=key).delete()
        return
    handed_in.choices.update_or_create(
        question=key, defaults={**asdict(said), "chosen_at": at, "chosen_by": by}
    )


def _said(choice: Choice | None) -> Said | None:
    if choice is None:
        return None
    return Said(
        verdict=Choice.Verdict(choice.verdict),
        place=choice.place,
        latitude=choice.latitude,
        longitude=choice.longitude,
    )


def _noted(said: Said | None) -> dict[str, object] | None:
    return None if said is None else asdict(said)


def _answer(value: Value, before: Answer, handed_in: HandedInList) -> Answer:
    beginning = _("From the participant list of")
    others = [line for line in before.note.splitlines() if line and not line.startswith(beginning)]
    return replace(
        before,
        state=AnswerState.ANSWERED,
        declared=value,
        reason="",
        note="\n".join((note_of(handed_in), *others)),
        evidence=tuple(dict.fromkeys((*before.evidence, handed_in.name))),
    )


def _locked(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",)).select_related("organisation", "expert").get(pk=case.pk)
    )


def _record(
    case: Case, verb: str, *, by: User, at: datetime,
    after: Mapping[str, object], before: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    Event(case=case, at=at, by=by, verb=verb, before=before or {}, after=after).save()


def _require_may_upload(by: User, case: Case) -> None:
    otherwise = _(
        "A participant list is handed in by the organisation or its expert, until the record is submitted."
    )
    _require(rules.may_upload(by, case), otherwise)


def _require_current(handed_in: HandedInList, case: Case) -> None:
    newest = current_of(case)
    _require(
        newest is not None and newest.pk == handed_in.pk,
        _("A newer list has replaced this one meanwhile. Look at that one."),
    )


def _require(allowed: bool, otherwise: str) -> None:
    if not allowed:
        raise Refused(otherwise)
