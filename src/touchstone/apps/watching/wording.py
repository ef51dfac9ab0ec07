"""What watchers are told, in words: each kind of ledger entry, and an end that comes near."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchstone.core.labels.model import Act, Entry, EntryKind


def of_entry(entry: Entry) -> str:
    """One entry of the ledger in a sentence or two, with its number."""
    act = entry.act
    told = _SENTENCES[act.kind](act)
    reason = _(" Reason: %(reason)s") % {"reason": _line(act.reason)} if act.reason else ""
    return _("%(name)s: %(told)s%(reason)s (Ledger entry %(number)s.)") % {
        "name": _line(act.name),
        "told": told,
        "reason": reason,
        "number": entry.number,
    }


def of_end(name: str, level: str, ends: date, *, today: date) -> str:
    """That a label's period comes to its end."""
    days = (ends - today).days
    left = ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days} if days else _("today")
    told = _("%(name)s: the %(level)s label ends on %(ends)s, %(left)s, unless it is renewed.")
    return told % {"name": _line(name), "level": level.capitalize(), "ends": in_words(ends), "left": left}


def in_words(day: date) -> str:
    """21 November 2026."""
    return date_format(day, "j F Y")


def _granted(act: Act) -> str:
    words = {
        EntryKind.AWARD: _("the %(level)s label was awarded, valid from %(from)s until %(until)s."),
        EntryKind.RENEWAL: _("the %(level)s label was renewed, valid from %(from)s until %(until)s."),
        EntryKind.UPGRADE: _("raised to the %(level)s label, valid from %(from)s until %(until)s."),
    }[act.kind]
    return words % {"level": _level(act), "from": _day(act.valid_from), "until": _day(act.valid_until)}


def _stopped(act: Act) -> str:
    words = {
        EntryKind.SUSPENSION: _("%(label)s suspended as of %(day)s."),
        EntryKind.REINSTATEMENT: _("%(label)s reinstated as of %(day)s."),
        EntryKind.WITHDRAWAL: _("%(label)s withdrawn as of %(day)s."),
    }[act.kind]
    label = _("the %(level)s label was") % {"level": _level(act)} if act.level else _("every label was")
    return words % {"label": label, "day": _day(act.effective)}


def _corrected(act: Act) -> str:
    told = _("ledger entry %(number)s was corrected.") % {"number": act.corrects}
    days = {
        _("valid from %(day)s"): act.valid_from,
        _("valid until %(day)s"): act.valid_until,
        _("renewable until %(day)s"): act.renewable_until,
    }
    now = ", ".join(words % {"day": _day(day)} for words, day in days.items() if day)
    return told + (_(" It now says: %(now)s.") % {"now": now} if now else "")


def _renamed(act: Act) -> str:
    return _("this is the organisation's name as of %(day)s.") % {"day": _day(act.effective)}


def _hosted(act: Act) -> str:
    host = _line(act.host) or _("no body that is known")
    return _("carried by %(host)s as of %(day)s.") % {"host": host, "day": _day(act.effective)}


def _passed_on(act: Act) -> str:
    if act.joins_records:
        told = _("was entered twice. As of %(day)s its labels stand under: %(others)s.")
        return told % {"day": _day(act.effective), "others": ", ".join(act.others)}
    words = {
        EntryKind.MERGER: _("merged as of %(day)s. It has become: %(others)s."),
        EntryKind.SPLIT: _("split as of %(day)s. It has become: %(others)s."),
    }[act.kind]
    return words % {"day": _day(act.effective), "others": ", ".join(act.others)}


_SENTENCES = {
    EntryKind.AWARD: _granted,
    EntryKind.RENEWAL: _granted,
    EntryKind.UPGRADE: _granted,
    EntryKind.SUSPENSION: _stopped,
    EntryKind.REINSTATEMENT: _stopped,
    EntryKind.WITHDRAWAL: _stopped,
    EntryKind.CORRECTION: _corrected,
    EntryKind.RENAME: _renamed,
    EntryKind.HOST: _hosted,
    EntryKind.MERGER: _passed_on,
    EntryKind.SPLIT: _passed_on,
}


def _level(act: Act) -> str:
    return act.level.value.capitalize() if act.level else ""


def _day(day: date | None) -> str:
    return in_words(day) if day else ""


def _line(text: str) -> str:
    """One line: what the ledger holds may not begin a new paragraph of a letter."""
    return " ".join(text.split())
