"""A comparison population from CSV or Parquet, checked as a whole and column by column."""

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchstone.core.assessment.countries import country_code
from touchstone.core.assessment.derivation import derive_columns, derive_words
from touchstone.core.assessment.ranges import range_in_words, range_of, whole
from touchstone.core.assessment.reading import EARLIEST_INTERVIEW, read_portfolio
from touchstone.core.assessment.texts import quoted
from touchstone.core.assessment.values import read_day
from touchstone.core.benchmark.model import Floats, Population
from touchstone.core.benchmark.rows import NO, YES
from touchstone.core.benchmark.synthetic import is_synthetic
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.core.scheme.naming import nearest
from touchstone.intake.columns import EMPTY, Table, read_csv, read_parquet
from touchstone.intake.guards import POPULATION_LIMIT, check_size

Words = NDArray[np.str_]

FAULTS_PER_COLUMN = 5  # the next rows mostly have the same fault
_WORDS_OF_YES_NO = {"true": YES, "yes": YES, "1": YES, "false": NO, "no": NO, "0": NO}


def read_population(path: Path, scheme: Scheme) -> Population:
    """The population in a file that is named .csv or .parquet.

    Derived columns that the file lacks are derived; those that it has stay as they are. Raises
    Unusable with the faults of each column by row, the first row below the header being row 2.
    """
    check_size(path, limit_bytes=POPULATION_LIMIT)
    match path.suffix.lower():
        case ".csv":
            table = read_csv(path, scheme)
        case ".parquet":
            table = read_parquet(path, scheme)
        case other:
            problem = f"A population is CSV or Parquet, and not {quoted(other or path.name)}."
            raise Unusable(str(path), Fault("", problem, "Name it with .csv or .parquet."))
    if table.rows == 0:
        raise Unusable(str(path), EMPTY)
    reading = _Reading(table, scheme)
    population = reading.population()
    if reading.faults:
        raise Unusable(str(path), *reading.faults)
    return population


