"""A ledger with a damaged entry among others."""

from factories.apps import entry
from factories.guards import lifted
from touchstone.apps.register.models import LedgerEntry

SAID = "entry 2: its act cannot be read: act: is not readable as JSON. Run: touchstone ledger verify"


def damaged_ledger() -> None:
    """Two entries of lt-amber, of which the second can no longer be read, and one of lv-pine."""
    for organisation in ("lt-amber", "lt-amber", "lv-pine"):
        entry(organisation=organisation)
    with lifted():
        LedgerEntry.objects.filter(number=2).update(document="{")
