"""Portraits of participants around an office."""

import random
from collections.abc import Iterable
from datetime import date

from factories.participants import participant
from touchstone.core.assessment.distance import Position
from touchstone.core.assessment.participants import OFFICE
from touchstone.core.assessment.portrait import Portrait, portrait

VILNIUS, KAUNAS, BERLIN = (54.69, 25.28), (54.9, 23.9), (52.52, 13.4)
# Offices that a map may go wrong at: coasts of many islands, the date line, the poles, the open sea.
OFFICES = {
    "Vilnius": VILNIUS, "Lisbon": (38.72, -9.14), "Brussels": (50.85, 4.35), "Tromsø": (69.65, 18.95),
    "Nicosia": (35.17, 33.36), "Athens": (37.98, 23.73), "Suva": (-18.14, 178.44),
    "Anadyr": (64.73, 177.5), "the North Pole": (90.0, 0.0), "the South Pole": (-90.0, 0.0),
    "the Pacific": (0.0, -150.0), "the date line": (-16.8, 180.0),
}  # fmt: skip


def portrait_of(office: Position, places: Iterable[Position] = (), *, unplaced: int = 0) -> Portrait:
    """One participant at each place, and some of whom the place is not known."""
    rows = [participant("Office", type=OFFICE, latitude=office[0], longitude=office[1])]
    for number, (latitude, longitude) in enumerate(places):
        rows.append(participant(f"Firm {number}", latitude=latitude, longitude=longitude))
    rows += [participant(f"Lost {number}") for number in range(unplaced)]
    made = portrait(rows, on=date(2026, 10, 12))
    assert made is not None
    return made


def scattered(office: Position, n: int, *, degrees: float = 1.0) -> list[Position]:
    """Places around an office, the same each time."""
    chance = random.Random(n)
    return [
        (
            max(-90.0, min(90.0, chance.gauss(office[0], degrees))),
            (chance.gauss(office[1], 1.6 * degrees) + 180.0) % 360.0 - 180.0,
        )
        for _ in range(n)
    ]
