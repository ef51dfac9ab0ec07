"""A PNG as a logo: its chunks looked through, its pixels decoded under limits and written anew."""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from touchstone.core.faults import Fault, Unusable

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_SIDE: Final = 4_000  # pixels
MOST_PIXELS: Final = 16_000_000
KEPT_SIDE: Final = 800  # pixels: 300 dots an inch at 68 mm, which no cover exceeds
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"

PALETTE: Final = 3  # the colour type of a picture whose pixels are places in a list of colours

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type → numbers a pixel
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_DRAWING = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")  # chunks that make the picture; others only tell
# Left, top, right step and down step of each pass of an interlaced picture.
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_STEP = 1_000_000  # bytes that are unpacked at a time


@dataclass(frozen=True, slots=True)
class _Header:
    """What the first chunk of a PNG declares."""

    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool

    @property
    def bytes_of_pixels(self) -> int:
        """How many bytes the pixels unpack to, each line with its filter's byte."""
        if not self.interlaced:
            return self._bytes(self.width, self.height)
        return sum(
            self._bytes(-(-(self.width - left) // right), -(-(self.height - top) // down))
            for left, top, right, down in _PASSES
        )

    def _bytes(self, width: int, height: int) -> int:
        if width <= 0 or height <= 0:
            return 0
        return height * (1 + (width * self.depth * _CHANNELS[self.colour] + 7) // 8)


def read_png(data: bytes) -> tuple[bytes, int, int]:
    """The picture anew, its width and height in pixels. Raises Unusable where it cannot be used."""
    chunks = list(_chunks(data))
    header = _header(chunks)
    if any(kind == b"acTL" for kind, _ in chunks):
        raise _unfit("This PNG moves.", "Save a single still picture.")
    if header.colour == PALETTE and not any(kind == b"PLTE" for kind, _ in chunks):
        raise _damaged()
    _check_pixels(chunks, header)
    # Only what draws goes to the decoder: no text, no profile, nothing that could unpack to much.
    bare = SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks if kind in _DRAWING)
    kept = _decoded(bare)
    return _encoded(kept), kept.width, kept.height


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG up to its end (ISO/IEC 15948). Unusable where one is cut short or damaged."""
    place = len(SIGNATURE)
    while True:
        if place + 12 > len(data):
            raise _cut_short()
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        place += 12 + length
        if place > len(data):
            raise _cut_short()
        (sum_,) = struct.unpack_from(">I", data, place - 4)
        if zlib.crc32(kind + body) != sum_:
            raise _damaged()
        yield kind, body
        if kind == b"IEND":
            return


def _header(chunks: list[tuple[bytes, bytes]]) -> _Header:
    kind, body = chunks[0]
    if kind != b"IHDR" or len(body) != 13 or any(kind == b"IHDR" for kind, _ in chunks[1:]):
        raise _damaged()
    width, height, depth, colour, compression, filtering, interlace = struct.unpack(">IIBBBBB", body)
    known = depth in _DEPTHS.get(colour, ()) and not compression and not filtering and interlace in {0, 1}
    if not known or not width or not height:
        raise _damaged()
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise _unfit(
            f"The picture has {width:,} × {height:,} pixels; {LARGEST_SIDE:,} a side are the most.",
            "Save it smaller: 800 pixels on the longer side are enough.",
        )
    return _Header(width, height, depth, colour, bool(interlace))


def _check_pixels(chunks: list[tuple[bytes, bytes]], header: _Header) -> None:
    """Count what the pixels unpack to: no more than the header declares, and not less."""
    packed = b"".join(body for kind, body in chunks if kind == b"IDAT")
    unpacker, count = zlib.decompressobj(), 0
    try:
        while packed and count <= header.bytes_of_pixels:
            count += len(unpacker.decompress(packed, _STEP))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        raise _damaged() from None
    if count > header.bytes_of_pixels:
        raise _unfit("The picture unpacks to more than it declares.", "Save it again from your own program.")
    if count < header.bytes_of_pixels:
        raise _cut_short()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _decoded(bare: bytes) -> "Image":
    """The picture in 8 bits a channel, with transparency where it has some, no longer than it is kept."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(bare), formats=["PNG"]) as opened:
            opened.load()
            picture = _eight_bits(opened)
    except (OSError, SyntaxError, ValueError):  # Pillow has all three for damage
        raise _damaged() from None
    scale = KEPT_SIDE / max(picture.size)
    if scale >= 1:
        return picture
    width, height = (max(1, round(side * scale)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _eight_bits(opened: "Image") -> "Image":
    transparent = "transparency" in opened.info or opened.mode in {"RGBA", "LA", "PA"}
    if opened.mode.startswith("I"):  # grey in 16 bits: Pillow would cut it off at 255
        import numpy as np
        from PIL import Image

        return Image.fromarray((np.asarray(opened) >> 8).astype(np.uint8), "L").convert("RGB")
    return opened.convert("RGBA" if transparent else "RGB")


def _encoded(picture: "Image") -> bytes:
    picture.info.clear()
    written = io.BytesIO()
    picture.save(written, format="PNG", compress_level=9)
    return written.getvalue()


def _cut_short() -> Unusable:
    return _unfit("The file is cut short.", "Copy or download it again.")


def _damaged() -> Unusable:
    return _unfit("The PNG is damaged.", "Open it in a picture program and save it again.")


def _unfit(problem: str, remedy: str) -> Unusable:
    return Unusable("", Fault("", problem, remedy))
