from touchstone.apps.register.models.ledger import LedgerEntry, LedgerHead
from touchstone.apps.register.models.register import APART, RegisterRow, RegisterRowQuerySet

__all__ = ["APART", "LedgerEntry", "LedgerHead", "RegisterRow", "RegisterRowQuerySet"]
