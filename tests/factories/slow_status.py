"""The status of a label, day by day: slow and plain, to test the quick one against."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, LevelStatus, Standing

DAY = timedelta(days=1)
GRANTS = (EntryKind.AWARD, EntryKind.RENEWAL, EntryKind.UPGRADE)
Periods = dict[int, tuple[date, date, date]]
ORDER = ["valid", "expired_renewable", "suspended", "withdrawn", "lapsed"]


def slow_levels(entries: Iterable[Entry], *, on: date, known: datetime) -> list[LevelStatus]:
    """What `status(...).levels` should be."""
    acts = _corrected([entry for entry in entries if entry.act.recorded <= known])
    found = [_level(acts, level, on) for level in LabelLevel]
    held = [one for one in found if one is not None]
    return sorted(held, key=lambda one: (ORDER.index(one.standing), -list(LabelLevel).index(one.level)))


def _corrected(entries: list[Entry]) -> dict[int, dict[str, object]]:
    """Number of each act that is no correction → its fields, later corrections written over earlier ones."""
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
            acts[target] |= {name: getattr(act, name) for name in names if getattr(act, name) is not None}
    return acts


def _fields(act: Act) -> dict[str, object]:
    names = ["kind", "level", "effective", "valid_from", "valid_until", "renewable_until"]
    return {name: getattr(act, name) for name in names}


def _level(acts: dict[int, dict[str, object]], level: LabelLevel, on: date) -> LevelStatus | None:
    periods: Periods = {}
    for number, act in acts.items():
        start, end, renewable = act["valid_from"], act["valid_until"], act["renewable_until"]
        if act["kind"] in GRANTS and act["level"] is level:
            assert isinstance(start, date)
            assert isinstance(end, date)
            if start <= end:
                periods[number] = (start, end, max(end, renewable) if isinstance(renewable, date) else end)
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
