"""What stands between an expert and a case."""

from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Case
from touchstone.apps.experts.models import Interest
from touchstone.core.cases.conflicts import PastAssessment, conflicts
from touchstone.core.cases.states import State


def has_declared(user: User, case: Case) -> bool:
    """Whether the person has declared interests in the case; “none” is a declaration."""
    return Interest.objects.of(case=case.pk, person=user.pk).exists()


def conflicts_of(user: User, case: Case) -> tuple[str, ...]:
    """What stands against the person assessing or deciding the case, in words."""
    return conflicts(
        Interest.objects.of(case=case.pk, person=user.pk).kinds(),
        own_organisation=user.organisation_id or "",
        applicant=case.organisation_id,
        past=past_assessments(user),
    )


def past_assessments(user: User) -> tuple[PastAssessment, ...]:
    """The cases in which the person's own organisation was assessed, and by whose people."""
    if not user.organisation_id:
        return ()
    assessed = Case.objects.filter(organisation=user.organisation_id, expert__organisation__isnull=False)
    finals = {state.value for state in State if state.final}
    return tuple(
        PastAssessment(
            assessed=case.organisation_id,
            assessors=frozenset({case.expert.organisation_id}),
            ended_on=case.decided_at.date() if case.state in finals else None,
        )
        for case in assessed.select_related("expert")
    )
