from touchstone.apps.register.models.ledger import LedgerEntry
from touchstone.apps.register.models.register import APART, RegisterRow, RegisterRowQuerySet

__all__ = ["APART", "LedgerEntry", "RegisterRow", "RegisterRowQuerySet"]
