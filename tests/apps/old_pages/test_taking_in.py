from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.apps.refusal import Refused
from touchstone.apps.register import services
from touchstone.apps.register.models import LedgerEntry, RegisterRow
from touchstone.core.labels.model import Standing
from touchstone.intake.old_register import Page, read_page, read_page_file

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HEADER = "Name Comparative portfolio www Label valid until\n"


def page(*lines: str) -> Page:
    return read_page(HEADER + "\n".join(lines), scheme())


def imported(
    of: Page, *, at: datetime = NOW, country: str = "PL", dry_run: bool = False
) -> services.ImportResult:
    return services.import_page(page=of, country=country, by="tester", recorded=at, dry_run=dry_run)


@pytest.fixture(scope="module")
def poland() -> Page:
    return read_page_file(Path(settings.TOUCHSTONE_DEMONSTRATION) / "register-poland.txt", scheme())


def test_the_polish_page_becomes_48_entries_of_a_sound_ledger(poland: Page) -> None:
    result = imported(poland)
    document = result.as_document()
    assert (document["rows_read"], document["accepted"], len(poland.duplicates), result.entered) == (
        49,
        48,
        1,
        48,
    )
    assert (services.verify().as_document(), services.rebuild_check()) == (
        {"entries": 48, "intact": True, "first_fault": None}, [],
    )  # fmt: skip
    assert (RegisterRow.objects.organisations(), Organisation.objects.count()) == (48, 48)


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2011, 2, 22), Standing.NEVER),
        (date(2011, 2, 23), Standing.VALID),
        (date(2013, 2, 23), Standing.VALID),
        (date(2013, 2, 24), Standing.EXPIRED_RENEWABLE),
        (date(2014, 2, 24), Standing.LAPSED),
    ],
)
def test_a_label_of_the_past_keeps_its_days(poland: Page, on: date, standing: Standing) -> None:
    imported(poland)
    assert services.status("pl-aviation-valley", on=on, known=NOW).standing is standing


def test_what_the_page_did_not_say_is_marked_as_derived_and_where_it_was_read_is_kept(poland: Page) -> None:
    imported(poland)
    act = services.history("pl-aviation-valley")[0].act
    assert (act.derived, act.rule_set, act.actor, act.origin) == (
        ("valid_from", "renewable_until"), "2010", "tester", "page of the old public register, line 5",
    )  # fmt: skip


def test_a_second_import_enters_nothing(poland: Page) -> None:
    imported(poland)
    assert imported(poland, at=NOW + timedelta(days=1)).entered == 0
    assert LedgerEntry.objects.count() == 48


def test_a_later_page_enters_only_what_is_new() -> None:
    imported(page("Aviation Valley Aviation and space 2013/02/23"))
    later = imported(page("Aviation Valley Aviation and space 2015/02/23", "New One ICT 2015/03/01"))
    assert (later.entered, LedgerEntry.objects.count()) == (2, 3)
    row = RegisterRow.objects.named("Aviation Valley").get()
    assert (row.valid_from, row.valid_until) == (date(2011, 2, 23), date(2015, 2, 23))


def test_a_dry_run_enters_nothing_and_says_what_it_would() -> None:
    result = imported(page("Aviation Valley Aviation and space 2013/02/23"), dry_run=True)
    assert (result.entered, LedgerEntry.objects.count(), Organisation.objects.count()) == (1, 0, 0)


def test_what_cannot_be_read_is_handed_on() -> None:
    result = imported(page("Odd Basketry 2015/02/11", "Just words"))
    assert ([line.text for line in result.doubtful], [line.text for line in result.unread]) == (
        ["Odd Basketry 2015/02/11"], ["Just words"],
    )  # fmt: skip


@pytest.mark.parametrize("country", ["Poland", "XX", ""])
def test_a_country_that_does_not_exist_is_refused(country: str) -> None:
    with pytest.raises(Refused, match="no country code"):
        imported(page("Aviation Valley Aviation and space 2013/02/23"), country=country)


def test_a_page_older_than_the_ledgers_last_entry_is_refused_whole() -> None:
    imported(page("Aviation Valley Aviation and space 2013/02/23"))
    with pytest.raises(Refused, match="before the last entry"):
        imported(page("New One ICT 2015/03/01"), at=NOW - timedelta(days=1))
    assert (LedgerEntry.objects.count(), Organisation.objects.count()) == (1, 1)
