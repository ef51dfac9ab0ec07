"""Populations with values of every kind drawn at random, missing ones among them."""

import numpy as np
from numpy.typing import NDArray

from touchstone.core.assessment.derivation import derive_columns, derive_words
from touchstone.core.assessment.ranges import range_of
from touchstone.core.benchmark.model import Floats, Population
from touchstone.core.scheme.model import Kind, Measure, Scheme


def random_population(scheme: Scheme, *, rows: int = 30, seed: int = 1, prefix: str = "peer-") -> Population:
    """Rows with a value in about nine of ten cells; derived columns follow from the others."""
    random = np.random.default_rng(seed)
    days = np.datetime64("2020-01-01") + random.integers(0, 2000, rows)
    asked = {id: measure for id, measure in scheme.measures.items() if measure.derived is None}
    columns = {id: _numbers(random, m, rows) for id, m in asked.items() if m.kind.numeric}
    values = derive_columns(columns, scheme, days.astype("datetime64[Y]").astype(int) + 1970)
    words = {id: _words(random, m, rows) for id, m in asked.items() if not m.kind.numeric}
    words |= derive_words(values, scheme, rows=rows)
    return Population(
        organisation=np.array([f"{prefix}{number:04}" for number in range(rows)]),
        country=random.choice(["LT", "PL", "XK"], rows),
        portfolio=random.choice(list(scheme.portfolios), rows),
        interviewed_on=days,
        level=random.choice(["", "bronze", "gold"], rows),
        values={id: values[id] for id, m in scheme.measures.items() if m.kind.numeric},
        words={id: words[id] for id, m in scheme.measures.items() if not m.kind.numeric},
        synthetic=prefix == "SYN-",
    )


def equal(one: Population, other: Population) -> bool:
    """Whether two populations hold the same, missing values included."""
    parts = ("organisation", "country", "portfolio", "interviewed_on", "level")
    same_parts = all(np.array_equal(getattr(one, part), getattr(other, part)) for part in parts)
    same_measures = list(one.values) == list(other.values) and list(one.words) == list(other.words)
    return (
        same_parts
        and same_measures
        and one.synthetic == other.synthetic
        and all(np.array_equal(one.values[id], other.values[id], equal_nan=True) for id in one.values)
        and all(np.array_equal(one.words[id], other.words[id]) for id in one.words)
    )


def _numbers(random: np.random.Generator, measure: Measure, rows: int) -> Floats:
    low, high = range_of(measure)
    numbers = random.uniform(max(low, -1e6), min(high, 1e6), rows)
    if measure.kind in (Kind.COUNT, Kind.SCALE, Kind.YEAR):
        numbers = np.floor(numbers)
    return np.where(random.random(rows) < 0.1, np.nan, numbers)


def _words(random: np.random.Generator, measure: Measure, rows: int) -> NDArray[np.str_]:
    if measure.kind is Kind.YES_NO:
        return random.choice(["true", "false", ""], rows)
    if measure.kind is Kind.TEXT:
        return random.choice(["We sold more.", 'A "quoted", long\nstory; žalia', ""], rows)
    return random.choice([*(option.id for option in measure.options), ""], rows)
