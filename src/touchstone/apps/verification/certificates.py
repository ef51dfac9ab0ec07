"""The checks of a sealed PDF: a certificate, with the label's credential attached to it."""

import hashlib
from dataclasses import dataclass
from typing import Final

from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.credentials import (
    INVENTED,
    WITHOUT_KEYS,
    Credential,
    read_credential,
    verification,
)
from touchstone.apps.verification.labels import looked_up
from touchstone.apps.verification.links import Leads, Link, link
from touchstone.apps.verification.saying import moment, numeral
from touchstone.apps.verification.trust import Trust
from touchstone.core.faults import Unusable
from touchstone.core.labels.checks import Check, CheckName, Kind, Told, Verification
from touchstone.intake.pdf import Parts, damaged, parts
from touchstone.output.seal import SealCheck, SealState, check_seal

CREDENTIAL: Final = "credential.json"  # what the attached file is called
_SHOWN: Final = 16  # hex digits of a fingerprint that are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A PDF that was opened: its seal, its parts, where the code on its page leads, and whose it says it is.

    `kept` is the number on our own copy of this very file; None where there is none.
    """

    seal: SealCheck
    parts: Parts
    leads: Link | None
    inside: Credential | None
    kept: int | None

    @property
    def number(self) -> int | None:
        """The number of its label, by our copy, or by the code on the page."""
        printed = self.leads.number if self.leads and self.leads.leads is Leads.HERE else None
        return self.kept or printed

    @property
    def claims(self) -> str:
        """What in it says that it is of the installation whose keys are at hand; empty where nothing does."""
        if self.leads and self.leads.leads is Leads.HERE:
            return "the link on its page leads there"
        if self.leads and self.leads.leads is Leads.LOOK_ALIKE:
            return f"the link on its page leads to an address that only looks like it: {self.leads.trick}"
        return "the credential attached to it names it" if self.inside and self.inside.known else ""


def opened(pdf: bytes, asked: Asked) -> Sealed:
    """The PDF, read. Raises Unusable where it is damaged."""
    found = parts(pdf, file=asked.name)
    sealed = check_seal(pdf, asked.trust.seals if asked.trust else {})
    if sealed.state is SealState.UNREADABLE:
        raise damaged(asked.name)
    return Sealed(
        seal=sealed,
        parts=found,
        leads=_leads(found, asked),
        inside=_inside(found.files.get(CREDENTIAL), asked),
        kept=asked.register.certificate(hashlib.sha256(pdf).hexdigest()) if asked.register else None,
    )


def certificate(pdf: Sealed, asked: Asked) -> Verification:
    """All checks of a certificate."""
    read = pdf.inside or _label_of(pdf, asked)
    own = (_what_check(pdf), *seal_checks(pdf, asked), _attachment_check(pdf))
    return verification(Kind.CERTIFICATE, read, own, asked)


def seal_checks(pdf: Sealed, asked: Asked) -> tuple[Check, Check, Check]:
    """Issuer, signature and whether it is unchanged, as the seal tells."""
    state = pdf.seal.state
    signature, unchanged = {
        SealState.INTACT: (True, True),
        SealState.UNKNOWN: (True, True),
        SealState.APPENDED: (True, False),
        SealState.CHANGED: (False, False),
    }.get(state, (False, None))
    return (
        _issuer_check(pdf, asked),
        Check(CheckName.SIGNATURE, signature, _signature_said(pdf)),
        Check(CheckName.UNCHANGED, unchanged, _UNCHANGED.get(state, "Without a seal, nobody can tell.")),
    )


_UNCHANGED = {
    SealState.INTACT: "The seal covers the whole file; nothing was changed or added since.",
    SealState.UNKNOWN: "Whoever sealed it: nothing was changed or added since.",
    SealState.APPENDED: "Something was added to the file after it was sealed. Ask for it as it was made.",
    SealState.CHANGED: "Something in the file is not as it was sealed.",
}


def _leads(found: Parts, asked: Asked) -> Link | None:
    """Where the links of the page lead: here, or to what looks so; None where to neither."""
    if asked.trust is None:
        return None
    links = [link(address, address=asked.trust.address) for address in found.links]
    for wanted in (Leads.HERE, Leads.LOOK_ALIKE):
        for one in links:
            if one.leads is wanted:
                return one
    return None


def _inside(content: bytes | None, asked: Asked) -> Credential | None:
    if content is None:
        return None
    try:
        return read_credential(content.decode(), asked)
    except (Unusable, UnicodeDecodeError):
        what = Check(CheckName.WHAT, False, "What is attached is no credential.")
        return Credential(told=Told(), checks=(what,))


def _label_of(pdf: Sealed, asked: Asked) -> Credential:
    """The label of a certificate without a credential: by its number, as the register told it when sealed."""
    told = Told(number=pdf.number)
    then = None
    if asked.register and pdf.number and pdf.seal.intact and pdf.seal.sealed_at:
        then = asked.register.label(pdf.number, known=pdf.seal.sealed_at)
    if then:
        told = Told(
            organisation=then.name,
            key=then.key,
            number=then.number,
            level=then.level,
            valid_from=then.valid_from,
            valid_until=then.valid_until,
        )
    return Credential(told=told, checks=(), looked=looked_up(told, asked), known=pdf.seal.intact)


def _what_check(pdf: Sealed) -> Check:
    if pdf.seal.state is SealState.MISSING:
        detail = "A PDF without a seal. Every certificate has one; printing or saving it anew loses it."
        return Check(CheckName.WHAT, False, detail)
    at = f" of {moment(pdf.seal.sealed_at)}" if pdf.seal.sealed_at else ""
    invented = f" {INVENTED}" if pdf.inside and pdf.inside.invented else ""
    return Check(CheckName.WHAT, True, f"A PDF with an electronic seal{at}.{invented}")


def _issuer_check(pdf: Sealed, asked: Asked) -> Check:
    passed, detail = (None, WITHOUT_KEYS) if asked.trust is None else _issuer(pdf, asked, asked.trust)
    return Check(CheckName.ISSUER, passed, detail)


def _issuer(pdf: Sealed, asked: Asked, trust: Trust) -> tuple[bool | None, str]:
    if pdf.seal.state in (SealState.MISSING, SealState.CHANGED):
        return None, "Not checked: only a right seal would show who issued it."
    if pdf.seal.fingerprint in trust.seals:
        return True, f"Sealed by {trust.host}."
    if not trust.seals:
        return None, f"Not checked: the keys that you have of {trust.host} name no seal. Use its trust.json."
    if not pdf.claims:
        return None, "It is sealed by somebody who is not known here."
    if asked.register is None:
        return (
            None,
            f"Not sealed with a seal of {trust.host} that you have. It may be newer: fetch them.",
        )
    return False, f"It is not sealed by {trust.host}, although {pdf.claims}."


def _signature_said(pdf: Sealed) -> str:
    seal = f"the seal with a fingerprint that begins with {pdf.seal.fingerprint[:_SHOWN]}"
    return {
        SealState.INTACT: f"Right: {seal}.",
        SealState.UNKNOWN: f"Right in itself: {seal}. It is none of those known here.",
        SealState.APPENDED: f"Right for what was sealed: {seal}.",
        SealState.CHANGED: "The seal does not fit the file.",
    }.get(pdf.seal.state, "There is no seal.")


def _attachment_check(pdf: Sealed) -> Check:
    """Whether the credential inside is of the label that the certificate is of."""
    name, inside = CheckName.ATTACHMENT, pdf.inside
    if inside is None:
        return Check(name, None, "No credential is attached to it: older certificates have none.")
    if pdf.number is not None and inside.known and inside.told.number not in (None, pdf.number):
        other = numeral(inside.told.number or 0)
        detail = f"The certificate is number {numeral(pdf.number)}; the credential in it is of {other}."
        return Check(name, False, detail)
    if inside.sound is False:
        return Check(name, False, "The credential attached to it is not one that was issued as it stands.")
    if inside.sound is None:
        return Check(name, None, "Not checked: who issued the credential in it is not known here.")
    if not pdf.seal.intact:
        return Check(name, None, "The credential in it is genuine, but no seal says that it belongs there.")
    return Check(
        name,
        True,
        f"The seal covers it, and it is of the same label: number {numeral(inside.told.number or 0)}.",
    )
