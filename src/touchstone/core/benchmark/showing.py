"""What may be shown of many sets of peers at once, and figures cut down to that."""

from collections.abc import Sequence
from math import isnan

import numpy as np

from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.disclosure import Flags, Levels, Sizes
from touchstone.core.benchmark.distribution import QUANTILES, ascending, percentiles, quantiles
from touchstone.core.benchmark.model import Figure, Floats
from touchstone.core.scheme.model import Disclosure


def admitted(
    counts: Sizes, apart: Sizes, *, may_show: Flags, priority: Sizes, setting: Disclosure | None
) -> Levels:
    """The level's code of each set after all protections; the arguments are those of `withheld`.

    A set with `may_show` false is shown by no means, and makes no other one go.
    """
    codes = np.where(may_show, disclosure.levels(counts, setting), np.uint8(disclosure.NONE))
    close = disclosure.withheld(
        counts, apart, may_show=codes > disclosure.NONE, priority=priority, setting=setting
    )
    return np.where(close, np.uint8(disclosure.NONE), codes)


def overlaps(one: Flags, other: Flags) -> Sizes:
    """How many members each set of `one` (set × member) has in common with each of `other`.

    The product is taken in float32, which counts exactly up to 2**24 members.
    """
    common: Sizes = (one.astype(np.float32) @ other.astype(np.float32).T).astype(np.int64)
    return common


def quantiles_and_position(block: Floats, own: Floats) -> Floats:
    """P5, P25, median, P75, P95 and the own percentile of each row of peers; NaN for none."""
    ordered, counts = ascending(block)
    return np.vstack((quantiles(ordered, counts, QUANTILES), percentiles(ordered, own)))


def figure(n: int, code: int, found: Sequence[float]) -> Figure:
    """A figure with what its level allows and nothing else, of P5, P25, median, P75, P95, percentile."""
    if code == disclosure.NONE:
        return Figure(n=n, shown="none")
    p5, p25, median, p75, p95, percentile = found
    quartiles, full = code >= disclosure.QUARTILES, code >= disclosure.FULL
    return Figure(
        n=n,
        shown=disclosure.LEVELS[code],
        median=median,
        p25=p25 if quartiles else None,
        p75=p75 if quartiles else None,
        p5=p5 if full else None,
        p95=p95 if full else None,
        percentile=None if isnan(percentile) else percentile,
    )
