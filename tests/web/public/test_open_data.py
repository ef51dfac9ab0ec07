"""The open data for everybody: the page, the files, their description."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from factories.apps import NOW, entry
from factories.opened import register
from factories.pages import heading, links, text
from touchstone.apps.register.opening import dump, open_files

pytestmark = pytest.mark.django_db
NAMES = ["register.csv", "register.jsonl", "register.parquet", "labels.csv", "labels.jsonl", "labels.parquet"]


def test_without_a_label_the_page_says_how_the_first_file_comes_about(settings: Settings) -> None:
    page = Client().get("/data/")
    assert (page.status_code, heading(page), links(page)) == (200, "Open data", [])
    assert f"They will be given under {settings.TOUCHSTONE_DATA_LICENCE}." in text(page)


def test_the_page_leads_to_each_file_and_says_when_and_on_what_terms(settings: Settings) -> None:
    settings.TOUCHSTONE_CONTACT = "labels@example.org"
    register()
    page = Client().get("/data/")
    assert links(page) == [
        *(f"/data/{name}" for name in NAMES), settings.TOUCHSTONE_DATA_LICENCE_ADDRESS,
        "mailto:labels@example.org", "/api/", "/data/catalogue.jsonld", "/data/catalogue.ttl",
    ]  # fmt: skip
    assert "Made on 21 November 2026 at 12:00 UTC." in text(page)
    assert "(2026): Register of labels, version 1.0, as of 21 November 2026." in text(page)


def test_earlier_days_are_led_to() -> None:
    entry()
    dump(at=NOW)
    assert [link for link in links(Client().get("/data/")) if "2026" in link] == [
        "/data/2026-11-21/register.csv",
        "/data/2026-11-21/labels.csv",
    ]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("register.csv", "text/csv; charset=utf-8"),
        ("labels.jsonl", "application/jsonl"),
        ("labels.parquet", "application/vnd.apache.parquet"),
    ],
)
def test_a_file_is_given_as_it_lies_on_disk(name: str, media_type: str) -> None:
    entry()
    response = Client().get(f"/data/{name}")
    content = next(file.path.read_bytes() for file in open_files(at=NOW) if file.name == name)
    told = ("Content-Type", "Content-Disposition", "Access-Control-Allow-Origin", "Content-Length")
    assert response.getvalue() == content
    assert [response[header] for header in told] == [
        media_type, f'attachment; filename="{name}"', "*", str(len(content)),
    ]  # fmt: skip


def test_a_file_that_has_not_changed_is_not_sent_again() -> None:
    entry()
    first = Client().get("/data/register.csv")
    assert first.getvalue() != b""
    again = Client().get("/data/register.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])


def test_a_kept_file_stays_as_it_was() -> None:
    entry()
    dump(at=NOW)
    entry(organisation="lt-second", name="Second")
    rows = list(
        csv.DictReader(io.StringIO(Client().get("/data/2026-11-21/register.csv").getvalue().decode()))
    )
    assert [row["organisation"] for row in rows] == ["lt-amber"]


@pytest.mark.parametrize(
    "address",
    [
        "/data/register.xlsx",
        "/data/../settings",
        "/data/2026-02-30/register.csv",
        "/data/2020-01-01/labels.csv",
    ],
)
def test_where_there_is_no_such_file_nothing_is_given(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_day_as_part_of_an_address_reads_as_it_is_written() -> None:
    from touchstone.web.public.open_data.converting import Day

    assert Day().to_python(Day().to_url(date(2026, 11, 21))) == date(2026, 11, 21)


def test_the_catalogue_tells_each_file_with_its_size() -> None:
    register()
    response = Client().get("/data/catalogue.jsonld")
    files = [one for dataset in response.json()["dcat:dataset"] for one in dataset["dcat:distribution"]]
    assert response["Content-Type"] == "application/ld+json"
    assert [(one["dcat:downloadURL"]["@id"], int(one["dcat:byteSize"]["@value"])) for one in files] == [
        (f"http://localhost:8000/data/{file.name}", file.size) for file in open_files(at=NOW)
    ]


def test_the_catalogue_is_there_as_turtle_too() -> None:
    response = Client().get("/data/catalogue.ttl")
    assert (response["Content-Type"], response.content.count(b"dcat#Distribution>")) == (
        "text/turtle; charset=utf-8",
        6,
    )
