"""Pages of the old register as ledger history, under the rule set of their time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from touchstone.apps.organisations import services as organisations
from touchstone.apps.pack import scheme
from touchstone.apps.refusal import Refused
from touchstone.apps.register.ledger import append, entries, lock
from touchstone.core.assessment.countries import country_code
from touchstone.core.labels.history import acts_of
from touchstone.core.labels.model import Act, Entry
from touchstone.intake.old_register import KeptLine, Page

ORIGIN = "page of the old public register"
Enter = Callable[[Act], Entry | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What came of a page. `entered` counts new entries of the ledger; the other rows it had already."""

    page: Page
    entered: int

    @property
    def doubtful(self) -> tuple[KeptLine, ...]:
        return self.page.doubtful

    @property
    def unread(self) -> tuple[KeptLine, ...]:
        return self.page.unread

    def as_document(self) -> dict[str, object]:
        """The page's account in JSON's own types."""
        return self.page.as_document()


@transaction.atomic
def import_page(
    *, page: Page, country: str, by: str, recorded: datetime, dry_run: bool = False
) -> ImportResult:
    """Enter the accepted rows of a page of the old register as labels of their time. Safe to repeat.

    `country` is that of rows which name none. With `dry_run` nothing is entered, only counted.
    """
    lock()

    def enter(act: Act) -> Entry | None:
        if dry_run:
            return None
        keep_organisation(act)
        return append(act=act)

    return enter_page(page, country=country, by=by, recorded=recorded, known=entries(), enter=enter)


def enter_page(
    page: Page, *, country: str, by: str, recorded: datetime, known: Iterable[Entry], enter: Enter
) -> ImportResult:
    """Enter those rows of a page that the ledger does not hold yet; `known` are its entries."""
    code = country_code(country)
    if code is None:
        raise Refused(f"“{country}” is no country code. Write two letters, such as PL.")
    acts = acts_of(page.rows, country=code, scheme=scheme(), recorded=recorded, actor=by, origin=ORIGIN)
    there = {_period(entry.act) for entry in known}
    new = {_period(act): act for act in acts if _period(act) not in there}
    for act in new.values():
        enter(act)
    return ImportResult(page=page, entered=len(new))


def keep_organisation(act: Act) -> None:
    """Let the organisation of an act be found where cases are opened."""
    organisations.ensure(
        key=act.organisation, name=act.name, country=act.country, portfolio=act.portfolio, website=act.website
    )


def _period(act: Act) -> tuple[str, str, date | None]:
    return act.organisation, act.level.value if act.level else "", act.valid_until
