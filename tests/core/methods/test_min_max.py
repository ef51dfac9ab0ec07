from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.benchmark import ON, benchmark_scheme, one_organisation, population
from factories.small_scheme import DEFAULT, measure
from touchstone.core.benchmark.comparison import compare
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.methods.definition import Area, Ingredient, Method, Part
from touchstone.core.methods.min_max import NOT_SYNTHETIC, Index, Variant, View, indices, view
from touchstone.core.scheme.model import Kind, Scheme

STIMULANT = Ingredient(measure="X1.a", turn="stimulant")
DESTIMULANT = Ingredient(measure="X1.b", turn="destimulant")
NOMINANT = Ingredient(measure="X1.c", turn="nominant", optimum=30.0)


def part(id: str, *ingredients: Ingredient) -> Part:
    return Part(id=id, name=id.title(), ingredients=ingredients)


def method(*parts: Part) -> Method:
    return Method(
        id="method",
        name="Method",
        about="",
        areas=(Area(id="area", name="Area", parts=parts),),
        origin=DEFAULT,
    )


def seen(
    rows: Sequence[Mapping[str, Any]],
    own: Mapping[str, float],
    *parts: Part,
    variant: Variant = "robust",
    synthetic: bool = True,
    scheme: Scheme | None = None,
    group: str = "all",
) -> View:
    scheme = scheme or benchmark_scheme()
    peers = prepare(population(rows, synthetic=synthetic), scheme)
    comparison = compare(own, organisation=one_organisation(), population=peers, scheme=scheme, on=ON)
    return view(
        method(*parts),
        comparison=comparison,
        group=next(one for one in comparison.groups if one.id == group),
        peers=peers,
        scheme=scheme,
        variant=variant,
    )


def spread(id: str, values: Sequence[float]) -> list[dict[str, Any]]:
    return [{id: value} for value in values]


def found(made: View, id: str) -> Index:
    return indices(made)[id]


def test_a_stimulant_runs_from_0_at_the_least_to_10_at_the_greatest() -> None:
    rows = spread("X1.a", range(0, 101, 5))
    made = seen(rows, {"X1.a": 30.0}, part("people", STIMULANT), variant="classic")
    index = found(made, "X1.a")
    assert (index.own, index.median, index.best) == (3.0, 5.0, 10.0)
    assert (index.gap_to_best, index.gap_to_median) == (7.0, -2.0)
    assert (index.n, index.shown, made.variant) == (21, "full", "classic")


def test_a_destimulant_is_turned() -> None:
    rows = spread("X1.b", range(0, 101, 5))
    made = seen(rows, {"X1.b": 30.0}, part("people", DESTIMULANT), variant="classic")
    assert found(made, "X1.b").own == pytest.approx(7.0)


def test_a_nominant_is_best_at_its_optimum() -> None:
    rows = spread("X1.c", range(0, 101, 5))
    at = [
        found(seen(rows, {"X1.c": value}, part("people", NOMINANT), variant="classic"), "X1.c").own
        for value in (30.0, 65.0, 100.0)
    ]
    assert at == pytest.approx([10.0, 5.0, 0.0])


def test_the_robust_variant_ends_at_p5_and_p95_and_is_not_pressed_together_by_a_giant() -> None:
    rows = spread("X1.a", [*range(1, 41), 100_000])
    robust = found(seen(rows, {"X1.a": 39.0}, part("people", STIMULANT)), "X1.a")
    classic = found(seen(rows, {"X1.a": 39.0}, part("people", STIMULANT), variant="classic"), "X1.a")
    assert robust.own == 10.0
    assert robust.median == pytest.approx(5.0)
    assert classic.own == pytest.approx(10 * 38 / 99_999)


def test_values_beyond_the_ends_stay_at_the_ends() -> None:
    rows = spread("X1.a", range(0, 101, 5))
    ends = [
        found(seen(rows, {"X1.a": value}, part("people", STIMULANT), variant="classic"), "X1.a").own
        for value in (-40.0, 400.0)
    ]
    assert ends == [0.0, 10.0]


def test_a_worded_scale_has_its_own_ends() -> None:
    steps = measure("X1.a", "Steps", Kind.SCALE, minimum=0, maximum=4)
    scheme = benchmark_scheme()
    scheme = replace(scheme, measures={**scheme.measures, "X1.a": steps})
    rows = spread("X1.a", [2, 2, 2, 2, 2, 2])
    index = found(seen(rows, {"X1.a": 3.0}, part("people", STIMULANT), scheme=scheme), "X1.a")
    assert (index.own, index.median, index.best, index.shown) == (7.5, 5.0, None, "median")


