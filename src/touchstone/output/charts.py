"""Pictures of figures, as SVG of our own: the same bytes in HTML and, through Typst, in PDF.

Only what the comparison shows is drawn: box, median and whiskers, never a single peer. Colours are
fixed by day, because Typst knows no style sheet; the classes let HTML turn them dark.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from touchstone.core.benchmark.model import Figure
from touchstone.core.scheme.model import Kind, Measure
from touchstone.output.printable import shortened
from touchstone.output.tokens import colour, tokens

Words = Callable[[float], str]

WIDTH = 300.0
MARGIN = 6.0
ROW = 31.0
TOP = 26.0
BAND = 13.0  # where the drawing of a row begins, under its text
STRIP_WIDTH, STRIP_HEIGHT = 112.0, 14.0
# An own value this many times as far out as all that is shown of the peers would flatten them.
FAR_OUT = 2.5
CHARACTER = 5.1  # the mean width of one in the type of the pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing and its text alternative."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A scale from `low` to `high`."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 1; what is beyond the scale sits at its end."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def beyond(self, value: float) -> bool:
        """Whether a value lies outside the scale."""
        return not self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One row of a spread chart: a reference group and what may be shown of it."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """A spread as places on a scale, each from 0 to 1; None where there is nothing to draw."""

    p5: float | None
    p25: float | None
    median: float | None
    p75: float | None
    p95: float | None
    own: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One row of a parts chart: how many are in each of three parts."""

    name: str
    counts: tuple[int, int, int]


def axis_for(measure: Measure, own: float | None, figures: Iterable[Figure]) -> Axis:
    """The scale of a measure: its whole range where it has one, else a round one around what is shown."""
    shown = [value for figure in figures for value in _shown(figure)]
    low, high = _natural_range(measure)
    values = shown + ([] if own is None else [own])
    if low is not None and high is not None and all(low <= value <= high for value in values):
        return _fixed(low, high, measure.kind)
    if own is not None and shown and _far_out(own, shown, measure.kind):
        values = [*shown, *(1.15 * value for value in shown)]
    return _round_axis(values, measure.kind)


def spread_chart(
    *, id: str, title: str, own: float | None, rows: Sequence[Spread], axis: Axis, words: Words
) -> Picture:
    """Box, median and whiskers of each group, one under the other, and the own value across them.

    Args:
        id: unique in the page; the ids of title and description begin with it.
        title: what is measured.
        own: the organisation's value; none is drawn without it.
        rows: the groups, top down. A figure that may not be shown becomes a line of text.
        axis: the common scale.
        words: how a value of the measure is written, with its unit.
    """
    bottom = TOP + ROW * len(rows)
    parts = [_ticks_in_words(axis, bottom, words)]
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * number, own, axis, words)
    if own is not None:
        parts.append(_own_mark(own, axis, words))
    alt = _spread_in_words(title, own, rows, words)
    return _picture(id, title, alt, bottom + 14, parts)


def places(*, own: float | None, figure: Figure, axis: Axis) -> Places:
    """Where the parts of a spread lie on a scale, for drawings the height of a table row."""

    def place(value: float | None) -> float | None:
        return None if value is None else round(axis.place(value), 4)

    return Places(
        p5=place(figure.p5),
        p25=place(figure.p25),
        median=place(figure.median),
        p75=place(figure.p75),
        p95=place(figure.p95),
        own=place(own),
    )


