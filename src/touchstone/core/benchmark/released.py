"""The reference groups of an organisation as a release has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from touchstone.core.assessment.model import Organisation
from touchstone.core.benchmark.disclosure import Flags, readable
from touchstone.core.benchmark.groups import KINDS, Reference, withheld_note
from touchstone.core.benchmark.model import Group, Indices
from touchstone.core.benchmark.prepared import Prepared, same_name
from touchstone.core.benchmark.releases import Release
from touchstone.core.language.language import Language, language
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
    words = language(scheme.language)
    fault = _fault(release, scheme, on, words)
    rows = {} if fault else release.rows_in(ready)
    own = [ready.number.get(same_name(name), -1) for name in (organisation.id, organisation.name)]
    peers = {group: members[~np.isin(ready.numbers[members], own)] for group, members in rows.items()}
    enough = scheme.disclosure.median_from if scheme.disclosure and not fault else 0
    ids = _ids(organisation, peers, enough)
    groups = tuple(
        _group(id, ready, peers, fault or _reason(id, peers, enough, release, words)) for id in ids
    )
    everybody = np.unique(np.concatenate([group.members for group in groups]))
    return Released(
        on=on if fault else release.on,
        reference=Reference(
            peers=everybody,
            groups=groups,
            masks=np.array([np.isin(everybody, group.members) for group in groups], np.bool_),
            notes=_notes(groups, release, fault, words),
        ),
        may_show=np.array([_allowed(group.id, ready, release) for group in groups], np.bool_).T,
    )


def _fault(release: Release, scheme: Scheme, on: date, words: Language) -> str:
    """Why a release cannot be used; what is wrong with its own document is told in English."""
    if readable(scheme.disclosure) is None:
        return words.say("group.unreadable")
    if release.fault:
        return release.fault
    if release.scheme != scheme.id:
        return words.say("release.scheme", scheme=release.scheme, wanted=scheme.id)
    if release.on <= on:
        return ""
    return words.say("release.later", on=release.on.isoformat(), day=on.isoformat())


def _ids(organisation: Organisation, peers: dict[str, Indices], enough: int) -> tuple[str, ...]:
    portfolio, related = f"portfolio:{organisation.portfolio}", f"related:{organisation.portfolio}"
    wider = related in peers and len(peers.get(portfolio, NOBODY)) < enough
    return (portfolio, *([related] if wider else []), f"country:{organisation.country}", "gold", "all")


def _group(id: str, ready: Prepared, peers: dict[str, Indices], withheld: str) -> Group:
    members = peers.get(id, NOBODY)
    kind = KINDS[id.partition(":")[0]]
    return Group(id=id, kind=kind, members=members, digest=ready.digest(members), withheld=withheld)


def _reason(id: str, peers: dict[str, Indices], enough: int, release: Release, words: Language) -> str:
    if id not in peers:
        return words.say("release.absent", on=release.on.isoformat())
    return "" if len(peers[id]) >= enough else words.counted("group.few", enough)


def _notes(groups: Sequence[Group], release: Release, fault: str, words: Language) -> tuple[str, ...]:
    """What is withheld or held over, in words."""
    if fault:
        return (words.say("release.unusable", why=fault),)
    notes = []
    for group in groups:
        standing = release.standing.get(group.id)
        if group.withheld:
            notes.append(withheld_note(group, words))
        elif standing and standing.since < release.on:
            notes.append(words.say("release.held", group=group.id, on=standing.since.isoformat()))
    return tuple(notes)


def _allowed(group: str, ready: Prepared, release: Release) -> list[bool]:
    standing = release.standing.get(group)
    return [standing is not None and measure not in standing.withheld for measure in ready.measures]
