"""A bare sort of the same columns, as a measure of what any reckoning with positions costs at least.

`sort` puts the values of each column in order and forgets whose they were. `argsort` keeps whose they
were, which a position needs. Both by numpy, the columns shared by as many threads as Touchstone has.

usage: python -m bench.sorting SIZE RUNS     prints one JSON document
"""

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from bench.contest import population
from bench.measuring import timed

from touchstone.core.benchmark.model import Floats
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.scheme.loading import load, shipped

SORTS: dict[str, Callable[[Floats], Any]] = {
    "sort": np.sort,
    "argsort": partial(np.argsort, kind="stable"),
}


def main(size: int, runs: int) -> None:
    matrix = prepare(population(size), load(shipped())).matrix
    print(
        json.dumps({name: timed(partial(_all, sort, matrix), runs).seconds for name, sort in SORTS.items()})
    )


def _all(sort: Callable[[Floats], Any], matrix: Floats) -> None:
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for _ in pool.map(sort, matrix):
            pass


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
