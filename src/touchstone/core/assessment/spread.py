"""How far from the office participants are, as a picture of it needs them: a number in each band."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.core.assessment.distance import Position, distance_km
from touchstone.core.assessment.participants import REGION_KM, Participant

# The middle one is the radius of A7.within_150km; the others part a town's surroundings and a large country.
LIMITS_KM = (50.0, REGION_KM, 500.0)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many are within each of `LIMITS_KM` and beyond the one before, and how many farther or unplaced."""

    within: tuple[int, ...]
    farther: int
    unplaced: int

    @property
    def total(self) -> int:
        return sum(self.within) + self.farther + self.unplaced


def spread(participants: Iterable[Participant], *, office: Position) -> Spread:
    """The bands that participants fall into; who is on a limit is within it."""
    bands = Counter(_band(row, office) for row in participants)
    return Spread(
        within=tuple(bands[band] for band in range(len(LIMITS_KM))),
        farther=bands[len(LIMITS_KM)],
        unplaced=bands[None],
    )


def _band(row: Participant, office: Position) -> int | None:
    return None if row.position is None else bisect_left(LIMITS_KM, distance_km(office, row.position))
