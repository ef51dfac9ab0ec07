"""A badge as a PNG, from the same drawing as its SVG, with our own fonts: the same bytes on every machine."""

import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

from touchstone.output.badge import Badge, Size, badge_svg
from touchstone.output.fonts import FOLDER, covered
from touchstone.output.printable import STAND_IN

SCALES: Final = (1, 2)  # pixels of the image to one of the page
PIXELS_AN_INCH: Final = 96  # of a page, as CSS has them

_PAGE: Final = (
    b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    b'#image(bytes(sys.inputs.drawing), format: "svg", alt: "")\n'
)


@lru_cache(maxsize=16)  # a grant's badge mostly is that of its organisation
def badge_png(badge: Badge, *, size: Size = Size.LARGE, dark: bool = False, scale: int = 1) -> bytes:
    """The badge as a PNG on a transparent ground, `scale` pixels to each of the page.

    A letter that our fonts lack shows as a stand-in. Raises ValueError for another scale than `SCALES`.
    """
    if scale not in SCALES:
        raise ValueError(f"a badge is drawn at {' or '.join(map(str, SCALES))} pixels to one of the page")
    drawing = _with_our_letters(badge_svg(badge, size=size, dark=dark))
    made: bytes = _compiler().compile(
        format="png", ppi=float(PIXELS_AN_INCH * scale), sys_inputs={"drawing": drawing}
    )
    return made


def _with_our_letters(drawing: str) -> str:
    known = covered()
    composed = unicodedata.normalize("NFC", drawing)
    return "".join(letter if ord(letter) in known or letter == "\n" else STAND_IN for letter in composed)


def _compiler() -> Any:
    # Any: the binding has no types. One for each image: a compiler is not for several threads.
    import typst

    return typst.Compiler(_PAGE, font_paths=_fonts())


@cache
def _fonts() -> Any:
    # Any: the binding has no types.
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
