# ruff: noqa: INP001, T201  (a script that stands alone and says what it made)
"""Makes the bundled outlines of countries from world-atlas (Natural Earth). Called by script/vendor.

usage: python script/outlines.py COUNTRIES-10M.JSON FOLDER

Writes FOLDER/countries.bin, whose form `touchstone.output.outlines.reading` describes. Each point of an
outline has a level: how far, in km, the line would be off without it. A map leaves out what it cannot show,
and since two neighbours have the points of their border in common, no gap opens between them.
"""

import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from babel.core import get_global

from touchstone.core.assessment.distance import EARTH_RADIUS_KM
from touchstone.output.outlines.reading import FULL_CIRCLE, HALF_CIRCLE, level_of

# Areas that the source has apart, and the country that the United Nations count them to.
PARTS = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": "CY",
    "Akrotiri": "CY",
    "Baikonur": "KZ",
    "USNB Guantanamo Bay": "CU",
}
# The source draws who holds it; the United Nations (resolution 68/262) count it to Ukraine.
CRIMEA = (34.3, 45.2)
# Longitudes and latitudes between which the lines are fine: Europe and its neighbours.
FINE = (-32.0, 52.0, 26.0, 73.0)
FINE_KM, COARSE_KM = 0.5, 1.8
LONGEST = 0.5  # degrees between two points of a line, so that one along a parallel bends as it should
SMALLEST = 1.2  # an island is left out whose size is below so many times the grain

Points = np.ndarray[Any, np.dtype[np.float64]]
Arcs = list[int]  # of one ring, in order; ~n is arc n the other way round


def main() -> None:
    source, folder = map(Path, sys.argv[1:])
    topology = json.loads(source.read_text(encoding="utf-8"))
    lines = [dense(line) for line in arcs_of(topology)]
    rings = countries_of(topology["objects"]["countries"]["geometries"], lines)
    kept = [thinned(line) for line in lines]
    whole = {code: sewn([joined(arcs, kept) for arcs in rings[code]]) for code in sorted(rings)}
    made = [(code, ring) for code, pieces in whole.items() for ring in large_enough(pieces)]
    raw = packed(made)
    (folder / "countries.bin").write_bytes(raw)
    print(f"{len(rings)} countries, {sum(len(ring) for _, ring in made)} points, {len(raw)} bytes")


