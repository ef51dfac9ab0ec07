"""Counts in three parts, as bars of one length, and points on the way to a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from touchstone.core.language.language import Language
from touchstone.output.pictures.drawing import Drawing
from touchstone.output.pictures.model import Anchor, Label, Look, Picture, Table
from touchstone.output.pictures.placing import placed_at
from touchstone.output.pictures.widths import fitted, printed, widest
from touchstone.output.pictures.widths import width as wide

SIZE: Final = 7.5
SMALL: Final = 7.0
HEAD: Final = 13.0
ROW: Final = 14.0
BAR: Final = 9.0
NAMES: Final = 0.45  # the most of the width that names take
GAP: Final = 8.0
SIGN: Final = 5.0  # the side of the square before the name of a part
LOOKS: Final = ("weaker", "peers", "own")
INSIDE: Final[tuple[Look, Look, Look]] = ("text", "text", "light")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One row of a parts chart: how many are in each of three parts."""

    name: str
    counts: tuple[int, int, int]


def parts(
    *, id: str, title: str, names: tuple[str, str, str], rows: Sequence[Parts], width: float = 250.0
) -> Picture:
    """Bars of one length in three parts, each with its count.

    Args:
        id: unique in the report.
        title: what is counted.
        names: of the three parts, from the weaker to the better.
        rows: the bars, top down. A row without counts has no bar.
        width: of the picture in points; the height follows from the rows.
    """
    named = [(printed(row.name), row.counts) for row in rows]
    room = min(widest(tuple(name for name, _ in named), SIZE), NAMES * width)
    left = room + GAP if named else 0.0
    drawing = Drawing()
    labels = _signs(drawing, tuple(map(printed, names)), left, width)
    for number, (name, counts) in enumerate(named):
        top = HEAD + ROW * number
        labels.append(Label(x=0, y=top + 7.5, text=fitted(name, room, SIZE), size=SIZE))
        labels += _bar(drawing, counts, top, left, width)
    title = printed(title)
    return Picture(
        id=id,
        title=title,
        alt=f"{title}. {' '.join(_in_words(name, counts, names) for name, counts in named)}".rstrip(),
        width=width,
        height=HEAD + ROW * len(named),
        shapes=drawing.shapes(),
        labels=tuple(labels),
        table=Table(
            caption=title,
            head=("", *map(printed, names)),
            rows=tuple((name, *map(str, counts)) for name, counts in named),
        ),
    )


def score_bar(
    *,
    id: str,
    title: str,
    points: int,
    maximum: int,
    line: float | None,
    line_name: str,
    words: Language,
    width: float = 220.0,
) -> Picture:
    """Points reached on a bar as long as all points, with a mark at the line to reach, if there is one."""
    drawing = Drawing()
    all_points = max(maximum, 1)
    reached = min(max(points / all_points, 0.0), 1.0) * width
    drawing.box("peers", 0, 11, width, 8)
    drawing.box("own", 0, 11, reached, 8)
    title = printed(title)
    said = words.counted("picture.score.points", maximum, points=words.number(points))
    labels = [_under(fitted(said, width, 8, bold=True), reached, width)]
    to_reach = ""
    if line is not None:
        to_reach = words.say("picture.score.line", name=printed(line_name), line=words.number(line, 1))
        mark = min(max(line / all_points, 0.0), 1.0) * width
        drawing.down("median", min(max(mark, 0.65), width - 0.65), 9, 21)
        text = fitted(to_reach, width, SMALL)
        x = round(placed_at(mark, text, SMALL, width), 2)
        labels.append(Label(x=x, y=7.0, text=text, look="soft", size=SMALL))
    alt = "picture.score.alt_line" if to_reach else "picture.score.alt"
    return Picture(
        id=id,
        title=title,
        alt=words.say(alt, title=title, points=said, line=to_reach),
        width=width,
        height=31.0,
        shapes=drawing.shapes(),
        labels=tuple(labels),
    )


def _under(text: str, reached: float, width: float) -> Label:
    x = placed_at(reached, text, 8, width, bold=True)
    return Label(x=round(x, 2), y=29, text=text, look="own", size=8)


def _signs(drawing: Drawing, names: tuple[str, ...], left: float, width: float) -> list[Label]:
    """The names of the parts above the bars, each behind the sign of its part."""
    room = sum(wide(name, SMALL) + SIGN + 3 for name in names) + 2 * GAP
    start = left if room <= width - left else 0.0
    each = (width - start - 2 * GAP) / 3 - SIGN - 3
    texts = names if room <= width - start else tuple(fitted(name, each, SMALL) for name in names)
    lengths = [wide(text, SMALL) + SIGN + 3 for text in texts]
    between = (width - start - sum(lengths)) / 2
    labels, x = [], start
    for text, length, look in zip(texts, lengths, LOOKS, strict=True):
        drawing.box(look, x + 0.25, 2.25, SIGN - 0.5, SIGN - 0.5)
        labels.append(Label(x=round(x + SIGN + 3, 2), y=7, text=text, look="soft", size=SMALL))
        x += length + between
    return labels


def _bar(
    drawing: Drawing, counts: tuple[int, int, int], top: float, left: float, width: float
) -> list[Label]:
    labels, x = [], left
    unit = (width - left) / (sum(counts) or 1)
    for count, look, inside in zip(counts, LOOKS, INSIDE, strict=True):
        if count:
            long = count * unit
            drawing.box(look, x + 0.25, top + 0.25, long - 0.5, BAR - 0.5)
            text = str(count)
            if wide(text, SMALL) + 3 <= long:
                middle = round(x + long / 2, 2)
                labels.append(_inside(text, middle, top + 7, inside))
            x += long
    return labels


def _inside(text: str, x: float, y: float, look: Look) -> Label:
    middle: Anchor = "middle"
    return Label(x=x, y=y, text=text, look=look, anchor=middle, size=SMALL)


def _in_words(name: str, counts: tuple[int, int, int], names: tuple[str, str, str]) -> str:
    counted = ", ".join(f"{printed(part)} {count}" for part, count in zip(names, counts, strict=True))
    return f"{name}: {counted}."
