from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.assessments import INTERVIEW, derived, measure, scheme_of
from touchstone.core.assessment.derivation import as_scalar, derive, derive_columns, derive_words
from touchstone.core.assessment.model import Value
from touchstone.core.scheme.model import Kind, Scheme

NAN = float("nan")


def three(operation: str, bound: float | None = None) -> Scheme:
    """A scheme of X1.a, X1.b and X1.c, and of X1.d that follows from them."""
    inputs = [measure(f"X1.{name}") for name in "abc"]
    return scheme_of(*inputs, derived("X1.d", operation, "X1.a", "X1.b", "X1.c", bound=bound))


def two(operation: str) -> Scheme:
    return scheme_of(measure("X1.a"), measure("X1.b"), derived("X1.d", operation, "X1.a", "X1.b"))


def result(scheme: Scheme, **values: float) -> Value | None:
    """X1.d for values of X1.a, X1.b …"""
    given_values: dict[str, Value] = {f"X1.{name}": value for name, value in values.items()}
    return derive(given_values, scheme, interviewed_on=INTERVIEW).get("X1.d")


def test_a_sum_adds_its_parts() -> None:
    assert result(three("sum"), a=1, b=2.5, c=4) == 7.5


def test_a_mean_goes_over_those_answered() -> None:
    assert result(three("mean"), a=1, c=4) == 2.5


def test_a_mean_of_nothing_is_missing() -> None:
    assert result(three("mean")) is None


def test_a_ratio_divides_the_first_by_the_second() -> None:
    assert result(two("ratio"), a=60, b=2.5) == 24.0


def test_a_per_cent_is_the_part_of_the_whole() -> None:
    assert result(two("percent_of"), a=3, b=12) == 25.0


def test_decimals_add_up_as_on_paper() -> None:
    assert result(three("sum"), a=0.1, b=0.2, c=0.3) == 0.6
    assert result(three("sum"), a=1e300, b=1e300, c=0) == 2e300


def test_a_share_of_a_sum_names_its_part_first_and_then_all_parts() -> None:
    share = derived("X1.d", "share_of_sum", "X1.a", "X1.a", "X1.b")
    assert result(scheme_of(measure("X1.a"), measure("X1.b"), share), a=1, b=3) == 25.0


def test_growth_is_the_change_in_per_cent_of_before() -> None:
    assert result(two("growth"), a=60, b=48) == 25.0


def test_shrinking_is_negative_growth() -> None:
    assert result(two("growth"), a=36, b=48) == -25.0


def test_a_complement_is_what_is_left_of_a_hundred() -> None:
    scheme = scheme_of(measure("X1.a"), derived("X1.d", "complement", "X1.a"))
    assert result(scheme, a=7.5) == 92.5


def test_years_are_counted_to_the_year_of_the_interview() -> None:
    scheme = scheme_of(measure("X1.a", Kind.YEAR), derived("X1.d", "years_since", "X1.a"))
    assert derive({"X1.a": 2012}, scheme, interviewed_on=date(2026, 1, 1)) == {"X1.a": 2012, "X1.d": 14.0}


def test_a_year_after_the_interview_gives_no_age() -> None:
    scheme = scheme_of(measure("X1.a", Kind.YEAR), derived("X1.d", "years_since", "X1.a"))
    assert derive({"X1.a": 2027}, scheme, interviewed_on=INTERVIEW) == {"X1.a": 2027}


def test_a_positive_share_goes_over_those_answered() -> None:
    assert result(three("positive_share"), a=0, b=3) == 50.0


def test_a_positive_share_of_nothing_is_missing() -> None:
    assert result(three("positive_share")) is None


def test_a_count_counts_the_parts_that_reach_the_bound() -> None:
    assert result(three("at_least_count", bound=2), a=1.99, b=2, c=3) == 2.0


def test_a_count_without_a_bound_counts_what_is_not_negative() -> None:
    assert result(three("at_least_count"), a=-1, b=0, c=3) == 2.0


