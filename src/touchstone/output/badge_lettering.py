"""Words on a badge: how wide they are about, where their lines break, and how small they must be set.

A badge is drawn with the reader's own fonts, so widths are reckoned generously and nothing depends on them.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

PLAIN = ' font-family="Noto Sans, Segoe UI, Helvetica, Arial, sans-serif"'
BOLD = PLAIN + ' font-weight="700"'
BOLD_SERIF = ' font-family="Noto Serif, Georgia, Times New Roman, serif" font-weight="700"'
CENTRED = ' text-anchor="middle"'

Steps = Sequence[tuple[float, int]]  # sizes in pixels, each with the lines there is room for


def text(x: float, y: float, words: str, size: float, fill: str, look: str = PLAIN) -> str:  # noqa: PLR0917
    """One line of words as an SVG element, escaped."""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{look}>{escape(words)}</text>'


def fitted(words: str, steps: Steps, *, width: float, bold: bool = False) -> tuple[float, list[str]]:
    """The first (size, lines) that holds a text; at the last the rest is cut, and dots say so."""
    for size, count in steps:
        lines = _broken(words, width / size, bold=bold)
        if len(lines) <= count:
            return size, _balanced(words, width / size, lines, bold=bold)
    kept = lines[:count]
    while measure(kept[-1] + "…", bold=bold) > width / size:
        kept[-1] = kept[-1][:-1].rstrip()
    return size, [*kept[:-1], kept[-1] + "…"]


def measure(words: str, *, bold: bool) -> float:
    """About the width of a text in em. Noto Sans is narrower; the widest common fonts stay in the reserve."""
    return sum(map(_letter_width, words)) * (1.0 if bold else 0.92)


def printable(words: str) -> str:
    """The text on one line, without what XML cannot hold and without what would turn the words around it.

    Marks of direction and joiners act beyond the text that they came with, so they go.
    """
    kept = (
        letter
        for letter in words
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )
    return " ".join("".join(kept).split())


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
        if measure(longer, bold=bold) <= width:
            lines[-1] = longer
            continue
        *whole, last = _chopped(word, width, bold=bold)
        lines += [*whole, last]
    return [line for line in lines if line] or [""]


def _chopped(word: str, width: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if measure(pieces[-1] + letter, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if letter in "iIjlt.,;:'|!()[]-’ fr":
        return 0.4
    if letter in "mwMW@%&…—" or unicodedata.east_asian_width(letter) in "WF":
        return 0.96
    return 0.72 if letter.isupper() else 0.62
