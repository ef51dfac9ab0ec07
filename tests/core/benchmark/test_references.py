"""All figures of all groups against references that share no arithmetic with the program.

Quantiles are those of the standard library's `statistics`, in exact fractions, and positions are counted
with `bisect` among sorted values; scipy and pandas are asked as well.
"""

from bisect import bisect_left, bisect_right
from fractions import Fraction
from statistics import quantiles

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import percentileofscore
from scipy.stats.mstats import mquantiles

from factories.benchmark import (
    MEASURES,
    ON,
    POPULATIONS,
    ROWS,
    TINY_SIZES,
    benchmark_scheme,
    one_organisation,
    own_row,
    peers,
    population,
    row_values,
)
from touchstone.core.benchmark.comparison import compare, compare_all, prepare
from touchstone.core.benchmark.model import Comparison, Figure, Population

TINY = benchmark_scheme(TINY_SIZES)
# P5, P25, median, P75, P95 among the nineteen that part the values in twenty.
TWENTIETHS = {"p5": 0, "p25": 4, "median": 9, "p75": 14, "p95": 18}
LEVELS = {
    "none": (),
    "median": ("median",),
    "quartiles": ("p25", "median", "p75"),
    "full": tuple(TWENTIETHS),
}


def exact(values: list[float]) -> dict[str, float]:
    """Quantiles by linear interpolation between order statistics, without any rounding before the end."""
    fractions = [Fraction(value) for value in values]
    parted = quantiles(fractions, n=20, method="inclusive")
    return {name: float(parted[place]) for name, place in TWENTIETHS.items()}


def position(values: list[float], own: float) -> float:
    ordered = sorted(values)
    twice = bisect_left(ordered, own) + bisect_right(ordered, own)
    return float(Fraction(100 * twice, 2 * len(ordered)))


def assert_is(figure: Figure, values: list[float], own: float | None) -> None:
    assert figure.n == len(values)
    rounding = 1e-12 * max(map(abs, values), default=0.0)  # what lies between two may be near zero
    wanted = exact(values) if len(values) > 1 else dict.fromkeys(TWENTIETHS, values[0] if values else None)
    for name in TWENTIETHS:
        found = getattr(figure, name)
        if name in LEVELS[figure.shown]:
            assert found == pytest.approx(wanted[name], rel=1e-12, abs=rounding)
        else:
            assert found is None
    if figure.shown == "none" or own is None:
        assert figure.percentile is None
    else:
        assert figure.percentile == pytest.approx(position(values, own), rel=1e-12)


def values_of(one: Population, rows: list[int], measure: str) -> list[float]:
    return [float(one.values[measure][row]) for row in rows if not np.isnan(one.values[measure][row])]


def assert_all(found: Comparison, one: Population, own: dict[str, float]) -> None:
    for group in found.groups:
        for measure in MEASURES:
            values = values_of(one, group.members.tolist(), measure)
            assert_is(found.figures[measure][group.id], values, own.get(measure))


@given(POPULATIONS, st.sampled_from(["ict", "creative", "food"]), st.floats(-1e9, 1e9))
def test_figures_of_every_group_equal_exact_ones(one: Population, portfolio: str, own: float) -> None:
    mine = {"X1.a": own, "X1.c": 1.0}
    organisation = one_organisation(portfolio=portfolio)
    found = compare(mine, organisation=organisation, population=one, scheme=TINY, on=ON)
    assert_all(found, one, mine)


@given(st.lists(ROWS, min_size=1, max_size=40).map(population))
def test_everybodys_figures_equal_exact_ones(one: Population) -> None:
    ready = prepare(one, TINY)
    everyone = compare_all(ready, scheme=TINY, on=ON)
    for place, row in enumerate(everyone.rows.tolist()):
        organisation, mine = own_row(one, row), row_values(one, row)
        alone = compare(mine, organisation=organisation, population=ready, scheme=TINY, on=ON)
        assert_all(alone, one, mine)
        for measure in MEASURES:
            together = everyone.figures(measure)
            for group in alone.groups:
                related = group.id.startswith("related")
                kind = everyone.kinds.index("related" if related else group.kind)
                figure = alone.figures[measure][group.id]
                assert together.n[kind, place] == figure.n
                for name in (*TWENTIETHS, "percentile"):
                    found, wanted = getattr(together, name)[kind, place], getattr(figure, name)
                    assert np.isnan(found) if wanted is None else found == wanted


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 40])
@pytest.mark.parametrize("constant", [0.0, -7.25, 1e300])
def test_a_constant_is_all_its_quantiles_and_everybody_stands_in_the_middle(
    count: int, constant: float
) -> None:
    one = population(peers(count, **{"X1.b": constant}))
    found = compare({"X1.b": constant}, organisation=one_organisation(), population=one, scheme=TINY, on=ON)
    assert_all(found, one, {"X1.b": constant})
    if count >= TINY_SIZES.median_from:
        assert found.figures["X1.b"]["all"].percentile == 50.0


@pytest.mark.parametrize("count", range(9))
def test_tiny_groups_show_no_more_than_they_may(count: int) -> None:
    one = population(peers(count))
    found = compare({"X1.a": 1.0}, organisation=one_organisation(), population=one, scheme=TINY, on=ON)
    assert_all(found, one, {"X1.a": 1.0})
    shown = "none" if count < 3 else "median" if count < 4 else "quartiles" if count < 6 else "full"
    assert {figure.shown for id, figure in found.figures["X1.a"].items() if id != "gold"} == {shown}


@given(
    st.lists(st.one_of(st.integers(0, 6), st.floats(-1e6, 1e6)), min_size=6, max_size=60), st.integers(0, 6)
)
def test_figures_equal_those_of_scipy(values: list[float], own: int) -> None:
    rows = [{"organisation": f"P {n}", "X1.a": float(value)} for n, value in enumerate(values)]
    found = compare(
        {"X1.a": own}, organisation=one_organisation(), population=population(rows), scheme=TINY, on=ON
    )
    figure = found.figures["X1.a"]["all"]
    # Type 7 of Hyndman and Fan is alphap = betap = 1 there; the mid-rank is the mean of both ranks.
    shares = (0.25, 0.5, 0.75)
    wanted = mquantiles(values, prob=shares, alphap=1, betap=1).tolist()
    assert [figure.p25, figure.median, figure.p75] == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    assert figure.percentile == pytest.approx(percentileofscore(values, own, kind="mean"), rel=1e-12)


def test_figures_equal_those_of_pandas() -> None:
    random = np.random.default_rng(3)
    column = np.round(random.normal(50, 20, 300))
    column[random.random(300) < 0.2] = np.nan
    rows = [{"organisation": f"P {n}", "X1.a": value} for n, value in enumerate(column.tolist())]
    found = compare(
        {"X1.a": 48.0}, organisation=one_organisation(), population=population(rows), scheme=TINY, on=ON
    )
    series = pd.Series(column)
    figure = found.figures["X1.a"]["all"]
    wanted = series.quantile([0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
    assert [figure.p5, figure.p25, figure.median, figure.p75, figure.p95] == pytest.approx(wanted, rel=1e-12)
    # The rank of one more value that ties with its equals is half a place above the mid-rank without it.
    ranked = pd.concat([series, pd.Series([48.0])]).rank().iloc[-1]
    assert figure.percentile == pytest.approx(100 * (ranked - 1) / series.count(), rel=1e-12)
