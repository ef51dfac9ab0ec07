"""The tints of the parts of a whole: told apart by readers who see few colours or none, by day and by night.

Colour blindness is simulated after G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A
Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009, table 1,
severity 1.0, on linear RGB.
"""

from itertools import pairwise

import pytest

from touchstone.output.pictures.drawing import PARTS
from touchstone.output.pictures.stacked import tint
from touchstone.output.tokens import tokens

Colour = tuple[float, float, float]
Matrix = tuple[Colour, Colour, Colour]

SIGHTS: dict[str, Matrix] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
# Between neighbours: large enough to be told apart without a line between (WCAG asks 3 of graphical objects
# that touch nothing else to be told by; every piece here is set off by white as well).
NEIGHBOURS = 2.2
TEXT = 4.5


def linear(name: str, section: str) -> Colour:
    written = tokens()[section][name]
    parts = (int(written[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def luminance(colour: Colour) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def seen(colour: Colour, sight: str) -> Colour:
    red, green, blue = (
        min(max(sum(share * part for share, part in zip(row, colour, strict=True)), 0.0), 1.0)
        for row in SIGHTS[sight]
    )
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
def test_white_and_black_are_seen_by_all(sight: str) -> None:
    assert contrast(seen((1, 1, 1), sight), seen((0, 0, 0), sight)) == pytest.approx(21, abs=0.01)


def test_red_and_green_are_confused_where_they_should_be() -> None:
    red, green = (0.35, 0.0, 0.0), (0.0, 0.13, 0.0)
    assert contrast(seen(red, "deuteranopia"), seen(green, "deuteranopia")) < 1.2


@pytest.mark.parametrize("section", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_neighbours_differ_in_lightness_to_every_reader(sight: str, section: str) -> None:
    tints = [seen(linear(f"part-{tint(number)}", section), sight) for number in range(2 * PARTS)]
    assert min(contrast(one, other) for one, other in pairwise(tints)) >= NEIGHBOURS


@pytest.mark.parametrize("section", ["light", "dark"])
@pytest.mark.parametrize("number", range(1, PARTS + 1))
def test_the_share_in_a_part_can_be_read(number: int, section: str) -> None:
    text = "paper" if number % 2 else "ink"
    assert contrast(linear(text, section), linear(f"part-{number}", section)) >= TEXT


@pytest.mark.parametrize("section", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_own_peers_and_median_are_told_apart_by_every_reader(sight: str, section: str) -> None:
    own, peers, steps, median, paper = (
        seen(linear(name, section), sight) for name in ("accent", "peers", "peers-wash", "ink", "paper")
    )
    assert min(contrast(own, peers), contrast(own, paper), contrast(median, peers)) >= 3
    assert contrast(peers, steps) >= 1.25
    assert contrast(own, steps) >= 3
