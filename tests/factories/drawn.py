"""Pictures taken apart: what is drawn, which words lie where, and inputs of any kind to draw."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from factories.comparisons import figure
from touchstone.core.benchmark.model import Figure
from touchstone.core.language.language import languages
from touchstone.output.content.words import words
from touchstone.output.pictures.model import Label, Picture
from touchstone.output.pictures.svg import BOLD, shapes_svg
from touchstone.output.pictures.widths import width

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = words("en")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
# How far letters reach over and under their base line, in units of the type size: those of Noto Sans.
ASCENT, DESCENT = 0.76, 0.24
TOUCH = 0.01

SAID = (
    "", "ICT", "Lithuania", "Micro, nano and optical technologies", "Žemės ūkis", "Ελλάδα", "България",
    "<&\"'>", "Wirtschaftsförderungsgesellschaftsangelegenheiten", "漢字 😀", "iiiilll.", "WWWM@—",
    "a\nb\u202e\x00",
)  # fmt: skip
# Names of up to some 300 characters: real ones, odd ones, and those repeated.
NAMES = st.one_of(
    st.sampled_from(SAID),
    st.text(max_size=12),
    st.builds(lambda said, times: (said * times)[:300], st.sampled_from(SAID), st.integers(2, 60)),
)
AMOUNTS = st.floats(-1e12, 1e12, allow_subnormal=False).map(lambda value: round(value, 2))
LANGUAGES = st.sampled_from([words(code) for code in languages()])


@st.composite
def figures(draw: st.DrawFn, values: st.SearchStrategy[float] = AMOUNTS) -> Figure:
    """A figure of which as much may be shown as its peers allow."""
    p5, p25, median, p75, p95 = sorted(draw(st.tuples(*[values] * 5)))
    shown: dict[str, float] = {
        "none": {},
        "median": {"median": median},
        "quartiles": {"p25": p25, "median": median, "p75": p75},
        "full": {"p5": p5, "p25": p25, "median": median, "p75": p75, "p95": p95},
    }[draw(st.sampled_from(["none", "median", "quartiles", "full"]))]
    return figure(draw(st.integers(0, 10**9)), **shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where words lie."""

    left: float
    top: float
    right: float
    bottom: float


def box(label: Label) -> Box:
    """Where a label lies, by the widths of the fonts."""
    long = width(label.text, label.size, bold=label.look in BOLD)
    left = label.x - {"start": 0.0, "middle": long / 2, "end": long}[label.anchor]
    top, bottom = label.y - ASCENT * label.size, label.y + DESCENT * label.size
    return Box(left=left, top=top, right=left + long, bottom=bottom)


def boxes(picture: Picture) -> list[tuple[str, Box]]:
    """All words of a picture, and where they lie."""
    return [(label.text, box(label)) for label in picture.labels if label.text]


def outside(picture: Picture) -> list[tuple[str, Box]]:
    """The labels that leave the picture."""
    return [
        (text, at)
        for text, at in boxes(picture)
        if at.left < -TOUCH
        or at.right > picture.width + TOUCH
        or at.top < -TOUCH
        or at.bottom > picture.height + TOUCH
    ]


def overlapping(picture: Picture) -> list[tuple[str, str]]:
    """The pairs of labels that lie on one another."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes(picture), 2)
        if min(a.right, b.right) - max(a.left, b.left) > TOUCH
        and min(a.bottom, b.bottom) - max(a.top, b.top) > TOUCH
    ]


def looks(picture: Picture, look: str) -> list[str]:
    """The pieces of the path that has this look: each begins with a move and keeps its letters."""
    drawn = ET.fromstring(shapes_svg(picture))
    paths = [element.get("d", "") for element in drawn.iter(f"{SVG}path") if element.get("class") == look]
    return [f"M{piece}" for path in paths for piece in path.split("M")[1:]]


def coordinates(piece: str) -> list[float]:
    """The numbers of a piece of a path."""
    return [float(number) for number in NUMBER.findall(piece)]


def steps(piece: str) -> list[tuple[float, float]]:
    """The corners of a piece made of M, L, H, V, h, v and z."""
    return list(_walked(piece))


def _walked(piece: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for letter, said in re.findall(r"([MLHVhvz])([^MLHVhvz]*)", piece):
        at = coordinates(said)
        match letter:
            case "M" | "L":
                x, y = at
            case "H":
                (x,) = at
            case "V":
                (y,) = at
            case "h":
                x += at[0]
            case "v":
                y += at[0]
        if letter != "z":
            yield x, y


def texts(picture: Picture) -> list[str]:
    return [label.text for label in picture.labels]
