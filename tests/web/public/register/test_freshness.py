import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.http import parse_http_date

from factories.apps import PersonFactory
from factories.registered import labelled
from touchstone.web.public.register.freshness import ledger_state, remembered

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "/register/", "/register/?q=cluster", "/register/map/", "/register/countries/LT/",
    "/register/lt-cluster-1/", "/register/feed.atom", "/register/lt-cluster-1/feed.atom", "/sitemap.xml",
    "/sitemap-1.xml", "/sitemap-2.xml", "/robots.txt",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_may_be_kept_a_minute_and_asked_about_again(client: Client, address: str) -> None:
    labelled(1)
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=60"
    labelled(2)
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_the_answer_that_nothing_changed_asks_one_question(
    client: Client, django_assert_num_queries: object
) -> None:
    labelled(1)
    tag = client.get("/register/")["ETag"]
    with django_assert_num_queries(1):  # type: ignore[operator]  # a context manager of pytest-django
        client.get("/register/", headers={"if-none-match": tag})


def test_addresses_and_days_have_tags_of_their_own(client: Client, settings: LazySettings) -> None:
    labelled(1)
    tags = {client.get(address)["ETag"] for address in PAGES}
    assert len(tags) == len(PAGES)


def test_the_page_of_who_has_signed_in_is_kept_by_nobody_else(client: Client) -> None:
    client.force_login(PersonFactory())
    page = client.get("/register/")
    assert page["Cache-Control"] == "private, max-age=0"
    assert "ETag" not in page
    assert "Cookie" in page["Vary"]


def test_what_is_not_there_is_not_kept(client: Client) -> None:
    page = client.get("/register/lt-unknown/")
    assert (page.status_code, "Cache-Control" in page) == (404, False)


def test_while_developing_every_page_is_made_anew(client: Client, settings: LazySettings) -> None:
    settings.DEBUG = True
    assert "ETag" not in client.get("/register/")


def test_a_feed_says_when_it_last_changed(client: Client) -> None:
    recorded = labelled(1).act.recorded
    answer = client.get("/register/feed.atom")
    assert parse_http_date(answer["Last-Modified"]) == int(recorded.timestamp())


def test_the_state_is_that_of_the_last_entry() -> None:
    assert ledger_state() == ""
    entry = labelled(1)
    assert ledger_state() == entry.hash


def test_what_was_reckoned_holds_for_the_state_it_was_reckoned_in() -> None:
    asked: list[int] = []

    @remembered
    def doubled(number: int) -> int:
        asked.append(number)
        return 2 * number

    answers = [doubled("one", 4), doubled("one", 4), doubled("two", 4), doubled("one", 5)]
    assert answers == [8, 8, 8, 10]
    assert asked == [4, 4, 5]
