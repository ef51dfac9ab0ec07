"""Comparisons made by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import numpy as np

from touchstone.core.benchmark.model import Comparison, Figure, Group

Kind = Literal["portfolio", "country", "gold", "all"]
KINDS: dict[str, Kind] = {
    "portfolio": "portfolio",
    "related": "portfolio",
    "country": "country",
    "gold": "gold",
    "all": "all",
}


def figure(n: int, **shown: float | None) -> Figure:
    """A figure; how much of it is shown follows from what is given."""
    much: Literal["none", "median", "quartiles", "full"] = "none"
    if shown.get("median") is not None:
        much = "median"
    if shown.get("p25") is not None:
        much = "quartiles"
    if shown.get("p5") is not None:
        much = "full"
    return Figure(n=n, shown=much, **shown)


def group(id: str, *, size: int, withheld: str = "") -> Group:
    kind = KINDS[id.split(":", maxsplit=1)[0]]
    return Group(id=id, kind=kind, members=np.arange(size), digest=f"{len(id):064x}", withheld=withheld)


def comparison(figures: Mapping[str, Mapping[str, Figure]], **changes: Any) -> Comparison:
    groups = (
        group("portfolio:ict", size=48),
        group("country:LT", size=12),
        group("gold", size=3),
        group("all", size=1200),
    )
    made = Comparison(
        on=date(2026, 10, 12),
        groups=groups,
        figures=figures,
        own={},
        synthetic=True,
        digest="c" * 64,
    )
    return replace(made, **changes)
