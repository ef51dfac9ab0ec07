"""Verifiable credentials: their one text, proofs, tokens, status lists, the issuer's keys, Open Badges."""

from touchstone.output.credentials.canonical import canonical, read
from touchstone.output.credentials.did import did_document, did_web, method_id, methods, token_method_id
from touchstone.output.credentials.proofs import ProofCheck, ProofState, check, check_token, signed, token
from touchstone.output.credentials.status_lists import Purpose, bits, is_set, packed

__all__ = [
    "ProofCheck", "ProofState", "Purpose", "bits", "canonical", "check", "check_token", "did_document",
    "did_web", "is_set", "method_id", "methods", "packed", "read", "signed", "token", "token_method_id",
]  # fmt: skip
