"""What a picture is: shapes, the words on them, and the same figures in words and as a table.

Shapes are SVG without any text. The words stand beside them as labels, because Typst sets them with the
fonts of the report, and several times faster than as part of an SVG; in HTML both become one SVG. Lengths
are points; x grows to the right and y downwards.
"""

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
# How words look: plain, less important, the organisation's own, on a dark ground, a title within.
Look = Literal["text", "soft", "own", "light", "strong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words in a picture. `x` is where they start, have their middle or end; `y` is their base line."""

    x: float
    y: float
    text: str
    look: Look = "text"
    anchor: Anchor = "start"
    size: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The figures of a picture for those who do not see it. The first cell of a row is its head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing `width` × `height`, its text alternative, and the table of what it shows, if it has one."""

    id: str  # unique in a report
    title: str  # what it is a picture of; printed over it and the title of the SVG
    alt: str  # all that it says, in words
    width: float
    height: float
    shapes: str  # the inside of an SVG element, without text
    labels: tuple[Label, ...] = ()
    table: Table | None = None
