"""How an organisation has changed since an earlier assessment, beside how its peers moved meanwhile.

A change is the plain difference of two assessments, in the unit of the measure. A peer that moved has two
assessments: its latest as of today and another one, its latest as of the day of the organisation's
earlier interview. Both are taken as peers are on any day: not after it, nor older than the scheme
allows. The group of a peer is that of its latest assessment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from touchstone.core.assessment.model import Organisation, Value
from touchstone.core.benchmark import disclosure
from touchstone.core.benchmark.comparison import own_values
from touchstone.core.benchmark.disclosure import Flags, Levels, Sizes, readable
from touchstone.core.benchmark.groups import Reference, priority, refer
from touchstone.core.benchmark.model import Figure, Floats, Group, Indices, Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.showing import admitted, figure, overlaps, quantiles_and_position
from touchstone.core.scheme.model import Disclosure, Scheme

# Values have few decimals, their differences as floating point numbers many; rounded, equal steps are equal.
DECIMALS: Final = 9
DAYS_A_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One organisation's change among those of its peers.

    `own` maps measure id → now less before, where both are there, over `years`. `figures` maps measure id →
    group id → the changes of the peers that moved: their number, the median and quartiles as far as their
    number allows, and the own change's mid-rank percentile among them. `spans` maps group id → the
    years that the peers' changes took: their number, median and quartiles.
    """

    on: date
    since: date
    years: float
    groups: tuple[Group, ...]  # the reference groups on the day
    own: Mapping[str, float]
    figures: Mapping[str, Mapping[str, Figure]]
    spans: Mapping[str, Figure]

    def before(self, measure: str, now: float) -> float:
        """The own value before, in the unit of the measure. Raises KeyError for one that has no change."""
        return round(now - self.own[measure], DECIMALS)


def compare_change(
    now: Mapping[str, Value],
    before: Mapping[str, Value],
    *,
    organisation: Organisation,
    population: Population | Prepared,
    scheme: Scheme,
    on: date,
    previously: date,
) -> Movement:
    """Place an organisation's changes among those of its peers.

    Peers that moved are another set than the peers. So for each measure a group of them is held back not
    only where it is too small or close to another one of them, but also where it is close to the peers
    with a value of any reference group, on the day or on the earlier one, that is large enough to be
    shown. Raises ValueError where `previously` is not before `on`.

    Args:
        now: values of the new assessment, derived ones included; `before` likewise of the old one.
        before: see `now`.
        organisation: who it is; never its own peer.
        population: all assessments, several of an organisation among them.
        scheme: the pack.
        on: the day as of which peers are taken.
        previously: the day of the organisation's earlier interview.
    """
    if previously >= on:
        raise ValueError(f"{previously} is not before {on}")
    ready = population if isinstance(population, Prepared) else prepare(population, scheme)
    today, earlier = (
        _Day.of(ready, refer(ready, scheme=scheme, organisation=organisation, on=day))
        for day in (on, previously)
    )
    moved = (today.row >= 0) & (earlier.row >= 0) & (today.row != earlier.row)
    changes = np.where(moved, _step(earlier.values, today.values), np.nan)
    own = _step(own_values(before, ready.measures), own_values(now, ready.measures))
    spans = np.where(moved, (today.days - earlier.days) / DAYS_A_YEAR, np.nan)[None]
    years = (on - previously).days / DAYS_A_YEAR
    measured = [(day, ~np.isnan(day.values)) for day in (today, earlier)]
    present = [(day, (day.row >= 0)[None]) for day in (today, earlier)]
    figures = _figures(changes, own, beside=measured, setting=scheme.disclosure)
    return Movement(
        on=on,
        since=previously,
        years=years,
        groups=today.reference.groups,
        own={id: step for id, step in zip(ready.measures, own.tolist(), strict=True) if not np.isnan(step)},
        figures=dict(zip(ready.measures, figures, strict=True)),
        spans=_figures(spans, np.array([years]), beside=present, setting=scheme.disclosure)[0],
    )


