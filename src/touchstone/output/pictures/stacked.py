"""What makes up a whole: bars of parts, the own one first, the others under it.

The parts are named over the own bar. Names that find no room there stand in a line under the bars, each
behind the tint of its part; tints of neighbours differ in lightness, so that they can be told in grey.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from touchstone.core.language.language import Language
from touchstone.output.pictures.drawing import PARTS, Drawing
from touchstone.output.pictures.model import Label, Look, Picture, Table
from touchstone.output.pictures.placing import apart
from touchstone.output.pictures.widths import fitted, printed, widest
from touchstone.output.pictures.widths import width as wide

SIZE: Final = 7.5
SMALL: Final = 7.0
NAMES: Final = 0.3  # the most of the width that names of rows take
GAP: Final = 8.0
HEAD: Final = 14.0  # for the names over the first bar, and their leaders
ROW: Final = 16.0
BAR: Final = 12.0
FAR: Final = 16.0  # the most that a leader goes aside
KEY: Final = 10.0  # a line under the bars
SIGN: Final = 5.0  # the side of the square before a name in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One bar: the shares of the parts in per cent, in their order. What is not told is left out as 0."""

    name: str
    parts: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a bar: its number from 0, its share in words, and from where to where it lies."""

    number: int
    said: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def told(self) -> bool:
        """Whether there is room within for the share."""
        return wide(self.said, SMALL) + 3 <= self.right - self.left


def stacked(
    *, id: str, title: str, parts: Sequence[str], rows: Sequence[Stack], words: Language, width: float = 476.0
) -> Picture:
    """Bars of 100 % each, cut into parts.

    Args:
        id: unique in the report.
        title: what the whole is.
        parts: the names of the parts, from left to right.
        rows: the bars, the own one first. One with shares of more than 100 % is drawn as long as the others.
        words: the language of the report.
        width: of the picture in points; the height follows from the rows and from the names.
    """
    names, heads = tuple(map(printed, parts)), tuple(printed(row.name) for row in rows)
    room = min(widest(heads, SIZE, bold=True), NAMES * width)
    left = room + GAP if rows else 0.0
    bars = [_pieces(row, left, width, words) for row in rows]
    drawing = Drawing()
    labels = _over(drawing, bars[0], names, left, width) if bars else []
    top = HEAD if labels else 0.0
    listed = _listed(bars, over=bool(labels))
    for number, (head, bar) in enumerate(zip(heads, bars, strict=True)):
        labels.append(_head(head, room, top + ROW * number, first=not number))
        labels += _bar(drawing, bar, top + ROW * number)
    key, height = _key(drawing, listed, names, left=left, top=top + ROW * len(bars), width=width)
    title = printed(title)
    return Picture(
        id=id,
        title=title,
        alt=_in_words(title, names, heads, rows, words),
        width=width,
        height=height,
        shapes=drawing.shapes(),
        labels=(*labels, *key),
        table=_table(title, names, heads, rows, words),
    )


def tint(number: int) -> int:
    """Which of the tints the part with this number, from 0, has; odd ones are dark by day."""
    return number + 1 if number < PARTS else (number - PARTS) % (PARTS - 1) + 2


def _share(part: float, words: Language) -> str:
    return words.share(words.number(part))


def _pieces(row: Stack, left: float, right: float, words: Language) -> list[Piece]:
    """The parts of a bar that are more than nothing."""
    unit = (right - left) / max(100.0, sum(part for part in row.parts if part > 0))
    pieces, x = [], left
    for number, part in enumerate(row.parts):
        if part > 0:
            pieces.append(Piece(number=number, said=_share(part, words), left=x, right=x + part * unit))
            x += part * unit
    return pieces


def _head(text: str, room: float, top: float, *, first: bool) -> Label:
    look: Look = "strong" if first else "text"
    return Label(x=0, y=top + 8.75, text=fitted(text, room, SIZE, bold=first), look=look, size=SIZE)


def _bar(drawing: Drawing, bar: Sequence[Piece], top: float) -> list[Label]:
    labels = []
    for piece in bar:
        number = tint(piece.number)
        edge = min(0.25, (piece.right - piece.left) / 4)
        drawing.box(f"part-{number}", piece.left + edge, top, piece.right - piece.left - 2 * edge, BAR)
        if piece.told:
            look: Look = "light" if number % 2 else "text"
            x = round(piece.middle, 2)
            labels.append(Label(x=x, y=top + 8.5, text=piece.said, look=look, anchor="middle", size=SMALL))
    return labels


def _over(
    drawing: Drawing, bar: Sequence[Piece], names: Sequence[str], left: float, right: float
) -> list[Label]:
    """The names over the first bar, each with a leader to its part; none where there is no room for all."""
    texts = [_named(piece, names) for piece in bar]
    lengths = [wide(text, SMALL) for text in texts]
    wished = [piece.middle - length / 2 for piece, length in zip(bar, lengths, strict=True)]
    starts = apart(wished, lengths, gap=GAP, low=left, high=right)
    if starts is None:
        return []
    ends = [
        min(max(piece.middle, start + 1), start + length - 1)
        for piece, start, length in zip(bar, starts, lengths, strict=True)
    ]
    if any(abs(end - piece.middle) > FAR for end, piece in zip(ends, bar, strict=True)):
        return []
    labels = []
    for piece, text, start, end in zip(bar, texts, starts, ends, strict=True):
        drawing.line("leader", [(end, 9.0), (piece.middle, HEAD - 0.5)])
        labels.append(Label(x=round(start, 2), y=7.0, text=text, size=SMALL))
    return labels


def _named(piece: Piece, names: Sequence[str]) -> str:
    """The name of a part, with its share where that finds no room in the bar."""
    return names[piece.number] if piece.told else f"{names[piece.number]} {piece.said}"


def _listed(bars: Sequence[Sequence[Piece]], *, over: bool) -> list[tuple[int, str]]:
    """The parts to be named under the bars, and their shares in the first one if told nowhere else."""
    first = {piece.number: piece for piece in bars[0]} if bars else {}
    numbers = sorted({piece.number for bar in bars for piece in bar} - (first.keys() if over else set()))
    untold = {number: piece.said for number, piece in first.items() if not piece.told}
    return [(number, untold.get(number, "")) for number in numbers]


def _key(
    drawing: Drawing,
    listed: Sequence[tuple[int, str]],
    names: Sequence[str],
    *,
    left: float,
    top: float,
    width: float,
) -> tuple[list[Label], float]:
    """The names under the bars in as many lines as they need, and where the last one ends."""
    labels: list[Label] = []
    x = left
    for number, share in listed:
        text = f"{names[number]} {share}".rstrip()
        text = fitted(text, width - left - SIGN - 3, SMALL)
        long = SIGN + 3 + wide(text, SMALL)
        if x > left and x + long > width:
            x, top = left, top + KEY
        drawing.box(f"part-{tint(number)}", x, top + 2.5, SIGN, SIGN)
        labels.append(Label(x=round(x + SIGN + 3, 2), y=top + 7.5, text=text, look="soft", size=SMALL))
        x += long + GAP
    return labels, top + KEY if listed else top


# --- in words -----------------------------------------------------------------------------------------


def _in_words(
    title: str, names: Sequence[str], heads: Sequence[str], rows: Sequence[Stack], words: Language
) -> str:
    said = []
    for head, row in zip(heads, rows, strict=True):
        shares = ", ".join(
            f"{name} {_share(part, words)}" for name, part in zip(names, row.parts, strict=True)
        )
        said.append(f"{head}: {shares}.")
    return f"{title}. {' '.join(said)}".rstrip()


def _table(
    title: str, names: Sequence[str], heads: Sequence[str], rows: Sequence[Stack], words: Language
) -> Table:
    """One row a part, one column a bar."""
    shares = [[_share(part, words) for part in row.parts] for row in rows]
    return Table(
        caption=title,
        head=(words.say("picture.stacked.part"), *heads),
        rows=tuple([(name, *(of[number] for of in shares)) for number, name in enumerate(names)]),
    )
