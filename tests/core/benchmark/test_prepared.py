import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.benchmark import MEASURES, ON, POPULATIONS, benchmark_scheme, population
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import Prepared, prepare, same_name
from touchstone.core.days import years_before

SCHEME = benchmark_scheme()


def ready(one: Population) -> Prepared:
    return prepare(one, SCHEME)


def latest(one: Population, *, on: date = ON, oldest_years: int = 5) -> list[int]:
    found: list[int] = ready(one).latest(on=on, oldest_years=oldest_years).tolist()
    return found


def on_day(day: date | str, organisation: str = "Peer") -> dict[str, object]:
    return {"organisation": organisation, "interviewed_on": day}


@given(POPULATIONS, st.dates(date(2021, 1, 1), date(2026, 12, 31)), st.integers(0, 6))
def test_the_latest_rows_are_those_of_a_plain_search(one: Population, on: date, years: int) -> None:
    last: dict[str, tuple[date, int]] = {}
    for row, name in enumerate(one.organisation.tolist()):
        day = one.interviewed_on[row].item()
        if years_before(on, years) <= day <= on:
            last[name] = max(last.get(name, (date.min, -1)), (day, row))
    assert latest(one, on=on, oldest_years=years) == sorted(row for _, row in last.values())


def test_an_assessment_after_the_day_does_not_count() -> None:
    both = population([on_day(date(2026, 10, 12)), on_day(date(2026, 10, 13))])
    assert latest(both) == [0]


def test_an_assessment_exactly_as_old_as_allowed_counts() -> None:
    assert latest(population([on_day(date(2021, 10, 12))])) == [0]


def test_an_assessment_a_day_older_does_not_count() -> None:
    assert latest(population([on_day(date(2021, 10, 11))])) == []


def test_of_two_rows_on_one_day_the_later_in_the_file_counts() -> None:
    assert latest(population([on_day(date(2026, 1, 1)), on_day(date(2026, 1, 1))])) == [1]


def test_a_later_row_in_the_file_with_an_earlier_day_does_not_count() -> None:
    assert latest(population([on_day(date(2026, 1, 2)), on_day(date(2026, 1, 1))])) == [0]


def test_a_row_without_a_date_never_counts() -> None:
    assert latest(population([on_day("NaT"), on_day(date(2026, 1, 1), "Other")])) == [1]


def test_nobody_is_left_of_an_empty_population() -> None:
    assert latest(population([])) == []


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 10, 12), 5, date(2021, 10, 12)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2024, 2, 29), 5, date(2019, 2, 28)),
        (date(2024, 2, 29), 0, date(2024, 2, 29)),
        (date(3, 5, 6), 9, date(1, 5, 6)),
    ],
)
def test_years_before_a_day(day: date, years: int, expected: date) -> None:
    assert years_before(day, years) == expected


@pytest.mark.parametrize(
    "name", ["Aviation Valley", " aviation valley ", "AVIATION VALLEY", "Aviation\u00a0Valley"]
)
def test_case_and_surrounding_space_do_not_make_another_organisation(name: str) -> None:
    assert same_name(name) == "aviation valley"


def test_a_decomposed_letter_is_the_same_letter() -> None:
    assert same_name("Gru\u0308ner Cluster") == same_name("Grüner Cluster")


def test_two_spellings_are_one_organisation() -> None:
    assert latest(population([on_day(date(2026, 1, 1), "ALPHA "), on_day(date(2026, 1, 2), "Alpha")])) == [1]


def test_a_measure_that_the_population_lacks_is_missing_in_every_row() -> None:
    one = population([{"X1.a": 1.0, "X1.b": 2.0}])
    prepared = ready(replace(one, values={"X1.b": one.values["X1.b"]}))
    assert prepared.measures == MEASURES
    np.testing.assert_array_equal(prepared.matrix, [[np.nan], [2.0], [np.nan]])


def test_a_value_that_is_not_finite_is_missing() -> None:
    prepared = ready(population([{"X1.a": np.inf}, {"X1.a": -np.inf}, {"X1.a": 0.0}]))
    np.testing.assert_array_equal(prepared.matrix[0], [np.nan, np.nan, 0.0])


