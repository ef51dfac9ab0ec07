"""The words and shapes that pages use for levels, standings, lights, states and certainties."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from touchstone.apps import pack
from touchstone.core.cases.states import Role, State
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.core.scheme.model import Certainty, Direction

LEVELS: dict[str, Promise] = {
    LabelLevel.BRONZE: _("Bronze"),
    LabelLevel.SILVER: _("Silver"),
    LabelLevel.GOLD: _("Gold"),
}
STANDINGS: dict[str, Promise] = {
    Standing.VALID: _("valid"),
    Standing.EXPIRED_RENEWABLE: _("expired, renewable"),
    Standing.LAPSED: _("lapsed"),
    Standing.SUSPENDED: _("suspended"),
    Standing.WITHDRAWN: _("withdrawn"),
    Standing.NEVER: _("no label"),
}
STANDINGS_EXPLAINED: dict[str, Promise] = {
    Standing.VALID: _("Today lies within the label's period."),
    Standing.EXPIRED_RENEWABLE: _("The period has ended; it can still be renewed without a gap."),
    Standing.LAPSED: _("The period has ended and can no longer be renewed. A new label starts afresh."),
    Standing.SUSPENDED: _("The label is set aside until it is reinstated or withdrawn."),
    Standing.WITHDRAWN: _("The label was taken back before its period ended."),
}
LIGHTS: dict[str, Promise] = {
    "red": pgettext_lazy("traffic light", "red"),
    "yellow": pgettext_lazy("traffic light", "yellow"),
    "green": pgettext_lazy("traffic light", "green"),
    "not_assessed": pgettext_lazy("traffic light", "not assessed"),
}
MEETINGS: dict[str, Promise] = {"on_site": _("on site"), "video": _("by video")}
CERTAINTIES: dict[str, Promise] = {
    Certainty.PUBLISHED: _("published"),
    Certainty.RECONSTRUCTED: _("rebuilt from sources"),
    Certainty.DEFAULT: _("our default"),
}
CERTAINTIES_EXPLAINED: dict[str, Promise] = {
    Certainty.PUBLISHED: _("Read in a public source."),
    Certainty.RECONSTRUCTED: _("The topic stands in a source; the detail is rebuilt."),
    Certainty.DEFAULT: _("No source was found; this is what the program starts with. It can be changed."),
}
DIRECTIONS: dict[str, Promise] = {
    Direction.HIGHER: _("higher is better"),
    Direction.LOWER: _("lower is better"),
    Direction.RANGE: _("a middle range is best; shown without judgement"),
    Direction.DESCRIPTIVE: _("describes; never judged"),
}
STATES: dict[str, Promise] = {
    State.OPEN: _("waiting for a declaration of interests"),
    State.ASSESSING: _("being assessed"),
    State.RECORDED: _("record submitted"),
    State.REPORTING: _("report being made"),
    State.REPORTED: _("report ready"),
    State.IN_DECISION: _("in decision"),
    State.AWARDED: _("awarded"),
    State.REFUSED: _("refused"),
}
ROLES: dict[str, Promise] = {
    Role.CLUSTER: _("cluster organisation"),
    Role.EXPERT: _("expert"),
    Role.SECRETARIAT: _("secretariat"),
    Role.DECIDER: _("decider"),
    Role.PROGRAMME_OWNER: _("programme owner"),
    Role.SCHEME_EDITOR: _("scheme editor"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.OBSERVER: _("observer"),
}
ENTRIES: dict[str, Promise] = {
    EntryKind.AWARD: _("Awarded"),
    EntryKind.RENEWAL: _("Renewed"),
    EntryKind.UPGRADE: _("Upgraded"),
    EntryKind.SUSPENSION: _("Suspended"),
    EntryKind.REINSTATEMENT: _("Reinstated"),
    EntryKind.WITHDRAWAL: _("Withdrawn"),
    EntryKind.CORRECTION: _("Corrected"),
    EntryKind.RENAME: _("Renamed"),
    EntryKind.HOST: _("New host"),
    EntryKind.MERGER: _("Merged"),
    EntryKind.SPLIT: _("Split"),
}
VERBS: dict[str, Promise] = {
    "open": _("Case opened"),
    "assign": _("Expert assigned"),
    "declare": _("Interests declared"),
    "carry": _("Answers of the last case carried over"),
    "save_answers": _("Answers saved"),
    "confirm_carried": _("Earlier answers confirmed"),
    "upload_participants": _("Participant list handed in"),
    "choose_participants": _("Doubtful rows of the participant list settled"),
    "take_participants": _("Figures of the participant list taken over"),
    "submit": _("Record submitted"),
    "send_back": _("Record sent back"),
    "request_report": _("Report asked for"),
    "finish_report": _("Report made"),
    "fail_report": _("Report could not be made"),
    "send_to_decision": _("Sent to decision"),
    "award": _("Label awarded"),
    "refuse": _("Label refused"),
    "invite_observer": _("Observer invited"),
}


def portfolio(id: str) -> str:
    """The name of a comparative portfolio; its id where the pack no longer has it."""
    named = pack.scheme().portfolios.get(id)
    return named.name if named else id
