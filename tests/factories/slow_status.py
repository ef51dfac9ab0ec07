"""The status of a label, day by day: slow and plain, to test the quick one against."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, LevelStatus, Standing

DAY = timedelta(days=1)
GRANTS = (EntryKind.AWARD, EntryKind.RENEWAL, EntryKind.UPGRADE)
PASSINGS = (EntryKind.MERGER, EntryKind.SPLIT)
Periods = dict[int, tuple[date, date, date]]
ORDER = ["valid", "expired_renewable", "suspended", "withdrawn", "lapsed"]


def slow_levels(entries: Iterable[Entry], *, on: date, known: datetime) -> list[LevelStatus]:
    """What `status(...).levels` should be."""
    acts = slow_acts(entries, known=known)
    found = [_level(acts, level, on) for level in LabelLevel]
    held = [one for one in found if one is not None]
    return sorted(held, key=lambda one: (ORDER.index(one.standing), -list(LabelLevel).index(one.level)))


def slow_successors(entries: Iterable[Entry], *, on: date, known: datetime) -> list[str]:
    """What `status(...).successors` should be: live through the days and note what it becomes."""
    became: list[str] = []
    acts = slow_acts(entries, known=known)
    day = min((act["effective"] for act in acts.values() if isinstance(act["effective"], date)), default=on)
    while day <= on:
        for _, act in sorted(acts.items()):
            others = act["others"] if act["effective"] == day and act["kind"] in PASSINGS else ()
            assert isinstance(others, tuple)
            became += [other for other in others if other not in (act["organisation"], *became)]
        day += DAY
    return became


def slow_acts(entries: Iterable[Entry], *, known: datetime) -> dict[int, dict[str, object]]:
    """What was known: number of each act that is no correction → its fields as they were corrected."""
    return _corrected([entry for entry in entries if entry.act.recorded <= known])


def _corrected(entries: list[Entry]) -> dict[int, dict[str, object]]:
    """Later corrections are written over earlier ones."""
    acts: dict[int, dict[str, object]] = {}
    corrects = {entry.number: entry.act.corrects for entry in entries if entry.act.corrects is not None}
    for entry in entries:
        act = entry.act
        if act.kind is not EntryKind.CORRECTION:
            acts[entry.number] = _fields(act)
            continue
        target = entry.number
        while target in corrects and corrects[target] < target:
            target = corrects[target]
        if target in acts:
            dates = ["valid_from", "valid_until", "renewable_until"]
            names = ["level", *dates, *([] if acts[target]["kind"] in GRANTS else ["effective"])]
            names += {"rename": ["name"], "host": ["host"]}.get(str(acts[target]["kind"]), [])
            names += ["others"] if acts[target]["kind"] in PASSINGS else []
            acts[target] |= {
                name: getattr(act, name) for name in names if getattr(act, name) not in (None, "", ())
            }
    return acts


def _fields(act: Act) -> dict[str, object]:
    names = ["kind", "level", "effective", "valid_from", "valid_until", "renewable_until", "others"]
    names += ["organisation", "name", "host", "recorded"]
    return {name: getattr(act, name) for name in names}


def _level(acts: dict[int, dict[str, object]], level: LabelLevel, on: date) -> LevelStatus | None:
    periods = _periods(acts, level)
    if not any(start <= on for start, _, _ in periods.values()):
        return None
    suspended, withdrawn = _stopped(acts, level, periods, on)
    standing = {number: period for number, period in periods.items() if number not in withdrawn}
    gone = not any(start <= on for start, _, _ in standing.values())
    start, end, renewable, numbers = _around(periods if gone else standing, on)
    if gone:
        state = Standing.WITHDRAWN
    elif on > renewable:
        state = Standing.LAPSED
    elif numbers & suspended:
        state = Standing.SUSPENDED
    elif on > end:
        state = Standing.EXPIRED_RENEWABLE
    else:
        state = Standing.VALID
    return LevelStatus(
        level=level, standing=state, valid_from=start, valid_until=end, renewable_until=renewable
    )


def _periods(acts: dict[int, dict[str, object]], level: LabelLevel) -> Periods:
    """Number of each grant of a level → its days, as far as the organisation lived to see them."""
    periods: Periods = {}
    for number, act in acts.items():
        start, end, renewable = act["valid_from"], act["valid_until"], act["renewable_until"]
        if act["kind"] in GRANTS and act["level"] is level:
            assert isinstance(start, date)
            assert isinstance(end, date)
            renewable = max(end, renewable) if isinstance(renewable, date) else end
            days = [date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1)]
            for ending, ceased in _endings(acts):
                if number < ending or start < ceased:
                    days = [day for day in days if day < ceased]
                    renewable = min(renewable, ceased - DAY)
            if days:
                periods[number] = (days[0], days[-1], renewable)
    return periods


def _endings(acts: dict[int, dict[str, object]]) -> list[tuple[int, date]]:
    """The mergers and splits after which the organisation is no more: number and first day without it."""
    found: list[tuple[int, date]] = []
    for number, act in acts.items():
        others, ceased = act["others"], act["effective"]
        assert isinstance(others, tuple)
        assert isinstance(ceased, date)
        if act["kind"] in PASSINGS and act["organisation"] not in others:
            found.append((number, ceased))
    return found


def _stopped(
    acts: dict[int, dict[str, object]],
    level: LabelLevel,
    periods: Periods,
    on: date,
) -> tuple[set[int], set[int]]:
    """Live through every day until the one asked about, and do what took effect on it."""
    suspended: set[int] = set()
    withdrawn: set[int] = set()
    days = [act["effective"] for act in acts.values() if isinstance(act["effective"], date)]
    day = min([*days, on])
    while day <= on:
        for number, act in sorted(acts.items()):
            if act["effective"] != day or act["level"] not in (None, level):
                continue
            hit = {other for other, (start, _, _) in periods.items() if other < number or start < day}
            if act["kind"] is EntryKind.SUSPENSION:
                suspended |= hit
            elif act["kind"] is EntryKind.REINSTATEMENT:
                suspended = set()
            elif act["kind"] is EntryKind.WITHDRAWAL:
                suspended, withdrawn = set(), withdrawn | hit
        day += DAY
    return suspended, withdrawn


def _around(periods: Periods, on: date) -> tuple[date, date, date, set[int]]:
    """The unbroken days around the last covered day up to `on`, and the periods that make them."""
    covered = {
        date.fromordinal(day)
        for start, end, _ in periods.values()
        for day in range(start.toordinal(), end.toordinal() + 1)
    }
    first = last = max(day for day in covered if day <= on)
    while first - DAY in covered:
        first -= DAY
    while last + DAY in covered:
        last += DAY
    inside = {number: period for number, period in periods.items() if first <= period[0] <= last}
    return first, last, max(renewable for _, _, renewable in inside.values()), set(inside)
