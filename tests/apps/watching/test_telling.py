"""From the ledger to the letters: each thing once, to who watches it, and no sooner than it is confirmed."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from factories.apps import NOW, entry
from factories.watching import ADDRESS, HOOK, watch
from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.watching import telling
from touchstone.apps.watching.models import Reached, Telling, Watch
from touchstone.apps.watching.telling import LETTERS_A_DAY, LINES, gather, remind, write_letters
from touchstone.core.labels.model import EntryKind, LabelLevel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NO_PERIOD: dict[str, Any] = {
    "level": None, "valid_from": None, "valid_until": None, "renewable_until": None, "effective": NOW.date(),
}  # fmt: skip


@pytest.fixture(autouse=True)
def begun() -> None:
    """The ledger has been gone through, as it was: empty."""
    gather(at=NOW)


def told() -> list[tuple[str, int | None]]:
    """Whose watch is told which entry."""
    return [(one.watch.address, one.entry) for one in Telling.objects.select_related("watch")]


def test_each_entry_of_what_is_watched_is_noted_once() -> None:
    watch("lt-amber")
    entry()
    entry(organisation="lt-other")
    entry(kind=EntryKind.RENAME, name="New", **NO_PERIOD)
    assert [gather(at=NOW), gather(at=NOW)] == [2, 0]
    assert told() == [(ADDRESS, 1), (ADDRESS, 3)]


def test_going_through_the_ledger_again_tells_nothing_twice() -> None:
    watch("lt-amber")
    entry()
    gather(at=NOW)
    Reached.objects.update(number=0)
    assert (gather(at=NOW), told()) == (0, [(ADDRESS, 1)])


def test_a_long_ledger_is_gone_through_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "A_TURN", 2)
    watch("lt-amber")
    for _ in range(3):
        entry()
    assert [gather(at=NOW), gather(at=NOW), gather(at=NOW)] == [2, 1, 0]


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed": None},
        {"stopped": NOW},
        {"since": 1},
        {"webhook": HOOK, "answered": None},
    ],
)
def test_who_has_not_confirmed_or_came_later_is_told_nothing(fields: dict[str, Any]) -> None:
    watch("lt-amber", **fields)
    entry()
    assert gather(at=NOW) == 0


@pytest.mark.parametrize(
    ("part", "is_told"),
    [
        ({"country": "LT"}, True),
        ({"country": "PL"}, False),
        ({"portfolio": "ict"}, True),
        ({"portfolio": "food"}, False),
        ({"level": "silver"}, True),
        ({"level": "bronze"}, False),
        ({"country": "LT", "portfolio": "ict", "level": "silver"}, True),
        ({"country": "LT", "portfolio": "ict", "level": "gold"}, False),
        ({}, False),
    ],
)
def test_a_part_of_the_register_is_watched(part: dict[str, str], is_told: bool) -> None:
    watch(**part)
    entry(level=LabelLevel.SILVER)
    assert bool(gather(at=NOW)) is is_told


def test_an_entry_without_a_level_is_about_every_level_that_was_held() -> None:
    watch(level="bronze")
    watch(level="gold", address="gold@example.org")
    entry()
    entry(kind=EntryKind.RENAME, name="New", **NO_PERIOD)
    gather(at=NOW)
    assert told() == [(ADDRESS, 1), (ADDRESS, 2)]


def test_a_merger_is_told_to_who_watches_what_comes_of_it_and_once() -> None:
    watch("lt-new")
    watch("lt-amber", "lt-new", address="both@example.org")
    entry()
    entry(kind=EntryKind.MERGER, others=("lt-new",), **NO_PERIOD)
    gather(at=NOW)
    assert sorted(told()) == [("both@example.org", 1), ("both@example.org", 2), (ADDRESS, 2)]


def test_a_letter_says_all_that_is_new_and_how_to_stop_it() -> None:
    made = watch("lt-amber")
    entry()
    entry(kind=EntryKind.SUSPENSION, reason="Fees", **NO_PERIOD)
    gather(at=NOW)
    assert [write_letters(at=NOW), write_letters(at=NOW)] == [1, 0]
    (letter,) = OutgoingLetter.objects.all()
    assert letter.text.startswith(
        "Amber Cluster: the Bronze label was awarded, valid from 12 October 2026 until 31 October 2028. "
        "(Ledger entry 1.)\n\nAmber Cluster: every label was suspended as of 21 November 2026. Reason: Fees "
        "(Ledger entry 2.)\n\n"
    )
    stop = letter.headers["List-Unsubscribe"].strip("<>")
    assert (letter.to, letter.about, letter.subject) == (ADDRESS, made.handle.hex, "2 changes of labels")
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Stop it: {stop}\n" in letter.text


def test_a_letter_about_one_thing_is_called_by_it() -> None:
    watch("lt-amber")
    entry(name="Amber\nCluster" + "x" * 100)
    gather(at=NOW)
    write_letters(at=NOW)
    subject = OutgoingLetter.objects.get().subject
    assert (len(subject), subject[:14], subject[-1]) == (100, "Amber Clusterx", "…")


def test_an_address_gets_a_few_letters_a_day_and_the_rest_the_day_after() -> None:
    watch("lt-amber")
    for turn in range(LETTERS_A_DAY + 2):
        entry(recorded=NOW + turn * timedelta(minutes=1))
        gather(at=NOW)
        write_letters(at=NOW)
    assert OutgoingLetter.objects.count() == LETTERS_A_DAY
    assert Telling.objects.filter(handed=None).count() == 2
    assert write_letters(at=NOW + DAY) == 1
    assert OutgoingLetter.objects.first().subject == "2 changes of labels"  # type: ignore[union-attr]  # there is


def test_a_long_story_is_told_in_several_letters() -> None:
    made = watch("lt-amber")
    entry()
    Telling.objects.bulk_create(
        Telling(
            watch=made, organisation="lt-amber", level="bronze", ends=date(2028, 10, 31), days=days, made=NOW
        )
        for days in range(LINES + 1)
    )
    assert [write_letters(at=NOW) for _ in range(3)] == [1, 1, 0]


def test_what_another_process_has_told_meanwhile_is_not_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    watch("lt-amber")
    entry()
    gather(at=NOW)
    (made,) = Watch.objects.all()
    stale = list(made.tellings.filter(handed=None))
    assert write_letters(at=NOW) == 1
    assert Telling.objects.filter(pk__in=[one.pk for one in stale], handed=None).update(handed=NOW) == 0
    assert telling._written(made, NOW) is False
    assert OutgoingLetter.objects.count() == 1


def reminders() -> list[tuple[str, int | None]]:
    return [(str(one.ends), one.days) for one in Telling.objects.filter(entry=None)]


END = date(2028, 10, 31)


@pytest.mark.parametrize(
    ("left", "expected"),
    [(91, []), (90, [90]), (31, [90]), (30, [30]), (1, [30]), (0, [30]), (-1, [])],
)
def test_an_end_is_told_at_the_days_before_it_that_are_set(left: int, expected: list[int]) -> None:
    entry()
    watch("lt-amber", since=1)
    at = NOW.replace(year=END.year, month=END.month, day=END.day) - left * DAY
    remind(at=at)
    assert reminders() == [(str(END), days) for days in expected]


def test_each_reminder_comes_once_for_an_end_and_anew_for_a_new_end() -> None:
    entry()
    watch("lt-amber", since=1)
    at = NOW.replace(year=2028, month=8, day=10)
    made = [remind(at=at + day * DAY) for day in range(85)]
    assert (sum(made), made[0], reminders()) == (2, 1, [(str(END), 90), (str(END), 30)])
    later = END.replace(year=2031)
    entry(kind=EntryKind.RENEWAL, valid_from=END + DAY, valid_until=later, renewable_until=later, recorded=at)
    assert remind(at=at + 80 * DAY) == 0
    assert remind(at=NOW.replace(year=2031, month=10, day=15)) == 1


def test_a_label_that_is_suspended_or_not_watched_is_not_reminded_of() -> None:
    entry()
    entry(organisation="lt-other")
    watch("lt-amber", since=2)
    entry(kind=EntryKind.SUSPENSION, **NO_PERIOD)
    assert remind(at=NOW.replace(year=2028, month=10, day=15)) == 0


def test_a_reminder_that_was_not_told_in_time_is_left_out() -> None:
    entry()
    watch("lt-amber", since=1)
    remind(at=NOW.replace(year=2028, month=10, day=30))
    assert write_letters(at=NOW.replace(year=2028, month=11, day=2)) == 0
    assert (OutgoingLetter.objects.count(), Telling.objects.filter(handed=None).count()) == (0, 0)


def test_nobody_is_reminded_where_no_days_are_set(settings: Settings) -> None:
    settings.TOUCHSTONE_REMIND_DAYS = []
    entry()
    watch("lt-amber")
    assert remind(at=NOW.replace(year=2028, month=10, day=30)) == 0


def test_a_reminder_is_said_in_words() -> None:
    entry()
    watch("lt-amber", since=1)
    at = NOW.replace(year=2028, month=10, day=21)
    remind(at=at)
    write_letters(at=at)
    assert OutgoingLetter.objects.get().text.startswith(
        "Amber Cluster: the Bronze label ends on 31 October 2028, in 10 days, unless it is renewed.\n"
    )


def test_an_organisation_that_the_register_lost_is_called_by_its_key() -> None:
    made = watch("lt-amber")
    note = Telling(watch=made, organisation="lt-amber", level="bronze", ends=END, days=30, made=NOW)
    assert telling.name_of(note) == "lt-amber"
