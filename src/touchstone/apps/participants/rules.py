"""Who may do what with the participant list of a case: its expert and the organisation's own people.

Others never see it; what they may read are the answers that follow from it.
"""

from collections.abc import Callable

from touchstone.apps.accounts.models import User
from touchstone.apps.cases import rules as cases
from touchstone.apps.cases.models import Case
from touchstone.apps.permissions import permit
from touchstone.core.cases.states import Role, State

PREPARING = (State.OPEN, State.ASSESSING)


def may_read(user: User, case: Case) -> bool:
    """The expert once interests are declared, and whoever belongs to the organisation."""
    if user.has_role(Role.CLUSTER):
        return cases.belongs_to_applicant(user, case)
    return cases.may_assess(user, case)


def may_upload(user: User, case: Case) -> bool:
    """The same people, until the record is submitted."""
    return case.stands in PREPARING and may_read(user, case)


may_choose = may_upload


def may_take(user: User, case: Case) -> bool:
    """Answers are the expert's: the organisation hands in the list, the expert takes its figures over."""
    return cases.may_save_answers(user, case)


PERMISSIONS: dict[str, Callable[[User, Case], bool]] = {
    "participants.read": may_read,
    "participants.upload": may_upload,
    "participants.choose": may_choose,
    "participants.take": may_take,
}
for _name, _rule in PERMISSIONS.items():
    permit(_name, _rule)
