"""Scales: from where to where a measure is drawn, and which values are written beside it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from touchstone.core.benchmark.model import Figure
from touchstone.core.scheme.model import Kind, Measure
from touchstone.output.pictures.drawing import Drawing
from touchstone.output.pictures.model import Label
from touchstone.output.pictures.placing import every
from touchstone.output.pictures.widths import width

# How a value of a measure is written, with its unit.
Written = Callable[[float], str]

# An own value this many times as far out as all that is shown of the peers would flatten them.
FAR_OUT = 2.5
SMALL = 7.0  # the size of the type of ticks
APART = 5.0  # the least gap between two labels of ticks
MOST_LABELS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A scale from `low` to `high`."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 1; what is beyond the scale sits at its end."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def onto(self, left: float, right: float) -> Callable[[float], float]:
        """The places of values on a scale drawn from `left` to `right`."""
        low, high, unit = self.low, self.high, (right - left) / (self.high - self.low)
        return lambda value: left + (min(max(value, low), high) - low) * unit

    def beyond(self, value: float) -> bool:
        """Whether a value lies outside the scale."""
        return not self.low <= value <= self.high


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


def ticks(axis: Axis, written: Written, *, left: float, right: float, y: float, within: float) -> list[Label]:
    """The labels of a scale from `left` to `right` in a picture `within` wide; `y` is their base line.

    Only every second, third … of them where all would be many or run into one another.
    """
    unit = (right - left) / (axis.high - axis.low)
    starts, lengths, texts = [], [], []
    for tick in axis.ticks:
        text = written(tick)
        long = width(text, SMALL)
        if long <= within:
            starts.append(min(max(left + (tick - axis.low) * unit - long / 2, 0.0), within - long))
            lengths.append(long)
            texts.append(text)
    step = max(every(starts, lengths, APART), math.ceil(len(starts) / MOST_LABELS))
    picked = range(0, len(starts), step)
    if len(picked) == 2:  # two stand best at the ends
        picked = range(0, len(starts), len(starts) - 1)
    return [Label(x=round(starts[i], 2), y=y, text=texts[i], look="soft", size=SMALL) for i in picked]


def grid(drawing: Drawing, axis: Axis, *, left: float, right: float, top: float, bottom: float) -> None:
    """A hairline at each tick."""
    unit = (right - left) / (axis.high - axis.low)
    for tick in axis.ticks:
        drawing.down("grid", left + (tick - axis.low) * unit, top, bottom)


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
