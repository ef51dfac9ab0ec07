"""A picture as SVG: whole for HTML, and without its words for Typst, which sets them itself."""

import re
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

from touchstone.output.pictures.drawing import LOOKS, Fill, n
from touchstone.output.pictures.map_shapes import LOOKS as MAP_LOOKS
from touchstone.output.pictures.model import Anchor, Label, Look, Picture
from touchstone.output.pictures.widths import printed
from touchstone.output.tokens import colour, tokens

_OPEN: Final = '<svg xmlns="http://www.w3.org/2000/svg"'
_COLOURS: Final[dict[Look, str]] = {
    "text": "ink",
    "soft": "ink-soft",
    "own": "accent",
    "light": "paper",
    "strong": "ink",
}
BOLD: Final = frozenset[Look]({"own", "strong"})
# What XML 1.0 does not allow, and what some readers of it trip over.
_BARRED: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LIGHTS: Final = {"green": "M6 1L11.5 11H.5z", "yellow": "M1.5 1.5h9v9h-9z", "red": "M.5 1h11L6 11z"}


def svg(picture: Picture) -> str:
    """The whole picture, with its title and its text alternative for those who do not see it."""
    id = escape(printed(picture.id), {'"': "&quot;"})
    return (
        f'{_OPEN} class="chart" viewBox="0 0 {n(picture.width)} {n(picture.height)}" role="img" '
        f'aria-labelledby="{id}-title" aria-describedby="{id}-desc" '
        f'font-family="{tokens()["type"]["sans"]}" font-size="8">'
        f'<title id="{id}-title">{_escaped(picture.title)}</title>'
        f'<desc id="{id}-desc">{_escaped(picture.alt)}</desc>'
        f"{picture.shapes}{''.join([_text(label) for label in picture.labels if label.text])}</svg>"
    )


def shapes_svg(picture: Picture) -> str:
    """The picture without its words."""
    box = f'width="{n(picture.width)}" height="{n(picture.height)}"'
    return f'{_OPEN} {box} viewBox="0 0 {n(picture.width)} {n(picture.height)}">{picture.shapes}</svg>'


@cache
def light_svg(light: str) -> str:
    """The sign of a traffic light, told apart by its shape; a ring where nothing was assessed."""
    path = _LIGHTS.get(light)
    ring = f'<circle class="ring" cx="6" cy="6" r="4.5" fill="none" stroke="{colour("line-strong")}"/>'
    sign = f'<path class="{light}" d="{path}" fill="{colour(f"shape-{light}")}"/>' if path else ring
    return f'{_OPEN} class="light" viewBox="0 0 12 12" aria-hidden="true">{sign}</svg>'


@cache
def style_sheet() -> str:
    """Rules that give the classes the colours of the hour, from custom properties named as the tokens."""
    rules = [f".light .{light}{{fill:var(--shape-{light})}}" for light in _LIGHTS]
    rules.append(".light .ring{stroke:var(--line-strong)}")
    for look, form in {**LOOKS, **MAP_LOOKS}.items():
        paint = f"fill:var(--{form.colour})" if isinstance(form, Fill) else f"stroke:var(--{form.colour})"
        outline = f";stroke:var(--{form.outline})" if isinstance(form, Fill) and form.outline else ""
        rules.append(f".chart .{look}{{{paint}{outline}}}")
    rules += [f".chart text.{look}{{fill:var(--{token})}}" for look, token in _COLOURS.items()]
    return "\n".join(rules)


def _text(label: Label) -> str:
    form = _form(label.look, label.size, label.anchor)
    place = f'x="{n(label.x)}" y="{n(label.y)}"'
    return f'<text class="{label.look}" {place}{form}>{_escaped(label.text)}</text>'


@cache
def _form(look: Look, size: float, anchor: Anchor) -> str:
    """The attributes of all words of a look; there are few."""
    sized = "" if size == 8 else f' font-size="{n(size)}"'
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    weight = ' font-weight="bold"' if look in BOLD else ""
    return f'{sized}{anchored}{weight} fill="{colour(_COLOURS[look])}"'


def _escaped(text: str) -> str:
    return escape(printed(text) if _BARRED.search(text) else text)
