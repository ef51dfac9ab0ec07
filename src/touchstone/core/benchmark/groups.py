"""Reference groups: who the peers of an organisation are on a day.

A peer is the latest assessment of another organisation, not after the day and not older than the
scheme allows. There are four groups (portfolio, country, gold, all), and one more made of related
portfolios where the portfolio itself has too few peers to show anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchstone.core.assessment.model import Organisation
from touchstone.core.benchmark.disclosure import Flags, readable, withheld
from touchstone.core.benchmark.model import Group, GroupKind, Indices, Population
from touchstone.core.benchmark.prepared import Prepared, prepare, same_name
from touchstone.core.language.language import Language, language
from touchstone.core.scheme.model import Disclosure, Scheme

# Of two groups of one size that are too close, the one named later here is held back.
PRIORITY: Final[tuple[GroupKind, ...]] = ("all", "portfolio", "country", "gold")
# The kind by the beginning of a group's id.
KINDS: Final[Mapping[str, GroupKind]] = {
    "portfolio": "portfolio",
    "related": "portfolio",
    "country": "country",
    "gold": "gold",
    "all": "all",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The groups of one comparison. `masks` has one row a group and one column a peer."""

    peers: Indices  # rows of the population
    groups: tuple[Group, ...]
    masks: Flags
    notes: tuple[str, ...]

    @property
    def may_show(self) -> Flags:
        """Which groups are not withheld as a whole."""
        return np.array([not group.withheld for group in self.groups])


def reference_groups(
    population: Population | Prepared, *, scheme: Scheme, organisation: Organisation, on: date
) -> tuple[Group, ...]:
    """The groups portfolio, country, gold, all, in that order; see `refer`."""
    return refer(population, scheme=scheme, organisation=organisation, on=on).groups


def refer(
    population: Population | Prepared, *, scheme: Scheme, organisation: Organisation, on: date
) -> Reference:
    """Find the peers of an organisation on a day and their groups.

    The organisation itself is left out, by its id or its name, whatever their case. Where its portfolio
    has too few peers to show a median, a group `related:PORTFOLIO` follows it: the portfolio and its
    related ones in the order of the scheme, as many as it takes to show a median; none where all
    together do not suffice. A group that must not be shown says why in `withheld`. Without a readable
    disclosure setting nobody is a peer.
    """
    ready = population if isinstance(population, Prepared) else prepare(population, scheme)
    setting = readable(scheme.disclosure)
    peers = _peers(ready, setting, organisation=organisation, on=on)
    named = _members(ready.population, peers, setting, scheme=scheme, organisation=organisation)
    masks = np.array(list(named.values()), np.bool_).reshape(len(named), len(peers))
    uncontrolled = [_group(id, ready, peers[mask]) for id, mask in zip(named, masks, strict=True)]
    words = language(scheme.language)
    groups = _control(uncontrolled, masks, setting, words)
    return Reference(peers=peers, groups=groups, masks=masks, notes=_notes(groups, setting, on, words))


def differences(masks: Flags) -> NDArray[np.int64]:
    """How many peers are in one of two groups but not in both, for each pair."""
    apart: NDArray[np.int64] = np.count_nonzero(masks[:, None, :] != masks[None, :, :], axis=-1)
    return apart


def priority(groups: Sequence[Group]) -> NDArray[np.int64]:
    """The places of groups in `PRIORITY`, as numbers from 0 without a gap."""
    return np.argsort(np.argsort([PRIORITY.index(group.kind) for group in groups], kind="stable"))


def related_portfolios(portfolio: str, scheme: Scheme) -> tuple[str, ...]:
    """The portfolios to fall back to, in their order; none for one that the scheme does not have."""
    known = scheme.portfolios.get(portfolio)
    return tuple(one for one in dict.fromkeys(known.related) if one != portfolio) if known else ()


def widened(counts: Sequence[int], enough: int) -> int | None:
    """How many of the first `counts` (a portfolio's and its related ones') add up to enough peers."""
    reached = np.flatnonzero(np.cumsum(counts) >= enough)
    return int(reached[0]) + 1 if len(reached) else None


def _peers(ready: Prepared, setting: Disclosure | None, *, organisation: Organisation, on: date) -> Indices:
    if setting is None:
        return np.array([], np.intp)
    latest = ready.latest(on=on, oldest_years=setting.oldest_years)
    own = [ready.number.get(same_name(name), -1) for name in (organisation.id, organisation.name)]
    return latest[~np.isin(ready.numbers[latest], own)]


def _members(
    population: Population,
    peers: Indices,
    setting: Disclosure | None,
    *,
    scheme: Scheme,
    organisation: Organisation,
) -> dict[str, Flags]:
    """Group id → which peers belong to it, in the order of the result."""
    portfolios = population.portfolio[peers]
    members = {f"portfolio:{organisation.portfolio}": portfolios == organisation.portfolio}
    if setting:
        chain = (organisation.portfolio, *related_portfolios(organisation.portfolio, scheme))
        taken = widened([int(np.count_nonzero(portfolios == one)) for one in chain], setting.median_from)
        if taken and taken > 1:
            members[f"related:{organisation.portfolio}"] = np.isin(portfolios, chain[:taken])
    members[f"country:{organisation.country}"] = population.country[peers] == organisation.country
    members["gold"] = population.level[peers] == "gold"
    members["all"] = np.ones(len(peers), np.bool_)
    return members


def _group(id: str, ready: Prepared, members: Indices) -> Group:
    return Group(id=id, kind=KINDS[id.partition(":")[0]], members=members, digest=ready.digest(members))


def _control(
    groups: list[Group], masks: Flags, setting: Disclosure | None, words: Language
) -> tuple[Group, ...]:
    """Say of each group that must not be shown why."""
    if setting is None:
        reason = words.say("group.unreadable")
        return tuple(replace(group, withheld=reason) for group in groups)
    counts = np.array([group.n for group in groups])
    large = counts >= setting.median_from
    close = withheld(counts, differences(masks), may_show=large, priority=priority(groups), setting=setting)
    few = words.counted("group.few", setting.median_from)
    alike = words.counted("group.alike", setting.difference)
    return tuple(
        replace(group, withheld="" if shown else alike if too_close else few)
        for group, shown, too_close in zip(groups, large & ~close, close, strict=True)
    )


def _notes(groups: Sequence[Group], setting: Disclosure | None, on: date, words: Language) -> tuple[str, ...]:
    """The fall-backs taken and the groups withheld, in words."""
    if setting is None:
        return (words.say("group.nothing"),)
    if groups[-1].n == 0:
        return (words.say("group.nobody", on=on.isoformat()),)
    return tuple(
        " ".join((withheld_note(group, words), *_instead(group, groups, words)))
        for group in groups
        if group.withheld
    )


def withheld_note(group: Group, words: Language) -> str:
    """That nothing of a group is shown, and why."""
    return words.counted("group.withheld", group.n, group=group.id, why=group.withheld)


def _instead(group: Group, groups: Sequence[Group], words: Language) -> tuple[str, ...]:
    """What to read in place of a portfolio that is not shown: the next wider group that is."""
    if not group.id.startswith("portfolio:"):
        return ()
    wider = (one.id for one in groups if one.id.startswith(("related:", "all")) and not one.withheld)
    found = next(wider, None)
    return (words.say("group.instead", group=found),) if found else ()
