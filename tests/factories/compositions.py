"""Schemes and populations with shares that make one whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as st

from factories.benchmark import SIZES, benchmark_scheme
from factories.small_scheme import measure
from touchstone.core.benchmark.model import Population
from touchstone.core.scheme.model import Composition, Disclosure, Kind, Scheme

PARTS = ("W1.a", "W1.b", "W1.c")
ID = "whole"


def whole_scheme(disclosure: Disclosure | None = SIZES) -> Scheme:
    """Three shares that make one composition, called whole."""
    measures = {id: measure(id, id, Kind.SHARE) for id in PARTS}
    compositions = {ID: Composition(id=ID, name="Whole", parts=PARTS)}
    return replace(benchmark_scheme(disclosure), measures=measures, compositions=compositions)


def wholes(parts: Sequence[Sequence[float]], **columns: Sequence[str]) -> Population:
    """One organisation for each composition; LT, ict and no level where `columns` say nothing else."""
    count = len(parts)
    values = np.array(parts, np.float64).reshape(count, len(PARTS))
    named: Mapping[str, Any] = {"country": ["LT"] * count, "portfolio": ["ict"] * count, **columns}
    return Population(
        organisation=np.array([f"Peer {number}" for number in range(count)], np.str_),
        country=np.array(named["country"], np.str_),
        portfolio=np.array(named["portfolio"], np.str_),
        interviewed_on=np.array([date(2026, 10, 11)] * count, "datetime64[D]"),
        level=np.array(named.get("level", [""] * count), np.str_),
        values={id: values[:, place] for place, id in enumerate(PARTS)},
        words={},
        synthetic=False,
    )


# Per cent that need not add up to 100: whole ones, traces, zeros and missing ones.
SHARES = st.one_of(
    st.integers(0, 100).map(float),
    st.sampled_from([0.0, 0.0, 0.001, 0.4, 0.5]),
    st.floats(0.01, 100),
    st.just(np.nan),
)
COMPOSITIONS = st.tuples(SHARES, SHARES, SHARES)
