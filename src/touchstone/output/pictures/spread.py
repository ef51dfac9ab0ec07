"""Where a value lies among the peers: the reference group large, the other groups as thin boxes below it.

Only what the comparison shows is drawn: steps of density, box, median and whiskers, never a single peer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from touchstone.core.benchmark.density import Bin
from touchstone.core.benchmark.model import Figure
from touchstone.core.language.language import DASH, Language
from touchstone.output.pictures.drawing import Drawing, n
from touchstone.output.pictures.model import Label, Look, Picture, Table
from touchstone.output.pictures.placing import placed_at
from touchstone.output.pictures.scales import Axis, Written, grid, ticks
from touchstone.output.pictures.widths import fitted, fitted_number, printed, widest, width, wrapped

SIZE: Final = 7.0
OWN_SIZE: Final = 8.0
LINE: Final = 8.0  # from line to line of a name
GAP: Final = 7.0  # between the columns
OWN_ROOM: Final = 10.0  # for the words of the own value
TOP: Final = 7.0  # for its triangle, and the heads of the columns
DENSE, LARGE, THIN = 27.0, 16.0, 11.0  # heights of rows: the first with steps of density, without, the others
FLOOR: Final = 2.0  # between the steps of density and the next row
FOOT: Final = 9.0  # for the labels of the scale
NAMES: Final = 0.3  # the most of the width that names take
NUMBERS: Final = 0.27  # the most that a column of numbers takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One row of a spread chart: a reference group and what may be shown of it."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A spread in words, and where it is drawn. Figures that may not be shown are empty."""

    name: str
    n: str
    values: tuple[str, str, str, str, str]  # P5, P25, median, P75, P95
    figure: Figure
    top: float
    bottom: float
    middle: float  # of box and words
    half: float  # the height of the box


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The columns of a picture: names, the drawing, medians, n. Each of these is an edge in points."""

    width: float
    names: float
    left: float
    right: float
    medians: float  # their right edge
    median_room: float
    n_room: float
    heads: tuple[str, str]  # of the medians and of n


def spread(
    *,
    id: str,
    title: str,
    own: float | None,
    rows: Sequence[Spread],
    bins: Sequence[Bin],
    axis: Axis,
    written: Written,
    words: Language,
    width: float = 222.0,
) -> Picture:
    """Box, median and whiskers of each group, one under the other, and the own value across them.

    Args:
        id: unique in the report.
        title: what is measured.
        own: the organisation's value; none is drawn without it.
        rows: the groups, the reference group first. A figure that may not be shown becomes words.
        bins: how many of the reference group's peers lie where; empty where that may not be told.
        axis: the common scale.
        written: how a value of the measure is written, with its unit.
        words: the language of the report.
        width: of the picture in points; the height follows from the rows.
    """
    top = TOP if own is None else OWN_ROOM + TOP
    placed = _placed(rows, top, bool(bins), written, words)
    frame = _frame(placed, width, words)
    bottom = placed[-1].bottom if placed else top
    at = axis.onto(frame.left, frame.right)
    drawing = Drawing()
    _lines(drawing, placed, own, axis, frame)
    if bins and placed:
        _steps(drawing, bins, placed[0], axis, at)
    labels = _heads(frame, top)
    for row in placed:
        _box(drawing, row, at)
        labels += _labels(row, frame, words, first=row is placed[0])
    said = words.say("picture.no_own")
    if own is not None:
        said = words.say("picture.beyond" if axis.beyond(own) else "picture.own_value", value=written(own))
        labels.append(_own_mark(drawing, said, own, axis, frame))
    labels += ticks(axis, written, left=frame.left, right=frame.right, y=bottom + FOOT - 2, within=width)
    title = printed(title)
    groups = [_group_in_words(row, words) for row in placed] + _densest(placed, bins, written, words)
    return Picture(
        id=id,
        title=title,
        alt=words.say("picture.spread.alt", title=title, own=said, groups=" ".join(groups)),
        width=width,
        height=bottom + FOOT,
        shapes=drawing.shapes(),
        labels=tuple(labels),
        table=_table(title, said, placed, words),
    )


# --- places -------------------------------------------------------------------------------------------


def _placed(rows: Sequence[Spread], top: float, dense: bool, written: Written, words: Language) -> list[Row]:
    placed = []
    height, up, half = DENSE if dense else LARGE, FLOOR + 4.5, 3.0
    for row in rows:
        figure = row.figure
        shown = (figure.p5, figure.p25, figure.median, figure.p75, figure.p95)
        p5, p25, median, p75, p95 = ["" if value is None else written(value) for value in shown]
        placed.append(
            Row(
                name=printed(row.name),
                n=words.number(figure.n),
                values=(p5, p25, median, p75, p95),
                figure=figure,
                top=top,
                bottom=top + height,
                middle=top + height - up,
                half=half,
            )
        )
        top, height, up, half = top + height, THIN, THIN / 2, 2.5
    return placed


def _frame(rows: Sequence[Row], total: float, words: Language) -> Frame:
    heads = (words.say("picture.median"), words.say("picture.n"))
    most = NUMBERS * total
    median_room = min(widest((heads[0], *[row.values[2] for row in rows]), SIZE), most)
    n_room = min(widest((heads[1], *[row.n for row in rows]), SIZE), most)
    bold = width(rows[0].name, SIZE, bold=True) if rows else 0.0
    names = min(max(bold, widest([row.name for row in rows], SIZE)), NAMES * total)
    medians = total - n_room - GAP
    return Frame(
        width=total,
        names=names,
        left=names + GAP,
        right=medians - median_room - GAP,
        medians=medians,
        median_room=median_room,
        n_room=n_room,
        heads=heads,
    )


# --- drawing ------------------------------------------------------------------------------------------


def _runs(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """From where to where rows with something to draw follow one another."""
    runs: list[tuple[float, float]] = []
    for row in rows:
        if row.figure.median is not None:
            start = runs.pop()[0] if runs and runs[-1][1] == row.top else row.top
            runs.append((start, row.bottom))
    return runs


def _lines(drawing: Drawing, rows: Sequence[Row], own: float | None, axis: Axis, frame: Frame) -> None:
    """The grid, and the own value across the rows that have something to be compared with."""
    for top, bottom in _runs(rows):
        grid(drawing, axis, left=frame.left, right=frame.right, top=top, bottom=bottom)
        if own is not None:
            drawing.down("own-line", axis.onto(frame.left, frame.right)(own), top, bottom)


def _box(drawing: Drawing, row: Row, at: Callable[[float], float]) -> None:
    """Whiskers, box and median of a row, as far as they may be shown."""
    figure, middle, half = row.figure, row.middle, row.half
    if figure.p5 is not None and figure.p95 is not None:
        drawing.across("whisker", at(figure.p5), at(figure.p95), middle)
    if figure.p25 is not None and figure.p75 is not None:
        start, end = at(figure.p25), at(figure.p75)
        drawing.box("peers", start, middle - half, max(end - start, 0.75), 2 * half)
    if figure.median is not None:
        drawing.down("median", at(figure.median), middle - half - 0.75, middle + half + 0.75)


def _steps(drawing: Drawing, bins: Sequence[Bin], row: Row, axis: Axis, at: Callable[[float], float]) -> None:
    """The outline of the density: each step as high as there are peers to a unit of the scale."""
    if row.figure.median is None:
        return
    base = row.bottom - FLOOR
    least = (axis.high - axis.low) / 200  # what is narrower counts as wide as a line
    dense = [one.n / max(one.high - one.low, least) for one in bins]
    scale = (base - row.top - 1) / (max(dense) or 1.0)
    floor, path, last = n(base), "", ""
    for one, density in zip(bins, dense, strict=True):
        start = n(at(one.low))
        if start != last:
            path += f"V{floor}zM{start} {floor}" if path else f"M{start} {floor}"
        last = n(at(one.high))
        path += f"V{n(base - density * scale)}H{last}"
    drawing.add("steps", f"{path}V{floor}z")


def _own_mark(drawing: Drawing, said: str, own: float, axis: Axis, frame: Frame) -> Label:
    x = frame.left + axis.place(own) * (frame.right - frame.left)
    top = OWN_ROOM + 0.5
    drawing.area("mark", _pointing(x, top, axis, own))
    text = fitted(said, frame.width, OWN_SIZE, bold=True)
    start = placed_at(x, text, OWN_SIZE, frame.width, bold=True)
    return Label(x=round(start, 2), y=OWN_ROOM - 2, text=text, look="own", size=OWN_SIZE)


def _pointing(x: float, top: float, axis: Axis, own: float) -> list[tuple[float, float]]:
    """A triangle that points at the scale, or out of it where the value lies beyond."""
    if not axis.beyond(own):
        return [(x - 3.5, top), (x + 3.5, top), (x, top + 5)]
    out = 4.5 if own > axis.high else -4.5
    return [(x, top), (x, top + 5), (x + out, top + 2.5)]


# --- labels -------------------------------------------------------------------------------------------


def _heads(frame: Frame, top: float) -> list[Label]:
    median, n = frame.heads
    return [
        _number(fitted(median, frame.median_room, SIZE), frame.medians, top - 1, "soft"),
        _number(fitted(n, frame.n_room, SIZE), frame.width, top - 1, "soft"),
    ]


def _labels(row: Row, frame: Frame, words: Language, *, first: bool) -> list[Label]:
    y = row.middle + 2.5
    labels = _name(row, frame, y) if first else [_plain(fitted(row.name, frame.names, SIZE), 0, y, "text")]
    labels.append(_number(fitted_number(row.n, frame.n_room, SIZE), frame.width, y, "soft"))
    median = row.values[2]
    if median:
        labels.append(_number(fitted_number(median, frame.median_room, SIZE), frame.medians, y, "text"))
    else:
        hidden = fitted(words.say("picture.hidden"), frame.right - frame.left, SIZE)
        labels.append(_plain(hidden, frame.left, y, "soft"))
    return labels


def _name(row: Row, frame: Frame, y: float) -> list[Label]:
    """The name of the reference group, for which there is room in two lines."""
    lines = wrapped(row.name, frame.names, SIZE, 2, bold=True)
    up = LINE * (len(lines) - 1)
    return [_plain(line, 0, y - up + LINE * number, "strong") for number, line in enumerate(lines)]


def _plain(text: str, x: float, y: float, look: Look) -> Label:
    return Label(x=round(x, 2), y=y, text=text, look=look, size=SIZE)


def _number(text: str, x: float, y: float, look: Look) -> Label:
    return Label(x=round(x, 2), y=y, text=text, look=look, anchor="end", size=SIZE)


# --- in words -----------------------------------------------------------------------------------------


def _densest(rows: Sequence[Row], bins: Sequence[Bin], written: Written, words: Language) -> list[str]:
    """Where the peers of the reference group stand closest, if that may be told."""
    if not (bins and rows and rows[0].values[2]):
        return []
    most = max(bins, key=lambda one: one.n / max(one.high - one.low, 1e-300))
    middle = written((most.low + most.high) / 2)
    return [words.say("picture.spread.densest", name=rows[0].name, value=middle)]


def _group_in_words(row: Row, words: Language) -> str:
    p5, p25, median, p75, p95 = row.values
    much = "hidden" if not median else "median" if not p25 else "quartiles" if not p5 else "full"
    return words.counted(
        f"picture.spread.{much}", row.figure.n, name=row.name, median=median, p25=p25, p75=p75, p5=p5, p95=p95
    )


def _table(title: str, own: str, rows: Sequence[Row], words: Language) -> Table:
    return Table(
        caption=words.say("picture.spread.caption", title=title, own=own),
        head=tuple(words.at("picture.spread.head")),
        rows=tuple([(row.name, row.n, *(value or DASH for value in row.values)) for row in rows]),
    )
