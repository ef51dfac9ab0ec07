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

from touchstone.core.benchmark import cells, disclosure
from touchstone.core.benchmark.distribution import QUANTILES, Counts
from touchstone.core.benchmark.model import Floats, Indices
from touchstone.core.benchmark.prepared import Prepared
from touchstone.core.benchmark.ranked import Flags, Grouping, Ladder, bins, ladder, positions, spread
from touchstone.core.benchmark.tails import revealing_members
from touchstone.core.scheme.model import Disclosure, Scheme

# The level that each of P5, P25, median, P75, P95 needs to be shown.
NEEDED = np.array(
    [disclosure.FULL, disclosure.QUARTILES, disclosure.MEDIAN, disclosure.QUARTILES, disclosure.FULL]
)
# So many values are ranked together: few enough for the cache, enough to outweigh each call's overhead.
BLOCK = 2**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one measure, by kind × organisation.

    `shown` holds codes of `disclosure.LEVELS`. A figure that may not be shown is NaN, and so is a
    percentile without an own value. Where an organisation has no group of a kind, n is 0.
    """

    n: Counts
    shown: disclosure.Levels
    p5: Floats
    p25: Floats
    median: Floats
    p75: Floats
    p95: Floats
    percentile: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyone:
    """All organisations compared. `figures` unfolds one measure; folded, all take little room.

    `rows` holds the organisations' rows in the population, `kinds` names the groups.
    """

    on: date
    rows: Indices
    measures: tuple[str, ...]
    lines: tuple["_Line", ...]
    kinds: tuple[str, ...] = cells.KINDS

    def figures(self, measure: str) -> Figures:
        """All figures of one measure; the organisations are in the order of `rows`."""
        return self.lines[self.measures.index(measure)].unfold()


def compare_all(
    ready: Prepared,
    *,
    scheme: Scheme,
    on: date,
    measures: Sequence[str] | None = None,
    workers: int = 1,
) -> Everyone:
    """Place every organisation with an assessment in the window of `on` among its own peers.

    The result takes some 45 bytes for each measure and organisation; of a very large population one may
    ask for a few `measures` at a time. `workers` threads share the work. Without a readable disclosure
    setting nobody is a peer, and no organisation is in the result.
    """
    wanted = ready.measures if measures is None else tuple(measures)
    setting = disclosure.readable(scheme.disclosure)
    rows = ready.latest(on=on, oldest_years=setting.oldest_years) if setting else np.array([], np.intp)
    if setting is None or not len(rows):
        return Everyone(on=on, rows=rows, measures=(), lines=())
    work = _Work.begin(cells.members(ready.population, rows, scheme, setting), setting)
    places = np.array([ready.measures.index(id) for id in wanted], np.intp)
    step = max(BLOCK // len(rows), 1)
    blocks = (ready.matrix[np.ix_(places[at : at + step], rows)] for at in range(0, len(places), step))
    with ThreadPoolExecutor(workers) as pool:
        lines = tuple(line for done in pool.map(work.block, blocks) for line in done)
    return Everyone(on=on, rows=rows, measures=wanted, lines=lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """The groups of one kind. `owners` are the organisations whose groups they are (None: all)."""

    kind: int
    grouping: Grouping
    owners: Flags | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What all measures share, and the work on a block of measures."""

    parts: cells.Cells
    may_show: Flags
    kinds: tuple[_Kind, ...]
    setting: Disclosure

    @classmethod
    def begin(cls, organisations: cells.Members, setting: Disclosure) -> "_Work":
        found = cells.find(organisations)
        everybody = np.ones((1, len(organisations.gold)), np.bool_)
        _, codes = found.control(found.occupied(everybody), setting)
        return cls(
            parts=found,
            may_show=codes[1, 0] > disclosure.NONE,
            kinds=tuple(_kinds(organisations)),
            setting=setting,
        )

    def block(self, values: Floats) -> list["_Line"]:
        """Reckon some measures: one row each, one column an organisation."""
        has = ~np.isnan(values)
        counts, codes = self.parts.control(self.parts.occupied(has), self.setting, self.may_show)
        shape = (len(values), len(cells.KINDS), values.shape[1])
        percentile, piece = np.full(shape, np.nan), np.zeros(shape, np.uint8)
        rungs = ladder(values.ravel())
        alone = np.zeros(shape, np.bool_)
        tables = [self._place(kind, rungs, percentile, piece, alone) for kind in self.kinds]
        return [
            _Line(
                cell=self.parts.of,
                has=has[row].astype(np.intp),
                counts=counts[:, row],
                codes=codes[:, row],
                kinds=self.kinds,
                tables=tuple(table[..., row, :] for table in tables),
                piece=piece[row],
                percentile=percentile[row],
                alone=np.flatnonzero(alone[row]),
            )
            for row in range(len(values))
        ]

    def _place(
        self, kind: _Kind, rungs: Ladder, percentile: Floats, piece: NDArray[np.uint8], alone: Flags
    ) -> Floats:
        """Write positions, pieces and revealing tails of one kind.

        Gives quantiles by share × piece × measure × group.
        """
        measures, _, organisations = percentile.shape
        binned = bins(rungs, _repeated(kind.grouping, measures))
        spreads = spread(binned, QUANTILES, leaving_out=True)
        owners = slice(None) if kind.owners is None else kind.owners
        placed = positions(binned, leaving_out=True).reshape(measures, organisations)
        pieces = spreads.pieces(binned).reshape(measures, organisations)
        percentile[:, kind.kind, owners] = placed[:, owners]
        piece[:, kind.kind, owners] = pieces[:, owners]
        revealing = revealing_members(binned, self.setting)
        if revealing is not None:
            alone[:, kind.kind, owners] = revealing.reshape(measures, organisations)[:, owners]
        return spreads.table.reshape(len(QUANTILES), -1, measures, kind.grouping.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One measure, folded: what groups have in common stands once."""

    cell: Indices
    has: Indices
    counts: Counts  # (without, with an own value) × cell × kind; `codes` likewise
    codes: disclosure.Levels
    kinds: tuple[_Kind, ...]
    tables: tuple[Floats, ...]  # of each of `kinds`: share × piece × group
    piece: NDArray[np.uint8]  # kind × organisation; `percentile` likewise
    percentile: Floats
    alone: Indices  # where, in kind × organisation laid flat, tails would tell about single peers

    def unfold(self) -> Figures:
        shown = self._shown()
        quantiles = np.full((len(QUANTILES), *shown.shape), np.nan)
        for kind, table in zip(self.kinds, self.tables, strict=True):
            owners = slice(None) if kind.owners is None else kind.owners
            piece, group = self.piece[kind.kind, owners], kind.grouping.group[owners]
            quantiles[:, kind.kind, owners] = table[:, piece, group]
        quantiles[shown < NEEDED[:, None, None]] = np.nan
        p5, p25, median, p75, p95 = quantiles
        return Figures(
            n=self.counts[self.has, self.cell].T,
            shown=shown,
            p5=p5,
            p25=p25,
            median=median,
            p75=p75,
            p95=p95,
            percentile=np.where(shown > disclosure.NONE, self.percentile, np.nan),
        )

    def _shown(self) -> disclosure.Levels:
        """The level's code by kind × organisation."""
        shown = np.ascontiguousarray(self.codes[self.has, self.cell].T)
        flat = shown.ravel()
        flat[self.alone] = np.minimum(flat[self.alone], np.uint8(disclosure.QUARTILES))
        return shown


def _repeated(grouping: Grouping, times: int) -> Grouping:
    """The grouping for so many measures one after the other, each with groups of its own."""
    if times == 1:
        return grouping
    measure = np.arange(times)[:, None]
    inside = grouping.inside
    return Grouping(
        group=(measure * grouping.groups + grouping.group).ravel(),
        groups=times * grouping.groups,
        member=None if grouping.member is None else np.tile(grouping.member, times),
        inside=None if inside is None else (measure * len(grouping.group) + inside).ravel(),
    )


def _kinds(organisations: cells.Members) -> Iterator[_Kind]:
    one_group = np.zeros(len(organisations.gold), np.intp)
    portfolio = Grouping(group=organisations.portfolio, groups=organisations.portfolios)
    country = Grouping(group=organisations.country, groups=organisations.countries)
    yield _Kind(kind=cells.PORTFOLIO, grouping=portfolio)
    yield _Kind(kind=cells.COUNTRY, grouping=country)
    yield _Kind(kind=cells.GOLD, grouping=Grouping(group=one_group, groups=1, member=organisations.gold))
    yield _Kind(kind=cells.ALL, grouping=Grouping(group=one_group, groups=1))
    for number, wider in organisations.related.items():
        inside = np.flatnonzero(np.isin(organisations.portfolio, wider))
        yield _Kind(
            kind=cells.RELATED,
            grouping=Grouping(group=one_group, groups=1, inside=inside),
            owners=organisations.portfolio == number,
        )
