"""What a participant list answers by itself: composition, size, concentration, participants abroad.

A row counts on a day from the day it joined until the day before it left. Listed is everybody on the
list; committed is who has evidence of commitment: a signed agreement, a fee, a regular contribution.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import overload

from touchstone.core.assessment.commitment import Commitment, denied, kinds_in
from touchstone.core.assessment.distance import Position, distance_km
from touchstone.core.assessment.model import Value
from touchstone.core.days import years_before

TYPES = (
    "sme", "large", "research", "university", "training", "finance", "consultant", "government", "other",
)  # fmt: skip
OFFICE = "office"  # not a participant: the row that says where the organisation's own office is

REGION_KM = 150.0  # the radius that measure A7.within_150km names
# In per cent of the committed. The levels of quality indicator 1.2 are 15 points apart: with more that
# nobody knows the place of, the share of those who are known would say less than one level.
UNPLACED_AT_MOST = 15.0
NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One row of a participant list. `type` is one of `TYPES` or `OFFICE`.

    `country` is ISO 3166-1 alpha-2 and may be empty; latitude and longitude are WGS 84 degrees.
    `region` and `postcode` say more of the place. Without `joined` it is not known since when, without
    `left` the participant is still there. `evidence` is what the list says of its commitment, `shown` the
    kinds that have a column of their own in the list and are ticked there.
    """

    name: str
    type: str
    country: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    joined: date | None = None
    left: date | None = None
    evidence: str = ""
    region: str = ""
    postcode: str = ""
    shown: tuple[Commitment, ...] = ()

    @property
    def committed(self) -> bool:
        return bool(self.shown) or not denied(self.evidence)

    @property
    def commitment(self) -> tuple[Commitment, ...]:
        """By which kinds it is committed; none where the evidence is of a kind that is not recognised."""
        said = () if denied(self.evidence) else kinds_in(self.evidence)
        return tuple(kind for kind in Commitment if kind in self.shown or kind in said)

    @property
    def position(self) -> Position | None:
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    def present(self, on: date) -> bool:
        """Whether it takes part on a day; one of which the start is not known always did."""
        return (self.joined is None or self.joined <= on) and (self.left is None or self.left > on)


