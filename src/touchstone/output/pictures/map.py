"""The map of the participants around the office: countries, the region, a bubble for each place.

Outlines are those of Natural Earth; from the office all distances and directions are true.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

import numpy as np

from touchstone.core.assessment.participants import REGION_KM
from touchstone.core.assessment.portrait import Portrait
from touchstone.core.assessment.spread import LIMITS_KM, Spread
from touchstone.core.language.language import Language
from touchstone.output.outlines.projecting import projected
from touchstone.output.outlines.room import country_at
from touchstone.output.pictures.map_labels import marked_with_words
from touchstone.output.pictures.map_shapes import (
    bubbles_shapes,
    frame,
    land_in,
    land_shapes,
    office_mark,
    region,
)
from touchstone.output.pictures.map_view import Outside, Places, View, bubbles_in, by_direction, view_of
from touchstone.output.pictures.model import Picture, Table

PROPORTION: Final = 0.72  # of the height to the width
COAST_KM: Final = 30.0  # an office so near to a coast is of that country: outlines are simplified


def participants_map(
    *, id: str, title: str, portrait: Portrait, words: Language, width: float = 300.0
) -> Picture:
    """Where the participants are, on a map around the office, `width` points wide.

    Its text alternative and its table say how many are in each band of distance.
    """
    height = float(round(PROPORTION * width))
    places = _places(portrait)
    view = view_of(places, width=width, height=height)
    bubbles, outside = bubbles_in(view, places)
    arrows = by_direction(outside)
    land = land_in(view, portrait.office)
    home = country_at(land.rings, *view.place(0.0, 0.0), within=COAST_KM / view.km)
    marks, labels = marked_with_words(
        view, bubbles=bubbles, outside=arrows, rings=land.rings, home=home, words=words
    )
    shapes = (
        land_shapes(land, home), frame(view), region(view, REGION_KM), bubbles_shapes(bubbles),
        office_mark(view), marks,
    )  # fmt: skip
    return Picture(
        id=id,
        title=title,
        alt=_in_words(view, portrait.spread, arrows, words),
        width=width,
        height=height,
        shapes="".join(shapes),
        labels=labels,
        table=_table(title, portrait.spread, words),
    )


def _places(portrait: Portrait) -> Places:
    spots = portrait.spots
    north, east = np.radians([[spot.latitude for spot in spots], [spot.longitude for spot in spots]])
    x, y = projected(portrait.office, east, north)
    return Places(x=x, y=y, count=np.array([spot.count for spot in spots], dtype=np.intp))


def _in_words(view: View, spread: Spread, arrows: Mapping[int, Outside], words: Language) -> str:
    return " ".join(_sentences(view, spread, arrows, words))


def _sentences(view: View, spread: Spread, arrows: Mapping[int, Outside], words: Language) -> Iterator[str]:
    width, height = (words.number(round(side * view.km, -1)) for side in (view.width, view.height))
    yield words.say("map.shown", width=width, height=height, km=words.number(REGION_KM))
    said = (words.say("map.band", band=band, n=words.number(n)) for band, n in _bands(spread, words))
    yield words.say("map.bands", bands="; ".join(said))
    if spread.unplaced == spread.total:
        yield words.say("map.none_placed")
    if arrows:
        named = words.at("map.directions")
        told = (
            words.say("map.arrow", n=words.number(group.count), direction=named[sector])
            for sector, group in arrows.items()
        )
        yield words.say("map.outside", arrows=words.listed(told))


def _table(title: str, spread: Spread, words: Language) -> Table:
    whole = spread.total or 1
    rows = [(*_bands(spread, words), (words.say("map.all"), spread.total))]
    return Table(
        caption=title,
        head=tuple(words.say(f"map.{column}") for column in ("distance", "participants", "share")),
        rows=tuple(
            (band, words.number(n), words.share(words.number(100 * n / whole)))
            for row in rows
            for band, n in row
        ),
    )


def _bands(spread: Spread, words: Language) -> Iterator[tuple[str, int]]:
    """Each band of distance in words, and how many are in it."""
    limits = [words.number(limit) for limit in LIMITS_KM]
    yield words.say("map.within", km=limits[0]), spread.within[0]
    for (start, stop), n in zip(pairwise(limits), spread.within[1:], strict=True):
        yield words.say("map.between", **{"from": start, "to": stop}), n
    yield words.say("map.farther", km=limits[-1]), spread.farther
    yield words.say("map.unplaced"), spread.unplaced
