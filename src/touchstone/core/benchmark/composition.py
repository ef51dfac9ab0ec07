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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.groups import differences, priority
from touchstone.core.benchmark.model import Comparison, Figure, Floats, Group, Population
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
    first, second = (centred(without_zeros(closed(parts))) for parts in (one, other))
    distance: Floats = np.sqrt(_added((first - second) ** 2))
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
    return {id: _wholes(one, comparison, ready, scheme) for id, one in scheme.compositions.items()}


def _wholes(
    composition: Composition, comparison: Comparison, ready: Prepared, scheme: Scheme
) -> dict[str, Whole]:
    parts = ready.matrix[[ready.measures.index(id) for id in composition.parts]]
    complete = ~np.isnan(_added(closed(parts)))
    centres = [_centre(group, composition, comparison) for group in comparison.groups]
    known = np.array([not np.isnan(centre).any() for centre in centres])
    members = np.array([_flags(group, len(complete)) & complete for group in comparison.groups])
    codes = admitted(
        np.count_nonzero(members, axis=1),
        differences(members),
        may_show=known,
        priority=priority(comparison.groups),
        setting=scheme.disclosure,
    )
    own = np.array([[comparison.own.get(id, np.nan)] for id in composition.parts])
    return {
        group.id: _whole(own, parts[:, mask], centre, code)
        for group, mask, centre, code in zip(comparison.groups, members, centres, codes.tolist(), strict=True)
    }


def _centre(group: Group, composition: Composition, comparison: Comparison) -> Floats:
    """The closed medians of the parts; NaN where one of them, or anything of the group, may not be shown."""
    medians = [comparison.figures[id][group.id].median for id in composition.parts]
    return closed(np.array([[np.nan if median is None else median] for median in medians]))


def _flags(group: Group, rows: int) -> disclosure.Flags:
    flags = np.zeros(rows, np.bool_)
    flags[group.members] = True
    return flags


def _whole(own: Floats, peers: Floats, centre: Floats, code: int) -> Whole:
    n = peers.shape[1]
    if code == disclosure.NONE:
        return Whole(distance=None, others=Figure(n=n, shown="none"))
    distance = aitchison(own, centre)
    found = quantiles_and_position(aitchison(peers, centre)[None], distance)
    others = figure(n, min(code, disclosure.QUARTILES), found[:, 0].tolist())
    return Whole(distance=None if np.isnan(distance[0]) else float(distance[0]), others=others)


def _added(parts: Sequence[Floats] | Floats) -> Floats:
    # One by one, because the order in which numpy's own sum adds depends on the number of columns.
    return reduce(np.add, parts)
