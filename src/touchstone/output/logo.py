"""An organisation's own logo, as it may stand on the cover of its report.

What somebody hands in is never passed on as it came. A PNG is decoded under limits and written anew
(`logo_png`); an SVG is read element by element, and only what draws is written anew (`logo_svg`). The same
file gives the same logo, byte for byte.
"""

from dataclasses import dataclass
from typing import Final, Literal

from touchstone.core.faults import Fault, Unusable
from touchstone.output.logo_png import SIGNATURE, read_png
from touchstone.output.logo_svg import read_svg

LIMIT: Final = 2_000_000  # bytes

_OTHERS = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF file"),
    (b"%!PS", "a PostScript file"),
    (b"RIFF", "a WebP picture"),
    (b"BM", "a bitmap (BMP)"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a compressed file, perhaps SVGZ"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A checked and re-encoded picture. Of `width` and `height` only the ratio counts."""

    kind: Literal["png", "svg"]
    data: bytes
    width: float
    height: float


def read_logo(data: bytes, name: str) -> Logo:
    """The logo in a file, SVG or PNG by its content; `name` is the file's, for what is said of it.

    Raises Unusable, with what is wrong and what to do, where the file cannot be used.
    """
    try:
        logo = _read(data)
        _check_setting(logo)
    except Unusable as unusable:
        raise Unusable(name, *unusable.faults) from None
    return logo


def _read(data: bytes) -> Logo:
    if not data:
        raise _unfit("The file is empty.", "Save it again, or choose another file.")
    if len(data) > LIMIT:
        raise _unfit(
            f"The file is larger than {LIMIT // 1_000_000} MB.",
            "Save the logo smaller: 800 pixels on the longer side are enough.",
        )
    if data.startswith(SIGNATURE):
        content, width, height = read_png(data)
        return Logo(kind="png", data=content, width=width, height=height)
    for beginning, what in _OTHERS:
        if data.startswith(beginning):
            raise _unfit(f"This is {what}.", "Save the logo as SVG or PNG.")
    drawing, wide, high = read_svg(data)
    return Logo(kind="svg", data=drawing, width=wide, height=high)


def _check_setting(logo: Logo) -> None:
    """Set a drawing on a page of its own: what the typesetter does not take would stop every report."""
    if logo.kind == "png":
        return
    import typst

    page = '#image(bytes(sys.inputs.logo), format: "svg", width: 20pt)'
    try:
        typst.compile(page.encode(), ignore_system_fonts=True, sys_inputs={"logo": logo.data.decode()})
    except typst.TypstError:
        remedy = "Save it again from a drawing program, or as PNG."
        raise _unfit("The drawing cannot be set on a page.", remedy) from None


def _unfit(problem: str, remedy: str) -> Unusable:
    return Unusable("", Fault("", problem, remedy))
