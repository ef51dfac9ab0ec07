"""Maps with one number for each country: Europe, and the whole world for what lies beyond it.

They give shapes and places; a page makes links of them. Europe is drawn around its middle, so that distances
from there are true; on the world all areas are. A number stands in its country where there is room, else
beside it, with a line that leads there.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

import numpy as np

from touchstone.core.assessment.distance import Position
from touchstone.output.outlines.clipping import bounds_of, clipped
from touchstone.output.outlines.projecting import equal_earth
from touchstone.output.outlines.reading import Rings, around, outlines
from touchstone.output.outlines.room import Stretches, middles, stretches
from touchstone.output.pictures.map_labels import Ground, Words
from touchstone.output.pictures.map_shapes import Land, land_in, paths_of
from touchstone.output.pictures.map_view import View

WIDTH: Final = 400.0  # of both maps, in points
UNITS: Final = 10  # of an outline in one point
SIZE: Final = 12.0  # of numbers, in points
_MIDDLE: Final[Position] = (53.0, 14.0)
_EUROPE: Final = View(west=-2450.0, north=2215.0, km=4700 / WIDTH, width=WIDTH, height=380.0)
# From the date line to the date line, without the Antarctic.
_WORLD: Final = View(west=-17_300.0, north=8_450.0, km=34_600 / WIDTH, width=WIDTH, height=178.0)
_ANTARCTIC: Final = "AQ"  # around the pole: no ring on a map
_HALF_ROUND_KM: Final = 20_040.0
_WORLD_GRAIN_KM: Final = 40.0
_TRIES: Final = 40
_TURNS: Final = 16  # directions in which a number may stand beside its country
_AWAY: Final = (9.0, 14.0, 20.0, 27.0, 35.0)  # points from the middle of the country


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A country with its number. Lengths are points, those of `path` tenths of a point."""

    country: str  # ISO 3166-1 alpha-2
    path: str
    x: float  # of the middle of the number
    y: float  # of its base line
    leader: str  # path of the line from the country to its number; empty where it stands inside


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersMap:
    """A map: the countries without a number as one path, and those with one."""

    width: float
    height: float
    land: str
    others: str  # countries whose number stands on another map
    spots: tuple[Spot, ...]


def europe(numbers: Mapping[str, str]) -> NumbersMap:
    """Europe with a number, already written out, for some of its countries. Others are passed over."""
    return _drawn(_EUROPE, _european_land(), {code: numbers[code] for code in numbers if code in on_europe()})


def world(numbers: Mapping[str, str]) -> NumbersMap:
    """The world with the numbers of the countries that the map of Europe does not show."""
    beyond = {code: text for code, text in numbers.items() if code not in on_europe()}
    return _drawn(_WORLD, _all_land(), beyond, others=numbers.keys() & on_europe())


@cache
def on_europe() -> frozenset[str]:
    """The countries that the map of Europe shows: not those of which only an edge is in the frame."""
    land = _european_land()
    rooms = stretches(land.rings)
    return frozenset(
        outlines().countries[country]
        for country in land.paths
        if not _is_cut(land.rings, country) or _has_room(rooms.get(country, {}))
    )


@cache
def _european_land() -> Land:
    return land_in(_EUROPE, _MIDDLE)


@cache
def _all_land() -> Land:
    globe = _unrolled(around((0.0, 0.0), radius_km=_HALF_ROUND_KM, grain_km=_WORLD_GRAIN_KM))
    x, y = equal_earth(globe.x - math.pi, globe.y - math.pi / 2)
    rings = clipped(
        Rings(
            x=(x - _WORLD.west) / _WORLD.km,
            y=(_WORLD.north - y) / _WORLD.km,
            ring=globe.ring,
            country=globe.country,
        ),
        _WORLD.width,
        _WORLD.height,
    )
    return Land(rings=rings, paths=paths_of(rings))