def arcs_of(topology: Mapping[str, Any]) -> Iterator[Points]:
    """Lines of longitudes and latitudes in degrees (TopoJSON specification, 2.1.4)."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        yield np.cumsum(arc, axis=0) * scale + translate


def dense(line: Points) -> Points:
    """The line with points between those that are far apart."""
    parts = [line[:1]]
    for before, after in pairwise(line):
        step = after - before
        step[0] = (step[0] + 180.0) % 360.0 - 180.0  # the short way across the date line
        n = max(1, int(np.ceil(np.abs(step).max() / LONGEST)))
        parts.append(before + np.arange(1, n + 1)[:, None] / n * step)
    return np.concatenate(parts)


def countries_of(geometries: Iterable[Mapping[str, Any]], lines: Sequence[Points]) -> dict[str, list[Arcs]]:
    """Country, by ISO 3166-1 alpha-2 → its rings. Land without a code has the empty one."""
    found: dict[str, list[Arcs]] = defaultdict(list)
    for geometry in geometries:
        code = code_of(geometry)
        single = geometry["type"] == "Polygon"
        for polygon in [geometry["arcs"]] if single else geometry["arcs"]:
            crimea = code == "RU" and encloses(joined(polygon[0], lines), CRIMEA)
            found["UA" if crimea else code] += polygon
    return {code: dissolved(rings, lines) for code, rings in found.items()}


def code_of(geometry: Mapping[str, Any]) -> str:
    known = get_global("territory_aliases").get(str(geometry.get("id")))
    return str(known[0]) if known else PARTS.get(geometry["properties"]["name"], "")


def encloses(ring: Points, place: tuple[float, float]) -> bool:
    """Whether a small ring goes round a place: the even-odd rule on the plane of degrees."""
    x, y = place
    there = np.roll(ring, -1, axis=0)
    crossed = (ring[:, 1] > y) != (there[:, 1] > y)
    (x0, y0), (x1, y1) = ring[crossed, :2].T, there[crossed, :2].T
    return bool(np.count_nonzero(x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x) % 2 and np.ptp(ring[:, 0]) < 90)


def dissolved(rings: list[Arcs], lines: Sequence[Points]) -> list[Arcs]:
    """The same area without the lines between its parts."""
    used = Counter(arc for ring in rings for arc in ring)
    if not any(~arc in used for arc in used):
        return rings
    leaving: dict[tuple[float, ...], list[int]] = defaultdict(list)
    for arc in used:
        if ~arc not in used:
            leaving[end(arc, lines, 0)].append(arc)
    made = []
    while any(leaving.values()):
        here = next(place for place, arcs in leaving.items() if arcs)
        ring: Arcs = []
        while leaving[here]:
            ring.append(leaving[here].pop())
            here = end(ring[-1], lines, -1)
        made.append(ring)
    return made


def end(arc: int, lines: Sequence[Points], which: int) -> tuple[float, ...]:
    return tuple(lines[arc][which]) if arc >= 0 else tuple(lines[~arc][-1 - which])


def joined(arcs: Arcs, lines: Sequence[Points]) -> Points:
    """One ring; its first point is not repeated at its end."""
    return np.concatenate([(lines[arc] if arc >= 0 else lines[~arc][::-1])[:-1] for arc in arcs])


def sewn(rings: list[Points]) -> list[Points]:
    """The rings without the seam along the date line, where the source has land cut in two."""
    uncut, pieces = [], []
    for ring in rings:
        on_it = on_the_date_line(ring)
        seams = np.flatnonzero(on_it & np.roll(on_it, -1))
        if len(seams):
            turned = np.roll(ring, -1 - seams[0], axis=0)
            pieces += [piece for piece in np.split(turned, seams[1:] - seams[0]) if len(piece) > 1]
        else:
            uncut.append(ring)
    while pieces:
        ring = pieces.pop()
        while True:
            gaps = [abs(piece[0, 1] - ring[-1, 1]) for piece in (ring, *pieces)]
            nearest = int(np.argmin(gaps))
            if nearest == 0:
                break
            ring = np.concatenate([ring, pieces.pop(nearest - 1)])
        uncut.append(ring)
    return uncut


def on_the_date_line(line: Points) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.abs(np.abs(line[:, 0]) - 180.0) < 1e-6


def thinned(line: Points) -> Points:
    """The points that count, each with its level in a third column."""
    off = importance(line)
    fine = (line[:, 0] > FINE[0]) & (line[:, 0] < FINE[1]) & (line[:, 1] > FINE[2]) & (line[:, 1] < FINE[3])
    keep = off >= np.where(fine, FINE_KM, COARSE_KM)
    return np.column_stack([line, off])[keep]


def importance(line: Points) -> Points:
    """How far the line would be off without each point, in km (Ramer, Douglas and Peucker)."""
    place = on_the_globe(line) * EARTH_RADIUS_KM
    off = np.zeros(len(line))
    off[[0, -1]] = np.inf
    off[on_the_date_line(line)] = np.inf  # they are sewn there
    waiting = [(0, len(line) - 1, np.inf)]
    while waiting:
        first, last, above = waiting.pop()
        if last - first < 2:
            continue
        distances = from_segment(place[first + 1 : last], place[first], place[last])
        middle = first + 1 + int(distances.argmax())
        # Never more than the split above it: what a level keeps is then the same as a run at that level.
        here = min(float(distances.max()), above)
        off[middle] = max(off[middle], here)
        if here >= FINE_KM:
            waiting += [(first, middle, here), (middle, last, here)]
    return off


def on_the_globe(line: Points) -> Points:
    """Unit vectors of longitudes and latitudes in degrees."""
    east, north = np.radians(line[:, :2]).T
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def from_segment(places: Points, start: Points, stop: Points) -> Points:
    along = stop - start
    length = float(along @ along)
    t = np.clip((places - start) @ along / length, 0.0, 1.0) if length else np.zeros(len(places))
    return np.asarray(np.linalg.norm(places - start - t[:, None] * along, axis=1))


def large_enough(rings: list[Points]) -> Iterator[Points]:
    """The rings that a map can show; of a country of small islands the largest at least."""
    sizes = [radius_of(ring)[1] * EARTH_RADIUS_KM for ring in rings]
    for ring, size in zip(rings, sizes, strict=True):
        x, y = ring[:, 0].mean(), ring[:, 1].mean()
        fine = FINE[0] < x < FINE[1] and FINE[2] < y < FINE[3]
        if len(ring) > 2 and (size >= SMALLEST * (FINE_KM if fine else COARSE_KM) or size == max(sizes)):
            yield ring


def radius_of(ring: Points) -> tuple[Points, float]:
    """The middle of a cap of the globe that holds the ring, as a unit vector, and its radius in radians."""
    places = on_the_globe(ring)
    middle = places.mean(axis=0)
    middle /= np.linalg.norm(middle)
    return middle, float(np.arccos(np.clip(places @ middle, -1.0, 1.0)).max())


def packed(rings: Sequence[tuple[str, Points]]) -> bytes:
    codes = sorted({code for code, _ in rings})
    caps = [radius_of(ring) for _, ring in rings]
    middles = np.array([middle for middle, _ in caps])
    points = np.concatenate([ring for _, ring in rings])
    east, north = whole(points[:, 0], points[:, 1])
    middle_east, middle_north = whole(
        np.degrees(np.arctan2(middles[:, 1], middles[:, 0])), np.degrees(np.arcsin(middles[:, 2]))
    )
    # A little more than the radius, for what rounding moves.
    radius = np.ceil((np.array([size for _, size in caps]) + 0.0001) / np.pi * HALF_CIRCLE).astype("<u2")
    head = {"countries": codes, "rings": len(rings), "points": len(points)}
    columns = [
        np.array([codes.index(code) for code, _ in rings], dtype="u1"),
        np.array([len(ring) for _, ring in rings], dtype="<u2"),
        middle_east, middle_north, radius,
        *halves(east), *halves(north),
        np.array([level_of(off) for off in points[:, 2]], dtype="u1"),
    ]  # fmt: skip
    raw = json.dumps(head).encode() + b"\n" + b"".join(column.tobytes() for column in columns)
    return zlib.compress(raw, 9)


def whole(east: Points, north: Points) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Degrees as whole numbers; a longitude starts anew at the date line."""
    return (
        (np.rint((east + 180.0) / 360.0 * FULL_CIRCLE).astype("i8") % FULL_CIRCLE).astype("<u2"),
        np.rint((north + 90.0) / 180.0 * HALF_CIRCLE).astype("<u2"),
    )


def halves(column: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The differences from number to number: low bytes and high bytes, which pack better apart."""
    steps = np.diff(column, prepend=column.dtype.type(0))
    pairs = steps.astype("<u2").view("u1").reshape(-1, 2)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


if __name__ == "__main__":
    main()
