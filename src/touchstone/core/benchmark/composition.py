"""Compositions: shares that make one whole, compared as a whole.

Part by part a composition is compared like all measures. As a whole it is a point among points, and how
unlike two of them are is measured by Aitchison's distance, the plain distance of their centred
log-ratios: it depends on the ratios of the parts alone, as shares of a whole do. See J. Aitchison, "The
Statistical Analysis of Compositional Data" (1986).

A logarithm needs parts above zero. Shares are told in whole per cent, so a part under half a per cent is
a rounded zero. It is replaced by 65 % of that limit, and the others shrink in proportion, which keeps their
ratios: J. A. Martín-Fernández, C. Barceló-Vidal and V. Pawlowsky-Glahn, "Dealing with Zeros and Missing
Values in Compositional Data Sets Using Nonparametric Imputation" (2003). The limit is a default of ours.

The centre of a group is the closed vector of the medians of its parts. They are shown anyway, so an own
distance to the centre tells nothing more; where one of them may not be shown, nothing is said of the
whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import isnan
from typing import Final

import numpy as np

from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.distribution import Counts
from touchstone.core.benchmark.groups import differences, priority
from touchstone.core.benchmark.model import Comparison, Figure, Floats, Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.showing import admitted, figure, quantiles_and_position
from touchstone.core.scheme.model import Composition, Scheme

DETECTION_LIMIT: Final = 0.005  # of the whole: half of the last digit of a whole per cent
REPLACED: Final = 0.65  # of the detection limit
# Distances are rounded, so that a processor with another last bit of a logarithm gives the same figures,
# and equal compositions are equally far.
DECIMALS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One composition against one group.

    `distance` is the own one to the group's centre; `others` is about the distances of the peers that have
    all parts: how many they are, their median and quartiles, and the own distance's mid-rank percentile
    among them (near 100: more unlike the centre than most others are).
    """

    distance: float | None
    others: Figure


def closed(parts: Floats) -> Floats:
    """The parts (part × composition) as shares that add up to 1.

    A composition with a missing or negative part, or whose parts are all zero, is missing.
    """
    total = _added(parts)
    whole = np.isfinite(total) & (total > 0) & (parts >= 0).all(axis=0)
    return parts / np.where(whole, total, np.nan)


def without_zeros(shares: Floats, *, limit: float = DETECTION_LIMIT) -> Floats:
    """Closed shares with those under `limit` (of 1) replaced, and the others shrunk to make room.

    What is under the limit counts as zero whatever it was, so that a trace is never farther from the
    others than nothing at all. Fewer than 1 / `limit` parts are asked for.
    """
    trace = shares < limit
    replacement = REPLACED * limit
    rest = closed(np.where(trace, 0.0, shares))
    return np.where(trace, replacement, rest * (1 - replacement * trace.sum(axis=0)))


def centred(shares: Floats) -> Floats:
    """Centred log-ratios: the logarithm of each part less the mean logarithm of all parts."""
    logarithms = np.log(shares)
    return logarithms - _added(logarithms) / len(shares)


def aitchison(one: Floats, other: Floats) -> Floats:
    """Aitchison's distance (zero or more) of compositions, part × composition each; NaN for missing ones.

    The parts may be per cent or any other multiple of shares.
    """
    return _distance(_point(one), _point(other))


def _point(parts: Floats) -> Floats:
    """Where compositions lie: their centred log-ratios, zeros replaced."""
    return centred(without_zeros(closed(parts)))


def _distance(one: Floats, other: Floats) -> Floats:
    """The distances of points, part × anything each; part by part, so that millions of peers fit."""
    distance: Floats = np.sqrt(
        _added((part - of_other) ** 2 for part, of_other in zip(one, other, strict=True))
    )
    return np.round(distance, DECIMALS)


