import re
from pathlib import Path

import pytest

import touchstone
from touchstone.output.tokens import colour, tokens

WEB = Path(touchstone.__file__).parent / "web" / "static" / "web" / "tokens.css"


def luminance(value: str) -> float:
    """Relative luminance after WCAG 2."""
    parts = [int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_can_be_read_by_day_and_by_night(mode: str) -> None:
    look = tokens()[mode]
    for name in ("ink", "ink-soft", "accent", "light-red", "light-yellow", "light-green"):
        assert contrast(look[name], look["paper"]) >= 4.5, name
    for name in ("caution", "danger"):
        assert contrast(look[name], look[f"{name}-wash"]) >= 4.5, name
    assert contrast(look["ink"], look["peers"]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_shapes_and_lines_stand_out_from_the_paper(mode: str) -> None:
    look = tokens()[mode]
    for name in ("shape-red", "shape-yellow", "shape-green", "line-strong", "peers-line"):
        assert contrast(look[name], look["paper"]) >= 3, name


def test_both_modes_have_the_same_names() -> None:
    assert set(tokens()["light"]) == set(tokens()["dark"])


def test_the_web_application_uses_the_same_values() -> None:
    css = WEB.read_text(encoding="utf-8")
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", css)
    shared = [(name, light, dark) for name, light, dark in pairs if name in tokens()["light"]]
    # Paper is white where it is paper; a screen by day is a little warmer.
    differing = [name for name, light, dark in shared if tokens()["light"][name] != light]
    assert differing == ["paper"]
    assert [name for name, _, dark in shared if tokens()["dark"][name] != dark] == []
    assert len(shared) >= 15


def test_pictures_are_drawn_in_the_colours_of_the_day() -> None:
    assert colour("accent") == tokens()["light"]["accent"]
