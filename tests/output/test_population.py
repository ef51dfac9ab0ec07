from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.assessments import measure, scale, scheme_of
from factories.populations import equal, random_population
from touchstone.core.benchmark.model import Population
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Kind
from touchstone.intake.population import read_population
from touchstone.output.population import as_table, write_population

SCHEME = scheme_of(
    measure("A6.total", Kind.COUNT),
    measure("B2.fte", Kind.NUMBER),
    measure("B4.deputy", Kind.YES_NO),
    scale("B5.review"),
    measure("C3.budget", Kind.MONEY),
    measure("F2.story", Kind.TEXT),
)
TWO = Population(
    organisation=np.array(["SYN-0001", "SYN-0002"]),
    country=np.array(["LT", "PL"]),
    portfolio=np.array(["ict", "food"]),
    interviewed_on=np.array(["2024-02-29", "2025-01-01"], "datetime64[D]"),
    level=np.array(["gold", ""]),
    values={
        "A6.total": np.array([42.0, np.nan]),
        "B2.fte": np.array([2.0, 0.1 + 0.2]),
        "B5.review": np.array([np.nan, 4.0]),
        "C3.budget": np.array([250000.0, 1e11]),
    },
    words={"B4.deputy": np.array(["true", "false"]), "F2.story": np.array(["", ""])},
    synthetic=True,
)
PACK = load(shipped())


def written(population: Population, folder: Path, name: str = "peers.csv") -> bytes:
    write_population(population, folder / name, SCHEME)
    return (folder / name).read_bytes()


def test_csv_has_plain_cells_and_whole_numbers_without_a_fraction(tmp_path: Path) -> None:
    assert written(TWO, tmp_path).decode().splitlines() == [
        "organisation,country,portfolio,interviewed_on,level,A6.total,B2.fte,B4.deputy,B5.review,C3.budget,F2.story",
        "SYN-0001,LT,ict,2024-02-29,gold,42,2,true,,250000,",
        "SYN-0002,PL,food,2025-01-01,,,0.30000000000000004,false,4,100000000000,",
    ]


def test_csv_puts_texts_in_quotes_where_one_needs_them(tmp_path: Path) -> None:
    story = np.array(['We sold "more", twice\nas much', ""])
    with_story = replace(TWO, words={**TWO.words, "F2.story": story})
    assert written(with_story, tmp_path).decode().partition("\n")[2] == (
        '"SYN-0001","LT","ict",2024-02-29,"gold",42,2,true,,250000,"We sold ""more"", twice\nas much"\n'
        '"SYN-0002","PL","food",2025-01-01,,,0.30000000000000004,false,4,100000000000,\n'
    )


def test_parquet_has_integers_booleans_days_and_nulls(tmp_path: Path) -> None:
    written(TWO, tmp_path, "peers.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "peers.parquet")
    assert dict(zip(table.schema.names, table.schema.types, strict=True)) == {
        "organisation": pa.string(), "country": pa.string(), "portfolio": pa.string(),
        "interviewed_on": pa.date32(), "level": pa.string(), "A6.total": pa.int64(), "B2.fte": pa.float64(),
        "B4.deputy": pa.bool_(), "B5.review": pa.int64(), "C3.budget": pa.int64(), "F2.story": pa.string(),
    }  # fmt: skip
    assert table.to_pylist()[1] == {
        "organisation": "SYN-0002", "country": "PL", "portfolio": "food", "interviewed_on": date(2025, 1, 1),
        "level": None, "A6.total": None, "B2.fte": 0.1 + 0.2, "B4.deputy": False, "B5.review": 4,
        "C3.budget": 100000000000, "F2.story": None,
    }  # fmt: skip


@pytest.mark.parametrize("number", [2.5, 2.0**60])
def test_a_count_that_is_no_exact_whole_number_keeps_its_column_as_numbers(number: float) -> None:
    values = {**TWO.values, "A6.total": np.array([number, 1.0])}
    assert as_table(replace(TWO, values=values), SCHEME).column("A6.total").type == pa.float64()


def test_a_measure_that_the_population_lacks_is_an_empty_column() -> None:
    table = as_table(replace(TWO, values={}, words={}), SCHEME)
    assert [table.column(id).null_count for id in SCHEME.measures] == [2] * len(SCHEME.measures)


def test_what_is_not_finite_is_missing() -> None:
    values = {**TWO.values, "B2.fte": np.array([np.inf, -np.inf])}
    assert as_table(replace(TWO, values=values), SCHEME).column("B2.fte").null_count == 2


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as refused:
        write_population(TWO, tmp_path / "peers.xlsx", SCHEME)
    assert refused.value.faults == (
        Fault("", 'A population cannot be written as ".xlsx".', "Name the file with .csv or .parquet."),
    )


@pytest.mark.parametrize("name", ["peers.csv", "peers.parquet"])
def test_the_same_population_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    first, second = (
        written(random_population(SCHEME, rows=200, seed=4), tmp_path / folder, name) for folder in "ab"
    )
    assert first == second


@pytest.mark.parametrize("name", ["peers.csv", "peers.parquet"])
def test_a_population_of_the_pack_is_read_back_as_it_was(tmp_path: Path, name: str) -> None:
    population = random_population(PACK, rows=100, seed=5, prefix="SYN-")
    write_population(population, tmp_path / name, PACK)
    assert equal(read_population(tmp_path / name, PACK), population)


numbers = st.floats(-1e12, 1e12) | st.just(float("nan")) | st.integers(-(10**12), 10**12).map(float)


@given(st.lists(numbers, min_size=1, max_size=30), st.sampled_from(["peers.csv", "peers.parquet"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_number_comes_back_to_the_last_bit(
    tmp_path: Path, given_numbers: list[float], name: str
) -> None:
    rows = len(given_numbers)
    population = replace(
        random_population(SCHEME, rows=rows),
        values={"B2.fte": np.array(given_numbers)},
    )
    write_population(population, tmp_path / name, SCHEME)
    np.testing.assert_array_equal(read_population(tmp_path / name, SCHEME).values["B2.fte"], given_numbers)
