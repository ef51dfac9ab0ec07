"""A population as a file: CSV or Parquet, the same bytes for the same population."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from touchstone.core.benchmark.model import Floats, Population
from touchstone.core.benchmark.rows import NO, YES
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.output.writing import write_whole

# The library has no types of its own.
Column = Any
Table = Any

FORMATS = (".csv", ".parquet")
_WHOLE = (Kind.COUNT, Kind.SCALE, Kind.YEAR, Kind.MONEY)
_EXACT = 2.0**53  # up to here every whole number is a float64


def write_population(population: Population, path: Path, scheme: Scheme) -> None:
    """Write a population under a name that ends in .csv or .parquet.

    Columns are organisation, country, portfolio, interviewed_on, level, then every measure of the
    scheme in its order. Raises Unusable for another ending, and OSError.
    """
    table = as_table(population, scheme)
    content = io.BytesIO()
    match path.suffix.lower():
        case ".csv":
            _write_csv(table, content)
        case ".parquet":
            pyarrow.parquet.write_table(table, content, compression="zstd")
        case other:
            problem = f'A population cannot be written as "{other}".'
            raise Unusable(str(path), Fault("", problem, f"Name the file with {' or '.join(FORMATS)}."))
    write_whole(path, content.getvalue())


def as_table(population: Population, scheme: Scheme) -> Table:
    """The columns by name: integers where all are whole, booleans for yes and no, null for missing."""
    columns: dict[str, Column] = {
        "organisation": pa.array(population.organisation.tolist(), pa.string()),
        "country": pa.array(population.country.tolist(), pa.string()),
        "portfolio": pa.array(population.portfolio.tolist(), pa.string()),
        "interviewed_on": pa.array(population.interviewed_on.astype("datetime64[D]"), pa.date32()),
        "level": _words(population.level.tolist()),
    }
    return pa.table(columns | dict(_measures(population, scheme)))


def _measures(population: Population, scheme: Scheme) -> Iterator[tuple[str, Column]]:
    for id, measure in scheme.measures.items():
        if measure.kind.numeric:
            missing = np.full(len(population), np.nan)
            yield id, _numbers(population.values.get(id, missing), measure)
        else:
            words = population.words[id].tolist() if id in population.words else [""] * len(population)
            yield id, _yes_no(words) if measure.kind is Kind.YES_NO else _words(words)


def _numbers(values: Floats, measure: Measure) -> Column:
    missing = ~np.isfinite(values)
    given = values[~missing]
    if measure.kind in _WHOLE and bool((np.mod(given, 1) == 0).all() and (np.abs(given) < _EXACT).all()):
        return pa.array(np.where(missing, 0, values).astype(np.int64), mask=missing)
    return pa.array(values, pa.float64(), mask=missing)


def _words(words: list[str]) -> Column:
    return pa.array([word or None for word in words], pa.string())


def _yes_no(words: list[str]) -> Column:
    return pa.array([{YES: True, NO: False}.get(word) for word in words], pa.bool_())


def _write_csv(table: Table, content: io.BytesIO) -> None:
    """Plain where nothing needs quotes, else every text in quotes. Numbers have the fewest digits."""
    try:
        pyarrow.csv.write_csv(table, content, _options("none"))
    except pa.ArrowInvalid:
        content.seek(0)
        content.truncate()
        pyarrow.csv.write_csv(table, content, _options("needed"))


def _options(quotes: str) -> Any:
    return pyarrow.csv.WriteOptions(quoting_style=quotes, quoting_header="none")  # ids of measures need none
