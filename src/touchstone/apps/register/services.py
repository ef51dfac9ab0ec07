"""Verbs of the ledger and the register, and what they answer: what other apps call. Each has its own file."""

from touchstone.apps.refusal import Refused
from touchstone.apps.register.asking import status, status_document
from touchstone.apps.register.granting import grant, period_ahead
from touchstone.apps.register.ledger import (
    Verification,
    append,
    entries,
    entry_document,
    history,
    lock,
    verify,
)
from touchstone.apps.register.rebuilding import rebuild, rebuild_check

__all__ = [
    "Refused", "Verification", "append", "entries", "entry_document", "grant", "history",
    "lock", "period_ahead", "rebuild", "rebuild_check", "status", "status_document", "verify",
]  # fmt: skip