def strip(at: Places) -> str:
    """A spread the height of a table row. It repeats the figures beside it, so it has no text of its own."""
    parts = _box(at, STRIP_HEIGHT / 2 - 3.5, 7, STRIP_WIDTH)
    if at.own is not None:
        x = _x(at.own, STRIP_WIDTH)
        parts.append(_shape([(x - 3.5, 1), (x + 3.5, 1), (x, 8)], "own"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="strip" viewBox="0 0 {_n(STRIP_WIDTH)} '
        f'{_n(STRIP_HEIGHT)}" aria-hidden="true">{"".join(parts)}</svg>'
    )


def parts_chart(*, id: str, title: str, names: tuple[str, str, str], rows: Sequence[Parts]) -> Picture:
    """Bars of one length in three parts, each with its count."""
    parts = [_legend(names)]
    for number, row in enumerate(rows):
        top = TOP + 4 + ROW * number
        parts.append(_text(MARGIN, top + 9, row.name, "text"))
        parts += _segments(row.counts, top + 13)
    alt = f"{title}. " + " ".join(_parts_in_words(row, names) for row in rows)
    return _picture(id, title, alt.strip(), TOP + 4 + ROW * len(rows), parts)


def score_bar(
    *, id: str, title: str, points: int, maximum: int, line: float | None, line_name: str
) -> Picture:
    """Points reached on a bar as long as all points, with a mark at the line to reach, if there is one."""
    axis = Axis(low=0, high=max(maximum, 1), ticks=())
    left, right = _x(0), _x(axis.place(points))
    parts = [
        _rect(left, 18, _x(1) - left, 12, "peers"),
        _rect(left, 18, right - left, 12, "own"),
        *([] if line is None else _score_line(_x(axis.place(line)), f"{line_name}: {_n(line)}")),
        _text(left, 45, f"{points} of {maximum} points", "text"),
    ]
    to_reach = "" if line is None else f"; {line_name}: {_n(line)}"
    return _picture(id, title, f"{title}. {points} of {maximum} points{to_reach}.", 50, parts)


def _score_line(mark: float, text: str) -> list[str]:
    anchor = "end" if mark > WIDTH / 2 else "start"
    return [_line(mark, 12, mark, 36, "median"), _text(mark, 9, text, "soft", anchor)]


def light_shape(light: str) -> str:
    """The sign of a traffic light, told apart by its shape; a ring where nothing was assessed."""
    shapes = {
        "green": _shape([(6, 1), (11.5, 11), (0.5, 11)], "green"),
        "yellow": _rect(1.5, 1.5, 9, 9, "yellow"),
        "red": _shape([(0.5, 1), (11.5, 1), (6, 11)], "red"),
    }
    ring = f'<circle class="ring" cx="6" cy="6" r="4.5" fill="none" stroke="{colour("line-strong")}"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="light" viewBox="0 0 12 12" aria-hidden="true">'
        f"{shapes.get(light, ring)}</svg>"
    )


# --- scales -------------------------------------------------------------------------------------------


def _shown(figure: Figure) -> list[float]:
    values = (figure.p5, figure.p25, figure.median, figure.p75, figure.p95)
    return [value for value in values if value is not None]


def _natural_range(measure: Measure) -> tuple[float | None, float | None]:
    """The range of shares, scales and what is derived of them; of others it only bars nonsense."""
    if measure.kind is Kind.SHARE:
        return 0.0, 100.0
    if measure.kind is Kind.SCALE or measure.derived is not None:
        return measure.minimum, measure.maximum
    return None, None


def _fixed(low: float, high: float, kind: Kind) -> Axis:
    if kind is Kind.SHARE:
        return Axis(low=0, high=100, ticks=(0, 25, 50, 75, 100))
    ticks = [tick for tick in _ticks(low, high, _step(high - low, kind)) if low <= tick <= high]
    return Axis(low=low, high=high, ticks=tuple(ticks))


def _far_out(own: float, shown: Sequence[float], kind: Kind) -> bool:
    if kind is Kind.YEAR:
        return False
    farthest = max(abs(value) for value in shown)
    return abs(own) > FAR_OUT * farthest > 0


def _round_axis(values: Sequence[float], kind: Kind) -> Axis:
    least, most = min(values, default=0.0), max(values, default=1.0)
    if kind is not Kind.YEAR:
        least, most = min(least, 0.0), max(most, 0.0)
    step = _step(most - least, kind)
    low, high = round(math.floor(least / step) * step, 10), round(math.ceil(most / step) * step, 10)
    high = high if high > low else low + step
    return Axis(low=low, high=high, ticks=tuple(_ticks(low, high, step)))


