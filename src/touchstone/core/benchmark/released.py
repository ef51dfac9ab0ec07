"""The reference groups of an organisation as a release has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from touchstone.core.assessment.model import Organisation
from touchstone.core.benchmark.disclosure import Flags, readable
from touchstone.core.benchmark.groups import KINDS, Reference
from touchstone.core.benchmark.model import Group, Indices
from touchstone.core.benchmark.prepared import Prepared, same_name
from touchstone.core.benchmark.releases import Release
from touchstone.core.scheme.model import Scheme

NOBODY = np.array([], np.intp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """Groups as of a day, and which measures of them may be shown at all: measure × group."""

    on: date
    reference: Reference
    may_show: Flags


def refer_released(
    release: Release, ready: Prepared, *, scheme: Scheme, organisation: Organisation, on: date
) -> Released:
    """Find the groups of an organisation in a release, itself left out by its id or its name.

    A portfolio with too few peers has its wider group beside it, where the release has one. What the
    release does not have is withheld and says why. A release that cannot be used on that day (it
    has a fault, is of another scheme or of a later day) shows nothing of anybody.
    """
    fault = _fault(release, scheme, on)
    rows = {} if fault else release.rows_in(ready)
    own = [ready.number.get(same_name(name), -1) for name in (organisation.id, organisation.name)]
    peers = {group: members[~np.isin(ready.numbers[members], own)] for group, members in rows.items()}
    enough = scheme.disclosure.median_from if scheme.disclosure and not fault else 0
    ids = _ids(organisation, peers, enough)
    groups = tuple(_group(id, ready, peers, fault or _reason(id, peers, enough, release)) for id in ids)
    everybody = np.unique(np.concatenate([group.members for group in groups]))
    return Released(
        on=on if fault else release.on,
        reference=Reference(
            peers=everybody,
            groups=groups,
            masks=np.array([np.isin(everybody, group.members) for group in groups], np.bool_),
            notes=(_unusable(fault),) if fault else tuple(_notes(groups, release)),
        ),
        may_show=np.array([_allowed(group.id, ready, release) for group in groups], np.bool_).T,
    )


def _fault(release: Release, scheme: Scheme, on: date) -> str:
    if readable(scheme.disclosure) is None:
        return "The scheme has no readable disclosure setting."
    if release.fault:
        return release.fault
    if release.scheme != scheme.id:
        return f'It is of the scheme "{release.scheme}", not of "{scheme.id}".'
    return f"It is of {release.on.isoformat()}, after {on.isoformat()}." if release.on > on else ""


def _unusable(fault: str) -> str:
    return f"The release cannot be used, so nothing of the peers is shown. {fault}"


def _ids(organisation: Organisation, peers: dict[str, Indices], enough: int) -> tuple[str, ...]:
    portfolio, related = f"portfolio:{organisation.portfolio}", f"related:{organisation.portfolio}"
    wider = related in peers and len(peers.get(portfolio, NOBODY)) < enough
    return (portfolio, *([related] if wider else []), f"country:{organisation.country}", "gold", "all")


def _group(id: str, ready: Prepared, peers: dict[str, Indices], withheld: str) -> Group:
    members = peers.get(id, NOBODY)
    kind = KINDS[id.partition(":")[0]]
    return Group(id=id, kind=kind, members=members, digest=ready.digest(members), withheld=withheld)


def _reason(id: str, peers: dict[str, Indices], enough: int, release: Release) -> str:
    if id not in peers:
        return (
            f"The release of {release.on.isoformat()} does not have it: it has too few members, "
            "or differs too little from what was published before."
        )
    return "" if len(peers[id]) >= enough else f"It has fewer than {enough} peers."


def _notes(groups: Sequence[Group], release: Release) -> list[str]:
    """What is withheld or held over, in words."""
    notes = []
    for group in groups:
        standing = release.standing.get(group.id)
        if group.withheld:
            notes.append(f'Nothing of "{group.id}" ({group.n} peers) is shown. {group.withheld}')
        elif standing and standing.since < release.on:
            since = standing.since.isoformat()
            notes.append(f'The peers of "{group.id}" are those of {since}: since then too few have changed.')
    return notes


def _allowed(group: str, ready: Prepared, release: Release) -> list[bool]:
    standing = release.standing.get(group)
    return [standing is not None and measure not in standing.withheld for measure in ready.measures]
