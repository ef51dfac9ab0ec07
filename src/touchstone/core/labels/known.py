"""What the ledger said at a moment: entries recorded until then, with their corrections worked in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from touchstone.core.labels.model import Act, Entry, EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAct:
    """An act as known at a moment. `act` has the dates of its last correction."""

    number: int
    act: Act
    corrected_by: tuple[int, ...] = ()  # numbers of the corrections, in order


def known_entries(entries: Iterable[Entry], *, known: datetime) -> tuple[Entry, ...]:
    """The entries recorded at or before a moment, in the order of their numbers."""
    return tuple(sorted((e for e in entries if e.act.recorded <= known), key=lambda entry: entry.number))


def by_organisation(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of each organisation, both in the order met."""
    apart: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        apart[entry.act.organisation].append(entry)
    return {organisation: tuple(own) for organisation, own in apart.items()}


def as_known(entries: Iterable[Entry]) -> tuple[KnownAct, ...]:
    """The acts of one organisation's known entries, in order; corrections are in what they correct.

    A correction of a correction goes to the entry that both stand for. One that names an entry which is not
    there, or comes later, or is another organisation's, changes nothing.
    """
    acts: dict[int, KnownAct] = {}
    stands_for: dict[int, int] = {}
    for entry in entries:
        number, act = entry.number, entry.act
        if act.kind is not EntryKind.CORRECTION:
            acts[number], stands_for[number] = KnownAct(number=number, act=act), number
        elif act.corrects in stands_for:
            original = stands_for[number] = stands_for[act.corrects]
            acts[original] = _corrected(acts[original], entry)
    return tuple(acts.values())


def described(entries: Iterable[Entry], *, on: date) -> Act:
    """The act that says how an organisation was called and where it stood on a day.

    The last one in effect by then; where none was, the first. A rename that takes effect later does not
    count yet, and an old label that is entered late does not bring an old name back. Needs an entry.
    """
    by_day = sorted(entries, key=lambda entry: (entry.act.effective, entry.number))
    in_effect = [entry for entry in by_day if entry.act.effective <= on]
    return (in_effect[-1] if in_effect else by_day[0]).act


def _corrected(known: KnownAct, by: Entry) -> KnownAct:
    act, new = known.act, by.act
    given = {
        name for name in ("valid_from", "valid_until", "renewable_until") if getattr(new, name) is not None
    }
    corrected = replace(
        act,
        # The day of a suspension or a withdrawal is its effect; that of a grant is its period.
        effective=act.effective if act.kind.grants else new.effective,
        level=new.level or act.level,
        valid_from=new.valid_from or act.valid_from,
        valid_until=new.valid_until or act.valid_until,
        renewable_until=new.renewable_until or act.renewable_until,
        derived=(*(name for name in act.derived if name not in given), *new.derived),
    )
    return KnownAct(number=known.number, act=corrected, corrected_by=(*known.corrected_by, by.number))