@pytest.mark.parametrize(
    ("shares", "word"),
    [
        ({"a": 60, "b": 30, "c": 10}, "a"),
        ({"a": 20, "b": 30, "c": 50}, "c"),
        ({"a": 40, "b": 30, "c": 30}, "mixed"),
        ({"a": 50, "b": 50, "c": 0}, "mixed"),
    ],
)
def test_the_largest_part_dominates_when_it_reaches_the_bound_alone(
    shares: dict[str, float], word: str
) -> None:
    assert result(three("dominant", bound=50), **shares) == word


def test_nothing_dominates_where_a_part_is_missing() -> None:
    assert result(three("dominant", bound=50), a=60, b=30) is None


@pytest.mark.parametrize("operation", ["sum", "share_of_sum", "at_least_count"])
def test_a_missing_part_makes_the_whole_missing_and_is_never_zero(operation: str) -> None:
    assert result(three(operation, bound=1), a=1, b=2) is None


@pytest.mark.parametrize("operation", ["ratio", "percent_of", "growth"])
def test_a_division_by_zero_is_missing(operation: str) -> None:
    assert [result(two(operation), a=a, b=0) for a in (0, 1)] == [None, None]


def test_a_share_of_nothing_at_all_is_missing() -> None:
    assert result(three("share_of_sum"), a=0, b=0, c=0) is None


def test_a_sum_past_all_numbers_is_missing() -> None:
    assert result(three("sum"), a=1e308, b=1e308, c=1e308) is None


def test_a_derived_value_follows_from_derived_values_wherever_they_stand_in_the_pack() -> None:
    scheme = scheme_of(
        derived("X1.last", "complement", "X1.middle"),
        derived("X1.middle", "percent_of", "X1.a", "X1.b"),
        measure("X1.a"),
        measure("X1.b"),
    )
    values = derive({"X1.a": 1, "X1.b": 4}, scheme, interviewed_on=INTERVIEW)
    assert list(values.items()) == [("X1.last", 75.0), ("X1.middle", 25.0), ("X1.a", 1), ("X1.b", 4)]


def test_a_given_derived_value_is_kept_where_its_inputs_are_missing() -> None:
    assert result(two("ratio"), a=60, d=30) == 30.0


def test_a_given_derived_value_gives_way_to_its_inputs() -> None:
    assert result(two("ratio"), a=60, b=2, d=31) == 30.0


def test_a_given_choice_is_kept_where_its_parts_are_missing() -> None:
    values = derive({"X1.d": "b"}, three("dominant", bound=50), interviewed_on=INTERVIEW)
    assert values == {"X1.d": "b"}


def test_a_derived_count_is_a_whole_number() -> None:
    scheme = scheme_of(measure("X1.a"), derived("X1.d", "sum", "X1.a", kind=Kind.COUNT))
    value = result(scheme, a=4.0)
    assert (value, type(value)) == (4, int)


def test_a_number_that_is_not_whole_stays_as_it_is_whatever_its_kind() -> None:
    assert (as_scalar(2.5, Kind.COUNT), as_scalar(3.0, Kind.NUMBER)) == (2.5, 3.0)


def test_yes_is_not_the_number_one() -> None:
    scheme = scheme_of(measure("X1.a", Kind.YES_NO), derived("X1.d", "sum", "X1.a"))
    assert derive({"X1.a": True}, scheme, interviewed_on=INTERVIEW) == {"X1.a": True}


def test_a_measure_that_the_scheme_does_not_know_is_left_out() -> None:
    assert derive({"Z9.z": 1}, two("ratio"), interviewed_on=INTERVIEW) == {}


def test_columns_get_the_missing_derived_ones() -> None:
    columns = {"X1.a": np.array([60.0, NAN, 5.0]), "X1.b": np.array([2.0, 3.0, 0.0])}
    filled = derive_columns(columns, two("ratio"), np.array([2024, 2025, 2026]))
    np.testing.assert_array_equal(filled["X1.d"], [30.0, NAN, NAN])


