"""Reference groups narrowed by classes of age and size, controlled together with all that can be asked for.

Whoever may ask for the young and then for the young of ICT can subtract one from the other. So what is
shown is not decided question by question: for each measure all sets that could be asked for (every group
with every combination of classes) are controlled together, and the decision is the same for everybody
and in whatever order it is asked.

These hold among sets of peers with a value, of which the smaller ones go first:

1.  A set with fewer peers than the scheme asks for shows nothing.
2.  A narrowed set goes where it is close to a group that is not narrowed. Reports show those on terms
    of their own, so any that is large enough counts as shown.
3.  No two narrowed sets that are shown are close to each other.
4.  What is left of a set without its shown classes is no handful: else its smallest shown class goes.

Two sets are close that differ by some, but by fewer organisations than the scheme's `difference` and those
that readers may know of, as in `releases`: who asks is left out of his own peers and knows his own values,
and so does the one whom he shares his figures with.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import product

import numpy as np

from touchstone.core.assessment.model import Organisation
from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.disclosure import Flags, Levels, Sizes, readable
from touchstone.core.benchmark.distribution import ascending
from touchstone.core.benchmark.groups import related_portfolios, widened
from touchstone.core.benchmark.model import Figure, Floats, Indices
from touchstone.core.benchmark.prepared import Prepared, same_name
from touchstone.core.benchmark.releases import KNOWN
from touchstone.core.benchmark.showing import admitted, figure, overlaps, quantiles_and_position
from touchstone.core.benchmark.tails import without_tails
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Classing, Disclosure, Scheme
from touchstone.core.scheme.naming import nearest

# The id of a classing → the id of the class that is asked for.
Filter = Mapping[str, str]


def narrowed_id(group: str, chosen: Filter, scheme: Scheme) -> str:
    """The id of a narrowed group, such as `portfolio:ict;age=young;size=small`, in the order of the pack."""
    return ";".join((group, *(f"{id}={chosen[id]}" for id in scheme.classings if id in chosen)))


def read_id(id: str, scheme: Scheme) -> tuple[str, dict[str, str]]:
    """The group's id and the filter of a narrowed id, whatever the order of its classings.

    Raises Unusable where the scheme does not have a classing or a class, or one is named twice.
    """
    group, *parts = id.split(";")
    chosen: dict[str, str] = {}
    for part in parts:
        classing, _, step = part.partition("=")
        if classing in chosen:
            raise Unusable("", Fault(id, f'"{classing}" is named twice.', "Name one class of each."))
        _check(classing, scheme.classings, f"{id}: classing")
        _check(step, [one.id for one in scheme.classings[classing].steps], f"{id}: {classing}")
        chosen[classing] = step
    return group, chosen


def classes(values: Floats, classing: Classing) -> Indices:
    """The place of each value's class among the steps; -1 for a missing value and one below them all."""
    starts = np.array([step.start for step in classing.steps])
    places = np.searchsorted(starts, values, side="right") - 1
    return np.where(np.isnan(values), -1, places)


def filtered_members(ready: Prepared, members: Indices, chosen: Filter, scheme: Scheme) -> Indices:
    """Those of some rows that are in all the chosen classes."""
    for id, step in chosen.items():
        classing = scheme.classings[id]
        place = [one.id for one in classing.steps].index(step)
        members = members[classes(_values(ready, classing.measure)[members], classing) == place]
    return members


def groups_on(ready: Prepared, *, scheme: Scheme, on: date) -> dict[str, Indices]:
    """Every group that can be narrowed on a day → its rows: all, gold, portfolios and countries.

    Nobody is left out yet. Without a readable disclosure setting nobody is a peer.
    """
    setting = readable(scheme.disclosure)
    peers = ready.latest(on=on, oldest_years=setting.oldest_years) if setting else np.array([], np.intp)
    population = ready.population
    found = {"all": peers, "gold": peers[population.level[peers] == "gold"]}
    for kind, column in (("portfolio", population.portfolio), ("country", population.country)):
        found |= {f"{kind}:{one}": peers[column[peers] == one] for one in np.unique(column[peers]).tolist()}
    return found


