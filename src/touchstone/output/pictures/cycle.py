"""The steps of a cycle as a ring: as many rings filled as are reached, the peers' median as a mark."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from touchstone.core.language.language import Language
from touchstone.output.pictures.drawing import Drawing, n
from touchstone.output.pictures.model import Label, Look, Picture
from touchstone.output.pictures.placing import apart
from touchstone.output.pictures.profile import Level, Row, in_row, in_words, level_table
from touchstone.output.pictures.svg import BOLD
from touchstone.output.pictures.widths import fitted, printed, wrapped
from touchstone.output.pictures.widths import width as wide

SIZE: Final = 7.0
LINE: Final = 8.0
INNER, OUTER = 13.0, 45.0  # radii of the ring
GAP: Final = 1.0  # between rings and between sectors
ROOM: Final = 5.0  # between the ring and its labels
BETWEEN: Final = 3.0  # the least from label to label
BESIDE: Final = 0.3  # a sector whose sine is smaller is named over or under the ring, not beside it
FEW: Final = 6  # names of as many steps may take three lines
RINGS: Final = 10

Pieces = tuple[tuple[str, Look], ...]  # of one line, one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A step of the cycle: where its middle lies, clockwise from the top in radians, and its lines."""

    row: Row
    angle: float
    side: int  # 1 to the right of the ring, -1 to the left, 0 over or under it
    lines: tuple[Pieces, ...]

    @property
    def high(self) -> float:
        return LINE * len(self.lines)


def cycle(
    *, id: str, title: str, rows: Sequence[Level], most: float, words: Language, width: float = 228.0
) -> Picture:
    """A ring with one sector a step.

    Args:
        id: unique in the report.
        title: what goes round.
        rows: the steps in their order, the first at the top and the others clockwise.
        most: what a step can reach, more than 0; a whole number has as many rings.
        words: the language of the report.
        width: of the picture in points; the height follows from the labels.
    """
    said = [in_row(level, lambda value: words.number(value, 1)) for level in rows]
    sectors = _sectors(said, most, words, width)
    caps = max((one.high + ROOM for one in sectors if not one.side), default=0.0)
    height = max(2 * (OUTER + caps), 2 * caps + max(_column(sectors, side) for side in (1, -1)))
    drawing = Drawing()
    for sector in sectors:
        _drawn(drawing, sector, most, (width / 2, height / 2), pi / len(sectors))
    title = printed(title)
    labels = [_cap(sector, width, height) for sector in sectors if not sector.side]
    labels += [_beside(sectors, side, width, (caps, height - caps)) for side in (1, -1)]
    return Picture(
        id=id,
        title=title,
        alt=words.say(
            "picture.cycle.alt",
            title=title,
            most=words.number(most, 1),
            rows=" ".join(in_words(row, words) for row in said),
        ).rstrip(),
        width=width,
        height=height,
        shapes=drawing.shapes(),
        labels=tuple(label for group in labels for label in group),
        table=level_table(title, said, words),
    )


def _sectors(rows: Sequence[Row], most: float, words: Language, width: float) -> list[Sector]:
    sectors = []
    for number, row in enumerate(rows):
        angle = 2 * pi * number / len(rows)
        side = 0 if abs(sin(angle)) < BESIDE else 1 if sin(angle) > 0 else -1
        room = width / 2 - OUTER - ROOM if side else width
        name = words.say("picture.cycle.step", number=number + 1, name=row.name)
        lines: list[Pieces] = [
            ((line, "text"),) for line in wrapped(name, room, SIZE, 3 if side and len(rows) <= FEW else 1)
        ]
        lines += _figures(row, most, words, room)
        sectors.append(Sector(row=row, angle=angle, side=side, lines=tuple(lines)))
    return sectors


def _figures(row: Row, most: float, words: Language, room: float) -> list[Pieces]:
    """The own value and the median, in one line if there is room."""
    if row.own:
        own = words.say("picture.cycle.own", value=row.own, most=words.number(most, 1))
    else:
        own = words.say("picture.no_own")
    own = fitted(own, room, SIZE, bold=True)
    if not row.median:
        return [((own, "own"),)]
    median = words.say("picture.cycle.median", value=row.median)
    if wide(f" {median}", SIZE) + wide(own, SIZE, bold=True) <= room:
        return [((own, "own"), (f" {median}", "soft"))]
    return [((own, "own"),), ((fitted(median, room, SIZE), "soft"),)]


