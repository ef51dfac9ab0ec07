"""What happens to an organisation itself: another name, another host, and what it becomes.

A label never goes over by itself. Who takes one over is awarded it, to the same last day.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.refusal import Refused
from touchstone.apps.register.acts_ground import (
    LONGEST_NAME,
    Ground,
    ground,
    ground_of,
    require_day,
    require_going_on,
    require_others,
    require_reason,
)
from touchstone.apps.register.ledger import append
from touchstone.apps.register.naming import bring_name
from touchstone.core.labels.model import ENTERED_TWICE, Act, Entry, EntryKind, LevelStatus, Standing


@transaction.atomic
def rename(
    *, organisation: str, name: str, effective: date, reason: str = "", actor: str, at: datetime
) -> Entry:
    """Enter another name from a day on; from that day on cases have it too."""
    new = _one_line(name, "name")
    here = _changing(organisation, effective, reason, at)
    if new == here.described(effective).name:
        raise Refused(f"On {effective} it is called “{new}” already.")
    entry = here.enter(EntryKind.RENAME, effective=effective, actor=actor, reason=reason, name=new)
    bring_name(organisation, on=at.date())
    return entry


@transaction.atomic
def change_host(
    *, organisation: str, host: str, effective: date, reason: str = "", actor: str, at: datetime
) -> Entry:
    """Enter that another body carries the organisation in law from a day on."""
    new = _one_line(host, "host")
    here = _changing(organisation, effective, reason, at)
    if new == here.described(effective).host:
        raise Refused(f"On {effective} “{new}” is its host already.")
    return here.enter(EntryKind.HOST, effective=effective, actor=actor, reason=reason, host=new)


@transaction.atomic
def merge(
    *,
    organisation: str,
    into: str,
    take_over: bool = False,
    same: bool = False,
    effective: date,
    reason: str = "",
    actor: str,
    at: datetime,
) -> Entry:
    """Enter that an organisation goes into another one on a day; its labels end on the day before.

    `same` says that they never were two: one organisation was entered under two keys, and this record ends.

    With `take_over` the other one is awarded each level that is valid on the day before, to the same last
    day: refused where there is none, or where it holds them as long already. Gives the entry of the merger.
    """
    here = _changing(organisation, effective, reason, at)
    require_going_on(here, date.max)
    require_others(here, [into], effective)
    awards = _awards(here, into, effective) if take_over else []
    origin = ENTERED_TWICE if same else ""
    entry = here.enter(
        EntryKind.MERGER, effective=effective, actor=actor, reason=reason, others=(into,), origin=origin
    )
    for held in awards:
        append(act=_award(here, into, held, entry.act))
    return entry


@transaction.atomic
def split(
    *,
    organisation: str,
    into: Sequence[str],
    effective: date,
    reason: str = "",
    actor: str,
    at: datetime,
) -> Entry:
    """Enter that an organisation goes apart on a day. With itself among `into` it goes on with its labels."""
    here = _changing(organisation, effective, reason, at)
    require_going_on(here, date.max)
    others = tuple(dict.fromkeys(into))
    require_others(here, [one for one in others if one != organisation], effective)
    return here.enter(EntryKind.SPLIT, effective=effective, actor=actor, reason=reason, others=others)


def _changing(organisation: str, effective: date, reason: str, at: datetime) -> Ground:
    require_reason(reason, needed=False)
    here = ground(organisation, at=at)
    require_day(effective, here)
    return here


def _one_line(text: str, what: str) -> str:
    line = " ".join(text.split())
    if not line or len(line) > LONGEST_NAME:
        raise Refused(f"Give a {what} of 1 to {LONGEST_NAME} characters.")
    return line


def _awards(here: Ground, into: str, effective: date) -> list[LevelStatus]:
    """The levels that the successor is to be awarded."""
    before = here.levels(effective - timedelta(days=1)).values()
    valid = [one for one in before if one.standing is Standing.VALID and one.valid_until >= effective]
    if not valid:
        raise Refused(
            f"No label of “{here.organisation}” is valid on {effective}: there is nothing to take over."
        )
    held = ground_of(into, at=here.at).levels(effective)
    wanted = [one for one in valid if not _as_long(held.get(one.level), one)]
    if not wanted:
        raise Refused(
            f"“{into}” holds the same label at least as long already: there is nothing to take over."
        )
    return wanted


def _as_long(held: LevelStatus | None, other: LevelStatus) -> bool:
    return held is not None and held.standing is Standing.VALID and held.valid_until >= other.valid_until


def _award(here: Ground, into: str, held: LevelStatus, merger: Act) -> Act:
    effective, name = merger.effective, f"{merger.name} ({here.organisation})"
    grant = here.grant(held.level, effective)
    known = ground_of(into, at=here.at)
    there = known.described(effective) if known.entries else Organisation.objects.get(key=into)
    return Act(
        kind=EntryKind.AWARD,
        organisation=into,
        name=there.name,
        country=there.country,
        portfolio=there.portfolio,
        website=there.website,
        host=there.host if isinstance(there, Act) else "",
        effective=effective,
        recorded=here.at,
        actor=merger.actor,
        reason=f"Held until then as {name}." if merger.joins_records else f"Taken over from {name}.",
        rule_set=grant.rule_set,
        case=grant.case,
        level=held.level,
        valid_from=effective,
        valid_until=held.valid_until,
        renewable_until=held.renewable_until,
    )
