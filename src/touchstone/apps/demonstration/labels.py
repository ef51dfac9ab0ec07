"""Labels of invented organisations, from a file of the demonstration, so that every state can be seen."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from touchstone.apps.organisations import services as organisations
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.apps.register import services as register
from touchstone.core.labels.model import EntryKind, LabelLevel
from touchstone.core.labels.validity import add_months, month_end

ACTOR = "the demonstration"
INTERVIEWS = 12  # day of the month
Told = Mapping[str, Any]  # a table of the file; each act has keys of its own

_STOPS = {
    EntryKind.SUSPENSION: register.suspend,
    EntryKind.REINSTATEMENT: register.reinstate,
    EntryKind.WITHDRAWAL: register.withdraw,
}


def load_labels(file: Path, *, note: str, at: datetime) -> None:
    """Enter the labels of a file. An organisation that has labels already stays as it is."""
    for told in tomllib.loads(file.read_text(encoding="utf-8"))["organisation"]:
        _load(told, note=note, at=at)


@transaction.atomic
def _load(told: Told, *, note: str, at: datetime) -> None:
    organisation = organisations.ensure(
        key=told["key"], name=told["name"], country=told["country"], portfolio=told["portfolio"],
        website=told.get("website", ""), note=note, synthetic=True,
    )  # fmt: skip
    if not register.history(organisation.key):
        for act in told["acts"]:
            _enter(organisation, act, at)


def _enter(organisation: Organisation, act: Told, at: datetime) -> None:
    if "grant" in act:
        _grant(organisation, act, at)
        return
    common = {"reason": act["reason"], "actor": ACTOR, "at": at}
    if "shorten" in act:
        _shorten(organisation, months=act["shorten"], **common)
        return
    common |= {"organisation": organisation.key, "effective": _day(at.date(), act["on"], 1)}
    if "stop" in act:
        _STOPS[EntryKind(act["stop"])](level=None, **common)
    elif "name" in act:
        register.rename(name=act["name"], **common)
    elif "host" in act:
        register.change_host(host=act["host"], **common)
    else:
        register.merge(into=act["into"], take_over=act["take_over"], **common)


def _grant(organisation: Organisation, act: Told, at: datetime) -> None:
    interviewed_on = _day(at.date(), act["interview"], INTERVIEWS)
    register.grant(
        organisation=organisation,
        level=LabelLevel(act["grant"]),
        rules=scheme().rule_set_on(interviewed_on),
        interviewed_on=interviewed_on,
        case="",
        at=at,
    )


def _shorten(organisation: Organisation, *, months: int, **common: Any) -> None:
    # Any: reason, actor and moment, as every verb takes them.
    """Correct the newest grant to end so many months earlier."""
    granted = [entry for entry in register.history(organisation.key) if entry.act.kind.grants][-1]
    act = granted.act
    register.correct(
        entry=granted.number,
        valid_until=_earlier(act.valid_until, months),
        renewable_until=_earlier(act.renewable_until, months),
        **common,
    )


def _earlier(day: date | None, months: int) -> date | None:
    return month_end(add_months(day, -months)) if day else None


def _day(today: date, months: int, day: int) -> date:
    return add_months(today, months).replace(day=day)
