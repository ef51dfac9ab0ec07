"""The shape of a spread: how many peers lie in each of some bins, never fewer than may be told.

A histogram over the range from P5 to P95, for groups of which those may be shown. Its edges lie on a round
grid, whose step follows from that range and from how many peers can fill it, so that two shapes of nearly
the same peers mostly share it. Neighbouring cells of the grid are joined until each bin holds as many peers
as a median asks for; which are joined may turn on single peers, and the manual says what two readers can
learn from that. What lies outside the grid is not told.

Method after the rules for tables of magnitude: a cell below the threshold is never published, but joined
with its neighbours (A. Hundepool et al., "Statistical Disclosure Control", 2012, section 4.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.disclosure import Flags, readable
from touchstone.core.benchmark.model import Figure, Floats
from touchstone.core.scheme.model import Disclosure

MOST_CELLS: Final = 12
# A grid's step is one of these times a power of ten.
ROUND: Final = np.array([1.0, 2.0, 2.5, 5.0, 10.0])
# A step may miss its round value by this share of it, so that a tenth three times is three tenths.
SLACK: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many of the peers lie from `low` (included) to `high` (left out)."""

    low: float
    high: float
    n: int


def densities(
    peers: Floats, figures: Mapping[str, Figure], *, whole: Flags, setting: Disclosure | None
) -> Mapping[str, tuple[Bin, ...]]:
    """Measure → bins of its peers in rising order, for the measures whose figure shows P5 and P95.

    Args:
        peers: measure × peer, NaN for missing.
        figures: of each measure, in the order of `peers`, what may be shown of these peers.
        whole: which measures come in whole numbers; their bins run from half to half (2.5 to 5.5).
        setting: the sizes of disclosure control; without readable ones there is no shape.

    A measure whose P5 and P95 are the same has no shape.
    """
    sizes = readable(setting)
    ids = tuple(figures)
    ends = np.array([_ends(figures[id]) for id in ids]).reshape(-1, 2)
    rows = np.flatnonzero(ends[:, 1] > ends[:, 0])
    if sizes is None or not len(rows):
        return {}
    filled = np.array([figures[ids[row]].n // sizes.median_from for row in rows.tolist()])
    grid = _Grid.over(ends[rows], np.minimum(filled, MOST_CELLS), whole[rows])
    counts = grid.counts(peers[rows])
    found = (grid.bins(number, counts[number], sizes.median_from) for number in range(len(rows)))
    return {ids[row]: bins for row, bins in zip(rows.tolist(), found, strict=True) if bins}


def _ends(figure: Figure) -> tuple[float, float]:
    return (np.nan, np.nan) if figure.p5 is None or figure.p95 is None else (figure.p5, figure.p95)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """For each measure the lowest edge, the step, and the number of cells."""

    start: Floats
    step: Floats
    cells: NDArray[np.int64]

    @classmethod
    def over(cls, ends: Floats, wanted: NDArray[np.int64], whole: Flags) -> "_Grid":
        """The round grid from P5 to P95 in at most one more than the wanted number of cells."""
        step = _round_up((ends[:, 1] - ends[:, 0]) / wanted)
        step = np.where(whole, np.maximum(np.ceil(step), 1.0), step)
        first, last = np.floor(ends[:, 0] / step + SLACK), np.floor(ends[:, 1] / step + SLACK)
        return cls(
            start=first * step - np.where(whole, 0.5, 0.0),
            step=step,
            cells=(last - first).astype(np.int64) + 1,
        )

    def counts(self, peers: Floats) -> NDArray[np.int64]:
        """How many peers lie in each cell: measure × cell."""
        width = int(self.cells.max())
        with np.errstate(invalid="ignore"):
            cell = np.floor((peers - self.start[:, None]) / self.step[:, None] + SLACK)
            inside = (cell >= 0) & (cell < self.cells[:, None])
        row = np.broadcast_to(np.arange(len(peers))[:, None], peers.shape)
        flat = row[inside] * width + cell[inside].astype(np.int64)
        return np.bincount(flat, minlength=len(peers) * width).reshape(len(peers), width)

    def bins(self, number: int, counts: NDArray[np.int64], fewest: int) -> tuple[Bin, ...]:
        """The cells of one measure joined until each has enough peers; none where all together have not."""
        joined = list(_joined(counts[: self.cells[number]].tolist(), fewest))
        start, step = float(self.start[number]), float(self.step[number])
        edge = [round(start + cell * step, 10) for cell in range(int(self.cells[number]) + 1)]
        return tuple(Bin(low=edge[first], high=edge[last], n=n) for first, last, n in joined)


def _round_up(rough: Floats) -> Floats:
    """The least round step that is not below the rough one."""
    power = 10.0 ** np.floor(np.log10(rough))
    steps = ROUND * power[:, None]
    enough = steps >= rough[:, None] * (1 - SLACK)
    return np.asarray(np.take_along_axis(steps, enough.argmax(axis=1)[:, None], axis=1)[:, 0])


def _joined(counts: Sequence[int], fewest: int) -> Iterator[tuple[int, int, int]]:
    """Runs of cells as (first cell, cell after the last, peers), each with at least `fewest` peers.

    What is left over at the end goes to the last run.
    """
    runs: list[tuple[int, int, int]] = []
    first = n = 0
    for cell, count in enumerate(counts):
        n += count
        if n >= fewest:
            runs.append((first, cell + 1, n))
            first, n = cell + 1, 0
    if runs and first < len(counts):
        start, _, there = runs.pop()
        runs.append((start, len(counts), there + n))
    yield from runs