@dataclass(frozen=True, kw_only=True)
class Filters:
    """All sets that can be asked for, and what may be shown of them; made once for many questions.

    `groups` maps the id of each group to its rows of the population: those of `groups_on` a day, or of
    a release. `beside` holds the rows of groups that reports show as well, but that are not narrowed. What
    a measure allows is reckoned when it is first asked for, and kept.
    """

    ready: Prepared
    scheme: Scheme
    groups: Mapping[str, Indices]
    beside: Sequence[Indices] = ()
    _codes: dict[str, Levels] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all sets: for each group itself, then all its combinations of classes."""
        steps = [(None, *(step.id for step in one.steps)) for one in self.scheme.classings.values()]
        chosen = [self._filter(one) for one in product(*steps)]
        return tuple(narrowed_id(group, one, self.scheme) for group in self.groups for one in chosen)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The place of each set among `ids`."""
        return {id: place for place, id in enumerate(self.ids)}

    @cached_property
    def rows(self) -> Indices:
        """The rows of the population that are in any group."""
        return np.unique(np.concatenate([np.array([], np.intp), *self.groups.values(), *self.beside]))

    @cached_property
    def sets(self) -> Flags:
        """Which set holds which of `rows`: set × row."""
        held, narrow = self._holding(list(self.groups.values())), self._combinations()
        sets: Flags = held[:, None] & narrow[None]
        return sets.reshape(len(self.ids), len(self.rows))

    def levels(self, measure: str) -> Levels:
        """The level's code of each of `ids` for a measure, before anybody is left out."""
        if measure not in self._codes:
            self._codes[measure] = self._controlled(~np.isnan(_values(self.ready, measure)[self.rows]))
        return self._codes[measure]

    def members(self, id: str, leaving_out: Organisation | None = None) -> Indices:
        """The rows of a set, without those of an organisation."""
        rows: Indices = self.rows[self.sets[self._of(id)]]
        names = (leaving_out.id, leaving_out.name) if leaving_out else ()
        own = [self.ready.number.get(same_name(name), -1) for name in names]
        return rows[~np.isin(self.ready.numbers[rows], own)]

    def figures(
        self,
        id: str,
        *,
        measures: Sequence[str] | None = None,
        own: Mapping[str, float] | None = None,
        leaving_out: Organisation | None = None,
    ) -> dict[str, Figure]:
        """Measure id → what may be shown of it in a set.

        Args:
            id: of a group, narrowed or not, such as `country:LT;size=small`; Unusable where there is none.
            measures: those asked for; all by default.
            own: values to find the position of.
            leaving_out: the organisation that asks, by its id or its name.
        """
        wanted = self.ready.measures if measures is None else tuple(measures)
        places = np.array([self.ready.measures.index(one) for one in wanted], np.intp)
        block = self.ready.matrix[np.ix_(places, self.members(id, leaving_out))]
        given = np.array([(own or {}).get(one, np.nan) for one in wanted], np.float64)
        counts = np.count_nonzero(~np.isnan(block), axis=1)
        allowed = np.array([self.levels(one)[self._of(id)] for one in wanted], np.uint8)
        codes = np.minimum(allowed, disclosure.levels(counts, self.scheme.disclosure))
        codes = without_tails(codes, *ascending(block), self.scheme.disclosure)
        found = quantiles_and_position(block, given).T.tolist()
        columns = zip(wanted, counts.tolist(), codes.tolist(), found, strict=True)
        return {one: figure(n, code, line) for one, n, code, line in columns}

    def _of(self, id: str) -> int:
        group, chosen = read_id(id, self.scheme)
        _check(group, self.groups, f"{id}: group")
        return self.place[narrowed_id(group, chosen, self.scheme)]

    def _filter(self, steps: Iterable[str | None]) -> dict[str, str]:
        named = zip(self.scheme.classings, steps, strict=True)
        return {classing: step for classing, step in named if step is not None}

    def _combinations(self) -> Flags:
        """Which combination of classes holds which row, in the order of `ids`; the first is all of them."""
        held = np.ones((1, len(self.rows)), np.bool_)
        for classing in self.scheme.classings.values():
            of = classes(_values(self.ready, classing.measure)[self.rows], classing)
            each = np.vstack([np.ones_like(of, np.bool_), *(of == n for n in range(len(classing.steps)))])
            held = (held[:, None] & each[None]).reshape(len(held) * len(each), len(self.rows))
        return held

    def _holding(self, members: Sequence[Indices]) -> Flags:
        """Which of `rows` are members: set × row."""
        held = np.array([np.isin(self.rows, one) for one in members], np.bool_)
        return held.reshape(len(members), len(self.rows))

    @cached_property
    def _narrowed(self) -> Flags:
        """Which of `ids` are narrowed."""
        return np.array([";" in id for id in self.ids], np.bool_)

    @cached_property
    def _shape(self) -> tuple[int, ...]:
        """Groups × classes of each classing, its first place for all of them."""
        return len(self.groups), *(1 + len(one.steps) for one in self.scheme.classings.values())

    def _controlled(self, has: Flags) -> Levels:
        """The code of each set for the rows that have a value."""
        asked = self.scheme.disclosure
        setting = readable(asked)
        counts = np.count_nonzero(self.sets & has, axis=1)
        codes = disclosure.levels(counts, asked)
        if setting is None:
            return codes
        # Most sets are too small to be shown, and need no closer look.
        large = np.flatnonzero(codes > disclosure.NONE)
        strict = replace(setting, difference=setting.difference + KNOWN)
        codes[large] = self._apart(self.sets[large] & has, self._narrowed[large], has, strict)
        return _without_rests(codes, counts, self._shape, strict)

    def _apart(self, sets: Flags, narrowed: Flags, has: Flags, setting: Disclosure) -> Levels:
        """Hold back, of sets that are large enough, those that are close to another one."""
        counts = np.count_nonzero(sets, axis=1)
        order = np.arange(len(sets))
        wider = self._holding(self.beside) & has
        reports = np.vstack([sets[~narrowed], wider[np.count_nonzero(wider, axis=1) >= setting.median_from]])
        apart = self._differences(sets, reports)
        close = narrowed & ((apart > 0) & (apart < setting.difference)).any(axis=1)
        among = self._differences(sets, sets)
        # Groups that are not narrowed are decided among themselves; the narrowed ones are apart from them.
        among[narrowed[:, None] != narrowed[None]] = 0
        return admitted(counts, among, may_show=~close, priority=order, setting=setting)

    def _differences(self, one: Flags, other: Flags) -> Sizes:
        """How many organisations two sets do not have in common, or have with another assessment."""
        common = overlaps(one, other)
        sizes = np.count_nonzero(one, axis=1)[:, None] + np.count_nonzero(other, axis=1)
        if len(np.unique(self._owners)) == len(self.rows):
            owners = common
        else:
            owners = overlaps(self._by_owner(one), self._by_owner(other))
        apart: Sizes = sizes - common - owners
        return apart

    @cached_property
    def _owners(self) -> Indices:
        return self.ready.numbers[self.rows]

    def _by_owner(self, sets: Flags) -> Flags:
        owners, owner = np.unique(self._owners, return_inverse=True)
        held = np.zeros((len(sets), len(owners)), np.bool_)
        which, row = np.nonzero(sets)
        held[which, owner[row]] = True
        return held


