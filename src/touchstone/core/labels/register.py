"""The register: the public view of the ledger, made from its entries and from nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.core.labels.known import (
    KnownAct,
    as_known,
    by_organisation,
    described,
    known_entries,
    told,
)
from touchstone.core.labels.model import Entry, EntryKind, LabelLevel, Standing, Status
from touchstone.core.labels.names import fold
from touchstone.core.labels.status import RuleSets, courses, status_of


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
    host: str = ""
    others: tuple[str, ...] = ()  # ids: what a merger or a split made of the organisation
    meeting: str = ""  # how the interview of a grant was held; empty where not on record


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """An organisation that another one has become, or came from, by a merger or a split."""

    organisation: str
    name: str  # on the day asked about; the id where the ledger tells none
    kind: EntryKind
    effective: date
    listed: bool = True  # whether the ledger has anything of it
    same: bool = False  # no other organisation at all: it stood in the ledger under two ids


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
    first_labelled_on: date  # with `ahead`, the day on which its first label is to begin
    history: tuple[HistoryLine, ...]  # by day of effect
    host: str = ""
    successors: tuple[Relative, ...] = ()  # by day of effect
    predecessors: tuple[Relative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many organisations hold a valid label, and how many ever held one. Never one for the other."""

    valid: int
    ever: int


def rows(
    entries: Iterable[Entry], *, on: date, known: datetime, rule_sets: RuleSets | None = None
) -> tuple[RegisterRow, ...]:
    """The register on a day, as known at a moment: who ever held a label by then, in order of names."""
    ledger = _ledger(entries, known)
    made = (_row(key, ledger, on, known, rule_sets) for key in ledger.acts)
    return tuple(sorted(filter(None, made), key=lambda row: (fold(row.name), row.organisation)))


def row(
    entries: Iterable[Entry],
    organisation: str,
    *,
    on: date,
    known: datetime,
    rule_sets: RuleSets | None = None,
    ahead: bool = False,
) -> RegisterRow | None:
    """The same of one organisation; None where it held no label by then.

    `entries` hold its own, and those of the organisations that it became or came from. With `ahead`, there is
    a row also where its first label is yet to begin: it stands as `never`.
    """
    ledger = _ledger(entries, known)
    if organisation not in ledger.acts:
        return None
    return _row(organisation, ledger, on, known, rule_sets, ahead=ahead)


def figures(register: Iterable[RegisterRow]) -> Figures:
    """The two figures of a register."""
    standings = [row.status.standing for row in register]
    return Figures(valid=standings.count(Standing.VALID), ever=len(standings))


def history(acts: Iterable[KnownAct]) -> tuple[HistoryLine, ...]:
    """The acts of one organisation by day of effect."""
    return tuple(sorted(map(_line, acts), key=lambda line: (line.effective, line.number)))


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is known: the acts of each organisation, and the mergers and splits of which each one came."""

    acts: Mapping[str, tuple[KnownAct, ...]]
    came_from: Mapping[str, list[KnownAct]]


def _ledger(entries: Iterable[Entry], known: datetime) -> _Ledger:
    own = by_organisation(known_entries(entries, known=known))
    acts = {organisation: as_known(its) for organisation, its in own.items()}
    came_from: dict[str, list[KnownAct]] = defaultdict(list)
    for passing in (one for its in acts.values() for one in its if one.act.kind.passes_on):
        for other in passing.act.others:
            came_from[other].append(passing)
    return _Ledger(acts, came_from)


def _row(
    organisation: str,
    ledger: _Ledger,
    on: date,
    known: datetime,
    rule_sets: RuleSets | None,
    *,
    ahead: bool = False,
) -> RegisterRow | None:
    acts = ledger.acts[organisation]
    first_labelled_on = courses(acts, organisation, rule_sets=rule_sets).first_day()
    if ahead and first_labelled_on is None:
        # It was granted a label that holds no day: what it became ended it before it began.
        first_labelled_on = min((day for one in acts if (day := one.act.valid_from)), default=None)
    if first_labelled_on is None or (first_labelled_on > on and not ahead):
        return None
    said = told(acts)
    current = said.on(on)
    became = [(other, one) for one in acts if one.act.kind.passes_on for other in one.act.others]
    came = [(one.act.organisation, one) for one in ledger.came_from.get(organisation, ())]
    return RegisterRow(
        organisation=organisation,
        name=current.name,
        former_names=said.former_names(on),
        country=current.country,
        portfolio=current.portfolio,
        website=current.website,
        status=status_of(acts, organisation, on=on, known=known, rule_sets=rule_sets),
        first_labelled_on=first_labelled_on,
        history=history(acts),
        host=current.host,
        successors=_relatives(became, organisation, ledger, on),
        predecessors=_relatives(came, organisation, ledger, on),
    )


def _relatives(
    pairs: Iterable[tuple[str, KnownAct]], organisation: str, ledger: _Ledger, on: date
) -> tuple[Relative, ...]:
    """The other organisations of some mergers and splits in effect, each once, by day of effect."""
    by_day = sorted(pairs, key=lambda pair: (pair[1].act.effective, pair[1].number))
    found: dict[str, Relative] = {}
    for other, passing in by_day:
        if passing.act.effective <= on and other != organisation and other not in found:
            found[other] = _relative(other, passing, ledger, on)
    return tuple(found.values())


def _relative(other: str, passing: KnownAct, ledger: _Ledger, on: date) -> Relative:
    return Relative(
        organisation=other,
        name=described(ledger.acts[other], on=on).name if other in ledger.acts else other,
        kind=passing.act.kind,
        effective=passing.act.effective,
        listed=other in ledger.acts,
        same=passing.act.joins_records,
    )


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
        host=act.host,
        others=act.others,
        meeting=act.meeting,
    )
