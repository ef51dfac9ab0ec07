"""One contestant in a process of its own, so that libraries share neither memory nor threads.

usage: python -m bench.contest NAME SIZE RUNS     prints one JSON document
"""

import json
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Final

import numpy as np
from bench.measuring import forget_peak, peak_megabytes, timed
from bench.work import GROUPINGS, Contestant, Outcome

from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.synthetic import make_population
from touchstone.core.scheme.loading import load, shipped

SEED: Final = 1


def _touchstone() -> Contestant:
    from bench.with_touchstone import Touchstone

    return Touchstone(os.cpu_count() or 1)


def _polars() -> Contestant:
    from bench.with_polars import Polars

    return Polars()


def _duckdb() -> Contestant:
    from bench.with_duckdb import DuckDB

    return DuckDB(os.cpu_count() or 1)


def _pandas() -> Contestant:
    from bench.with_pandas import Pandas

    return Pandas()


# A library is imported only in the process that uses it. Ours comes first: the ratios refer to it.
CONTESTANTS: Final[dict[str, Callable[[], Contestant]]] = {
    "touchstone": _touchstone,
    "polars": _polars,
    "duckdb": _duckdb,
    "pandas": _pandas,
}


def population(size: int) -> Population:
    return make_population(load(shipped()), size=size, seed=SEED)


def main(name: str, size: int, runs: int) -> None:
    contestant = CONTESTANTS[name]()
    contestant.load(population(size))
    forget_peak()
    times = timed(contestant.work, runs)
    peak = peak_megabytes()
    print(
        json.dumps(
            {
                "name": f"{contestant.name} {version(name)}",
                "seconds": times.seconds,
                "megabytes": peak,
                "sums": _sums(contestant.outcome(contestant.work())),
            }
        )
    )


def _sums(outcome: Outcome) -> list[float]:
    """Few numbers that two outcomes agree in only if all is the same work."""
    positions = [float(np.nansum(outcome.positions[grouping])) for grouping in GROUPINGS]
    spreads = [
        sum(float(np.nansum(figures)) for figures in outcome.spreads[grouping].values())
        for grouping in GROUPINGS
    ]
    return positions + spreads


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
