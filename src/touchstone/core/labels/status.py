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
suspends likewise, until a reinstatement or a withdrawal. A merger or a split after which the organisation
does not go on ends the same periods, of every level: their last day and their renewable day are the day
before it at the latest, and one that would begin later holds no day. A rename or another host changes no
standing. Days of effect decide, not days of record: what is recorded late counts from its day, but only for
who asks as of a moment after it was recorded.

Of several levels the headline is valid before expired_renewable, suspended, withdrawn, lapsed; among equals
the higher level.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast

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

_DAY = timedelta(days=1)
_STOPS = (EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL)
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
    newest: int  # of a run, the highest
    start: date
    end: date
    renewable: date

    def touches(self, later: "_Period") -> bool:
        return later.start - self.end <= timedelta(days=1)

    def joined(self, later: "_Period") -> "_Period":
        return _Period(
            min(self.number, later.number),
            max(self.newest, later.newest),
            self.start,
            max(self.end, later.end),
            max(self.renewable, later.renewable),
        )

    def until(self, day: date) -> "_Period":
        return replace(self, end=min(self.end, day), renewable=min(self.renewable, day))


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


@dataclass(frozen=True, slots=True)
class _Course:
    """All that decides about one level: its periods by first day, and what stops it by day of effect."""

    level: LabelLevel
    periods: tuple[_Period, ...]
    stops: tuple[KnownAct, ...]

    def on(self, day: date) -> "Held | None":
        """How the level stands on a day. None where no period began by then."""
        if not self.periods or self.periods[0].start > day:
            return None
        suspended, withdrawn = _reach(self.stops, day)
        standing = [period for period in self.periods if not (withdrawn and withdrawn.hits(period))]
        run = _run_on(standing, day)
        # The first period has begun, so that without withdrawals there is a run.
        shown = run or cast(_Period, _run_on(self.periods, day))
        now = LevelStatus(
            level=self.level,
            standing=_standing(run, suspended, day) if run else Standing.WITHDRAWN,
            valid_from=shown.start,
            valid_until=shown.end,
            renewable_until=shown.renewable,
        )
        return Held(now, shown.newest)

    def turns(self) -> Iterator[date]:
        """The days on which the answer may change; some of them change nothing."""
        for period in self.periods:
            yield period.start
            yield from (day + _DAY for day in (period.end, period.renewable) if day < date.max)
        yield from (known.act.effective for known in self.stops)


@dataclass(frozen=True, slots=True)
class Held:
    """A level that an organisation holds or held, and the number of the newest entry that granted its run."""

    status: LevelStatus
    grant: int


@dataclass(frozen=True, slots=True)
class Courses:
    """All that decides about the labels of one organisation, to be asked for many days."""

    levels: tuple[_Course, ...]
    passings: tuple[KnownAct, ...]  # mergers and splits by day of effect
    organisation: str

    def held(self, day: date) -> tuple[Held, ...]:
        """The levels on a day, the headline first. Empty where no label had begun by then."""
        found = [held for course in self.levels if (held := course.on(day))]
        if len(found) > 1:
            found.sort(key=lambda held: _place(held.status))
        return tuple(found)

    def successors(self, day: date) -> tuple[str, ...]:
        """What the organisation has become by a day, in the order in which it did."""
        became = (
            other for known in self.passings if known.act.effective <= day for other in known.act.others
        )
        return tuple(dict.fromkeys(other for other in became if other != self.organisation))

    def first_day(self) -> date | None:
        """The first day of the first label. None where no label ever held a day."""
        return min((course.periods[0].start for course in self.levels if course.periods), default=None)

    def turns(self) -> Iterator[date]:
        """The days on which an answer may change; some of them change nothing."""
        for course in self.levels:
            yield from course.turns()
        yield from (known.act.effective for known in self.passings)


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
    own = courses(acts, organisation, rule_sets=rule_sets)
    levels = tuple(held.status for held in own.held(on))
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
        successors=own.successors(on),
    )


def headline_first(levels: Iterable[LevelStatus]) -> tuple[LevelStatus, ...]:
    """The levels of an organisation on one day in the order in which a status has them."""
    return tuple(sorted(levels, key=_place))


def courses(acts: Iterable[KnownAct], organisation: str, *, rule_sets: RuleSets | None = None) -> Courses:
    """What decides about an organisation's labels, from its known acts."""
    by_day = sorted(acts, key=lambda known: (known.act.effective, known.number))
    passings = tuple(known for known in by_day if known.act.kind.passes_on)
    ends = [known for known in passings if organisation not in known.act.others]
    stops = [known for known in by_day if known.act.kind in _STOPS]
    levels = {known.act.level for known in by_day if known.act.kind.grants}
    made = (
        _Course(
            level,
            tuple(_periods(by_day, level, ends, rule_sets or {})),
            tuple(known for known in stops if known.act.level in (None, level)),
        )
        for level in LabelLevel
        if level in levels
    )
    return Courses(tuple(made), passings, organisation)


def _place(level: LevelStatus) -> tuple[int, int]:
    return _HEADLINE.index(level.standing), -level.level.rank


def _standing(run: _Period, suspended: _Stop | None, on: date) -> Standing:
    if on > run.renewable:
        return Standing.LAPSED
    if suspended and suspended.hits(run):
        return Standing.SUSPENDED
    return Standing.VALID if on <= run.end else Standing.EXPIRED_RENEWABLE


def _periods(
    acts: Iterable[KnownAct], level: LabelLevel, ends: Iterable[KnownAct], rule_sets: RuleSets
) -> list[_Period]:
    """The periods granted at a level, by first day. One that ends before it begins holds no day."""
    granted = (
        _Period(
            known.number,
            known.number,
            act.valid_from,
            act.valid_until,
            _renewable(act, act.valid_until, rule_sets),
        )
        for known in acts
        if (act := known.act).kind.grants and act.level is level and act.valid_from and act.valid_until
    )
    lasting = (_ended(period, ends) for period in granted)
    held = (period for period in lasting if period.start <= period.end)
    return sorted(held, key=lambda period: (period.start, period.number))


def _ended(period: _Period, ends: Iterable[KnownAct]) -> _Period:
    """The period with what the end of the organisation left of it."""
    for known in ends:
        if _Stop(known.number, known.act.effective).hits(period):
            period = period.until(date.fromordinal(max(1, known.act.effective.toordinal() - 1)))
    return period


def _renewable(act: Act, valid_until: date, rule_sets: RuleSets) -> date:
    if act.renewable_until:
        return max(act.renewable_until, valid_until)
    rules = rule_sets.get(act.rule_set)
    if rules is None:
        return valid_until
    try:
        return renewable_until(rules.validity, valid_until=valid_until)
    except OverflowError:  # the calendar ends before the time of grace does
        return date.max


def _reach(stops: Iterable[KnownAct], on: date) -> tuple[_Stop | None, _Stop | None]:
    """What suspends and what has withdrawn a level on a day. The stops come by day of effect."""
    suspended: _Stop | None = None
    withdrawn: _Stop | None = None
    for known in stops:
        if known.act.effective > on:
            break
        match known.act.kind:
            case EntryKind.SUSPENSION:
                suspended = _Stop.wider(suspended, known)
            case EntryKind.REINSTATEMENT:
                suspended = None
            case _:  # a withdrawal
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
