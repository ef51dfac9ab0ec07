"""The badge of a label: a small cartouche, in the manner of a hallmark struck in metal.

The outline tells the level without colour: cut corners for Bronze, round ones for Silver, hollow ones for
Gold. So do one, two or three streaks on the touchstone, the stone that metal is tested on. The state shows in
shape and word: filled, outlined, struck through, hatched, crossed. Fonts are the reader's own, so text is
measured generously and nothing depends on theirs.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from touchstone.core.labels.model import LabelLevel, Standing

WIDTH, HEIGHT = 384, 200

_PLAIN = ' font-family="Noto Sans, Segoe UI, Helvetica, Arial, sans-serif"'
_BOLD = _PLAIN + ' font-weight="700"'
_BOLD_SERIF = ' font-family="Noto Serif, Georgia, Times New Roman, serif" font-weight="700"'
_CENTRED = ' text-anchor="middle"'
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

_LEFT, _RIGHT = 130, 354  # where text begins and ends; 20 to the right of it are in reserve for wide fonts
_STONE = (30, 32, 76, 102)  # left, top, width, height
STREAKS = {LabelLevel.BRONZE: (0,), LabelLevel.SILVER: (-10, 10), LabelLevel.GOLD: (-18, 0, 18)}


@dataclass(frozen=True, slots=True)
class Metal:
    """Colours of one level. `plate` fills a valid badge, `edge` runs round it, `line` draws on a bare one."""

    plate: str
    edge: str
    streak: str
    line: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Colours of what is not metal. `faded` is for labels that no longer hold."""

    paper: str
    ink: str
    faded: str


INK = "#14213d"
METALS = {
    (LabelLevel.BRONZE, False): Metal("#dca97a", "#7a4314", "#e8b98c", "#8a4b16"),
    (LabelLevel.SILVER, False): Metal("#d3d8df", "#4c5866", "#e9edf2", "#525e6c"),
    (LabelLevel.GOLD, False): Metal("#e8c75f", "#6b4e00", "#f4d97f", "#755600"),
    (LabelLevel.BRONZE, True): Metal("#dca97a", "#f5d9bd", "#e8b98c", "#e3b083"),
    (LabelLevel.SILVER, True): Metal("#d3d8df", "#ffffff", "#e9edf2", "#d3d8df"),
    (LabelLevel.GOLD, True): Metal("#e8c75f", "#fdf0c4", "#f4d97f", "#e8c75f"),
}
GROUNDS = {
    False: Ground(paper="#ffffff", ink=INK, faded="#5c6470"),
    True: Ground(paper="#10192e", ink="#e8ecf3", faded="#a3acba"),
}


def badge_svg(
    *,
    organisation: str,
    level: LabelLevel,
    scheme_name: str,
    standing: Standing,
    valid_until: date,
    number: str,
    dark: bool = False,
) -> str:
    """The badge as a whole SVG document, the same text for the same facts.

    `organisation` is its name, `number` that of the label. `dark` is for pages on a dark ground. Raises
    ValueError for `Standing.NEVER`: where there never was a label there is no badge.
    """
    if standing is Standing.NEVER:
        raise ValueError("there is no badge without a label")
    organisation, scheme_name, number = map(_printable, (organisation, scheme_name, number))
    caption, value = _state_words(standing, valid_until)
    title = f"{level.value.capitalize()} label of {organisation}"
    description = f"{scheme_name}. {caption}, {value}. Last day {_day(valid_until)}. Number {number}."
    id = "badge-" + hashlib.sha256(f"{title}{description}{dark}".encode()).hexdigest()[:12]
    pen = _Pen(level, standing, METALS[level, dark], GROUNDS[dark])
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"',
            f' height="{HEIGHT}" role="img" aria-labelledby="{id}-title {id}-desc">',
            f'<title id="{id}-title">{escape(title)}</title>',
            f'<desc id="{id}-desc">{escape(description)}</desc>',
            *pen.plate(),
            *pen.stone(),
            *pen.words(organisation, scheme_name),
            *pen.foot(caption, value, number),
            "</svg>\n",
        )
    )


