"""Polars: one lazy query a grouping for the groups and one for the positions."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from bench.work import GROUPINGS, SHARES, WHOLE, Outcome, gold, measures

from touchstone.core.benchmark.model import Floats, Population

Frame = Any  # the library's types are not needed here


@dataclass(slots=True)
class Polars:
    name: str = "Polars"
    frame: Frame = None
    measures: list[str] = field(default_factory=list)

    def load(self, population: Population) -> None:
        self.measures = measures(population)
        keys = {
            "portfolio": pl.Series(population.portfolio.tolist(), dtype=pl.Categorical),
            "country": pl.Series(population.country.tolist(), dtype=pl.Categorical),
            "gold": gold(population),
            "all": np.zeros(len(population), np.uint8),
            "row": np.arange(len(population), dtype=np.uint32),
        }
        self.frame = pl.DataFrame({**keys, **population.values}).with_columns(
            pl.col(self.measures).fill_nan(None)
        )

    def work(self) -> dict[str, tuple[Frame, Frame]]:
        golden = self.frame.lazy().filter(pl.col("gold"))
        everybody = self.frame.lazy()
        return {
            "portfolio": self._grouped(everybody, "portfolio"),
            "country": self._grouped(everybody, "country"),
            "gold": self._whole(golden),
            "all": self._whole(everybody),
        }

    def _spreads(self, frame: Any, by: str) -> Any:
        columns = pl.col(self.measures)
        return frame.group_by(by).agg(
            columns.count().name.suffix("/n"),
            *(columns.quantile(share, "linear").name.suffix(f"/{share}") for share in SHARES),
        )

    def _placed(self) -> Any:
        columns = pl.col(self.measures)
        return (columns.rank("average") - 0.5) * 100 / columns.count()

    def _grouped(self, frame: Any, by: str) -> tuple[Frame, Frame]:
        placed = frame.select("row", self._placed().over(by))
        groups, positions = pl.collect_all([self._spreads(frame, by), placed])
        return groups, positions

    def _whole(self, frame: Any) -> tuple[Frame, Frame]:
        # Grouped by a constant, quantiles come several times as fast as those of whole columns.
        placed = frame.select("row", self._placed())
        groups, positions = pl.collect_all([self._spreads(frame, "all"), placed])
        return groups, positions

    def outcome(self, result: dict[str, tuple[Frame, Frame]]) -> Outcome:
        spreads: dict[str, dict[str, Floats]] = {}
        positions: dict[str, Floats] = {}
        for grouping in GROUPINGS:
            groups, placed = result[grouping]
            kept = np.full((len(self.measures), len(self.frame)), np.nan)
            kept[:, placed["row"].to_numpy()] = placed.select(self.measures).to_numpy().T
            positions[grouping] = kept
            spreads[grouping] = {
                grouping if grouping in WHOLE else row[grouping]: self._figures(row)
                for row in groups.iter_rows(named=True)
            }
        return Outcome(spreads=spreads, positions=positions)

    def _figures(self, row: dict[str, Any]) -> Floats:
        names = ("n", *SHARES)
        return np.array([[row[f"{id}/{name}"] for name in names] for id in self.measures], np.float64)
