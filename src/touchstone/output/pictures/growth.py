"""A value over time, as bars from zero; every bar that has room is labelled."""

from collections.abc import Sequence
from typing import Final

from touchstone.core.language.language import Language
from touchstone.output.pictures.drawing import Drawing
from touchstone.output.pictures.model import Label, Look, Picture, Table
from touchstone.output.pictures.placing import every, placed_at
from touchstone.output.pictures.scales import Written
from touchstone.output.pictures.widths import printed, widest
from touchstone.output.pictures.widths import width as wide

SIZE: Final = 7.0
HEAD: Final = 9.0  # for the values over the bars
HIGH: Final = 46.0  # of the highest bar
FOOT: Final = 10.0
APART: Final = 4.0
WIDEST: Final = 22.0
FILLED: Final = 0.68  # how much of its place a bar takes


def growth(
    *,
    id: str,
    title: str,
    points: Sequence[tuple[str, float]],
    written: Written,
    words: Language,
    width: float = 228.0,
) -> Picture:
    """Bars from the earliest to the latest.

    Args:
        id: unique in the report.
        title: what grew, or did not.
        points: when, in words, and how much; below zero a bar hangs down.
        written: how a value is written, with its unit.
        words: the language of the report.
        width: of the picture in points.
    """
    said = [(printed(when), written(value)) for when, value in points]
    each = width / max(len(points), 1)
    middles = [each * (number + 0.5) for number in range(len(points))]
    drawing = Drawing()
    tops = _bars(drawing, [value for _, value in points], middles, width)
    values = [value for _, value in said]
    if widest(values, SIZE) > 2 * each - _long(each):  # they would lie on the bars beside their own
        tops = [HEAD] * len(tops)
    bottom = HEAD + HIGH
    labels = _labels(values, middles, [top - 2 for top in tops], "text", width)
    labels += _labels([when for when, _ in said], middles, [bottom + FOOT - 2] * len(said), "soft", width)
    title = printed(title)
    spoken = ", ".join(words.say("picture.growth.point", when=when, value=value) for when, value in said)
    return Picture(
        id=id,
        title=title,
        alt=words.say("picture.growth.alt", title=title, points=spoken),
        width=width,
        height=bottom + FOOT,
        shapes=drawing.shapes(),
        labels=tuple(labels),
        table=Table(caption=title, head=tuple(words.at("picture.growth.head")), rows=tuple(said)),
    )


def _long(each: float) -> float:
    """How wide a bar is in its place."""
    return min(WIDEST, FILLED * each)


def _bars(drawing: Drawing, values: Sequence[float], middles: Sequence[float], width: float) -> list[float]:
    """Draws a bar for each value, and the line at zero; where the tops of the bars lie."""
    most, least = max([0.0, *values]), min([0.0, *values])
    unit = HIGH / ((most - least) or 1.0)
    zero = HEAD + most * unit
    long = _long(width / max(len(values), 1))
    tops = [min(zero - value * unit, zero) for value in values]
    for middle, value, top in zip(middles, values, tops, strict=True):
        if value:
            drawing.box("own", middle - long / 2, top, long, abs(value) * unit)
    drawing.across("leader", 0, width, zero)
    return tops


def _labels(
    texts: Sequence[str], middles: Sequence[float], heights: Sequence[float], look: Look, width: float
) -> list[Label]:
    """Labels around the middles of the bars, the latest first and then every so-manieth that has room."""
    found = [
        (placed_at(middle, text, SIZE, width), y, text)
        for text, middle, y in zip(texts, middles, heights, strict=True)
        if wide(text, SIZE) <= width
    ][::-1]
    # Counted from the right, places grow towards the left.
    starts = [-(x + wide(text, SIZE)) for x, _, text in found]
    step = every(starts, [wide(text, SIZE) for _, _, text in found], APART)
    return [
        Label(x=round(x, 2), y=round(y, 2), text=text, look=look, size=SIZE) for x, y, text in found[::step]
    ]