class _Reading:
    """Turns the columns of a table into those of a population and collects what is wrong."""

    def __init__(self, table: Table, scheme: Scheme) -> None:
        self._table = table
        self._scheme = scheme
        self.faults: list[Fault] = []

    def population(self) -> Population:
        organisation = self._checked("organisation", _named)
        day = self._days()
        values, words = self._measures(day)
        return Population(
            organisation=organisation,
            country=self._checked("country", _country),
            portfolio=self._checked("portfolio", self._portfolio),
            interviewed_on=day,
            level=self._checked("level", self._level),
            values=values,
            words=words,
            synthetic=is_synthetic(organisation),
        )

    def _measures(self, day: NDArray[np.datetime64]) -> tuple[dict[str, Floats], dict[str, Words]]:
        """All measures of the scheme: read, derived where the file lacks them, or missing throughout."""
        rows = self._table.rows
        given = {id: measure for id, measure in self._scheme.measures.items() if id in self._table.columns}
        columns = {id: self._numbers(measure) for id, measure in given.items() if measure.kind.numeric}
        words = {id: self._words(measure) for id, measure in given.items() if not measure.kind.numeric}
        years = day.astype("datetime64[Y]").astype(np.int64) + 1970
        columns = derive_columns(columns, self._scheme, years)
        derived_words = derive_words(columns, self._scheme, rows=rows)
        missing, empty = np.full(rows, np.nan), np.zeros(rows, "<U1")
        measures = self._scheme.measures.items()
        return (
            {id: columns.get(id, missing) for id, measure in measures if measure.kind.numeric},
            {
                id: words.get(id, derived_words.get(id, empty))
                for id, measure in measures
                if not measure.kind.numeric
            },
        )

    def _numbers(self, measure: Measure) -> Floats:
        numbers, missing = self._parsed(measure.id)
        low, high = range_of(measure)
        outside = ~((numbers >= low) & (numbers <= high) | missing)
        remedy = f"Give a number {range_in_words(measure)}".strip() + ", or leave the cell empty."
        self._tell(measure.id, outside, numbers, "is out of range.", remedy)
        if whole(measure):
            broken = ~outside & (numbers != np.round(numbers)) & ~missing
            self._tell(
                measure.id, broken, numbers, "is not a whole number.", "Round it, or leave the cell empty."
            )
        return numbers

    def _parsed(self, name: str) -> tuple[Floats, NDArray[np.bool_]]:
        """The numbers of a column, NaN where there is none, and where none is wanted."""
        column = self._table.columns[name]
        if not pa.types.is_string(column.type):
            return column.to_numpy(zero_copy_only=False), column.is_null().to_numpy(zero_copy_only=False)
        words = column.fill_null("").to_pylist()
        wrong = np.array([bool(word) and not _is_number(word) for word in words])
        commas = wrong & np.array([_is_number(word.replace(",", ".", 1)) for word in words])
        self._tell(name, commas, words, "is not a number.", "Write a point before the decimals.")
        remedy = "Give a number, or leave the cell empty where there is no answer."
        self._tell(name, wrong & ~commas, words, "is not a number.", remedy)
        numbers = [float(word) if _is_number(word) else np.nan for word in words]
        return np.array(numbers), np.isnan(numbers)

    def _tell(
        self,
        column: str,
        wrong: NDArray[np.bool_],
        values: Sequence[object] | Floats,
        problem: str,
        remedy: str,
    ) -> None:
        for index in np.flatnonzero(wrong)[:FAULTS_PER_COLUMN].tolist():
            self._fault(index, column, f"{quoted(_plain(values[index]))} {problem}", remedy)

    def _fault(self, index: int, column: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(f"row {index + 2}, {column}", problem, remedy))

    def _words(self, measure: Measure) -> Words:
        if measure.kind is Kind.TEXT:
            return self._texts(measure.id)
        options = {option.id: option.id for option in measure.options}
        allowed = _WORDS_OF_YES_NO if measure.kind is Kind.YES_NO else options

        def read(word: str) -> str | Fault:
            known = allowed.get(word if word in allowed else word.lower())
            if known is None:
                return Fault("", f"{quoted(word)} is not allowed.", f"Allowed are: {', '.join(allowed)}.")
            return known

        return self._checked(measure.id, lambda word: read(word) if word else "")

    def _texts(self, name: str) -> Words:
        """The texts of a column, empty for missing."""
        return np.array(
            [word.strip() for word in self._table.columns[name].fill_null("").to_pylist()], np.str_
        )

    def _checked(self, name: str, read: Callable[[str], str | Fault]) -> Words:
        """A column of few different texts, each of them read once; its first faults end the reading."""
        encoded = self._table.columns[name].fill_null("").dictionary_encode()
        places: NDArray[np.int32] = encoded.indices.to_numpy()
        words: list[str] = []
        faults = 0
        for number, text in enumerate(encoded.dictionary.to_pylist()):
            word = read(text.strip())
            if isinstance(word, Fault):
                self._fault(int(np.argmax(places == number)), name, word.problem, word.remedy)
                faults += 1
            words.append("" if isinstance(word, Fault) else word)
            if faults == FAULTS_PER_COLUMN:
                return np.zeros(self._table.rows, np.str_)
        return np.array(words, np.str_)[places]

    def _days(self) -> NDArray[np.datetime64]:
        name = "interviewed_on"
        column = self._table.columns[name]
        if pa.types.is_string(column.type):
            texts = self._checked(name, _day)
            days = np.array([text or "NaT" for text in texts.tolist()], "datetime64[D]")
        else:
            days = column.to_numpy(zero_copy_only=False).astype("datetime64[D]")
            self._tell(
                name,
                np.isnat(days),
                days.astype(np.str_).tolist(),
                "is not a day.",
                "Give the day of the interview.",
            )
        early = days < np.datetime64(EARLIEST_INTERVIEW)
        problem = "is before benchmarking began in 2007."
        self._tell(name, early, days.astype(np.str_).tolist(), problem, "Correct the year.")
        return days

    def _portfolio(self, word: str) -> str | Fault:
        id = read_portfolio(word, self._scheme)
        return _known(word, id, "a portfolio", self._scheme.portfolios)

    def _level(self, word: str) -> str | Fault:
        levels = dict.fromkeys(level for rules in self._scheme.rule_sets.values() for level in rules.levels)
        return _known(word, word.lower() if word.lower() in (*levels, "") else None, "a level", levels)


def _known(word: str, id: str | None, what: str, known: Iterable[str]) -> str | Fault:
    if id is not None:
        return id
    close = nearest(word, known)
    remedy = f'Did you mean "{close}"?' if close else f"Known are: {', '.join(known)}."
    return Fault("", f"{quoted(word)} is not {what}.", remedy)


def _named(word: str) -> str | Fault:
    return word or Fault("", "The organisation is missing.", "Write its id.")


def _country(word: str) -> str | Fault:
    code = country_code(word)
    remedy = "Write the ISO code of two letters, such as LT."
    return Fault("", f"{quoted(word)} is not a country code.", remedy) if code is None else code


def _day(word: str) -> str | Fault:
    day = read_day(word, "")
    return day if isinstance(day, Fault) else day.isoformat()


def _is_number(word: str) -> bool:
    try:
        return word.isascii() and "_" not in word and isfinite(float(word))
    except ValueError:
        return False


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value
