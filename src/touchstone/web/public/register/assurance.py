"""What stands behind a label, in a line: only what the ledger and its rule set say."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from touchstone.core.labels.model import Act
from touchstone.core.scheme.model import RuleSet, Scheme
from touchstone.web import words


def assurance(act: Act, scheme: Scheme) -> str:
    """How the label that an act granted came about: by whom, and under which rules."""
    rules = scheme.rule_sets.get(act.rule_set)
    named = {"actor": act.actor, "rules": rules.name if rules else act.rule_set}
    if act.origin:
        # Who entered it has not decided it.
        return (
            _(
                "Taken over from the old public register; what it rests on is not on record here. "
                "Its dates are read by the rules “%(rules)s”."
            )
            % named
        )
    decided = _("Decided by %(actor)s under the rules “%(rules)s”.") % named
    return f"{_verified(act.meeting, rules)} {decided}" if act.case else decided


def _verified(meeting: str, rules: RuleSet | None) -> str:
    """That a case stands behind a label, and how its interview was held: else, how it may have been."""
    known = [meeting] if meeting in words.MEETINGS else (rules and rules.process.interview) or ()
    ways = [str(words.MEETINGS[way]) for way in known]
    if not ways:
        return _("Verified by an expert.")
    return _("Verified by an expert, with an interview %(ways)s.") % {"ways": get_text_list(ways, _("or"))}
