"""The ledger's days are closed one after the other, and what is closed stays closed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from factories.apps import NOW, entry
from factories.guards import lifted
from touchstone.apps.refusal import Refused
from touchstone.apps.register import ledger, services
from touchstone.apps.register.models import LedgerEntry, LedgerHead

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)  # the end of the day of NOW


def closed() -> list[tuple[date, int]]:
    assert services.verify().intact
    return [(head.day, head.number) for head in services.heads()]


def test_the_first_entry_of_a_new_day_closes_the_days_before() -> None:
    entry()
    entry(organisation="lt-other")
    assert closed() == []
    entry(organisation="lt-third", recorded=MIDNIGHT)
    assert closed() == [(date(2026, 11, 21), 2)]
    entry(organisation="lt-fourth", recorded=MIDNIGHT + 9 * DAY)
    assert closed() == [(date(2026, 11, 21), 2), (date(2026, 11, 30), 3)]


def test_a_day_is_that_of_utc() -> None:
    entry(recorded=datetime.fromisoformat("2026-11-22T00:30:00+01:00"))
    entry(organisation="lt-other", recorded=datetime.fromisoformat("2026-11-21T23:59:59+00:00"))
    assert closed() == []


def test_the_night_closes_each_day_once() -> None:
    entry()
    assert services.close_day(at=NOW) is None
    head = services.close_day(at=MIDNIGHT)
    assert head is not None
    assert (head.day, head.number, services.close_day(at=MIDNIGHT + timedelta(hours=9))) == (
        date(2026, 11, 21), 1, None,
    )  # fmt: skip
    assert services.heads() == (head,)
    assert list(map(str, LedgerHead.objects.all())) == ["2026-11-21 1"]


def test_a_day_without_entries_is_closed_too() -> None:
    entry()
    for day in range(3):
        services.close_day(at=MIDNIGHT + day * DAY)
    assert closed() == [(date(2026, 11, 21 + day), 1) for day in range(3)]
    entry(organisation="lt-other", recorded=MIDNIGHT + 5 * DAY)
    assert len(closed()) == 3  # the last one covers the days until then


def test_nights_that_were_missed_are_closed_by_the_next() -> None:
    entry()
    services.close_day(at=MIDNIGHT + 5 * DAY)
    assert closed() == [(date(2026, 11, 26), 1)]


def test_an_empty_ledger_has_no_days() -> None:
    assert services.close_day(at=NOW) is None


def test_a_clock_far_ahead_closes_nothing() -> None:
    entry()
    services.close_day(at=MIDNIGHT)
    with pytest.raises(
        Refused, match="The ledger was last at work on 2026-11-21, and the clock says that 2036"
    ):
        services.close_day(at=MIDNIGHT + 3653 * DAY)
    assert services.close_day(at=MIDNIGHT + 366 * DAY) is not None


def test_a_clock_set_back_by_a_day_is_refused_in_plain_words_and_nothing_changes() -> None:
    entry()
    services.close_day(at=MIDNIGHT)
    before = list(LedgerEntry.objects.values_list()), list(LedgerHead.objects.values_list())
    with pytest.raises(Refused) as refused:
        entry(organisation="lt-other", recorded=NOW + timedelta(hours=1))
    assert str(refused.value) == (
        "The ledger does not take this entry: recorded: 2026-11-21 is over for the ledger; "
        "the clock says 2026-11-21T13:00:00.000000Z. Check the computer's clock."
    )
    with pytest.raises(Refused, match="lies before the last entry"):
        entry(organisation="lt-other", recorded=NOW - DAY)
    assert services.close_day(at=NOW - DAY) is None
    assert (list(LedgerEntry.objects.values_list()), list(LedgerHead.objects.values_list())) == before


def test_an_act_that_waited_over_midnight_is_recorded_on_the_new_day() -> None:
    entry()
    services.close_day(at=MIDNIGHT)
    waited = MIDNIGHT - timedelta(seconds=1)
    assert ledger.recorded(waited) == MIDNIGHT
    assert entry(organisation="lt-other", recorded=ledger.recorded(waited)).number == 2
    assert ledger.recorded(NOW) == NOW  # that is a clock to be looked at


def test_a_ledger_that_is_older_than_heads_gets_them_with_the_next_entry() -> None:
    for day in range(4):
        entry(organisation=f"lt-{day}", recorded=NOW + day // 2 * 3 * DAY)
    with lifted():
        LedgerHead.objects.all().delete()
    assert not services.verify().intact
    entry(organisation="lt-last", recorded=NOW + 9 * DAY)
    assert closed() == [(date(2026, 11, 23), 2), (date(2026, 11, 29), 4)]


def test_a_ledger_that_is_older_than_heads_gets_them_by_night() -> None:
    for day in range(2):
        entry(organisation=f"lt-{day}", recorded=NOW + day * DAY)
    with lifted():
        LedgerHead.objects.all().delete()
    services.close_day(at=MIDNIGHT + DAY)
    assert closed() == [(date(2026, 11, 21), 1), (date(2026, 11, 22), 2)]


def test_a_lost_key_closes_no_day(touchstone_home: Path) -> None:
    entry()
    (touchstone_home / "keys" / "private.pem").unlink()
    with pytest.raises(Refused, match=r"The ledger's day is not closed: .*there is no private key"):
        services.close_day(at=MIDNIGHT)
    assert services.heads() == ()


def test_entries_that_came_while_a_ledger_was_checked_are_no_fault() -> None:
    """The heads are read after the entries, and may know more of them."""
    entry()
    checked = ledger.check_entries()
    entry(organisation="lt-other", recorded=MIDNIGHT)
    entry(organisation="lt-third", recorded=MIDNIGHT + DAY)
    assert ledger._head_fault(checked, known=0) is None
