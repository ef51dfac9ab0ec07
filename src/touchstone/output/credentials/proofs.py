"""Signed documents: the proof `eddsa-rdfc-2022` inside a credential, and the credential as a token (VC-JWT).

Signatures are Ed25519 by the installation's key. A check believes nothing that a document says of itself:
neither the key that a token carries nor where another key is to be fetched. It is given the issuer and all
of its keys.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from touchstone.core.faults import Unusable
from touchstone.output.credentials.canonical import CONTEXTS, Document, canonical, read
from touchstone.output.credentials.multibase import base58, base64url, from_base58, from_base64url
from touchstone.output.keys import KeyPair, check_signature

SUITE: Final = "eddsa-rdfc-2022"
ALGORITHM: Final = "EdDSA"
CLAIMS: Final = ("iss", "jti", "nbf", "exp", "sub")
TEXTS: Final = ("id", "name", "description", "validFrom", "validUntil")  # members of a document

JsonObject = dict[str, object]


class ProofState(StrEnum):
    """What the check of a signed document found."""

    INTACT = "intact"  # signed by the issuer, and unchanged since
    CHANGED = "changed"  # it names issuer and key, and is not what that key signed
    UNKNOWN_KEY = "unknown_key"  # it names the issuer, and a key that is none of the issuer's
    FOREIGN = "foreign"  # another issuer's
    UNSIGNED = "unsigned"  # a document without a proof that could be checked
    UNREADABLE = "unreadable"  # no such document


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofCheck:
    """The outcome. `document` is what was signed, without its proof; trust it only where it is INTACT.

    `issuer` and `method` (the id of a key) are what the document says; `problem` names what is wrong.
    """

    state: ProofState
    document: Document = field(default_factory=dict)
    issuer: str = ""
    method: str = ""
    problem: str = ""

    @property
    def intact(self) -> bool:
        return self.state is ProofState.INTACT


def signed(document: Document, key: KeyPair, *, method: str, created: datetime) -> JsonObject:
    """The document with a proof. `method` is the whole id of the key; `created` (aware) is in full seconds.

    Raises Unusable where something in the document could not be signed.
    """
    proof: JsonObject = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": second(created),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    value = "z" + base58(key.sign(to_sign(document, proof)))
    return {**document, "proof": {**proof, "proofValue": value}}


def to_sign(document: Document, proof: Document) -> bytes:
    """The 64 bytes that a proof signs: the digests of its own canonical text and of the document's."""
    proof_text = canonical({**proof, "@context": document.get("@context", [])})
    return hashlib.sha256(proof_text).digest() + hashlib.sha256(canonical(document)).digest()


def check(signed: Document | str | bytes, *, issuer: str, methods: Mapping[str, bytes]) -> ProofCheck:
    """Check a document with a proof inside. `methods` has the issuer's public keys by their whole ids."""
    try:
        given = read(signed) if isinstance(signed, str | bytes) else signed
    except Unusable as unusable:
        return ProofCheck(state=ProofState.UNREADABLE, problem=str(unusable))
    document = {name: value for name, value in given.items() if name != "proof"}
    proof = _proof(given)
    if proof is None:
        return _found(ProofState.UNSIGNED, document, "", f"It has no proof of the kind {SUITE}.")
    method = str(proof.get("verificationMethod", ""))
    stranger = _stranger(document, method, issuer, methods)
    if stranger:
        return stranger
    try:
        value = _signature(proof)
        _require_ours(document)
        message = to_sign(document, {name: part for name, part in proof.items() if name != "proofValue"})
    except (Unusable, ValueError) as error:
        return _found(ProofState.CHANGED, document, method, str(error))
    return _judged(document, method, methods[method], message, value)


def token(document: Document, key: KeyPair, *, method: str) -> str:
    """The document as a token in compact form. `method` is the whole id of the key as JWK."""
    header = {"alg": ALGORITHM, "kid": method, "typ": "JWT"}
    head = f"{_part(header)}.{_part({**document, **_claims(document)})}"
    return f"{head}.{base64url(key.sign(head.encode()))}"


