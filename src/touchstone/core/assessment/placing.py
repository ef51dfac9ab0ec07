"""Positions for participants that a list names only by place: found, asked about or listed as unknown.

Coordinates that were given stay. A doubtful or unknown place stays without coordinates: the participant
then is left out of A7.within_150km, as `participants.summarise` says.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from touchstone.core.assessment.distance import distance_km
from touchstone.core.assessment.participants import NAMED_AT_MOST, Participant, ParticipantList
from touchstone.core.assessment.places import (
    Doubtful,
    Found,
    Gazetteer,
    Located,
    Place,
    Unknown,
    locate,
)
from touchstone.core.assessment.texts import quoted

CONTRADICTS_KM = 50.0  # from the named place: beyond the outskirts of any town
CANDIDATES_NAMED = 3
LINES_AT_MOST = 20  # of one kind; who has more to mend has another list than was meant

A = TypeVar("A", bound=Hashable)
Asked = tuple[str, str, str, str]  # place, country, region, postcode
Answered = tuple[Participant, Located]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A participant whose place may be any of the candidates, the largest first."""

    participant: Participant
    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A participant whose place is not known, with names that may be meant.

    `covered` is false where the gazetteer has no places of its country, or it names none.
    """

    participant: Participant
    near: tuple[str, ...]
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The list with the positions that were found, in its order, with a note of each kind of what was not.

    `astray` are participants whose coordinates lie more than `CONTRADICTS_KM` from the place they name.
    """

    participants: ParticipantList
    doubtful: tuple[Doubt, ...] = ()
    unknown: tuple[Lost, ...] = ()
    astray: tuple[Participant, ...] = ()


def placed(participants: Iterable[Participant], gazetteer: Gazetteer) -> Placed:
    """A participant list with positions found by place and country; see `places.locate`."""
    rows = tuple(participants)
    answers = {asked: _locate(asked, gazetteer) for asked in dict.fromkeys(map(_asked, rows)) if asked[0]}
    sought = [(row, answers[_asked(row)]) for row in rows if _asked(row) in answers]
    doubtful, unknown = tuple(_doubtful(sought)), tuple(_unknown(sought))
    astray = tuple(row for row, answer in sought if _contradicts(row, answer))
    read_as = participants.notes if isinstance(participants, ParticipantList) else ()
    notes = (*read_as, *_doubts(doubtful), *_losses(unknown), *_stray(astray))
    filled = tuple(_with(row, answers.get(_asked(row))) for row in rows)
    return Placed(
        participants=ParticipantList(filled, notes=notes), doubtful=doubtful, unknown=unknown, astray=astray
    )


def described(place: Place) -> str:
    """A place as a person tells it from others of its name: where it lies and how large it is."""
    where = (
        f"in {place.region_name}" if place.region_name else f"at {place.latitude:.2f}, {place.longitude:.2f}"
    )
    return f"{place.name} {where} ({place.population:,} inhabitants)"


def _locate(asked: Asked, gazetteer: Gazetteer) -> Located:
    place, country, region, postcode = asked
    return locate(place, country, gazetteer, region=region, postcode=postcode)


def _asked(row: Participant) -> Asked:
    return row.place.strip(), row.country, row.region, row.postcode


def _doubtful(sought: Sequence[Answered]) -> Iterator[Doubt]:
    for row, answer in sought:
        if row.position is None and isinstance(answer, Doubtful):
            yield Doubt(participant=row, candidates=answer.candidates)


def _unknown(sought: Sequence[Answered]) -> Iterator[Lost]:
    for row, answer in sought:
        if row.position is None and isinstance(answer, Unknown):
            yield Lost(participant=row, near=answer.near, covered=answer.covered)


def _with(row: Participant, answer: Located | None) -> Participant:
    if row.position is not None or not isinstance(answer, Found):
        return row
    return replace(row, latitude=answer.place.latitude, longitude=answer.place.longitude)


def _contradicts(row: Participant, answer: Located) -> bool:
    """Whether coordinates that were given lie far from every place that may be meant."""
    if row.position is None or isinstance(answer, Unknown):
        return False
    meant = (answer.place,) if isinstance(answer, Found) else answer.candidates
    return all(distance_km(row.position, place.position) > CONTRADICTS_KM for place in meant)


def _doubts(doubtful: Sequence[Doubt]) -> Iterator[str]:
    """A line for each spelling that is doubtful, with the places that it may be."""
    grouped = _grouped((doubt.participant, doubt.candidates) for doubt in doubtful)
    for (place, country, candidates), rows in islice(grouped.items(), LINES_AT_MOST):
        shown = "; ".join(described(candidate) for candidate in candidates[:CANDIDATES_NAMED])
        over = len(candidates) - CANDIDATES_NAMED
        more = f"; {over} more" if over > 0 else ""
        yield (
            f"{quoted(place)} ({country}) may be {shown}{more}. {_without(rows)} "
            "Add the region, the postcode or the coordinates."
        )
    yield from _rest(len(grouped), "doubtful")


def _losses(unknown: Sequence[Lost]) -> Iterator[str]:
    """A line for each spelling that is unknown, with the names that may be meant."""
    grouped = _grouped((lost.participant, (lost.covered, lost.near)) for lost in unknown)
    for (place, country, (covered, near)), rows in islice(grouped.items(), LINES_AT_MOST):
        if not country:
            yield f"{quoted(place)} has no country. {_without(rows)} Add the country."
        elif not covered:
            yield (
                f"{quoted(place)} is in {country}, whose places the gazetteer does not have. "
                f"{_without(rows)} Add the coordinates."
            )
        else:
            meant = " or ".join(f'"{name}"' for name in near)
            remedy = f"Did you mean {meant}?" if meant else "Add the coordinates."
            yield f"{quoted(place)} ({country}) is not in the gazetteer. {_without(rows)} {remedy}"
    yield from _rest(len(grouped), "unknown")


def _stray(astray: Sequence[Participant]) -> Iterator[str]:
    for row in astray[:LINES_AT_MOST]:
        yield (
            f"The coordinates of {row.name} lie more than {CONTRADICTS_KM:g} km from {quoted(row.place)}. "
            "They were taken as given. Correct them or the place."
        )
    yield from _rest(len(astray), "contradicted")


def _rest(lines: int, what: str) -> Iterator[str]:
    if lines > LINES_AT_MOST:
        yield f"{lines - LINES_AT_MOST} more places are {what}."


def _grouped(entries: Iterable[tuple[Participant, A]]) -> dict[tuple[str, str, A], list[Participant]]:
    grouped: dict[tuple[str, str, A], list[Participant]] = {}
    for row, answer in entries:
        grouped.setdefault((row.place, row.country, answer), []).append(row)
    return grouped


def _without(rows: Sequence[Participant]) -> str:
    names = ", ".join(row.name for row in rows[:NAMED_AT_MOST])
    more = f" and {len(rows) - NAMED_AT_MOST} more" if len(rows) > NAMED_AT_MOST else ""
    return f"{names}{more} {'is' if len(rows) == 1 else 'are'} not placed."
