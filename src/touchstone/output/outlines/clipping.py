"""Rings cut to a rectangle, one side after the other (Sutherland and Hodgman), all rings at once."""

import numpy as np

from touchstone.output.outlines.reading import Column, Floats, Rings


def clipped(rings: Rings, width: float, height: float) -> Rings:
    """The parts of rings from (0, 0) to (width, height). Along a side, parts of a ring stay joined."""
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        rings = _cut(rings, axis, limit, sign)
    return rings


def _cut(rings: Rings, axis: int, limit: float, sign: int) -> Rings:
    """What lies on one side of a straight line: where coordinate × sign is at least limit × sign."""
    depth = ((rings.x, rings.y)[axis] - limit) * sign
    inside = depth >= 0
    if inside.all():
        return rings
    following = next_in_ring(rings.ring)
    crossing = inside != inside[following]
    count = inside.astype(np.intp) + crossing
    place = (
        np.cumsum(count) - count
    )  # where a point goes; where its side crosses the line, the crossing follows
    start, stop = np.flatnonzero(crossing), following[crossing]
    share = depth[start] / (depth[start] - depth[stop])

    def merged(own: Floats, crossed: Floats) -> Floats:
        out = np.empty(int(count.sum()))
        out[place[inside]] = own[inside]
        out[(place + inside)[crossing]] = crossed
        return out

    points = [merged(one, one[start] + share * (one[stop] - one[start])) for one in (rings.x, rings.y)]
    points[axis] = merged((rings.x, rings.y)[axis], np.full(len(start), limit))
    ring, country = (np.repeat(column, count) for column in (rings.ring, rings.country))
    return Rings(x=points[0], y=points[1], ring=ring, country=country)


def next_in_ring(ring: Column) -> Column:
    """For each point the number of the one after it, which for the last of a ring is its first."""
    following = np.arange(1, len(ring) + 1)
    starts, stops = bounds_of(ring)
    following[stops - 1] = starts
    return following


def bounds_of(ring: Column) -> tuple[Column, Column]:
    """The number of the first point of each ring, and the one after its last."""
    starts = np.flatnonzero(np.diff(ring, prepend=-1))
    return starts, np.append(starts, len(ring))[1:]
