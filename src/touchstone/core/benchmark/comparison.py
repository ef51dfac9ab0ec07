"""One organisation among its peers: figures, position, disclosure control, and the set's digest."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import Final

import numpy as np

from touchstone.core.assessment.model import Organisation, Value
from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.distribution import (
    QUANTILES,
    Counts,
    ascending,
    percentiles,
    quantiles,
)
from touchstone.core.benchmark.everyone import Everyone, compare_all
from touchstone.core.benchmark.groups import priority, refer
from touchstone.core.benchmark.model import Comparison, Figure, Floats, Group, Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.released import Released, refer_released
from touchstone.core.benchmark.releases import Release
from touchstone.core.benchmark.showing import figure
from touchstone.core.benchmark.tails import without_tails
from touchstone.core.language.language import Language, language
from touchstone.core.scheme.model import Disclosure, Scheme

__all__ = ["Everyone", "Prepared", "compare", "compare_all", "prepare"]

# What a comparison set depends on of the scheme's setting.
SIZES: Final = ("median_from", "quartiles_from", "full_from", "difference", "oldest_years", "dominance")


def compare(
    assessment_values: Mapping[str, Value],
    *,
    organisation: Organisation,
    population: Population | Prepared,
    scheme: Scheme,
    on: date,
    release: Release | None = None,
) -> Comparison:
    """Place one organisation's values (derived ones included) among its peers on a day.

    Every numeric measure of the scheme gets a figure in every group. How much of it is shown follows
    from the peers with a value for that measure; a group that is withheld as a whole shows nothing,
    and a group whose peers with a value are too few apart from another shown group's is withheld for
    that measure. The percentile is missing where nothing is shown or the own value is missing.
    A `Prepared` population makes many comparisons fast.

    With a `release` the peers are those that it has in force, as of its day, which is that of the result;
    the population must have their assessments. A release that cannot be used shows nothing.
    """
    ready = population if isinstance(population, Prepared) else prepare(population, scheme)
    found = _referred(ready, scheme=scheme, organisation=organisation, on=on, release=release)
    reference = found.reference
    own = own_values(assessment_values, ready.measures)
    peers = ready.matrix[:, reference.peers]
    codes, counts, close = _control(peers, found, scheme.disclosure)
    ordered = [ascending(peers[:, mask]) for mask in reference.masks]
    safe = _without_tails(codes, ordered, scheme.disclosure)
    words = language(scheme.language)
    shown = np.array([_figures(*block, own) for block in ordered])
    return Comparison(
        on=found.on,
        groups=reference.groups,
        figures=_keyed(ready.measures, reference.groups, counts=counts, codes=safe, shown=shown),
        own={id: value for id, value in zip(ready.measures, own.tolist(), strict=True) if not isnan(value)},
        synthetic=ready.population.synthetic,
        digest=set_digest(reference.groups, scheme=scheme, on=found.on, release=release),
        notes=(
            *reference.notes,
            *_notes(reference.groups, close, "withheld.close", words),
            *_notes(reference.groups, ~found.may_show & reference.may_show, "withheld.before", words),
            *_notes(reference.groups, safe < codes, "withheld.tails", words),
        ),
    )


def own_values(values: Mapping[str, Value], measures: Sequence[str]) -> Floats:
    """The numbers among the values in the order of `measures`; NaN for none and for one not finite."""
    found = np.array([_number(values.get(id)) for id in measures], np.float64)
    return np.where(np.isfinite(found), found, np.nan)


def set_digest(groups: Sequence[Group], *, scheme: Scheme, on: date, release: Release | None = None) -> str:
    """SHA-256 (hex) of a comparison set: the day, the sizes of disclosure control, and the groups.

    It covers the canonical JSON (sorted keys, no spaces, ASCII) of these, and of the measures that a release
    withholds. So it changes exactly when other peers, other values of theirs or other rules would have
    been used.
    """
    canonical = {
        "scheme": scheme.id,
        "on": on.isoformat(),
        "disclosure": [getattr(scheme.disclosure, size, None) for size in SIZES],
        "groups": [
            {"id": group.id, "n": group.n, "digest": group.digest, "withheld": bool(group.withheld)}
            for group in groups
        ],
        **_of_release(groups, release),
    }
    text = json.dumps(canonical, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _of_release(groups: Sequence[Group], release: Release | None) -> dict[str, object]:
    if release is None:
        return {}
    standing = {group.id: release.standing.get(group.id) for group in groups}
    withheld = {id: sorted(one.withheld) for id, one in standing.items() if one}
    return {"release": {"on": release.on.isoformat(), "withheld": withheld}}


def _referred(
    ready: Prepared, *, scheme: Scheme, organisation: Organisation, on: date, release: Release | None
) -> Released:
    """The groups in a release, or (without one) those of the population, every measure of which may show."""
    if release:
        return refer_released(release, ready, scheme=scheme, organisation=organisation, on=on)
    reference = refer(ready, scheme=scheme, organisation=organisation, on=on)
    everything = np.ones((len(ready.measures), len(reference.groups)), np.bool_)
    return Released(on=on, reference=reference, may_show=everything)


def _number(value: Value | None) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else np.nan


def _control(
    peers: Floats, found: Released, setting: Disclosure | None
) -> tuple[disclosure.Levels, Counts, disclosure.Flags]:
    """For each measure and group: the level's code, n, and whether it is withheld for closeness."""
    reference = found.reference
    counts, apart = _overlaps(~np.isnan(peers), reference.masks)
    codes = np.where(found.may_show & reference.may_show, disclosure.levels(counts, setting), disclosure.NONE)
    close = disclosure.withheld(
        counts,
        apart,
        may_show=codes > disclosure.NONE,
        priority=priority(reference.groups),
        setting=setting,
    )
    close &= codes > disclosure.NONE
    return np.where(close, disclosure.NONE, codes), counts, close


