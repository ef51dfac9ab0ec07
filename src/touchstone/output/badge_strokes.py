"""What every badge is struck from: the metals, the cartouche, the stone with its streaks, the signs of state.

The outline tells the level without colour: cut corners for Bronze, round ones for Silver, hollow ones for
Gold. So do one, two or three streaks on the touchstone, the stone that metal is tested on. The state shows in
shape: filled, outlined, struck through, hatched, crossed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from touchstone.core.labels.model import LabelLevel, Standing

STREAKS = {LabelLevel.BRONZE: (0,), LabelLevel.SILVER: (-9, 9), LabelLevel.GOLD: (-16, 0, 16)}


@dataclass(frozen=True, slots=True)
class Metal:
    """Colours of one level. `plate` fills a valid badge, `edge` runs round it, `line` draws on a bare one."""

    plate: str
    edge: str
    streak: str
    line: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Colours of what is not metal. `faded` is for labels that no longer hold."""

    paper: str
    ink: str
    faded: str


INK = "#14213d"
METALS = {
    (LabelLevel.BRONZE, False): Metal("#dca97a", "#7a4314", "#e8b98c", "#8a4b16"),
    (LabelLevel.SILVER, False): Metal("#d3d8df", "#4c5866", "#e9edf2", "#525e6c"),
    (LabelLevel.GOLD, False): Metal("#e8c75f", "#6b4e00", "#f4d97f", "#755600"),
    (LabelLevel.BRONZE, True): Metal("#dca97a", "#f5d9bd", "#e8b98c", "#e3b083"),
    (LabelLevel.SILVER, True): Metal("#d3d8df", "#ffffff", "#e9edf2", "#d3d8df"),
    (LabelLevel.GOLD, True): Metal("#e8c75f", "#fdf0c4", "#f4d97f", "#e8c75f"),
}
GROUNDS = {
    False: Ground(paper="#ffffff", ink=INK, faded="#5c6470"),
    True: Ground(paper="#10192e", ink="#e8ecf3", faded="#a3acba"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    """The touchstone on a plate, in pixels: its place, its lines, and the streaks on it.

    `streak` draws one about a centre; `apart` are the distances of the streaks of each level from the middle.
    """

    left: float
    top: float
    width: float
    height: float
    corner: float
    line: float
    hatch: float  # between two lines of hatching
    strike: float  # the line that strikes out or crosses
    streak: Callable[[float, float], str]
    apart: Mapping[LabelLevel, tuple[float, ...]]

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2


class Pen:
    """The colours of one badge, and its shapes as pieces of SVG."""

    def __init__(self, level: LabelLevel, standing: Standing, *, dark: bool) -> None:
        metal, ground = METALS[level, dark], GROUNDS[dark]
        self.level, self.standing = level, standing
        self.filled = standing is Standing.VALID
        gone = standing in (Standing.LAPSED, Standing.WITHDRAWN)
        self.ground = metal.plate if self.filled else ground.paper
        self.edge = ground.faded if gone else metal.edge
        self.ink = INK if self.filled else ground.faded if gone else ground.ink
        self.accent = INK if self.filled else ground.faded if gone else metal.line
        self.line = METALS[level, False].edge if self.filled else self.edge
        self.streak = metal.streak if self.filled else self.ground

    def plate(self, path: str, width: float) -> str:
        """The cartouche, with its edge."""
        return f'<path d="{path}" fill="{self.ground}" stroke="{self.edge}" stroke-width="{width:g}"/>'

    def engraved(self, path: str, width: float) -> str:
        """A thin line inside the edge."""
        return f'<path d="{path}" fill="none" stroke="{self.line}" stroke-width="{width:g}"/>'

    def stone(self, stone: Stone) -> Iterator[str]:
        """The stone, its streaks, and the state across it."""
        x, y = stone.centre
        fill = INK if self.filled else "none"
        yield f'<rect x="{stone.left:g}" y="{stone.top:g}" width="{stone.width:g}" height="{stone.height:g}"'
        yield f' rx="{stone.corner:g}" fill="{fill}" stroke="{self.accent}" stroke-width="{stone.line:g}"/>'
        if self.standing is Standing.SUSPENDED:
            yield self.lines(_hatched(stone), stone.line * 0.7)
        for offset in stone.apart[self.level]:
            path, width = stone.streak(x + offset, y), stone.line * 0.8
            yield f'<path d="{path}" fill="{self.streak}" stroke="{self.accent}" stroke-width="{width:g}"/>'
        if self.standing is Standing.WITHDRAWN:
            yield self.lines(_crossed(x, y, stone.width, stone.height), stone.strike)
        if self.standing is Standing.LAPSED:
            yield self.lines(f"M{x - stone.width * 0.6:g} {y:g}h{stone.width * 1.2:g}", stone.strike)

    def sign(self, x: float, y: float, radius: float) -> str:
        """The state as a small sign before its words."""
        if self.standing is Standing.WITHDRAWN:
            return self.lines(_crossed(x, y, radius * 2, radius * 2), radius * 0.45)
        fill = self.accent if self.filled else "none"
        ring = (
            f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}" stroke="{self.accent}"'
            f' stroke-width="{radius * 0.35:.3g}"/>'
        )
        half = radius * 0.66
        inside = {
            Standing.LAPSED: self.lines(f"M{x - radius * 1.5:g} {y:g}h{radius * 3:g}", radius * 0.35),
            Standing.SUSPENDED: self.lines(
                hatching(x - half, y - half, half * 2, half * 2, half), radius * 0.27
            ),
        }
        return ring + inside.get(self.standing, "")

    def band(self, left: float, top: float, width: float, height: float) -> str:
        """A bar in the colour of the level's name, for words in the colour of the plate."""
        return (
            f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="2.5"'
            f' fill="{self.accent}"/>'
        )

    def lines(self, path: str, width: float) -> str:
        return f'<path d="{path}" fill="none" stroke="{self.accent}" stroke-width="{width:.3g}"/>'


def outline(level: LabelLevel, width: float, height: float, inset: float, corner: float = 1.0) -> str:
    """The path of a cartouche, so far inside its edge: cut corners, round corners, hollow corners.

    `corner` is how large the corners are against those of the large badge.
    """
    left, top, right, bottom = inset, inset, width - inset, height - inset
    round_, hollow = 40 * corner - inset, 22 * corner
    cut, turn = {
        LabelLevel.BRONZE: (24 * corner, "L"),
        LabelLevel.SILVER: (round_, f"A{round_:g} {round_:g} 0 0 1 "),
        LabelLevel.GOLD: (hollow, f"A{hollow:g} {hollow:g} 0 0 0 "),
    }[level]
    return (
        f"M{left + cut:g} {top:g}H{right - cut:g}{turn}{right:g} {top + cut:g}"
        f"V{bottom - cut:g}{turn}{right - cut:g} {bottom:g}"
        f"H{left + cut:g}{turn}{left:g} {bottom - cut:g}"
        f"V{top + cut:g}{turn}{left + cut:g} {top:g}Z"
    )


def streak(x: float, y: float) -> str:
    """What metal leaves on the stone: a stroke upwards, broader where it began."""
    return (
        f"M{x - 16:g} {y + 31:g}Q{x - 4:g} {y - 4:g} {x + 11:g} {y - 37:g}"
        f"Q{x + 14:g} {y - 40:g} {x + 15:g} {y - 35:g}Q{x + 3:g} {y + 2:g} {x - 7:g} {y + 35:g}"
        f"Q{x - 13:g} {y + 39:g} {x - 16:g} {y + 31:g}Z"
    )


def hatching(left: float, top: float, width: float, height: float, step: float) -> str:
    """Lines at 45 degrees through a rectangle, against the slant of the streaks, cut at its sides."""
    pieces, right = [], left + width
    for number in range(1, int((width + height) / step) + 1):
        reach = number * step
        x1, y1 = min(reach, width), max(0.0, reach - width)
        x2, y2 = max(0.0, reach - height), min(reach, height)
        if x1 - x2 > 1:  # shorter ones are only specks in a corner
            pieces.append(f"M{right - x1:g} {top + y1:g}L{right - x2:g} {top + y2:g}")
    return "".join(pieces)


def _hatched(stone: Stone) -> str:
    """Hatching that keeps clear of the stone's round corners."""
    inset = stone.corner * 0.3
    return hatching(
        stone.left + inset, stone.top + inset, stone.width - 2 * inset, stone.height - 2 * inset, stone.hatch
    )


def _crossed(x: float, y: float, width: float, height: float) -> str:
    left, top = x - width / 2, y - height / 2
    return f"M{left:g} {top:g}l{width:g} {height:g}m{-width:g} 0l{width:g} {-height:g}"
