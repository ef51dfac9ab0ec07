"""Values of one measure ranked inside disjoint groups, all groups at once.

Rows that share a group and a value share everything that is reckoned here. So rows are first put into
bins, one for each value in each group, and what follows is done once a bin. Most measures have few
different values, and need no sorting at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.distribution import Counts, between, bracket, mid_rank
from touchstone.core.benchmark.model import Floats, Indices

Flags = NDArray[np.bool_]
Codes = NDArray[np.unsignedinteger]

# Values with two decimals at most lie on a grid of hundredths; so many steps are counted, not sorted.
HUNDREDTHS = 100
LONGEST_GRID = 2**17
# As many bins may be empty before sorting is better than counting.
FEWEST_BINS = 2**12
# Finding a value by search costs as much as writing out so many.
SEARCH_COSTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Disjoint groups of a population.

    `group` numbers the group of each row from 0. `inside` lists the rows that are of interest, `member`
    says which of them are the groups' members (None: all of them); a row inside that is no member is
    compared with the members without being one.
    """

    group: Indices
    groups: int
    member: Flags | None = None
    inside: Indices | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The different values of a measure, ascending, and the rung of each row: `len(values)` if missing."""

    values: Floats
    rung: Indices
    ordered: Indices | None = None  # the rows in the order of values, where sorting has found the rungs

    def rows(self) -> Indices:
        """The rows that have a value, from the smallest value to the largest."""
        if self.ordered is not None:
            return self.ordered
        order = np.argsort(_narrow(self.rung, len(self.values) + 1), kind="stable")
        return order[: np.count_nonzero(self.rung < len(self.values))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """Rows that share a group and a value, in the order of groups and values.

    `of` is the bin of each row; the last bin is for rows outside. `value` is NaN where rows have none.
    """

    of: Indices
    group: Indices
    value: Floats
    members: Counts
    n: Counts  # members with a value, of each group
    grouping: Grouping

    @property
    def narrowest(self) -> np.dtype[Any]:
        """The type that just holds the numbers of the bins."""
        return np.min_scalar_type(max(len(self.value) - 1, 0))

    @property
    def before(self) -> Counts:
        """Members in the bins before each bin."""
        return np.cumsum(self.members) - self.members

    @property
    def first(self) -> Counts:
        """Members in the groups before each group."""
        return np.cumsum(self.n) - self.n


def ladder(values: Floats) -> Ladder:
    """Find the different values of a measure."""
    return _counted(values) or _sorted(values)


def _counted(values: Floats) -> Ladder | None:
    """The ladder of values that lie on a short grid of hundredths; None for others."""
    with np.errstate(over="ignore"):
        steps = np.rint(values * HUNDREDTHS)
    low, high = (end.reduce(steps, initial=np.nan) for end in (np.fmin, np.fmax))
    missing = np.isnan(values)
    on_grid = np.count_nonzero(steps / HUNDREDTHS == values) == len(values) - np.count_nonzero(missing)
    if not (high - low < LONGEST_GRID and on_grid):
        return None
    length = int(high - low) + 1
    steps -= low
    steps[missing] = length
    step = steps.astype(np.intp)
    taken = np.bincount(step, minlength=length + 1)[:length] > 0
    rung = np.append(np.cumsum(taken) - 1, np.count_nonzero(taken))
    return Ladder(values=(np.flatnonzero(taken) + low) / HUNDREDTHS, rung=rung.take(step))


def _sorted(values: Floats) -> Ladder:
    ordered = np.argsort(values)[: np.count_nonzero(~np.isnan(values))]
    found = values[ordered]
    fresh = np.ones(len(found), np.bool_)
    fresh[1:] = found[1:] != found[:-1]
    different = found[fresh]
    rung = np.full(len(values), len(different))
    rung[ordered] = np.cumsum(fresh) - 1
    return Ladder(values=different, rung=rung, ordered=ordered)


def bins(rungs: Ladder, grouping: Grouping) -> Bins:
    """Put rows into bins."""
    possible = grouping.groups * (len(rungs.values) + 1)
    return (_by_counting if possible <= max(len(rungs.rung), FEWEST_BINS) else _by_sorting)(rungs, grouping)


def _by_counting(rungs: Ladder, grouping: Grouping) -> Bins:
    """A bin for every value in every group, needed or not, and one for the missing in each group."""
    height = len(rungs.values) + 1
    if grouping.inside is None:
        counted = of = grouping.group * height + rungs.rung
    else:
        inside = grouping.inside
        counted = grouping.group[inside] * height + rungs.rung[inside]
        of = np.full(len(rungs.rung), grouping.groups * height)
        of[inside] = counted
    if grouping.member is not None:
        counted = of[grouping.member]
    counts = np.bincount(counted, minlength=grouping.groups * height + 1)
    table = counts[:-1].reshape(grouping.groups, height)
    table[:, -1] = 0
    counts[-1] = 0
    return Bins(
        of=of,
        group=np.append(np.repeat(np.arange(grouping.groups), height), 0),
        value=np.append(np.tile(np.append(rungs.values, np.nan), grouping.groups), np.nan),
        members=counts,
        n=table.sum(axis=1),
        grouping=grouping,
    )


def _by_sorting(rungs: Ladder, grouping: Grouping) -> Bins:
    """A bin for every value that a group has, and one for all other rows."""
    rows = rungs.rows()
    if grouping.inside is not None:
        inside = np.zeros(len(rungs.rung), np.bool_)
        inside[grouping.inside] = True
        rows = rows[inside[rows]]
    group = grouping.group[rows]
    if grouping.groups > 1:
        by_group = np.argsort(_narrow(group, grouping.groups), kind="stable")
        rows, group = rows[by_group], group[by_group]
    rung = rungs.rung[rows]
    fresh = np.ones(len(rows), np.bool_)
    fresh[1:] = (rung[1:] != rung[:-1]) | (group[1:] != group[:-1])
    starts = np.flatnonzero(fresh)
    of = np.full(len(rungs.rung), len(starts))
    of[rows] = np.cumsum(fresh) - 1
    counted = of if grouping.member is None else of[grouping.member]
    members = np.bincount(counted, minlength=len(starts) + 1)
    members[-1] = 0
    mine = group if grouping.member is None else group[grouping.member[rows]]
    return Bins(
        of=of,
        group=np.append(group[starts], 0),
        value=np.append(rungs.values[rung[starts]], np.nan),
        members=members,
        n=np.bincount(mine, minlength=grouping.groups),
        grouping=grouping,
    )


def _narrow(codes: Indices, limit: int) -> NDArray[np.uint16] | Indices:
    """Numbers below a limit in the form that sorts fastest: numpy has a radix sort for 16 bits."""
    return codes.astype(np.uint16) if limit <= 2**16 else codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The position of each row among its group's members, kept by bin: rows of one bin share it.

    `of` is each row's bin in the narrowest form that holds it, so that the places of a population take
    less room than its values. `among` is the mid-rank percentile by bin, `apart` that of a member that
    is not its own peer; `member` says which rows are members (None: all).
    """

    of: Codes
    among: Floats
    apart: Floats
    member: Flags | None = None

    def unfold(self) -> Floats:
        """The mid-rank percentile (0 to 100) of each row; NaN without a value."""
        apart = self.apart.take(self.of)
        return apart if self.member is None else np.where(self.member, apart, self.among.take(self.of))

    def told(self, by_bin: NDArray[np.uint8], *, otherwise: int) -> NDArray[np.uint8]:
        """What a table tells of the bin of each row; `otherwise` for a row that is no member."""
        found = by_bin.take(self.of)
        return found if self.member is None else np.where(self.member, found, np.uint8(otherwise))