def _overlaps(has: disclosure.Flags, masks: disclosure.Flags) -> tuple[Counts, Counts]:
    """How many peers with a value each group has, and how many are in just one of two groups.

    `has` is measure × peer, `masks` group × peer; the results are measure × group and measure × group
    × group. Peers that share all groups are counted together first.
    """
    bits = 1 << np.arange(len(masks))
    patterns, of = np.unique(bits @ masks, return_inverse=True)
    together = [np.count_nonzero(has[:, of == number], axis=1) for number in range(len(patterns))]
    counted = np.array(together, np.int64).reshape(len(patterns), len(has)).T
    inside = (patterns[:, None] & bits) > 0
    apart = inside[:, :, None] != inside[:, None, :]
    return counted @ inside, np.einsum("mp,pgh->mgh", counted, apart)


def _without_tails(
    codes: disclosure.Levels, ordered: Sequence[tuple[Floats, Counts]], setting: Disclosure | None
) -> disclosure.Levels:
    """The codes of each measure and group without tails that tell about single peers."""
    columns = zip(codes.T, ordered, strict=True)
    return np.stack([without_tails(column, *block, setting) for column, block in columns], axis=1)


def _figures(ordered: Floats, counts: Counts, own: Floats) -> Floats:
    """P5, P25, median, P75, P95 and the own percentile of each measure, from `ascending` peers."""
    return np.vstack((quantiles(ordered, counts, QUANTILES), percentiles(ordered, own)))


def _keyed(
    measures: Sequence[str],
    groups: Sequence[Group],
    *,
    counts: Counts,
    codes: disclosure.Levels,
    shown: Floats,
) -> dict[str, dict[str, Figure]]:
    ids = [group.id for group in groups]
    rows = zip(measures, counts.tolist(), codes.tolist(), shown.transpose(2, 0, 1).tolist(), strict=True)
    return {
        id: {group: figure(n, code, found) for group, n, code, found in zip(ids, *columns, strict=True)}
        for id, *columns in rows
    }


def _notes(groups: Sequence[Group], measures: disclosure.Flags, why: str, words: Language) -> tuple[str, ...]:
    """Says of each group for how many measures something of it is withheld; `why` is the sentence's path."""
    return tuple(
        words.counted(why, number, group=group.id)
        for group, number in zip(groups, measures.sum(axis=0).tolist(), strict=True)
        if number
    )
