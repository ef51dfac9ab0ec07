"""Figures and rules in plain words, and an attacker who tries every world that they allow."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

import numpy as np
from numpy.typing import NDArray

from touchstone.core.assessment.model import Organisation
from touchstone.core.benchmark.comparison import compare
from touchstone.core.benchmark.model import Figure, Population, Shown
from touchstone.core.benchmark.releases import Release
from touchstone.core.scheme.model import Disclosure, Scheme


def plain_quantile(values: Sequence[float], share: float) -> float:
    """The quantile of `share` (0 to 1) by linear interpolation, as one would reckon it on paper."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def tells_of_one(values: Sequence[float], setting: Disclosure, *, alike: bool = True) -> bool:
    """Whether tails rest on the least and the greatest, and one dominates or the quartiles coincide.

    Coinciding quartiles count only where they are to be held back if `alike`.
    """
    ordered = sorted(values)
    if (len(ordered) - 1) * 5 >= 100:
        return False
    amounts = [abs(value) for value in ordered]
    dominated = 100 * max(amounts[0], amounts[-1]) > setting.dominance * math.fsum(amounts)
    first, last = math.floor((len(ordered) - 1) / 4), math.ceil((len(ordered) - 1) * 3 / 4)
    return dominated or (alike and ordered[first] == ordered[last])


def plain_level(values: Sequence[float], setting: Disclosure, *, alike: bool = True) -> Shown:
    """How much may be shown of a group with these values."""
    if len(values) < setting.median_from:
        return "none"
    if len(values) < setting.quartiles_from:
        return "median"
    few = len(values) < setting.full_from
    return "quartiles" if few or tells_of_one(values, setting, alike=alike) else "full"


def plain_position(values: Sequence[float], own: float) -> float:
    """The mid-rank percentile, by counting."""
    below = sum(value < own for value in values)
    return 100 * (below + sum(value == own for value in values) / 2) / len(values)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One published figure: the assessments behind it (who they are is no secret) and who read it."""

    of: frozenset[str]
    figure: Figure
    own: float | None = None
    setting: Disclosure
    alike: bool = True  # whether coinciding quartiles lower the level

    def fits(self, values: Sequence[float]) -> bool:
        """Whether the figure would have been published as it was, had these been the values."""
        if plain_level(values, self.setting, alike=self.alike) != self.figure.shown:
            return False
        shown = self.figure
        quantiles = {0.05: shown.p5, 0.25: shown.p25, 0.5: shown.median, 0.75: shown.p75, 0.95: shown.p95}
        if any(not _same(plain_quantile(values, share), one) for share, one in quantiles.items()):
            return False
        return self.own is None or _same(plain_position(values, self.own), shown.percentile)


def _same(reckoned: float, published: float | None) -> bool:
    return published is None or math.isclose(reckoned, published, rel_tol=1e-9, abs_tol=1e-9)


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What is known before anything is published.

    `domain` are the possible values, `known` some assessments' own (the readers', say), `among` narrows the
    possible values of some, and nobody is above the `largest`.
    """

    domain: Sequence[float]
    known: Mapping[str, float] = field(default_factory=dict)
    among: Mapping[str, Sequence[float]] = field(default_factory=dict)
    largest: str = ""

    def of(self, who: str) -> tuple[float, ...]:
        return (self.known[who],) if who in self.known else tuple(self.among.get(who, self.domain))

    def below(self, greatest: float) -> "Prior":
        """The same, where the largest one has this value."""
        among = {who: [value for value in values if value <= greatest] for who, values in self.among.items()}
        return replace(
            self,
            domain=[value for value in self.domain if value <= greatest],
            among={**among, self.largest: [greatest]},
            largest="",
        )


@dataclass(frozen=True, kw_only=True)
class Recovered:
    """Whose value is the same in every world, and on which side of a median somebody surely is."""

    values: Mapping[str, float] = field(default_factory=dict)
    positions: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.values or self.positions)


NOTHING = Recovered()


