"""The checks of a number and of a link: what the register says of the label that they lead to."""

from touchstone.apps.verification.asking import Asked, Registered
from touchstone.apps.verification.credentials import WITHOUT_KEYS
from touchstone.apps.verification.labels import NO_REGISTER, Looked, ledger_check, looked_up, status_check
from touchstone.apps.verification.links import Leads, Link
from touchstone.apps.verification.saying import REAL, day, label, numeral, shortened
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.checks import Check, CheckName, Kind, Told, Verification
from touchstone.core.labels.model import Standing

PRINTED = "It proves nothing of a paper that bears it: compare name, level and dates with those told here."


def number(wanted: int, asked: Asked, *, what: str = "") -> Verification:
    """What the register says of a label's number."""
    said = what or f"The number of a label: {numeral(wanted)}."
    return _of(Kind.NUMBER, looked_up(Told(number=wanted), asked), wanted, f"{said} {PRINTED}", asked)


def followed(link: Link, asked: Asked, *, what: str = "A link") -> Verification:
    """What the register says of the label that a link leads to, or to whom else it leads.

    Raises Unusable for a link to a page here that is about no label. Nothing is opened.
    """
    if link.leads is not Leads.HERE:
        return _elsewhere(link, asked, what)
    said = f"{what} to {link.host}."
    if link.number is not None:
        return number(link.number, asked, what=said)
    if not link.key:
        problem = f"This link leads to {link.host}, but to no label: {shortened(link.text)}"
        remedy = "Hand in the link of a certificate, a badge or an organisation's page."
        raise Unusable(asked.name, Fault("", problem, remedy))
    return _organisation(link.key, said, asked)


def _organisation(key: str, what: str, asked: Asked) -> Verification:
    """The label that an organisation's page and badge show."""
    if asked.register is None:
        return _of(Kind.ORGANISATION, Looked(why=NO_REGISTER), None, what, asked)
    wanted = asked.register.headline(key)
    if wanted is None:
        why = f"The register has no organisation with the key {shortened(key)}."
        return _of(Kind.ORGANISATION, Looked(why=why, missing=True), None, what, asked)
    return _of(Kind.ORGANISATION, looked_up(Told(number=wanted), asked), wanted, what, asked)


def _of(kind: Kind, looked: Looked, wanted: int | None, what: str, asked: Asked) -> Verification:
    found = looked.registered
    invented = f" {REAL}" if found and found.synthetic else ""
    checks = (
        Check(CheckName.WHAT, True, f"{what}{invented}"),
        ledger_check(looked),
        _dates_check(looked, asked),
        status_check(looked, asked),
    )
    if found is None:
        return Verification(kind=kind, checks=checks, told=Told(number=wanted))
    told = Told(
        organisation=found.name,
        key=found.key,
        number=found.number,
        level=found.level,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
    )
    return Verification(
        kind=kind,
        checks=checks,
        told=told,
        standing=found.standing,
        valid_until=found.until,
        synthetic=found.synthetic,
    )


def _dates_check(looked: Looked, asked: Asked) -> Check:
    """Whether today lies within the label's days, as the register has them."""
    found = looked.registered
    if found is None or found.valid_from is None or found.until is None:
        return Check(CheckName.DATES, None, looked.why)
    within = found.valid_from <= asked.today <= found.until
    detail = f"{found.name} was granted the {label(found.level)} from {day(found.valid_from)}"
    return Check(CheckName.DATES, within, f"{detail} to {day(found.until)}{_renewed(found)}.")


def _renewed(found: Registered) -> str:
    if found.renewed_by and found.standing is not Standing.WITHDRAWN:
        return f", renewed as number {numeral(found.renewed_by)}"
    return ""


def _elsewhere(link: Link, asked: Asked, what: str) -> Verification:
    to = shortened(link.host or link.text)
    first = Check(CheckName.WHAT, True, f"{what}: {shortened(link.text)}")
    if asked.trust is None:
        return Verification(kind=Kind.LINK, checks=(first, Check(CheckName.ISSUER, None, WITHOUT_KEYS)))
    if link.leads is Leads.LOOK_ALIKE:
        detail = f"It leads to {to} and not to {asked.trust.host}: {link.trick}. It was not opened."
        return Verification(kind=Kind.LINK, checks=(first, Check(CheckName.ISSUER, False, detail)))
    why = f": {link.trick}" if link.trick else ""
    detail = f"It leads to {to} and not to {asked.trust.host}{why}. It was not opened."
    return Verification(kind=Kind.LINK, checks=(first, Check(CheckName.ISSUER, None, detail)))
