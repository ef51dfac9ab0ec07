from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.benchmark import (
    MEASURES,
    ON,
    POPULATIONS,
    SIZES,
    TINY_SIZES,
    benchmark_scheme,
    nested,
    own_row,
    peers,
    population,
    row_values,
)
from touchstone.core.benchmark import everyone as module
from touchstone.core.benchmark.comparison import compare, compare_all, prepare
from touchstone.core.benchmark.disclosure import LEVELS
from touchstone.core.benchmark.everyone import Everyone, Figures
from touchstone.core.benchmark.model import Figure, Population
from touchstone.core.scheme.model import Disclosure

KINDS = ("portfolio", "related", "country", "gold", "all")


def kind_of(group: str) -> int:
    return KINDS.index(group.partition(":")[0])


def figure(figures: Figures, kind: int, place: int) -> Figure:
    """The same figure as `compare` has it."""

    def number(column: Any) -> float | None:
        value = float(column[kind, place])
        return None if np.isnan(value) else value

    return Figure(
        n=int(figures.n[kind, place]),
        shown=LEVELS[figures.shown[kind, place]],
        median=number(figures.median),
        p25=number(figures.p25),
        p75=number(figures.p75),
        p5=number(figures.p5),
        p95=number(figures.p95),
        percentile=number(figures.percentile),
    )


def everyone(one: Population, setting: Disclosure | None, **more: Any) -> Everyone:
    scheme = benchmark_scheme(setting)
    return compare_all(prepare(one, scheme), scheme=scheme, on=ON, **more)


def check(one: Population, setting: Disclosure) -> None:
    """Hold every organisation against its own comparison, figure by figure."""
    scheme = benchmark_scheme(setting)
    found = everyone(one, setting)
    unfolded = {id: found.figures(id) for id in found.measures}
    ready = prepare(one, scheme)
    for place, row in enumerate(found.rows.tolist()):
        alone = compare(
            row_values(one, row), organisation=own_row(one, row), population=ready, scheme=scheme, on=ON
        )
        present = {kind_of(group.id) for group in alone.groups}
        for id in MEASURES:
            for group, expected in alone.figures[id].items():
                assert figure(unfolded[id], kind_of(group), place) == expected
            for kind in set(range(5)) - present:
                assert figure(unfolded[id], kind, place) == Figure(n=0, shown="none")


@given(POPULATIONS)
def test_all_at_once_is_equal_to_one_by_one(one: Population) -> None:
    check(one, TINY_SIZES)


@given(POPULATIONS)
def test_all_at_once_is_equal_to_one_by_one_with_a_wider_difference(one: Population) -> None:
    check(one, replace(TINY_SIZES, difference=9))


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.integers(1, 150))
def test_larger_groups_are_equal_too(seed: int, size: int) -> None:
    draw = np.random.Generator(np.random.PCG64(seed))
    rows = [
        {
            "organisation": f"Organisation {draw.integers(size)}",
            "country": draw.choice(["LT", "PL", "DE"], p=[0.1, 0.3, 0.6]),
            "portfolio": draw.choice(["ict", "creative", "food"], p=[0.9, 0.06, 0.04]),
            "level": draw.choice(["", "gold"]),
            "X1.a": draw.choice([np.nan, 1.0, 2.0, 3.5]),
            "X1.b": np.nan if draw.random() < 0.2 else draw.normal(),
            "X1.c": 1.0,
        }
        for _ in range(size)
    ]
    check(population(rows), SIZES)


def test_groups_that_make_others_go_are_equal_too() -> None:
    check(population(nested()), SIZES)
    check(population([*nested(), *peers(1, level="gold", country="PL")]), SIZES)


def test_measures_in_blocks_are_equal_to_measures_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    one = population([*peers(30), *peers(9, country="PL", level="gold"), *peers(3, portfolio="food")])
    together = everyone(one, SIZES)
    monkeypatch.setattr(module, "BLOCK", 1)
    for id in MEASURES:
        for first, second in zip(
            fields(together.figures(id)), fields(everyone(one, SIZES).figures(id)), strict=True
        ):
            np.testing.assert_array_equal(first, second)


def fields(figures: Figures) -> list[Any]:
    return [getattr(figures, name) for name in Figures.__slots__]


def test_threads_change_nothing() -> None:
    one = population([*peers(30), *peers(9, country="PL", level="gold")])
    for first, second in zip(
        fields(everyone(one, SIZES).figures("X1.a")),
        fields(everyone(one, SIZES, workers=2).figures("X1.a")),
        strict=True,
    ):
        np.testing.assert_array_equal(first, second)


def test_one_may_ask_for_some_measures() -> None:
    one = population(peers(30))
    found = everyone(one, SIZES, measures=["X1.c", "X1.a"])
    assert found.measures == ("X1.c", "X1.a")
    np.testing.assert_array_equal(found.figures("X1.a").n, everyone(one, SIZES).figures("X1.a").n)


def test_the_organisations_are_those_with_an_assessment_in_the_window() -> None:
    old = {"organisation": "Old", "interviewed_on": date(2020, 1, 1)}
    late = {"organisation": "Late", "interviewed_on": date(2027, 1, 1)}
    assert everyone(population([old, *peers(3), late]), SIZES).rows.tolist() == [1, 2, 3]


@pytest.mark.parametrize("setting", [None, replace(SIZES, median_from=1)])
def test_without_a_readable_setting_nobody_is_compared(setting: Disclosure | None) -> None:
    found = everyone(population(peers(30)), setting)
    assert (found.rows.tolist(), found.measures) == ([], ())


def test_an_empty_population_has_nobody_to_compare() -> None:
    found = everyone(population([]), SIZES)
    assert (found.rows.tolist(), found.measures) == ([], ())
