"""How answers are kept: by measure, with a revision, the newest on top and none lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.apps.accounts.models import User
from touchstone.apps.cases.answers import is_blank, kept, kept_in, noted, says_the_same, taken
from touchstone.apps.cases.models import Case, Meeting, SavedAnswer
from touchstone.apps.pack import rule_set, scheme
from touchstone.core.assessment.model import Answer
from touchstone.core.faults import Fault

INTERVIEW = "interviewed_on"
MEETING = "meeting"
Kepts = dict[str, object]


def meetings(case: Case) -> tuple[Meeting, ...]:
    """The ways in which the interview of a case may be held: those that its rule set names, else all."""
    named = rule_set(case.scheme, case.rule_set).process.interview
    return tuple(Meeting(way) for way in named) if named else tuple(Meeting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What came of a saving. Valid answers are kept even where others of the same call have a fault.

    `faults` maps a measure id (or "interviewed_on") to what is wrong with it; `revisions` maps each measure
    of the call that is kept to its revision now; `overwrote` names those that were saved in between.
    """

    saved_at: datetime
    faults: Mapping[str, Fault]
    revisions: Mapping[str, int]
    overwrote: tuple[str, ...] = ()


def save(
    case: Case, *, by: User, answers: Mapping[str, Answer], at: datetime,
    interviewed_on: date | None, revisions: Mapping[str, int], meeting: str = "",
) -> tuple[Saved, Kepts, Kepts]:  # fmt: skip
    """Save what can be saved; gives what the caller is told, and what the event keeps of before and after."""
    pack = scheme(case.scheme)
    read = {id: taken(id, answer, pack) for id, answer in answers.items()}
    faults = {id: answer for id, answer in read.items() if isinstance(answer, Fault)}
    good = {id: answer for id, answer in read.items() if isinstance(answer, Answer)}
    before, after = _save_interview(case, interviewed_on, meeting, at.date(), faults)
    rows = {row.measure: row for row in case.answers.select_for_update().filter(measure__in=good)}
    overwrote = [id for id, row in rows.items() if id in revisions and revisions[id] != row.revision]
    for id, answer in good.items():
        row = rows.get(id)
        if row is None and is_blank(answer):
            continue
        if row is None or kept_in(row) != kept(answer):
            before[id] = None if row is None else noted(row)
            rows[id] = _keep(case, id, answer, row, by=by, at=at)
            after[id] = noted(rows[id])
    now = {id: row.revision for id, row in rows.items()}
    changed = tuple(id for id in overwrote if id in after)
    return Saved(saved_at=at, faults=faults, revisions=now, overwrote=changed), before, after


def _keep(
    case: Case, id: str, answer: Answer, row: SavedAnswer | None, *, by: User, at: datetime
) -> SavedAnswer:
    row = row or SavedAnswer(case=case, measure=id, revision=0)
    if row.carried_from and not says_the_same(row, answer):
        row.carried_from, row.confirmed = None, False  # it is an answer of this interview now
    for field, value in kept(answer).items():
        setattr(row, field, value)
    row.revision, row.saved_at, row.saved_by = row.revision + 1, at, by
    row.save()
    return row


def _save_interview(
    case: Case, on: date | None, meeting: str, today: date, faults: dict[str, Fault]
) -> tuple[Kepts, Kepts]:
    """Keep the day of the interview and how it was held; None and "" leave what is kept."""
    if on and on > today:
        faults[INTERVIEW] = Fault(INTERVIEW, "is in the future.", "Give the day of the interview.")
    if meeting and meeting not in meetings(case):
        faults[MEETING] = Fault(MEETING, "is not a way in which the rules of the case let it be held.")
    if INTERVIEW in faults or MEETING in faults:
        return {}, {}
    given = {INTERVIEW: on or case.interviewed_on, MEETING: meeting or case.meeting}
    changed = {name: value for name, value in given.items() if value != getattr(case, name)}
    before: Kepts = {name: _noted(getattr(case, name)) for name in changed}
    for name, value in changed.items():
        setattr(case, name, value)
    if changed:
        case.save(update_fields=list(changed))
    return before, {name: _noted(value) for name, value in changed.items()}


def _noted(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