def test_parts_areas_and_the_whole_are_means_of_what_is_there() -> None:
    rows = [{"X1.a": value, "X1.b": 100 - value} for value in range(0, 101, 5)]
    made = seen(
        rows,
        {"X1.a": 30.0, "X1.b": 30.0},
        part("people", STIMULANT, DESTIMULANT),
        part("rest", NOMINANT),
        variant="classic",
    )
    people, rest, area = (found(made, id) for id in ("people", "rest", "area"))
    assert (people.own, people.used, people.of) == (5.0, 2, 2)
    assert (rest.own, rest.used, rest.of, rest.n, rest.median) == (None, 0, 1, 0, None)
    assert (area.own, area.used, area.of) == (5.0, 1, 2)
    assert made.whole.own == 5.0
    assert (rest.gap_to_best, rest.gap_to_median) == (None, None)


def test_without_enough_peers_for_tails_a_measure_has_no_bounds_and_is_named() -> None:
    made = seen(spread("X1.a", range(19)), {"X1.a": 3.0}, part("people", STIMULANT))
    assert made.left_out == ("X1.a",)
    assert found(made, "X1.a").own is None


def test_peers_of_one_value_give_no_bounds() -> None:
    made = seen(spread("X1.a", [7.0] * 30), {"X1.a": 3.0}, part("people", STIMULANT), variant="classic")
    assert made.left_out == ("X1.a",)


def test_the_classic_variant_is_not_made_of_real_peers() -> None:
    """Own value and median on both scales would give the least and the greatest value away."""
    rows = spread("X1.a", range(40))
    made = seen(rows, {"X1.a": 3.0}, part("people", STIMULANT), variant="classic", synthetic=False)
    assert (made.variant, made.notes) == ("robust", (NOT_SYNTHETIC,))


def test_a_group_that_is_withheld_shows_nothing() -> None:
    rows = [*({"X1.a": float(n), "country": "LT"} for n in range(30)), {"X1.a": 4.0, "country": "PL"}]
    made = seen(rows, {"X1.a": 3.0}, part("people", STIMULANT), group="country:LT")
    assert (found(made, "people").n, found(made, "people").shown, made.left_out) == (0, "none", ("X1.a",))
    steps = replace(benchmark_scheme().measures["X1.a"], kind=Kind.SCALE, minimum=0.0, maximum=40.0)
    scheme = replace(benchmark_scheme(), measures={**benchmark_scheme().measures, "X1.a": steps})
    scaled = seen(rows, {"X1.a": 3.0}, part("people", STIMULANT), group="country:LT", scheme=scheme)
    assert (found(scaled, "X1.a").own, found(scaled, "X1.a").n, found(scaled, "X1.a").median) == (
        0.75,
        0,
        None,
    )


VALUES = st.one_of(st.just(np.nan), st.integers(0, 30).map(float))


@given(
    rows=st.lists(st.fixed_dictionaries({"X1.a": VALUES, "X1.b": VALUES, "X1.c": VALUES}), max_size=45),
    own=st.fixed_dictionaries({}, optional={"X1.a": st.integers(0, 30), "X1.b": st.integers(0, 30)}),
)
def test_figures_are_those_of_plain_arithmetic(rows: list[dict[str, float]], own: dict[str, float]) -> None:
    made = seen(rows, own, part("people", STIMULANT, DESTIMULANT), variant="classic")
    peers = [_mean([_plain(row[id], id, rows) for id in ("X1.a", "X1.b")]) for row in rows]
    there = sorted(value for value in peers if value is not None)
    index = found(made, "people")
    expected = _mean([_plain(own.get(id, np.nan), id, rows) for id in ("X1.a", "X1.b")])
    assert index.own == (None if expected is None else pytest.approx(expected))
    assert index.n == len(there)
    assert index.median == (pytest.approx(np.median(there)) if len(there) >= 5 else None)
    assert index.best == (pytest.approx(there[-1]) if len(there) >= 20 else None)


def _plain(value: float, id: str, rows: Sequence[Mapping[str, float]]) -> float | None:
    known = [row[id] for row in rows if not isnan(row[id])]
    if isnan(value) or len(known) < 20 or min(known) == max(known):
        return None
    share = (value - min(known)) / (max(known) - min(known))
    return 10 * min(max(1 - share if id == "X1.b" else share, 0), 1)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
