"""Where a page of a list begins: signed, so that nobody makes one up, and good for one question only."""

import hashlib
from collections.abc import Iterable
from typing import Final

from django.core.signing import BadSignature, Signer

from touchstone.api.problems import PARAMETERS, Refusal
from touchstone.core.faults import Fault
from touchstone.output.credentials.multibase import base64url, from_base64url

_SALT: Final = "touchstone.api.cursor"
_PARTS: Final = "\n"
_REMEDY: Final = "Take it as “next” gave it, all else unchanged, or leave it out to begin anew."


def cursor(after: str, question: Iterable[object]) -> str:
    """A cursor behind a key, for one question."""
    return base64url(Signer(salt=_SALT).sign(f"{_digest(question)}{_PARTS}{after}").encode())


def after(text: str, question: Iterable[object]) -> str:
    """The key that a cursor stands behind; "" for an empty cursor. Raises Refusal where it is not of ours."""
    if not text:
        return ""
    try:
        digest, _, key = Signer(salt=_SALT).unsign(from_base64url(text).decode()).partition(_PARTS)
    except (ValueError, BadSignature):
        raise Refusal(PARAMETERS, Fault("cursor", "was not given by this interface.", _REMEDY)) from None
    if digest != _digest(question):
        raise Refusal(PARAMETERS, Fault("cursor", "belongs to another question.", _REMEDY))
    return key


def _digest(question: Iterable[object]) -> str:
    return hashlib.sha256(repr(tuple(question)).encode()).hexdigest()[:16]
