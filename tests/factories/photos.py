"""Pictures with QR codes in them, as a telephone takes them and as a screen shows them."""

import io
import struct
import zlib
from collections.abc import Sequence

import segno
from PIL import Image, ImageFilter

PAGE = (900, 1200)


def qr(text: str, *, scale: int = 6) -> Image.Image:
    """A code on white, with its margin."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=scale, border=4)
    return Image.open(io.BytesIO(drawn.getvalue())).convert("L")


def page(*texts: str) -> Image.Image:
    """A sheet of paper with a code for each text, one below the other."""
    sheet = Image.new("L", PAGE, 235)
    for place, text in enumerate(texts):
        sheet.paste(qr(text), (150, 60 + 370 * place))
    return sheet


def photo(
    *texts: str, kind: str = "PNG", turned: float = 0, blur: float = 0, aslant: Sequence[float] = ()
) -> bytes:
    """A photograph of such a sheet."""
    taken = page(*texts)
    if aslant:
        taken = taken.transform(PAGE, Image.Transform.QUAD, tuple(aslant), fillcolor=90)
    taken = taken.rotate(turned, expand=True, fillcolor=120).filter(ImageFilter.GaussianBlur(blur))
    return saved(taken, kind)


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def png_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A small PNG that says it is huge: all of one colour, one bit a pixel."""
    line = b"\0" * (1 + width // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join([*(packer.compress(line) for _ in range(height)), packer.flush()])
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