def attack(told: Iterable[Told], prior: Prior) -> Recovered:
    """All that follows about single organisations from what was published, whoever reads it.

    A figure depends on the values of its set and not on who has which. So organisations that are in exactly
    the same sets, and of which the same is known before, form an atom, and a world says how many of an
    atom have which value. Possible is what is so in some world in which every figure comes out as
    published; the search for one gives up only when it has tried them all. A value is recovered
    where no other is possible. A position is recovered where somebody is above the median of a group of
    his in all worlds (or below it in all), though before he could have been on either side.
    """
    shown = list(dict.fromkeys(one for one in told if one.figure.shown != "none"))
    possible = _possible(shown, prior)
    return Recovered(
        values={
            who: min(values)
            for who, values in possible.items()
            if len(values) == 1 and len(prior.of(who)) > 1
        },
        positions=frozenset(who for who, values in possible.items() if _sided(who, values, shown, prior)),
    )


def _sided(who: str, values: frozenset[float], told: Sequence[Told], prior: Prior) -> bool:
    medians = [one.figure.median for one in told if who in one.of and one.figure.median is not None]
    return any(_one_side(values, median) and not _one_side(prior.of(who), median) for median in medians)


def _one_side(values: Iterable[float], median: float) -> bool:
    found = list(values)
    return all(value < median for value in found) or all(value > median for value in found)


def _possible(told: Sequence[Told], prior: Prior) -> dict[str, frozenset[float]]:
    """Who → the values that he has in some world."""
    if not prior.largest:
        return _Puzzle.of(told, prior).possible()
    found: dict[str, frozenset[float]] = {}
    for greatest in prior.of(prior.largest):
        puzzle = _Puzzle.of(told, prior.below(greatest))
        for who, values in puzzle.possible().items() if puzzle.solvable else ():
            found[who] = found.get(who, frozenset()) | values
    return found


# How many have each of the values.
Shares = tuple[int, ...]


def _shares(many: int, values: int) -> Iterator[Shares]:
    """Every way of giving so many organisations one of so many values each."""
    if values == 1:
        yield (many,)
        return
    for first in range(many + 1):
        for rest in _shares(many - first, values - 1):
            yield first, *rest


@dataclass(frozen=True, kw_only=True)
class _Atom:
    members: tuple[str, ...]
    sets: tuple[int, ...]  # the places of the sets that it is part of
    shares: tuple[Shares, ...]  # all that its members may have


@dataclass(frozen=True, kw_only=True)
class _Puzzle:
    """Atoms, and for each set the shares that fit all its figures (way × value)."""

    values: tuple[float, ...]
    atoms: tuple[_Atom, ...]
    fitting: tuple[NDArray[np.int64], ...]

    @classmethod
    def of(cls, told: Sequence[Told], prior: Prior) -> "_Puzzle":
        figures: dict[frozenset[str], list[Told]] = {}
        for one in told:
            figures.setdefault(one.of, []).append(one)
        everybody = sorted(set().union(*figures))
        values = tuple(sorted({value for who in everybody for value in prior.of(who)}))
        return cls(
            values=values,
            atoms=tuple(_atoms(list(figures), everybody, values, prior)),
            fitting=tuple(_fitting(len(of), same, values) for of, same in figures.items()),
        )

    @property
    def solvable(self) -> bool:
        """Whether there is a world at all."""
        first = self.atoms[0]
        return any(self._world(first, place) for place in range(len(self.values)))

    def possible(self) -> dict[str, frozenset[float]]:
        """For each atom and value look for one world, unless another one has shown it already."""
        seen: list[set[int]] = [set() for _ in self.atoms]
        for number, atom in enumerate(self.atoms):
            for place in range(len(self.values)):
                if place not in seen[number]:
                    for taken, shares in zip(seen, self._world(atom, place), strict=False):
                        taken.update(np.flatnonzero(shares).tolist())
        assert all(seen), "What was published fits no world at all."
        return {
            who: frozenset(self.values[place] for place in taken)
            for taken, atom in zip(seen, self.atoms, strict=True)
            for who in atom.members
        }

    def _world(self, wanted: _Atom, place: int) -> list[Shares]:
        """A world in which somebody of an atom has a value; empty where there is none."""
        order = sorted(self.atoms, key=lambda atom: (atom is not wanted, -len(atom.sets), -len(atom.shares)))
        last = {number: max(n for n, atom in enumerate(order) if number in atom.sets) for number in self.sets}
        search = _Search(
            atoms=order,
            ways=[[shares for shares in wanted.shares if shares[place]], *(one.shares for one in order[1:])],
            closing=[[number for number in self.sets if last[number] == n] for n in range(len(order))],
        )
        world = search.further(0, self.fitting)
        return [shares for _, shares in sorted(zip(map(self.atoms.index, order), world, strict=False))]

    @property
    def sets(self) -> range:
        return range(len(self.fitting))


