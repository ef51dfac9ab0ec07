"""pandas: all measures of a grouping in one call of each method."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from bench.work import GROUPINGS, SHARES, WHOLE, Outcome, gold, measures

from touchstone.core.benchmark.model import Floats, Population

Frame = Any  # the library has no types of its own


@dataclass(slots=True)
class Pandas:
    name: str = "pandas"
    frame: Frame = None
    measures: list[str] = field(default_factory=list)

    def load(self, population: Population) -> None:
        self.measures = measures(population)
        self.frame = pd.DataFrame(population.values, columns=self.measures)
        self.frame["portfolio"] = pd.Categorical(population.portfolio)
        self.frame["country"] = pd.Categorical(population.country)
        self.frame["gold"] = gold(population)

    def work(self) -> dict[str, tuple[Frame, Frame, Frame]]:
        numbers = self.frame[self.measures]
        golden = numbers[self.frame["gold"]]
        return {
            "portfolio": self._grouped("portfolio"),
            "country": self._grouped("country"),
            "gold": self._whole(golden),
            "all": self._whole(numbers),
        }

    def _grouped(self, by: str) -> tuple[Frame, Frame, Frame]:
        groups = self.frame.groupby(by, observed=True, sort=False)[self.measures]
        n = groups.count()
        of_row = n.to_numpy()[groups.ngroup().to_numpy()]
        return n, groups.quantile(list(SHARES)), (groups.rank(method="average") - 0.5) * 100 / of_row

    def _whole(self, numbers: Frame) -> tuple[Frame, Frame, Frame]:
        n = numbers.count()
        return n, numbers.quantile(list(SHARES)), (numbers.rank(method="average") - 0.5) * 100 / n

    def outcome(self, result: dict[str, tuple[Frame, Frame, Frame]]) -> Outcome:
        spreads: dict[str, dict[str, Floats]] = {}
        positions: dict[str, Floats] = {}
        for grouping in GROUPINGS:
            n, quantiles, placed = result[grouping]
            positions[grouping] = placed.reindex(self.frame.index).to_numpy().T
            if grouping in WHOLE:
                spreads[grouping] = {grouping: np.vstack((n, quantiles)).T}
            else:
                spreads[grouping] = {
                    group: np.vstack((n.loc[group], quantiles.loc[group])).T for group in n.index
                }
        return Outcome(spreads=spreads, positions=positions)
