from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.models import Sum
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from factories.apps import NOW, TODAY
from touchstone.apps.badges.models import Sighting
from touchstone.apps.badges.services import Tally, forget, host_of
from touchstone.apps.badges.sightings import HOSTS_A_DAY, TOGETHER

HOST = "www.cluster.example"


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://www.cluster.example/about/label?visitor=jan#top", "www.cluster.example"),
        ("https://WWW.Cluster.Example:8443/", "www.cluster.example"),
        ("https://jan:secret@cluster.example/", "cluster.example"),
        ("https://xn--d-rga.xn--p1ai/", "xn--d-rga.xn--p1ai"),
        ("", ""),
        ("no address", ""),
        ("https://localhost/", ""),
        ("https://intranet/", ""),
        ("http://192.168.1.7/", ""),
        ("http://[2001:db8::1]/", ""),
        ("http://[broken/", ""),
        ("https://cluster_example.com/", ""),
        ("https://-cluster.example/", ""),
        ("https://cluster..example/", ""),
        ("https://<script>.example/", ""),
        ("https://кластер.example/", ""),
        ("data:text/html,cluster.example", ""),
        (f"https://{'a' * 64}.example/", ""),
        (f"https://{'a.' * 130}example/", ""),
    ],
)
def test_of_a_referring_page_only_the_name_of_its_host_is_taken(referrer: str, host: str) -> None:
    assert host_of(referrer) == host


@given(st.text(max_size=3000))
def test_any_referrer_gives_a_short_plain_name_or_none(referrer: str) -> None:
    host = host_of(referrer)
    assert len(host) <= 253
    assert host == "" or set(host) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")


@pytest.mark.django_db
class TestTally:
    @staticmethod
    def counted() -> list[tuple[str, str, date, int]]:
        return list(Sighting.objects.values_list("organisation", "host", "day", "count"))

    def test_a_host_s_first_request_is_written_at_once_and_further_ones_together(self) -> None:
        tally, later = Tally(), NOW + timedelta(seconds=59)
        for at in (NOW, NOW, later):
            tally.note("lt-amber", HOST, at=at)
        assert self.counted() == [("lt-amber", HOST, TODAY, 1)]
        tally.note("lt-amber", HOST, at=NOW + timedelta(seconds=60))
        assert self.counted() == [("lt-amber", HOST, TODAY, 4)]

    def test_a_new_host_takes_the_waiting_counts_of_the_others_along(self) -> None:
        tally = Tally()
        for organisation, host in [("a", HOST), ("a", HOST), ("b", "other.example")]:
            tally.note(organisation, host, at=NOW)
        assert self.counted() == [("a", HOST, TODAY, 2), ("b", "other.example", TODAY, 1)]

    def test_each_day_is_counted_for_itself(self) -> None:
        tally, tomorrow = Tally(), NOW + timedelta(days=1)
        tally.note("lt-amber", HOST, at=NOW)
        tally.note("lt-amber", HOST, at=NOW)
        tally.note("lt-amber", HOST, at=tomorrow)
        assert self.counted() == [
            ("lt-amber", HOST, TODAY, 2),
            ("lt-amber", HOST, TODAY + timedelta(days=1), 1),
        ]

    def test_a_clock_that_is_set_back_does_not_stop_the_writing(self) -> None:
        tally = Tally()
        tally.note("lt-amber", HOST, at=NOW)
        tally.note("lt-amber", HOST, at=NOW - timedelta(hours=1))
        assert self.counted() == [("lt-amber", HOST, TODAY, 2)]

    def test_hosts_beyond_the_bound_of_a_day_are_counted_together(self) -> None:
        tally = Tally()
        for number in range(HOSTS_A_DAY + 5):
            tally.note("lt-amber", f"host-{number}.example", at=NOW)
        tally.note("lt-amber", "host-0.example", at=NOW + timedelta(minutes=1))
        counts = {host: count for _, host, _, count in self.counted()}
        assert (len(counts), counts[TOGETHER], counts["host-0.example"]) == (HOSTS_A_DAY + 1, 5, 2)

    def test_the_bound_holds_for_all_processes_together(self) -> None:
        for number in range(HOSTS_A_DAY + 5):
            Tally().note("lt-amber", f"host-{number}.example", at=NOW)
        assert dict(Sighting.objects.values_list("host", "count"))[TOGETHER] == 5
        assert Sighting.objects.count() == HOSTS_A_DAY + 1

    @override_settings(TOUCHSTONE_MISUSE_DAYS=30)
    def test_old_counts_are_forgotten_when_a_day_begins(self) -> None:
        for days in (30, 31):
            Sighting.objects.create(organisation="a", host=HOST, day=TODAY - timedelta(days=days), count=1)
        Tally().note("lt-amber", HOST, at=NOW)
        assert [day for _, _, day, _ in self.counted()] == [TODAY - timedelta(days=30), TODAY]

    def test_forgetting_can_be_asked_for(self) -> None:
        Sighting.objects.create(organisation="a", host=HOST, day=date(2020, 1, 1), count=1)
        forget(on=TODAY)
        assert self.counted() == []

    def test_what_cannot_be_written_is_told_in_the_log_and_stops_nobody(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        def refuse(execute: Callable[..., Any], *arguments: Any) -> Any:
            # Any: as Django calls it.
            if arguments[0].startswith("INSERT"):
                raise DatabaseError("the disk is full")
            return execute(*arguments)

        with connection.execute_wrapper(refuse):
            Tally().note("lt-amber", HOST, at=NOW)
        assert self.counted() == []
        assert [record.message for record in caplog.records] == ["A misused badge could not be counted."]


@pytest.mark.django_db(transaction=True)
def test_threads_that_count_at_once_lose_nothing() -> None:
    tally = Tally()

    def count() -> None:
        for second in range(20):
            tally.note("lt-amber", HOST, at=NOW + timedelta(seconds=61 * second))
        connection.close()

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.note("lt-amber", "last.example", at=NOW)
    assert Sighting.objects.filter(host=HOST).aggregate(all=Sum("count"))["all"] == 80