def _step(length: float, kind: Kind) -> float:
    """About a quarter of a scale, and at least one of what comes in whole numbers."""
    step = _round_step((length or 1.0) / 4)
    return max(step, 1.0) if kind in {Kind.COUNT, Kind.YEAR, Kind.SCALE} else step


def _round_step(rough: float) -> float:
    """The least of 1, 2, 2.5, 5 and 10 times a power of ten that is not below the rough step."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10, 20) if factor * power >= rough * (1 - 1e-9))


def _ticks(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step - 1e-9)
    count = math.floor((high - first * step) / step + 1e-9)
    return [round((first + number) * step, 10) for number in range(count + 1)]


# --- parts of the drawings ----------------------------------------------------------------------------


def _ticks_in_words(axis: Axis, bottom: float, words: Words) -> str:
    """The ticks' labels; only some of them where all would run into one another."""
    labels = [(_x(axis.place(tick)), words(tick)) for tick in axis.ticks]
    # The first and the last label lie wholly on one side of their tick, the others half.
    widest = max((len(label) for _, label in labels), default=0) * CHARACTER * 1.5 + 4
    apart = (WIDTH - 2 * MARGIN) / max(len(labels) - 1, 1)
    every = math.ceil(widest / apart)
    return "".join(_text(x, bottom + 9, label, "soft", _anchor(x)) for x, label in labels[::every])


def _row(row: Spread, top: float, own: float | None, axis: Axis, words: Words) -> list[str]:
    """A line of text, and under it the drawing: scale, box, and the own value across it."""
    figure, upper, lower = row.figure, top + BAND, top + ROW - 3
    shown = "not shown" if figure.median is None else f"median {words(figure.median)}"
    said = f"{shown} · n {figure.n:,}"
    room = int((WIDTH - 2 * MARGIN) / CHARACTER) - len(said) - 2
    parts = [
        _text(MARGIN, top + 9, shortened(row.name, room), "text"),
        _text(WIDTH - MARGIN, top + 9, said, "soft", "end"),
    ]
    for tick in axis.ticks:
        x = _x(axis.place(tick))
        parts.append(_line(x, upper, x, lower, "grid"))
    parts += _box(places(own=own, figure=figure, axis=axis), upper + 2, lower - upper - 4, WIDTH)
    if own is not None:
        x = _x(axis.place(own))
        parts.append(_line(x, upper, x, lower, "own-line"))
    return parts


def _box(at: Places, top: float, height: float, width: float) -> list[str]:
    """Whiskers, box and median, as far as they may be shown."""
    parts = []
    middle = top + height / 2
    if at.p5 is not None and at.p95 is not None:
        parts.append(_line(_x(at.p5, width), middle, _x(at.p95, width), middle, "whisker"))
    if at.p25 is not None and at.p75 is not None:
        left, right = _x(at.p25, width), _x(at.p75, width)
        parts.append(_rect(left, top, max(right - left, 1.0), height, "peers"))
    if at.median is not None:
        x = _x(at.median, width)
        parts.append(_line(x, top - 0.5, x, top + height + 0.5, "median"))
    return parts


def _own_mark(own: float, axis: Axis, words: Words) -> str:
    x = _x(axis.place(own))
    beyond = " (beyond the scale)" if axis.beyond(own) else ""
    mark = _shape([(x - 4.5, 13.5), (x + 4.5, 13.5), (x, 21)], "own")
    return mark + _text(x, 10, f"own value {words(own)}{beyond}", "own-text", _anchor(x))


def _legend(names: tuple[str, str, str]) -> str:
    places = ((MARGIN, "start"), (WIDTH / 2, "middle"), (WIDTH - MARGIN, "end"))
    return "".join(
        _text(x, 12, name, "soft", anchor) for (x, anchor), name in zip(places, names, strict=True)
    )


