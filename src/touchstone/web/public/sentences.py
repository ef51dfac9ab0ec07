"""The sentence that an organisation's page opens with: what a funder can quote."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchstone.core.labels.model import Standing, Status
from touchstone.web import words


def answer(status: Status, *, today: date) -> str:
    """The label as of the status's day, in one or two sentences; in the past tense where that day is gone."""
    if status.level is None or status.valid_until is None or status.renewable_until is None:
        return _nothing(status.on, today)
    sentence = _then(status.standing) if status.on < today else _now(status.standing)
    return sentence % {
        "level": words.LEVELS[status.level],
        "until": in_words(status.valid_until),
        "renewable": in_words(status.renewable_until),
        "on": in_words(status.on),
    }


def in_words(day: date) -> str:
    """21 November 2026."""
    return date_format(day, "j F Y")


def _nothing(on: date, today: date) -> str:
    if on < today:
        return _("Held no label on %(on)s.") % {"on": in_words(on)}
    return _("Holds no label, and none is on record before today.")


def _now(standing: Standing) -> str:
    return {
        Standing.VALID: _("Holds the %(level)s label until %(until)s."),
        Standing.EXPIRED_RENEWABLE: _(
            "Held the %(level)s label until %(until)s; it can be renewed until %(renewable)s. "
            "No label is valid today."
        ),
        Standing.LAPSED: _(
            "Held the %(level)s label until %(until)s; it could be renewed until %(renewable)s. "
            "No label is valid today."
        ),
        Standing.SUSPENDED: _("The %(level)s label is suspended. No label is valid today."),
        Standing.WITHDRAWN: _("The %(level)s label was withdrawn. No label is valid today."),
    }[standing]


def _then(standing: Standing) -> str:
    return {
        Standing.VALID: _("Held the %(level)s label on %(on)s; that period ran until %(until)s."),
        Standing.EXPIRED_RENEWABLE: _(
            "Held no valid label on %(on)s: the %(level)s label had ended on %(until)s "
            "and could be renewed until %(renewable)s."
        ),
        Standing.LAPSED: _(
            "Held no valid label on %(on)s: the %(level)s label had ended on %(until)s "
            "and could no longer be renewed."
        ),
        Standing.SUSPENDED: _("Held no valid label on %(on)s: the %(level)s label was suspended."),
        Standing.WITHDRAWN: _("Held no valid label on %(on)s: the %(level)s label had been withdrawn."),
    }[standing]
