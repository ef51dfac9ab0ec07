"""Releases: what an installation publishes of its groups, so that no report can be subtracted from another.

A report shows figures of sets of peers. Whoever has two reports whose sets differ by one organisation
(because one was made a year later, for somebody else, or with a filter) has a figure about that one. So an
installation draws the peers of all its reports from a *release*: for each group a fixed set of
assessments. A new release takes up the present members of a group only where they are far enough from
every set that was ever published, of whatever group; else the group is held over with the rows of before.

**The rule.** Of two sets ever published for a measure (the members of a group that have a value) either
both are the same, or they differ by `setting.difference + KNOWN` organisations at least. An organisation
differs where it is in one set only, or in both with different assessments.

**Why that suffices.** A reader knows his own value, and two who pool their reports know two. A report leaves
out its own organisation, so the set of a reader is a published one with one organisation less, and known
values may be thought away. Take two sets that such a pair has read, of whatever groups, measures and years:
if they come from the same published set, they differ by the two readers alone, whose values are known;
else they still differ by `setting.difference` others at least, which is what the scheme asks of any two
published groups. Nothing in the argument depends on what was read in between, nor on the order.

**Small populations.** A handful of organisations seen through four overlapping groups is a puzzle that can
be solved, though no two groups are close. So groups inside the whole are published only where the whole
has `OVERLAPPING` times as many peers as full figures need.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.disclosure import readable
from touchstone.core.benchmark.groups import related_portfolios, widened
from touchstone.core.benchmark.model import Indices
from touchstone.core.benchmark.prepared import Prepared, same_name
from touchstone.core.days import years_before
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Disclosure, Scheme

# So many readers may put their reports together; each knows one value, his own.
KNOWN: Final = 2
# So many times the peers of full figures make a whole large enough to be seen through several groups.
OVERLAPPING: Final = 2
# So long a group may be held over.
HELD_YEARS: Final = 1
# Stands for a group as a whole where a measure's id is asked for.
WHOLE: Final = ""
EVERYBODY: Final = "all"
# Sets of rows are whole numbers: bit N stands for row N of the release.
Bits = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An assessment that was published: the digests of its data and of its organisation's name."""

    digest: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A group in force: the number of its membership, since when, and the measures that it does not show."""

    membership: int
    since: date
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Release:
    """What is in force, and all that was ever published.

    `memberships` are sets of `rows`; `answered` says for each measure which rows have a value, and
    `published` of which memberships it was shown. A release with a `fault` shows nothing.
    """

    scheme: str
    on: date
    rows: tuple[Row, ...] = ()
    answered: Mapping[str, Bits] = field(default_factory=dict)
    memberships: tuple[Bits, ...] = ()
    published: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    standing: Mapping[str, Standing] = field(default_factory=dict)
    fault: str = ""

    def rows_in(self, ready: Prepared) -> dict[str, Indices]:
        """Each group in force → its rows of a population.

        A group of which the population lacks a row is left out: the rest of it was never checked.
        """
        row = {digest.hex(): number for number, digest in enumerate(ready.row_digests)}
        numbers = np.array([row.get(one.digest, -1) for one in self.rows], np.intp)
        found = {
            group: numbers[_places(self.memberships[one.membership])] for group, one in self.standing.items()
        }
        return {group: np.sort(rows) for group, rows in found.items() if rows.min(initial=0) >= 0}


def closed(fault: str, *, scheme: str = "", on: date = date.min) -> Release:
    """A release that shows nothing, and why."""
    return Release(scheme=scheme, on=on, fault=fault)


def renew(
    previous: Release | None,
    ready: Prepared,
    *,
    scheme: Scheme,
    on: date,
    further: Mapping[str, Indices] | None = None,
) -> Release:
    """Make the release of a day, which takes up of each group what may be taken up.

    A group that may not be renewed is held over, as of its own day, for a year at most and while the
    population has all its rows; then it shows nothing until it may be renewed. Within a group that is
    renewed, a measure whose peers with a value are too close to a set published before shows nothing,
    and neither does one of which the whole has too few.

    Args:
        previous: the release before; None for the first. Its history is carried on.
        ready: all assessments, also those of before. One that is corrected stays, and the corrected one is
            added after it: a group whose rows are gone cannot be held over.
        scheme: whose disclosure setting and portfolios are used.
        on: the day, not before that of `previous`.
        further: more groups, such as narrowed ones, id → rows of the population; they come last.

    Raises Unusable for a previous release that has a fault, is of another scheme or of a later day:
    without its history nothing more can be published safely.
    """
    _check(previous, scheme, on)
    setting = readable(scheme.disclosure)
    if setting is None:
        return closed("The scheme has no readable disclosure setting.", scheme=scheme.id, on=on)
    book = _Book(previous or Release(scheme=scheme.id, on=on), ready, setting, on)
    for group, rows in (*_groups(ready, scheme, setting, on), *_largest_first(further or {})):
        book.enter(rows)
        book.take_up(group, rows)
    return book.release(scheme)


def _check(previous: Release | None, scheme: Scheme, on: date) -> None:
    if previous is None:
        return
    if previous.fault:
        raise _refused(previous.fault)
    if previous.scheme != scheme.id:
        raise _refused(f'It is of the scheme "{previous.scheme}", not of "{scheme.id}".')
    if previous.on > on:
        raise _refused(f"It is of {previous.on.isoformat()}, which is after {on.isoformat()}.")


def _refused(problem: str) -> Unusable:
    remedy = "Restore the last release from a backup: without its history nothing more can be published."
    return Unusable("", Fault("release", problem, remedy))


def _groups(ready: Prepared, scheme: Scheme, setting: Disclosure, on: date) -> Iterator[tuple[str, Indices]]:
    """The groups of a day in the order in which they are taken up; those before make those after wait."""
    rows = ready.latest(on=on, oldest_years=setting.oldest_years)
    population = ready.population
    portfolios = _by_name(population.portfolio, rows)
    yield EVERYBODY, rows
    yield from _largest_first({f"portfolio:{one}": members for one, members in portfolios.items()})
    countries = _by_name(population.country, rows)
    yield from _largest_first({f"country:{one}": members for one, members in countries.items()})
    yield "gold", rows[population.level[rows] == "gold"]
    yield from _largest_first(_related(portfolios, scheme, setting))


def _by_name(column: NDArray[np.str_], rows: Indices) -> dict[str, Indices]:
    return {name: rows[column[rows] == name] for name in np.unique(column[rows]).tolist()}


def _largest_first(groups: Mapping[str, Indices]) -> list[tuple[str, Indices]]:
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _related(portfolios: Mapping[str, Indices], scheme: Scheme, setting: Disclosure) -> dict[str, Indices]:
    """The wider group of each portfolio in which some member would see too few peers.

    A member is not its own peer, so one more than the scheme's size is needed.
    """
    nobody = np.array([], np.intp)
    found = {}
    for name in scheme.portfolios:
        chain = [portfolios.get(one, nobody) for one in (name, *related_portfolios(name, scheme))]
        taken = widened([len(members) for members in chain], setting.median_from + 1)
        if taken and taken > 1:
            found[f"related:{name}"] = np.concatenate(chain[:taken])
    return found


class _Book:
    """A release while it is made: the rows by number, and every set ever published, by measure and size."""

    def __init__(self, previous: Release, ready: Prepared, setting: Disclosure, on: date) -> None:
        self.previous, self.ready, self.setting, self.on = previous, ready, setting, on
        self.limit = setting.difference + KNOWN
        self.rows = list(previous.rows)
        self.answered = {measure: previous.answered.get(measure, 0) for measure in ready.measures}
        self.memberships = list(previous.memberships)
        self.published = {measure: list(numbers) for measure, numbers in previous.published.items()}
        self.standing: dict[str, Standing] = {}
        self.whole: Bits = 0
        self.place = {row.digest: place for place, row in enumerate(self.rows)}
        self.history: dict[str, dict[int, set[Bits]]] = {}
        for measure, numbers in self.published.items():
            answered = previous.answered.get(measure, 0)
            for number in numbers:
                self._remember(measure, self.memberships[number] & answered)
        for membership in self.memberships:
            self._remember(WHOLE, membership)

    def enter(self, rows: Indices) -> None:
        """Give numbers to assessments that have none, and note what they answer."""
        fresh = [row for row in rows.tolist() if self.ready.row_digests[row].hex() not in self.place]
        first = len(self.rows)
        for row in fresh:
            digest = self.ready.row_digests[row].hex()
            owner = same_name(str(self.ready.population.organisation[row]))
            self.place[digest] = len(self.rows)
            self.rows.append(Row(digest=digest, owner=sha256(owner.encode()).hexdigest()))
        has = ~np.isnan(self.ready.matrix[:, fresh])
        for measure, line in zip(self.ready.measures, has, strict=True):
            self.answered[measure] |= _bits(np.flatnonzero(line)) << first

    def take_up(self, group: str, rows: Indices) -> None:
        """Renew a group, or hold it over, or let it go; the whole comes first."""
        members = _bits([self.place[self.ready.row_digests[row].hex()] for row in rows.tolist()])
        if group == EVERYBODY:
            self.whole = members
        if self._too_few(members) or not self._large(group, WHOLE):
            return
        if self._close(WHOLE, members):
            self._hold_over(group)
            return
        number = self._number(members)
        withheld = [measure for measure in self.ready.measures if not self._publish(group, measure, number)]
        self.standing[group] = Standing(membership=number, since=self.on, withheld=frozenset(withheld))

    def release(self, scheme: Scheme) -> Release:
        return Release(
            scheme=scheme.id,
            on=self.on,
            rows=tuple(self.rows),
            answered={**self.previous.answered, **self.answered},
            memberships=tuple(self.memberships),
            published={measure: tuple(numbers) for measure, numbers in self.published.items()},
            standing=self.standing,
        )

    def _large(self, group: str, measure: str) -> bool:
        """Whether the whole is large enough for a group inside it to be published beside it."""
        whole = self.whole & self.answered[measure] if measure else self.whole
        return group == EVERYBODY or whole.bit_count() >= OVERLAPPING * self.setting.full_from

    def _too_few(self, members: Bits) -> bool:
        return members.bit_count() < self.setting.median_from

    def _number(self, members: Bits) -> int:
        if members not in self.memberships:
            self.memberships.append(members)
            self._remember(WHOLE, members)
        return self.memberships.index(members)

    def _publish(self, group: str, measure: str, number: int) -> bool:
        """Whether a membership may be shown for a measure; if so, it counts as published from now on.

        What has too few peers with a value is not shown anyway.
        """
        members = self.memberships[number] & self.answered[measure]
        if self._too_few(members):
            return True
        if self._close(measure, members) or not self._large(group, measure):
            return False
        numbers = self.published.setdefault(measure, [])
        if number not in numbers:
            numbers.append(number)
            self._remember(measure, members)
        return True

    def _remember(self, measure: str, members: Bits) -> None:
        self.history.setdefault(measure, {}).setdefault(members.bit_count(), set()).add(members)

    def _close(self, measure: str, members: Bits) -> bool:
        """Whether a set differs from one that was published by some, but too few organisations."""
        by_size = self.history.get(measure, {})
        size = members.bit_count()
        if members in by_size.get(size, ()):
            return False
        near = range(size - self.limit + 1, size + self.limit)
        return any(
            self._apart(members ^ one) < self.limit for other in near for one in by_size.get(other, ())
        )

    def _apart(self, different: Bits) -> int:
        """How many organisations some rows belong to; where that is surely enough, the rows are counted."""
        rows = different.bit_count()
        # One organisation has two rows at most: one in each set.
        if rows >= 2 * self.limit:
            return rows
        return len({self.rows[place].owner for place in _places(different)})

    def _hold_over(self, group: str) -> None:
        standing = self.previous.standing.get(group)
        if standing and self._still_good(standing):
            self.standing[group] = standing

    def _still_good(self, standing: Standing) -> bool:
        """Whether it is not held over too long, and the population still has all its rows."""
        if standing.since < years_before(self.on, HELD_YEARS):
            return False
        members = self.memberships[standing.membership]
        return all(self.rows[place].digest in self.there for place in _places(members))

    @cached_property
    def there(self) -> frozenset[str]:
        """The digests of all rows of the population."""
        return frozenset(digest.hex() for digest in self.ready.row_digests)


def _bits(places: Sequence[int] | Indices) -> Bits:
    """The set of some numbers."""
    if not len(places):
        return 0
    flags = np.zeros(max(places) + 1, np.bool_)
    flags[np.asarray(places)] = True
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def _places(bits: Bits) -> list[int]:
    """The numbers in a set, ascending."""
    raw = np.frombuffer(bits.to_bytes((bits.bit_length() + 7) // 8, "little"), np.uint8)
    places: list[int] = np.flatnonzero(np.unpackbits(raw, bitorder="little")).tolist()
    return places