def _segments(counts: tuple[int, int, int], top: float) -> list[str]:
    parts, x = [], MARGIN
    unit = (WIDTH - 2 * MARGIN) / (sum(counts) or 1)
    for count, look in zip(counts, ("weaker", "peers", "own"), strict=True):
        if count:
            width = count * unit
            parts.append(_rect(x + 0.5, top, width - 1, 14, look))
            text = "on-own" if look == "own" else "text"
            parts.append(_text(x + width / 2, top + 10.5, str(count), text, "middle"))
            x += width
    return parts


def _picture(id: str, title: str, alt: str, height: float, parts: Iterable[str]) -> Picture:
    name = escape(id, {'"': "&quot;"})
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {_n(WIDTH)} {_n(height)}" '
        f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc" '
        f'font-family="{tokens()["type"]["sans"]}" font-size="10.5">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(alt)}</desc>'
        f"{''.join(parts)}</svg>"
    )
    return Picture(svg=svg, alt=alt)


_FILLS = {
    "peers": "peers",
    "own": "accent",
    "weaker": "paper",
    "red": "shape-red",
    "yellow": "shape-yellow",
    "green": "shape-green",
}
_STROKES = {
    "grid": ("line", 0.75),
    "whisker": ("peers-line", 1.0),
    "median": ("ink", 1.75),
    "own-line": ("accent", 1.5),
}
_TEXTS = {"text": "ink", "soft": "ink-soft", "own-text": "accent", "on-own": "paper"}


def _line(x1: float, y1: float, x2: float, y2: float, look: str) -> str:
    name, width = _STROKES[look]
    return (
        f'<path class="{look}" d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" fill="none" '
        f'stroke="{colour(name)}" stroke-width="{_n(width)}"/>'
    )


def _rect(x: float, y: float, width: float, height: float, look: str) -> str:
    outline = f' stroke="{colour("line-strong")}"' if look == "weaker" else ""
    return (
        f'<rect class="{look}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" '
        f'fill="{colour(_FILLS[look])}"{outline}/>'
    )


def _shape(corners: Sequence[tuple[float, float]], look: str) -> str:
    path = "L".join(f"{_n(x)} {_n(y)}" for x, y in corners)
    return f'<path class="{look}" d="M{path}Z" fill="{colour(_FILLS[look])}"/>'


def _text(x: float, y: float, text: str, look: str, anchor: str = "start") -> str:
    weight = ' font-weight="bold"' if look == "own-text" else ""
    return (
        f'<text class="{look}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" '
        f'fill="{colour(_TEXTS[look])}"{weight}>{escape(text)}</text>'
    )


def _x(share: float, width: float = WIDTH) -> float:
    return MARGIN + share * (width - 2 * MARGIN)


def _anchor(x: float) -> str:
    """Towards the middle near an end, so that no text leaves the picture."""
    if x < WIDTH * 0.22:
        return "start"
    return "end" if x > WIDTH * 0.78 else "middle"


def _n(value: float) -> str:
    """A coordinate with two decimals and no idle zeros, the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# --- in words -----------------------------------------------------------------------------------------


def _peers(n: int) -> str:
    return f"{n:,} {'peer' if n == 1 else 'peers'}"


def _spread_in_words(title: str, own: float | None, rows: Iterable[Spread], words: Words) -> str:
    own_words = "no own value" if own is None else f"own value {words(own)}"
    return f"{title}: {own_words}. " + " ".join(_group_in_words(row, words) for row in rows)


def _group_in_words(row: Spread, words: Words) -> str:
    figure = row.figure
    said = [f"{row.name}, {_peers(figure.n)}:"]
    if figure.median is None:
        return f"{said[0]} not shown."
    said.append(f"median {words(figure.median)}")
    if figure.p25 is not None and figure.p75 is not None:
        said.append(f", middle half {words(figure.p25)} to {words(figure.p75)}")
    if figure.p5 is not None and figure.p95 is not None:
        said.append(f", P5 to P95 {words(figure.p5)} to {words(figure.p95)}")
    return f"{said[0]} {''.join(said[1:])}."


def _parts_in_words(row: Parts, names: tuple[str, str, str]) -> str:
    counted = ", ".join(f"{name} {count}" for name, count in zip(names, row.counts, strict=True))
    return f"{row.name}: {counted}."
