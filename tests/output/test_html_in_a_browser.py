"""The HTML report as a browser shows it: no fault that axe finds, and nothing wider than the window."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from factories.browser import AXE, COLOURS, RULES, RUN
from factories.printed import hostile, printed, real_content
from factories.reports import report
from touchstone.output.content.model import Content
from touchstone.output.html import page

pytestmark = pytest.mark.e2e

Scheme = Literal["light", "dark"]
# Of the two schemes the second looks at colours only: by night the page is the same but for them. The whole
# report is long, so it goes through two of the four views and the small ones through all.
VIEWS: dict[tuple[int, Scheme], list[str]] = {
    (390, "light"): RULES,
    (390, "dark"): COLOURS,
    (1280, "dark"): COLOURS,
    (1280, "light"): RULES,
}
LONG: dict[tuple[int, Scheme], list[str]] = {(390, "light"): RULES, (1280, "dark"): RULES}
TOO_SMALL = """() => [...document.querySelectorAll('svg.chart text')].filter(
    text => text.getBoundingClientRect().height < 9).length"""


CONTENTS: dict[str, Callable[[], Content]] = {
    "real": real_content,
    "hostile": lambda: printed(hostile()),
    "nothing": lambda: printed(report({})),
}


@pytest.mark.parametrize("which", CONTENTS)
def test_everybody_can_read_the_report(which: str, chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page(CONTENTS[which]()), encoding="utf-8")
    view = chromium.new_page()
    noise: list[str] = []
    view.on("console", lambda message: noise.append(message.text))
    view.goto(file.as_uri())
    view.evaluate(AXE)
    for (width, scheme), rules in (LONG if which == "real" else VIEWS).items():
        view.set_viewport_size({"width": width, "height": 900})
        view.emulate_media(color_scheme=scheme)
        assert view.evaluate("document.documentElement.scrollWidth") == width
        assert view.evaluate(TOO_SMALL) == 0
        assert view.evaluate(RUN, rules) == []
    assert noise == []
    view.close()


def test_the_report_can_be_read_and_followed_without_a_mouse(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page(printed()), encoding="utf-8")
    view = chromium.new_page(java_script_enabled=True)
    view.goto(file.as_uri())
    view.keyboard.press("Tab")
    assert view.evaluate("document.activeElement.textContent") == "Skip to the report"
    view.keyboard.press("Enter")
    view.wait_for_url("**#main")
    view.close()


def test_the_report_prints_in_the_order_in_which_it_is_read(chromium: Browser, tmp_path: Path) -> None:
    content = real_content()
    file = tmp_path / "report.html"
    file.write_text(page(content), encoding="utf-8")
    view = chromium.new_page()
    view.goto(file.as_uri())
    printed_pages = view.pdf(prefer_css_page_size=True)
    view.close()
    told = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=printed_pages, capture_output=True, check=True
    ).stdout.decode()
    text = "".join(told.split())
    at = 0
    for one in (
        content.summary.opening,
        *(part.definition for area in content.areas for part in area.indicators),
        *(part.text for part in content.recommendations),
        *(term.value for term in content.glossary),
    ):
        found = text.find("".join(one.split()), at)
        assert found >= 0, f"{one!r} does not come after what stands before it"
        at = found
