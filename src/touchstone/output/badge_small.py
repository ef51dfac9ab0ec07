"""The small badge: a plate for the foot of a page, with level and state and nothing else.

It is drawn for its size and not shrunk: bolder streaks, one line round it, a day that fits. What it leaves
out, the organisation and the number, stands in its title and description.
"""

from collections.abc import Iterator

from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge_lettering import BOLD, BOLD_SERIF, CENTRED, fitted, text
from touchstone.output.badge_strokes import Pen, Stone, outline

WIDTH, HEIGHT = 176, 56
DEMONSTRATION = "Demonstration"
_CORNER = 0.46  # of the large badge's
_LEFT, _RIGHT = 56, 165
_STEPS = ((11, 1), (10, 1), (9, 1))


def bar(x: float, y: float) -> str:
    """A streak that is still one at this size: straight and bold, a little broader where it began."""
    return f"M{x - 6:g} {y + 13:g}L{x + 2:g} {y - 13:g}h4.5L{x:g} {y + 13:g}Z"


STONE = Stone(
    left=14, top=8, width=33, height=40, corner=4, line=1.5, hatch=6, strike=3.5, streak=bar,
    apart={LabelLevel.BRONZE: (0,), LabelLevel.SILVER: (-5, 5), LabelLevel.GOLD: (-9, 0, 9)},
)  # fmt: skip


def plate(pen: Pen) -> Iterator[str]:
    yield pen.plate(outline(pen.level, WIDTH, HEIGHT, 1.5, _CORNER), 2)
    yield from pen.stone(STONE)


def words(pen: Pen, caption: str, value: str, *, mark: bool = False) -> Iterator[str]:
    """Level and state. With a `mark`, a band says in the last line that the label is for demonstration."""
    struck = ' text-decoration="line-through"' if pen.standing is Standing.LAPSED else ""
    look = f'{BOLD_SERIF} letter-spacing="2.5"{struck}'
    yield text(_LEFT, 20, pen.level.value.upper(), 15, pen.accent, look)
    yield pen.sign(_LEFT + 4, 30.5, 3.4)
    size, (line, *_) = fitted(caption, _STEPS, width=_RIGHT - _LEFT - 12)
    yield text(_LEFT + 12, 34, line, min(size, 10), pen.ink)
    if mark:
        yield pen.band(_LEFT, 37.5, _RIGHT - _LEFT - 9, 13)
        yield text(_LEFT + (_RIGHT - _LEFT - 9) / 2, 47.5, DEMONSTRATION, 10, pen.ground, BOLD + CENTRED)
        return
    size, (line, *_) = fitted(value, _STEPS, width=_RIGHT - _LEFT, bold=True)
    yield text(_LEFT, 46.5, line, size, pen.ink, BOLD)
