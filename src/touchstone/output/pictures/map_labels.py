"""The words on a map, where there is room: labels keep clear of one another, and of bubbles if they can."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np

from touchstone.core.assessment.participants import REGION_KM
from touchstone.core.language.language import Language
from touchstone.output.content.words import country_name
from touchstone.output.outlines.reading import Rings, outlines
from touchstone.output.outlines.room import middles, stretches
from touchstone.output.pictures.map_shapes import ARROW, BAR_HEIGHT, OFFICE, arrow, scale_bar
from touchstone.output.pictures.map_view import Bubble, Outside, View
from touchstone.output.pictures.model import Label, Look
from touchstone.output.pictures.svg import BOLD
from touchstone.output.pictures.widths import width as width_of

NAME, SMALL = 7.5, 7.0  # sizes of type
NUMBERED: Final = 5.5  # points; a bubble of this radius tells its number
CELL: Final = 2.0  # points
MARGIN: Final = 8.0  # points between the frame and what stands at it
NEAREST: Final = 18.0  # points between arrows; nearer ones become one
BAR: Final = 70.0  # points that the scale has at most
MOST_NUMBERS, NAMES, TRIES = 15, 12, 40
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A label whose place is still to be found."""

    text: str
    look: Look = "text"
    size: float = SMALL

    @property
    def width(self) -> float:
        return width_of(self.text, self.size, bold=self.look in BOLD)

    def box(self, x: float, y: float) -> Box:
        """What it covers with its middle at a place."""
        half = self.width / 2 + 1.0
        return x - half, y - self.size / 2, x + half, y + self.size / 2

    def at(self, x: float, y: float) -> Label:
        """The label with its middle at a place; letters reach from the base line 0.72 of their size up."""
        base = y + 0.36 * self.size
        return Label(
            x=round(x, 2), y=round(base, 2), text=self.text, look=self.look, anchor="middle", size=self.size
        )


@dataclass(slots=True)
class Ground:
    """Which cells of a frame are taken: `marked` by shapes, `worded` by labels."""

    view: View
    marked: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = field(init=False)
    worded: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = field(init=False)
    labels: list[Label] = field(default_factory=list)

    def __post_init__(self) -> None:
        shape = int(self.view.height / CELL) + 2, int(self.view.width / CELL) + 2
        self.marked, self.worded = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)

    def mark(self, box: Box) -> None:
        self.marked[_cells(box)] = True

    def mark_circle(self, x: float, y: float, radius: float) -> None:
        """Mark a line that lies in the frame wholly."""
        turns = np.linspace(0.0, 2 * math.pi, math.ceil(2 * math.pi * radius / CELL))
        rows, columns = y + radius * np.sin(turns), x + radius * np.cos(turns)
        self.marked[(rows / CELL).astype(np.intp), (columns / CELL).astype(np.intp)] = True

    def free(self, box: Box, *, of_marks: bool = True) -> bool:
        """Whether a box lies in the frame and on no label, nor on a mark."""
        left, top, right, bottom = box
        if not (self.view.holds(left, top, 1.5) and self.view.holds(right, bottom, 1.5)):
            return False
        cells = _cells(box)
        return not self.worded[cells].any() and not (of_marks and self.marked[cells].any())

    def put(self, words: Words, places: Iterable[tuple[float, float]], *, of_marks: bool = True) -> bool:
        """Set the words at the first place where they are free; whether there is one."""
        for x, y in places:
            box = words.box(x, y)
            if self.free(box, of_marks=of_marks):
                self.worded[_cells(box)] = True
                self.labels.append(words.at(x, y))
                return True
        return False


def marked_with_words(
    view: View,
    *,
    bubbles: Sequence[Bubble],
    outside: Mapping[int, Outside],
    rings: Rings,
    home: int | None,
    words: Language,
) -> tuple[str, tuple[Label, ...]]:
    """The arrows and the scale as SVG, and all labels, the most important placed first."""
    ground = Ground(view)
    for bubble in bubbles:
        ground.mark(_around(bubble.x, bubble.y, bubble.radius * 0.9))
    x, y = view.place(0.0, 0.0)
    ground.mark(_around(x, y, OFFICE))
    circle_radius = REGION_KM / view.km
    ground.mark_circle(x, y, circle_radius)
    shapes = [_arrow(ground, place, group, words) for place, group in _arrows(view, outside)]
    shapes.append(_scale(ground, words))
    own = next((one for one in bubbles if math.hypot(one.x - x, one.y - y) < OFFICE), None)
    _numbers(ground, bubbles, words)
    clear = max(own.radius if own else 0.0, OFFICE)
    office = Words(text=words.say("map.office"), look="strong")
    ground.put(office, _beside(x, y, clear, office)) or ground.put(
        office, _beside(x, y, clear, office), of_marks=False
    )
    circle = Words(text=words.say("map.km", km=words.number(REGION_KM)), look="soft")
    ground.put(circle, _on_circle(x, y, circle_radius, circle))
    _names(ground, rings, home, words)
    return "".join(shapes), tuple(ground.labels)


def _arrows(view: View, outside: Mapping[int, Outside]) -> Iterator[tuple[tuple[float, float], Outside]]:
    """Where each arrow has its foot. Of two that would be too near, the larger takes the other's number."""
    found: list[tuple[tuple[float, float], Outside]] = []
    for group in sorted(outside.values(), key=lambda one: (-one.count, one.x, one.y)):
        place = _at_edge(view, group)
        near = next((k for k, (other, _) in enumerate(found) if math.dist(place, other) < NEAREST), None)
        if near is None:
            found.append((place, group))
        else:
            kept, of = found[near]
            found[near] = kept, Outside(x=of.x, y=of.y, count=of.count + group.count)
    yield from found


