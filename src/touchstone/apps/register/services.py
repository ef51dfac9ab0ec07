"""Verbs of the ledger and the register, and what they answer: what other apps call. Each has its own file."""

from touchstone.apps.refusal import Refused
from touchstone.apps.register.acts import correct, reinstate, suspend, withdraw
from touchstone.apps.register.acts_of_organisations import change_host, merge, rename, split
from touchstone.apps.register.asking import (
    PageAsKnown,
    figures,
    ledger_number,
    row,
    rows_as_known,
    status,
    status_document,
    status_now,
)
from touchstone.apps.register.granting import grant, period_ahead
from touchstone.apps.register.key_changes import mark_stolen as mark_key_stolen
from touchstone.apps.register.key_changes import rotate as rotate_key
from touchstone.apps.register.ledger import (
    Verification,
    append,
    close_day,
    entries,
    entry_document,
    heads,
    history,
    lock,
    verify,
)
from touchstone.apps.register.naming import bring_name, bring_names, called
from touchstone.apps.register.rebuilding import rebuild, rebuild_check, rebuild_where_empty

__all__ = [
    "PageAsKnown", "Refused", "Verification", "append", "bring_name", "bring_names", "called",
    "change_host", "close_day", "correct", "entries", "entry_document", "figures", "grant", "heads",
    "history", "ledger_number", "lock", "mark_key_stolen", "merge", "period_ahead", "rebuild",
    "rebuild_check", "rebuild_where_empty", "reinstate", "rename", "rotate_key", "row", "rows_as_known",
    "split", "status", "status_document", "status_now", "suspend", "verify", "withdraw",
]  # fmt: skip
