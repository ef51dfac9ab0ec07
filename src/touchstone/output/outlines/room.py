"""Where within the outlines of a country there is room for its name, and which country a place lies in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from touchstone.output.outlines.clipping import next_in_ring
from touchstone.output.outlines.reading import Column, Floats, Rings

STEP = 4.0  # points between the level lines along which room is looked for

# Line → the stretches of a country on it, from left to right.
Stretches = Mapping[int, Sequence[tuple[float, float]]]


def country_at(rings: Rings, x: float, y: float, *, within: float) -> int | None:
    """The country of a place, or of the nearest coast no farther than `within` away; None at sea."""
    following = next_in_ring(rings.ring)
    crossed = np.flatnonzero((rings.y > y) != (rings.y[following] > y))
    stop = following[crossed]
    share = (y - rings.y[crossed]) / (rings.y[stop] - rings.y[crossed])
    to_the_right = rings.x[crossed] + share * (rings.x[stop] - rings.x[crossed]) > x
    odd = np.flatnonzero(np.bincount(rings.country[crossed[to_the_right]]) % 2)
    if len(odd):
        return int(odd[0])
    away = _away(rings, following, x, y)
    return int(rings.country[away.argmin()]) if away.min(initial=np.inf) <= within else None


def _away(rings: Rings, following: Column, x: float, y: float) -> Floats:
    """How far a place is from each side of the rings."""
    along_x, along_y = rings.x[following] - rings.x, rings.y[following] - rings.y
    length = np.maximum(along_x**2 + along_y**2, 1e-12)
    share = np.clip(((x - rings.x) * along_x + (y - rings.y) * along_y) / length, 0.0, 1.0)
    return np.hypot(rings.x + share * along_x - x, rings.y + share * along_y - y)


def stretches(rings: Rings) -> dict[int, Stretches]:
    """Country → where it lies on level lines `STEP` points apart, the largest country first."""
    following = next_in_ring(rings.ring)
    y, x = rings.y, rings.x
    # How many lines are above a point or on it; line k is at (k + 1/2) × STEP.
    line, line_after = (np.floor(values / STEP + 0.5).astype(int) for values in (y, y[following]))
    crossings = np.abs(line_after - line)
    edge = np.repeat(np.arange(len(y)), crossings)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(crossings) - crossings, crossings)
    level = np.minimum(line, line_after)[edge] + nth
    stop = following[edge]
    share = ((level + 0.5) * STEP - y[edge]) / (y[stop] - y[edge])
    at = x[edge] + share * (x[stop] - x[edge])
    country = rings.country[edge]
    order = np.lexsort((at, level, country))
    found: dict[int, dict[int, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    ends = zip(
        country[order[::2]].tolist(), level[order[::2]].tolist(),
        at[order[::2]].tolist(), at[order[1::2]].tolist(), strict=True,
    )  # fmt: skip
    for of, on, left, right in ends:
        found[of][on].append((left, right))
    return dict(sorted(found.items(), key=lambda one: (-_extent(one[1]), one[0])))


def middles(lines: Stretches, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Where the middle of a box may be so that it lies within, nearest to the country's own middle first."""
    deep = int(np.ceil(height / STEP)) + 1
    x, y = _middle(lines)
    wide = {
        line: [(left, right) for left, right in row if right - left >= width] for line, row in lines.items()
    }
    rooms = []
    for first in lines:
        middle = (first + deep / 2) * STEP
        for left, right in _common([wide.get(first + below, ()) for below in range(deep)]):
            if right - left >= width:
                low, high = left + width / 2, right - width / 2
                rooms += [(place, middle) for place in (min(max(x, low), high), (low + high) / 2, low, high)]
    yield from sorted(rooms, key=lambda room: (round((room[0] - x) ** 2 + 4 * (room[1] - y) ** 2), room))


def _common(rows: Sequence[Sequence[tuple[float, float]]]) -> Sequence[tuple[float, float]]:
    """The stretches that all rows have."""
    common = rows[0]
    for row in rows[1:] if common else ():
        common = [
            (max(left, other_left), min(right, other_right))
            for left, right in common
            for other_left, other_right in row
            if min(right, other_right) > max(left, other_left)
        ]
    return common


def _extent(lines: Stretches) -> float:
    return round(sum(right - left for row in lines.values() for left, right in row), 6)


def _middle(lines: Stretches) -> tuple[float, float]:
    whole = _extent(lines) or 1.0
    parts = [(line, left, right) for line, row in lines.items() for left, right in row]
    x = sum((right - left) * (left + right) / 2 for _, left, right in parts) / whole
    y = sum((right - left) * (line + 0.5) * STEP for line, left, right in parts) / whole
    return x, y