def _state_words(standing: Standing, valid_until: date) -> tuple[str, str]:
    return {
        Standing.VALID: ("Valid until", _day(valid_until)),
        Standing.EXPIRED_RENEWABLE: ("Expired, renewable", f"ended {_day(valid_until)}"),
        Standing.LAPSED: ("Lapsed", f"ended {_day(valid_until)}"),
        Standing.SUSPENDED: ("Suspended", "not valid at present"),
        Standing.WITHDRAWN: ("Withdrawn", "no longer valid"),
    }[standing]


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class _Pen:
    """Draws one badge. Each part is given as pieces of SVG."""

    def __init__(self, level: LabelLevel, standing: Standing, metal: Metal, ground: Ground) -> None:
        self.level, self.standing = level, standing
        self.filled = standing is Standing.VALID
        gone = standing in (Standing.LAPSED, Standing.WITHDRAWN)
        self.ground = metal.plate if self.filled else ground.paper
        self.edge = ground.faded if gone else metal.edge
        self.ink = INK if self.filled else ground.faded if gone else ground.ink
        self.accent = INK if self.filled else ground.faded if gone else metal.line
        self.streak = metal.streak

    def plate(self) -> Iterator[str]:
        for inset, fill, width in ((3, self.ground, 3), (8, "none", 1)):
            path = outline(self.level, WIDTH, HEIGHT, inset)
            yield f'<path d="{path}" fill="{fill}" stroke="{self.edge}" stroke-width="{width}"/>'

    def stone(self) -> Iterator[str]:
        left, top, width, height = _STONE
        fill = INK if self.filled else "none"
        yield f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="9" fill="{fill}"'
        yield f' stroke="{self.accent}" stroke-width="2"/>'
        if self.standing is Standing.SUSPENDED:
            yield self._lines(_hatching(left, top, width, height, 8), 1.5)
        fill = self.streak if self.filled else self.ground
        for offset in STREAKS[self.level]:
            path = streak(left + width / 2 + offset, top + height / 2)
            yield f'<path d="{path}" fill="{fill}" stroke="{self.accent}" stroke-width="1.6"/>'
        if self.standing is Standing.WITHDRAWN:
            yield self._lines(_cross(left - 8, top - 8, width + 16, height + 16), 6)
        if self.standing is Standing.LAPSED:
            yield self._lines(f"M{left - 12} {top + height / 2}h{width + 24}", 6)

    def words(self, organisation: str, scheme_name: str) -> Iterator[str]:
        struck = ' text-decoration="line-through"' if self.standing is Standing.LAPSED else ""
        level = f' letter-spacing="5"{struck}'
        yield _text(_LEFT, 53, self.level.value.upper(), 29, self.accent, _BOLD_SERIF + level)
        yield self._lines(f"M{_LEFT} 65H{_RIGHT}", 1)
        size, lines = _fitted(organisation, ((17, 1), (14, 2), (12, 3), (11, 3)), bold=True)
        y = 70.0
        for line in lines:
            y += size * 1.22
            yield _text(_LEFT, y, line, size, self.ink, _BOLD)
        size, lines = _fitted(scheme_name, ((11, 1), (10, 2)))
        y += 3
        for line in lines:
            y += size * 1.3
            yield _text(_LEFT, y, line, size, self.ink)

    def foot(self, caption: str, value: str, number: str) -> Iterator[str]:
        left, _, width, _ = _STONE
        size, (line, *_) = _fitted(number, ((11, 1), (10, 1), (9, 1), (8, 1)), width=100)
        yield _text(left + width / 2, 151, "Number", 9, self.ink, _PLAIN + _CENTRED)
        yield _text(left + width / 2, 164, line, size, self.ink, _BOLD + _CENTRED)
        yield self._state_sign(_LEFT + 5, 157)
        yield _text(_LEFT + 16, 161, caption, 11, self.ink)
        yield _text(_LEFT, 178, value, 14, self.ink, _BOLD)

    def _state_sign(self, x: float, y: float) -> str:
        if self.standing is Standing.WITHDRAWN:
            return self._lines(_cross(x - 4.5, y - 4.5, 9, 9), 2)
        fill = self.accent if self.filled else "none"
        ring = f'<circle cx="{x}" cy="{y}" r="4.5" fill="{fill}" stroke="{self.accent}" stroke-width="1.6"/>'
        inside = {
            Standing.LAPSED: self._lines(f"M{x - 7} {y}h14", 1.6),
            Standing.SUSPENDED: self._lines(_hatching(x - 3, y - 3, 6, 6, 3), 1.2),
        }
        return ring + inside.get(self.standing, "")

    def _lines(self, path: str, width: float) -> str:
        return f'<path d="{path}" fill="none" stroke="{self.accent}" stroke-width="{width}"/>'


