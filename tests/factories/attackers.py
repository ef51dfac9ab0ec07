"""Figures and rules in plain words, and an attacker who tries every world that they allow."""

import math
from collections.abc import Sequence

from touchstone.core.scheme.model import Disclosure


def plain_quantile(values: Sequence[float], share: float) -> float:
    """The quantile of `share` (0 to 1) by linear interpolation, as one would reckon it on paper."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def tells_of_one(values: Sequence[float], setting: Disclosure) -> bool:
    """Whether tails rest on the least and the greatest, and one dominates or the quartiles coincide."""
    ordered = sorted(values)
    if (len(ordered) - 1) * 5 >= 100:
        return False
    amounts = [abs(value) for value in ordered]
    dominated = 100 * max(amounts[0], amounts[-1]) > setting.dominance * math.fsum(amounts)
    first, last = math.floor((len(ordered) - 1) / 4), math.ceil((len(ordered) - 1) * 3 / 4)
    return dominated or ordered[first] == ordered[last]
