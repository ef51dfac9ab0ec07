"""What a list leaves to a person: places that may be several or none, and rows that may be one organisation.

A question has a key that follows from the rows alone, so that a choice holds for the next list too.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from touchstone.core.assessment.duplicates import Pair, likely_duplicates
from touchstone.core.assessment.participants import OFFICE, Participant, folded
from touchstone.core.assessment.places import Doubtful, Found, Gazetteer, Place, locate
from touchstone.core.assessment.placing import Doubt, Lost, Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuestion:
    """A spelling of a place, the participants that give it, and the places that it may be.

    `known` is false where no place carries that name, and the candidates only have names near it; `covered`
    is false where the gazetteer has no places of the country.
    """

    key: str
    place: str
    country: str
    participants: tuple[Participant, ...]
    candidates: tuple[Place, ...]
    known: bool
    covered: bool = True

    @property
    def of_the_office(self) -> bool:
        return any(row.type == OFFICE for row in self.participants)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairQuestion:
    """Two rows that may be one organisation, and why."""

    key: str
    pair: Pair


def place_questions(
    found: Placed, gazetteer: Gazetteer, *, counting: Iterable[Participant]
) -> tuple[PlaceQuestion, ...]:
    """A question for each spelling that is doubtful or unknown, the office's first.

    Asked is only about the office and the rows in `counting`: where somebody was who left changes nothing.
    """
    wanted = set(counting)
    grouped: dict[str, list[Doubt | Lost]] = {}
    entries: tuple[Doubt | Lost, ...] = (*found.doubtful, *found.unknown)
    for entry in entries:
        if entry.participant in wanted or entry.participant.type == OFFICE:
            grouped.setdefault(place_key(entry.participant), []).append(entry)
    questions = [_place_question(key, entries, gazetteer) for key, entries in grouped.items()]
    return tuple(sorted(questions, key=lambda question: not question.of_the_office))


def pair_questions(participants: Iterable[Participant]) -> tuple[PairQuestion, ...]:
    """A question for each likely duplicate."""
    return tuple(
        PairQuestion(key=_key("pair", *sorted(map(name_key, (pair.one, pair.other)))), pair=pair)
        for pair in likely_duplicates(participants)
    )


def place_key(row: Participant) -> str:
    """The key of the question where a row is; rows of the same spelling share it."""
    return _key("place", row.place.strip(), row.country, row.region, row.postcode)


def name_key(row: Participant) -> str:
    """What rows of the very same name in one country share."""
    return _key("name", folded(row.name) or row.name, row.country)


def near_places(lost: Lost, gazetteer: Gazetteer) -> Iterator[Place]:
    """The places of the names that may be meant."""
    for name in lost.near:
        located = locate(name, lost.participant.country, gazetteer)
        if isinstance(located, Found):
            yield located.place
        elif isinstance(located, Doubtful):
            yield from located.candidates


def _place_question(key: str, entries: list[Doubt | Lost], gazetteer: Gazetteer) -> PlaceQuestion:
    first = entries[0]
    doubtful = isinstance(first, Doubt)
    candidates = first.candidates if isinstance(first, Doubt) else near_places(first, gazetteer)
    return PlaceQuestion(
        key=key,
        place=first.participant.place.strip(),
        country=first.participant.country,
        participants=tuple(entry.participant for entry in entries),
        candidates=tuple(dict.fromkeys(candidates)),
        known=doubtful,
        covered=isinstance(first, Doubt) or first.covered,
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
