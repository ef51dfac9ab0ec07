"""The register: the public view of the ledger, made from its entries and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.core.labels.known import KnownAct, as_known, by_organisation, described, known_entries
from touchstone.core.labels.model import Entry, EntryKind, LabelLevel, Standing, Status
from touchstone.core.labels.names import fold
from touchstone.core.labels.status import RuleSets, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """What happened once to the labels of an organisation, with the dates that its corrections gave it."""

    number: int  # of the entry
    kind: EntryKind
    level: LabelLevel | None
    name: str
    effective: date
    recorded: datetime
    valid_from: date | None
    valid_until: date | None
    renewable_until: date | None
    rule_set: str
    origin: str
    derived: tuple[str, ...]
    corrected_by: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One organisation of the register on a day, as known at a moment."""

    organisation: str
    name: str
    former_names: tuple[str, ...]  # oldest first
    country: str
    portfolio: str
    website: str
    status: Status
    first_labelled_on: date
    history: tuple[HistoryLine, ...]  # by day of effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many organisations hold a valid label, and how many ever held one. Never one for the other."""

    valid: int
    ever: int


def rows(
    entries: Iterable[Entry], *, on: date, known: datetime, rule_sets: RuleSets | None = None
) -> tuple[RegisterRow, ...]:
    """The register on a day, as known at a moment: who ever held a label by then, in order of names."""
    apart = by_organisation(known_entries(entries, known=known))
    made = (_row(key, own, on, known, rule_sets) for key, own in apart.items())
    return tuple(sorted(filter(None, made), key=lambda row: (fold(row.name), row.organisation)))


def figures(register: Iterable[RegisterRow]) -> Figures:
    """The two figures of a register."""
    standings = [row.status.standing for row in register]
    return Figures(valid=standings.count(Standing.VALID), ever=len(standings))


def history(acts: Iterable[KnownAct]) -> tuple[HistoryLine, ...]:
    """The acts of one organisation by day of effect."""
    return tuple(sorted(map(_line, acts), key=lambda line: (line.effective, line.number)))


def _row(
    organisation: str, entries: tuple[Entry, ...], on: date, known: datetime, rule_sets: RuleSets | None
) -> RegisterRow | None:
    acts = as_known(entries)
    now = status_of(acts, organisation, on=on, known=known, rule_sets=rule_sets)
    if now.standing is Standing.NEVER:
        return None
    current = described(entries, on=on)
    return RegisterRow(
        organisation=organisation,
        name=current.name,
        former_names=_former_names(acts, current.name, on),
        country=current.country,
        portfolio=current.portfolio,
        website=current.website,
        status=now,
        first_labelled_on=min(k.act.valid_from for k in acts if k.act.kind.grants and k.act.valid_from),
        history=history(acts),
    )


def _former_names(acts: Iterable[KnownAct], current: str, on: date) -> tuple[str, ...]:
    by_then = (line.name for line in history(acts) if line.effective <= on)
    return tuple(name for name in dict.fromkeys(by_then) if name != current)


def _line(known: KnownAct) -> HistoryLine:
    act = known.act
    return HistoryLine(
        number=known.number,
        kind=act.kind,
        level=act.level,
        name=act.name,
        effective=act.effective,
        recorded=act.recorded,
        valid_from=act.valid_from,
        valid_until=act.valid_until,
        renewable_until=act.renewable_until,
        rule_set=act.rule_set,
        origin=act.origin,
        derived=act.derived,
        corrected_by=known.corrected_by,
    )
