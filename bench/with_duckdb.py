"""DuckDB: all measures of a grouping in one query for the groups, one query a measure for the positions.

Positions by window functions over the rows take twice as long as windows over the different values, joined
back to the rows; so the latter are used.
"""

from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from bench.work import GROUPINGS, SHARES, WHOLE, Outcome, gold, measures

from touchstone.core.benchmark.model import Floats, Population

Figures = list[tuple[Any, ...]]  # group, then n and quantiles of each measure
Columns = dict[str, Any]  # row and position, as the library hands them out
Result = dict[str, tuple[Figures, list[Columns]]]


@dataclass(slots=True)
class DuckDB:
    threads: int
    name: str = "DuckDB"
    connection: Any = None
    measures: list[str] = field(default_factory=list)
    rows: int = 0

    def load(self, population: Population) -> None:
        self.measures = measures(population)
        self.rows = len(population)
        numbers = {id: pa.array(column, mask=np.isnan(column)) for id, column in population.values.items()}
        keys = {
            "row": pa.array(np.arange(len(population))),
            "portfolio": pa.array(population.portfolio.tolist()),
            "country": pa.array(population.country.tolist()),
            "is_gold": pa.array(gold(population)),
        }
        self.connection = duckdb.connect(config={"threads": self.threads})
        self.connection.register("given", pa.table(keys | numbers))
        self.connection.execute("create table assessment as select *, 'all' as \"all\" from given")
        self.connection.execute(
            "create view golden as select *, 'gold' as gold from assessment where is_gold"
        )

    def work(self) -> Result:
        return {
            grouping: (
                self._spreads(grouping),
                [self._placed(grouping, id) for id in self.measures],
            )
            for grouping in GROUPINGS
        }

    def _spreads(self, by: str) -> Figures:
        shares = ", ".join(map(str, SHARES))
        figures = ", ".join(f'count("{id}"), quantile_cont("{id}", [{shares}])' for id in self.measures)
        query = f'select "{by}", {figures} from {_source(by)} group by "{by}"'
        found: Figures = self.connection.execute(query).fetchall()
        return found

    def _placed(self, by: str, id: str) -> Columns:
        query = f"""
            with counted as (
                select "{by}" as here, "{id}" as value, count(*) as equal
                from {_source(by)} where "{id}" is not null group by all
            ), placed as (
                select here, value,
                    100 * (sum(equal) over upwards - 0.5 * equal) / sum(equal) over group_of as position
                from counted
                window group_of as (partition by here), upwards as (partition by here order by value)
            )
            select row, position from {_source(by)} join placed on "{by}" = here and "{id}" = value
        """
        found: Columns = self.connection.execute(query).fetchnumpy()
        return found

    def outcome(self, result: Result) -> Outcome:
        spreads: dict[str, dict[str, Floats]] = {}
        positions: dict[str, Floats] = {}
        for grouping in GROUPINGS:
            figures, placed = result[grouping]
            spreads[grouping] = {
                grouping if grouping in WHOLE else row[0]: _table(row[1:]) for row in figures
            }
            kept = np.full((len(self.measures), self.rows), np.nan)
            for place, columns in enumerate(placed):
                kept[place, columns["row"]] = columns["position"]
            positions[grouping] = kept
        return Outcome(spreads=spreads, positions=positions)


def _source(by: str) -> str:
    return "golden" if by == "gold" else "assessment"


def _table(figures: tuple[Any, ...]) -> Floats:
    pairs = zip(figures[::2], figures[1::2], strict=True)
    return np.array([[n, *(quantiles or [np.nan] * len(SHARES))] for n, quantiles in pairs], np.float64)
