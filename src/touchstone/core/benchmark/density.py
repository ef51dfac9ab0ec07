"""The shape of a spread: how many peers lie in each of some bins, never fewer than may be told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many of the peers lie from `low` to `high`."""

    low: float
    high: float
    n: int