def compare_compositions(
    comparison: Comparison, *, population: Population | Prepared, scheme: Scheme
) -> Mapping[str, Mapping[str, Whole]]:
    """Composition id → group id → how the own whole stands among those of the peers.

    `comparison` is one with this population, and says what may be shown of groups and parts. Only peers
    that have every part count. How much is shown follows from their number, up to quartiles; where those
    of two groups differ by too few organisations, the narrower group is withheld.
    """
    ready = population if isinstance(population, Prepared) else prepare(population, scheme)
    among = _Among.of(ready, comparison, scheme)
    spreads = [among.spread(one) for one in scheme.compositions.values()]
    ids = [group.id for group in comparison.groups]
    return dict(zip(scheme.compositions, _described(spreads, ids), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spread:
    """One composition in all groups: `codes` and `own` have one entry a group, `others` one row a group.

    `own` is the distance of the own composition to each group's centre, `others` those of the peers, NaN for
    one that is not in the group or lacks a part. `counts` says how many are left.
    """

    codes: disclosure.Levels
    counts: Counts
    own: Floats
    others: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Among:
    """A comparison and the peers of its groups: `masks` is group × peer, `columns` measure → their values."""

    comparison: Comparison
    scheme: Scheme
    masks: disclosure.Flags
    columns: Mapping[str, Floats]

    @classmethod
    def of(cls, ready: Prepared, comparison: Comparison, scheme: Scheme) -> "_Among":
        flags = np.zeros((len(comparison.groups), ready.matrix.shape[1]), np.bool_)
        for row, group in zip(flags, comparison.groups, strict=True):
            row[group.members] = True
        peers = np.flatnonzero(flags.any(axis=0))
        row_of = {id: row for row, id in enumerate(ready.measures)}
        parts = {id for one in scheme.compositions.values() for id in one.parts}
        return cls(
            comparison=comparison,
            scheme=scheme,
            masks=flags[:, peers],
            columns={id: ready.matrix[row_of[id], peers] for id in parts},
        )

    def spread(self, composition: Composition) -> _Spread:
        points = _point(np.array([self.columns[id] for id in composition.parts]))
        centres = _point(self._centres(composition))
        own = _point(np.array([[self.comparison.own.get(id, np.nan)] for id in composition.parts]))
        members = self.masks & ~np.isnan(points[0])
        counts = np.count_nonzero(members, axis=1)
        codes = admitted(
            counts,
            differences(members),
            may_show=~np.isnan(centres[0]),
            priority=priority(self.comparison.groups),
            setting=self.scheme.disclosure,
        )
        others = _distance(points[:, None, :], centres[:, :, None])
        return _Spread(
            codes=codes,
            counts=counts,
            own=_distance(own, centres),
            others=np.where(members, others, np.nan),
        )

    def _centres(self, composition: Composition) -> Floats:
        """The medians of the parts, part × group; NaN for one that may not be shown."""
        figures = [self.comparison.figures[id] for id in composition.parts]
        medians = [[figure[group.id].median for group in self.comparison.groups] for figure in figures]
        return np.array(medians, np.float64)


def _described(spreads: Sequence[_Spread], groups: Sequence[str]) -> Iterator[dict[str, Whole]]:
    """Each spread by group. The quantiles of all are taken at once."""
    if not spreads:
        return
    own = np.array([spread.own for spread in spreads])
    block = np.concatenate([spread.others for spread in spreads])
    shape = (len(spreads), len(groups), -1)
    found = quantiles_and_position(block, own.ravel()).T.reshape(shape).tolist()
    for spread, told in zip(spreads, found, strict=True):
        columns = (groups, spread.counts.tolist(), spread.codes.tolist(), spread.own.tolist(), told)
        yield {id: _whole(*of_group) for id, *of_group in zip(*columns, strict=True)}


def _whole(n: int, code: int, distance: float, found: Sequence[float]) -> Whole:
    if code == disclosure.NONE:
        return Whole(distance=None, others=Figure(n=n, shown="none"))
    others = figure(n, min(code, disclosure.QUARTILES), found)
    return Whole(distance=None if isnan(distance) else distance, others=others)


def _added(parts: Iterable[Floats]) -> Floats:
    # One by one, because the order in which numpy's own sum adds depends on the number of columns.
    return reduce(np.add, parts)
