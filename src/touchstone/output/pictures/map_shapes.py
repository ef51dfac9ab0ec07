"""The shapes of a map as SVG: land, region, bubbles, office, arrows, scale.

Colours are fixed by day, because Typst knows no style sheet; the classes let HTML turn them dark.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from touchstone.core.assessment.distance import Position
from touchstone.output.outlines.clipping import bounds_of, clipped
from touchstone.output.outlines.projecting import projected
from touchstone.output.outlines.reading import Rings, around
from touchstone.output.pictures.drawing import HAIRLINE, Fill, Stroke, n
from touchstone.output.pictures.map_view import Bubble, View
from touchstone.output.tokens import colour

# How shapes look, by class.
LOOKS: Final[Mapping[str, Fill | Stroke]] = {
    "land": Fill(colour="sunken", outline="peers"),
    "home": Fill(colour="line", outline="peers"),
    "region": Stroke(colour="ink-soft", width=0.75),
    "spot": Fill(colour="accent", outline="paper"),
    "office": Fill(colour="ink", outline="paper"),
    "arrow": Fill(colour="accent"),
    "bar": Stroke(colour="ink-soft", width=0.75),
    "frame": Stroke(colour="line", width=HAIRLINE),
}
GRAIN: Final = 0.35  # points by which an outline may be off
LONGEST_LAND: Final = 26_000  # characters; a coast of many islands is drawn coarser
UNITS: Final = 10  # of an outline in one point
# Beyond the corners of the frame, in km, for edges that cross it: points of outlines are nearer together.
BEYOND_KM: Final = 60.0
OFFICE: Final = 4.5  # points from the middle of its mark to a corner
BAR_HEIGHT: Final = 3.0
ARROW: Final = 4.5  # points from the middle of an arrow to its tip


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """The outlines within a frame, in points, and the path data of each country, by its number."""

    rings: Rings
    paths: Mapping[int, str]


def land_in(view: View, office: Position) -> Land:
    """The land of a frame, as finely as the frame shows it and as a report can afford."""
    grain = GRAIN
    while True:
        rings = _outlines(view, office, grain)
        paths = paths_of(rings)
        if sum(map(len, paths.values())) <= LONGEST_LAND:
            return Land(rings=rings, paths=paths)
        grain *= 1.6


def land_shapes(land: Land, home: int | None) -> str:
    """All countries, the one of the office a shade stronger. Its outlines are drawn over its neighbours'."""
    others = "".join(path for country, path in land.paths.items() if country != home)
    parts = [("land", others), ("home", land.paths.get(-1 if home is None else home, ""))]
    drawn = "".join(f'{_open("path", look, UNITS)} d="{path}"/>' for look, path in parts if path)
    return f'<g transform="scale({n(1 / UNITS)})" stroke-linejoin="round">{drawn}</g>' if drawn else ""


def region(view: View, radius_km: float) -> str:
    """The circle that the region is."""
    x, y = view.place(0.0, 0.0)
    dashes = 'stroke-dasharray="3 2"'
    return f'{_open("circle", "region")} {dashes} cx="{n(x)}" cy="{n(y)}" r="{n(radius_km / view.km)}"/>'


def bubbles_shapes(bubbles: Iterable[Bubble]) -> str:
    """Bubbles as they lie on one another, the first at the back."""
    drawn = "".join(f'<circle cx="{n(one.x)}" cy="{n(one.y)}" r="{n(one.radius)}"/>' for one in bubbles)
    return f"{_open('g', 'spot')}>{drawn}</g>" if drawn else ""


def office_mark(view: View) -> str:
    """A square on its corner: told from a bubble by its shape too."""
    x, y = view.place(0.0, 0.0)
    side = f"{n(OFFICE)} {n(OFFICE)}"
    corners = f"M{n(x)} {n(y - OFFICE)}l{side}l{n(-OFFICE)} {n(OFFICE)}l{n(-OFFICE)} {n(-OFFICE)}z"
    return f'{_open("path", "office")} d="{corners}"/>'


