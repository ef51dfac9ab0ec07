"""What the ledger said at a moment: entries recorded until then, with their corrections worked in."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from touchstone.core.labels.model import Act, Entry, EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAct:
    """An act as known at a moment. `act` is as its last correction left it."""

    number: int
    act: Act
    corrected_by: tuple[int, ...] = ()  # numbers of the corrections, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the acts of one organisation say of it, by day of effect: who named it, and who named its host."""

    naming: tuple[KnownAct, ...]  # never empty
    hosting: tuple[KnownAct, ...]

    def days(self) -> set[date]:
        """The days on which what they say begins to count."""
        return {known.act.effective for known in (*self.naming, *self.hosting)}

    def on(self, day: date) -> Act:
        """The act that names the organisation on a day, with the host and the website that it has then."""
        by_then = _by(self.naming, day)
        current = (by_then or self.naming[:1])[-1].act
        host = next((known.act.host for known in reversed(_by(self.hosting, day))), "")
        website = next((known.act.website for known in reversed(by_then) if known.act.website), "")
        if (current.host, current.website) == (host, website):
            return current
        return replace(current, host=host, website=website)

    def former_names(self, day: date) -> tuple[str, ...]:
        """The other names that the organisation had by a day, the oldest first."""
        current = self.on(day).name
        by_then = (known.act.name for known in _by(self.naming, day))
        return tuple(name for name in dict.fromkeys(by_then) if name != current)


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
    """The act that says how an organisation was called and where it stood on a day. Needs an act.

    The last one by then that `told` lets speak; where there was none, the first.
    """
    return told(acts).on(on)


def told(acts: Iterable[KnownAct]) -> Told:
    """What the acts say of their organisation. Needs an act.

    Renames and grants name it, changes of host and grants its host, each from its day of effect on; all other
    acts only repeat it. A grant that was recorded before a rename and takes effect after it does not bring
    the old name back, and neither does an old label that is entered late.
    """
    by_day = sorted(acts, key=lambda known: (known.act.effective, known.number))
    naming = _speaking(by_day, EntryKind.RENAME)
    hosting = _speaking(by_day, EntryKind.HOST)
    return Told(
        naming=naming or tuple(by_day[:1]),
        hosting=tuple(known for known in hosting if known.act.host or known.act.kind is EntryKind.HOST),
    )


def _speaking(by_day: Sequence[KnownAct], kind: EntryKind) -> tuple[KnownAct, ...]:
    """The acts of a kind, and the grants that no such act, recorded later, had overtaken."""
    found: list[KnownAct] = []
    newest = 0
    for known in by_day:
        if known.act.kind is kind:
            newest = max(newest, known.number)
            found.append(known)
        elif known.act.kind.grants and known.number > newest:
            found.append(known)
    return tuple(found)


def _by(by_day: Sequence[KnownAct], day: date) -> Sequence[KnownAct]:
    return by_day[: bisect_right(by_day, day, key=lambda known: known.act.effective)]


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
