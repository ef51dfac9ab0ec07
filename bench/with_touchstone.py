"""Touchstone: values ranked in bins, measures shared by two threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from bench.work import GROUPINGS, SHARES, Outcome, gold

from touchstone.core.benchmark.model import Floats, Population
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.ranked import Grouping, Places, bins, ladder, places, spread
from touchstone.core.scheme.loading import load, shipped

Line = tuple[list[Floats], list[Places]]  # of one measure, by grouping: figures of each group, positions


@dataclass(slots=True)
class Touchstone:
    workers: int
    name: str = "Touchstone"
    matrix: Floats = field(default_factory=lambda: np.empty((0, 0)))
    groupings: tuple[Grouping, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()

    def load(self, population: Population) -> None:
        self.matrix = prepare(population, load(shipped())).matrix
        portfolios, portfolio = np.unique(population.portfolio, return_inverse=True)
        countries, country = np.unique(population.country, return_inverse=True)
        one = np.zeros(len(population), np.intp)
        self.groupings = (
            Grouping(group=portfolio, groups=len(portfolios)),
            Grouping(group=country, groups=len(countries)),
            Grouping(group=one, groups=1, inside=np.flatnonzero(gold(population))),
            Grouping(group=one, groups=1),
        )
        self.groups = (tuple(portfolios.tolist()), tuple(countries.tolist()), ("gold",), ("all",))

    def work(self) -> list[Line]:
        with ThreadPoolExecutor(self.workers) as pool:
            return list(pool.map(self._line, self.matrix))

    def _line(self, values: Floats) -> Line:
        rungs = ladder(values)
        figures, placed = [], []
        for grouping in self.groupings:
            binned = bins(rungs, grouping)
            quantiles = spread(binned, SHARES, leaving_out=False).table[:, -1]
            figures.append(np.vstack((binned.n.astype(np.float64), quantiles)))
            placed.append(places(binned, leaving_out=False, rows=grouping.inside))
        return figures, placed

    def outcome(self, result: list[Line]) -> Outcome:
        spreads, placed = {}, {}
        for place, grouping in enumerate(GROUPINGS):
            figures = np.array([line[0][place] for line in result])
            spreads[grouping] = {
                group: figures[:, :, number] for number, group in enumerate(self.groups[place])
            }
            inside = self.groupings[place].inside
            placed[grouping] = np.full(self.matrix.shape, np.nan)
            placed[grouping][:, slice(None) if inside is None else inside] = [
                line[1][place].unfold() for line in result
            ]
        return Outcome(spreads=spreads, positions=placed)
