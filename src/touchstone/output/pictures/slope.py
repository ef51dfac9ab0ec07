"""Values before and now: a line from each to each, named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from touchstone.core.language.language import Language
from touchstone.output.pictures.drawing import Drawing, n
from touchstone.output.pictures.model import Label, Picture, Table
from touchstone.output.pictures.placing import apart
from touchstone.output.pictures.scales import Written
from touchstone.output.pictures.widths import fitted, fitted_number, printed, widest
from touchstone.output.pictures.widths import width as wide

SIZE: Final = 7.0
HEAD: Final = 13.0
LINE: Final = 9.0  # the least from label to label
LEAST: Final = 54.0  # the least height of the drawing
LEADER: Final = 8.0  # from the end of a line to its words
DOT: Final = 1.75
NUMBERS: Final = 0.27  # the most of the width that the values of one day take
NAMES: Final = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """A value at two times, in one unit with the others of a picture."""

    name: str
    before: float
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where the lines begin and end, and the room for words beside them."""

    left: float
    right: float
    names: float
    numbers: float  # of the values now
    width: float


def slope(
    *,
    id: str,
    title: str,
    rows: Sequence[Slope],
    from_: str,
    to: str,
    written: Written,
    words: Language,
    width: float = 228.0,
) -> Picture:
    """A line for each value, from what it was to what it is.

    Args:
        id: unique in the report.
        title: what changed.
        rows: the values.
        from_: the time before, in words.
        to: the time now, in words.
        written: how a value is written, with its unit.
        words: the language of the report.
        width: of the picture in points; the height follows from the rows.
    """
    title, from_, to = printed(title), printed(from_), printed(to)
    said = [(printed(row.name), written(row.before), written(row.now)) for row in rows]
    frame = _frame(said, width)
    height = HEAD + max(LEAST, LINE * len(rows)) + 2
    drawing = Drawing()
    before = _heights([row.before for row in rows], rows, height)
    now = _heights([row.now for row in rows], rows, height)
    for start, end in zip(before, now, strict=True):
        _line(drawing, frame, start, end)
    labels = _heads(drawing, frame, from_, to, height)
    labels += _before(drawing, frame, [one[1] for one in said], before, height)
    labels += _now(drawing, frame, [(one[0], one[2]) for one in said], now, height)
    spoken = [words.say("picture.slope.row", name=name, before=old, now=new) for name, old, new in said]
    return Picture(
        id=id,
        title=title,
        alt=words.say("picture.slope.alt", title=title, before=from_, now=to, rows=" ".join(spoken)).rstrip(),
        width=width,
        height=height,
        shapes=drawing.shapes(),
        labels=tuple(labels),
        table=Table(caption=title, head=(words.say("picture.slope.measure"), from_, to), rows=tuple(said)),
    )


def _frame(said: Sequence[tuple[str, str, str]], width: float) -> Frame:
    before = min(widest(tuple(one[1] for one in said), SIZE), NUMBERS * width)
    now = min(widest(tuple(one[2] for one in said), SIZE, bold=True), NUMBERS * width)
    names = min(widest(tuple(one[0] for one in said), SIZE) + 4, NAMES * width)
    return Frame(
        left=before + LEADER,
        right=width - now - names - LEADER,
        names=names,
        numbers=now,
        width=width,
    )


def _heights(values: Sequence[float], rows: Sequence[Slope], height: float) -> list[float]:
    """How far down each value lies; the largest of all at the top, all in the middle if they are the same."""
    every = [value for row in rows for value in (row.before, row.now)]
    low, high = min(every, default=0.0), max(every, default=0.0)
    top, bottom = HEAD + LINE / 2, height - LINE / 2
    if high == low:
        return [(top + bottom) / 2 for _ in values]
    return [bottom - (value - low) / (high - low) * (bottom - top) for value in values]


def _line(drawing: Drawing, frame: Frame, start: float, end: float) -> None:
    drawing.line("own-line", [(frame.left, start), (frame.right, end)])
    for x, y in ((frame.left, start), (frame.right, end)):
        arc = f"a{n(DOT)} {n(DOT)} 0 0 1"
        drawing.add("own", f"M{n(x - DOT)} {n(y)}{arc} {n(2 * DOT)} 0{arc} {n(-2 * DOT)} 0z")


def _heads(drawing: Drawing, frame: Frame, from_: str, to: str, height: float) -> list[Label]:
    """The two times over the ends of the lines, and a hairline under each."""
    for x in (frame.left, frame.right):
        drawing.down("grid", x, HEAD - 2, height)
    half = frame.width / 2 - 4
    earlier, later = fitted(from_, half, SIZE), fitted(to, half, SIZE)
    start = max(frame.left - wide(earlier, SIZE), 0.0)
    last = min(max(frame.right, start + wide(earlier, SIZE) + 4), frame.width - wide(later, SIZE))
    return [
        Label(x=round(start, 2), y=7, text=earlier, look="soft", size=SIZE),
        Label(x=round(last, 2), y=7, text=later, look="soft", size=SIZE),
    ]


def _spaced(places: Sequence[float], height: float) -> list[tuple[int, float]]:
    """Which label comes where, top down: near its value, and clear of the others."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    wished = [places[number] - LINE / 2 for number in order]
    tops = apart(wished, [LINE] * len(order), gap=0.0, low=HEAD, high=height)
    return [(number, top + LINE / 2) for number, top in zip(order, tops or wished, strict=True)]


def _before(
    drawing: Drawing, frame: Frame, values: Sequence[str], places: Sequence[float], height: float
) -> list[Label]:
    labels = []
    for number, y in _spaced(places, height):
        drawing.line("leader", [(frame.left - LEADER + 1, y), (frame.left - DOT - 1, places[number])])
        text = fitted_number(values[number], frame.left - LEADER, SIZE)
        x = round(frame.left - LEADER, 2)
        labels.append(Label(x=x, y=round(y + 2.5, 2), text=text, look="soft", anchor="end", size=SIZE))
    return labels


def _now(
    drawing: Drawing, frame: Frame, said: Sequence[tuple[str, str]], places: Sequence[float], height: float
) -> list[Label]:
    labels, x = [], frame.right + LEADER
    for number, y in _spaced(places, height):
        name, value = said[number]
        drawing.line("leader", [(frame.right + DOT + 1, places[number]), (x - 1, y)])
        value = fitted_number(value, frame.numbers, SIZE, bold=True)
        name = fitted(name, frame.names - 4, SIZE)
        at = round(y + 2.5, 2)
        labels.append(Label(x=round(x, 2), y=at, text=value, look="own", size=SIZE))
        labels.append(Label(x=round(x + frame.numbers + 4, 2), y=at, text=name, size=SIZE))
    return labels
