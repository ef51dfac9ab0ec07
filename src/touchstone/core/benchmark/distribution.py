"""Quantiles and positions, of many measures at once.

A block is a two-dimensional array with one row a measure and one column a peer; NaN is a missing
value and counts nowhere.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.model import Floats

Counts = NDArray[np.int64]

QUARTILES = (0.25, 0.5, 0.75)
TAILS = (0.05, 0.95)
# In the order in which a comparison keeps them: P5, P25, median, P75, P95.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def ascending(block: Floats) -> tuple[Floats, Counts]:
    """Each row sorted with its missing values last, and how many values each row has."""
    ordered = np.sort(block, axis=-1)
    return ordered, np.count_nonzero(~np.isnan(ordered), axis=-1)


def bracket(counts: Counts, share: float) -> tuple[Counts, Floats]:
    """Where the quantile of `share` (0 to 1) lies among `counts` sorted values.

    Gives the index of the value below and the weight (0 to 1) of the step to the next one: type 7
    of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996), which is QUARTILE.INC in
    spreadsheets and the default of numpy. Without values the index is 0 and the weight means nothing.
    """
    virtual = np.maximum((counts - 1) * share, 0.0)
    below = np.floor(virtual)
    return below.astype(np.int64), virtual - below


def between(low: Floats, high: Floats, weight: Floats) -> Floats:
    """The point at `weight` (0 to 1) on the way from `low` to `high`.

    Reckons from the nearer end, as numpy does, so that the result is the same to the last bit and
    never passes either end by rounding.
    """
    step = high - low
    return np.where(weight >= 0.5, high - step * (1 - weight), low + step * weight)


def quantiles(ordered: Floats, counts: Counts, shares: Sequence[float]) -> Floats:
    """The quantiles of each row of `ascending`: one row a share, one column a measure.

    A measure without any value has NaN.
    """
    found = np.full((len(shares), len(ordered)), np.nan)
    if ordered.shape[-1] == 0:
        return found
    rows = np.arange(len(ordered))
    for place, share in enumerate(shares):
        below, weight = bracket(counts, share)
        above = np.minimum(below + 1, np.maximum(counts - 1, 0))
        found[place] = between(ordered[rows, below], ordered[rows, above], weight)
    return found


def percentiles(block: Floats, own: Floats) -> Floats:
    """The mid-rank percentile (0 to 100) of each own value in its row of peers.

    `100 × (below + half of equal) / n`, with n the peers that have a value; NaN where the own value
    or every peer's is missing.
    """
    below = np.count_nonzero(block < own[:, None], axis=-1)
    equal = np.count_nonzero(block == own[:, None], axis=-1)
    counts = np.count_nonzero(~np.isnan(block), axis=-1)
    return np.where(np.isnan(own), np.nan, mid_rank(below, equal, counts))


def mid_rank(below: Counts, equal: Counts, counts: Counts) -> Floats:
    """`100 × (below + half of equal) / n`; NaN where n is zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share: Floats = 100.0 * (below + 0.5 * equal) / np.where(counts > 0, counts, np.nan)
    return share
