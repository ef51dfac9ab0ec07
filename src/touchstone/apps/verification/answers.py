"""The answer in one sentence that can be quoted, before all the checks."""

from touchstone.apps.verification.saying import REAL, day, label, numeral
from touchstone.core.labels.checks import Check, CheckName, Kind, Outcome, Verification
from touchstone.core.labels.model import Standing

_DECISIVE = (
    CheckName.WHAT,
    CheckName.SIGNATURE,
    CheckName.ISSUER,
    CheckName.UNCHANGED,
    CheckName.ATTACHMENT,
    CheckName.PICTURE,
    CheckName.LEDGER,
    CheckName.REGISTER,
    CheckName.DATES,
    CheckName.SAVED,
    CheckName.STATUS,
)
# What is said of a genuine thing for which one of these failed.
_BUTS = {
    CheckName.REGISTER: "the register says otherwise today.",
    CheckName.SAVED: "not valid.",
    CheckName.DATES: "its days are over or still to come.",
}


def answer(found: Verification) -> str:
    """What the checks come to, in a sentence or two; the first words of a label that is not real say so."""
    said = _answer(found)
    return f"{REAL} {said}" if found.synthetic and found.outcome is not Outcome.INVALID else said


def _answer(found: Verification) -> str:
    if found.kind is Kind.STATEMENT:
        return _statement(found)
    if found.kind in (Kind.NUMBER, Kind.ORGANISATION):
        return _registered(found)
    picture = found.check(CheckName.PICTURE)
    if found.genuine and found.outcome is Outcome.UNKNOWN and picture and picture.passed is None:
        today = f" {_today(found)}" if found.standing else ""
        return f"This cannot be confirmed. {picture.detail}{today}"
    if found.genuine:
        return f"Genuine{_genuine(found)}"
    if found.outcome is Outcome.INVALID:
        return f"Do not rely on this. {_first(found, passed=False)}"
    bare = found.kind is Kind.BADGE and not found.told.organisation  # nothing in it that could be checked
    return f"This cannot be confirmed. {_first(found, passed=True if bare else None)}"


def _genuine(found: Verification) -> str:
    for name, but in _BUTS.items():
        check = found.check(name)
        if check and check.passed is False:
            return f", but {but} {check.detail}"
    if found.standing is None:
        told, until = found.told, found.told.valid_until
        issuer = found.check(CheckName.ISSUER)
        if not told.organisation:
            return f". {issuer.detail if issuer else ''} Which label it is of was not looked up."
        days = f", until {day(until)}" if until else ""
        return f": issued for the {label(told.level)} of {told.organisation}{days}. {_when_saved(found)}"
    if found.outcome is Outcome.VALID:
        return f". {_today(found)}"
    return f", but not valid. {_today(found)}"


def _when_saved(found: Verification) -> str:
    saved = found.check(CheckName.SAVED)
    if saved and saved.passed:
        return f"{saved.detail} What happened since was not looked up."
    return "Whether the label was suspended or withdrawn since was not looked up."


def _registered(found: Verification) -> str:
    ledger = found.check(CheckName.LEDGER)
    if found.standing is None or (ledger and ledger.passed is False):
        return ledger.detail if ledger else ""
    return _today(found)


def _today(found: Verification) -> str:
    """How the label stands: "The Silver label of … is valid today, until 31 December 2027."."""
    until = day(found.valid_until) if found.valid_until else ""
    of = f"The {label(found.told.level)} of {found.told.organisation}"
    return {
        Standing.VALID: f"{of} is valid today, until {until}.",
        Standing.EXPIRED_RENEWABLE: f"{of} ended on {until}; it can still be renewed.",
        Standing.LAPSED: f"{of} ended on {until}.",
        Standing.SUSPENDED: f"{of} is suspended today.",
        Standing.WITHDRAWN: f"{of} was withdrawn.",
        Standing.NEVER: f"{of} has not begun yet.",
    }[found.standing or Standing.NEVER]


def _statement(found: Verification) -> str:
    what = found.check(CheckName.WHAT)
    register = found.check(CheckName.REGISTER)
    if not found.genuine:
        failed = found.outcome is Outcome.INVALID
        start = "Do not rely on this." if failed else "This cannot be confirmed."
        return f"{start} {_first(found, passed=False if failed else None)}"
    if register and register.passed is False:
        return f"Genuine, but {register.detail[0].lower()}{register.detail[1:]}"
    return f"Genuine. {what.detail if what else ''}".strip()


def _first(found: Verification, *, passed: bool | None) -> str:
    """What the first decisive check with that result found."""
    checks = {check.name: check for check in found.checks if check.passed is passed}
    first: Check | None = next((checks[name] for name in _DECISIVE if name in checks), None)
    return first.detail if first else ""


def number_said(found: Verification) -> str:
    """The number as a heading names it; empty where there is none."""
    return "" if found.told.number is None else numeral(found.told.number)
