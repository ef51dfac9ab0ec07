"""How measures follow from others.

One arithmetic serves one organisation and a whole population: a single value is a column of length
one, and every operation works element by element, so that both come out equal to the last bit.

Each operation reads the measures of `Derivation.of` in this order:

=================  ==========================================  =============================================
operation          of                                          gives
=================  ==========================================  =============================================
sum                the parts                                   their sum
mean               the parts                                   the mean of those answered
ratio              numerator, denominator                      numerator / denominator
percent_of         part, whole                                 100 × part / whole
share_of_sum       part, then all parts, itself among them     100 × part / sum of the parts
growth             now, before                                 100 × (now - before) / before
complement         share                                       100 - share
years_since        year                                        interview year - year
positive_share     the parts                                   per cent of those answered that are above 0
at_least_count     the parts                                   how many are at least `bound`
dominant           the parts                                   last name of the largest part, if it is alone
                                                               the largest and at least `bound`; else "mixed"
=================  ==========================================  =============================================

A missing part makes the result missing, except in `mean` and `positive_share`; nothing is ever
taken as zero. What has no finite value (a division by zero, a year after the interview) is missing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, reduce
from graphlib import TopologicalSorter

import numpy as np
from numpy.typing import NDArray

from touchstone.core.assessment.model import Value
from touchstone.core.scheme.model import Derivation, Kind, Scheme

Floats = NDArray[np.float64]
Words = NDArray[np.str_]

MIXED = "mixed"
WHOLE = (Kind.COUNT, Kind.SCALE, Kind.YEAR)

DECIMALS = 9  # of a sum: finer than anything that is answered


def derive(values: Mapping[str, Value], scheme: Scheme, *, interviewed_on: date) -> dict[str, Value]:
    """All values of one assessment, in the order of the pack, with the derived ones added.

    A derived value that was given is kept only where its inputs are missing; `plausibility.check`
    tells where the two contradict each other.
    """
    columns = {id: np.array([float(value)]) for id, value in values.items() if is_number(value)}
    years = np.array([float(interviewed_on.year)])
    for id, derivation in _in_order(scheme):
        derived = _apply(derivation, columns, years)
        columns[id] = np.where(np.isnan(derived), columns.get(id, derived), derived)
    words = {id: str(column[0]) for id, column in derive_words(columns, scheme, rows=1).items() if column[0]}
    return _in_pack_order({**values, **_scalars(columns, scheme), **words}, scheme)


def derive_columns(
    columns: Mapping[str, Floats], scheme: Scheme, years: NDArray[np.number]
) -> dict[str, Floats]:
    """The columns of a population with each missing derived numeric column added.

    A column that is there stays as it is, so that figures are those of the file that was handed in.

    Args:
        columns: measure id → values, NaN for missing, all as long as `years`.
        scheme: the pack that says what is derived.
        years: the year of each row's interview.
    """
    filled = dict(columns)
    for id, derivation in _in_order(scheme):
        if id not in columns:
            filled[id] = _apply(derivation, filled, years.astype(np.float64))
    return filled


def derive_words(columns: Mapping[str, Floats], scheme: Scheme, *, rows: int) -> dict[str, Words]:
    """The derived choices of a population, as long as `rows`; empty for missing."""
    return {
        id: _dominant(measure.derived, columns, rows)
        for id, measure in scheme.measures.items()
        if measure.derived is not None and measure.derived.operation == "dominant"
    }


def is_number(value: Value) -> bool:
    """Whether arithmetic applies: yes and no are answers, not 1 and 0."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_scalar(number: float, kind: Kind) -> int | float:
    """A number as its kind writes it: a whole one without a fraction."""
    return int(number) if kind in WHOLE and float(number).is_integer() else float(number)


def _scalars(columns: Mapping[str, Floats], scheme: Scheme) -> dict[str, Value]:
    numbers = {id: float(columns[id][0]) for id, _ in _in_order(scheme)}
    return {id: as_scalar(x, scheme.measures[id].kind) for id, x in numbers.items() if not np.isnan(x)}


def _in_pack_order(values: Mapping[str, Value], scheme: Scheme) -> dict[str, Value]:
    return {id: values[id] for id in scheme.measures if id in values}