def _at_edge(view: View, group: Outside) -> tuple[float, float]:
    """Where the way from the office to a place outside comes near the frame."""
    x, y = view.place(0.0, 0.0)
    to_x, to_y = view.place(group.x, group.y)
    across = _share(x, to_x, MARGIN, view.width - MARGIN)
    share = min(across, _share(y, to_y, MARGIN, view.height - MARGIN), 1.0)
    return x + share * (to_x - x), y + share * (to_y - y)


def _share(start: float, stop: float, low: float, high: float) -> float:
    """Which share of a way may be gone before it leaves a range."""
    way = stop - start
    return math.inf if way == 0 else ((high if way > 0 else low) - start) / way


def _arrow(ground: Ground, place: tuple[float, float], group: Outside, words: Language) -> str:
    bearing = math.atan2(group.x, group.y)
    x, y = place
    number = Words(text=words.number(group.count), look="own")
    right, down = math.sin(bearing), -math.cos(bearing)
    back, aside = (
        clear + abs(across) * number.width / 2 + abs(along) * number.size / 2
        for clear, across, along in ((ARROW, right, down), (0.7 * ARROW, down, right))
    )
    places = [
        (x - back * right, y - back * down),
        (x - aside * down, y + aside * right),
        (x + aside * down, y - aside * right),
    ]
    _ = ground.put(number, places) or ground.put(number, places, of_marks=False)
    ground.mark(_around(x, y, ARROW))  # only now: its number may touch the box around it
    return arrow(x, y, bearing)


def _scale(ground: Ground, words: Language) -> str:
    """A round number of kilometres in the first corner that is free, else in the first without a label."""
    view = ground.view
    km = _round_length(BAR * view.km)
    length, text = km / view.km, Words(text=words.say("map.km", km=words.number(km)), look="soft")
    across, up = max(length, text.width), BAR_HEIGHT + text.size
    corners = [
        (left, bottom)
        for bottom in (view.height - MARGIN, MARGIN + up)
        for left in (MARGIN, view.width - MARGIN - across)
    ]
    boxes = [(left - 2, bottom - up - 2, left + across + 2, bottom + 2) for left, bottom in corners]
    first = next((k for k, box in enumerate(boxes) if ground.free(box)), None)
    if first is None:
        first = next((k for k, box in enumerate(boxes) if ground.free(box, of_marks=False)), 0)
    left, bottom = corners[first]
    ground.mark(boxes[first])
    ground.put(text, [(left + across / 2, bottom - BAR_HEIGHT - text.size / 2)], of_marks=False)
    return scale_bar(left + (across - length) / 2, bottom, length)


def _round_length(most: float) -> float:
    """The largest of 1, 2, 5, 10, 20 … that is no longer."""
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= most)


def _numbers(ground: Ground, bubbles: Sequence[Bubble], words: Language) -> None:
    """The number in each large bubble, or beside it where something lies on it."""
    x, y = ground.view.place(0.0, 0.0)
    for place, bubble in enumerate(bubbles[:MOST_NUMBERS]):
        if bubble.radius < NUMBERED:
            break
        number = Words(text=words.number(bubble.count), look="light")
        over = [*bubbles[place + 1 :], Bubble(x=x, y=y, radius=OFFICE, count=0)]
        half = math.hypot(number.width, 0.72 * number.size) / 2
        fits = half <= bubble.radius - 0.5
        if fits and all(math.hypot(one.x - bubble.x, one.y - bubble.y) > one.radius + half for one in over):
            ground.put(number, [(bubble.x, bubble.y)], of_marks=False)
        else:
            beside = Words(text=number.text, look="own")
            ground.put(beside, _beside(bubble.x, bubble.y, bubble.radius, beside))


def _beside(x: float, y: float, clear: float, words: Words) -> list[tuple[float, float]]:
    """Places for words next to a mark: right, left, above, below, then askew."""
    aside, along = clear + 2.0 + words.width / 2, clear + 1.0 + words.size / 2
    askew = 0.75
    straight = [(x + aside, y), (x - aside, y), (x, y - along), (x, y + along)]
    return straight + [
        (x + right * askew * aside, y + down * along) for down in (-askew, askew) for right in (1, -1)
    ]  # fmt: skip


def _on_circle(x: float, y: float, radius: float, words: Words) -> Iterator[tuple[float, float]]:
    """Places just outside and inside a circle, from its foot upwards."""
    for eighth in (4, 3, 5, 0, 1, 7, 2, 6):
        right, down = math.sin(eighth * math.pi / 4), -math.cos(eighth * math.pi / 4)
        away = 1.5 + words.size / 2 + abs(right) * words.width / 2
        for side in (1, -1):
            yield x + right * (radius + side * away), y + down * (radius + side * away)


def _names(ground: Ground, rings: Rings, home: int | None, words: Language) -> None:
    """The names of countries, the own one first, then the largest on the map."""
    found = stretches(rings)
    order = sorted(found, key=lambda country: country != home)
    for country in order[:NAMES]:
        code = outlines().countries[country]
        if code:
            name = Words(text=country_name(code, words.code), look="soft", size=NAME)
            ground.put(name, islice(middles(found[country], name.width + 4, name.size), TRIES))


def _around(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _cells(box: Box) -> tuple[slice, slice]:
    left, top, right, bottom = box
    return (
        slice(max(int(top / CELL), 0), max(int(bottom / CELL) + 1, 0)),
        slice(max(int(left / CELL), 0), max(int(right / CELL) + 1, 0)),
    )
