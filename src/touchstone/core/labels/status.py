"""The one answer about a label: its state on a day, as known at a moment.

One level on a day D, from the entries recorded until the moment K. Periods of the level that touch or
overlap are one run; the run asked about is the last that began by D. The first row that fits decides:

| no. | what is so                                                              | standing          |
|-----|-------------------------------------------------------------------------|-------------------|
| 1   | no period began by D                                                    | never             |
| 2   | every period that began by D is withdrawn                               | withdrawn         |
| 3   | D is after the run's renewable day                                      | lapsed            |
| 4   | a period of the run is suspended                                        | suspended         |
| 5   | D is after the run's last day                                           | expired_renewable |
| 6   | otherwise                                                               | valid             |

A withdrawal withdraws, from its day on and for good, the periods of its level that were recorded before it
or began before its day; a period that was recorded later and begins on its day or later stands. A suspension
suspends likewise, until a reinstatement or a withdrawal. Days of effect decide, not days of record: what is
recorded late counts from its day, but only for who asks as of a moment after it was recorded.

Of several levels the headline is valid before expired_renewable, suspended, withdrawn, lapsed; among equals
the higher level.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from touchstone.core.labels.known import KnownAct, as_known, known_entries
from touchstone.core.labels.model import (
    Act,
    Entry,
    EntryKind,
    LabelLevel,
    LevelStatus,
    Standing,
    Status,
)
from touchstone.core.labels.validity import renewable_until
from touchstone.core.scheme.model import RuleSet

RuleSets = Mapping[str, RuleSet]

_HEADLINE = (
    Standing.VALID,
    Standing.EXPIRED_RENEWABLE,
    Standing.SUSPENDED,
    Standing.WITHDRAWN,
    Standing.LAPSED,
)


@dataclass(frozen=True, slots=True)
class _Period:
    """A period as granted, or a run of periods without a day between them."""

    number: int  # of the entry that granted it; of a run, the lowest
    start: date
    end: date
    renewable: date

    def touches(self, later: "_Period") -> bool:
        return later.start - self.end <= timedelta(days=1)

    def joined(self, later: "_Period") -> "_Period":
        return _Period(
            min(self.number, later.number),
            self.start,
            max(self.end, later.end),
            max(self.renewable, later.renewable),
        )


@dataclass(frozen=True, slots=True)
class _Stop:
    """How far suspensions or withdrawals reach, taken together. A run is hit when one of its periods is."""

    number: int
    day: date

    def hits(self, period: _Period) -> bool:
        return period.number < self.number or period.start < self.day

    @staticmethod
    def wider(stop: "_Stop | None", known: KnownAct) -> "_Stop":
        # The acts come by day of effect, so the last one's day is the latest.
        return _Stop(max(known.number, stop.number if stop else 0), known.act.effective)


def status(
    entries: Iterable[Entry],
    organisation: str,
    *,
    on: date,
    known: datetime,
    rule_sets: RuleSets | None = None,
) -> Status:
    """The label of an organisation on a day, as known at a moment (aware). See the table above.

    `rule_sets` gives the renewable day where an entry does not state it; without, such a label cannot be
    renewed after its last day. Entries of other organisations are passed over. Near linear in entries.
    """
    own = known_entries((e for e in entries if e.act.organisation == organisation), known=known)
    return status_of(as_known(own), organisation, on=on, known=known, rule_sets=rule_sets)


def status_of(
    acts: Iterable[KnownAct],
    organisation: str,
    *,
    on: date,
    known: datetime,
    rule_sets: RuleSets | None = None,
) -> Status:
    """The same from the known acts of one organisation, for who has them at hand already."""
    levels = _levels(tuple(acts), on, rule_sets or {})
    best = levels[0] if levels else None
    return Status(
        organisation=organisation,
        standing=best.standing if best else Standing.NEVER,
        level=best.level if best else None,
        valid_from=best.valid_from if best else None,
        valid_until=best.valid_until if best else None,
        renewable_until=best.renewable_until if best else None,
        on=on,
        known=known,
        levels=levels,
    )


def _levels(acts: tuple[KnownAct, ...], on: date, rule_sets: RuleSets) -> tuple[LevelStatus, ...]:
    found = (_level_status(acts, level, on, rule_sets) for level in LabelLevel)
    held = [level for level in found if level]
    return tuple(sorted(held, key=lambda level: (_HEADLINE.index(level.standing), -level.level.rank)))


def _level_status(
    acts: tuple[KnownAct, ...], level: LabelLevel, on: date, rule_sets: RuleSets
) -> LevelStatus | None:
    periods = _periods(acts, level, rule_sets)
    suspended, withdrawn = _stops(acts, level, on)
    standing = [period for period in periods if not (withdrawn and withdrawn.hits(period))]
    run, all_runs = _run_on(standing, on), _run_on(periods, on)
    if all_runs is None:
        return None
    return LevelStatus(
        level=level,
        standing=_standing(run, suspended, on) if run else Standing.WITHDRAWN,
        valid_from=(run or all_runs).start,
        valid_until=(run or all_runs).end,
        renewable_until=(run or all_runs).renewable,
    )


def _standing(run: _Period, suspended: _Stop | None, on: date) -> Standing:
    if on > run.renewable:
        return Standing.LAPSED
    if suspended and suspended.hits(run):
        return Standing.SUSPENDED
    return Standing.VALID if on <= run.end else Standing.EXPIRED_RENEWABLE


def _periods(acts: Iterable[KnownAct], level: LabelLevel, rule_sets: RuleSets) -> list[_Period]:
    """The periods granted at a level, by first day. One that ends before it begins holds no day."""
    periods = [
        _Period(known.number, act.valid_from, act.valid_until, _renewable(act, act.valid_until, rule_sets))
        for known in acts
        if (act := known.act).kind.grants
        and act.level is level
        and act.valid_from
        and act.valid_until
        and act.valid_from <= act.valid_until
    ]
    return sorted(periods, key=lambda period: (period.start, period.number))


def _renewable(act: Act, valid_until: date, rule_sets: RuleSets) -> date:
    if act.renewable_until:
        return max(act.renewable_until, valid_until)
    rules = rule_sets.get(act.rule_set)
    return renewable_until(rules.validity, valid_until=valid_until) if rules else valid_until


def _stops(acts: Iterable[KnownAct], level: LabelLevel, on: date) -> tuple[_Stop | None, _Stop | None]:
    """What suspends and what has withdrawn the level on a day."""
    suspended: _Stop | None = None
    withdrawn: _Stop | None = None
    in_effect = (k for k in acts if k.act.effective <= on and k.act.level in (None, level))
    for known in sorted(in_effect, key=lambda known: (known.act.effective, known.number)):
        match known.act.kind:
            case EntryKind.SUSPENSION:
                suspended = _Stop.wider(suspended, known)
            case EntryKind.REINSTATEMENT:
                suspended = None
            case EntryKind.WITHDRAWAL:
                suspended, withdrawn = None, _Stop.wider(withdrawn, known)
    return suspended, withdrawn


def _run_on(periods: Iterable[_Period], on: date) -> _Period | None:
    """The last run that began by a day. Periods come by first day."""
    run: _Period | None = None
    for period in periods:
        if run and run.touches(period):
            run = run.joined(period)
        elif period.start <= on:
            run = period
    return run
