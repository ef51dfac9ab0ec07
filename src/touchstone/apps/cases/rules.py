"""Who may do what with a case. Services ask these functions, and pages may: both get the same answer.

They take a person and a case and say yes or no. Nothing here depends on Django's own permissions, so that
no superuser slips through: an administrator never acts in a case.
"""

from collections.abc import Callable

from django.utils import timezone

from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Case
from touchstone.apps.experts import rules as experts
from touchstone.apps.permissions import permit
from touchstone.core.cases.states import Role, State, steps_from

ACTS_OF_REVIEW = (
    "submit", "save_answers", "confirm_carried", "send_back", "request_report", "send_to_decision",
)  # fmt: skip


def is_assigned(user: User, case: Case) -> bool:
    """Whether the person is the case's expert."""
    return user.has_role(Role.EXPERT) and case.expert_id == user.pk


def belongs_to_applicant(user: User, case: Case) -> bool:
    return user.organisation_id is not None and user.organisation_id == case.organisation_id


def took_part(user: User, case: Case) -> bool:
    """Whether the person assessed or reviewed the case, now or before."""
    if user.pk in (case.expert_id, case.reviewer_id):
        return True
    return case.events.filter(by=user, verb__in=ACTS_OF_REVIEW).exists()


def is_tied(user: User, case: Case) -> bool:
    """Whether an interest stands between the person and an impartial view of the case."""
    return belongs_to_applicant(user, case) or bool(experts.conflicts_of(user, case))


def may_open(user: User) -> bool:
    return user.has_role(Role.SECRETARIAT)


def may_assign(user: User, case: Case) -> bool:
    return _can(user, case, "assign", Role.SECRETARIAT) and not belongs_to_applicant(user, case)


def may_declare(user: User, case: Case) -> bool:
    """The case's expert may, in any state but the last ones: interests can arise later too."""
    return is_assigned(user, case) and not case.stands.final


def may_read_answers(user: User, case: Case) -> bool:
    """Who may see what was answered: never a programme owner, nor an expert before declaring interests."""
    if user.has_role(Role.EXPERT):
        return may_assess(user, case)
    if user.has_role(Role.CLUSTER):
        return belongs_to_applicant(user, case)
    if user.has_role(Role.SECRETARIAT):
        return not belongs_to_applicant(user, case)
    if user.has_role(Role.DECIDER):
        return may_read_for_decision(user, case)
    return user.has_role(Role.OBSERVER) and case.observers.filter(pk=user.pk).exists()


def may_assess(user: User, case: Case) -> bool:
    """Whether the expert has declared interests and nothing stands against going on."""
    return (
        is_assigned(user, case) and experts.has_declared(user, case) and not experts.conflicts_of(user, case)
    )


def may_save_answers(user: User, case: Case) -> bool:
    return _can(user, case, "submit", Role.EXPERT) and may_assess(user, case)


may_submit = may_save_answers
may_confirm_carried = may_save_answers


def may_send_back(user: User, case: Case) -> bool:
    return _can(user, case, "send_back", Role.SECRETARIAT) and not is_tied(user, case)


def may_request_report(user: User, case: Case) -> bool:
    """Once the record is submitted; also where a making is under way that gives no sign of life."""
    possible = _can(user, case, "request_report", Role.SECRETARIAT) or (
        user.has_role(Role.SECRETARIAT) and case.stands is State.REPORTING and _is_silent(case)
    )
    return possible and not is_tied(user, case)


def may_send_to_decision(user: User, case: Case) -> bool:
    return _can(user, case, "send_to_decision", Role.SECRETARIAT) and not is_tied(user, case)


def may_read_for_decision(user: User, case: Case) -> bool:
    """A decider sees what has come to decision, unless tied to the organisation."""
    stands = case.stands is State.IN_DECISION or case.stands.final
    return user.has_role(Role.DECIDER) and stands and not is_tied(user, case)


def may_decide(user: User, case: Case) -> bool:
    return _can(user, case, "award", Role.DECIDER) and not took_part(user, case) and not is_tied(user, case)


def may_read_documents(user: User, case: Case) -> bool:
    """Who may open report and result: the applicant once the case is decided, and who works on it."""
    if user.has_role(Role.CLUSTER):
        return belongs_to_applicant(user, case) and case.stands.final
    return may_read_answers(user, case)


def may_see(user: User, case: Case) -> bool:
    """Whether the case may be shown in a list at all: its organisation, level, state and dates."""
    if user.has_role(Role.SECRETARIAT, Role.PROGRAMME_OWNER):
        return True
    if user.has_role(Role.EXPERT):
        return case.expert_id == user.pk
    if user.has_role(Role.CLUSTER):
        return belongs_to_applicant(user, case)
    if user.has_role(Role.DECIDER):
        return case.stands is State.IN_DECISION or case.stands.final
    return user.has_role(Role.OBSERVER) and case.observers.filter(pk=user.pk).exists()


def _is_silent(case: Case) -> bool:
    run = case.runs.first()
    return run is not None and run.is_silent(timezone.now())


def _can(user: User, case: Case, step: str, role: Role) -> bool:
    return user.has_role(role) and any(taken.name == step for taken in steps_from(case.stands, role))


PERMISSIONS: dict[str, Callable[[User, Case], bool]] = {
    "cases.see": may_see,
    "cases.assign": may_assign,
    "cases.declare": may_declare,
    "cases.read_answers": may_read_answers,
    "cases.save_answers": may_save_answers,
    "cases.confirm_carried": may_confirm_carried,
    "cases.submit": may_submit,
    "cases.send_back": may_send_back,
    "cases.request_report": may_request_report,
    "cases.send_to_decision": may_send_to_decision,
    "cases.decide": may_decide,
    "cases.read_documents": may_read_documents,
}
for _name, _rule in PERMISSIONS.items():
    permit(_name, _rule)
