"""Every organisation of a population against its own peers, all at once.

The result is what `compare` gives for each organisation alone, to the last bit. It is reached without
repeating the work: each measure is sorted once, a group's sorted values serve all its organisations
together, leaving one organisation out shifts an index by one, and disclosure control is reckoned for
cells of organisations that have all groups in common.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.cells import ALL, COUNTRY, GOLD, KINDS, PORTFOLIO, RELATED, Cells, Members
from touchstone.core.benchmark.cells import cells as find_cells
from touchstone.core.benchmark.cells import members as find_members
from touchstone.core.benchmark.distribution import QUANTILES
from touchstone.core.benchmark.model import Floats, Indices
from touchstone.core.benchmark.prepared import Prepared
from touchstone.core.benchmark.ranked import (
    NOTHING,
    Flags,
    Grouping,
    Ranked,
    ascending_rows,
    left_out,
    numbered,
    positions,
    rank,
    spread,
)
from touchstone.core.scheme.model import Disclosure, Scheme

# The level that each of P5, P25, median, P75, P95 needs to be shown.
NEEDED = (disclosure.FULL, disclosure.QUARTILES, disclosure.MEDIAN, disclosure.QUARTILES, disclosure.FULL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyone:
    """Figures of all organisations: arrays of kind × measure × organisation.

    `rows` holds the organisations' rows in the population; `cells.KINDS` and `measures` name the other
    two axes. `shown` holds codes of `disclosure.LEVELS`. A figure that may not be shown is NaN, and so
    is a percentile without an own value. Where an organisation has no group of a kind, n is 0.
    """

    on: date
    rows: Indices
    measures: tuple[str, ...]
    n: NDArray[np.int32]
    shown: disclosure.Levels
    p5: Floats
    p25: Floats
    median: Floats
    p75: Floats
    p95: Floats
    percentile: Floats

    @property
    def quantiles(self) -> tuple[Floats, ...]:
        """P5, P25, median, P75, P95."""
        return self.p5, self.p25, self.median, self.p75, self.p95


def compare_all(
    ready: Prepared,
    *,
    scheme: Scheme,
    on: date,
    measures: Sequence[str] | None = None,
    workers: int = 1,
) -> Everyone:
    """Place every organisation with an assessment in the window of `on` among its own peers.

    The result takes about 265 bytes for each measure and organisation, so of a very large population
    one asks a few `measures` at a time. `workers` threads share the measures. Without a readable
    disclosure setting nobody is a peer, and the result is empty.
    """
    wanted = ready.measures if measures is None else tuple(measures)
    setting = disclosure.readable(scheme.disclosure)
    if setting is None:
        return _empty(on, np.array([], np.intp), wanted)
    rows = ready.latest(on=on, oldest_years=setting.oldest_years)
    result = _empty(on, rows, wanted)
    if len(rows):
        organisations = find_members(ready.population, rows, scheme, setting)
        work = _Work.begin(organisations, setting, result)
        lines = ((place, ready.matrix[ready.measures.index(id), rows]) for place, id in enumerate(wanted))
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda line: work.measure(*line), lines))
    return result


def _empty(on: date, rows: Indices, measures: tuple[str, ...]) -> Everyone:
    shape = (len(KINDS), len(measures), len(rows))
    p5, p25, median, p75, p95, percentile = (np.full(shape, np.nan) for _ in range(6))
    return Everyone(
        on=on,
        rows=rows,
        measures=measures,
        n=np.zeros(shape, np.int32),
        shown=np.zeros(shape, np.uint8),
        p5=p5,
        p25=p25,
        median=median,
        p75=p75,
        p95=p95,
        percentile=percentile,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What all measures share, and the work on one measure."""

    cells: Cells
    may_show: Flags
    groupings: tuple[tuple[int, Grouping, Flags | None], ...]  # kind, groups, whose groups they are
    setting: Disclosure
    result: Everyone

    @classmethod
    def begin(cls, organisations: Members, setting: Disclosure, result: Everyone) -> "_Work":
        cells = find_cells(organisations)
        _, codes = cells.control(cells.occupied(), setting)
        return cls(
            cells=cells,
            may_show=codes[1] > disclosure.NONE,
            groupings=tuple(_groupings(organisations)),
            setting=setting,
            result=result,
        )

    def measure(self, place: int, values: Floats) -> None:
        """Reckon one measure and write it into the result at its place."""
        has = ~np.isnan(values)
        counts, codes = self.cells.control(self.cells.occupied(has), self.setting, self.may_show)
        with_own = has.astype(np.intp)
        self.result.n[:, place] = counts[with_own, self.cells.of].T
        self.result.shown[:, place] = codes[with_own, self.cells.of].T
        ordered = ascending_rows(values)
        for kind, grouping, owners in self.groupings:
            ranked = rank(values, ordered, grouping)
            self._write(ranked, grouping, slice(None) if owners is None else owners, kind=kind, place=place)
        self._hide(place)

    def _write(
        self, ranked: Ranked, grouping: Grouping, owners: Flags | slice, *, kind: int, place: int
    ) -> None:
        theirs = owners if isinstance(owners, slice) else owners[ranked.rows]
        rows, group = ranked.rows[theirs], ranked.group[theirs]
        self.result.percentile[kind, place, rows] = positions(ranked, leaving_out=True)[theirs]
        for share, quantile in zip(QUANTILES, self.result.quantiles, strict=True):
            table = spread(ranked, share)
            line = quantile[kind, place]
            line[owners] = table[NOTHING][grouping.group[owners]]
            line[rows] = table[left_out(ranked, share)[theirs], group]

    def _hide(self, place: int) -> None:
        shown = self.result.shown[:, place]
        for needed, quantile in zip(NEEDED, self.result.quantiles, strict=True):
            quantile[:, place][shown < needed] = np.nan
        self.result.percentile[:, place][shown == disclosure.NONE] = np.nan


def _groupings(organisations: Members) -> Iterator[tuple[int, Grouping, Flags | None]]:
    one_group = np.zeros(len(organisations.gold), np.uint16)
    portfolio = numbered(organisations.portfolio, organisations.portfolios)
    country = numbered(organisations.country, organisations.countries)
    yield PORTFOLIO, Grouping(group=portfolio, groups=organisations.portfolios), None
    yield COUNTRY, Grouping(group=country, groups=organisations.countries), None
    yield GOLD, Grouping(group=one_group, groups=1, member=organisations.gold), None
    yield ALL, Grouping(group=one_group, groups=1), None
    for portfolio_number, wider in organisations.related.items():
        owners = organisations.portfolio == portfolio_number
        inside = np.isin(organisations.portfolio, wider)
        yield RELATED, Grouping(group=one_group, groups=1, inside=inside), owners
