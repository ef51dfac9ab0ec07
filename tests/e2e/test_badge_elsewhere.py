"""Badges on pages of another origin, under a policy that allows our host and nothing else."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, Request, expect

from factories.browser import AXE, RULES, RUN, Visit, Visitor
from factories.installation import Installation

KEY = "pl-aviation-valley"
STATE = "Lapsed, ended"  # of its label in the demonstration
# What the browser itself notes where no label is found, at the latest after the test has seen enough.
NOT_FOUND = ["Failed to load resource", "blocked by CORS policy"]
Elsewhere = Callable[..., Visitor]


class _Pages(BaseHTTPRequestHandler):
    """Answers with the one page that the server was given."""

    def do_GET(self) -> None:
        page = self.server.page  # type: ignore[attr-defined]  # set by `elsewhere`
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.server.policy)  # type: ignore[attr-defined]
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def elsewhere(visit: Visit, running: Installation) -> Iterator[Elsewhere]:
    """Opens a page of somebody else's site with a code of ours in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def opened(code: str, *, policy: str = "", expected: Sequence[str] = (), **settings: object) -> Visitor:
        here = running.address
        server.policy = policy or (  # type: ignore[attr-defined]
            f"default-src 'none'; script-src {here}; connect-src {here}; img-src {here}; "
            "require-trusted-types-for 'script'"
        )
        server.page = (  # type: ignore[attr-defined]
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>A cluster</title>'
            f"<main><h1>A cluster</h1>{code.replace('HERE', here)}</main></html>"
        )
        visitor = visit(**settings)
        visitor.expected |= {*expected}
        visitor.page.goto(f"http://localhost:{server.server_port}/about?who=jan")
        return visitor

    yield opened
    server.shutdown()
    server.server_close()


def element(**attributes: str) -> str:
    told = "".join(f' {name}="{value}"' for name, value in {"organisation": KEY, **attributes}.items())
    return (
        f'<script type="module" src="HERE/badge/badge.js"></script><touchstone-badge{told}>'
        f'<a href="HERE/register/{KEY}/"><img src="HERE/badge/{KEY}.svg" alt="Label in the register"'
        ' width="384" height="200"></a></touchstone-badge>'
    )


def drawn(page: Page) -> tuple[int, int]:
    """The natural size of the one image that is shown."""
    image = page.locator("img:visible")
    expect(image).to_have_count(1)
    expect(image).to_have_js_property("complete", True)
    return image.evaluate("image => [image.naturalWidth, image.naturalHeight]")


def test_a_plain_picture_shows_and_leads_to_the_register(visit: Visit, elsewhere: Elsewhere) -> None:
    ours = visit()
    ours.open(f"/register/{KEY}/")
    code = ours.page.locator("#embed").input_value()
    page = elsewhere(code).page
    assert drawn(page) == [384, 200]
    expect(page.get_by_role("link", name="Label of")).to_have_attribute(
        "href", f"{ours.address}/register/{KEY}/"
    )


def test_the_element_says_the_state_of_the_moment(elsewhere: Elsewhere, running: Installation) -> None:
    page = elsewhere(element()).page
    expect(page.get_by_role("img", name=STATE)).to_be_visible()
    address = f"{running.address}/register/{KEY}/"
    expect(page.get_by_role("link", name=STATE)).to_have_attribute("href", address)
    assert drawn(page) == [384, 200]
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []


@pytest.mark.parametrize(
    ("attributes", "scheme", "asked"),
    [
        ({}, "dark", "size=large&ground=light"),
        ({"size": "small"}, "light", "size=small&ground=light"),
        ({"size": "huge", "ground": "dark"}, "light", "size=large&ground=dark"),
        ({"ground": "auto"}, "dark", "size=large&ground=dark"),
        ({"ground": "auto"}, "light", "size=large&ground=light"),
    ],
)
def test_size_and_ground_are_chosen_by_attributes(
    elsewhere: Elsewhere, attributes: Mapping[str, str], scheme: str, asked: str
) -> None:
    page = elsewhere(element(**attributes), color_scheme=scheme).page
    source = page.get_by_role("img", name=STATE).get_attribute("src")
    assert source is not None
    assert f"/badge/{KEY}.svg?{asked}&state=lapsed" in source


def test_it_follows_changes_of_its_attributes(elsewhere: Elsewhere) -> None:
    page = elsewhere(element(), expected=NOT_FOUND).page
    expect(page.get_by_role("img", name=STATE)).to_be_visible()
    page.evaluate("document.querySelector('touchstone-badge').setAttribute('size', 'small')")
    expect(page.get_by_role("img", name=STATE)).to_have_attribute("width", "176")
    page.evaluate("document.querySelector('touchstone-badge').setAttribute('organisation', 'lt-never')")
    expect(page.get_by_role("img", name="Label in the register")).to_be_visible()


def test_no_cookie_is_sent_or_set_and_the_page_decides_what_we_learn_of_it(elsewhere: Elsewhere) -> None:
    asked: list[Request] = []
    page = elsewhere(element(referrerpolicy="no-referrer")).page
    expect(page.get_by_role("img", name=STATE)).to_be_visible()  # so that all it asks for has been asked
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  (Playwright marks its listeners)
    page.reload()
    expect(page.get_by_role("img", name=STATE)).to_be_visible()
    told = [one.all_headers() for one in asked if f"{KEY}.json" in one.url or "state=" in one.url]
    assert [(headers.get("referer", ""), headers.get("cookie", "")) for headers in told] == [("", "")] * 2
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (element(organisation="lt-never"), "Label in the register"),
        (element(organisation="../register"), "Label in the register"),
        (element(referrerpolicy="nonsense"), "Label in the register"),
    ],
)
def test_where_there_is_no_answer_the_picture_inside_is_shown(
    elsewhere: Elsewhere, code: str, words: str
) -> None:
    page = elsewhere(code, expected=NOT_FOUND).page
    expect(page.get_by_role("img", name=words)).to_be_visible()
    assert drawn(page) == [384, 200]


def test_without_scripts_the_picture_inside_is_shown(elsewhere: Elsewhere) -> None:
    page = elsewhere(element(), java_script_enabled=False).page
    expect(page.get_by_role("img", name="Label in the register")).to_be_visible()


def test_where_a_page_forbids_the_picture_the_state_stands_there_in_words(
    elsewhere: Elsewhere, running: Installation
) -> None:
    here = running.address
    policy = f"default-src 'none'; script-src {here}; connect-src {here}; img-src 'none'"
    # The browser itself notes what the page's policy stops.
    page = elsewhere(element(), policy=policy, expected=["Content Security Policy directive"]).page
    expect(page.get_by_role("link", name=STATE)).to_be_visible()


def test_a_picture_may_stand_in_a_frame_of_another_page(elsewhere: Elsewhere, running: Installation) -> None:
    code = f'<iframe src="HERE/badge/{KEY}.svg" title="Label" width="400" height="220"></iframe>'
    page = elsewhere(code, policy=f"default-src 'none'; frame-src {running.address}").page
    expect(page.frame_locator("iframe").locator("svg")).to_be_visible()
