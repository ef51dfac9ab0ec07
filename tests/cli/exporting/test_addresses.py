"""Which file stands for an address, and that none is forgotten."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from factories.apps import NOW, TODAY
from factories.opened import register
from touchstone.cli.exporting.addresses import (
    LIVE_ONLY,
    always,
    dated,
    file_of,
    of_an_organisation,
    of_the_register,
    organisations,
)

FILES = {
    "/": "index.html",
    "/register/": "register/index.html",
    "/register/?after=pl-a": "register/after/pl-a/index.html",
    "/register/?before=pl-a": "register/before/pl-a/index.html",
    "/register/pl-a/": "register/pl-a/index.html",
    "/register/pl-a/feed.atom": "register/pl-a/feed.atom",
    "/scheme/A3/?lang=lt": "scheme/A3/lt/index.html",
    "/badge/pl-a.svg": "badge/pl-a.svg",
    "/badge/pl-a.svg?size=large&ground=light": "badge/pl-a.svg",
    "/badge/pl-a.png?ground=dark": "badge/pl-a-large-dark.png",
    "/badge/pl-a.svg?size=small&ground=dark": "badge/pl-a-small-dark.svg",
    "/credentials/1.json": "credentials/1.json",
    "/credentials/status/revocation/1": "credentials/status/revocation/1",
    "/.well-known/did.json": ".well-known/did.json",
    "/api/": "api/index.html",
    "/api/v1/openapi.json": "api/v1/openapi.json",
    "/api/v1/organisations/pl-a": "api/v1/organisations/pl-a.json",
    "/api/v1/organisations/pl-a/status": "api/v1/organisations/pl-a/status.json",
    "/data/register.csv": "data/register.csv",
    "/static/web/brand.css": "static/web/brand.css",
}


@pytest.mark.parametrize(("address", "file"), FILES.items())
def test_an_address_has_its_file(address: str, file: str) -> None:
    assert file_of(address) == file


@pytest.mark.parametrize(
    "address",
    [
        "/sign-in/", "/workspace/", "/admin/", "/nowhere/", "/proof/", "/proof/?organisation=pl-a", "/watch/",
        "/register/?q=ict", "/register/?level=gold&after=pl-a", "/register/pl-a/?on=2013-02-23", "/did.json",
        "/badge/pl-a.svg?size=huge", "/badge/pl-a.svg?scale=2", "/scheme/?q=members", "/scheme/?lang=../..",
        "/api/v1/organisations", "/api/v1/organisations/pl-a/status?on=2013-02-23",
        "/credentials/1.json?version=1",
    ],
)  # fmt: skip
def test_what_only_the_application_answers_has_none(address: str) -> None:
    assert file_of(address) is None


def named(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            space = f"{one.namespace}:" if one.namespace else ""
            yield from named(one.url_patterns, f"{before}{space}")
        elif one.name:
            yield f"{before}{one.name}"


@pytest.mark.django_db
def test_every_public_address_is_exported_or_said_to_be_live_only() -> None:
    from datetime import timedelta

    from touchstone.apps.credentials import services as credentials
    from touchstone.apps.register.opening import dump

    register()
    credentials.credential(1, at=NOW + timedelta(0))  # so that there is a status list
    dump(at=NOW)
    some = [*always(), *of_the_register(TODAY)]
    for key in organisations(TODAY):
        some += of_an_organisation(key, [1])
    exported = {resolve(address.partition("?")[0]).view_name for address in some}
    present = {name for name in named(get_resolver().url_patterns) if name.startswith(("public:", "api:"))}
    # Django Ninja's own, which shows nothing; and status, which is answered quickly under another name.
    answered_again = {"api:api-1:api-root", "api:api-1:status"}
    assert (present - exported - LIVE_ONLY - answered_again, exported & LIVE_ONLY) == (set(), set())


def test_an_organisation_has_page_feed_badges_answers_and_its_grants() -> None:
    assert sorted(map(str, map(file_of, of_an_organisation("lt-amber", [1, 2])))) == sorted([
        "register/lt-amber/index.html", "register/lt-amber/feed.atom", "badge/lt-amber.json",
        *(f"badge/lt-amber{look}.{form}" for form in ("svg", "png")
          for look in ("", "-large-dark", "-small-light", "-small-dark")),
        "api/v1/organisations/lt-amber.json", "api/v1/organisations/lt-amber/status.json",
        "api/v1/organisations/lt-amber/history.json",
        *(file for n in (1, 2) for file in (
            f"verify/{n}/index.html", f"credentials/{n}.json", f"credentials/{n}.jwt",
            f"badge/lt-amber/{n}.svg", f"badge/lt-amber/{n}-large-dark.svg", f"badge/lt-amber/{n}.png")),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/api/v1/organisations/pl-a", "?on=2026-11-20&known=2026-11-21T12:00:00.000000Z"),
        ("/api/v1/organisations/pl-a/status", "?on=2026-11-20&known=2026-11-21T12:00:00.000000Z"),
        ("/api/v1/organisations/pl-a/history", "?known=2026-11-21T12:00:00.000000Z"),
        ("/register/pl-a/", ""),
        ("/badge/pl-a.svg?size=small", ""),
    ],
)
def test_what_can_be_asked_as_of_a_day_is_asked_so(address: str, asked: str) -> None:
    assert dated(address, on=date(2026, 11, 20), known=NOW) == address + asked