def outline(level: LabelLevel, width: float, height: float, inset: float) -> str:
    """The path of a cartouche, so far inside its edge: cut corners, round corners, hollow corners."""
    left, top, right, bottom = inset, inset, width - inset, height - inset
    cut, turn = {
        LabelLevel.BRONZE: (24.0, "L"),
        LabelLevel.SILVER: (40 - inset, f"A{40 - inset} {40 - inset} 0 0 1 "),
        LabelLevel.GOLD: (22.0, "A22 22 0 0 0 "),
    }[level]
    return (
        f"M{left + cut} {top}H{right - cut}{turn}{right} {top + cut}"
        f"V{bottom - cut}{turn}{right - cut} {bottom}"
        f"H{left + cut}{turn}{left} {bottom - cut}"
        f"V{top + cut}{turn}{left + cut} {top}Z"
    )


def streak(x: float, y: float) -> str:
    """What metal leaves on the stone: a stroke upwards, broader where it began."""
    return (
        f"M{x - 16} {y + 31}Q{x - 4} {y - 4} {x + 11} {y - 37}Q{x + 14} {y - 40} {x + 15} {y - 35}"
        f"Q{x + 3} {y + 2} {x - 7} {y + 35}Q{x - 13} {y + 39} {x - 16} {y + 31}Z"
    )


def _hatching(left: float, top: float, width: float, height: float, step: float) -> str:
    """Lines at 45 degrees through a rectangle, cut at its sides."""
    pieces = []
    for number in range(1, int((width + height) / step) + 1):
        reach = number * step
        x1, y1 = min(reach, width), max(0.0, reach - width)
        x2, y2 = max(0.0, reach - height), min(reach, height)
        if x1 > x2:
            pieces.append(f"M{left + x1:g} {top + y1:g}L{left + x2:g} {top + y2:g}")
    return "".join(pieces)


def _cross(left: float, top: float, width: float, height: float) -> str:
    return f"M{left} {top}l{width} {height}m{-width} 0l{width} {-height}"


def _text(x: float, y: float, words: str, size: float, fill: str, look: str = _PLAIN) -> str:  # noqa: PLR0917
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}"{look}>{escape(words)}</text>'


def _fitted(
    words: str, steps: tuple[tuple[float, int], ...], *, width: float = _RIGHT - _LEFT, bold: bool = False
) -> tuple[float, list[str]]:
    """The first (size, lines) that holds a text; at the last the rest is cut, and dots say so."""
    for size, count in steps:
        lines = _broken(words, width / size, bold=bold)
        if len(lines) <= count:
            return size, _balanced(words, width / size, lines, bold=bold)
    kept = lines[:count]
    while _measure(kept[-1] + "…", bold=bold) > width / size:
        kept[-1] = kept[-1][:-1].rstrip()
    return size, [*kept[:-1], kept[-1] + "…"]


def _balanced(words: str, width: float, lines: list[str], *, bold: bool) -> list[str]:
    """The same number of lines, as narrow as they can be: no word stands alone on the last."""
    while width > 1 and len(narrower := _broken(words, width, bold=bold)) == len(lines):
        lines, width = narrower, width - 0.25
    return lines


def _broken(words: str, width: float, *, bold: bool) -> list[str]:
    """Lines of at most this width in em, broken between words, and inside one that is too long itself."""
    lines = [""]
    # A dash or an "and" sign stays with the word before it.
    for word in re.sub(r" ([-–&]) ", "\u00a0\\1 ", words).split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if _measure(longer, bold=bold) <= width:
            lines[-1] = longer
            continue
        *whole, last = _chopped(word, width, bold=bold)
        lines += [*whole, last]
    return [line for line in lines if line] or [""]


def _chopped(word: str, width: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if _measure(pieces[-1] + letter, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _measure(words: str, *, bold: bool) -> float:
    """About the width of a text in em. Noto Sans is narrower; the widest common fonts stay in the reserve."""
    return sum(map(_letter_width, words)) * (1.0 if bold else 0.92)


def _letter_width(letter: str) -> float:
    if letter in "iIjlt.,;:'|!()[]-’ fr":
        return 0.4
    if letter in "mwMW@%&…—" or unicodedata.east_asian_width(letter) in "WF":
        return 0.96
    return 0.72 if letter.isupper() else 0.62


def _printable(words: str) -> str:
    """The text without what XML cannot hold, single-spaced."""
    kept = (
        letter
        for letter in words
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cs", "Cn")
    )
    return " ".join("".join(kept).split())
