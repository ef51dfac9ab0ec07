from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from factories.benchmark import benchmark_scheme
from factories.small_scheme import measure
from touchstone.core.benchmark.drawing import Sheet, logistic, rounded, tenths
from touchstone.core.benchmark.model import Floats
from touchstone.core.benchmark.recipe import NEUTRAL, Local, Step
from touchstone.core.scheme.model import Kind

ROWS = 20_000
Columns = Mapping[str, float]
NONE: Columns = {}
PARTS = ("X1.a", "X1.b", "X1.c")


def step(family: str, *measures: str, **given: Any) -> Step:
    """A step; what is not a field of it is a parameter."""
    empty = Step(
        family=family,
        id="",
        measures=measures,
        numbers=NEUTRAL,
        regions={},
        weights={},
        times={},
        of=(),
        base=(),
        chances={},
        at_least="",
        at_most="",
        only_if={},
        lasting=False,
        logarithm=False,
        upwards=False,
    )
    fields = {name: value for name, value in given.items() if name in Step.__slots__}
    numbers = {name: value for name, value in given.items() if name not in Step.__slots__}
    return replace(empty, **fields, numbers={**NEUTRAL, **numbers})


def sheet(columns: Columns, rows: int = ROWS) -> Sheet:
    """A sheet whose first half lies in the east; two rows an organisation."""
    measures = (
        *(measure(id, id, Kind.NUMBER) for id in PARTS),
        measure("Y1.share", "Share", Kind.SHARE, minimum=0, maximum=100),
        measure("Y1.scale", "Scale", Kind.SCALE, minimum=0, maximum=4),
        measure("Y1.whole", "Whole", Kind.COUNT, minimum=0),
        measure("Y1.yes", "Yes", Kind.YES_NO),
        measure("Y1.word", "Word", Kind.CHOICE),
    )
    return Sheet(
        random=np.random.Generator(np.random.PCG64(1)),
        scheme=benchmark_scheme(measures={one.id: one for one in measures}),
        organisation=np.arange(rows) // 2,
        regions={"east": np.arange(rows) < rows // 2, "south": np.zeros(rows, np.bool_)},
        columns={id: np.full(rows, value, np.float64) for id, value in columns.items()},
    )


def drawn(one: Step, columns: Columns = NONE, *, before: Sequence[Step] = ()) -> Sheet:
    made = sheet(columns)
    for earlier in before:
        made.draw(earlier)
    made.draw(one)
    return made


def column(one: Step, columns: Columns = NONE, *, before: Sequence[Step] = ()) -> Floats:
    return drawn(one, columns, before=before).columns[one.measures[0]]


QUALITY = step("trait", id="quality", lasting=True)


def correlation(first: Floats, second: Floats) -> float:
    return float(np.corrcoef(first, second)[0, 1])


@given(
    arrays.arrays(
        np.float64,
        st.tuples(st.integers(1, 5), st.integers(1, 9)),
        elements=st.floats(1e-12, 1, exclude_min=True),
    )
)
def test_shares_in_tenths_add_up_to_exactly_100(parts: Floats) -> None:
    shares = tenths(parts / parts.sum(axis=1, keepdims=True))
    assert np.rint(shares * 10).sum(axis=1).tolist() == [1000] * len(parts)
    np.testing.assert_array_equal(shares, np.round(shares, 1))
    assert (np.abs(shares - 100 * parts / parts.sum(axis=1, keepdims=True)) < 0.1).all()


def test_what_rounding_leaves_goes_to_those_that_lost_most() -> None:
    thirds = np.full((1, 3), 1 / 3)
    assert tenths(thirds).tolist() == [[33.4, 33.3, 33.3]]


@pytest.mark.parametrize(
    ("value", "decimals", "upwards", "expected"),
    [
        (1.26, 1, False, 1.3),
        (1.21, 1, True, 1.3),
        (1234.0, -2, False, 1200.0),
        (1201.0, -2, True, 1300.0),
        (3.0, 0, True, 3.0),
    ],
)
def test_rounding(value: float, decimals: int, upwards: bool, expected: float) -> None:
    assert rounded(np.array([value]), decimals, upwards=upwards).tolist() == [expected]


def test_a_share_without_a_step_is_its_centre() -> None:
    assert logistic(np.array([26.0]), np.array([0.0])).tolist() == pytest.approx([26.0])
    assert logistic(np.array([50.0]), np.array([99.0, -99.0])).tolist() == pytest.approx([100.0, 0.0])


def test_a_lasting_trait_stays_with_its_organisation() -> None:
    trait = drawn(QUALITY).traits["quality"].reshape(-1, 2)
    np.testing.assert_array_equal(trait[:, 0], trait[:, 1])
    assert trait.std() == pytest.approx(1, abs=0.05)


def test_a_trait_that_does_not_last_is_drawn_anew() -> None:
    trait = drawn(step("trait", id="mood")).traits["mood"].reshape(-1, 2)
    assert correlation(trait[:, 0], trait[:, 1]) == pytest.approx(0, abs=0.05)


def test_a_trait_takes_as_much_of_another_as_its_weight_says() -> None:
    made = drawn(step("trait", id="size", weights={"quality": 0.6}), before=[QUALITY])
    assert correlation(made.traits["size"], made.traits["quality"]) == pytest.approx(0.6, abs=0.03)
    assert made.traits["size"].std() == pytest.approx(1, abs=0.03)


def test_a_trait_may_have_a_noise_of_its_own() -> None:
    made = drawn(step("trait", id="service", weights={"quality": 0.6}, noise=0.3), before=[QUALITY])
    assert made.traits["service"].std() == pytest.approx(np.hypot(0.6, 0.3), abs=0.03)


def test_a_standard_trait_follows_measures() -> None:
    made = drawn(step("standard", id="money", of=("X1.a", "X1.b"), centre=5, scale=2), {"X1.a": 4, "X1.b": 7})
    assert set(made.traits["money"].tolist()) == {3.0}


def test_a_standard_trait_may_follow_a_logarithm() -> None:
    one = step("standard", id="size", of=("X1.a",), centre=1, scale=2, logarithm=True, least=1)
    assert drawn(one, {"X1.a": np.e**5}).traits["size"][0] == pytest.approx(2)
    assert drawn(one, {"X1.a": 0}).traits["size"][0] == pytest.approx(-0.5)


def test_lognormal_values_have_their_median_and_sigma() -> None:
    found = column(step("lognormal", "X1.a", median=75, sigma=0.8, decimals=2))
    assert np.median(found) == pytest.approx(75, rel=0.03)
    assert np.log(found).std() == pytest.approx(0.8, abs=0.02)


def test_a_region_has_parameters_of_its_own() -> None:
    one = step(
        "lognormal", "X1.a", median=75, sigma=0.8, regions={"east": Local(numbers={"median": 20}, base=())}
    )
    found = column(one)
    assert np.median(found[: ROWS // 2]) == pytest.approx(20, rel=0.05)
    assert np.median(found[ROWS // 2 :]) == pytest.approx(75, rel=0.05)


def test_values_grow_with_a_power_of_other_measures() -> None:
    found = column(step("lognormal", "X1.a", median=2, sigma=0.0, times={"X1.b": 0.5}), {"X1.b": 9})
    assert set(found.tolist()) == {6.0}


def test_values_keep_inside_their_limits() -> None:
    one = step("lognormal", "X1.a", median=10, sigma=2, least=4, most=30, at_least="X1.b", at_most="X1.c")
    found = column(one, {"X1.b": 6, "X1.c": 20})
    assert (found.min(), found.max()) == (6, 20)
    wider = column(one, {"X1.b": 1, "X1.c": 99})
    assert (wider.min(), wider.max()) == (4, 30)


def test_a_lower_limit_with_a_fraction_is_rounded_up_with_the_value() -> None:
    one = step("lognormal", "X1.a", median=1, sigma=0.0, at_least="X1.b", upwards=True)
    assert set(column(one, {"X1.b": 3.4}).tolist()) == {4.0}


def test_there_is_no_answer_where_the_condition_fails() -> None:
    before = step("lognormal", "X1.b", median=2, sigma=0.5)
    one = step("lognormal", "X1.a", median=5, sigma=0.0, only_if={"X1.b": 2})
    made = drawn(one, before=[before])
    np.testing.assert_array_equal(np.isnan(made.columns["X1.a"]), made.columns["X1.b"] < 2)


def test_shares_have_their_median_and_stay_between_0_and_100() -> None:
    found = column(step("share", "Y1.share", median=26, spread=1.5, decimals=1))
    assert np.median(found) == pytest.approx(26, abs=1)
    assert found.min() >= 0
    assert found.max() <= 100


def test_beta_shares_are_shares_of_whole_numbers() -> None:
    found = column(step("beta", "Y1.share", a=6.0, b=1.4, of=("X1.a",), decimals=1), {"X1.a": 8})
    assert set(found.tolist()) <= {0.0, 12.5, 25.0, 37.5, 50.0, 62.5, 75.0, 87.5, 100.0}
    assert found.mean() == pytest.approx(100 * 6 / 7.4, abs=1)


def test_scales_hold_whole_steps_between_their_ends() -> None:
    found = column(step("scale", "Y1.scale", mean=2.6, spread=1.0))
    assert set(found.tolist()) == {0, 1, 2, 3, 4}
    assert found.mean() == pytest.approx(2.6, abs=0.1)


def test_counts_have_their_mean_and_dispersion() -> None:
    found = column(step("count", "Y1.whole", mean=45, dispersion=0.9))
    assert found.mean() == pytest.approx(45, rel=0.04)
    assert found.var() == pytest.approx(45 + 0.9 * 45**2, rel=0.1)


def test_traits_leave_the_mean_of_counts_as_it_is() -> None:
    found = column(
        step("count", "Y1.whole", mean=45, dispersion=0.2, weights={"quality": 0.5}), before=[QUALITY]
    )
    assert found.mean() == pytest.approx(45, rel=0.05)


def test_a_part_is_never_above_its_whole() -> None:
    one = step("binomial", "X1.c", of=("X1.a", "X1.b"), median=40, spread=1.0)
    found = column(one, {"X1.a": 7, "X1.b": 3})
    assert (found.min(), found.max()) == (0, 10)
    assert found.mean() == pytest.approx(4, abs=0.3)


def test_a_least_part_holds_only_as_far_as_the_whole_goes() -> None:
    one = step("binomial", "X1.c", of=("X1.a",), median=1, spread=0.1, least=1)
    assert column(one, {"X1.a": 5}).min() == 1
    assert column(one, {"X1.a": 0}).max() == 0


def test_yes_is_said_as_often_as_its_share() -> None:
    found = column(step("yes", "Y1.yes", share=83, weights={"quality": 0.5}), before=[QUALITY])
    assert set(found.tolist()) == {0.0, 1.0}
    assert found.mean() == pytest.approx(0.83, abs=0.02)


def test_a_choice_falls_as_often_as_its_chance() -> None:
    words = drawn(step("choice", "Y1.word", chances={"few": 1, "many": 3})).words["Y1.word"]
    assert np.count_nonzero(words == "many") / ROWS == pytest.approx(0.75, abs=0.02)
    assert set(words.tolist()) == {"few", "many"}


def test_a_lasting_choice_stays_with_its_organisation() -> None:
    words = drawn(step("choice", "Y1.word", chances={"a": 1, "b": 1}, lasting=True)).words["Y1.word"]
    pairs: NDArray[np.str_] = words.reshape(-1, 2)
    assert (pairs[:, 0] == pairs[:, 1]).all()


def test_types_add_up_to_the_whole() -> None:
    one = step("types", *PARTS, of=("Y1.whole",), base=(5, 3, 2), concentration=14)
    made = drawn(one, {"Y1.whole": 100})
    parts = np.array([made.columns[id] for id in PARTS])
    assert set(parts.sum(axis=0).tolist()) == {100.0}
    assert parts.mean(axis=1).tolist() == pytest.approx([50, 30, 20], abs=1)


def test_a_composition_adds_up_to_100_around_its_base() -> None:
    east = Local(numbers={}, base=(0, 0, 1))
    south = Local(numbers={"concentration": 8}, base=())
    regions = {"east": east, "south": south}
    made = drawn(step("composition", *PARTS, base=(5, 3, 2), concentration=8, regions=regions))
    parts = np.array([made.columns[id] for id in PARTS])
    np.testing.assert_array_equal(np.rint(parts * 10).sum(axis=0), 1000)
    assert parts[:, ROWS // 2 :].mean(axis=1).tolist() == pytest.approx([50, 30, 20], abs=1)
    assert parts[:, : ROWS // 2].mean(axis=1).tolist() == pytest.approx([0, 0, 100], abs=1)


FINANCING = {"none": 5, "all": 8, "a": 2.0, "b": 2.1, "by_year": -1.2, "centre": 13, "concentration": 5}


def public_share(age: float, **more: Any) -> Floats:
    one = step("financing", *PARTS, of=("age",), public_parts=2, base=(1, 1, 1), **FINANCING, **more)
    made = drawn(one, {"age": age})
    parts = np.array([made.columns[id] for id in PARTS])
    np.testing.assert_array_equal(np.rint(parts * 10).sum(axis=0), 1000)
    found: Floats = parts[0] + parts[1]
    return found


def test_some_have_no_public_money_and_some_nothing_else() -> None:
    public = public_share(13)
    assert np.count_nonzero(public == 0) / ROWS == pytest.approx(0.05, abs=0.01)
    assert np.count_nonzero(np.isclose(public, 100)) / ROWS == pytest.approx(0.08, abs=0.01)


def test_the_public_share_sinks_with_age_and_moves_with_its_shift() -> None:
    assert public_share(13).mean() - public_share(23).mean() == pytest.approx(12 * 0.87, abs=1.5)
    assert public_share(13, shift=10).mean() - public_share(13).mean() == pytest.approx(10 * 0.87, abs=1.5)


def test_a_split_gives_two_parts_of_the_whole() -> None:
    made = drawn(
        step("split", "X1.a", "X1.b", of=("X1.c",), median=62, spread=0.9, decimals=1), {"X1.c": 3.4}
    )
    first, second = made.columns["X1.a"], made.columns["X1.b"]
    np.testing.assert_array_equal(np.round(first + second, 1), 3.4)
    assert first.min() >= 0
    assert second.min() >= 0
    assert np.median(first) == pytest.approx(0.62 * 3.4, abs=0.1)


def test_who_joined_and_left_makes_the_number_of_a_year_ago() -> None:
    ids = ("X1.a", "X1.b", "X1.c", "Y1.whole")
    one = step("churn", *ids, of=("total",), joining=10, leaving=5, weights={"quality": 0.5})
    made = drawn(one, {"total": 100}, before=[QUALITY])
    joined, left, year_ago, two_years_ago = (made.columns[id] for id in ids)
    np.testing.assert_array_equal(year_ago - left + joined, 100)
    assert joined.mean() == pytest.approx(10, abs=1)
    assert (left <= year_ago).all()
    assert two_years_ago.mean() < year_ago.mean() < 100
