from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.assessments import derived, measure, scale, scheme_of
from factories.populations import equal, random_population
from touchstone.core.benchmark.model import Population
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Derivation, Kind
from touchstone.intake.population import FAULTS_PER_COLUMN, read_population
from touchstone.output.population import write_population

TYPE = measure(
    "A3.type",
    Kind.CHOICE,
    options=["industry", "research", "mixed"],
    derived=Derivation(operation="dominant", of=("A3.industry", "A3.research"), bound=50),
)
SCHEME = scheme_of(
    measure("A1.founded", Kind.YEAR),
    derived("A1.age", "years_since", "A1.founded"),
    measure("A3.industry", Kind.SHARE),
    measure("A3.research", Kind.SHARE),
    TYPE,
    measure("A6.total", Kind.COUNT),
    measure("B2.fte", Kind.NUMBER, minimum=0),
    derived("B2.load", "ratio", "A6.total", "B2.fte"),
    measure("B4.deputy", Kind.YES_NO),
    scale("B5.review"),
    measure("C3.budget", Kind.MONEY),
    measure("A2.form", Kind.CHOICE, options=["association", "company"]),
    measure("F2.story", Kind.TEXT),
)
HEAD = "organisation,country,portfolio,interviewed_on,level"
ISO = "Write the ISO code of two letters, such as LT."
YEAR_FIRST = "Write the year first, such as 2026-10-12."
EARLY = "is before benchmarking began in 2007."
FIRST = "one,LT,ict,2024-02-29,gold"
SECOND = "two,PL,food,2025-01-01,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def csv(folder: Path, text: str | bytes) -> Path:
    file = folder / "peers.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def read(folder: Path, text: str | bytes) -> Population:
    return read_population(csv(folder, text), SCHEME)


def refusal(file: Path) -> tuple[Fault, ...]:
    with pytest.raises(Unusable) as refused:
        read_population(file, SCHEME)
    assert refused.value.file == str(file)
    return refused.value.faults


def with_column(id: str, *cells: str) -> str:
    """A CSV of two organisations with one measure."""
    first, second = (*cells, "", "")[:2]
    return f"{HEAD},{id}\n{FIRST},{first}\n{SECOND},{second}\n"


def parquet(folder: Path, columns: Mapping[str, Sequence[Any] | pa.Array]) -> Path:
    file = folder / "peers.parquet"
    two = {
        "organisation": ["one", "two"], "country": ["LT", "PL"], "portfolio": ["ict", "food"],
        "interviewed_on": [date(2024, 2, 29), date(2025, 1, 1)], "level": ["gold", None],
    }  # fmt: skip
    pyarrow.parquet.write_table(pa.table({**two, **columns}), file)
    return file


def test_a_row_is_read_column_by_column(folder: Path) -> None:
    population = read(folder, with_column("A6.total", "42"))
    assert population.organisation.tolist() == ["one", "two"]
    assert population.country.tolist() == ["LT", "PL"]
    assert population.portfolio.tolist() == ["ict", "food"]
    assert population.interviewed_on.tolist() == [date(2024, 2, 29), date(2025, 1, 1)]
    assert population.level.tolist() == ["gold", ""]
    np.testing.assert_array_equal(population.values["A6.total"], [42, np.nan])
    assert population.synthetic is False


def test_every_measure_has_a_column_and_what_the_file_lacks_is_missing(folder: Path) -> None:
    population = read(folder, with_column("A6.total", "42", "7"))
    assert [*population.values, *population.words] == [
        *(id for id, m in SCHEME.measures.items() if m.kind.numeric),
        *(id for id, m in SCHEME.measures.items() if not m.kind.numeric),
    ]
    np.testing.assert_array_equal(population.values["B2.fte"], [np.nan, np.nan])
    assert population.words["F2.story"].tolist() == ["", ""]


def test_a_derived_column_that_the_file_lacks_is_derived(folder: Path) -> None:
    text = f"{HEAD},A1.founded,A3.industry,A3.research\n{FIRST},2012,60,40\n{SECOND},2012,50,\n"
    population = read(folder, text)
    np.testing.assert_array_equal(population.values["A1.age"], [12, 13])
    assert population.words["A3.type"].tolist() == ["industry", ""]


def test_a_derived_column_of_the_file_stays_as_it_is(folder: Path) -> None:
    population = read(folder, f"{HEAD},A6.total,B2.fte,B2.load\n{FIRST},60,2,31\n{SECOND},60,2,\n")
    np.testing.assert_array_equal(population.values["B2.load"], [31, np.nan])


