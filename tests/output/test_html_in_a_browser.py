"""The HTML report as a browser shows it: no fault that axe finds, and nothing wider than the window."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from factories.printed import hostile, printed, real_content
from factories.reports import report
from touchstone.output.content.model import Content
from touchstone.output.html import page

pytestmark = pytest.mark.e2e

AXE = Path(__file__).parents[1] / "e2e" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
Scheme = Literal["light", "dark"]
VIEWS: tuple[tuple[int, Scheme], ...] = ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))
TOO_SMALL = """() => [...document.querySelectorAll('svg.chart text')].filter(
    text => text.getBoundingClientRect().height < 9).length"""


CONTENTS: dict[str, Callable[[], Content]] = {
    "real": real_content,
    "hostile": lambda: printed(hostile()),
    "nothing": lambda: printed(report({})),
}


# The whole report is long, so it goes through two of the four views and the small ones through all.
@pytest.mark.parametrize(
    ("which", "width", "scheme"),
    [
        ("real", 390, "light"),
        ("real", 1280, "dark"),
        *((which, width, scheme) for which in ("hostile", "nothing") for width, scheme in VIEWS),
    ],
)
def test_everybody_can_read_the_report(
    which: str, width: int, scheme: Scheme, chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(page(CONTENTS[which]()), encoding="utf-8")
    view = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    noise: list[str] = []
    view.on("console", lambda message: noise.append(message.text))
    view.goto(file.as_uri())
    assert view.evaluate("document.documentElement.scrollWidth") == width
    assert view.evaluate(TOO_SMALL) == 0
    view.add_script_tag(path=AXE)
    found = view.evaluate(ASK, RULES)["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
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
