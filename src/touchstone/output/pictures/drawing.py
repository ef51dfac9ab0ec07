"""Shapes drawn with few, short SVG elements: one path for all that looks the same.

Colours are fixed by day, because Typst knows no style sheet; the classes let HTML turn them dark.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from touchstone.output.tokens import colour

HAIRLINE: Final = 0.5
PARTS: Final = 9  # tints of the parts of a whole

# Coordinates have five digits, which are hundredths of a point or less. Percent forms take half the time of
# others, and a report has thousands of coordinates.
_NUMBER: Final = "%.5g"
_POINT: Final = "%.5g %.5g"
_ACROSS: Final = "M%.5g %.5gH%.5g"
_DOWN: Final = "M%.5g %.5gV%.5g"
_BOX: Final = "M%.5g %.5gh%.5gv%.5gh%.5gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A filled shape in a colour of the tokens; `outline` names that of a hairline around it, if any."""

    colour: str
    outline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line in a colour of the tokens, `width` points wide."""

    colour: str
    width: float


# How shapes look, by class, from the back to the front.
LOOKS: Final[Mapping[str, Fill | Stroke]] = {
    "grid": Stroke(colour="line", width=HAIRLINE),
    "steps": Fill(colour="peers-wash"),
    "empty": Fill(colour="paper", outline="line-strong"),
    "weaker": Fill(colour="paper", outline="line-strong"),
    "whisker": Stroke(colour="peers-line", width=0.75),
    "peers": Fill(colour="peers"),
    **{f"part-{number}": Fill(colour=f"part-{number}") for number in range(1, PARTS + 1)},
    "own": Fill(colour="accent"),
    "leader": Stroke(colour="line-strong", width=HAIRLINE),
    "before": Stroke(colour="peers-line", width=1.0),
    "own-line": Stroke(colour="accent", width=1.0),
    "halo": Stroke(colour="paper", width=2.75),  # around a median on dark ground
    "median": Stroke(colour="ink", width=1.25),
    "mark": Fill(colour="accent"),
}


@dataclass(slots=True)
class Drawing:
    """Shapes as they are drawn; `shapes` gives the SVG of all of them."""

    paths: dict[str, list[str]] = field(default_factory=dict)

    def add(self, look: str, path: str) -> None:
        """One more path of a look."""
        if look in self.paths:
            self.paths[look].append(path)
        else:
            self.paths[look] = [path]

    def box(self, look: str, x: float, y: float, width: float, height: float) -> None:
        """A rectangle from its upper left corner."""
        self.add(look, _BOX % (x, y, width, height, -width))

    def across(self, look: str, x1: float, x2: float, y: float) -> None:
        """A level line."""
        self.add(look, _ACROSS % (x1, y, x2))

    def down(self, look: str, x: float, y1: float, y2: float) -> None:
        """An upright line."""
        self.add(look, _DOWN % (x, y1, y2))

    def line(self, look: str, corners: Iterable[tuple[float, float]]) -> None:
        """A line through some points."""
        self.add(look, "M" + "L".join([_POINT % corner for corner in corners]))

    def area(self, look: str, corners: Sequence[tuple[float, float]]) -> None:
        """What lies within some points."""
        self.add(look, "M" + "L".join([_POINT % corner for corner in corners]) + "z")

    def shapes(self) -> str:
        """All of it, from the back to the front."""
        paths = self.paths
        return "".join([f'{_head(look)}{"".join(paths[look])}"/>' for look in LOOKS if look in paths])


@cache
def _head(look: str) -> str:
    form = LOOKS[look]
    if isinstance(form, Stroke):
        paint = f'fill="none" stroke="{colour(form.colour)}" stroke-width="{n(form.width)}"'
    elif form.outline:
        outline = f'stroke="{colour(form.outline)}" stroke-width="{n(HAIRLINE)}"'
        paint = f'fill="{colour(form.colour)}" {outline}'
    else:
        paint = f'fill="{colour(form.colour)}"'
    return f'<path class="{look}" {paint} d="'


def n(value: float) -> str:
    """A coordinate, the same on every machine."""
    return _NUMBER % value
