"""What an organisation's page shows of its label, arranged from the register's history."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.core.labels.model import Entry, LevelStatus
from touchstone.core.labels.register import HistoryLine
from touchstone.core.scheme.model import Scheme
from touchstone.web import words
from touchstone.web.public.badges.embedding import embed_code

__all__ = ["Event", "Held", "embed_code", "event", "held"]

_FIELDS: dict[str, Promise] = {
    "valid_from": gettext_lazy("the first day"),
    "valid_until": gettext_lazy("the last day"),
    "renewable_until": gettext_lazy("the last day of renewal"),
    "effective": gettext_lazy("the day of effect"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history, with what it rests on."""

    line: HistoryLine
    title: str
    rule_set: str
    derived: str  # the fields that the rule set gave, in words
    reason: str
    hash: str


@dataclass(frozen=True, slots=True)
class Held:
    """A level of the label on a day, and which of its dates no record gives."""

    status: LevelStatus
    derived: frozenset[str]


def held(levels: Iterable[LevelStatus], history: Iterable[HistoryLine]) -> list[Held]:
    """The levels as the page shows them. A run of periods may take its days from several entries."""
    lines = tuple(history)
    return [Held(level, frozenset(_derived(level, lines))) for level in levels]


def _derived(level: LevelStatus, lines: Iterable[HistoryLine]) -> Iterator[str]:
    for line in lines:
        for field in line.derived:
            if line.level is level.level and getattr(line, field) == getattr(level, field, None):
                yield field


def event(line: HistoryLine, entries: Iterable[Entry], scheme: Scheme) -> Event:
    """The line as the page shows it."""
    entry = next(one for one in entries if one.number == line.number)
    rules = scheme.rule_sets.get(line.rule_set)
    kind = words.ENTRIES[line.kind]
    title = (
        _("%(what)s: %(level)s") % {"what": kind, "level": words.LEVELS[line.level]}
        if line.level
        else str(kind)
    )
    return Event(
        line=line,
        title=title,
        rule_set=rules.name if rules else line.rule_set,
        derived=", ".join(str(_FIELDS.get(field, field)) for field in line.derived),
        reason=entry.act.reason,
        hash=entry.hash,
    )
