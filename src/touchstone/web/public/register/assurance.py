"""What stands behind a label, in a line: only what the ledger and its rule set say."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from touchstone.core.labels.model import Act
from touchstone.core.scheme.model import Meeting, RuleSet, Scheme

_WAYS: Mapping[Meeting, Promise] = {"on_site": lazy("on site"), "video": lazy("by video")}


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
    return f"{_verified(rules)} {decided}" if act.case else decided


def _verified(rules: RuleSet | None) -> str:
    """That a case stands behind a label. Which of the allowed ways its interview took is not on record."""
    ways = [str(_WAYS[way]) for way in (rules and rules.process.interview) or ()]
    if not ways:
        return _("Verified by an expert.")
    return _("Verified by an expert, with an interview %(ways)s.") % {"ways": get_text_list(ways, _("or"))}
