"""Verbs of the ledger and the register, and what they answer: what other apps call. Each has its own file."""

from touchstone.apps.refusal import Refused
from touchstone.apps.register.asking import (
    PageAsKnown,
    figures,
    ledger_number,
    row,
    rows_as_known,
    status,
    status_document,
)
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
from touchstone.apps.register.rebuilding import rebuild, rebuild_check, rebuild_where_empty

__all__ = [
    "PageAsKnown", "Refused", "Verification", "append", "entries", "entry_document", "figures", "grant",
    "history", "ledger_number", "lock", "period_ahead", "rebuild", "rebuild_check", "rebuild_where_empty",
    "row", "rows_as_known", "status", "status_document", "verify",
]  # fmt: skip
