"""Where the participants are, as a map needs them: how many at each place, around the office."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchstone.core.assessment.distance import Position
from touchstone.core.assessment.participants import OFFICE, Participant
from touchstone.core.assessment.spread import Spread, spread

# Places nearer to one another than this, in degrees, are one spot of the map.
GRAIN = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """How many participants are at one place. Latitude and longitude are WGS 84 degrees."""

    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """The participants on the map on a day. Spots are ordered from the largest to the smallest."""

    office: Position
    spots: tuple[Spot, ...]
    spread: Spread


def portrait(participants: Iterable[Participant], *, on: date) -> Portrait | None:
    """The committed participants of a day; None where the list does not say where the office is."""
    rows = tuple(participants)
    office = next((row.position for row in rows if row.type == OFFICE and row.position), None)
    if office is None:
        return None
    there = [row for row in rows if row.type != OFFICE and row.committed and row.present(on)]
    return Portrait(office=office, spots=_spots(there), spread=spread(there, office=office))


def _spots(rows: Iterable[Participant]) -> tuple[Spot, ...]:
    counted = Counter(_cell(row.position) for row in rows if row.position)
    ordered = sorted(counted.items(), key=lambda found: (-found[1], found[0]))
    return tuple(Spot(latitude=place[0], longitude=place[1], count=n) for place, n in ordered)


def _cell(position: Position) -> Position:
    latitude, longitude = (round(round(degrees / GRAIN) * GRAIN, 6) for degrees in position)
    return latitude, longitude
