"""The values of the look: readable by day and by night, and the same as those of reports and charts."""

import re
from pathlib import Path

import pytest

from touchstone.output.tokens import tokens
from touchstone.web import __file__ as package

CSS = (Path(package).parent / "static/web/tokens.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", CSS))
GROUNDS = ("paper", "surface", "sunken")
TEXTS = [
    *((text, ground) for text in ("ink", "ink-soft", "accent", "danger", "caution") for ground in GROUNDS),
    *((light, ground) for light in ("light-red", "light-yellow", "light-green") for ground in GROUNDS),
    *((metal, f"{metal}-wash") for metal in ("bronze", "silver", "gold")),
    ("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent-strong", "paper"),
    ("accent", "accent-wash"),
    ("ink", "accent-wash"), ("ink-soft", "accent-wash"), ("danger", "danger-wash"), ("ink", "danger-wash"),
    ("caution", "caution-wash"), ("ink", "caution-wash"),
]  # fmt: skip


def colour(name: str, night: int) -> str:
    return COLOURS[name].split(", ")[night]


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_contrast_that_the_guidelines_name() -> None:
    assert contrast("#000000", "#ffffff") == 21


@pytest.mark.parametrize("night", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_keeps_its_contrast(text: str, ground: str, night: int) -> None:
    assert contrast(colour(text, night), colour(ground, night)) >= 4.5


@pytest.mark.parametrize("night", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_outline_of_a_field_keeps_its_contrast(ground: str, night: int) -> None:
    assert contrast(colour("line-strong", night), colour(ground, night)) >= 3


@pytest.mark.parametrize(("section", "night"), [("light", 0), ("dark", 1)])
def test_reports_and_charts_have_the_same_colours(section: str, night: int) -> None:
    # A report is printed on white paper; the screen's is a little softer.
    printed = tokens()[section]
    shared = (printed.keys() & COLOURS.keys()) - {"paper"}
    assert {name: colour(name, night) for name in shared} == {name: printed[name] for name in shared}
