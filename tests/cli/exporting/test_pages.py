"""Pages as an export has them: links lead to files, and what needs a server says so."""

import pytest

from touchstone.cli.exporting.pages import Copy, moved, named_by

HOME, LIVE = "https://labels.example.org", "https://app.example.org"


def is_there(address: str) -> bool:
    return "to-come" not in address


def copy(text: str, *, live: str = "", address: str = "/register/") -> tuple[str, list[str]]:
    page = Copy(
        address=address, home=HOME, live=live, day="2026-11-21", is_there=lambda one: "to-come" not in one
    )
    return page.of(text), list(page.links)


LINKS = [
    ('<a href="/register/pl-a/">A</a>', '<a href="/register/pl-a/">A</a>'),
    (
        '<a class="x" href="?after=pl-a" rel="next">B</a>',
        '<a class="x" href="/register/after/pl-a/" rel="next">B</a>',
    ),
    (f'<a href="{HOME}/data/#terms">C</a>', '<a href="/data/#terms">C</a>'),
    ('<a href="#here">D</a>', '<a href="#here">D</a>'),
    ('<a href="mailto:a@example.org">E</a>', '<a href="mailto:a@example.org">E</a>'),
    (
        '<a href="https://elsewhere.example/x?a=1&amp;b=2">F</a>',
        '<a href="https://elsewhere.example/x?a=1&amp;b=2">F</a>',
    ),
    ('<a href="/proof/?organisation=pl-a"><b>G</b></a>', '<span class="live-only"><b>G</b></span>'),
    ('<a href="/sign-in/">Sign in</a>', ""),
    ('<a href="?q=x&amp;level=gold">H</a>', '<span class="live-only">H</span>'),
    ('<img src="/badge/pl-a.svg?ground=dark" alt="">', '<img src="/badge/pl-a-large-dark.svg" alt="">'),
    (
        '<source srcset="/badge/pl-a.svg?ground=dark&amp;size=small" media="x">',
        '<source srcset="/badge/pl-a-small-dark.svg" media="x">',
    ),
    (
        '<link rel="stylesheet" href="/static/web/brand.css">',
        '<link rel="stylesheet" href="/static/web/brand.css">',
    ),
    (
        f'<link rel="canonical" href="{HOME}/register/pl-a/">',
        f'<link rel="canonical" href="{HOME}/register/pl-a/">',
    ),
    (f"<textarea>&lt;img src=&quot;{HOME}/badge/pl-a.svg&quot;></textarea>", None),
    ("<abbr title='x'>y</abbr>", None),
    ('<a href="/register/lt-to-come/">I</a>', '<span class="live-only">I</span>'),
]


@pytest.mark.parametrize(("before", "after"), LINKS)
def test_a_link_leads_to_a_file_or_is_none(before: str, after: str | None) -> None:
    assert copy(before)[0] == (before if after is None else after)


def test_the_addresses_that_a_page_leads_to_are_collected_once() -> None:
    _, led = copy(
        '<a href="/data/#a">1</a><a href="/data/#b">2</a><a href="/proof/">3</a><img src="/static/x.svg">'
    )
    assert led == ["/data/", "/static/x.svg"]


def test_where_the_application_answers_elsewhere_it_is_led_to() -> None:
    assert copy('<a href="/proof/?x=1">P</a>', live=LIVE)[0] == f'<a href="{LIVE}/proof/">P</a>'


def test_a_form_says_that_it_needs_the_application() -> None:
    said, _ = copy('<form method="post"><button>Check</button></form>', address="/verify/")
    words = "This needs the application itself; these pages are a copy without it."
    assert said == f'<p class="notice live-only">{words}</p>'


def test_a_form_leads_to_the_application_where_there_is_one() -> None:
    said, _ = copy('<form method="post"></form>', live=LIVE, address="/verify/")
    assert f'<a href="{LIVE}/verify/">Go there</a>' in said


def test_a_search_becomes_one_that_the_browser_makes() -> None:
    said, led = copy('<form class="x" role="search" method="get"><input></form>')
    assert ('data-static-search="/search/index.json"' in said, "<form" in said, led) == (
        True,
        False,
        ["/static/web/static-search.js"],
    )


def test_the_foot_says_when_the_copy_was_made() -> None:
    assert "A copy made on 2026-11-21." in copy("<footer>x</footer>")[0]


@pytest.mark.parametrize(
    ("kind", "text", "named"),
    [
        (
            "text/css", '@import url("../vendor/t.css") layer(x); @import "a.css";',
            ["/static/vendor/t.css", "/static/web/a.css"],
        ),
        ("text/css", "a{b:url(data:image/x)} c{d:url('../f/n.woff2')}", ["/static/f/n.woff2"]),
        ("text/css", "a{b:url(https://elsewhere.example/x.css)}", []),
        (
            "text/javascript", 'import {a} from "./a.js"; const b = await import("../b.js"); x = "./c.js"',
            ["/static/web/a.js", "/static/b.js"],
        ),
        ("application/json", '{"import": "./a.js"}', []),
    ],
)  # fmt: skip
def test_files_that_a_file_names_are_found(kind: str, text: str, named: list[str]) -> None:
    assert named_by(kind, text, "/static/web/one") == named


def test_who_has_moved_is_led_on_without_a_script() -> None:
    assert moved('/scheme/A3/#"x"') == (
        b'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; '
        b'url=/scheme/A3/#&quot;x&quot;"><title>/scheme/A3/#&quot;x&quot;</title>'
        b'<p><a href="/scheme/A3/#&quot;x&quot;">/scheme/A3/#&quot;x&quot;</a></p>\n'
    )
