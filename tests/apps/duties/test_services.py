"""Duties: one process at a time, a failing one stops no other."""

from datetime import UTC, datetime, timedelta

import pytest

from touchstone.apps.duties.models import Duty
from touchstone.apps.duties.services import LEASE, Due, State, do, do_all

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def done(_: datetime) -> str:
    return "three things"


def nothing(_: datetime) -> str:
    return ""


def broken(_: datetime) -> str:
    raise ZeroDivisionError("by nought")


def test_each_duty_is_told_and_a_failing_one_stops_no_other() -> None:
    duties = [Due(name="a", work=done), Due(name="b", work=broken), Due(name="c", work=nothing)]
    assert [turn.as_document() for turn in do_all(duties, at=NOW)] == [
        {"duty": "a", "state": "done", "told": "three things"},
        {"duty": "b", "state": "failed", "told": "ZeroDivisionError: by nought"},
        {"duty": "c", "state": "nothing", "told": ""},
    ]
    assert list(Duty.objects.values_list("name", "done", "failed", "failure", "busy_until")) == [
        ("a", NOW, None, "", None),
        ("b", None, NOW, "ZeroDivisionError: by nought", None),
        ("c", NOW, None, "", None),
    ]


def test_a_duty_that_another_process_is_at_is_left_to_it() -> None:
    inner: list[State] = []

    def work(at: datetime) -> str:
        inner.append(do(Due(name="a", work=done), at=at).state)
        return "once"

    assert do(Due(name="a", work=work), at=NOW).state is State.DONE
    assert inner == [State.BUSY]


def killed(at: datetime) -> None:
    """What a process leaves that was killed at its work."""
    Duty.objects.create(name="a", busy_until=at + LEASE)


@pytest.mark.parametrize(
    ("later", "state"),
    [
        (timedelta(0), State.BUSY),
        (LEASE - timedelta(seconds=1), State.BUSY),
        (LEASE, State.DONE),
        (-timedelta(days=1), State.DONE),
    ],
)
def test_a_killed_process_holds_a_duty_no_longer_than_its_lease(later: timedelta, state: State) -> None:
    killed(NOW)
    assert do(Due(name="a", work=done), at=NOW + later).state is state


def test_who_was_taken_for_dead_does_not_release_its_successor() -> None:
    def slow(at: datetime) -> str:
        Duty.objects.filter(name="a").update(claim="0" * 32, busy_until=at + LEASE)
        return "late"

    do(Due(name="a", work=slow), at=NOW)
    assert do(Due(name="a", work=done), at=NOW + timedelta(minutes=1)).state is State.BUSY


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (NOW, NOW + timedelta(hours=11), State.NOTHING),
        (NOW, NOW + timedelta(hours=12), State.DONE),
        (NOW, NOW - timedelta(days=1), State.DONE),  # the clock was set back
    ],
)
def test_a_daily_duty_is_done_once_a_day(first: datetime, second: datetime, state: State) -> None:
    daily = Due(name="a", work=done, daily=True)
    assert [do(daily, at=first).state, do(daily, at=second).state] == [State.DONE, state]


def test_a_daily_duty_that_failed_is_tried_again() -> None:
    assert do(Due(name="a", work=broken, daily=True), at=NOW).state is State.FAILED
    assert do(Due(name="a", work=done, daily=True), at=NOW).state is State.DONE
