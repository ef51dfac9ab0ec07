"""What stands between an expert and a case."""

from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Case
from touchstone.apps.experts.models import Interest
from touchstone.core.cases.conflicts import PastAssessment, conflicts


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
    rows = Case.objects.filter(organisation=user.organisation_id).values_list(
        "expert__organisation_id", "decided_at"
    )
    return tuple(
        PastAssessment(
            assessed=user.organisation_id,
            assessors=frozenset({assessor}),
            ended_on=decided_at.date() if decided_at else None,
        )
        for assessor, decided_at in rows
        if assessor
    )
