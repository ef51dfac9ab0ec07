"""What the ledger said at a moment: entries recorded until then, with their corrections worked in."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import itemgetter

from touchstone.core.labels.model import Act, Entry, EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAct:
    """An act as known at a moment. `act` is as its last correction left it."""

    number: int
    act: Act
    corrected_by: tuple[int, ...] = ()  # numbers of the corrections, in order


# Acts with the day from which what they say of the organisation counts, by that day.
Spoken = Sequence[tuple[date, KnownAct]]


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
    there, or comes later, or is another organisation's, changes nothing. A correction gives dates and a
    level; of a rename also the name, of a change of host the host, of a merger or a split what became of the
    organisation: its own id says that it goes on, and so undoes one that never was.
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


def described(acts: Iterable[KnownAct], *, on: date) -> Act:
    """The act that says how an organisation was called and where it stood on a day.

    Host and website are the last that any act by then named: not each one repeats them.

    The last one that spoke by then; where none had, the first. A rename that takes effect later does not
    count yet, and neither an old label that is entered late nor an act that was recorded before a rename and
    takes effect after it brings an old name back. Needs an act.
    """
    return described_by(speaking(acts), on=on)


def described_by(spoken: Spoken, *, on: date) -> Act:
    """The same, for who asks of many days. `spoken` is from `speaking`."""
    count = bisect_right(spoken, on, key=itemgetter(0))
    current = spoken[max(0, count - 1)][1].act
    newest_first = [known.act for _, known in reversed(spoken[:count])]
    host = next((act.host for act in newest_first if act.host or act.kind is EntryKind.HOST), "")
    website = next((act.website for act in newest_first if act.website), "")
    if (current.host, current.website) == (host, website):
        return current
    return replace(current, host=host, website=website)


def speaking(acts: Iterable[KnownAct]) -> Spoken:
    """The acts with the day from which what they say of the organisation counts, by that day.

    A rename and a change of host count from their day of effect. Any other act repeats what was known when
    it was recorded, and counts from then, or from its day of effect where that is earlier.
    """
    return sorted(((_speaks_from(known.act), known) for known in acts), key=_by_day)


def former_names(spoken: Spoken, current: str, *, on: date) -> tuple[str, ...]:
    """The other names that an organisation had by a day, the oldest first. `spoken` is from `speaking`."""
    by_then = (known.act.name for day, known in spoken if day <= on)
    return tuple(name for name in dict.fromkeys(by_then) if name != current)


def _speaks_from(act: Act) -> date:
    if act.kind in (EntryKind.RENAME, EntryKind.HOST):
        return act.effective
    return min(act.effective, act.recorded.date())


def _by_day(spoken: tuple[date, KnownAct]) -> tuple[date, int]:
    return spoken[0], spoken[1].number


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
        # What an act was made to say is corrected; what it repeats of the organisation stays as it was.
        name=new.name if act.kind is EntryKind.RENAME else act.name,
        host=(new.host or act.host) if act.kind is EntryKind.HOST else act.host,
        others=(new.others or act.others) if act.kind.passes_on else act.others,
    )
    return KnownAct(number=known.number, act=corrected, corrected_by=(*known.corrected_by, by.number))
