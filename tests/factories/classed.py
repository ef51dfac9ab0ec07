"""A scheme with two classings, and small populations that fall into their classes."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from factories.benchmark import SIZES, TINY_SIZES, benchmark_scheme, population
from touchstone.core.scheme.model import Classing, Disclosure, Scheme, Step


def classed_scheme(disclosure: Disclosure | None = SIZES) -> Scheme:
    """X1.b is the age, young below 5 and old from there; X1.c the size, small, medium, large at 0, 10, 20."""
    age = Classing(
        id="age",
        name="Age",
        measure="X1.b",
        steps=(Step(id="young", name="Young", start=0), Step(id="old", name="Old", start=5)),
    )
    size = Classing(
        id="size",
        name="Size",
        measure="X1.c",
        steps=(
            Step(id="small", name="Small", start=0),
            Step(id="medium", name="Medium", start=10),
            Step(id="large", name="Large", start=20),
        ),
    )
    return replace(benchmark_scheme(disclosure), classings={"age": age, "size": size})


TINY = classed_scheme(TINY_SIZES)
NOTHING = float("nan")
CLASSED_ROWS = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["LT", "LT", "LT", "PL"]),
        "portfolio": st.sampled_from(["ict", "ict", "ict", "creative", "food"]),
        "level": st.sampled_from(["", "bronze", "gold"]),
        "X1.a": st.sampled_from([1.0, 2.0, 3.0, 4.0, NOTHING]),
        "X1.b": st.sampled_from([1.0, 1.0, 7.0, 7.0, 7.0, NOTHING]),
        "X1.c": st.sampled_from([5.0, 5.0, 15.0, 15.0, 25.0, NOTHING]),
    }
)
CLASSED = st.lists(CLASSED_ROWS, max_size=45).map(population)
# Of these some organisations have two assessments, of which an earlier group may keep the older one.
REPEATED_ROWS = st.fixed_dictionaries(
    {
        "organisation": st.integers(0, 20).map(lambda number: f"Organisation {number}"),
        "interviewed_on": st.sampled_from([date(2024, 5, 1), date(2025, 5, 1), date(2026, 5, 1)]),
        "X1.a": st.sampled_from([1.0, 2.0, 3.0]),
        "X1.b": st.sampled_from([1.0, 7.0, 7.0]),
        "X1.c": st.sampled_from([5.0, 15.0]),
    }
)
REPEATED = st.lists(REPEATED_ROWS, max_size=45).map(population)
