from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.registered import ended, happened, labelled, many
from touchstone.core.labels.model import EntryKind, LabelLevel
from touchstone.web.public.register import feed_views

pytestmark = pytest.mark.django_db

ATOM = {"": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def address(settings: LazySettings) -> None:
    settings.TOUCHSTONE_ADDRESS = "https://labels.example"


def feed(response: HttpResponse) -> ET.Element:
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def texts(element: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path, ATOM)]


def test_it_tells_what_happened_the_newest_first(client: Client) -> None:
    labelled(1)
    labelled(2)
    happened(1, EntryKind.SUSPENSION, level=LabelLevel.BRONZE, reason="Accounts are missing.")
    happened(1, EntryKind.MERGER, others=("lt-cluster-2",))
    wrong = labelled(3, **ended(date(2015, 2, 11)))
    happened(
        3, EntryKind.CORRECTION, level=LabelLevel.BRONZE, corrects=wrong.number, effective=date(2013, 2, 12)
    )
    found = feed(client.get("/register/feed.atom"))
    assert texts(found, "entry/title") == [
        "Cluster 3: Corrected: Bronze",
        "Cluster 3: Awarded: Bronze",
        "Cluster 1: Merged into Cluster 2",
        "Cluster 1: Suspended: Bronze",
        "Cluster 2: Awarded: Bronze",
        "Cluster 1: Awarded: Bronze",
    ]
    assert texts(found, "entry/content") == [
        "In effect from 12 February 2013. It corrects ledger entry 5.",
        "Valid from 11 February 2013 to 11 February 2015.",
        "In effect from 21 November 2026.",
        "In effect from 21 November 2026. Accounts are missing.",
        "Valid from 12 October 2026 to 31 October 2028.",
        "Valid from 12 October 2026 to 31 October 2028.",
    ]


def test_it_names_itself_and_the_page_by_their_addresses(client: Client) -> None:
    labelled(1)
    found = feed(client.get("/register/feed.atom?country=LT&sort=until"))
    assert texts(found, "id") == ["https://labels.example/register/feed.atom?country=LT"]
    assert [link.attrib["href"] for link in found.findall("link", ATOM)] == [
        "https://labels.example/register/feed.atom?country=LT",
        "https://labels.example/register/?country=LT",
    ]
    assert texts(found, "updated") == ["2026-11-21T12:00:00.000000Z"]
    assert [link.attrib["href"] for link in found.findall("entry/link", ATOM)] == [
        "https://labels.example/register/lt-cluster-1/"
    ]


def test_ids_stay_whatever_the_installation_is_called(client: Client, settings: LazySettings) -> None:
    labelled(1)
    labelled(2)
    before = texts(feed(client.get("/register/feed.atom")), "entry/id")
    settings.TOUCHSTONE_ADDRESS = "https://elsewhere.example"
    after = texts(feed(client.get("/register/feed.atom")), "entry/id")
    assert before == after
    assert len(set(before)) == 2
    assert all(id.startswith("urn:uuid:") for id in before)


def test_the_same_ledger_gives_the_same_bytes(client: Client) -> None:
    labelled(1)
    assert client.get("/register/feed.atom").content == client.get("/register/feed.atom").content


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?country=PL", ["Cluster 2"]),
        ("?q=cluster+1", ["Cluster 1"]),
        ("?level=gold", []),
        ("?level=zebra", None),
    ],
)
def test_it_keeps_the_filters_of_the_list(client: Client, query: str, found: list[str] | None) -> None:
    labelled(1)
    labelled(2, country="PL")
    titles = texts(feed(client.get(f"/register/feed.atom{query}")), "entry/title")
    every = ["Cluster 2", "Cluster 1"] if found is None else found
    assert titles == [f"{name}: Awarded: Bronze" for name in every]


def test_an_organisation_has_its_own(client: Client) -> None:
    labelled(1)
    labelled(2)
    found = feed(client.get("/register/lt-cluster-1/feed.atom"))
    assert texts(found, "title") == ["Label of Cluster 1"]
    assert texts(found, "entry/title") == ["Cluster 1: Awarded: Bronze"]
    assert texts(found, "entry/author/name") == ["EUCLES"]


def test_who_has_no_entry_has_no_feed(client: Client) -> None:
    assert client.get("/register/lt-unknown/feed.atom").status_code == 404


def test_an_empty_ledger_has_an_empty_feed(client: Client) -> None:
    found = feed(client.get("/register/feed.atom"))
    assert (texts(found, "entry"), texts(found, "updated")) == ([], ["2010-01-01T00:00:00.000000Z"])


def test_it_ends_after_the_newest(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_views, "NEWEST", 2)
    many(3)
    titles = texts(feed(client.get("/register/feed.atom")), "entry/title")
    assert titles == ["Cluster 2: Awarded: Bronze", "Cluster 1: Awarded: Bronze"]


def test_letters_that_no_reader_takes_do_not_break_it(client: Client) -> None:
    labelled(1, name="Bell \x07 & <Tower>\ufffe", reason="<b>\x00</b>")
    assert texts(feed(client.get("/register/feed.atom")), "entry/title") == [
        "Bell \ufffd & <Tower>\ufffd: Awarded: Bronze"
    ]


@pytest.mark.parametrize("entries", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(entries):
        labelled(number, actor=f"a committee for a feed {entries}")
        happened(number, EntryKind.SPLIT, others=("lt-cluster-8", "lt-cluster-9"))
    with django_assert_num_queries(6):
        client.get("/register/feed.atom")
