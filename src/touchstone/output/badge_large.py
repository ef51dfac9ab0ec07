"""The large badge: the cartouche with all facts, for a page of its own."""

from collections.abc import Iterator

from touchstone.core.labels.model import Standing
from touchstone.output.badge_lettering import BOLD, BOLD_SERIF, CENTRED, PLAIN, fitted, text
from touchstone.output.badge_strokes import STREAKS, Pen, Stone, outline, streak

WIDTH, HEIGHT = 384, 200
STONE = Stone(
    left=30, top=32, width=76, height=102, corner=9, line=2, hatch=8, strike=6, streak=streak, apart=STREAKS
)
DEMONSTRATION = "Demonstration: not a real label"
_LEFT, _RIGHT = 130, 354  # where text begins and ends; 20 to the right of it are in reserve for wide fonts


def plate(pen: Pen) -> Iterator[str]:
    yield pen.plate(outline(pen.level, WIDTH, HEIGHT, 3), 3)
    yield pen.engraved(outline(pen.level, WIDTH, HEIGHT, 8), 1)
    yield from pen.stone(STONE)


def words(pen: Pen, organisation: str, scheme_name: str) -> Iterator[str]:
    """Level, organisation and scheme, from above; each text is as small as its length asks.

    Without a scheme, a band says in its place that the label is for demonstration.
    """
    struck = ' text-decoration="line-through"' if pen.standing is Standing.LAPSED else ""
    look = f'{BOLD_SERIF} letter-spacing="5"{struck}'
    yield text(_LEFT, 53, pen.level.value.upper(), 29, pen.accent, look)
    yield pen.lines(f"M{_LEFT} 65H{_RIGHT}", 1)
    width = _RIGHT - _LEFT
    size, lines = fitted(organisation, ((17, 1), (14, 2), (12, 3), (11, 3)), width=width, bold=True)
    y = 69.0
    for line in lines:
        y += size * 1.22
        yield text(_LEFT, y, line, size, pen.ink, BOLD)
    if not scheme_name:
        yield pen.band(_LEFT, y + 9, width, 18)
        yield text(_LEFT + width / 2, y + 22, DEMONSTRATION, 10.5, pen.ground, BOLD + CENTRED)
        return
    size, lines = fitted(scheme_name, ((11, 1), (10, 2)), width=width)
    y += 3
    for line in lines:
        y += size * 1.3
        yield text(_LEFT, y, line, size, pen.ink)


def foot(pen: Pen, caption: str, value: str, number: str) -> Iterator[str]:
    """The number under the stone, and the state in words beside its sign."""
    x, _ = STONE.centre
    size, (line, *_) = fitted(number, ((11, 1), (10, 1), (9, 1), (8, 1)), width=100)
    yield text(x, 152, "Number", 9, pen.ink, PLAIN + CENTRED)
    yield text(x, 165, line, size, pen.ink, BOLD + CENTRED)
    yield pen.sign(_LEFT + 5, 159, 4.5)
    yield text(_LEFT + 16, 163, caption, 11, pen.ink)
    yield text(_LEFT, 180, value, 14, pen.ink, BOLD)
