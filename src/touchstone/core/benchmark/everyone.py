"""Every organisation of a population against its own peers, all at once.

The result is what `compare` gives for each organisation alone, to the last bit. It is reached without
repeating the work: each measure is sorted once, a group's sorted values serve all its organisations
together, leaving one organisation out shifts an index by one, and disclosure control is reckoned for
cells of organisations that have all groups in common.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark import cells, disclosure
from touchstone.core.benchmark.distribution import QUANTILES, Counts
from touchstone.core.benchmark.model import Floats, Indices
from touchstone.core.benchmark.prepared import Prepared
from touchstone.core.benchmark.ranked import Flags, Grouping, Ladder, Places, bins, ladder, places, spread
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

    The result takes less room than the values themselves: some four to eight bytes for each measure and
    organisation. `workers` threads share the work. Without a readable disclosure setting nobody is a
    peer, and no organisation is in the result.
    """
    wanted = ready.measures if measures is None else tuple(measures)
    setting = disclosure.readable(scheme.disclosure)
    rows = ready.latest(on=on, oldest_years=setting.oldest_years) if setting else np.array([], np.intp)
    if setting is None or not len(rows):
        return Everyone(on=on, rows=rows, measures=(), lines=())
    work = _Work.begin(cells.members(ready.population, rows, scheme, setting), setting)
    places = np.array([ready.measures.index(id) for id in wanted], np.intp)
    step = max(BLOCK // len(rows), 1)

    def block(at: int) -> list[_Line]:
        # Cut out by the thread that needs it: a pool takes all its work at once.
        return work.block(ready.matrix[np.ix_(places[at : at + step], rows)])

    with ThreadPoolExecutor(workers) as pool:
        lines = tuple(line for done in pool.map(block, range(0, len(places), step)) for line in done)
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
        rungs = ladder(values.ravel())
        placed = [self._place(kind, rungs, values.shape) for kind in self.kinds]
        return [
            _Line(
                cell=self.parts.of,
                has=has[row],
                counts=counts[:, row],
                codes=codes[:, row],
                places=tuple(one.measure(row) for one in placed),
            )
            for row in range(len(values))
        ]

    def _place(self, kind: _Kind, rungs: Ladder, shape: tuple[int, ...]) -> "_Placed":
        """Places and spreads of one kind, for measures × organisations."""
        measures, _ = shape
        binned = bins(rungs, _repeated(kind.grouping, measures))
        spreads = spread(binned, QUANTILES, leaving_out=True)
        revealing = revealing_members(binned, self.setting)
        return _Placed(
            kind=kind,
            places=places(binned, leaving_out=True),
            piece=spreads.pieces(binned),
            whole=spreads.whole,
            table=spreads.table.reshape(len(QUANTILES), -1, measures, kind.grouping.groups),
            revealing=None if revealing is None else revealing.reshape(shape),
            shape=shape,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A kind of groups, for a block of measures; `table` is share × piece × measure × group."""

    kind: _Kind
    places: Places
    piece: NDArray[np.uint8]
    whole: int
    table: Floats
    revealing: Flags | None
    shape: tuple[int, ...]

    def measure(self, row: int) -> "_Folded":
        """What one measure has of it, and of its owners alone."""
        owners = slice(None) if self.kind.owners is None else self.kind.owners
        member = self.places.member
        return _Folded(
            kind=self.kind.kind,
            owners=owners,
            group=self.kind.grouping.group[owners],
            places=replace(
                self.places,
                of=self.places.of.reshape(self.shape)[row, owners],
                member=None if member is None else member.reshape(self.shape)[row, owners],
            ),
            piece=self.piece,
            whole=self.whole,
            table=self.table[..., row, :],
            revealing=self._revealing(row),
        )

    def _revealing(self, row: int) -> Indices:
        if self.revealing is None:
            return np.zeros(0, np.intp)
        mine = True if self.kind.owners is None else self.kind.owners
        return np.flatnonzero(self.revealing[row] & mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folded:
    """A kind of groups, for one measure: what organisations have in common stands once."""

    kind: int
    owners: slice | Flags  # the organisations whose groups they are
    group: Indices
    places: Places
    piece: NDArray[np.uint8]
    whole: int
    table: Floats  # share × piece × group
    revealing: Indices  # organisations whose tails would tell about single peers

    def quantiles(self) -> Floats:
        """Share × owner."""
        return self.table[:, self.places.told(self.piece, otherwise=self.whole), self.group]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One measure, folded."""

    cell: Indices
    has: Flags
    counts: Counts  # (without, with an own value) × cell × kind; `codes` likewise
    codes: disclosure.Levels
    places: tuple[_Folded, ...]

    def unfold(self) -> Figures:
        has = self.has.astype(np.intp)
        shown = self._shown(has)
        quantiles = np.full((len(QUANTILES), *shown.shape), np.nan)
        percentile = np.full(shown.shape, np.nan)
        for one in self.places:
            quantiles[:, one.kind, one.owners] = one.quantiles()
            percentile[one.kind, one.owners] = one.places.unfold()
        quantiles[shown < NEEDED[:, None, None]] = np.nan
        p5, p25, median, p75, p95 = quantiles
        return Figures(
            n=self.counts[has, self.cell].T,
            shown=shown,
            p5=p5,
            p25=p25,
            median=median,
            p75=p75,
            p95=p95,
            percentile=np.where(shown > disclosure.NONE, percentile, np.nan),
        )

    def _shown(self, has: Indices) -> disclosure.Levels:
        """The level's code by kind × organisation."""
        shown = np.ascontiguousarray(self.codes[has, self.cell].T)
        for one in self.places:
            alone = one.kind, one.revealing
            shown[alone] = np.minimum(shown[alone], np.uint8(disclosure.QUARTILES))
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
