"""The bundled outlines of countries, read when the first map is drawn.

`countries.bin` is packed by zlib: one line of JSON that counts, then columns of whole numbers, little-endian.
For each ring: country, number of points, middle and radius of a cap of the globe that holds it. For each
point: longitude and latitude, both as the difference to the point before, all low bytes first, then all high
bytes; and its level. `script/outlines.py` writes it.
"""

import json
import math
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from touchstone.core.assessment.distance import EARTH_RADIUS_KM, Position

FILE: Final = Path(__file__).parent / "countries.bin"
FULL_CIRCLE: Final = 65_536  # steps of longitude; after the last comes the first
HALF_CIRCLE: Final = 65_535  # steps of latitude from pole to pole, and of the radius of a cap
LEVELS_FROM_KM: Final = 0.25  # level 0; each level is half as much again
# Where nothing is shown, in km beyond the circle asked for, lines may be off by so much.
FAR_KM, FAR_GRAIN_KM = 120.0, 20.0
_STEP: Final = math.log(1.5)
_HIGHEST: Final = 255

Column = np.ndarray[Any, np.dtype[Any]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """All countries. Rings are closed without repeating the first point; holes go round the other way.

    `countries` are ISO 3166-1 alpha-2, with XK; the empty one is land without a code. `cap` holds for each
    ring the unit vector of its middle, `reach` its radius in radians.
    """

    countries: tuple[str, ...]
    country: Column  # of each ring, its number in `countries`
    cap: Floats
    reach: Floats
    ring: Column  # of each point
    east: Column
    north: Column
    level: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """Rings in degrees, or in whatever a projection made of them: points, the ring of each, its country."""

    x: Floats
    y: Floats
    ring: Column  # of each point, ascending
    country: Column  # of each point


def level_of(km: float) -> int:
    """The highest level of which all points are at least so many km off the line without them."""
    return 0 if km <= LEVELS_FROM_KM else int(min(math.log(km / LEVELS_FROM_KM) / _STEP, _HIGHEST))


@cache
def outlines() -> Outlines:
    """The bundled outlines, some 10 ms at first and at once after that."""
    raw = zlib.decompress(FILE.read_bytes())
    start = raw.index(b"\n") + 1
    head = json.loads(raw[:start])
    rings, points = head["rings"], head["points"]
    columns = _columns(raw, start, [(rings, "u1"), *[(rings, "<u2")] * 4, *[(points, "u1")] * 5])
    country, sizes, cap_east, cap_north, reach, *bytes_of, level = columns
    return Outlines(
        countries=tuple(head["countries"]),
        country=country,
        cap=_vectors(_radians_east(cap_east), _radians_north(cap_north)),
        reach=reach * (math.pi / HALF_CIRCLE),
        ring=np.repeat(np.arange(rings, dtype=np.int32), sizes),
        east=_summed(*bytes_of[:2]),
        north=_summed(*bytes_of[2:]),
        level=level,
    )


def around(centre: Position, *, radius_km: float, grain_km: float) -> Rings:
    """The rings of which a part may lie within a distance of a place, without points that make no difference.

    Args:
        centre: latitude and longitude in degrees.
        radius_km: how far from it.
        grain_km: by how much a line may be off; never finer than the source.

    Longitudes and latitudes of what comes back are radians. A ring comes back whole, also where most of it
    lies elsewhere, but none that the farthest point from `centre` could lie in: rings are at most half as
    large as the globe.
    """
    every = outlines()
    here = _vectors(*np.radians([[centre[1]], [centre[0]]]))[0]
    angle = np.arccos(np.clip(every.cap @ here, -1.0, 1.0))
    near = angle <= every.reach + radius_km / EARTH_RADIUS_KM
    large = every.reach * EARTH_RADIUS_KM >= grain_km
    kept = np.flatnonzero((near & large)[every.ring] & (every.level >= level_of(grain_km)))
    kept = kept[(every.level[kept] >= level_of(FAR_GRAIN_KM)) | _beside(every, kept, centre, radius_km)]
    ring = every.ring[kept]
    return Rings(
        x=_radians_east(every.east[kept]),
        y=_radians_north(every.north[kept]),
        ring=ring,
        country=every.country[ring],
    )


def _beside(every: Outlines, which: Column, centre: Position, radius_km: float) -> Column:
    """Which points lie between the parallels and the meridians that a circle, and some way more, touches."""
    radius = min((radius_km + FAR_KM) / EARTH_RADIUS_KM, math.pi / 2)
    latitude, longitude = (math.radians(degrees) for degrees in centre)
    # Napier's rule; a circle that holds a pole touches no meridian.
    slim = math.sin(radius) / max(math.cos(latitude), 1e-9)
    aside = math.asin(slim) if slim < 1 and abs(latitude) + radius < math.pi / 2 else math.pi
    east, north = every.east[which].astype(np.int32), every.north[which].astype(np.int32)
    here_east = round((longitude / math.tau + 0.5) * FULL_CIRCLE)
    here_north = round((latitude / math.pi + 0.5) * HALF_CIRCLE)
    turned = np.abs((east - here_east + FULL_CIRCLE // 2) % FULL_CIRCLE - FULL_CIRCLE // 2)
    level = np.abs(north - here_north) <= radius / math.pi * HALF_CIRCLE
    return np.asarray(level & (turned <= aside / math.tau * FULL_CIRCLE))


def _columns(raw: bytes, start: int, wanted: list[tuple[int, str]]) -> list[Column]:
    found = []
    for count, kind in wanted:
        found.append(np.frombuffer(raw, dtype=kind, count=count, offset=start))
        start += found[-1].nbytes
    return found


def _summed(low: Column, high: Column) -> Column:
    """The numbers whose differences are given; both turn over at 65,536."""
    steps = low.astype(np.uint16) | (high.astype(np.uint16) << 8)
    return np.cumsum(steps, dtype=np.uint16)


def _radians_east(steps: Column) -> Floats:
    return steps * (2 * math.pi / FULL_CIRCLE) - math.pi


def _radians_north(steps: Column) -> Floats:
    return steps * (math.pi / HALF_CIRCLE) - math.pi / 2


def _vectors(east: Floats, north: Floats) -> Floats:
    level = np.cos(north)
    return np.column_stack([level * np.cos(east), level * np.sin(east), np.sin(north)])
