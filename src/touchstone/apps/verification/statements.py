"""The checks of an answer that the register gave: labels on a day, signed, as JSON or as a sealed PDF."""

from collections.abc import Iterator

from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.certificates import Sealed, seal_checks
from touchstone.apps.verification.credentials import WITHOUT_KEYS
from touchstone.apps.verification.saying import day, label, moment, shortened
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.checks import Check, CheckName, Kind, Told, Verification
from touchstone.core.labels.proof import Match, Proof, Verdict
from touchstone.output.proof import NAME, ProofCheck, ProofState, check_proof

__all__ = ["NAME", "sealed_statement", "statement"]


def statement(text: str, asked: Asked) -> Verification:
    """All checks of a signed answer. Raises Unusable where it cannot be read."""
    found = check_proof(text, asked.trust.keys if asked.trust else {})
    if found.proof is None:
        problem = "It has the form of a signed answer of the register, but cannot be read as one."
        raise Unusable(asked.name, Fault("", problem, "Hand it in as it was fetched, whole and unchanged."))
    checks = (_what_check(found.proof), *_signature_checks(found, found.proof, asked))
    return _verification(found, checks, asked)


def sealed_statement(pdf: Sealed, asked: Asked) -> Verification:
    """The same of the sealed PDF, which has the signed answer attached."""
    found = check_proof(pdf.parts.files[NAME], asked.trust.keys if asked.trust else {})
    if found.proof is None:
        what = Check(CheckName.WHAT, False, "A sealed PDF with an answer attached that cannot be read.")
        return Verification(kind=Kind.STATEMENT, checks=(what, *seal_checks(pdf, asked)))
    said = _what_check(found.proof)
    what = Check(CheckName.WHAT, said.passed, f"A sealed PDF. {said.detail}")
    return _verification(found, (what, *seal_checks(pdf, asked), _attached(found, pdf)), asked)


def _attached(found: ProofCheck, pdf: Sealed) -> Check:
    name = CheckName.ATTACHMENT
    if found.state is ProofState.UNKNOWN:
        return Check(name, None, "Not checked: whose key signed the answer in it is not known here.")
    if not found.intact:
        return Check(name, False, "The answer attached to it is not signed as it stands.")
    if not pdf.seal.intact:
        return Check(name, None, "The answer in it is genuine, but no seal says that it belongs there.")
    return Check(name, True, "The answer attached to it is signed, and the seal covers it.")


def _verification(found: ProofCheck, checks: tuple[Check, ...], asked: Asked) -> Verification:
    proof = found.proof
    same = asked.register.says(proof) if asked.register and proof and found.intact else None
    detail = {
        None: "Not asked again: there is no register at hand here, or the answer is not its own.",
        True: "Asked again today, as known then, the ledger gives the same answers.",
        False: "Asked again today, as known then, the ledger gives other answers.",
    }[same]
    order = list(CheckName)
    every = (*checks, Check(CheckName.REGISTER, same, detail))
    return Verification(
        kind=Kind.STATEMENT,
        checks=tuple(sorted(every, key=lambda one: order.index(one.name))),
        told=_told(proof) if proof else Told(),
    )


def _told(proof: Proof) -> Told:
    """Whom it is about, where it is about one organisation."""
    lines = proof.lines
    one = lines[0].candidates[0] if len(lines) == 1 and len(lines[0].candidates) == 1 else None
    return Told(organisation=one.name, key=one.key) if one else Told()


def _what_check(proof: Proof) -> Check:
    question = proof.question
    higher = " or higher" if question.match is Match.AT_LEAST else ""
    asked = f"the {label(question.level)}{higher} on {day(question.on)}, as known on {moment(question.known)}"
    return Check(CheckName.WHAT, True, f"An answer of the register on {asked}: {', '.join(_counts(proof))}.")


def _counts(proof: Proof) -> Iterator[str]:
    if len(proof.lines) == 1:
        yield f"{proof.lines[0].verdict.value} for “{shortened(proof.lines[0].asked)}”"
        return
    for verdict in Verdict:
        yield f"{proof.count(verdict)} {verdict.value}"


def _signature_checks(found: ProofCheck, proof: Proof, asked: Asked) -> tuple[Check, Check, Check]:
    issuer, signature, unchanged = CheckName.ISSUER, CheckName.SIGNATURE, CheckName.UNCHANGED
    trust, state = asked.trust, found.state
    if trust is None:
        return tuple(Check(name, None, WITHOUT_KEYS) for name in (issuer, signature, unchanged))  # type: ignore[return-value]  # three names, three checks
    if state is ProofState.INTACT:
        return (
            Check(issuer, True, f"Given by {trust.host}."),
            Check(signature, True, f"Signed with a key of {trust.host}."),
            Check(unchanged, True, "The signature covers every word of it; nothing was changed since."),
        )
    names = f"It names {shortened(proof.installation)}, as anybody can: only a right signature would show it."
    if state is ProofState.UNKNOWN:
        forged = proof.installation == trust.address and asked.register is not None
        why = f"Signed with a key that is none of {trust.host}."
        return (
            Check(issuer, None, names),
            Check(signature, False if forged else None, why),
            Check(unchanged, None, "Not checked without that key."),
        )
    return (
        Check(issuer, None, names),
        Check(signature, False, "The signature is wrong."),
        Check(unchanged, False, "It is not what was signed."),
    )