def places(binned: Bins, *, leaving_out: bool, rows: Indices | None = None) -> Places:
    """Place each row among its group's members.

    With `leaving_out` a member is not its own peer. Of `rows` alone where they are given.
    """
    below = binned.before - binned.first[binned.group]
    n = binned.n[binned.group]
    valued = np.where(np.isnan(binned.value), np.nan, 1.0)
    among = mid_rank(below, binned.members, n) * valued
    of = (binned.of if rows is None else binned.of[rows]).astype(binned.narrowest)
    if not leaving_out:
        return Places(of=of, among=among, apart=among)
    member = binned.grouping.member
    return Places(
        of=of,
        among=among,
        apart=mid_rank(below, binned.members - 1, n - 1) * valued,
        member=member if member is None or rows is None else member[rows],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Quantiles of each group, with none and with any one of its members left out.

    A quantile rests on two neighbouring values. Which member is left out matters only in so far as its
    value lies below both, is one of them or lies above; so a group's sorted values fall into pieces, and
    inside a piece it does not matter which one goes. `table` has axes quantile × piece × group; its last
    piece leaves nothing out.
    """

    table: Floats
    begins: Counts  # where the pieces begin in a group's sorted values: piece × group, the last excepted

    @property
    def whole(self) -> int:
        """The number of the piece that leaves nothing out."""
        return len(self.begins)

    def pieces(self, binned: Bins) -> NDArray[np.uint8]:
        """The piece of each bin: that of its value, else `whole`. A row that is no member is in `whole`."""
        sizes = np.diff(self.begins, axis=0, append=binned.n[None])
        numbers = np.arange(self.whole, dtype=np.uint8)
        by_place = np.repeat(np.tile(numbers, len(binned.n)), sizes.T.ravel())
        by_bin = np.append(by_place, np.uint8(self.whole))[np.minimum(binned.before, len(by_place))]
        by_bin[np.isnan(binned.value)] = self.whole
        return by_bin


def spread(binned: Bins, shares: Sequence[float], *, leaving_out: bool) -> Spread:
    """Find the quantiles of `shares` (each 0 to 1) of each group; NaN where no value is left.

    Without `leaving_out` there is only the piece that leaves nothing out.
    """
    n = binned.n
    begins = np.zeros((0, len(n)), np.int64)
    if leaving_out:
        fewer = np.array([bracket(n - 1, share)[0] for share in shares])
        edges = np.concatenate([np.zeros_like(fewer[:1]), fewer + 1, fewer + 2])
        begins = np.minimum(np.sort(edges, axis=0), n)
    gone = np.concatenate([begins, n[None]])
    left = np.concatenate([np.broadcast_to(n - 1, begins.shape), n[None]])
    brackets = [bracket(left, share) for share in shares]
    low = np.array([below for below, _ in brackets])
    high = np.minimum(low + 1, np.maximum(left - 1, 0))
    ends = np.stack([low, high])
    below, above = _values_at(binned, binned.first + ends + (ends >= gone))
    table = between(below, above, np.array([weight for _, weight in brackets]))
    return Spread(table=np.where(left > 0, table, np.nan), begins=begins)


def _values_at(binned: Bins, places: Counts) -> Floats:
    """The values at places among the members of all groups, in their order; any value beyond the last."""
    total = int(binned.n.sum())
    if not total:
        return np.full(places.shape, np.nan)
    places = np.minimum(places, total - 1)
    if places.size > total // SEARCH_COSTS:
        return np.repeat(binned.value, binned.members)[places]
    return binned.value[np.searchsorted(np.cumsum(binned.members), places, side="right")]
