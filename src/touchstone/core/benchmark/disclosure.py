"""Disclosure control: how much of a group may be shown. Fails closed.

The sizes are the scheme's, the mechanism is this module's. A setting that is missing or makes no
sense is read as the strictest one, which shows nothing. Who attacks, what is protected and what is
not stands in the manual: `explanation/disclosure-control.md`.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.model import Shown
from touchstone.core.scheme.model import Disclosure

Levels = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Sizes = NDArray[np.int64]

# The code of a level is its place here.
LEVELS: Final[tuple[Shown, ...]] = ("none", "median", "quartiles", "full")
NONE, MEDIAN, QUARTILES, FULL = range(4)
# Fewer peers than this tell about one another whatever is shown.
FEWEST_PEERS: Final = 3


def readable(setting: Disclosure | None) -> Disclosure | None:
    """The setting where every size is a whole number and they make sense together, else None.

    A median of one or two peers gives their values away to each other, a difference below one means
    nothing, each further level needs at least the peers of the one before, and dominance is a share
    above 0, 100 per cent at most.
    """
    if setting is None:
        return None
    sizes = (setting.median_from, setting.quartiles_from, setting.full_from)
    whole = all(type(size) is int for size in (*sizes, setting.difference, setting.oldest_years))
    if not whole or sizes[0] < FEWEST_PEERS or list(sizes) != sorted(sizes):
        return None
    if setting.difference < 1 or setting.oldest_years < 0:
        return None
    return setting if _is_share(setting.dominance) else None


def _is_share(number: object) -> bool:
    """Whether it is a number of per cent above 0, 100 at most."""
    return isinstance(number, int | float) and not isinstance(number, bool) and 0 < number <= 100


def levels(counts: Sizes, setting: Disclosure | None) -> Levels:
    """The code in `LEVELS` for each number of peers with a value."""
    sizes = readable(setting)
    if sizes is None:
        return np.zeros(np.shape(counts), np.uint8)
    steps = (sizes.median_from, sizes.quartiles_from, sizes.full_from)
    return np.searchsorted(steps, counts, side="right").astype(np.uint8)


def withheld(
    counts: Sizes, differences: Sizes, *, may_show: Flags, priority: Sizes, setting: Disclosure | None
) -> Flags:
    """Which groups to hold back, so that no two shown ones differ by a few organisations.

    The last axis of `counts` and `may_show` runs over the groups of one comparison, the last two of
    `differences` over pairs of them (the size of the symmetric difference of their members); any
    axes before are independent cases. `priority` numbers the groups from 0. Two sets that differ by
    less than the setting's `difference`, without being equal, would let a reader subtract one from
    the other.

    The order is fixed: groups come in from the largest to the smallest, on a tie the one with the
    lower number in `priority` first, and each is held back when it is too close to one that was let
    in before. Hence of two close groups the narrower goes, a group that is itself held back (or too
    small to show, `may_show`) never makes another one go, and what remains is safe in every pair.
    """
    sizes = readable(setting)
    if sizes is None:
        return np.ones(np.shape(may_show), np.bool_)
    close = (differences > 0) & (differences < sizes.difference)
    out = np.zeros(np.shape(may_show), np.bool_)
    if not (close & may_show[..., None, :] & may_show[..., :, None]).any():
        return out
    largest_first = np.argsort(priority - counts * len(priority), axis=-1)
    let_in = np.zeros_like(out)
    for place in range(counts.shape[-1]):
        group = largest_first[..., place, None]
        neighbours = np.take_along_axis(close, group[..., None], axis=-2)[..., 0, :]
        clash = (neighbours & let_in).any(axis=-1, keepdims=True)
        may = np.take_along_axis(may_show, group, axis=-1)
        np.put_along_axis(let_in, group, may & ~clash, axis=-1)
        np.put_along_axis(out, group, may & clash, axis=-1)
    return out
