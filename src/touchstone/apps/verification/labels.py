"""The checks that all things about a label share: ledger entry, same as the register, dates, status now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from touchstone.apps.verification.asking import Asked, Registered
from touchstone.apps.verification.saying import KINDS, day, label, moment, numeral, shortened
from touchstone.core.labels.checks import Check, CheckName, Told
from touchstone.core.labels.model import Standing

NO_REGISTER = "Not looked up: there is no register at hand here. Ask the issuer's register."


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the register says about the label that something names. `why` tells why it says nothing."""

    registered: Registered | None = None
    why: str = ""
    missing: bool = False  # the register was asked, and there is no such label


def looked_up(told: Told, asked: Asked) -> Looked:
    """Look the label up, by the number of the ledger entry."""
    if asked.register is None:
        return Looked(why=NO_REGISTER)
    if told.number is None:
        return Looked(why="It does not say by which ledger entry the label was granted.")
    found = asked.register.label(told.number)
    if found is None:
        return Looked(why=f"The ledger has no entry {numeral(told.number)}.", missing=True)
    if not found.kind.grants:
        why = f"Entry {numeral(found.number)} of the ledger is {KINDS[found.kind]} and grants no label."
        return Looked(why=why, missing=True)
    return Looked(registered=found)


def ledger_check(looked: Looked) -> Check:
    """Whether the ledger has such an entry, as it was written."""
    found = looked.registered
    if found is None:
        return Check(CheckName.LEDGER, False if looked.missing else None, looked.why)
    entry = f"Entry {numeral(found.number)} of the ledger: {KINDS[found.kind]} of {moment(found.recorded)}."
    if found.flaw:
        return Check(CheckName.LEDGER, False, f"{entry} It is not as it was written: {found.flaw}")
    return Check(CheckName.LEDGER, True, f"{entry} Its digest and its signature are right.")


def register_check(told: Told, looked: Looked) -> Check:
    """Whether something says of its label what the register says today."""
    found = looked.registered
    if found is None:
        return Check(CheckName.REGISTER, None, looked.why)
    different = list(_differences(told, found))
    corrected = ""
    if found.corrected_by and different:
        numbers = ", ".join(map(numeral, found.corrected_by))
        corrected = f" The entry was corrected since (by entry {numbers})."
    if different:
        return Check(CheckName.REGISTER, False, f"{' '.join(different)}{corrected}")
    renamed = f" The organisation is now called {found.name}." if _renamed(told, found) else ""
    return Check(CheckName.REGISTER, True, f"Name, level and dates are those of the register.{renamed}")


def _differences(told: Told, found: Registered) -> Iterator[str]:
    if told.organisation not in found.names:
        yield f"It names {shortened(told.organisation)!r}; the register {found.name!r}."
    if told.level is not found.level:
        yield f"It says {label(told.level)}; the register says {label(found.level)}."
    for what, here, there in (
        ("first", told.valid_from, found.valid_from),
        ("last", told.valid_until, found.valid_until),
    ):
        if here != there:
            yield f"Its {what} day is {_or_none(here)}; in the register it is {_or_none(there)}."


def _or_none(on: date | None) -> str:
    return day(on) if on else "not given"


def _renamed(told: Told, found: Registered) -> bool:
    return told.organisation != found.name


def dates_check(told: Told, looked: Looked, asked: Asked) -> Check:
    """Whether today lies within the days that something gives."""
    if told.valid_from is None or told.valid_until is None:
        return Check(CheckName.DATES, None, "It gives no first or no last day that can be read.")
    days = f"{day(told.valid_from)} to {day(told.valid_until)}"
    if asked.today < told.valid_from:
        return Check(CheckName.DATES, False, f"It is valid from {days}: not yet today.")
    if asked.today > told.valid_until:
        found = looked.registered
        news = ""
        if found and found.renewed_by and found.standing is Standing.VALID and found.until:
            news = f" The label was renewed until {day(found.until)}: number {numeral(found.renewed_by)}."
        return Check(CheckName.DATES, False, f"It was valid from {days}: its last day is over.{news}")
    return Check(CheckName.DATES, True, f"It is valid from {days}; today is {day(asked.today)}.")


def status_check(looked: Looked, asked: Asked) -> Check:
    """How the label stands today."""
    found = looked.registered
    if found is None:
        return Check(CheckName.STATUS, None, looked.why)
    return Check(CheckName.STATUS, found.standing is Standing.VALID, standing_said(found, asked))


def standing_said(found: Registered, asked: Asked) -> str:
    """The standing in words: "Valid today, 21 November 2026, until 31 December 2027."."""
    until = day(found.until) if found.until else ""
    return {
        Standing.VALID: f"Valid today, {day(asked.today)}, until {until}.",
        Standing.EXPIRED_RENEWABLE: f"Not valid today: it ended on {until}, and can still be renewed.",
        Standing.LAPSED: f"Not valid today: it ended on {until}, and can no longer be renewed.",
        Standing.SUSPENDED: "Not valid today: it is suspended.",
        Standing.WITHDRAWN: "Not valid today: it was withdrawn.",
        Standing.NEVER: "Not valid today: its first day is still to come.",
    }[found.standing or Standing.NEVER]