def arrow(x: float, y: float, bearing: float) -> str:
    """An arrowhead with its middle at a place; `bearing` is radians from the north clockwise."""
    right, down = math.sin(bearing), -math.cos(bearing)

    def corner(ahead: float, aside: float) -> str:
        return f"{n(x + ahead * right - aside * down)} {n(y + ahead * down + aside * right)}"

    places = ((1.0, 0.0), (-1.0, 0.7), (-0.5, 0.0), (-1.0, -0.7))
    corners = "L".join(corner(ARROW * ahead, ARROW * aside) for ahead, aside in places)
    return f'{_open("path", "arrow")} d="M{corners}z"/>'


def scale_bar(left: float, bottom: float, length: float) -> str:
    """A level line with an upright end on each side."""
    path = f"M{n(left)} {n(bottom - BAR_HEIGHT)}v{n(BAR_HEIGHT)}h{n(length)}v{n(-BAR_HEIGHT)}"
    return f'{_open("path", "bar")} d="{path}"/>'


def frame(view: View) -> str:
    """The line around the map; it covers where outlines are cut."""
    half = HAIRLINE / 2
    across, down = n(view.width - HAIRLINE), n(view.height - HAIRLINE)
    path = f"M{half} {half}h{across}v{down}h-{across}z"
    return f'{_open("path", "frame")} d="{path}"/>'


def _outlines(view: View, office: Position, grain: float) -> Rings:
    """The outlines within a frame, in points from its upper left corner; so is `grain`."""
    across, down = view.km * view.width, view.km * view.height
    farthest = math.hypot(view.west + across / 2, view.north - down / 2) + math.hypot(across, down) / 2
    globe = around(office, radius_km=farthest + BEYOND_KM, grain_km=grain * view.km)
    x, y = projected(office, globe.x, globe.y)
    placed = Rings(
        x=(x - view.west) / view.km, y=(view.north - y) / view.km, ring=globe.ring, country=globe.country
    )
    return clipped(placed, view.width, view.height)


def paths_of(rings: Rings) -> dict[int, str]:
    """Country → path data in whole units, without points that fall together."""
    x, y = (np.rint(values * UNITS).astype(np.intp) for values in (rings.x, rings.y))
    moves = np.diff(rings.ring, prepend=-1) != 0
    kept = moves | (np.diff(x, prepend=-1) != 0) | (np.diff(y, prepend=-1) != 0)
    x, y, ring, country = x[kept], y[kept], rings.ring[kept], rings.country[kept]
    starts, stops = bounds_of(ring)
    right, down = np.diff(x, prepend=0).tolist(), np.diff(y, prepend=0).tolist()
    written = _written()
    steps = [written[one] + written[other] for one, other in zip(right, down, strict=True)]
    found: dict[int, list[str]] = {}
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        if stop - start > 2:  # less is no area
            path = f"M{x[start]} {y[start]}l{''.join(steps[start + 1 : stop])}z"
            found.setdefault(int(country[start]), []).append(path)
    return {code: "".join(paths) for code, paths in found.items()}


class _Steps(dict[int, str]):
    """Whole numbers as paths write them: what parts two of them is a space or a minus."""

    def __missing__(self, step: int) -> str:
        self[step] = text = str(step) if step < 0 else f" {step}"
        return text


@cache
def _written() -> _Steps:
    return _Steps()


@cache
def _open(element: str, look: str, units: int = 1) -> str:
    """The beginning of an element in a look; `units` of its lengths are a point."""
    form = LOOKS[look]
    if isinstance(form, Stroke):
        paint = f'fill="none" stroke="{colour(form.colour)}" stroke-width="{n(form.width * units)}"'
    else:
        paint = f'fill="{colour(form.colour)}"'
        if form.outline:
            paint += f' stroke="{colour(form.outline)}" stroke-width="{n(HAIRLINE * units)}"'
    return f'<{element} class="{look}" {paint}'
