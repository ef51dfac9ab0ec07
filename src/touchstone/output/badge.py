"""The badge of a label: a small cartouche, in the manner of a hallmark struck in metal.

Two sizes, each with a drawing of its own, for light and for dark pages. Level and state show in shape and
word besides colour. The same facts give the same text; as a PNG, see `badge_png`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from xml.sax.saxutils import escape

from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output import badge_large, badge_small
from touchstone.output.badge_lettering import printable
from touchstone.output.badge_strokes import Pen

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


class Size(StrEnum):
    """How much room a page has for a badge."""

    LARGE = "large"  # all facts
    SMALL = "small"  # level and state, for the foot of a page

    @property
    def width(self) -> int:
        """In pixels of the page."""
        return badge_large.WIDTH if self is Size.LARGE else badge_small.WIDTH

    @property
    def height(self) -> int:
        return badge_large.HEIGHT if self is Size.LARGE else badge_small.HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What a badge says. `organisation` is a name; `number` is that of the grant it rests on.

    A `synthetic` label is not real: it is there for demonstration, and its badge says so.

    Raises ValueError for `Standing.NEVER`: where there never was a label there is no badge.
    """

    organisation: str
    level: LabelLevel
    scheme: str
    standing: Standing
    valid_until: date
    number: str
    synthetic: bool = False

    def __post_init__(self) -> None:
        if self.standing is Standing.NEVER:
            raise ValueError("there is no badge without a label")

    @property
    def title(self) -> str:
        mark = "Demonstration: " if self.synthetic else ""
        return f"{mark}{self.level.value.capitalize()} label of {printable(self.organisation)}"

    @property
    def state(self) -> str:
        """The state in words: “Valid until 31 December 2027”."""
        caption, value = self.words(Size.LARGE)
        return f"{caption} {value}" if self.standing is Standing.VALID else f"{caption}, {value}"

    @property
    def description(self) -> str:
        """All that the badge says and does not say in its title, in sentences."""
        invented = "For demonstration: the label is not real. " if self.synthetic else ""
        ended = "" if self.standing is Standing.VALID else f" Last day {_day(self.valid_until)}."
        return f"{invented}{printable(self.scheme)}. {self.state}.{ended} Number {printable(self.number)}."

    def words(self, size: Size) -> tuple[str, str]:
        """The state, in two lines as the badge of a size has them."""
        day = _day(self.valid_until) if size is Size.LARGE else _short_day(self.valid_until)
        valid = "Valid" if self.synthetic and size is Size.SMALL else "Valid until"
        return {
            Standing.VALID: (valid, day),
            Standing.EXPIRED_RENEWABLE: ("Expired, renewable", f"ended {day}"),
            Standing.LAPSED: ("Lapsed", f"ended {day}"),
            Standing.SUSPENDED: ("Suspended", "not valid at present"),
            Standing.WITHDRAWN: ("Withdrawn", "no longer valid"),
        }[self.standing]


@lru_cache(maxsize=64)  # the same is drawn again for its PNG, and for the grant that an organisation shows
def badge_svg(badge: Badge, *, size: Size = Size.LARGE, dark: bool = False) -> str:
    """The badge as a whole SVG document. `dark` is for pages on a dark ground."""
    id = "badge-" + hashlib.sha256(repr((badge, size, dark)).encode()).hexdigest()[:12]
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}"',
            f' width="{size.width}" height="{size.height}" role="img"',
            f' aria-labelledby="{id}-title {id}-desc">',
            f'<title id="{id}-title">{escape(badge.title)}</title>',
            f'<desc id="{id}-desc">{escape(badge.description)}</desc>',
            *_drawing(badge, size, Pen(badge.level, badge.standing, dark=dark)),
            "</svg>\n",
        )
    )


def _drawing(badge: Badge, size: Size, pen: Pen) -> Iterator[str]:
    caption, value = badge.words(size)
    if size is Size.SMALL:
        yield from badge_small.plate(pen)
        yield from badge_small.words(pen, caption, value, mark=badge.synthetic)
        return
    scheme = "" if badge.synthetic else printable(badge.scheme)
    yield from badge_large.plate(pen)
    yield from badge_large.words(pen, printable(badge.organisation), scheme)
    yield from badge_large.foot(pen, caption, value, printable(badge.number))


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _short_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
