"""Several values on one scale: the own ones as bars, the peers' medians as lines on their middle halves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from touchstone.core.benchmark.model import Figure
from touchstone.core.language.language import DASH, Language
from touchstone.output.pictures.drawing import Drawing
from touchstone.output.pictures.model import Label, Look, Picture, Table
from touchstone.output.pictures.scales import Axis, Written, grid, ticks
from touchstone.output.pictures.widths import fitted, fitted_number, printed, widest

SIZE: Final = 7.5
SMALL: Final = 7.0
HEAD: Final = 11.0
ROW: Final = 13.0
FOOT: Final = 9.0
BAND, BAR = 9.0, 4.5  # heights
GAP: Final = 8.0
SIGN: Final = 5.0
NAMES: Final = 0.42  # the most of the width that names take
NUMBERS: Final = 0.17  # the most that a column of numbers takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A value of the organisation, and what may be shown of the peers'."""

    name: str
    own: float | None
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A level in words. What is missing or may not be shown is empty."""

    name: str
    own: str
    median: str
    low: str
    high: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The columns of a picture: names, the drawing, own values, medians; edges in points."""

    names: float
    left: float
    right: float
    own: float  # the right edge of the own values
    own_room: float
    median_room: float
    width: float


def profile(
    *,
    id: str,
    title: str,
    rows: Sequence[Level],
    axis: Axis,
    written: Written,
    words: Language,
    width: float = 476.0,
) -> Picture:
    """Bars of several values, each beside what its peers have.

    Args:
        id: unique in the report.
        title: what the values say together.
        rows: the values, top down.
        axis: their common scale.
        written: how a value is written, with its unit.
        words: the language of the report.
        width: of the picture in points; the height follows from the rows.
    """
    said = [in_row(level, written) for level in rows]
    frame = _frame(said, width, words)
    bottom = HEAD + ROW * len(said)
    drawing = Drawing()
    grid(drawing, axis, left=frame.left, right=frame.right, top=HEAD, bottom=bottom)
    labels = _heads(drawing, frame, words)
    for number, row in enumerate(said):
        top = HEAD + ROW * number
        _drawn(drawing, row.level, axis, frame, top)
        labels += _labels(row, frame, top + 9.0, words)
    labels += ticks(axis, written, left=frame.left, right=frame.right, y=bottom + FOOT - 2, within=width)
    title = printed(title)
    return Picture(
        id=id,
        title=title,
        alt=f"{title}. {' '.join(in_words(row, words) for row in said)}".rstrip(),
        width=width,
        height=bottom + FOOT,
        shapes=drawing.shapes(),
        labels=tuple(labels),
        table=level_table(title, said, words),
    )


def in_row(level: Level, written: Written) -> Row:
    """A level with its figures written."""
    figure = level.figure
    own, median, low, high = (
        "" if value is None else written(value)
        for value in (level.own, figure.median, figure.p25, figure.p75)
    )
    return Row(name=printed(level.name), own=own, median=median, low=low, high=high, level=level)


def _median(row: Row, words: Language) -> str:
    return row.median or words.say("picture.hidden")


def _frame(rows: Sequence[Row], width: float, words: Language) -> Frame:
    medians = (words.say("picture.median"), *(_median(row, words) for row in rows))
    median_room = min(widest(medians, SMALL), NUMBERS * width)
    heads = widest((words.say("picture.own"),), SMALL, bold=True)
    own_room = min(max(heads, widest(tuple(row.own for row in rows), SMALL, bold=True)), NUMBERS * width)
    names = min(widest(tuple(row.name for row in rows), SIZE), NAMES * width)
    own = width - median_room - GAP
    return Frame(
        names=names,
        left=names + GAP,
        right=own - own_room - GAP,
        own=own,
        own_room=own_room,
        median_room=median_room,
        width=width,
    )


def _heads(drawing: Drawing, frame: Frame, words: Language) -> list[Label]:
    """What bar, line and band stand for: the first two over their figures, the band over the drawing."""
    own = fitted(words.say("picture.own"), frame.own_room, SMALL, bold=True)
    median = fitted(words.say("picture.median"), frame.median_room, SMALL)
    band = fitted(words.say("picture.profile.band"), frame.right - frame.left - SIGN - 3, SMALL)
    drawing.box("peers", frame.left, 2, SIGN, SIGN)
    return [
        Label(x=round(frame.left + SIGN + 3, 2), y=7, text=band, look="soft", size=SMALL),
        _number(own, frame.own, 7, "own"),
        _number(median, frame.width, 7, "soft"),
    ]


def _drawn(drawing: Drawing, level: Level, axis: Axis, frame: Frame, top: float) -> None:
    figure, long = level.figure, frame.right - frame.left
    middle = top + ROW / 2
    if figure.p25 is not None and figure.p75 is not None:
        start, end = (frame.left + axis.place(value) * long for value in (figure.p25, figure.p75))
        drawing.box("peers", start, middle - BAND / 2, max(end - start, 0.75), BAND)
    if level.own is not None:
        start, end = sorted(frame.left + axis.place(value) * long for value in (0.0, level.own))
        drawing.box("own", start, middle - BAR / 2, max(end - start, 0.75), BAR)
    if figure.median is not None:
        x = frame.left + axis.place(figure.median) * long
        drawing.down("median", x, middle - BAND / 2 - 0.75, middle + BAND / 2 + 0.75)


def _labels(row: Row, frame: Frame, y: float, words: Language) -> list[Label]:
    own = fitted_number(row.own or DASH, frame.own_room, SMALL, bold=True)
    if row.median:
        median = fitted_number(row.median, frame.median_room, SMALL)
    else:
        median = fitted(_median(row, words), frame.median_room, SMALL)
    return [
        Label(x=0, y=y, text=fitted(row.name, frame.names, SIZE), size=SIZE),
        _number(own, frame.own, y, "own"),
        _number(median, frame.width, y, "text" if row.median else "soft"),
    ]


def _number(text: str, x: float, y: float, look: Look) -> Label:
    return Label(x=round(x, 2), y=y, text=text, look=look, anchor="end", size=SMALL)


# --- in words -----------------------------------------------------------------------------------------


def in_words(row: Row, words: Language) -> str:
    """A level as a sentence, with all figures that are shown of it."""
    own = words.say("picture.own_value", value=row.own) if row.own else words.say("picture.no_own")
    much = "hidden" if not row.median else "quartiles" if row.low and row.high else "median"
    peers = words.counted(
        f"picture.level.{much}", row.level.figure.n, median=row.median, low=row.low, high=row.high
    )
    return words.say("picture.level.row", name=row.name, own=own, peers=peers)


def level_table(title: str, rows: Sequence[Row], words: Language) -> Table:
    """The figures of some levels."""
    return Table(
        caption=title,
        head=tuple(words.at("picture.level.head")),
        rows=tuple(
            (
                row.name,
                row.own or DASH,
                words.number(row.level.figure.n),
                *(value or DASH for value in (row.low, row.median, row.high)),
            )
            for row in rows
        ),
    )
