"""Values of one measure ranked inside disjoint groups, all groups at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.distribution import Counts, between, bracket, mid_rank
from touchstone.core.benchmark.model import Floats, Indices

Flags = NDArray[np.bool_]
GroupNumbers = NDArray[np.uint16] | Indices


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Quantiles of each group, with none and with any one of its values left out.

    A quantile rests on two neighbouring values. Which value is left out matters only in so far as it
    lies below both, is one of them or lies above, so a group's sorted values fall into pieces, and
    within a piece it does not matter which value goes. `table` has axes quantile × piece × group; its
    last piece leaves nothing out. `sizes` counts the values of each piece × group, that one excepted.
    """

    table: Floats
    sizes: Counts

    @property
    def whole(self) -> int:
        """The number of the piece that leaves nothing out."""
        return len(self.sizes)

    def pieces(self) -> NDArray[np.uint8]:
        """The piece of each member in the order of a `Ranked`."""
        numbers = np.arange(self.whole, dtype=np.uint8)
        return np.repeat(np.tile(numbers, self.sizes.shape[1]), self.sizes.T.ravel())


def spread(ranked: Ranked, shares: Sequence[float]) -> Spread:
    """Find the quantiles of `shares` (each 0 to 1) of each group; NaN where no value is left."""
    fewer = np.array([bracket(ranked.n - 1, share)[0] for share in shares])
    edges = np.sort(np.concatenate([np.zeros_like(fewer[:1]), fewer + 1, fewer + 2]), axis=0)
    begins = np.minimum(edges, ranked.n)
    table = [_leaving_out(ranked, share, begins) for share in shares]
    return Spread(table=np.array(table), sizes=np.diff(begins, axis=0, append=ranked.n[None]))


def _leaving_out(ranked: Ranked, share: float, places: Counts) -> Floats:
    """One quantile by piece × group, with the value at each of `places` left out and, last, with none."""
    none = np.broadcast_to(ranked.n, (1, len(ranked.n)))
    gone = np.concatenate([places, none])
    left = np.concatenate([np.broadcast_to(ranked.n - 1, places.shape), none])
    if not len(ranked.values):
        return np.full(gone.shape, np.nan)
    low, weight = bracket(left, share)
    high = np.minimum(low + 1, np.maximum(left - 1, 0))
    last = len(ranked.values) - 1
    below, above = (
        ranked.values[np.minimum(ranked.first + index + (index >= gone), last)] for index in (low, high)
    )
    return np.where(left > 0, between(below, above, weight), np.nan)
