"""Who may act on a label outside a case: deciders stop labels, the secretariat keeps what is known right."""

from touchstone.apps.accounts.models import User
from touchstone.apps.permissions import permit
from touchstone.core.cases.states import Role
from touchstone.core.labels.model import EntryKind

STOPS = frozenset({EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL})
CHANGES = frozenset(
    {EntryKind.RENAME, EntryKind.HOST, EntryKind.MERGER, EntryKind.SPLIT, EntryKind.CORRECTION}
)


def is_tied(user: User, organisation: str) -> bool:
    """Whether the person belongs to the organisation (its key)."""
    return user.organisation_id == organisation


def may_act(user: User, kind: EntryKind, organisation: str) -> bool:
    """Whether the person may enter an act of that kind about an organisation."""
    role = Role.DECIDER if kind in STOPS else Role.SECRETARIAT
    return kind in STOPS | CHANGES and user.has_role(role) and not is_tied(user, organisation)


permit("labels.act", lambda user, act: may_act(user, *act))