def check_token(text: str, *, issuer: str, methods: Mapping[str, bytes]) -> ProofCheck:
    """Check a token. A key in its header is passed over: it would prove nothing of who signed."""
    try:
        header, payload, signature = text.strip().split(".")
        head, document = read(from_base64url(header)), read(from_base64url(payload))
        value = from_base64url(signature)
    except (Unusable, ValueError):
        return ProofCheck(state=ProofState.UNREADABLE, problem="This is no token of three parts.")
    inner = {name: part for name, part in document.items() if name not in CLAIMS}
    method = str(head.get("kid", ""))
    if head.get("alg") != ALGORITHM or "crit" in head:
        return _found(ProofState.UNSIGNED, inner, method, f"It is not signed with {ALGORITHM}.")
    stranger = _stranger(inner, method, issuer, methods)
    if stranger:
        return stranger
    if _claims(inner) != {name: document[name] for name in CLAIMS if name in document}:
        return _found(ProofState.CHANGED, inner, method, "Its claims contradict the credential.")
    return _judged(inner, method, methods[method], f"{header}.{payload}".encode(), value)


def second(moment: datetime) -> str:
    """An aware moment as credentials write it: 2026-11-21T14:32:00Z."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def issuer_of(document: Document) -> str:
    """The id of the issuer that a document names; empty where it names none."""
    return _id(document.get("issuer"))


def _claims(document: Document) -> JsonObject:
    """What Open Badges asks a token to say beside the credential; the moments in seconds of Unix time."""
    claims: JsonObject = {"iss": issuer_of(document), "jti": document.get("id")}
    for claim, name in (("nbf", "validFrom"), ("exp", "validUntil")):
        if name in document:
            claims[claim] = _seconds(document[name])
    subject = _id(document.get("credentialSubject"))
    return claims | ({"sub": subject} if subject else {})


def _seconds(moment: object) -> int | None:
    try:
        return int(datetime.fromisoformat(str(moment)).timestamp())
    except (ValueError, OverflowError):
        return None


def _part(document: Document) -> str:
    return base64url(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


def _proof(document: Document) -> JsonObject | None:
    """The one proof of our kind."""
    given = document.get("proof")
    listed = given if isinstance(given, list) else [given]
    if len(listed) != 1 or not isinstance(listed[0], dict):
        return None
    proof: JsonObject = listed[0]
    ours = proof.get("type") == "DataIntegrityProof" and proof.get("cryptosuite") == SUITE
    return proof if ours else None


def _signature(proof: Document) -> bytes:
    value = str(proof.get("proofValue", ""))
    if proof.get("proofPurpose") != "assertionMethod" or not value.startswith("z"):
        raise ValueError("The proof is not one that asserts.")
    return from_base58(value[1:])


def _require_ours(document: Document) -> None:
    """Refuse forms that the issuer does not use and that come to the same canonical text.

    A context inside the document could give its words another meaning; a list in the place of a text would
    take whoever reads on by surprise.
    """
    contexts = document.get("@context")
    known = isinstance(contexts, list) and all(isinstance(one, str) and one in CONTEXTS for one in contexts)
    if not known:
        raise ValueError("It names contexts that the issuer does not use.")
    odd = [name for name in TEXTS if not isinstance(document.get(name, ""), str)]
    if odd:
        raise ValueError(f"Its {odd[0]} is no text.")


def _stranger(
    document: Document, method: str, issuer: str, methods: Mapping[str, bytes]
) -> ProofCheck | None:
    if issuer_of(document) != issuer:
        return _found(ProofState.FOREIGN, document, method, "It names another issuer.")
    if method not in methods:
        return _found(ProofState.UNKNOWN_KEY, document, method, "It names a key that is not the issuer's.")
    return None


def _judged(document: Document, method: str, public: bytes, message: bytes, value: bytes) -> ProofCheck:
    if check_signature({method: public})(method, message, value):
        return _found(ProofState.INTACT, document, method, "")
    return _found(ProofState.CHANGED, document, method, "It is not what was signed.")


def _found(state: ProofState, document: Document, method: str, problem: str) -> ProofCheck:
    return ProofCheck(
        state=state, document=document, issuer=issuer_of(document), method=method, problem=problem
    )


def _id(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("id")
    return value if isinstance(value, str) else ""