ROWS: list[dict[str, Any]] = [
    {"organisation": "Alpha", "X1.a": 1.0, "X1.b": -0.0, "X2.story": "Łódź"},
    {"organisation": "Beta", "X1.a": 2.5, "X2.deputy": "yes", "level": "gold"},
    {"organisation": "Gamma", "country": "PL", "portfolio": "food"},
]


def digest(one: Population) -> str:
    return ready(one).digest(np.arange(len(one)))


def test_a_digest_is_a_sha_256() -> None:
    assert len(digest(population(ROWS))) == len(hashlib.sha256().hexdigest())


def test_the_order_of_rows_does_not_change_a_digest() -> None:
    assert digest(population(ROWS[::-1])) == digest(population(ROWS))


def test_the_order_of_columns_does_not_change_a_digest() -> None:
    one = population(ROWS)
    turned = replace(
        one, values=dict(reversed(list(one.values.items()))), words=dict(reversed(list(one.words.items())))
    )
    assert digest(turned) == digest(one)


def test_the_order_of_measures_in_the_scheme_does_not_change_a_digest() -> None:
    one = population(ROWS)
    turned = benchmark_scheme(measures=dict(reversed(list(SCHEME.measures.items()))))
    assert prepare(one, turned).digest(np.arange(3)) == digest(one)


def test_a_row_outside_does_not_change_a_digest() -> None:
    """Its long texts make the text columns wider, which must not show."""
    more = population([*ROWS, {"organisation": "Delta" * 20, "X2.story": "word " * 50}])
    assert ready(more).digest(np.arange(3)) == digest(population(ROWS))


def test_the_sign_of_zero_does_not_change_a_digest() -> None:
    assert digest(population([{**ROWS[0], "X1.b": 0.0}, *ROWS[1:]])) == digest(population(ROWS))


def test_the_kind_of_not_a_number_does_not_change_a_digest() -> None:
    one = population(ROWS)
    strange = one.values["X1.a"].copy()
    strange[2] = -np.nan
    assert digest(replace(one, values={**one.values, "X1.a": strange})) == digest(one)


def test_a_column_that_is_left_out_counts_as_missing() -> None:
    rows = [{"organisation": "Alpha", "X1.a": 1.0}]
    one = population(rows)
    assert digest(replace(one, values={"X1.a": one.values["X1.a"]}, words={})) == digest(one)


@pytest.mark.parametrize(
    "change",
    [
        {"organisation": "Alfa"},
        {"country": "LV"},
        {"portfolio": "food"},
        {"level": "silver"},
        {"interviewed_on": date(2026, 10, 10)},
        {"X1.a": 1.0000000000000002},
        {"X1.b": np.nan},
        {"X1.c": 0.0},
        {"X2.story": "Lodz"},
        {"X2.deputy": "no"},
        {"X2.story": "", "X2.deputy": "Łódź"},
    ],
)
def test_any_change_of_a_member_changes_the_digest(change: dict[str, object]) -> None:
    assert digest(population([{**ROWS[0], **change}, *ROWS[1:]])) != digest(population(ROWS))


def test_texts_that_run_together_differ() -> None:
    first = population([{"organisation": "AlphaL", "country": "T"}])
    second = population([{"organisation": "Alpha", "country": "LT"}])
    assert digest(first) != digest(second)


def test_the_digest_of_a_known_row_stays_what_it_is() -> None:
    """A frozen comparison set must be recognised years later: a change here needs a new FORMAT."""
    known = "2e976ff59fcb5fb89b9b82dc7de66def275934f791b3e9136db2c8bd8a860be1"
    assert digest(population(ROWS[:1])) == known


def test_there_is_one_zero() -> None:
    made = ready(population([{"X1.a": -0.0, "X1.b": 0.0, "X1.c": -0.5}]))
    assert np.signbit(made.matrix[:, 0]).tolist() == [False, False, True]
