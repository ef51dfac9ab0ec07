"""A proof as a signed file: one JSON document, which is checked without asking anybody.

`{"proof": {…}, "signature": {"key": …, "value": …}}`. The signature is Ed25519, by the key of the ledger,
over the canonical JSON of `proof` (see `core.labels.documents`).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from touchstone.core.faults import Unusable
from touchstone.core.labels.documents import canonical
from touchstone.core.labels.ledger import UnknownKey
from touchstone.core.labels.proof import Proof, proof_as_document, proof_from_document
from touchstone.output.keys import check_signature

NAME: Final = "proof.json"  # of the file, beside a PDF and inside it
LONGEST: Final = 4_000_000  # bytes; a proof of 500 organisations has under one million


class ProofState(StrEnum):
    """What the check of a proof's file found."""

    INTACT = "intact"  # signed with one of the keys given, and unchanged since
    CHANGED = "changed"  # the signature does not fit what it says
    UNKNOWN = "unknown"  # signed with a key that is not among those given
    UNREADABLE = "unreadable"  # no proof, or a broken one


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofCheck:
    """The outcome of a check. `key` and `proof` are what the file says of itself, so far as it can be read.

    Only where the state is intact may anybody rely on `proof`.
    """

    state: ProofState
    key: str = ""
    proof: Proof | None = None

    @property
    def intact(self) -> bool:
        return self.state is ProofState.INTACT


class Signer(Protocol):
    """What signs: a key of the installation."""

    @property
    def id(self) -> str:
        """The id of the key."""

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""


def signed_proof(proof: Proof, key: Signer) -> str:
    """The file of a proof. The same proof and key give the same text."""
    document = proof_as_document(proof)
    value = key.sign(canonical(document).encode()).hex()
    return canonical({"proof": document, "signature": {"key": key.id, "value": value}}) + "\n"


def is_proof(content: str | bytes) -> bool:
    """Whether a content claims to be such a file: an object with a proof and a signature."""
    document = _parsed(content)
    return isinstance(document, dict) and document.keys() == {"proof", "signature"}


def check_proof(content: str | bytes, keys: Mapping[str, bytes]) -> ProofCheck:
    """Whether a file is a proof signed with one of the given keys (id → 32 bytes) and unchanged.

    Any content is taken; the check asks no network and no clock.
    """
    document = _parsed(content)
    try:
        proof = proof_from_document(document["proof"])  # type: ignore[index]  # what is no object raises
        key, value = _signature(document)
        message = canonical(proof_as_document(proof)).encode()
    except (Unusable, TypeError, KeyError, ValueError):
        return ProofCheck(state=ProofState.UNREADABLE)
    return ProofCheck(state=_state(key, message, value, check_signature(keys)), key=key, proof=proof)


def _signature(document: object) -> tuple[str, bytes]:
    if not isinstance(document, dict) or document.keys() != {"proof", "signature"}:
        raise ValueError("more than a proof and its signature")
    signature = document["signature"]
    key, value = signature["key"], signature["value"]
    raw = bytes.fromhex(value)
    if signature.keys() != {"key", "value"} or not isinstance(key, str) or raw.hex() != value:
        raise ValueError("not written as we write it")
    return key, raw


def _state(
    key: str, message: bytes, signature: bytes, check: Callable[[str, bytes, bytes], bool]
) -> ProofState:
    try:
        return ProofState.INTACT if check(key, message, signature) else ProofState.CHANGED
    except UnknownKey:
        return ProofState.UNKNOWN


def _parsed(content: str | bytes) -> object:
    """The document of a content; None where there is none, or where a name stands twice in an object."""
    if len(content) > LONGEST:
        return None
    try:
        text = content.decode() if isinstance(content, bytes) else content
        document: object = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return document


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON. Two readers could see two different things where a name stands twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands twice")
    return made
