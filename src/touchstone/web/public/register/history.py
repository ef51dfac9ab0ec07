"""What an organisation's page tells of its labels over time, arranged from the ledger's entries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register.models import RegisterSpan
from touchstone.core.labels.model import ENTERED_TWICE, Act, Entry, EntryKind, LevelStatus
from touchstone.core.labels.register import HistoryLine
from touchstone.core.scheme.model import Scheme
from touchstone.web import words

_FIELDS: dict[str, Promise] = {
    "valid_from": gettext_lazy("the first day"),
    "valid_until": gettext_lazy("the last day"),
    "renewable_until": gettext_lazy("the last day of renewal"),
    "effective": gettext_lazy("the day of effect"),
}
Names = Mapping[str, str]  # key of an organisation → its name


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """What organisations are called, by their keys: as the register has them now, or first will."""
    wanted = set(keys)
    if not wanted:
        return {}
    today = timezone.localdate()
    named = dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))
    spans = RegisterSpan.objects.filter(organisation__in=wanted, ends__gte=today).order_by("-starts")
    return named | dict(spans.values_list("organisation", "name"))


def numeral(number: int) -> str:
    """The number of a grant as a certificate prints it."""
    return f"{number:05d}"


@dataclass(frozen=True, slots=True)
class Corrected:
    """That a later entry corrected a line of the history."""

    number: int
    recorded: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the history, with what it rests on."""

    line: HistoryLine
    title: str
    rule_set: str
    derived: str  # the fields that the rule set gave, in words
    reason: str
    actor: str
    hash: str
    corrections: tuple[Corrected, ...]
    entered_as: str = ""  # the name of the other record of the same organisation that it stands under
    origin: str = ""  # where it was read, of what was imported


@dataclass(frozen=True, slots=True)
class Held:
    """A level of the label on a day, which of its dates no record gives, and the entry that granted it."""

    status: LevelStatus
    derived: frozenset[str]
    grant: int | None

    @property
    def numeral(self) -> str:
        """The number of the grant as a certificate prints it."""
        return numeral(self.grant) if self.grant else ""


def held(
    levels: Iterable[LevelStatus], history: Iterable[HistoryLine], grants: Mapping[str, int]
) -> list[Held]:
    """The levels as the page shows them. A run of periods may take its days from several entries.

    `grants` has the number of the granting entry of each level.
    """
    lines = tuple(history)
    return [Held(level, frozenset(_derived(level, lines)), grants.get(level.level)) for level in levels]


def _derived(level: LevelStatus, lines: Iterable[HistoryLine]) -> Iterator[str]:
    for line in lines:
        for field in line.derived:
            if line.level is level.level and getattr(line, field) == getattr(level, field, None):
                yield field


def events(
    history: Iterable[HistoryLine], entries: Iterable[Entry], scheme: Scheme, names: Names
) -> list[Event]:
    """The history as the page shows it, the newest first."""
    by_number = {entry.number: entry for entry in entries}
    return [_event(line, by_number, scheme, names) for line in reversed(tuple(history))]


def together(own: Iterable[Event], others: Mapping[str, Iterable[Event]]) -> list[Event]:
    """The histories of records that are of one organisation, the newest first. `others` by their names."""
    found = list(own)
    for name, events_of in others.items():
        found += [replace(event, entered_as=name) for event in events_of]
    return sorted(found, key=lambda event: (event.line.effective, event.line.number), reverse=True)


def _event(line: HistoryLine, entries: Mapping[int, Entry], scheme: Scheme, names: Names) -> Event:
    entry = entries[line.number]
    rules = scheme.rule_sets.get(line.rule_set)
    return Event(
        line=line,
        title=title(line, entry.act.organisation, names),
        rule_set=rules.name if rules else line.rule_set,
        derived=", ".join(str(_FIELDS.get(field, field)) for field in line.derived),
        reason=entry.act.reason,
        actor=entry.act.actor,
        hash=entry.hash,
        corrections=tuple(_corrected(entries[number]) for number in line.corrected_by),
        origin="" if entry.act.joins_records else line.origin,
    )


def _corrected(entry: Entry) -> Corrected:
    return Corrected(entry.number, entry.act.recorded, entry.act.reason)


def title(told: Act | HistoryLine, organisation: str, names: Names) -> str:
    """What happened to an organisation, in a few words: "Renewed: Bronze", "Merged into Baltic Wood"."""
    if told.kind is EntryKind.RENAME:
        return _("Renamed: %(name)s") % {"name": told.name}
    if told.kind is EntryKind.HOST and told.host:
        return _("New host: %(name)s") % {"name": told.host}
    if told.kind.passes_on:
        return _became(told, organisation, names)
    kind = str(words.ENTRIES[told.kind])
    if told.level is None:
        return kind
    return _("%(what)s: %(level)s") % {"what": kind, "level": words.LEVELS[told.level]}


def _became(told: Act | HistoryLine, organisation: str, names: Names) -> str:
    """What a merger or a split made of an organisation. A correction may have undone it: then it goes on."""
    keys = [key for key in told.others if key != organisation]
    goes_on = organisation in told.others
    if not keys:
        return str(_UNDONE[_passing(told)])
    sentence = _PASSED_ON[_passing(told), goes_on]
    return str(sentence) % {"others": get_text_list([names.get(key, key) for key in keys], _("and"))}


def _passing(told: Act | HistoryLine) -> str:
    joined = told.kind is EntryKind.MERGER and told.origin == ENTERED_TWICE
    return ENTERED_TWICE if joined else told.kind.value


_UNDONE: dict[str, Promise] = {
    EntryKind.MERGER: gettext_lazy("Not merged: it goes on"),
    EntryKind.SPLIT: gettext_lazy("Not split: it goes on"),
    ENTERED_TWICE: gettext_lazy("Not entered twice: it goes on"),
}
_PASSED_ON: dict[tuple[str, bool], Promise] = {
    (EntryKind.MERGER, False): gettext_lazy("Merged into %(others)s"),
    (EntryKind.MERGER, True): gettext_lazy("Goes on after a merger with %(others)s"),
    (EntryKind.SPLIT, False): gettext_lazy("Split into %(others)s"),
    (EntryKind.SPLIT, True): gettext_lazy("Parted into itself and %(others)s"),
    (ENTERED_TWICE, False): gettext_lazy("The same organisation as %(others)s"),
    (ENTERED_TWICE, True): gettext_lazy("Not the same as %(others)s"),
}