def test_a_derived_column_that_is_there_stays_as_it_is() -> None:
    columns = {"X1.a": np.array([60.0]), "X1.b": np.array([2.0]), "X1.d": np.array([NAN])}
    filled = derive_columns(columns, two("ratio"), np.array([2026]))
    np.testing.assert_array_equal(filled["X1.d"], [NAN])


def test_a_column_without_any_input_is_wholly_missing() -> None:
    filled = derive_columns({}, two("ratio"), np.array([2025, 2026]))
    np.testing.assert_array_equal(filled["X1.d"], [NAN, NAN])


def test_years_are_counted_row_by_row() -> None:
    scheme = scheme_of(measure("X1.a", Kind.YEAR), derived("X1.d", "years_since", "X1.a"))
    filled = derive_columns({"X1.a": np.array([2012.0, 2012.0])}, scheme, np.array([2020, 2026]))
    np.testing.assert_array_equal(filled["X1.d"], [8.0, 14.0])


def test_derived_choices_come_as_words() -> None:
    columns = {
        f"X1.{name}": np.array(shares)
        for name, shares in zip("abc", ([60.0, 40], [30, 30], [10, NAN]), strict=True)
    }
    words = derive_words(columns, three("dominant", bound=50), rows=2)
    assert {id: column.tolist() for id, column in words.items()} == {"X1.d": ["a", ""]}


numbers = st.one_of(st.just(NAN), st.floats(-1e6, 1e6), st.integers(0, 5).map(float))
operations = st.sampled_from(
    ["sum", "mean", "ratio", "percent_of", "share_of_sum", "growth", "complement", "years_since",
     "positive_share", "at_least_count"]
)  # fmt: skip


@given(operations, st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=40))
def test_one_organisation_and_a_population_come_out_equal_to_the_last_bit(
    operation: str, rows: list[tuple[float, float, float]]
) -> None:
    scheme = three(operation, bound=1)
    columns = {
        f"X1.{name}": np.array(column) for name, column in zip("abc", zip(*rows, strict=True), strict=True)
    }
    together = derive_columns(columns, scheme, np.full(len(rows), INTERVIEW.year))["X1.d"]
    alone = []
    for row in rows:
        values = {f"X1.{name}": value for name, value in zip("abc", row, strict=True) if not np.isnan(value)}
        alone.append(derive(values, scheme, interviewed_on=INTERVIEW).get("X1.d", NAN))
    np.testing.assert_array_equal(together, np.array(alone))


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=3).filter(lambda parts: sum(parts) > 1e-6))
def test_shares_of_a_sum_add_up_to_a_hundred(parts: list[float]) -> None:
    inputs = [measure(f"X1.{name}") for name in "abc"]
    ids = [m.id for m in inputs]
    shares = [derived(f"{id}_share", "share_of_sum", id, *ids) for id in ids]
    values = derive(dict(zip(ids, parts, strict=True)), scheme_of(*inputs, *shares), interviewed_on=INTERVIEW)
    assert sum(float(values[share.id]) for share in shares) == pytest.approx(100)


@given(st.lists(st.floats(0, 4) | st.just(NAN), min_size=3, max_size=3))
def test_a_mean_lies_between_the_smallest_and_the_largest(parts: list[float]) -> None:
    given_parts = {name: part for name, part in zip("abc", parts, strict=True) if not np.isnan(part)}
    mean = result(three("mean"), **given_parts)
    if not given_parts:
        assert mean is None
    else:
        assert min(given_parts.values()) - 1e-9 <= float(mean or 0) <= max(given_parts.values()) + 1e-9


@given(operations, st.lists(st.floats(allow_nan=True, allow_infinity=False), min_size=3, max_size=3))
def test_no_derived_value_is_ever_infinite(operation: str, parts: list[float]) -> None:
    columns = {f"X1.{name}": np.array([part]) for name, part in zip("abc", parts, strict=True)}
    assert not np.isinf(derive_columns(columns, three(operation, bound=1), np.array([2026]))["X1.d"]).any()
