from touchstone.apps.register.models.counts import (
    Narrowing,
    RegisterCount,
    RegisterGroup,
    RegisterGroupQuerySet,
)
from touchstone.apps.register.models.index import (
    LONGEST_NAME,
    LONGEST_WORD,
    RegisterName,
    RegisterSpelling,
    RegisterSuccession,
    RegisterWord,
)
from touchstone.apps.register.models.ledger import LedgerEntry, LedgerHead
from touchstone.apps.register.models.register import RegisterSpan, RegisterSpanQuerySet
from touchstone.apps.register.models.searching import meaning

__all__ = [
    "LONGEST_NAME", "LONGEST_WORD", "LedgerEntry", "LedgerHead", "Narrowing", "RegisterCount",
    "RegisterGroup", "RegisterGroupQuerySet", "RegisterName", "RegisterSpan", "RegisterSpanQuerySet",
    "RegisterSpelling", "RegisterSuccession", "RegisterWord", "meaning",
]  # fmt: skip
