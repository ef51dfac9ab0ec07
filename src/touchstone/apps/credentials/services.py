"""Verbs of credentials and what they answer: what other apps call. Each has its own file."""

from touchstone.apps.credentials.disowning import disown
from touchstone.apps.credentials.issuing import (
    credential,
    credential_jwt,
    did_document,
    did_document_text,
    issuer,
    issuer_methods,
)
from touchstone.apps.credentials.lists import status_list, status_list_jwt
from touchstone.apps.refusal import Refused

__all__ = [
    "Refused", "credential", "credential_jwt", "did_document", "did_document_text", "disown", "issuer",
    "issuer_methods", "status_list", "status_list_jwt",
]  # fmt: skip
