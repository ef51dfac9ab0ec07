"""How wide words are in the type of the pictures, so that labels keep clear of one another.

Widths are points, by the advance widths of the fonts that Typst sets; kerning makes lines a little narrower.
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from touchstone.output.fonts import advances
from touchstone.output.printable import plain

ELLIPSIS = "…"
UNKNOWN = 1.0  # the width of a character that the fonts lack; whatever stands in for it is no wider
REMEMBERED = 2**12


class Advances(dict[str, float]):
    """Character → advance width in units of the type size."""

    def __missing__(self, _character: str) -> float:
        return UNKNOWN


@cache
def _advances(bold: bool) -> Advances:
    return Advances(advances("NotoSans-Bold" if bold else "NotoSans-Regular"))


@lru_cache(maxsize=REMEMBERED)
def _units(text: str, bold: bool) -> float:
    return sum(map(_advances(bold).__getitem__, text))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is."""
    return _units(text, bold) * size


def widest(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    """The width of the widest of some lines; 0 of none."""
    return max([_units(text, bold) for text in texts], default=0.0) * size


@lru_cache(maxsize=REMEMBERED)
def printed(text: str) -> str:
    """Text from outside as one line without characters that steer instead of print."""
    return plain(text)


@lru_cache(maxsize=REMEMBERED)
def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """As much of a line as there is room for, with an ellipsis at a cut; nothing where not even that fits."""
    units = room / size + 1e-9
    if _units(text, bold) <= units:
        return text
    units -= _units(ELLIPSIS, bold)
    kept = 0
    while (units := units - _advances(bold)[text[kept]]) >= 0:
        kept += 1
    left = text[:kept].rstrip()
    return left + ELLIPSIS if left else ELLIPSIS if room >= width(ELLIPSIS, size, bold=bold) else ""


def fitted_number(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """A written number, or an ellipsis in its place where there is no room: half a number is a wrong one."""
    return text if width(text, size, bold=bold) <= room + 1e-9 else fitted(ELLIPSIS, room, size, bold=bold)


@lru_cache(maxsize=REMEMBERED)
def wrapped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """A text in at most so many lines, each with room for it; what does not fit is cut with an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        count = 1
        while count < len(words) and width(" ".join(words[: count + 1]), size, bold=bold) <= room:
            count += 1
        lines.append(fitted(" ".join(words[:count]), room, size, bold=bold))
        words = words[count:]
    if words:
        lines.append(fitted(" ".join(words), room, size, bold=bold))
    return tuple(lines)