def in_order(scheme: Scheme) -> tuple[tuple[str, Derivation], ...]:
    """The derived measures and how, each after those that it follows from."""
    derived = ((id, measure.derived) for id, measure in scheme.measures.items())
    return _sorted(tuple((id, how) for id, how in derived if how is not None))


def _in_order(scheme: Scheme) -> list[tuple[str, Derivation]]:
    """Those of them that are numbers."""
    return [(id, how) for id, how in in_order(scheme) if how.operation != "dominant"]


@lru_cache(maxsize=16)  # a few packs are at work at once, and sorting takes as long as reckoning
def _sorted(derivations: tuple[tuple[str, Derivation], ...]) -> tuple[tuple[str, Derivation], ...]:
    how = dict(derivations)
    order = TopologicalSorter({id: derivation.of for id, derivation in derivations}).static_order()
    return tuple((id, how[id]) for id in order if id in how)


def _apply(derivation: Derivation, columns: Mapping[str, Floats], years: Floats) -> Floats:
    missing = np.full(len(years), np.nan)
    parts = [columns.get(id, missing) for id in derivation.of]
    with np.errstate(all="ignore"):  # what is not finite becomes missing, below
        result = _OPERATIONS[derivation.operation](parts, derivation, years)
    return np.where(np.isfinite(result), result, np.nan)


def _added(parts: Sequence[Floats]) -> Floats:
    # One by one and not by numpy's own sum, whose order of adding depends on the length of a column.
    return reduce(np.add, parts)


def _sum(parts: Sequence[Floats]) -> Floats:
    # 0.1 and 0.2 make 0.3 for whoever typed them, and equal values must be equal among peers.
    total = _added(parts)
    rounded = np.round(total, DECIMALS)
    return np.where(np.isfinite(rounded), rounded, total)


def _mean(parts: Sequence[Floats]) -> Floats:
    given = _added([np.where(np.isnan(part), 0.0, part) for part in parts])
    return given / _answered(parts)


def _answered(parts: Sequence[Floats]) -> Floats:
    return _added([(~np.isnan(part)).astype(np.float64) for part in parts])


def _positive_share(parts: Sequence[Floats]) -> Floats:
    return 100.0 * _added([(part > 0).astype(np.float64) for part in parts]) / _answered(parts)


def _at_least_count(parts: Sequence[Floats], bound: float) -> Floats:
    reached = _added([(part >= bound).astype(np.float64) for part in parts])
    return np.where(_answered(parts) == len(parts), reached, np.nan)


def _years_since(year: Floats, interview: Floats) -> Floats:
    age = interview - year
    return np.where(age >= 0, age, np.nan)


def _dominant(derivation: Derivation, columns: Mapping[str, Floats], rows: int) -> Words:
    missing = np.full(rows, np.nan)
    parts = np.vstack([columns.get(id, missing) for id in derivation.of])
    names = np.array([id.rpartition(".")[2] for id in derivation.of])
    largest = parts.max(axis=0)  # NaN where a part is missing
    alone = (parts == largest).sum(axis=0) == 1
    clear = alone & (largest >= (derivation.bound or 0.0))
    return np.where(np.isnan(largest), "", np.where(clear, names[parts.argmax(axis=0)], MIXED))


_OPERATIONS: Mapping[str, Callable[[Sequence[Floats], Derivation, Floats], Floats]] = {
    "sum": lambda parts, _, __: _sum(parts),
    "mean": lambda parts, _, __: _mean(parts),
    "ratio": lambda parts, _, __: parts[0] / parts[1],
    "percent_of": lambda parts, _, __: 100.0 * parts[0] / parts[1],
    "share_of_sum": lambda parts, _, __: 100.0 * parts[0] / _added(parts[1:]),
    "growth": lambda parts, _, __: 100.0 * (parts[0] - parts[1]) / parts[1],
    "complement": lambda parts, _, __: 100.0 - parts[0],
    "years_since": lambda parts, _, years: _years_since(parts[0], years),
    "positive_share": lambda parts, _, __: _positive_share(parts),
    "at_least_count": lambda parts, rule, __: _at_least_count(parts, rule.bound or 0.0),
}
