"""What the last case of an organisation said, in its next one: proposals to be confirmed, never answers."""

from collections.abc import Collection
from datetime import date, datetime

from touchstone.apps.accounts.models import User
from touchstone.apps.cases.answers import kept, noted
from touchstone.apps.cases.models import Case, SavedAnswer
from touchstone.apps.cases.queries import assessment_of
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.core.assessment.carrying import carry
from touchstone.core.cases.states import State

Kepts = dict[str, object]
FINAL = tuple(state for state in State if state.final)


def last_case(organisation: Organisation) -> Case | None:
    """The organisation's decided case with the latest interview; None where there is none."""
    finished = Case.objects.in_state(*FINAL).filter(organisation=organisation, interviewed_on__isnull=False)
    return finished.order_by("-interviewed_on", "-pk").first()


def carry_into(case: Case, previous: Case, *, by: User, on: date, at: datetime) -> tuple[str, ...]:
    """Store what a case said in the one after it, marked with its day, and give the measures of it."""
    # The new interview is still to come; a case that was entered late must not lie before the last one.
    day = max(on, previous.interviewed_on or on)
    proposed = carry(
        assessment_of(previous, today=day), scheme=scheme(case.scheme), interviewed_on=day
    ).answers
    SavedAnswer.objects.bulk_create(
        SavedAnswer(
            case=case, measure=id, carried_from=answer.carried_from, saved_at=at, saved_by=by, **kept(answer)
        )
        for id, answer in proposed.items()
    )
    return tuple(proposed)


def confirm(case: Case, *, measures: Collection[str], by: User, at: datetime) -> tuple[Kepts, Kepts]:
    """Let carried answers count from now on; gives what the event keeps of before and after."""
    before: Kepts = {}
    after: Kepts = {}
    for row in case.answers.select_for_update().to_confirm().filter(measure__in=measures):
        before[row.measure] = noted(row)
        row.confirmed, row.saved_at, row.saved_by = True, at, by
        row.revision += 1
        row.save()
        after[row.measure] = noted(row)
    return before, after
