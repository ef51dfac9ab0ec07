"""Acts on labels that no case leads to: each a verb of the ledger, by a person who may.

An act cannot be taken back. So its effect can be looked at first: it is entered, looked at, and rolled back.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from touchstone.apps.accounts.models import User
from touchstone.apps.labels.models import Deed
from touchstone.apps.labels.rules import STOPS, is_tied, may_act
from touchstone.apps.pack import scheme
from touchstone.apps.refusal import Refused
from touchstone.apps.register import services as register
from touchstone.core.labels.model import Entry, EntryKind, Status

SECRETARIAT = "the secretariat"  # as the ledger names who keeps what is known right

VERBS: dict[EntryKind, Callable[..., Entry]] = {
    EntryKind.SUSPENSION: register.suspend,
    EntryKind.REINSTATEMENT: register.reinstate,
    EntryKind.WITHDRAWAL: register.withdraw,
    EntryKind.CORRECTION: register.correct,
    EntryKind.RENAME: register.rename,
    EntryKind.HOST: register.change_host,
    EntryKind.MERGER: register.merge,
    EntryKind.SPLIT: register.split,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a label is on a day without an act, and with it."""

    organisation: str
    before: Status
    after: Status


@transaction.atomic
def act(*, kind: EntryKind, organisation: str, by: User, at: datetime, **said: Any) -> Entry:
    # Any: what the verb of that kind takes.
    """Enter an act about an organisation. Refused in plain words for who may not, and where it cannot be."""
    _require(by, kind, organisation)
    named = {} if kind is EntryKind.CORRECTION else {"organisation": organisation}
    entry = VERBS[kind](actor=_actor(kind, organisation), at=at, **named, **said)
    if entry.act.organisation != organisation:
        raise Refused("That entry is another organisation's.")
    Deed.objects.create(entry=entry.number, by=by, at=at)
    return entry


def effect(*, kind: EntryKind, organisation: str, by: User, at: datetime, **said: Any) -> tuple[Change, ...]:
    # Any: as in `act`.
    """What an act would change, today and on its day, for each organisation concerned. Nothing is entered."""
    with transaction.atomic():
        register.lock()
        keys = (organisation, *_others(said))
        days = sorted({at.date(), said.get("effective") or at.date()})
        before = list(_looked_at(keys, days, at))
        entry = act(kind=kind, organisation=organisation, by=by, at=at, **said)
        after = list(_looked_at(keys, days, entry.act.recorded))
        transaction.set_rollback(True)
    pairs = zip(before, after, strict=True)
    return tuple(Change(organisation=old.organisation, before=old, after=new) for old, new in pairs)


def deeds(entries: Iterable[int]) -> dict[int, Deed]:
    """Who entered these entries, where a person did outside a case."""
    return Deed.objects.select_related("by").in_bulk(list(entries))


def _looked_at(keys: Iterable[str], days: Iterable[date], known: datetime) -> Iterator[Status]:
    for key in dict.fromkeys(keys):
        for day in days:
            yield register.status(key, on=day, known=known)


def _others(said: dict[str, Any]) -> tuple[str, ...]:
    into = said.get("into") or ()
    return (into,) if isinstance(into, str) else tuple(into)


def _require(by: User, kind: EntryKind, organisation: str) -> None:
    if may_act(by, kind, organisation):
        return
    if is_tied(by, organisation):
        raise Refused("You belong to this organisation, so a colleague does this.")
    whose = "a decider" if kind in STOPS else "the secretariat"
    raise Refused(f"Only {whose} may do this.")


def _actor(kind: EntryKind, organisation: str) -> str:
    """In whose name an act is entered: of who decides under the newest grant, or of the secretariat."""
    if kind not in STOPS:
        return SECRETARIAT
    grants = [entry.act for entry in register.history(organisation) if entry.act.kind.grants]
    rules = scheme().rule_sets.get(grants[-1].rule_set) if grants else None
    return rules.decided_by if rules else grants[-1].actor if grants else SECRETARIAT
