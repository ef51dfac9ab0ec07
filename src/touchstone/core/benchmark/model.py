"""Peers, groups and figures of a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
GroupKind = Literal["portfolio", "country", "gold", "all"]
Shown = Literal["none", "median", "quartiles", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Assessments by column, all of one length: one row an assessment.

    `organisation`, `country`, `portfolio` and `level` are arrays of str, `interviewed_on` of
    datetime64[D]; `values` maps the id of each numeric measure to float64 with NaN for missing;
    `words` maps the id of each other measure to an array of str, empty for missing.
    """

    organisation: NDArray[np.str_]
    country: NDArray[np.str_]
    portfolio: NDArray[np.str_]
    interviewed_on: NDArray[np.datetime64]
    level: NDArray[np.str_]
    values: Mapping[str, Floats]
    words: Mapping[str, NDArray[np.str_]]
    synthetic: bool

    def __len__(self) -> int:
        return len(self.organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A reference group: the peers in one comparison, as indices into the population."""

    id: str  # "portfolio:ict", "related:ict", "country:LT", "gold", "all"
    kind: GroupKind
    members: Indices
    digest: str  # SHA-256 of the members' frozen data
    withheld: str = ""  # why nothing of this group may be shown, in words; empty where it may

    @property
    def n(self) -> int:
        return len(self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What may be shown of one measure in one group. A figure that may not be shown is None.

    `n` counts the peers with a value; `percentile` is the own value's mid-rank percentile, 0 to 100.
    """

    n: int
    shown: Shown
    median: float | None = None
    p25: float | None = None
    p75: float | None = None
    p5: float | None = None
    p95: float | None = None
    percentile: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One organisation among its peers. `figures` maps measure id → group id → figure."""

    on: date
    groups: tuple[Group, ...]
    figures: Mapping[str, Mapping[str, Figure]]
    own: Mapping[str, float]  # numeric values of the organisation, derived ones included
    synthetic: bool
    digest: str  # of the whole comparison set
    notes: tuple[str, ...] = ()  # fall-backs taken and groups withheld, in words
