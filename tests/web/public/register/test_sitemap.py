from xml.etree import ElementTree as ET

import pytest
from django.conf import LazySettings
from django.test import Client

from factories.registered import labelled, many
from touchstone.web.public.register import sitemap

pytestmark = pytest.mark.django_db

HERE = "https://labels.example"
FIXED = [f"{HERE}{path}" for path in ("/", "/register/", "/register/map/", "/scheme/", "/scheme/rules/")]


@pytest.fixture(autouse=True)
def address(settings: LazySettings) -> None:
    settings.TOUCHSTONE_ADDRESS = HERE


def addresses(client: Client, path: str) -> list[str]:
    root = ET.fromstring(client.get(path).content)
    return [found.text or "" for found in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_index_names_parts_that_hold_every_organisation_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PART", 2)
    many(5)
    labelled(7, country="PL")
    labelled(7, country="PL")  # a second label adds no address
    parts = addresses(client, "/sitemap.xml")
    assert parts == [f"{HERE}/sitemap-{number}.xml" for number in (1, 2, 3, 4)]
    found = [addresses(client, part.removeprefix(HERE)) for part in parts]
    assert found[0] == [*FIXED, f"{HERE}/register/countries/LT/", f"{HERE}/register/countries/PL/"]
    assert [len(part) for part in found[1:]] == [2, 2, 2]
    assert sorted(one for part in found[1:] for one in part) == [
        f"{HERE}/register/lt-cluster-{number}/" for number in (0, 1, 2, 3, 4, 7)
    ]


def test_an_empty_register_has_the_pages_that_are_always_there(client: Client) -> None:
    assert addresses(client, "/sitemap.xml") == [f"{HERE}/sitemap-1.xml"]
    assert addresses(client, "/sitemap-1.xml") == FIXED


@pytest.mark.parametrize("number", [0, 3, 10**20])
def test_a_part_that_is_none_is_not_found(client: Client, number: int) -> None:
    labelled(1)
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is_and_what_to_leave_alone(client: Client) -> None:
    page = client.get("/robots.txt")
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert page.content.decode().splitlines()[-1] == f"Sitemap: {HERE}/sitemap.xml"
    assert "Disallow: /register/?" in page.content.decode().splitlines()
