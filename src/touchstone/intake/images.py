"""Codes in a photograph: what the QR codes of a picture say, read under limits of pixels and of work.

A picture from a telephone is turned, blurred, dark, taken aslant; it is looked at whole, then smaller and
with more contrast. What a code says is text from a stranger: nothing of it is opened.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from touchstone.core.faults import Fault, Unusable
from touchstone.intake.guards import MEGABYTE, check_length

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

PICTURE_LIMIT: Final = 10 * MEGABYTE
MOST_PIXELS: Final = 24_000_000  # what is unpacked whole: 72 MB of colours
MOST_PIXELS_OF_PHOTO: Final = 64_000_000  # a JPEG is unpacked at an eighth, a quarter or a half of its size
WORKING_SIDE: Final = 2_400  # pixels; a code of a certificate is a tenth of its page
MOST_SCANS: Final = 64  # passes of a progressive JPEG; programs make about ten
MOST_CODES: Final = 8
LONGEST: Final = 4_296  # characters; a QR code holds no more

_FORMATS: Final = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"RIFF": "WEBP"}


def is_picture(content: bytes) -> bool:
    """Whether a content begins like a PNG, a JPEG or a WebP."""
    return _format(content) is not None


def codes(content: bytes, *, file: str) -> tuple[str, ...]:
    """What the QR codes of a picture say, each once; none where there are none to be read.

    Raises Unusable where it is no picture, is damaged or has too many pixels.
    """
    check_length(len(content), file=file, limit_bytes=PICTURE_LIMIT)
    kind = _format(content)
    if kind is None:
        raise _unfit(file, "This is no picture that can be read.", "Hand in a PNG, a JPEG or a WebP.")
    if kind == "JPEG" and content.count(b"\xff\xda") > MOST_SCANS:
        raise _unfit(file, "The picture is packed in too many passes.", "Save it again in your own program.")
    grey = _opened(content, kind, file)
    for picture in _views(grey):
        found = _read(picture)
        if found:
            return found
    return ()


def _format(content: bytes) -> str | None:
    kind = next((kind for start, kind in _FORMATS.items() if content.startswith(start)), None)
    return None if kind == "WEBP" and content[8:12] != b"WEBP" else kind


def _opened(content: bytes, kind: str, file: str) -> "Image":
    """The picture in grey, no longer than is worked on."""
    try:
        with _reader(kind)(io.BytesIO(content)) as opened:
            _check_pixels(opened.size, kind, file)
            opened.draft("L", (WORKING_SIDE, WORKING_SIDE))
            return _grey(opened)
    except Unusable:
        raise
    except Exception:  # noqa: BLE001  (the decoders raise all kinds on bytes from outside)
        raise _unfit(file, "The picture is damaged.", "Take it again, or save it again.") from None


def _reader(kind: str) -> "type[ImageFile]":
    """What opens a picture of one kind, and no other. `Image.open` has a bound of its own that only warns."""
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile
    from PIL.WebPImagePlugin import WebPImageFile

    return {"PNG": PngImageFile, "JPEG": JpegImageFile, "WEBP": WebPImageFile}[kind]


def _check_pixels(size: tuple[int, int], kind: str, file: str) -> None:
    width, height = size
    most = MOST_PIXELS_OF_PHOTO if kind == "JPEG" else MOST_PIXELS
    if width * height > most:
        problem = f"The picture has {width:,} × {height:,} pixels; {most:,} in all are the most."
        raise _unfit(file, problem, "Save it smaller: 2,000 pixels on the longer side are enough.")


def _grey(opened: "Image") -> "Image":
    """In shades of grey, what is transparent on white, as it is seen on a page."""
    from PIL import Image

    opened.load()
    if opened.has_transparency_data:
        seen = opened.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        opened = Image.alpha_composite(white, seen)
    grey = opened.convert("L")
    grey.thumbnail((WORKING_SIDE, WORKING_SIDE))
    return grey


def _views(grey: "Image") -> Iterator["Image"]:
    """The picture, and what helps where it cannot be read as it is."""
    from PIL import ImageFilter, ImageOps

    yield grey
    for part in (1, 2, 4):
        smaller = grey.reduce(part)
        yield ImageOps.autocontrast(smaller, cutoff=2)
        yield smaller.filter(ImageFilter.UnsharpMask(radius=4, percent=300, threshold=0))


def _read(picture: "Image") -> tuple[str, ...]:
    import zxingcpp

    if min(picture.size) < 1:
        return ()
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(picture, formats=wanted, text_mode=zxingcpp.TextMode.Plain)
    return tuple(dict.fromkeys(code.text[:LONGEST] for code in found if code.text))[:MOST_CODES]


def _unfit(file: str, problem: str, remedy: str) -> Unusable:
    return Unusable(file, Fault("", problem, remedy))
