"""`touchstone register export`: a whole register as files, its links, its search, and what it refuses."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Browser, expect
from pytest_django import Settings

from factories.apps import entry
from factories.browser import Visitor
from factories.exported import SAME, Exported, exported
from factories.exports import tree
from factories.guards import lifted
from touchstone.apps.register.models import LedgerEntry
from touchstone.config.urls import urlpatterns as own_addresses
from touchstone.core.labels.names import fold

from .conftest import Touchstone

# One process of a parallel run makes the export, and only one.
pytestmark = pytest.mark.xdist_group("browser")

HOME = "http://localhost:8000"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return exported(tmp_path_factory.mktemp("export"))


def pages(export: Exported) -> Iterator[Path]:
    return export.folder.rglob("*.html")


class Links(HTMLParser):
    """Collects where a page leads, by another reader than the one that turned its links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.forms += tag == "form"
        given = dict(attrs)
        if given.get("rel") != "canonical":
            self.found += [value for name in ("href", "src", "srcset") if (value := given.get(name))]


def read(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def test_an_export_says_of_which_day_it_is(export: Exported) -> None:
    assert json.loads((export.folder / "touchstone-export.json").read_text())["day"] == "2026-11-21"


def test_every_link_of_every_page_leads_to_a_file(export: Exported) -> None:
    astray = []
    for page in pages(export):
        here = f"{HOME}/{page.relative_to(export.folder).as_posix().removesuffix('index.html')}"
        for link in read(page).found:
            there = urlsplit(urljoin(here, link))
            if f"{there.scheme}://{there.netloc}" != HOME or there.path == "/did.json":
                continue
            file = export.folder / unquote(there.path[1:])
            if (
                there.query
                or not (file / "index.html" if link.partition("#")[0].endswith("/") else file).exists()
            ):
                astray.append(f"{here}: {link}")
    assert (astray, len(list(pages(export))) > 100) == ([], True)


def test_no_form_is_left_that_nobody_would_answer(export: Exported) -> None:
    assert [str(page) for page in pages(export) if read(page).forms] == []


@pytest.mark.parametrize("address", SAME)
def test_a_file_is_what_the_application_answers(export: Exported, address: str) -> None:
    assert (export.folder / address[1:]).read_bytes() == (export.live / address[1:]).read_bytes() != b""


def test_answers_for_programs_are_there(export: Exported) -> None:
    status = json.loads((export.folder / "api/v1/organisations/lt-amber/status.json").read_text())
    # It is so since a merger into it took effect, and is known since that was entered.
    assert (status["level"], status["status"], status["on"]) == ("gold", "valid", "2026-11-15")
    assert status["known"] == "2026-11-21T12:00:00.000000Z"


def test_two_processes_make_what_one_does(export: Exported) -> None:
    assert tree(export.by_two) == tree(export.by_one) != {}


def test_pages_of_organisations_say_no_day_and_a_script_says_it(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.address}/register/lt-amber/")
    expect(visitor.page.locator(".static-copy")).to_have_text(
        "A copy made on 2026-11-21. It says what was so that day."
    )


def test_the_list_of_names_holds_every_organisation(export: Exported) -> None:
    index = json.loads((export.folder / "search/index.json").read_text())
    shards = [json.loads((export.folder / shard[1:]).read_text()) for shard in index["shards"]]
    rows = [row for shard in shards for row in shard]
    assert [(row[0], row[6]) for row in rows] == [
        ("de-new", "altere gasse neue strasse"), ("lt-amber", "amber cluster"),
        ("pl-lodz", "klaster lodz ict"), ("ee-one", "one"), ("lt-stopped", "stopped cluster"),
        ("lv-taken", "taken cluster"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def address(export: Exported) -> Iterator[str]:
    """A web server that knows nothing but files."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(export.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor(address: str, chromium: Browser) -> Iterator[Visitor]:
    context = chromium.new_context()
    opened = Visitor(context.new_page(), address)
    opened.listen()
    yield opened
    context.close()
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lodz", ["=Klaster „Łódź”, ICT"]),
        ("ŁÓDŹ klast", ["=Klaster „Łódź”, ICT"]),
        ("straße", ["Ältere Gasse"]),
        ("gasse altere", ["Ältere Gasse"]),
        ("stoped clus", ["Stopped Cluster"]),
        ("cluster", ["Amber Cluster", "Stopped Cluster", "Taken | Cluster"]),
        ("x", []),
        ("nobody", []),
    ],
)
def test_the_search_forgives_as_the_register_does(visitor: Visitor, typed: str, found: list[str]) -> None:
    visitor.page.goto(f"{visitor.address}/register/")
    visitor.page.get_by_label("Name of the organisation").fill(typed)
    expect(visitor.page.locator(".static-found a")).to_have_text(found)
    said = "No organisation matches. Try one word of the name." if not found else ""
    expect(visitor.page.locator("[data-static-search] [role=status]")).to_have_text(said)


@pytest.mark.parametrize("place", ["/", "/register/", "/register/lt-amber/", "/data/", "/api/", "/verify/"])
def test_an_exported_page_holds_for_everybody(visitor: Visitor, place: str) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 800})
    visitor.open(place)


def test_the_script_folds_a_name_as_the_register_does(visitor: Visitor) -> None:
    names = [
        "KOM - Klaster Obróbki Metali", "BM³ Straße", "Pleszew's Boiler", "Ørsted Þór Æther", "Łódź", "ﬁne",
        "Ελληνικό Σύστημα", "Кластер Щука Ёж", "İstanbul ığ", "Å̊ngström", "a_b—c", "Ⅻ ½", "ŉ",
    ]  # fmt: skip
    visitor.page.goto(f"{visitor.address}/register/")
    folded = visitor.page.evaluate(
        """async names => {
            const { folder } = await import("/static/web/static-search.js");
            const fold = folder((await (await fetch("/search/index.json")).json()).folded);
            return names.map(name => fold(name).join(" "));
        }""",
        names,
    )
    assert folded == [fold(name) for name in names]


def elsewhere(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("robots.txt", elsewhere), *own_addresses]  # is none of the public pages


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
def test_what_would_be_missing_is_named_and_nothing_is_replaced(
    touchstone: Touchstone, tmp_path: Path
) -> None:
    entry()
    place = tmp_path / "public"
    done = touchstone("register", "export", place, "--jobs", "1")
    assert (done.code, [one.name for one in tmp_path.iterdir()]) == (1, [".public.export"])
    assert done.out.splitlines() == [
        "/robots.txt: has no file",
        f"{place}: 1 fault; what lay there is as it was",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_damaged_ledger_is_not_exported(touchstone: Touchstone, tmp_path: Path) -> None:
    entry()
    with lifted():
        LedgerEntry.objects.update(document="{}")
    done = touchstone("register", "export", tmp_path / "public", "--jobs", "1")
    assert (done.code, "entry 1: its act cannot be read" in done.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_an_application_that_does_not_know_its_own_address_is_told_so(
    touchstone: Touchstone, tmp_path: Path, settings: Settings
) -> None:
    settings.TOUCHSTONE_ADDRESS = "https://labels.example.org"
    done = touchstone("register", "export", tmp_path / "public")
    assert (done.code, "TOUCHSTONE_ALLOWED_HOSTS" in done.err, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.django_db(transaction=True)
def test_somebody_elses_folder_and_an_address_that_is_none_are_refused(
    touchstone: Touchstone, tmp_path: Path
) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    foreign, live = (
        touchstone("register", "export", tmp_path),
        touchstone("register", "export", "x", "--live", "app"),
    )
    assert (foreign.code, str(tmp_path) in foreign.err, live.code, "--live" in live.err) == (2, True, 2, True)