@dataclass(frozen=True, slots=True)
class ParticipantList(Sequence[Participant]):
    """The rows of a list as it was handed in, and what reading it had to conclude, in words."""

    rows: tuple[Participant, ...]
    notes: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Participant: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Participant, ...]: ...
    def __getitem__(self, index: int | slice) -> Participant | tuple[Participant, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Measure id → value, and what was left out or could not be said, in words.

    `committed_by` counts the committed by each kind of evidence: who has two kinds is in both counts.
    """

    values: Mapping[str, Value]
    notes: tuple[str, ...]
    committed_by: Mapping[Commitment, int] = field(default_factory=dict)


def summarise(
    participants: Iterable[Participant], *, on: date, country: str, office: Position | None
) -> Summary:
    """The measures of A5, A6, A7 and A9 that a list answers, as of a day.

    Args:
        participants: the rows; one of type `OFFICE` gives the office where `office` is None. The notes
            of a `ParticipantList` come first among those of the summary.
        on: the day of the interview.
        country: where the organisation has its seat, ISO 3166-1 alpha-2.
        office: latitude and longitude of its office in degrees.
    """
    rows, twice = _once_each(participants)
    listed = [row for row in rows if row.type != OFFICE]
    committed = [row for row in listed if row.committed]
    now = [row for row in committed if row.present(on)]
    places = [row.position for row in rows if row.type == OFFICE]
    findings = (
        Summary(values=_sizes(listed, now, on), notes=twice + _about_evidence(listed, on)),
        _development(committed, on),
        _concentration(now, office or next(iter(places), None)),
        _abroad(now, country),
    )
    read_as = participants.notes if isinstance(participants, ParticipantList) else ()
    return Summary(
        values={id: value for finding in findings for id, value in finding.values.items()},
        notes=(*read_as, *(note for finding in findings for note in finding.notes)),
        committed_by={kind: sum(kind in row.commitment for row in now) for kind in Commitment},
    )


def counted(participants: Iterable[Participant], *, on: date) -> tuple[Participant, ...]:
    """The committed participants of a day, each once: those whose number is A6.total."""
    rows, _ = _once_each(participants)
    return tuple(row for row in rows if row.type != OFFICE and row.committed and row.present(on))


def office_in(participants: Iterable[Participant]) -> Position | None:
    """The position in the row of the office; None where there is no such row, or it is not placed."""
    return next((row.position for row in participants if row.type == OFFICE), None)


def folded(name: str) -> str:
    """A name by its letters and digits only, without accents and case: how duplicates are noticed."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _sizes(listed: Sequence[Participant], now: Sequence[Participant], on: date) -> dict[str, Value]:
    by_type = {f"A5.{type}": sum(row.type == type for row in now) for type in TYPES}
    return {**by_type, "A6.listed": sum(row.present(on) for row in listed), "A6.total": len(now)}


def _about_evidence(listed: Sequence[Participant], on: date) -> tuple[str, ...]:
    present = [row for row in listed if row.present(on)]
    idle = [row for row in present if not row.committed]
    unclear = [row for row in present if row.committed and not row.commitment]
    return (
        *_note(idle, "without evidence of commitment: listed, not counted as committed"),
        *_note(unclear, "with evidence of a kind that is not recognised: counted as committed"),
    )


def _development(committed: Sequence[Participant], on: date) -> Summary:
    """How the number of committed participants changed; it rests on knowing since when each is there.

    Joined are those who came in the last 12 months and are still there, left those who were there a
    year ago and are not any more: so a year ago + joined - left is now.
    """
    year_ago, two_years_ago = years_before(on, 1), years_before(on, 2)
    recent = [row for row in committed if row.left is None or row.left > two_years_ago]
    unknown = [row for row in recent if row.joined is None]
    if unknown:
        notes = _note(unknown, "without the day of joining: earlier numbers of participants are not derived")
        return Summary(values={}, notes=notes)
    before = [row for row in recent if row.present(year_ago)]
    return Summary(
        values={
            "A6.one_year_ago": len(before),
            "A6.two_years_ago": sum(row.present(two_years_ago) for row in recent),
            "A6.joined": sum(row.present(on) and not row.present(year_ago) for row in recent),
            "A6.left": sum(not row.present(on) for row in before),
        },
        notes=(),
    )


def _concentration(now: Sequence[Participant], office: Position | None) -> Summary:
    """The share of committed participants near the office, among those whose place is known."""
    if office is None:
        note = "no position of the office: A7.within_150km is not derived. Add a row of type office"
        return Summary(values={}, notes=(note,))
    positions = [row.position for row in now if row.position is not None]
    unplaced = [row for row in now if row.position is None]
    if 100.0 * len(unplaced) > UNPLACED_AT_MOST * len(now):
        limit = f"more than {UNPLACED_AT_MOST:g} % of the committed, so A7.within_150km is not derived"
        return Summary(values={}, notes=_note(unplaced, f"without coordinates: {limit}"))
    notes = _note(unplaced, "without coordinates: left out of A7.within_150km")
    if not positions:
        return Summary(values={}, notes=notes)
    near = sum(distance_km(office, position) <= REGION_KM for position in positions)
    return Summary(values={"A7.within_150km": 100.0 * near / len(positions)}, notes=notes)


def _abroad(now: Sequence[Participant], country: str) -> Summary:
    unknown = [row for row in now if not row.country]
    if unknown:
        return Summary(
            values={}, notes=_note(unknown, "without a country: participants abroad are not derived")
        )
    abroad = [row.country for row in now if row.country != country]
    return Summary(values={"A9.international": len(abroad), "A9.countries": len(set(abroad))}, notes=())


def _once_each(participants: Iterable[Participant]) -> tuple[list[Participant], tuple[str, ...]]:
    """The rows without those of a name that is there already at the same time, and a note of them.

    Who left and came back has two rows, and both stay. Of two rows at once the one with evidence stays.
    """
    kept: dict[str, list[Participant]] = {}
    twice = []
    for row in sorted(participants, key=lambda row: not row.committed):  # stable: else in the list's order
        same = kept.setdefault(folded(row.name) or row.name, [])
        if any(_overlap(row, other) for other in same):
            twice.append(row)
        else:
            same.append(row)
    return [row for rows in kept.values() for row in rows], _note(twice, "listed twice: counted once")


def _overlap(one: Participant, other: Participant) -> bool:
    if OFFICE in (one.type, other.type):  # the office may carry the name of a participant
        return one.type == other.type
    return _starts_before(one, other) and _starts_before(other, one)


def _starts_before(one: Participant, other: Participant) -> bool:
    return one.joined is None or other.left is None or one.joined < other.left


def _note(rows: Sequence[Participant], what: str) -> tuple[str, ...]:
    """One line about some rows with the first few names; nothing where there are none."""
    if not rows:
        return ()
    names = ", ".join(row.name for row in rows[:NAMED_AT_MOST])
    more = f" and {len(rows) - NAMED_AT_MOST} more" if len(rows) > NAMED_AT_MOST else ""
    return (f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} {what} ({names}{more}).",)