@pytest.mark.parametrize(
    ("word", "held"),
    [("true", "true"), ("TRUE", "true"), ("yes", "true"), ("0", "false"), ("no", "false"), ("", "")],
)
def test_yes_and_no_are_held_as_words(folder: Path, word: str, held: str) -> None:
    assert read(folder, with_column("B4.deputy", word)).words["B4.deputy"].tolist() == [held, ""]


def test_a_text_may_have_commas_quotes_and_lines(folder: Path) -> None:
    text = with_column("F2.story", '"We sold ""more"", twice\nas much"', " žalia ")
    assert read(folder, text).words["F2.story"].tolist() == ['We sold "more", twice\nas much', "žalia"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_known_by_the_header(folder: Path, separator: str) -> None:
    text = with_column("A6.total", "42").replace(",", separator)
    assert read(folder, text).values["A6.total"].tolist()[0] == 42


def test_a_mark_of_utf_8_is_no_part_of_the_header(folder: Path) -> None:
    assert len(read(folder, b"\xef\xbb\xbf" + with_column("A6.total", "42").encode())) == 2


def test_codes_and_names_are_taken_in_the_forms_that_people_write(folder: Path) -> None:
    population = read(folder, f"{HEAD}\n one ,el,Food industry,2024-02-29,GOLD\n")
    columns = (population.organisation, population.country, population.portfolio, population.level)
    assert [column.tolist() for column in columns] == [["one"], ["GR"], ["food"], ["gold"]]


def test_a_population_of_synthetic_organisations_is_synthetic(folder: Path) -> None:
    text = f"{HEAD}\nSYN-0001,LT,ict,2024-02-29,\n"
    mixed = text + "real,LT,ict,2024-02-29,\n"
    assert [read(folder, one).synthetic for one in (text, mixed)] == [True, False]


@pytest.mark.parametrize("text", [f"{HEAD}\n", f"{HEAD}"])
def test_an_empty_population_is_told(folder: Path, text: str) -> None:
    assert refusal(csv(folder, text)) == (
        Fault("", "The population is empty.", "Add a row for each assessment."),
    )


def test_an_empty_population_in_parquet_is_told_too(folder: Path) -> None:
    file = folder / "peers.parquet"
    pyarrow.parquet.write_table(pa.table({name: pa.array([], pa.string()) for name in HEAD.split(",")}), file)
    assert refusal(file)[0].problem == "The population is empty."


def test_a_file_of_another_name_is_told(folder: Path) -> None:
    (folder / "peers.xlsx").write_bytes(b"PK")
    assert refusal(folder / "peers.xlsx") == (
        Fault("", 'A population is CSV or Parquet, and not ".xlsx".', "Name it with .csv or .parquet."),
    )


def test_every_fault_of_the_header_is_told(folder: Path) -> None:
    assert refusal(
        csv(folder, "organisation,country,portfolio,interviewed_on,A6.totl,A6.total,A6.total,§\nx\n")
    ) == (
        Fault("header", 'The column "A6.total" is there 2 times.', "Keep one."),
        Fault("header", 'The column "level" is missing.', "Add it; see the format of populations."),
        Fault("header", 'The column "A6.totl" is neither known nor a measure.', 'Did you mean "A6.total"?'),
        Fault(
            "header",
            'The column "§" is neither known nor a measure.',
            "touchstone scheme show lists the measures.",
        ),
    )


@pytest.mark.parametrize(
    ("id", "cell", "problem", "remedy"),
    [
        (
            "A6.total",
            "many",
            '"many" is not a number.',
            "Give a number, or leave the cell empty where there is no answer.",
        ),
        ("B2.fte", "12,5", '"12,5" is not a number.', "Write a point before the decimals."),
        (
            "A6.total",
            "1_000",
            '"1_000" is not a number.',
            "Give a number, or leave the cell empty where there is no answer.",
        ),
        ("A6.total", "nan", "nan is out of range.", "Give a number from 0, or leave the cell empty."),
        ("A6.total", "inf", "inf is out of range.", "Give a number from 0, or leave the cell empty."),
        ("A6.total", "-1", "-1.0 is out of range.", "Give a number from 0, or leave the cell empty."),
        ("A6.total", "4.5", "4.5 is not a whole number.", "Round it, or leave the cell empty."),
        (
            "A3.industry",
            "101",
            "101.0 is out of range.",
            "Give a number from 0 to 100, or leave the cell empty.",
        ),
        ("B5.review", "5", "5.0 is out of range.", "Give a number from 0 to 4, or leave the cell empty."),
        ("B2.load", "1e300", "1e+300 is out of range.", "Give a number, or leave the cell empty."),
        ("B4.deputy", "maybe", '"maybe" is not allowed.', "Allowed are: true, yes, 1, false, no, 0."),
        ("A2.form", "club", '"club" is not allowed.', "Allowed are: association, company."),
    ],
)
def test_a_cell_that_does_not_fit_is_told_with_row_and_column(
    folder: Path, id: str, cell: str, problem: str, remedy: str
) -> None:
    quoted = f'"{cell}"' if "," in cell else cell
    assert refusal(csv(folder, with_column(id, "", quoted))) == (Fault(f"row 3, {id}", problem, remedy),)


def test_a_column_with_one_word_among_numbers_is_checked_all_through(folder: Path) -> None:
    text = f"{HEAD},A6.total\n{FIRST},x\n{SECOND},-1\n{SECOND},5\n"
    assert [fault.place for fault in refusal(csv(folder, text))] == ["row 2, A6.total", "row 3, A6.total"]


def test_a_column_tells_its_first_faults(folder: Path) -> None:
    text = f"{HEAD},A6.total\n" + f"{FIRST},-1\n" * 20
    assert len(refusal(csv(folder, text))) == FAULTS_PER_COLUMN
    text = f"{HEAD}\n" + "".join(f"x,{number},ict,2024-02-29,\n" for number in range(20))
    assert len(refusal(csv(folder, text))) == FAULTS_PER_COLUMN


@pytest.mark.parametrize(
    ("row", "column", "problem", "remedy"),
    [
        (",LT,ict,2024-02-29,", "organisation", "The organisation is missing.", "Write its id."),
        ("x,Lithuania,ict,2024-02-29,", "country", '"Lithuania" is not a country code.', ISO),
        ("x,LT,itc,2024-02-29,", "portfolio", '"itc" is not a portfolio.', 'Did you mean "ict"?'),
        ("x,LT,,2024-02-29,", "portfolio", '"" is not a portfolio.', "Known are: ict, health, food."),
        ("x,LT,ict,29.02.2024,", "interviewed_on", '"29.02.2024" is not a day.', YEAR_FIRST),
        ("x,LT,ict,,", "interviewed_on", '"" is not a day.', YEAR_FIRST),
        ("x,LT,ict,2006-12-31,", "interviewed_on", f'"2006-12-31" {EARLY}', "Correct the year."),
        ("x,LT,ict,2024-02-29,top", "level", '"top" is not a level.', "Known are: bronze, silver, gold."),
    ],
)  # fmt: skip
def test_who_where_and_when_is_told_with_row_and_column(
    folder: Path, row: str, column: str, problem: str, remedy: str
) -> None:
    text = f"{HEAD}\n{FIRST}\n{row}\n"
    assert refusal(csv(folder, text)) == (Fault(f"row 3, {column}", problem, remedy),)


def test_a_row_that_is_too_long_is_told_with_its_number(folder: Path) -> None:
    assert refusal(csv(folder, f"{HEAD}\n{FIRST}\n{SECOND},7\n")) == (
        Fault("row 3", "The row has 6 cells, the header 5.", "Put texts that hold the separator in quotes."),
    )


@pytest.mark.parametrize("text", ["naźwa,miasto\nx,y", f"{HEAD}\nŁódź,LT,ict,2024-02-29,\n"])
def test_another_encoding_than_utf_8_is_refused(folder: Path, text: str) -> None:
    fault = refusal(csv(folder, text.encode("cp1250")))[0]
    assert "UTF-8" in fault.remedy or "UTF-8" in fault.problem


@pytest.mark.parametrize(
    "text", [with_column("A6.total", "42").encode("utf-16"), b"organisation\0,country\n"]
)
def test_what_is_no_utf_8_at_all_is_told(folder: Path, text: bytes) -> None:
    assert refusal(csv(folder, text))[0].place in ("line 1", "header")


def test_a_population_of_more_rows_than_memory_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("touchstone.intake.columns.ROWS_LIMIT", 1)
    files = (csv(folder, with_column("A6.total")), parquet(folder, {}))
    assert [refusal(file)[0].problem for file in files] == ["The population has more than 1 rows."] * 2


def test_types_of_parquet_are_taken_as_they_come(folder: Path) -> None:
    file = parquet(
        folder,
        {
            "organisation": pa.array([1, 2], pa.int64()),
            "country": pa.array(["LT", "PL"]).dictionary_encode(),
            "interviewed_on": pa.array([datetime(2024, 2, 29, 10), datetime(2025, 1, 1)], pa.timestamp("us")),  # noqa: DTZ001
            "level": pa.nulls(2),
            "A6.total": pa.array([42, None], pa.int16()),
            "B2.fte": pa.array(["2.5", None]),
            "B4.deputy": pa.array([True, None]),
            "C3.budget": pa.nulls(2),
            "F2.story": pa.array(["a", "b"], pa.large_string()),
        },
    )
    population = read_population(file, SCHEME)
    assert population.organisation.tolist() == ["1", "2"]
    assert population.interviewed_on.tolist() == [date(2024, 2, 29), date(2025, 1, 1)]
    assert (population.words["B4.deputy"].tolist(), population.words["F2.story"].tolist()) == (
        ["true", ""], ["a", "b"],
    )  # fmt: skip
    for id, numbers in {
        "A6.total": [42, np.nan],
        "B2.fte": [2.5, np.nan],
        "C3.budget": [np.nan, np.nan],
    }.items():
        np.testing.assert_array_equal(population.values[id], numbers)


@pytest.mark.parametrize(
    ("column", "cells", "place", "problem"),
    [
        ("interviewed_on", pa.array([None, date(2025, 1, 1)]), "row 2, interviewed_on", '"NaT" is not a'),
        ("interviewed_on", pa.array([date(1999, 1, 1)] * 2), "row 2, interviewed_on", '"1999-01-01" is'),
        ("F2.story", pa.array([b"a", b"b"]), "header", 'The column "F2.story" is of the type binary'),
        ("A6.total", pa.array([1.0, float("nan")]), "row 3, A6.total", "nan is out of range."),
        ("A6.total", pa.array([True, False]), "row 2, A6.total", '"true" is not a number.'),
        ("A6.total", pa.array([[1], [2]]), "header", 'The column "A6.total" is of the type list<'),
        ("F2.story", pa.array([{"a": 1}] * 2), "header", 'The column "F2.story" is of the type struct<'),
    ],
)  # fmt: skip
def test_a_column_of_parquet_that_does_not_fit_is_told(
    folder: Path, column: str, cells: pa.Array, place: str, problem: str
) -> None:
    fault = refusal(parquet(folder, {column: cells}))[0]
    assert (fault.place, fault.problem[: len(problem)]) == (place, problem)


def test_texts_that_would_fill_the_memory_are_told(folder: Path) -> None:
    rows = 20_000
    columns: dict[str, Any] = {
        "organisation": ["one"] * rows, "country": ["LT"] * rows, "portfolio": ["ict"] * rows,
        "interviewed_on": [date(2024, 2, 29)] * rows, "level": [""] * rows, "F2.story": ["x" * 10_000] * rows,
    }  # fmt: skip
    file = parquet(folder, columns)
    assert (file.stat().st_size < 100_000, refusal(file)[0].problem) == (
        True, "The longest text has 10000 letters: too many for 20000 rows.",
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" * 10, b"organisation,country\n"])
def test_what_is_no_parquet_is_told(folder: Path, content: bytes) -> None:
    file = folder / "peers.parquet"
    file.write_bytes(content)
    assert refusal(file) == (Fault("", "This cannot be read as Parquet.", "Write it anew."),)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_csv_and_parquet_of_the_same_population_are_equal(folder: Path, seed: int) -> None:
    population = random_population(SCHEME, rows=60, seed=seed)
    read_back = []
    for name in ("peers.csv", "peers.parquet"):
        write_population(population, folder / name, SCHEME)
        read_back.append(read_population(folder / name, SCHEME))
    assert [equal(one, population) for one in read_back] == [True, True]


@given(
    st.binary(),
    st.sampled_from([".csv", ".parquet"]),
    st.sampled_from([b"", f"{HEAD},A6.total\n".encode(), b"PAR1"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_population_or_unusable(folder: Path, rest: bytes, ending: str, start: bytes) -> None:
    file = folder / f"any{ending}"
    file.write_bytes(start + rest)
    try:
        rows = len(read_population(file, SCHEME))
    except Unusable as refused:
        rows = len(str(refused).encode())
    assert rows > 0
