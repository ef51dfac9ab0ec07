from touchstone.apps.register.models.index import (
    LONGEST_NAME,
    LONGEST_WORD,
    RegisterName,
    RegisterSpelling,
    RegisterSuccession,
    RegisterWord,
)
from touchstone.apps.register.models.ledger import LedgerEntry, LedgerHead
from touchstone.apps.register.models.register import APART, RegisterRow, RegisterRowQuerySet
from touchstone.apps.register.models.spans import RegisterSpan, RegisterSpanQuerySet

__all__ = [
    "APART", "LONGEST_NAME", "LONGEST_WORD", "LedgerEntry", "LedgerHead", "RegisterName", "RegisterRow",
    "RegisterRowQuerySet", "RegisterSpan", "RegisterSpanQuerySet", "RegisterSpelling", "RegisterSuccession",
    "RegisterWord",
]  # fmt: skip
