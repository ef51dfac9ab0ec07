"""Disclosure control for all organisations at once.

Which of its groups may be shown to an organisation depends on the cell that it is in (portfolio, country,
gold or not) and on whether it has a value itself. There are few cells, and every group is a set of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.distribution import Counts
from touchstone.core.benchmark.groups import related_portfolios, widened
from touchstone.core.benchmark.model import Indices, Population
from touchstone.core.benchmark.ranked import Flags
from touchstone.core.scheme.model import Disclosure, Scheme

# The kinds of groups in the order of the result; "related" only where the portfolio is too small.
KINDS: Final = ("portfolio", "related", "country", "gold", "all")
PORTFOLIO, RELATED, COUNTRY, GOLD, ALL = range(5)
# Their places in the order in which groups are let in; the same order as `groups.PRIORITY`.
PRIORITY: Final = np.array([1, 2, 3, 4, 0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """The numbered portfolios and countries of the organisations, and which of them are gold."""

    portfolio: Indices
    country: Indices
    gold: Flags
    portfolios: int
    countries: int
    related: Mapping[int, list[int]]  # a portfolio that is too small → those it is widened to


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells, and groups and what two groups have in common as sets of cells.

    `group[cell, kind]` is the number of a set (the empty one where the cell has no such group), `owns`
    says whether that set holds the cell itself. `pair[cell, kind, kind]` is the number of a pair of sets,
    `pairs` names for each pair the two and the set of what they have in common.
    """

    of: Indices  # the cell of each organisation
    sets: "Sets"
    group: Indices
    owns: Counts
    pairs: Indices  # (one, other, common) × pair
    pair: Indices

    def occupied(self, has: Flags) -> Counts:
        """How many organisations with a value each cell has: measure × cell of measure × organisation."""
        measures, cells = len(has), len(self.group)
        of = np.arange(measures)[:, None] * cells + self.of
        return np.bincount(of[has], minlength=measures * cells).reshape(measures, cells)

    def control(
        self, occupied: Counts, setting: Disclosure, may_show: Flags | None = None
    ) -> tuple[Counts, disclosure.Levels]:
        """Count n and find the level's code by (without, with an own value) × measure × cell × kind.

        `may_show` (cell × kind) excludes groups that are withheld as a whole.
        """
        sizes = self.sets.sizes(occupied)
        totals = sizes[:, self.group]
        counts = np.stack([totals, totals - self.owns])
        codes = disclosure.levels(counts, setting)
        if may_show is not None:
            codes = np.where(may_show, codes, np.uint8(disclosure.NONE))
        one, other, common = self.pairs
        apart = sizes[:, one] + sizes[:, other] - 2 * sizes[:, common]
        # Leaving oneself out takes one away at most, so most measures need no closer look.
        risky = np.flatnonzero(((apart > 0) & (apart <= setting.difference)).any(axis=-1))
        codes[:, risky] = self._held_apart(counts[:, risky], codes[:, risky], apart[risky], setting)
        return counts, codes

    def _held_apart(
        self, counts: Counts, codes: disclosure.Levels, apart: Counts, setting: Disclosure
    ) -> disclosure.Levels:
        """Compute the codes with groups withheld that differ too little from one another."""
        pairs = apart[:, self.pair]
        itself = self.owns[:, :, None] != self.owns[:, None, :]
        close = disclosure.withheld(
            counts,
            np.stack([pairs, pairs - itself]),
            may_show=codes > disclosure.NONE,
            priority=PRIORITY,
            setting=setting,
        )
        return np.where(close, np.uint8(disclosure.NONE), codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """Sets of cells. Each holds one more cell, in which nobody ever is, so that none is empty."""

    cells: Indices  # of all sets, one set after the other
    starts: Indices

    @classmethod
    def of(cls, holds: Flags) -> "Sets":
        """Sets from which holds which: set × cell."""
        nobody = np.ones((len(holds), 1), np.bool_)
        which, cells = np.nonzero(np.hstack([holds, nobody]))
        return cls(cells=cells, starts=np.flatnonzero(np.diff(which, prepend=-1)))

    def sizes(self, occupied: Counts) -> Counts:
        """How many are in each set, by measure × set, of those in each cell, by measure × cell."""
        with_nobody = np.pad(occupied, ((0, 0), (0, 1)))
        return np.add.reduceat(with_nobody[:, self.cells], self.starts, axis=1)


def members(population: Population, rows: Indices, scheme: Scheme, setting: Disclosure) -> Members:
    """Number what the organisations in some rows of a population belong to."""
    portfolios, portfolio = np.unique(population.portfolio[rows], return_inverse=True)
    countries, country = np.unique(population.country[rows], return_inverse=True)
    return Members(
        portfolio=portfolio,
        country=country,
        gold=population.level[rows] == "gold",
        portfolios=len(portfolios),
        countries=len(countries),
        related=_related(portfolios.tolist(), np.bincount(portfolio), scheme, setting),
    )


def find(organisations: Members) -> Cells:
    """Find the cells that organisations fall into."""
    joint = organisations.portfolio * organisations.countries + organisations.country
    found, of = np.unique(joint * 2 + organisations.gold, return_inverse=True)
    portfolio, country = np.divmod(found // 2, organisations.countries)
    sets = _sets(organisations, portfolio=portfolio, country=country, gold=found % 2 == 1)
    group = _groups(organisations, portfolio=portfolio, country=country)
    pairs, pair = np.unique(group[:, :, None] * len(sets) + group[:, None, :], return_inverse=True)
    one, other = np.divmod(pairs, len(sets))
    return Cells(
        of=of,
        sets=Sets.of(np.vstack([sets, sets[one] & sets[other]])),
        group=group,
        owns=sets[group, np.arange(len(found))[:, None]].astype(np.int64),
        pairs=np.stack([one, other, len(sets) + np.arange(len(pairs))]),
        pair=pair.reshape(len(found), len(KINDS), len(KINDS)),
    )


def _sets(organisations: Members, *, portfolio: Indices, country: Indices, gold: Flags) -> Flags:
    """The groups as sets of cells: none, gold, all, each portfolio, each country, each related group."""
    everything = np.ones(len(gold), np.bool_)
    return np.array(
        [
            ~everything,
            gold,
            everything,
            *(portfolio == one for one in range(organisations.portfolios)),
            *(country == one for one in range(organisations.countries)),
            *(np.isin(portfolio, wider) for wider in organisations.related.values()),
        ]
    )


def _groups(organisations: Members, *, portfolio: Indices, country: Indices) -> Indices:
    """For each cell and kind the row of `_sets`."""
    first_country = 3 + organisations.portfolios
    first_related = first_country + organisations.countries
    related = np.zeros(organisations.portfolios, np.intp)
    related[list(organisations.related)] = first_related + np.arange(len(organisations.related))
    gold, everything = np.full(len(portfolio), 1), np.full(len(portfolio), 2)
    return np.stack([3 + portfolio, related[portfolio], first_country + country, gold, everything], axis=-1)


def _related(
    portfolios: list[str], sizes: Counts, scheme: Scheme, setting: Disclosure
) -> dict[int, list[int]]:
    """Number of each portfolio that is too small without oneself → the numbers of its wider group."""
    number = {name: place for place, name in enumerate(portfolios)}
    found = {}
    for name, own in number.items():
        chain = [number.get(one, -1) for one in (name, *related_portfolios(name, scheme))]
        counts = [int(sizes[one]) - (one == own) if one >= 0 else 0 for one in chain]
        taken = widened(counts, setting.median_from)
        if taken and taken > 1:
            found[own] = chain[:taken]
    return found
