"""The work that only Touchstone does: everyone against their own peers, in a process of its own.

Each organisation is left out of its own groups, and disclosure control decides for each organisation and
measure what may be shown.

usage: python -m bench.everyone SIZE RUNS     prints one JSON document
"""

import json
import os
import sys
from datetime import date

from bench.contest import population
from bench.measuring import peak_megabytes, timed

from touchstone.core.benchmark.everyone import compare_all
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.scheme.loading import load, shipped

ON = date(2026, 10, 1)  # the day after the last interview of the synthetic population


def main(size: int, runs: int) -> None:
    scheme = load(shipped())
    ready = prepare(population(size), scheme)
    before = peak_megabytes()
    times = timed(lambda: compare_all(ready, scheme=scheme, on=ON, workers=os.cpu_count() or 1), runs)
    organisations = len(compare_all(ready, scheme=scheme, on=ON, measures=[]).rows)
    document = {
        "seconds": times.seconds,
        "megabytes": peak_megabytes() - before,
        "organisations": organisations,
    }
    print(json.dumps(document))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
