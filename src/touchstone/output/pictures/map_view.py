"""What of the surroundings a map shows: its frame, the bubbles in it, and who is outside."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from touchstone.core.assessment.participants import REGION_KM
from touchstone.output.outlines.reading import Column, Floats

MOST_KM: Final = 1200.0  # the widest map; beyond it a circle of 150 km is a dot
ENOUGH: Final = 0.95  # of the placed participants; a few far away would shrink the rest
EDGE: Final = 16.0  # points that are kept free around what has to be shown
SECTORS: Final = 8
# Radii of bubbles in points: the largest, the smallest that can be seen, one participant where all are few.
LARGEST, SMALLEST, SINGLE = 13.0, 1.3, 2.3
MOST_BUBBLES: Final = 300
FINEST: Final = 2.5  # points; places nearer than this share a bubble


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Places with the number of participants at each; `x` and `y` are km to the east and north, or points."""

    x: Floats
    y: Floats
    count: Column

    def at(self, which: Column) -> "Places":
        """Some of them, by their numbers or by a mask."""
        return Places(x=self.x[which], y=self.y[which], count=self.count[which])


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The frame of a map. `west` and `north` are km from the office to its sides; `km` is one point's."""

    west: float
    north: float
    km: float
    width: float
    height: float

    def place(self, x_km: float, y_km: float) -> tuple[float, float]:
        """Where in the frame something is, in points from its upper left corner."""
        return (x_km - self.west) / self.km, (self.north - y_km) / self.km

    def holds(self, x: float, y: float, around: float = 0.0) -> bool:
        """Whether a place, with so many points around it, lies within the frame."""
        return around <= x <= self.width - around and around <= y <= self.height - around


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """Participants at a place of the frame; lengths are points."""

    x: float
    y: float
    radius: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Participants in one direction outside the frame: their number, and their mean place in km."""

    x: float
    y: float
    count: int


def view_of(places: Places, *, width: float, height: float) -> View:
    """The frame that holds the region and, from the office outwards, nearly all participants."""
    outwards = places.at(np.lexsort((places.y, places.x, np.hypot(places.x, places.y))))
    held = np.concatenate([[0], np.cumsum(outwards.count)])
    # The box of the region and the first places, for each number of them.
    west, south = (_running(np.minimum, -REGION_KM, axis) for axis in (outwards.x, outwards.y))
    east, north = (_running(np.maximum, REGION_KM, axis) for axis in (outwards.x, outwards.y))
    km = np.maximum((east - west) / (width - 2 * EDGE), (north - south) / (height - 2 * EDGE))
    enough = int(np.argmax(held >= ENOUGH * held[-1]))
    many = min(enough, int(np.count_nonzero(km * width <= MOST_KM)) - 1)
    scale = float(km[many])
    return View(
        west=float(west[many] + east[many] - scale * width) / 2,
        north=float(south[many] + north[many] + scale * height) / 2,
        km=scale,
        width=width,
        height=height,
    )


def bubbles_in(view: View, places: Places) -> tuple[list[Bubble], Places]:
    """The bubbles, from the largest to the smallest, and who is outside, in km.

    The area goes with the number; places too near to one another, or too many, share a bubble.
    """
    x, y = (places.x - view.west) / view.km, (view.north - places.y) / view.km
    inside = (x >= 0) & (x <= view.width) & (y >= 0) & (y <= view.height)
    merged, cell = _merged(Places(x=x, y=y, count=places.count).at(inside))
    # Where many places had to be put together, bubbles overlap only a little.
    largest = LARGEST if cell == FINEST else min(LARGEST, 0.7 * cell)
    unit = min(SINGLE, largest / math.sqrt(merged.count.max(initial=1)))
    radius = np.maximum(unit * np.sqrt(merged.count), SMALLEST)
    room = radius + 1.0  # a bubble across the frame counts as outside
    fits = (np.minimum(merged.x, view.width - merged.x) >= room) & (
        np.minimum(merged.y, view.height - merged.y) >= room
    )
    rows = zip(merged.x.tolist(), merged.y.tolist(), radius.tolist(), merged.count.tolist(), strict=True)
    bubbles = [
        Bubble(x=left, y=top, radius=size, count=count)
        for (left, top, size, count), fit in zip(rows, fits, strict=True)
        if fit
    ]
    beyond, cut = places.at(~inside), merged.at(~fits)
    outside = Places(
        x=np.concatenate([beyond.x, view.west + cut.x * view.km]),
        y=np.concatenate([beyond.y, view.north - cut.y * view.km]),
        count=np.concatenate([beyond.count, cut.count]),
    )
    return sorted(bubbles, key=lambda one: (-one.count, one.y, one.x)), outside


def by_direction(places: Places) -> dict[int, Outside]:
    """Sector, from the north clockwise → who is there."""
    turns = np.arctan2(places.x, places.y) / (2 * math.pi)
    sectors = np.rint(turns * SECTORS).astype(np.intp) % SECTORS
    return {int(sector): _together(places.at(sectors == sector)) for sector in np.unique(sectors)}


def _running(least: np.ufunc, start: float, values: Floats) -> Floats:
    return np.asarray(least.accumulate(np.concatenate([[start], values])))


def _merged(places: Places) -> tuple[Places, float]:
    """One place for each cell that there is one in, and how wide a cell is, in points."""
    cell = FINEST
    while True:
        # One number for each cell; a frame is far narrower than 100,000 cells.
        cells = np.rint(places.x / cell) * 100_000 + np.rint(places.y / cell)
        found, which = np.unique(cells, return_inverse=True)
        if len(found) <= MOST_BUBBLES:
            break
        cell *= 1.25
    count = np.bincount(which, places.count, len(found))
    x, y = (np.bincount(which, axis * places.count, len(found)) / count for axis in (places.x, places.y))
    return Places(x=x, y=y, count=count.astype(np.intp)), cell


def _together(places: Places) -> Outside:
    count = int(places.count.sum())
    x, y = (float((axis * places.count).sum()) / count for axis in (places.x, places.y))
    return Outside(x=x, y=y, count=count)
