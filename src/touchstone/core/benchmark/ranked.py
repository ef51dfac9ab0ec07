"""Values of one measure ranked inside disjoint groups, all groups at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.distribution import Counts, between, bracket, mid_rank
from touchstone.core.benchmark.model import Floats, Indices

Flags = NDArray[np.bool_]
GroupNumbers = NDArray[np.uint16] | Indices

# Which of a group's sorted values is left out, seen from a quantile that lies between two of them: one
# up to the lower of the two, the upper one, one further up, or none at all.
LOWER, UPPER, FURTHER, NOTHING = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Disjoint groups of a population.

    `group` numbers the group of each row from 0. `member` says which rows are the groups' members and
    `inside` which rows are of interest at all (None: all of them); a row inside that is no member is
    compared with the members without being one.
    """

    group: GroupNumbers
    groups: int
    member: Flags | None = None
    inside: Flags | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The rows with a value, ordered by group and then by value."""

    rows: Indices
    group: GroupNumbers
    runs: Indices  # where each run of equal values in one group begins, and the end of the last
    before: Counts  # how many members stand before each place, and all of them
    values: Floats  # of the members only
    n: Counts  # members with a value, of each group
    first: Counts  # members in the groups before each group

    @property
    def itself(self) -> Counts:
        """1 for each row that is a member, else 0."""
        return np.diff(self.before)


def numbered(codes: Indices, groups: int) -> GroupNumbers:
    """Group numbers in the form that sorts fastest: numpy has a radix sort for 16 bits."""
    return codes.astype(np.uint16) if groups < 2**16 else codes


def ascending_rows(values: Floats) -> Indices:
    """The rows that have a value, from the smallest value to the largest."""
    return np.argsort(values)[: np.count_nonzero(~np.isnan(values))]


def rank(values: Floats, ordered: Indices, grouping: Grouping) -> Ranked:
    """Rank the values of one measure inside each group; `ordered` is their `ascending_rows`."""
    rows = ordered if grouping.inside is None else ordered[grouping.inside[ordered]]
    group = grouping.group[rows]
    if grouping.groups > 1:
        by_group = np.argsort(group, kind="stable")
        rows, group = rows[by_group], group[by_group]
    sorted_values = values[rows]
    fresh = np.ones(len(rows) + 1, np.bool_)
    fresh[1:-1] = (sorted_values[1:] != sorted_values[:-1]) | (group[1:] != group[:-1])
    member = None if grouping.member is None else grouping.member[rows]
    before = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(np.ones(len(rows), np.int64) if member is None else member, out=before[1:])
    n = np.bincount(group if member is None else group[member], minlength=grouping.groups)
    return Ranked(
        rows=rows,
        group=group,
        runs=np.flatnonzero(fresh),
        before=before,
        values=sorted_values if member is None else sorted_values[member],
        n=n,
        first=np.cumsum(n) - n,
    )


def positions(ranked: Ranked, *, leaving_out: bool) -> Floats:
    """The mid-rank percentile (0 to 100) of each ranked row among its group's members.

    With `leaving_out` a member is not its own peer.
    """
    start, end = ranked.runs[:-1], ranked.runs[1:]
    group = ranked.group[start]
    below = ranked.before[start] - ranked.first[group]
    equal = ranked.before[end] - ranked.before[start]
    n = ranked.n[group]
    among = np.repeat(mid_rank(below, equal, n), end - start)
    if not leaving_out:
        return among
    apart = np.repeat(mid_rank(below, equal - 1, n - 1), end - start)
    return np.where(ranked.itself == 1, apart, among)


def spread(ranked: Ranked, share: float) -> Floats:
    """The quantile of `share` (0 to 1) of each group: one row for each way to leave a value out.

    The rows are LOWER, UPPER, FURTHER and NOTHING, the columns the groups; NaN where no value is left.
    """
    low, weight = bracket(ranked.n - 1, share)
    high = np.minimum(low + 1, np.maximum(ranked.n - 2, 0))
    whole_low, whole_weight = bracket(ranked.n, share)
    whole_high = np.minimum(whole_low + 1, ranked.n - 1)
    lows = np.stack([low + 1, low, low, whole_low])
    highs = np.stack([high + 1, high + (high > low), high, whole_high])
    weights = np.stack([weight, weight, weight, whole_weight])
    left = np.stack([ranked.n - 1] * 3 + [ranked.n])
    if not len(ranked.values):
        return np.full(left.shape, np.nan)
    last = len(ranked.values) - 1
    below, above = (ranked.values[np.clip(ranked.first + index, 0, last)] for index in (lows, highs))
    return np.where(left > 0, between(below, above, weights), np.nan)


def left_out(ranked: Ranked, share: float) -> NDArray[np.intp]:
    """Which row of `spread` holds the quantile that each ranked row is compared with."""
    place = ranked.before[:-1] - ranked.first[ranked.group]
    low = bracket(ranked.n - 1, share)[0][ranked.group]
    code = (place > low).astype(np.intp) + (place > low + 1)
    return np.where(ranked.itself == 1, code, NOTHING)
