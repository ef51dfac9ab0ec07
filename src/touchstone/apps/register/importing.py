"""Pages of the old register as ledger history, under the rule set of their time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchstone.intake.old_register import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What came of a page. `entered` counts new entries of the ledger; `known` those that it had already."""

    rows_read: int
    accepted: int
    duplicates: Sequence[str]
    doubtful: Sequence[str]
    unread: Sequence[str]
    entered: int
    known: int

    def as_document(self) -> dict[str, object]:
        return {
            "rows_read": self.rows_read,
            "accepted": self.accepted,
            "duplicates": list(self.duplicates),
            "doubtful": list(self.doubtful),
            "unread": list(self.unread),
        }


def import_page(
    *, page: "Page", country: str, by: str, recorded: datetime, dry_run: bool = False
) -> ImportResult:
    """Enter the accepted rows of a page as awards that ended on the day the page gives. Safe to repeat."""
    raise NotImplementedError
