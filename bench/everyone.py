"""The work that only Touchstone does: everyone against their own peers, in a process of its own.

Each organisation is left out of its own groups, and disclosure control decides for each organisation and
measure what may be shown. Each assessment of the population counts as an organisation of its own, of today.

usage: python -m bench.everyone SIZE RUNS     prints one JSON document
"""

import json
import os
import sys
from dataclasses import replace
from datetime import date

import numpy as np
from bench.contest import population
from bench.measuring import forget_peak, peak_megabytes, timed

from touchstone.core.benchmark.everyone import compare_all
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.scheme.loading import load, shipped

ON = date(2026, 10, 1)  # the day after the last interview of the synthetic population


def main(size: int, runs: int) -> None:
    scheme = load(shipped())
    ready = prepare(apart(population(size)), scheme)
    ready.by_organisation  # noqa: B018  (reckoned once, before anything is timed)
    forget_peak()
    times = timed(lambda: compare_all(ready, scheme=scheme, on=ON, workers=os.cpu_count() or 1), runs)
    document = {
        "seconds": times.seconds,
        "megabytes": peak_megabytes(),
        "data": data_megabytes(ready),
        "organisations": len(compare_all(ready, scheme=scheme, on=ON, measures=[]).rows),
    }
    print(json.dumps(document))


def apart(rows: Population) -> Population:
    """Every row an organisation of its own, so that all of them are compared; texts are not needed."""
    return replace(
        rows,
        organisation=np.arange(len(rows)).astype(np.str_),
        interviewed_on=np.full(len(rows), np.datetime64(ON)),
        words={},
    )


def data_megabytes(ready: Prepared) -> float:
    """The size of the values: eight bytes for each measure of each assessment."""
    return ready.matrix.nbytes / 2**20


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
