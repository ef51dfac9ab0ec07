"""Badges as a browser sets them: no words over others or beside the plate, nothing for axe to find."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from factories.browser import AXE, RULES, RUN
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge import Badge, Size, badge_svg

SHOWN = [standing for standing in Standing if standing is not Standing.NEVER]
NAMES = [
    "Aviation Valley",
    "W" * 300,
    "Klaster Przemysłów Kreatywnych Województwa Dolnośląskiego " * 5,
    "Κοινοπραξία Καινοτομίας και Επιχειρηματικότητας Θεσσαλονίκης",
    "Клъстер за здравословни технологии и дигитализация на България",
    "<b>Cluster</b> & ]]>",
    "🚀 Rocket 🧪 Lab 👩‍🔬 Cluster 🌱 of 🌍 Emoji",
]
# What lies over another text or over the edge of its badge, with a pixel for rounding. The first path of a
# badge is its plate; between its sides text keeps a distance of the plate's own line.
MISPLACED = """() => [...document.querySelectorAll("svg")].flatMap(svg => {
  const words = [...svg.querySelectorAll("text")].filter(text => text.textContent.trim());
  const boxes = words.map(text => text.getBBox());
  const {width, height} = svg.viewBox.baseVal;
  const beside = words.filter((_, i) => {
    const {x, y, width: w, height: h} = boxes[i];
    return x < 4 || y < 2 || x + w > width - 4 || y + h > height - 1;
  });
  const over = words.filter((_, i) => boxes.some((other, j) => {
    if (j <= i) return false;
    const [a, b] = [boxes[i], other];
    // A line's box holds more than its letters: a third above and below is air.
    const apart = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
    const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
    return apart > Math.min(a.height, b.height) / 3 && across > 1;
  }));
  const title = svg.querySelector("title").textContent.slice(0, 60);
  return [...beside, ...over].map(text => `${title}: ${text.textContent}`);
})"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_page() as opened:
        yield opened


def drawn(organisation: str, *, dark: bool) -> str:
    """A page of all badges for one name."""
    badges = "".join(
        badge_svg(
            Badge(
                organisation=organisation,
                level=level,
                scheme="Cluster management excellence, modelled on ECEI",
                standing=standing,
                valid_until=date(2027, 9, 30),
                number="00042",
            ),
            size=size,
            dark=dark,
        )
        for level, standing, size in product(LabelLevel, SHOWN, Size)
    )
    ground = "#10192e" if dark else "#ffffff"
    return (
        f'<!doctype html><html lang="en"><title>Badges</title><body style="background:{ground}">'
        f'<main><h1 style="color:{"white" if dark else "black"}">Badges</h1>{badges}</main>'
    )


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_words_lie_over_others_or_leave_the_plate(page: Page, name: str) -> None:
    page.set_content(drawn(name, dark=False))
    assert page.evaluate(MISPLACED) == []


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_any_badge(page: Page, dark: bool) -> None:
    page.set_content(drawn("Aviation Valley", dark=dark))
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