def own_change(
    now: Mapping[str, Value],
    before: Mapping[str, Value],
    *,
    measures: Sequence[str],
    on: date,
    previously: date,
) -> Movement:
    """An organisation's changes by themselves, with no word of any peer; see `compare_change`."""
    own = _step(own_values(before, measures), own_values(now, measures))
    return Movement(
        on=on,
        since=previously,
        years=(on - previously).days / DAYS_A_YEAR,
        groups=(),
        own={id: step for id, step in zip(measures, own.tolist(), strict=True) if not np.isnan(step)},
        figures={id: {} for id in measures},
        spans={},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """The peers of one day, by the number of their organisation."""

    reference: Reference
    row: Indices  # of the population; -1 for an organisation that is no peer
    masks: Flags  # group × organisation
    values: Floats  # measure × organisation
    days: Floats  # of the interview, in days since some day

    @classmethod
    def of(cls, ready: Prepared, reference: Reference) -> "_Day":
        of = ready.numbers[reference.peers]
        row = np.full(len(ready.number), -1)
        masks = np.zeros((len(reference.groups), len(row)), np.bool_)
        values, days = np.full((len(ready.measures), len(row)), np.nan), np.full(len(row), np.nan)
        row[of] = reference.peers
        masks[:, of] = reference.masks
        values[:, of] = ready.matrix[:, reference.peers]
        days[of] = ready.population.interviewed_on[reference.peers].astype(np.int64)
        return cls(reference=reference, row=row, masks=masks, values=values, days=days)


# A day, and which of its peers have a value: measure × organisation.
Beside = Sequence[tuple[_Day, Flags]]


def _step(before: Floats, now: Floats) -> Floats:
    """What has been added, NaN where one of the two is missing or the difference is not finite."""
    with np.errstate(over="ignore"):
        step = now - before
        rounded = np.round(step, DECIMALS)
    return np.where(np.isfinite(rounded), rounded, np.where(np.isfinite(step), step, np.nan))


def _figures(
    changes: Floats, own: Floats, *, beside: Beside, setting: Disclosure | None
) -> list[dict[str, Figure]]:
    """By group what may be shown of each row of changes (measure × organisation); today comes first."""
    today = beside[0][0]
    counts, codes = _control(~np.isnan(changes), beside, setting)
    capped = np.minimum(codes, np.uint8(disclosure.QUARTILES))
    found = np.array([quantiles_and_position(changes[:, mask], own) for mask in today.masks])
    rows = zip(counts.tolist(), capped.tolist(), found.transpose(2, 0, 1).tolist(), strict=True)
    ids = [group.id for group in today.reference.groups]
    return [
        {id: figure(n, code, line) for id, n, code, line in zip(ids, *columns, strict=True)}
        for columns in rows
    ]


def _control(moved: Flags, beside: Beside, setting: Disclosure | None) -> tuple[Sizes, Levels]:
    """How many of each group moved, and the level's code: measure × group."""
    today = beside[0][0]
    counts = overlaps(moved, today.masks)
    sizes = readable(setting)
    if sizes is None:
        return counts, np.zeros(counts.shape, np.uint8)
    close = np.zeros(counts.shape, np.bool_)
    for day, has in beside:
        peers = overlaps(has, day.masks)
        apart = _apart(moved, counts, today.masks, peers, day.masks)
        shown = (peers >= sizes.median_from) & day.reference.may_show
        close |= ((apart > 0) & (apart < sizes.difference) & shown[:, None]).any(axis=-1)
    codes = admitted(
        counts,
        _apart(moved, counts, today.masks, counts, today.masks),
        may_show=today.reference.may_show & ~close,
        priority=priority(today.reference.groups),
        setting=sizes,
    )
    return counts, codes


def _apart(moved: Flags, counts: Sizes, masks: Flags, sizes: Sizes, others: Flags) -> Sizes:
    """How many are in one set only: of those moved in each group, of those in each other one.

    All that moved have a value on the other sets' day, so they are in each such set whose mask holds them.
    """
    both = (masks[:, None] & others[None]).reshape(len(masks) * len(others), -1)
    common = overlaps(moved, both).reshape(len(moved), len(masks), len(others))
    return counts[:, :, None] + sizes[:, None, :] - 2 * common