@dataclass(kw_only=True)
class _Search:
    """Atoms in an order, what each may have, and the sets that are complete after each of them."""

    atoms: Sequence[_Atom]
    ways: Sequence[Sequence[Shares]]
    closing: Sequence[Sequence[int]]
    dead: set[tuple[int, bytes]] = field(default_factory=set)

    def further(self, at: int, fitting: Sequence[NDArray[np.int64]]) -> list[Shares]:
        """The rest of a world from an atom on; `fitting` is what each set may still take up."""
        state = at, b"|".join(one.tobytes() for one in fitting)
        if at == len(self.atoms) or state in self.dead:
            return []
        for shares in self._ways(at, fitting):
            narrowed = self._narrowed(at, shares, fitting)
            if narrowed and at + 1 == len(self.atoms):
                return [shares]
            rest = self.further(at + 1, narrowed) if narrowed else []
            if rest:
                return [shares, *rest]
        self.dead.add(state)
        return []

    def _ways(self, at: int, fitting: Sequence[NDArray[np.int64]]) -> Iterable[Shares]:
        """What an atom may have; where it completes sets, that is exactly what they still take up."""
        exact = [set(map(tuple, fitting[number].tolist())) for number in self.closing[at]]
        if not exact:
            return self.ways[at]
        wanted = set.intersection(*exact)
        return [shares for shares in self.ways[at] if shares in wanted]

    def _narrowed(
        self, at: int, shares: Shares, fitting: Sequence[NDArray[np.int64]]
    ) -> list[NDArray[np.int64]]:
        """What the sets may take up after an atom; empty where one of them can no longer be completed."""
        narrowed = list(fitting)
        for number in self.atoms[at].sets:
            after = fitting[number] - np.array(shares)
            narrowed[number] = after[(after >= 0).all(axis=1)]
            if not len(narrowed[number]):
                return []
        return narrowed


def _fitting(many: int, figures: Sequence[Told], values: Sequence[float]) -> NDArray[np.int64]:
    fitting = []
    for shares in _shares(many, len(values)):
        listed = [value for value, times in zip(values, shares, strict=True) for _ in range(times)]
        if all(figure.fits(listed) for figure in figures):
            fitting.append(shares)
    return np.array(fitting, np.int64).reshape(len(fitting), len(values))


def _atoms(
    sets: Sequence[frozenset[str]], everybody: Iterable[str], values: Sequence[float], prior: Prior
) -> Iterator[_Atom]:
    alike: dict[tuple[tuple[int, ...], tuple[float, ...]], list[str]] = {}
    for who in everybody:
        inside = tuple(place for place, of in enumerate(sets) if who in of)
        alike.setdefault((inside, prior.of(who)), []).append(who)
    for (inside, possible), members in alike.items():
        may = [value in possible for value in values]
        ways = [
            shares
            for shares in _shares(len(members), len(values))
            if all(allowed or not times for allowed, times in zip(may, shares, strict=True))
        ]
        # Shuffled, so that a search does not begin with the most unlikely worlds.
        Random(0).shuffle(ways)
        yield _Atom(members=tuple(members), sets=inside, shares=tuple(ways))


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who reads his own report: who he is, and his value, if he has one."""

    organisation: Organisation
    own: float | None


def report(
    reader: Reader,
    population: Population,
    *,
    scheme: Scheme,
    on: date,
    release: Release | None = None,
    measure: str = "X1.a",
) -> list[Told]:
    """What a reader learns of one measure from his report."""
    found = compare(
        {} if reader.own is None else {measure: reader.own},
        organisation=reader.organisation,
        population=population,
        scheme=scheme,
        on=on,
        release=release,
    )
    assert scheme.disclosure is not None
    return [
        Told(
            of=frozenset(
                named(population, row) for row in group.members if has_value(population, row, measure)
            ),
            figure=found.figures[measure][group.id],
            own=reader.own,
            setting=scheme.disclosure,
        )
        for group in found.groups
    ]


def named(population: Population, row: int) -> str:
    """An assessment by its organisation and its day."""
    return f"{population.organisation[row]} {population.interviewed_on[row]}"


def has_value(population: Population, row: int, measure: str) -> bool:
    return not math.isnan(population.values[measure][row])