def _unrolled(globe: Rings) -> Rings:
    """The rings in radians from the date line and the south pole; what crosses the date line is cut there."""
    kept = globe.country != outlines().countries.index(_ANTARCTIC)
    x, y, ring, country = (
        column[kept] for column in (globe.x + math.pi, globe.y + math.pi / 2, globe.ring, globe.country)
    )
    for start, stop in zip(*bounds_of(ring), strict=True):
        x[start:stop] = np.unwrap(x[start:stop])
    apart = int(ring.max()) + 1  # numbers for the copies that lie a whole turn to either side
    whole = Rings(
        x=np.concatenate([x, x - math.tau, x + math.tau]),
        y=np.tile(y, 3),
        ring=np.concatenate([ring, ring + apart, ring + 2 * apart]),
        country=np.tile(country, 3),
    )
    return clipped(whole, math.tau, math.pi)


def _drawn(view: View, land: Land, numbers: Mapping[str, str], *, others: Collection[str] = ()) -> NumbersMap:
    codes = {outlines().countries[country]: country for country in land.paths}
    wanted = {codes[code]: text for code, text in numbers.items() if code in codes}
    elsewhere = {codes[code] for code in others if code in codes}
    return NumbersMap(
        width=view.width,
        height=view.height,
        land="".join(path for one, path in land.paths.items() if one not in wanted and one not in elsewhere),
        others="".join(path for one, path in land.paths.items() if one in elsewhere),
        spots=tuple(_spots(view, land, wanted)),
    )


def _spots(view: View, land: Land, numbers: Mapping[int, str]) -> Iterator[Spot]:
    """The countries with their numbers, the largest first: what is small finds its place around them."""
    ground = Ground(view)
    rooms = stretches(land.rings)
    for country in [*(one for one in rooms if one in numbers), *sorted(numbers.keys() - rooms.keys())]:
        words = Words(text=numbers[country], look="own", size=SIZE)
        centre = _centre(land.rings, country)
        inside = islice(middles(rooms.get(country, {}), words.width + 2, SIZE), _TRIES)
        leads = not ground.put(words, inside) and not ground.put(words, [centre])
        if leads and not ground.put(words, _beside(centre)):
            ground.labels.append(words.at(*centre))  # nowhere is free: it covers another one
        label = ground.labels[-1]
        yield Spot(
            country=outlines().countries[country],
            path=land.paths[country],
            x=label.x,
            y=label.y,
            leader=_leader(centre, (label.x, label.y - 0.36 * SIZE)) if leads else "",
        )


def _beside(centre: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Places around a country, the nearest first."""
    x, y = centre
    for away in _AWAY:
        for turn in range(_TURNS):
            angle = math.tau * turn / _TURNS
            yield x + 1.3 * away * math.sin(angle), y - away * math.cos(angle)


def _leader(start: tuple[float, float], stop: tuple[float, float]) -> str:
    return f"M{start[0]:.1f} {start[1]:.1f}L{stop[0]:.1f} {stop[1]:.1f}"


def _centre(rings: Rings, country: int) -> tuple[float, float]:
    """The middle of the box around the largest part of a country."""
    own = np.flatnonzero(rings.country == country)
    boxes = []
    for start, stop in zip(*bounds_of(rings.ring[own]), strict=True):
        x, y = rings.x[own[start:stop]], rings.y[own[start:stop]]
        boxes.append((np.ptp(x) * np.ptp(y), (x.min() + x.max()) / 2, (y.min() + y.max()) / 2))
    _, across, down = max(boxes)
    return float(across), float(down)


def _is_cut(rings: Rings, country: int) -> bool:
    """Whether the frame of Europe cuts a country."""
    own = rings.country == country
    x, y = rings.x[own], rings.y[own]
    edge = (x <= 0) | (x >= _EUROPE.width) | (y <= 0) | (y >= _EUROPE.height)
    return bool(edge.any())


def _has_room(lines: Stretches) -> bool:
    return next(middles(lines, 3 * SIZE, 2 * SIZE), None) is not None
