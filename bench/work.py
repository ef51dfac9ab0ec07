"""The work that every contestant does, and what it hands back.

The table has a column for the portfolio, the country and the level of each assessment and one for each
numeric measure, in the form that the contestant likes best; making that form is not timed. Missing is
missing (null, or NaN where the library knows no null), never zero.

The work, over all measures, in each of four groupings (by portfolio, by country, the gold ones, all):

1. for each group: n, P5, P25, median, P75 and P95, by linear interpolation (type 7);
2. for each assessment in a group: the mid-rank percentile of its value among the group's,
   `100 × (below + half of equal) / n`, as a column in memory (plain, or encoded by a dictionary of the
   different positions).

Touchstone's own rules (leaving oneself out, disclosure control) are not part of it, because the others do
not know them; that work is timed apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.model import Floats, Population

GROUPINGS: Final = ("portfolio", "country", "gold", "all")
# These two are one group each.
WHOLE: Final = ("gold", "all")
SHARES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What comes of the work, in a form that can be held against another's.

    `spreads` maps grouping → group → measure × (n, P5, P25, median, P75, P95); `positions` maps
    grouping → measure × assessment, NaN outside the group and without a value.
    """

    spreads: Mapping[str, Mapping[str, Floats]]
    positions: Mapping[str, Floats]


class Contestant(Protocol):
    """A library. `work` is timed; `load` before it and `outcome` after it are not."""

    name: str

    def load(self, population: Population) -> None: ...

    def work(self) -> Any: ...  # whatever the library makes of it

    def outcome(self, result: Any) -> Outcome: ...


def disagreements(one: Outcome, other: Outcome) -> list[str]:
    """Where two outcomes differ by more than rounding."""
    found = []
    for grouping in GROUPINGS:
        if not _equal(one.positions[grouping], other.positions[grouping]):
            found.append(f"positions by {grouping}")
        mine, yours = one.spreads[grouping], other.spreads[grouping]
        if sorted(mine) != sorted(yours):
            found.append(f"groups by {grouping}")
        found += [f"{grouping} {group}" for group in mine if not _equal(mine[group], yours[group])]
    return found


def _equal(one: Floats, other: Floats) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-12, atol=1e-9, equal_nan=True)


def measures(population: Population) -> list[str]:
    return list(population.values)


def gold(population: Population) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = population.level == "gold"
    return found
