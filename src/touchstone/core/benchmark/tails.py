"""Tails (P5 and P95) that would tell about single peers. They are held back; quartiles stay.

A quantile is a point between two neighbouring values. Up to 20 values the neighbours of P95 are the
greatest and the second greatest, so that P95 rests on the greatest; from 21 on it has no weight there, and
the rest of this module has nothing to do.
"""

import numpy as np

from touchstone.core.benchmark.disclosure import FULL, QUARTILES, Flags, Levels, Sizes, readable
from touchstone.core.benchmark.distribution import QUARTILES as QUARTER_SHARES
from touchstone.core.benchmark.distribution import TAILS, bracket
from touchstone.core.benchmark.model import Floats
from touchstone.core.benchmark.ranked import Bins
from touchstone.core.scheme.model import Disclosure

# One more than the most values whose tails rest on the least and the greatest of them.
ENOUGH = 21


def rests(counts: Sizes) -> Flags:
    """Whether P5 and P95 of so many values rest on the least and the greatest of them."""
    below, _ = bracket(counts, TAILS[0])
    found: Flags = (counts > 0) & (below == 0)
    return found


def without_tails(codes: Levels, ordered: Floats, counts: Sizes, setting: Disclosure | None) -> Levels:
    """The codes of some cases, those with revealing tails lowered to quartiles; see `revealing`."""
    sizes = readable(setting)
    at = np.flatnonzero((codes == FULL) & rests(counts))
    if sizes is None or not len(at):
        return codes
    lowered = codes.copy()
    lowered[at[revealing(ordered[at], counts[at], sizes)]] = QUARTILES
    return lowered


def revealing(ordered: Floats, counts: Sizes, setting: Disclosure) -> Flags:
    """Whose tails would tell about single peers.

    `ordered` has one row a case: its values ascending, as many as `counts` says, then NaN. Tails that
    rest on the least and the greatest value are revealing

    -   where that value holds more than `setting.dominance` per cent of the sum of all amounts: whoever
        knows the runner-up then knows the one who stands out;
    -   where the quartiles coincide: were the tails the same again, everybody's value would be known.
        That the quartiles coincide is seen without the tails, so holding these back says nothing more.
    """
    found = rests(counts)
    at = np.flatnonzero(found)
    if len(at):
        few, n = ordered[at, : ENOUGH - 1], counts[at]
        found[at] = _dominated(few, n, setting.dominance) | _coinciding(few, n)
    return found


def revealing_members(binned: Bins, setting: Disclosure) -> Flags | None:
    """Whether, with a row itself left out, the tails of its group's values would be revealing.

    A row that is no member, or has no value, leaves nobody out. None where this concerns no group.
    """
    groups = np.flatnonzero((binned.n >= setting.full_from) & (binned.n <= ENOUGH))
    if not len(groups):
        return None
    table = np.zeros((len(binned.n), ENOUGH + 1), np.bool_)
    table[groups] = _leaving_out(_ascending(binned, groups), binned.n[groups], setting)
    place = np.minimum(binned.before - binned.first[binned.group], ENOUGH)
    place[np.isnan(binned.value)] = ENOUGH
    group, member = binned.grouping.group, binned.grouping.member
    own = place.take(binned.of)
    found: Flags = table[group, own if member is None else np.where(member, own, ENOUGH)]
    return found


def _ascending(binned: Bins, groups: Sizes) -> Floats:
    """The values of the members of some small groups: group × place, NaN beyond the last."""
    at = np.flatnonzero(np.isin(binned.group, groups) & (binned.members > 0))
    values = np.repeat(binned.value[at], binned.members[at])
    ordered = np.full((len(groups), ENOUGH), np.nan)
    ordered[np.arange(ENOUGH) < binned.n[groups, None]] = values
    return ordered


def _leaving_out(ordered: Floats, counts: Sizes, setting: Disclosure) -> Flags:
    """Whether tails are revealing without the value at each place, and (last) with all: group × place."""
    places = np.arange(ENOUGH)
    kept = np.where(places[:-1] < places[:, None], places[:-1], places[1:])
    without = ordered[:, kept].reshape(-1, ENOUGH - 1)
    fewer = np.repeat(counts - 1, ENOUGH)
    found: Flags = np.column_stack(
        [revealing(without, fewer, setting).reshape(-1, ENOUGH), revealing(ordered, counts, setting)]
    )
    return found


def _dominated(ordered: Floats, counts: Sizes, dominance: float) -> Flags:
    """Whether the least or the greatest value holds more than that share of the sum of amounts."""
    amounts = np.abs(np.where(np.isnan(ordered), 0.0, ordered))
    _, exponent = np.frexp(amounts.max(axis=-1))
    # Powers of two change no digit, and keep the sum of very large amounts finite.
    amounts = np.ldexp(amounts, -exponent[:, None])
    total = np.cumsum(amounts, axis=-1)[:, -1]
    cases = np.arange(len(counts))
    greatest = np.maximum(amounts[:, 0], amounts[cases, counts - 1])
    found: Flags = greatest * 100 > dominance * total
    return found


def _coinciding(ordered: Floats, counts: Sizes) -> Flags:
    """Whether P25 and P75 are the same, hence all values between them."""
    cases = np.arange(len(counts))
    first, _ = bracket(counts, QUARTER_SHARES[0])
    last, beyond = bracket(counts, QUARTER_SHARES[-1])
    found: Flags = ordered[cases, first] == ordered[cases, last + (beyond > 0)]
    return found
