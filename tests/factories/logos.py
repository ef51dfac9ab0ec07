"""Logos as organisations hand them in, and pieces to build bad ones from."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SHAPE = '<path d="M0 0h60v30H0z" fill="#0b6468"/>'


def svg(inside: str = SHAPE, *, about: str = 'viewBox="0 0 120 60"') -> bytes:
    """A drawing with the given parts; `about` are attributes of its root."""
    return f"<svg {NAMESPACES} {about}>{inside}</svg>".encode()


def png(mode: str = "RGB", size: tuple[int, int] = (60, 30), colour: Any = None, **options: Any) -> bytes:
    """A picture of one colour, in one of Pillow's modes."""
    written = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else 0).save(written, "PNG", **options)
    return written.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(
    width: int = 4, height: int = 4, *, depth: int = 8, colour: int = 2, last: bytes = b"\0\0\0"
) -> bytes:
    """The first chunk; `last` are compression, filter and interlace."""
    return chunk(b"IHDR", struct.pack(">IIBB", width, height, depth, colour) + last)


def built(*chunks: bytes) -> bytes:
    """A PNG of these chunks, with its end."""
    return SIGNATURE + b"".join(chunks) + chunk(b"IEND", b"")


def pixels(raw: bytes) -> bytes:
    return chunk(b"IDAT", zlib.compress(raw))
