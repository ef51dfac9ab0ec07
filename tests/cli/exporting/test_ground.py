"""What the files of an organisation rest on: days, entries, and all that is not in the ledger."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from factories.apps import NOW, TODAY
from factories.opened import register
from factories.registered import happened, labelled, run
from touchstone.apps.credentials import services as credentials
from touchstone.apps.credentials.models import IssuedCredential
from touchstone.apps.organisations.models import Organisation
from touchstone.cli.exporting.ground import Ground, Sources, ground, stamp
from touchstone.core.labels.model import EntryKind

pytestmark = pytest.mark.django_db
ONE = "lt-cluster-1"


def told(key: str = ONE, *, today: date = TODAY, now: datetime = NOW) -> Ground:
    return ground(key, Sources.of("", [key]).origins.get(key, ()), today=today, now=now)


def test_files_are_right_from_the_last_turn_to_the_day_before_the_next() -> None:
    labelled(1, **run(date(2026, 3, 1), date(2026, 12, 24)))
    assert (told().first, told().last, told().since) == (
        date(2026, 3, 1), date(2026, 12, 24), date(2026, 3, 1),
    )  # fmt: skip
    later = told(today=date(2026, 12, 25))
    assert (later.first, later.last, later.since) == (
        date(2026, 12, 25), date(2026, 12, 31), date(2026, 12, 25),
    )  # fmt: skip


def test_a_drawing_over_the_years_is_another_in_another_year() -> None:
    labelled(1, **run(date(2020, 3, 1), date(2090, 12, 24)))
    days = [told(today=day) for day in (TODAY, date(2027, 1, 1), date(2028, 12, 30), date(2028, 12, 31))]
    assert [(one.first, one.last) for one in days] == [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 12, 31)),
        (date(2028, 1, 1), date(2028, 12, 30)),
        (date(2028, 12, 31), date(2028, 12, 31)),  # ten years on, another year is the farthest
    ]
    assert {one.since for one in days} == {date(2020, 3, 1)}


def test_a_day_on_which_a_relative_changes_counts_too() -> None:
    labelled(1, **run(date(2020, 3, 1), date(2090, 12, 24)))
    labelled(2, **run(date(2020, 3, 1), date(2090, 12, 24)))
    happened(2, EntryKind.MERGER, others=(ONE,), effective=date(2026, 12, 10))
    assert (told().last, told().others, told("lt-cluster-2").others) == (date(2026, 12, 9), (), (ONE,))


def test_an_entry_ahead_of_the_clock_lets_nothing_be_kept() -> None:
    labelled(1)
    happened(1, EntryKind.RENAME, recorded=NOW + timedelta(minutes=1), name="Soon")
    assert (told().last, told().known) == (TODAY - timedelta(days=1), NOW)


def test_grants_are_those_that_have_begun() -> None:
    register()
    assert (told("lt-amber").grants, told("lt-amber").known) == ((1, 2), NOW)
    assert told("fi-later", today=date(2027, 1, 1)).grants == (8,)


def key() -> str:
    return Sources.of("stamp").key(ONE, ["lt-cluster-2"])


CHANGES: list[Callable[[], object]] = [
    lambda: happened(1, EntryKind.RENAME, name="Other"),
    lambda: happened(2, EntryKind.RENAME, name="Other"),
    lambda: happened(3, EntryKind.MERGER, others=(ONE,)),
    lambda: Organisation.objects.create(key=ONE, name="One", country="LT", synthetic=True),
    lambda: Organisation.objects.create(key="lt-cluster-2", name="Two", country="LT"),
    lambda: credentials.credential(1, at=NOW),
]


@pytest.mark.parametrize("change", CHANGES, ids=range(len(CHANGES)))
def test_another_key_tells_that_something_has_changed(change: Callable[[], object]) -> None:
    for number in (1, 2, 3):
        labelled(number)
    before = key()
    change()
    assert key() != before


def test_what_happens_to_others_leaves_the_key_alone() -> None:
    for number in (1, 2, 3):
        labelled(number)
    before = key()
    happened(3, EntryKind.RENAME, name="Other")
    assert (key(), Sources.of("stamp", [ONE, "lt-cluster-2"]).key(ONE, ["lt-cluster-2"])) == (before, before)


def test_a_credential_that_was_issued_again_is_another() -> None:
    labelled(1)
    credentials.credential(1, at=NOW)
    before = key()
    IssuedCredential.objects.all().delete()
    labelled(2)
    for number in (2, 1):
        credentials.credential(number, at=NOW)
    assert key() != before


def test_the_stamp_is_of_settings_and_of_where_the_application_answers(settings: Settings) -> None:
    before = stamp("")
    assert (stamp(""), stamp("https://app.example.org") == before) == (before, False)
    settings.TOUCHSTONE_NAME = "Another office"
    assert stamp("") != before


def test_the_last_day_of_the_calendar_is_no_turn() -> None:
    labelled(1, **run(date(2020, 3, 1), date(9998, 12, 31)), recorded=datetime(2026, 11, 20, tzinfo=UTC))
    assert told().last == date(2026, 12, 31)
