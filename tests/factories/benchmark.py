"""Populations and schemes for comparisons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as st

from factories.small_scheme import measure, small_scheme
from touchstone.core.assessment.model import Organisation
from touchstone.core.benchmark.model import Population
from touchstone.core.scheme.model import Disclosure, Kind, Portfolio, Scheme

ON = date(2026, 10, 12)
MEASURES = ("X1.a", "X1.b", "X1.c")
SIZES = Disclosure(median_from=5, quartiles_from=10, full_from=20, difference=3, oldest_years=5)
# So small that a handful of organisations meets every rule of disclosure control.
TINY_SIZES = Disclosure(median_from=3, quartiles_from=4, full_from=6, difference=3, oldest_years=5)


def benchmark_scheme(disclosure: Disclosure | None = SIZES, **changes: Any) -> Scheme:
    """Three numeric measures, a yes-no one and a text; portfolios ict → creative → food."""
    measures = (
        *(measure(id, id, Kind.NUMBER) for id in MEASURES),
        measure("X2.deputy", "Deputy", Kind.YES_NO),
        measure("X2.story", "Story", Kind.TEXT),
    )
    made = small_scheme(
        disclosure=disclosure,
        measures={one.id: one for one in measures},
        portfolios={
            "ict": Portfolio(id="ict", name="ICT", related=("creative", "food")),
            "creative": Portfolio(id="creative", name="Creative industries", related=("ict",)),
            "food": Portfolio(id="food", name="Food", related=()),
        },
    )
    return replace(made, **changes)


def population(rows: Sequence[Mapping[str, Any]], *, synthetic: bool = False) -> Population:
    """A population of rows; what a row leaves out is "Peer N", LT, ict, no level, the day before ON.

    Keys that are measure ids are values, the others columns.
    """
    names = [str(row.get("organisation", f"Peer {place}")) for place, row in enumerate(rows)]
    days = [row.get("interviewed_on", date(2026, 10, 11)) for row in rows]
    return Population(
        organisation=np.array(names, np.str_),
        country=np.array([row.get("country", "LT") for row in rows], np.str_),
        portfolio=np.array([row.get("portfolio", "ict") for row in rows], np.str_),
        interviewed_on=np.array(days, "datetime64[D]"),
        level=np.array([row.get("level", "") for row in rows], np.str_),
        values={id: np.array([row.get(id, np.nan) for row in rows], np.float64) for id in MEASURES},
        words={id: np.array([row.get(id, "") for row in rows], np.str_) for id in ("X2.deputy", "X2.story")},
        synthetic=synthetic,
    )


def peers(count: int, **same: Any) -> list[dict[str, Any]]:
    """So many organisations that share what is given and have the values 0, 1, 2 … for X1.a."""
    beginning = "/".join(str(value) for value in same.values())
    return [
        {"organisation": f"{beginning} {number}", "X1.a": float(number), **same} for number in range(count)
    ]


def nested() -> list[dict[str, Any]]:
    """Gold inside the country inside all, each two organisations larger: the one between must go."""
    return [
        *peers(20, level="gold", country="LT"),
        *peers(2, level="", country="LT"),
        *peers(2, level="", country="PL"),
    ]


def one_organisation(**changes: Any) -> Organisation:
    made = Organisation(id="own", name="Our Own Cluster", country="LT", portfolio="ict")
    return replace(made, **changes)


def own_row(population: Population, row: int) -> Organisation:
    """The organisation of a row, as somebody to compare."""
    return Organisation(
        id=str(population.organisation[row]),
        name="",
        country=str(population.country[row]),
        portfolio=str(population.portfolio[row]),
    )


def row_values(population: Population, row: int) -> dict[str, float]:
    """The numbers of a row that are not missing."""
    return {id: float(column[row]) for id, column in population.values.items() if not np.isnan(column[row])}


# Many ties, missing values and values that are all the same come of themselves.
NUMBERS = st.one_of(
    st.just(np.nan),
    st.integers(0, 4).map(float),
    st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False),
)
ROWS = st.fixed_dictionaries(
    {
        "organisation": st.integers(0, 40).map(lambda number: f"Organisation {number}"),
        "country": st.sampled_from(["LT", "LT", "LT", "PL", "DE"]),
        "portfolio": st.sampled_from(["ict", "ict", "ict", "creative", "food"]),
        "level": st.sampled_from(["", "bronze", "gold", "gold"]),
        "interviewed_on": st.dates(date(2020, 10, 1), date(2026, 11, 1)),
        "X1.a": NUMBERS,
        "X1.b": NUMBERS,
        "X1.c": st.sampled_from([1.0, 1.0, 1.0, 1.0, np.nan]),
    }
)
POPULATIONS = st.lists(ROWS, max_size=40).map(population)
