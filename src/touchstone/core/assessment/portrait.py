"""Where the participants are, as a map needs them: how many at each place, around the office."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchstone.core.assessment.distance import Position
from touchstone.core.assessment.participants import Participant, counted, office_in
from touchstone.core.assessment.spread import Spread, spread

# Positions are put on a grid of so many degrees, some 5 km: a map shows the town and not the address.
GRAIN = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """How many participants are at one place. Latitude and longitude are WGS 84 degrees."""

    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """The participants on the map on a day. Spots are ordered from the largest to the smallest.

    The spread is that of the exact positions.
    """

    office: Position
    spots: tuple[Spot, ...]
    spread: Spread


def portrait(participants: Iterable[Participant], *, on: date) -> Portrait | None:
    """The committed participants of a day, each once; None where the list has no position of the office."""
    rows = tuple(participants)
    office = office_in(rows)
    if office is None:
        return None
    there = counted(rows, on=on)
    return Portrait(office=office, spots=_spots(there), spread=spread(there, office=office))


def _spots(rows: Iterable[Participant]) -> tuple[Spot, ...]:
    found = Counter(_cell(row.position) for row in rows if row.position)
    ordered = sorted(found.items(), key=lambda spot: (-spot[1], spot[0]))
    return tuple(Spot(latitude=place[0], longitude=place[1], count=n) for place, n in ordered)


def _cell(position: Position) -> Position:
    latitude, longitude = (round(round(degrees / GRAIN) * GRAIN, 6) + 0.0 for degrees in position)
    return latitude, -180.0 if longitude == 180.0 else longitude