# --- drawing ------------------------------------------------------------------------------------------


def _drawn(drawing: Drawing, sector: Sector, most: float, centre: tuple[float, float], half: float) -> None:
    """The rings of a sector from the inside out, those that are reached filled, and the peers' median."""
    level = sector.row.level
    rings = round(most) if 1 <= most <= RINGS else 1
    thick = (OUTER - INNER) / rings

    def radius(value: float) -> float:
        return INNER + (OUTER - INNER) * min(max(value / most, 0.0), 1.0)

    for ring in range(rings):
        start, end = INNER + ring * thick, INNER + (ring + 1) * thick - GAP
        reached = start if level.own is None else min(radius(level.own), end)
        drawing.add("steps", _band(centre, sector.angle, half, (start, end)))
        if reached > start:
            drawing.add("own", _band(centre, sector.angle, half, (start, reached)))
    if level.figure.median is not None:
        at = max(radius(level.figure.median) - GAP / 2, INNER)
        first, last = (_point(centre, at, sector.angle + turn) for turn in _turns(half, at))
        for look in ("halo", "median"):
            drawing.add(look, f"M{first}{_arc(at, half, 1)}{last}")


def _band(centre: tuple[float, float], angle: float, half: float, radii: tuple[float, float]) -> str:
    """A piece of a ring, its ends parallel to those of its neighbours."""
    inner, outer = radii
    a, b = (_point(centre, inner, angle + turn) for turn in _turns(half, inner))
    c, d = (_point(centre, outer, angle + turn) for turn in _turns(half, outer))
    return f"M{a}L{c}{_arc(outer, half, 1)}{d}L{b}{_arc(inner, half, 0)}{a}z"


def _turns(half: float, radius: float) -> tuple[float, float]:
    """From where to where a sector goes at a radius, from its middle, with half a gap left at each end."""
    turn = half - GAP / 2 / radius
    return -turn, turn


def _arc(radius: float, half: float, way: int) -> str:
    return f"A{n(radius)} {n(radius)} 0 {int(half > pi / 2)} {way} "


def _point(centre: tuple[float, float], radius: float, angle: float) -> str:
    return f"{n(centre[0] + radius * sin(angle))} {n(centre[1] - radius * cos(angle))}"


# --- labels -------------------------------------------------------------------------------------------


def _column(sectors: Sequence[Sector], side: int) -> float:
    """How high the labels beside the ring are together."""
    highs = [sector.high + BETWEEN for sector in sectors if sector.side == side]
    return sum(highs)


def _cap(sector: Sector, width: float, height: float) -> list[Label]:
    top = 0.0 if cos(sector.angle) > 0 else height - sector.high
    return _lines(sector, top, lambda long: (width - long) / 2)


def _beside(sectors: Sequence[Sector], side: int, width: float, span: tuple[float, float]) -> list[Label]:
    """The labels at one side of the ring, top down, each as near to its sector as the others let it."""
    found = [sector for sector in sectors if sector.side == side][::side]
    middle = sum(span) / 2
    wished = [middle - OUTER * cos(sector.angle) - sector.high / 2 for sector in found]
    highs = [sector.high for sector in found]
    tops = apart(wished, highs, gap=BETWEEN, low=span[0], high=span[1])
    edge = width / 2 + side * (OUTER + ROOM)
    labels = []
    for sector, top in zip(found, tops or wished, strict=True):
        labels += _lines(sector, top, lambda long: edge if side > 0 else edge - long)
    return labels


def _lines(sector: Sector, top: float, start: Callable[[float], float]) -> list[Label]:
    """The lines of a label; `start` says where one begins that is so long."""
    labels = []
    for number, pieces in enumerate(sector.lines):
        lengths = [wide(text, SIZE, bold=look in BOLD) for text, look in pieces]
        x = start(sum(lengths))
        for (text, look), length in zip(pieces, lengths, strict=True):
            skipped = wide(" ", SIZE) if text.startswith(" ") else 0.0
            y = round(top + LINE * (number + 1) - 2, 2)
            labels.append(Label(x=round(x + skipped, 2), y=y, text=text.lstrip(), look=look, size=SIZE))
            x += length
    return labels
