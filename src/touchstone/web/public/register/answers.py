"""The sentences that an organisation's page opens with: what a funder can quote."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum, auto

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from touchstone.core.labels.model import LevelStatus, Standing, Status
from touchstone.web import words
from touchstone.web.public.register.timeline import Stretch

_NOW: dict[Standing, Promise] = {
    Standing.VALID: lazy("Holds the %(level)s label until %(until)s."),
    Standing.EXPIRED_RENEWABLE: lazy(
        "Held the %(level)s label until %(until)s; it can be renewed until %(renewable)s. "
        "No label is valid today."
    ),
    Standing.LAPSED: lazy(
        "Held the %(level)s label until %(until)s; it could be renewed until %(renewable)s. "
        "No label is valid today."
    ),
    Standing.SUSPENDED: lazy(
        "The %(level)s label has been suspended since %(since)s. No label is valid today."
    ),
    Standing.WITHDRAWN: lazy("The %(level)s label was withdrawn on %(since)s. No label is valid today."),
}
_THEN: dict[Standing, Promise] = {
    Standing.VALID: lazy("Held the %(level)s label on %(on)s; that period ran until %(until)s."),
    Standing.EXPIRED_RENEWABLE: lazy(
        "Held no valid label on %(on)s: the %(level)s label had ended on %(until)s "
        "and could be renewed until %(renewable)s."
    ),
    Standing.LAPSED: lazy(
        "Held no valid label on %(on)s: the %(level)s label had ended on %(until)s "
        "and could no longer be renewed."
    ),
    Standing.SUSPENDED: lazy(
        "Held no valid label on %(on)s: the %(level)s label had been suspended since %(since)s."
    ),
    Standing.WITHDRAWN: lazy(
        "Held no valid label on %(on)s: the %(level)s label had been withdrawn on %(since)s."
    ),
}
# Of a day to come, nothing is known but what is on record: whoever renews in time changes it.
_AHEAD: dict[Standing, Promise] = {
    Standing.VALID: lazy(
        "By what is on record today, the %(level)s label is valid on %(on)s: it runs until %(until)s."
    ),
    Standing.EXPIRED_RENEWABLE: lazy(
        "By what is on record today, no label is valid on %(on)s: the last day of the %(level)s label is "
        "%(until)s, and it can be renewed until %(renewable)s."
    ),
    Standing.LAPSED: lazy(
        "By what is on record today, no label is valid on %(on)s: the last day of the %(level)s label is "
        "%(until)s, and the last day to renew it is %(renewable)s."
    ),
    Standing.SUSPENDED: lazy(
        "By what is on record today, no label is valid on %(on)s: the %(level)s label is suspended "
        "from %(since)s on."
    ),
    Standing.WITHDRAWN: lazy(
        "By what is on record today, no label is valid on %(on)s: the %(level)s label is withdrawn "
        "from %(since)s on."
    ),
}


class Gone(Enum):
    """How an organisation has ceased here."""

    INTO_OTHERS = auto()
    ENTERED_TWICE = auto()  # it has not: only one of its two records has


# What a merger or a split ended cannot be renewed.
_ENDED: dict[Gone, Promise] = {
    Gone.INTO_OTHERS: lazy(
        "Held the %(level)s label until %(until)s. Since then it is part of others and holds no label itself."
    ),
    Gone.ENTERED_TWICE: lazy(
        "Held the %(level)s label until %(until)s under this entry. It was entered twice: what it holds "
        "since then stands under its other entry."
    ),
}


def answer(
    status: Status,
    *,
    today: date,
    since: Mapping[str, date],
    coming: Iterable[Stretch] = (),
    gone: Gone | None = None,
) -> str:
    """The label as of the status's day, in a few sentences, in the tense that this day is in.

    `since` has for each level that is suspended or withdrawn on that day the first day on which it was.
    `coming` has the labels on record that begin later; of a day that is over, they are not told. `gone` says
    how the organisation had ceased by then, where it does not go on.
    """
    told: list[str] = []
    if status.levels:
        first, *further = status.levels
        told += [_first(first, status, today, since, gone), *_further(first, further, status.on, today)]
    later = [_begins(one) for one in coming] if status.on >= today else []
    return " ".join([*(told or [_nothing(status.on, today, later)]), *later])


def in_words(day: date) -> str:
    """21 November 2026."""
    return date_format(day, "j F Y")


def _first(
    level: LevelStatus, status: Status, today: date, since: Mapping[str, date], gone: Gone | None
) -> str:
    tense = _THEN if status.on < today else _NOW if status.on == today else _AHEAD
    ended = _ENDED[gone] if gone and level.standing is Standing.LAPSED else tense[level.standing]
    return str(ended) % {
        "level": words.LEVELS[level.level],
        "until": in_words(level.valid_until),
        "renewable": in_words(level.renewable_until),
        "on": in_words(status.on),
        "since": in_words(since[level.level]) if level.level in since else "",
    }


def _further(first: LevelStatus, others: list[LevelStatus], on: date, today: date) -> Iterator[str]:
    """What else is valid, and what of the rest is suspended. All levels stand in the table below."""
    valid = [one for one in others if one.standing is Standing.VALID]
    if valid:
        sentence = _("It also held %(labels)s.") if on < today else _("It also holds %(labels)s.")
        yield sentence % {"labels": get_text_list([_until(one) for one in valid], _("and"))}
    for one in others:
        if one.standing is Standing.SUSPENDED and first.standing is Standing.VALID:
            past, present = _("Its %(level)s label was suspended."), _("Its %(level)s label is suspended.")
            yield (past if on < today else present) % {"level": words.LEVELS[one.level]}


def _until(level: LevelStatus) -> str:
    return _("the %(level)s label until %(until)s") % {
        "level": words.LEVELS[level.level], "until": in_words(level.valid_until),
    }  # fmt: skip


def _begins(label: Stretch) -> str:
    return _("The %(level)s label begins on %(from)s and runs until %(until)s.") % {
        "level": words.LEVELS[label.level], "from": in_words(label.starts), "until": in_words(label.ends),
    }  # fmt: skip


def _nothing(on: date, today: date, later: Sequence[str]) -> str:
    if on < today:
        return _("Held no label on %(on)s.") % {"on": in_words(on)}
    if on > today:
        return _("By what is on record today, no label is valid on %(on)s.") % {"on": in_words(on)}
    if later:
        return _("No label is valid today.")
    return _("Holds no label, and none is on record before today.")
