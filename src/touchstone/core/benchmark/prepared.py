"""A population made ready for many comparisons: columns stacked, organisations numbered."""

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.model import Floats, Indices, Population
from touchstone.core.days import years_before
from touchstone.core.scheme.model import Scheme

FORMAT = b"touchstone peers 1"  # changes when the canonical bytes below do


def same_name(name: str) -> str:
    """What two spellings of one organisation share: case and surrounding space do not count."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A population in the form that comparisons read. `prepare` makes it.

    `matrix` has one row a numeric measure, in the order of `measures`, and one column an assessment;
    `number` maps an organisation's `same_name` to its number, `numbers` holds each row's.
    """

    population: Population
    measures: tuple[str, ...]
    texts: tuple[str, ...]  # ids of the other measures
    matrix: Floats
    number: dict[str, int]
    numbers: Indices

    @cached_property
    def by_organisation(self) -> Indices:
        """Rows ordered by organisation and date; of one day, in the order of the file."""
        return np.lexsort((self.population.interviewed_on, self.numbers))

    def latest(self, *, on: date, oldest_years: int) -> Indices:
        """One row an organisation: its last one not after `on` nor older than that many years.

        Both ends of the window count as inside. Of two rows on one day the later in the file is the
        last. A row without a date is never inside. The rows come back in the order of the file.
        """
        rows = self.by_organisation
        day = self.population.interviewed_on[rows]
        inside = rows[(day >= np.datetime64(years_before(on, oldest_years))) & (day <= np.datetime64(on))]
        owner = self.numbers[inside]
        last = np.ones(len(inside), np.bool_)
        last[:-1] = owner[1:] != owner[:-1]
        return np.sort(inside[last])

    @cached_property
    def row_digests(self) -> list[bytes]:
        """SHA-256 of each row's canonical bytes.

        The bytes are the same whatever the order of rows and columns in the file, the width of its
        text columns, the locale or the process: first the ids of all measures, sorted, then the
        numbers as little-endian float64 with one bit pattern for missing and one for zero, then the
        lengths of the texts, then the texts themselves in UTF-8. Measures of the scheme that the
        file lacks count as missing.
        """
        numbers = np.ascontiguousarray(self.matrix[np.argsort(self.measures)].T, "<f8") + 0.0
        numbers[np.isnan(numbers)] = np.nan
        columns = self._text_columns()
        lengths = np.stack([np.strings.str_len(column) for column in columns], axis=-1).astype("<i4")
        ids = (*sorted(self.measures), *sorted(self.texts))
        start = hashlib.sha256(b"\0".join((FORMAT, *(id.encode() for id in ids))))
        digests = []
        for row, words in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
            one = start.copy()
            one.update(numbers[row].data)
            one.update(lengths[row].data)
            one.update("".join(words).encode())
            digests.append(one.digest())
        return digests

    def _text_columns(self) -> tuple[NDArray[np.str_], ...]:
        population = self.population
        empty = np.zeros(len(population), "<U1")
        return (
            population.organisation,
            population.country,
            population.portfolio,
            population.level,
            np.datetime_as_string(population.interviewed_on, unit="D"),
            *(population.words.get(id, empty) for id in sorted(self.texts)),
        )

    def digest(self, rows: Indices) -> str:
        """SHA-256 (hex) of some rows' data, whatever their order."""
        digests = sorted(self.row_digests[row] for row in rows.tolist())
        return hashlib.sha256(FORMAT + b"".join(digests)).hexdigest()


def prepare(population: Population, scheme: Scheme) -> Prepared:
    """Make a population ready.

    A numeric measure of the scheme that it lacks is missing in every row, and so is a value that is
    not finite. There is one zero: which of two comes first in a sorted row would depend on the file.
    """
    measures = tuple(id for id, measure in scheme.measures.items() if measure.kind.numeric)
    texts = tuple(id for id, measure in scheme.measures.items() if not measure.kind.numeric)
    missing = np.full(len(population), np.nan)
    matrix = np.array([population.values.get(id, missing) for id in measures], np.float64) + 0.0
    matrix[~np.isfinite(matrix)] = np.nan
    matrix = matrix.reshape(len(measures), len(population))
    number: dict[str, int] = {}
    numbers = [number.setdefault(same_name(name), len(number)) for name in population.organisation.tolist()]
    return Prepared(
        # The rows of the matrix stand in for the columns, so that a large population is held once.
        population=replace(population, values=dict(zip(measures, matrix, strict=True))),
        measures=measures,
        texts=texts,
        matrix=matrix,
        number=number,
        numbers=np.array(numbers, np.intp),
    )
