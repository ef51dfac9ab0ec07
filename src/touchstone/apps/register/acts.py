"""What stops a label, gives it back, or sets a date right: each a new entry, and never an edit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from touchstone.apps.refusal import Refused
from touchstone.apps.register.acts_ground import Ground, ground, require_day, require_others, require_reason
from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.naming import bring_name
from touchstone.core.labels.known import KnownAct, as_known
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, LevelStatus, Standing

_RUNS = (Standing.VALID, Standing.EXPIRED_RENEWABLE)


@transaction.atomic
def suspend(
    *, organisation: str, level: LabelLevel | None, effective: date, reason: str, actor: str, at: datetime
) -> Entry:
    """Suspend a level from a day on, or every one; until a reinstatement the label does not hold.

    Refused where there is nothing to suspend on that day: no label, or one that is suspended, withdrawn or
    lapsed by then.
    """
    here = _stopping(organisation, effective, reason, at)
    _require_standing(here, level, effective, _RUNS, "suspended")
    return here.enter(EntryKind.SUSPENSION, effective=effective, actor=actor, reason=reason, level=level)


@transaction.atomic
def reinstate(
    *,
    organisation: str,
    level: LabelLevel | None,
    effective: date,
    reason: str = "",
    actor: str,
    at: datetime,
) -> Entry:
    """End the suspension of a level from a day on, or of every one. Refused where none is suspended then."""
    require_reason(reason, needed=False)
    here = ground(organisation, at=at)
    require_day(effective, here)
    _require_standing(here, level, effective, (Standing.SUSPENDED,), "reinstated")
    return here.enter(EntryKind.REINSTATEMENT, effective=effective, actor=actor, reason=reason, level=level)


@transaction.atomic
def withdraw(
    *, organisation: str, level: LabelLevel | None, effective: date, reason: str, actor: str, at: datetime
) -> Entry:
    """Withdraw a level for good from a day on, or every one.

    One that has ended may be withdrawn too: what comes to light later shall show. Refused where there is no
    label on that day, or it is withdrawn already.
    """
    here = _stopping(organisation, effective, reason, at)
    _require_standing(here, level, effective, (*_RUNS, Standing.SUSPENDED, Standing.LAPSED), "withdrawn")
    return here.enter(EntryKind.WITHDRAWAL, effective=effective, actor=actor, reason=reason, level=level)


@transaction.atomic
def correct(
    *,
    entry: int,
    level: LabelLevel | None = None,
    effective: date | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    renewable_until: date | None = None,
    name: str = "",
    host: str = "",
    others: Sequence[str] = (),
    reason: str,
    actor: str,
    at: datetime,
) -> Entry:
    """Replace what an earlier entry says by what is given here; the entry itself stays as it is.

    A grant has its level and three dates; a suspension, reinstatement or withdrawal its level and the day of
    effect; a rename its name, a change of host the host, a merger or a split what became of the organisation,
    and each its day of effect. Refused where nothing would change or the dates contradict one another.
    """
    require_reason(reason, needed=True)
    here, known = _corrected_entry(entry, at=at)
    fields: dict[str, Any] = {  # of an act
        "level": level,
        "effective": effective,
        "valid_from": valid_from,
        "valid_until": valid_until,
        "renewable_until": renewable_until,
        "name": name.strip(),
        "host": host.strip(),
        "others": tuple(dict.fromkeys(others)),
    }
    given = {field: value for field, value in fields.items() if value}
    _require_fields(known.act, given)
    _require_sense(here, known.act, replace(known.act, **given))
    of_the_entry = {field: getattr(known.act, field) for field in ("name", "host", "rule_set", "case")}
    said = {"effective": known.act.effective, **of_the_entry, **given}
    entered = here.enter(EntryKind.CORRECTION, actor=actor, reason=reason, corrects=entry, **said)
    if known.act.kind is EntryKind.RENAME:
        bring_name(here.organisation, on=at.date())
    return entered


def _stopping(organisation: str, effective: date, reason: str, at: datetime) -> Ground:
    require_reason(reason, needed=True)
    here = ground(organisation, at=at)
    require_day(effective, here)
    return here


def _require_standing(
    here: Ground, level: LabelLevel | None, on: date, standings: Sequence[Standing], done: str
) -> None:
    """Refused where no level concerned stands so on a day that something can be done to it."""
    held = here.levels(on)
    concerned = [one for one in held.values() if level in {None, one.level}]
    if any(one.standing in standings for one in concerned):
        return
    name = here.described(on).name
    if not concerned:
        which = f"{level.value.capitalize()} label" if level else "label"
        raise Refused(f"{name} has no {which} on {on} that could be {done}.")
    raise Refused(" ".join(_why_not(name, one, on, done) for one in concerned))


def _why_not(name: str, held: LevelStatus, on: date, done: str) -> str:
    state = {
        Standing.VALID: "is not suspended",
        Standing.EXPIRED_RENEWABLE: "is not suspended",
        Standing.SUSPENDED: "is suspended already",
        Standing.WITHDRAWN: "is withdrawn already",
        Standing.LAPSED: "has lapsed",
    }[held.standing]
    return f"On {on} the {held.level.value.capitalize()} label of {name} {state}: it cannot be {done}."


def _corrected_entry(number: int, *, at: datetime) -> tuple[Ground, KnownAct]:
    """The entry that a correction is for, as it stands now: of a correction, the one that it corrects."""
    row = LedgerEntry.objects.filter(number=number).first()
    if row is None:
        raise Refused(f"The ledger has no entry {number}.")
    here = ground(restored(row).act.organisation, at=at)
    up_to = as_known(one for one in here.entries if one.number <= number)
    stands_for = next(known.number for known in up_to if number in (known.number, *known.corrected_by))
    return here, next(known for known in here.acts if known.number == stands_for)


_DATES = ("valid_from", "valid_until", "renewable_until")


def _require_fields(act: Act, given: dict[str, Any]) -> None:  # any fields of an act
    stop = act.kind in (EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL)
    own = {
        "level": act.kind.grants or stop,
        "effective": not act.kind.grants,
        **dict.fromkeys(_DATES, act.kind.grants),
        "name": act.kind is EntryKind.RENAME,
        "host": act.kind is EntryKind.HOST,
        "others": act.kind.passes_on,
    }
    for name in given:
        if not own[name]:
            raise Refused(f"An entry of the kind {act.kind.value} has no {name} that could be corrected.")
    if all(getattr(act, name) == value for name, value in given.items()):
        raise Refused("Nothing would change: give a date, a level or a name that differs.")


def _require_sense(here: Ground, before: Act, after: Act) -> None:
    """Refused where the corrected act would contradict itself, or the day of its label."""
    for day in filter(None, (after.valid_from, after.valid_until, after.renewable_until)):
        require_day(day)
    if after.effective != before.effective:
        require_day(after.effective, here)
    if after.others not in (before.others, (here.organisation,)):
        require_others(here, [key for key in after.others if key != here.organisation], after.effective)
    first, last, renewable = after.valid_from, after.valid_until, after.renewable_until
    if first and last and first > last:
        raise Refused(f"The last day, {last}, would lie before the first, {first}.")
    if last and renewable and renewable < last:
        raise Refused(f"The last day of renewal, {renewable}, would lie before the last day, {last}.")
