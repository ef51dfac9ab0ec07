"""What the PNG of a badge shows, dot by dot: read under bounds, and compared with what is drawn here.

The dots count and not the bytes, so that a program may pack the picture anew without loss.
"""

import io
import struct
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge import Badge, Size
from touchstone.output.badge_png import SCALES, badge_png
from touchstone.output.baking import chunks

Dots = npt.NDArray[np.uint8]  # height × width × red, green, blue, opacity

MOST: Final = 1_000_000  # dots of a picture that is unpacked; the largest badge has 307,200
LONGEST: Final = 4_000  # dots of a side
# Parts that leave the dots as they are seen. Further frames, colour profiles and turnings do not.
_PLAIN: Final = {
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"sBIT", b"pHYs", b"bKGD", b"tIME", b"tEXt",
    b"zTXt", b"iTXt",
}  # fmt: skip
_USUAL_GAMMA: Final = struct.pack(">I", 45_455)  # that of sRGB; some programs write it
_GREY: Final = 128.0

# Differences are means over all colours of all dots, 0 to 255, on grey, in the size of a page. Made half as
# large, packed as a poor JPEG or in sixteen colours, badges are at most 20 from their own drawing, and at
# most 0.81 times as far from it as from the nearest of another level.
_ALIKE: Final = 24.0
_NEARER: Final = 0.8
_AKIN: Final = 0.1  # how much broader or narrower than ours a picture may be


def dots(png: bytes) -> Dots | None:
    """What a PNG shows; None where it is damaged, too large, or shows something else than its dots.

    What cannot be seen has no colour.
    """
    if not _is_plain(png):
        return None
    from PIL.PngImagePlugin import PngImageFile

    try:
        with PngImageFile(io.BytesIO(png)) as picture:
            found = np.array(picture.convert("RGBA"))
    except Exception:  # noqa: BLE001  (the decoder raises all kinds on bytes from outside)
        return None
    found[found[..., 3] == 0] = 0
    return found


def _is_plain(png: bytes) -> bool:
    parts = chunks(png)
    if parts is None or len(parts[0][1]) < 8:
        return False
    width, height = struct.unpack_from(">II", parts[0][1])
    if max(width, height) > LONGEST or not 0 < width * height <= MOST:
        return False
    return all(kind in _PLAIN or (kind, body) == (b"gAMA", _USUAL_GAMMA) for kind, body in parts)


def is_drawn(shown: Dots, badge: Badge, *, dark: bool) -> bool:
    """Whether a picture is the one that is drawn of this badge, in either size, at any scale."""
    kinds = ((size, scale) for size in Size for scale in SCALES)
    sides = shown.shape[1], shown.shape[0]
    for size, scale in kinds:
        if sides == (size.width * scale, size.height * scale):
            drawn = dots(badge_png(badge, size=size, dark=dark, scale=scale))
            return drawn is not None and np.array_equal(drawn, shown)
    return False


def other_level(shown: Dots, badge: Badge) -> LabelLevel | None:
    """The other level that a picture plainly shows in the place of a badge's own, in any size and state.

    None where it shows its own, or nothing like any of them.
    """
    sides = shown.shape[1] / shown.shape[0]
    size = next((one for one in Size if abs(sides / (one.width / one.height) - 1) < _AKIN), None)
    if size is None:
        return None
    found = {level: _nearest(shown, replace(badge, level=level), size) for level in LabelLevel}
    level = min(found, key=lambda one: found[one])
    plain = found[level] < min(_ALIKE, _NEARER * found[badge.level])
    return level if plain else None


def _nearest(shown: Dots, badge: Badge, size: Size) -> float:
    """How far a picture is from the nearest drawing of a label, of all states and grounds."""
    seen = _seen(shown, size)
    states = (replace(badge, standing=one) for one in Standing if one is not Standing.NEVER)
    drawn = (dots(badge_png(state, size=size, dark=dark)) for state in states for dark in (False, True))
    return min(float(np.abs(seen - _seen(one, size)).mean()) for one in drawn if one is not None)


def _seen(shown: Dots, size: Size) -> npt.NDArray[np.float64]:
    """On grey, in the size of a page."""
    from PIL import Image

    picture = Image.fromarray(shown)
    if picture.size != (size.width, size.height):
        picture = picture.resize((size.width, size.height), Image.Resampling.BOX)
    found = np.asarray(picture, dtype=np.float64)
    opacity = found[..., 3:] / 255
    return found[..., :3] * opacity + _GREY * (1 - opacity)