def prepare_filters(ready: Prepared, *, scheme: Scheme, on: date) -> Filters:
    """All that can be asked for on a day."""
    groups = groups_on(ready, scheme=scheme, on=on)
    return Filters(ready=ready, scheme=scheme, groups=groups, beside=_widenings(groups, scheme))


def _widenings(groups: Mapping[str, Indices], scheme: Scheme) -> list[Indices]:
    """The groups of related portfolios that somebody's report may show."""
    setting = readable(scheme.disclosure)
    if setting is None:
        return []
    nobody = np.array([], np.intp)
    found = []
    for own in scheme.portfolios:
        chain = [groups.get(f"portfolio:{one}", nobody) for one in (own, *related_portfolios(own, scheme))]
        counts = [len(members) for members in chain]
        first = widened(counts, setting.median_from)
        # Leaving somebody out makes a group smaller by one, and may take one portfolio more.
        last = widened(counts, setting.median_from + 1) or len(chain)
        lengths = range(max(first, 2), last + 1) if first else ()
        found += [np.concatenate(chain[:length]) for length in lengths]
    return found


def _without_rests(codes: Levels, counts: Sizes, shape: tuple[int, ...], setting: Disclosure) -> Levels:
    """Hold back the smallest class where those shown leave a handful of a set.

    This goes for any set that is large enough to be shown, shown or not: one that is held back is almost
    another one that is shown.
    """
    shown, n = (codes > disclosure.NONE).reshape(shape), counts.reshape(shape)
    before = -1
    while (left := int(shown.sum())) != before:
        before = left
        for axis in range(1, len(shape)):
            _hold_smallest(np.moveaxis(shown, axis, -1), np.moveaxis(n, axis, -1), setting)
    return np.where(shown.ravel(), codes, np.uint8(disclosure.NONE))


def _hold_smallest(shown: Flags, n: Sizes, setting: Disclosure) -> None:
    """Along the last axis, whose first place is the whole and whose others are its classes; in place."""
    part, sizes = shown[..., 1:], n[..., 1:]
    rest = n[..., 0] - np.where(part, sizes, 0).sum(axis=-1)
    handful = (rest > 0) & (rest < setting.difference) & (n[..., 0] >= setting.median_from)
    at = np.nonzero(handful & part.any(axis=-1))
    smallest = np.where(part, sizes, np.iinfo(np.int64).max).argmin(axis=-1)
    part[(*at, smallest[at])] = False


def _values(ready: Prepared, measure: str) -> Floats:
    values: Floats = ready.matrix[ready.measures.index(measure)]
    return values


def _check(word: str, known: Iterable[str], place: str) -> None:
    names = list(known)
    if word not in names:
        close = nearest(word, names)
        remedy = f'Did you mean "{close}"?' if close else f"There is: {', '.join(names)}."
        raise Unusable("", Fault(place, f'There is no "{word}".', remedy))
