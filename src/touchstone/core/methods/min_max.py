"""The Polish cluster benchmark: figures from 0 to 10, their means, gaps to the best and to the median.

For a value x of a measure, with bounds a and b of the group and an optimum o:

============  =====================================================
stimulant     z = 10 (x − a) / (b − a)
destimulant   z = 10 (b − x) / (b − a)
nominant      z = 10 (1 − |x − o| / max(|b − o|, |a − o|))
============  =====================================================

A part is the mean of its z, an area the mean of its parts, the whole the mean of the areas; what is
missing is left out of a mean. The printed formulas of the editions could not be read: this is their
reconstruction (sources: the pack's `methods.toml`). Two variants differ in their bounds:

* classic: a and b are the least and the greatest value of the peers, the benchmark is the best peer;
* robust: a and b are P5 and P95, beyond which z stays at 0 or 10, and the benchmark is P95 of the
  peers' figures. One giant does not press all others together.

A scale with worded steps has its own ends as bounds in both.

From the classic z of two known values the bounds can be reckoned back, and those are the values of
single organisations. So the classic variant is made for synthetic peers only; see
docs/explanation/disclosure-control.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal

import numpy as np

from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.distribution import ascending, quantiles
from touchstone.core.benchmark.model import Comparison, Figure, Floats, Group, Shown
from touchstone.core.benchmark.prepared import Prepared
from touchstone.core.methods.definition import Area, Ingredient, Method, Part
from touchstone.core.scheme.model import Kind, Scheme

Variant = Literal["robust", "classic"]
TOP: Final = 10.0
NOT_SYNTHETIC: Final = (
    "The classic variant would let the least and the greatest value of single organisations be reckoned "
    "back. It is made for synthetic peers only; the robust one is shown."
)

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A figure from 0 to 10 of the organisation beside its peers.

    `used` of `of` figures beneath it had a value. `n` counts the peers that have this index; what may
    not be shown is None. The gaps are `best` − `own` and `own` − `median`.
    """

    id: str
    name: str
    own: float | None
    used: int
    of: int
    n: int
    shown: Shown
    median: float | None
    best: float | None
    parts: tuple["Index", ...] = ()

    @property
    def gap_to_best(self) -> float | None:
        return None if self.own is None or self.best is None else self.best - self.own

    @property
    def gap_to_median(self) -> float | None:
        return None if self.own is None or self.median is None else self.own - self.median


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An organisation seen by a method. `whole` has the areas as parts, these theirs, these the measures.

    `left_out` names the measures without bounds: too few peers, or all of one value.
    """

    method: str
    variant: Variant
    group: str
    whole: Index
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


def view(
    method: Method,
    *,
    comparison: Comparison,
    group: Group,
    peers: Prepared,
    scheme: Scheme,
    variant: Variant = "robust",
) -> View:
    """See an organisation by a method, among the peers of one group of its comparison.

    Args:
        method: what to reckon.
        comparison: own values and the figures that may be shown.
        group: one of the comparison's; each figure needs as many peers as P5 and P95 ask.
        peers: the population that the comparison was made with.
        scheme: the pack.
        variant: which bounds; see above.
    """
    notes = (NOT_SYNTHETIC,) if variant == "classic" and not comparison.synthetic else ()
    taken: Variant = "robust" if notes else variant
    work = _Work(comparison=comparison, group=group, peers=peers, scheme=scheme, classic=taken == "classic")
    areas = [work.area(area) for area in method.areas]
    whole = work.mean(method.id, method.name, areas)
    return View(
        method=method.id,
        variant=taken,
        group=group.id,
        whole=whole.index,
        left_out=tuple(one.measure for one in method.ingredients if work.bounds(one) is None),
        notes=notes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """An index and the same figure of every peer (NaN: missing)."""

    index: Index
    peers: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    comparison: Comparison
    group: Group
    peers: Prepared
    scheme: Scheme
    classic: bool

    def area(self, area: Area) -> _Column:
        return self.mean(area.id, area.name, [self.part(part) for part in area.parts])

    def part(self, part: Part) -> _Column:
        return self.mean(part.id, part.name, [self.ingredient(one) for one in part.ingredients])

    def ingredient(self, ingredient: Ingredient) -> _Column:
        measure = self.scheme.measures[ingredient.measure]
        bounds = self.bounds(ingredient)
        own = np.array([self.comparison.own.get(measure.id, np.nan)])
        values = self.values(measure.id)
        if bounds is None:
            own, values = np.full_like(own, np.nan), np.full_like(values, np.nan)
        else:
            own, values = (_placed(each, ingredient, bounds) for each in (own, values))
        return self.column(measure.id, measure.label, own, values, parts=())

    def mean(self, id: str, name: str, columns: Sequence[_Column]) -> _Column:
        """The mean of what is there, own and each peer's."""
        own = [np.nan if one.index.own is None else one.index.own for one in columns]
        return self.column(
            id,
            name,
            _means(np.array([own]).T),
            _means(np.array([one.peers for one in columns])),
            parts=tuple(one.index for one in columns),
        )

    def column(self, id: str, name: str, own: Floats, values: Floats, *, parts: tuple[Index, ...]) -> _Column:
        figure = self.figure(values)
        mine = float(own[0])
        return _Column(
            index=Index(
                id=id,
                name=name,
                own=None if np.isnan(mine) else mine,
                used=sum(part.own is not None for part in parts) if parts else int(not np.isnan(mine)),
                of=len(parts) or 1,
                n=figure.n,
                shown=figure.shown,
                median=figure.median,
                best=figure.p95,
                parts=parts,
            ),
            peers=values,
        )

    def figure(self, values: Floats) -> Figure:
        """What may be shown of the peers' index; `p95` is the best of them in the classic variant."""
        n = int(np.count_nonzero(~np.isnan(values)))
        code = int(disclosure.levels(np.array(n), self.scheme.disclosure))
        if code == disclosure.NONE or self.group.withheld:
            return Figure(n=n, shown="none")
        ordered, counts = ascending(values[None])
        median, best = quantiles(ordered, counts, (0.5, 1.0 if self.classic else 0.95))[:, 0].tolist()
        full = code >= disclosure.FULL
        return Figure(n=n, shown=disclosure.LEVELS[code], median=median, p95=best if full else None)

    def bounds(self, ingredient: Ingredient) -> Bounds | None:
        """The ends that 0 and 10 stand for; None where the peers give none that may be used."""
        measure = self.scheme.measures[ingredient.measure]
        if measure.kind is Kind.SCALE and measure.minimum is not None and measure.maximum is not None:
            return measure.minimum, measure.maximum
        figure = self.comparison.figures.get(measure.id, {}).get(self.group.id)
        if figure is None or figure.p5 is None or figure.p95 is None:
            return None
        low, high = figure.p5, figure.p95
        if self.classic:
            values = self.values(measure.id)
            low, high = float(np.nanmin(values)), float(np.nanmax(values))
        return (low, high) if low < high else None

    def values(self, measure: str) -> Floats:
        """The peers' values; all missing where nothing of the measure may be shown in the group."""
        found: Floats = self.peers.matrix[self.peers.measures.index(measure), self.group.members]
        figure = self.comparison.figures.get(measure, {}).get(self.group.id)
        hidden = figure is None or figure.shown == "none"
        return np.full_like(found, np.nan) if hidden else found


def _placed(values: Floats, ingredient: Ingredient, bounds: Bounds) -> Floats:
    """Values from 0 to 10; those beyond the bounds are at one of the ends."""
    low, high = bounds
    if ingredient.optimum is not None:
        farthest = max(abs(high - ingredient.optimum), abs(low - ingredient.optimum))
        share = 1 - np.abs(values - ingredient.optimum) / farthest
    else:
        share = (values - low) / (high - low)
    turned = 1 - share if ingredient.turn == "destimulant" else share
    placed: Floats = np.clip(TOP * turned, 0.0, TOP)
    return placed


def _means(rows: Floats) -> Floats:
    """The mean of each column without its missing values; NaN where all are missing."""
    there = ~np.isnan(rows)
    counts = there.sum(axis=0)
    sums = np.where(there, rows, 0.0).sum(axis=0)
    found: Floats = np.divide(sums, counts, out=np.full(len(counts), np.nan), where=counts > 0)
    return found


def indices(found: View) -> Mapping[str, Index]:
    """All indices of a view by id, from the whole down to the measures."""

    def below(index: Index) -> Iterable[Index]:
        return chain([index], *(below(part) for part in index.parts))

    return {index.id: index for index in below(found.whole)}
