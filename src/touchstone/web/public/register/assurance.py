"""What stands behind a label, in a line: only what the ledger and its rule set say."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from touchstone.core.labels.model import Act
from touchstone.core.scheme.model import Meeting, Scheme

_WAYS: Mapping[Meeting, Promise] = {"on_site": lazy("on site"), "video": lazy("by video")}


def assurance(act: Act, scheme: Scheme) -> str:
    """How the label that an act granted was verified; empty where nothing on record says it.

    The record does not keep in which of the allowed ways an interview was held, so all are named.
    """
    if act.origin:
        return _("Taken over from the old public register; what it rests on is not on record here.")
    if not act.case:
        return ""
    rules = scheme.rule_sets.get(act.rule_set)
    ways = (rules.process.interview if rules else None) or ()
    if not ways:
        return _("Verified by an expert.")
    return _("Verified by an expert, with an interview %(ways)s.") % {
        "ways": get_text_list([str(_WAYS[way]) for way in ways], _("or"))
    }
