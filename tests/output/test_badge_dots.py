import io
import struct
import zlib
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from factories.issued import bare_png, drawn
from factories.photos import png_bomb, saved
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge import Size
from touchstone.output.badge_dots import MOST, Dots, dots, is_drawn, other_level
from touchstone.output.badge_png import SCALES

BRONZE = drawn()


def shown(png: bytes) -> Dots:
    found = dots(png)
    assert found is not None
    return found


def with_part(png: bytes, kind: bytes, body: bytes) -> bytes:
    """A PNG with one more part after its header."""
    part = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return png[:33] + part + png[33:]


@cache
def picture(**changes: Any) -> Image.Image:
    return Image.open(io.BytesIO(bare_png(**changes))).convert("RGBA")


@pytest.mark.parametrize(("size", "dark", "scale"), list(product(Size, (False, True), SCALES)))
def test_a_badge_is_known_in_each_size_on_each_ground_at_each_scale(
    size: Size, dark: bool, scale: int
) -> None:
    found = shown(bare_png(size=size, dark=dark, scale=scale))
    assert (is_drawn(found, BRONZE, dark=dark), is_drawn(found, BRONZE, dark=not dark)) == (True, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"level": LabelLevel.GOLD},
        {"standing": Standing.SUSPENDED},
        {"organisation": "Amber Clustor"},
        {"number": "00002"},
        {"synthetic": True},
    ],
)
def test_a_badge_that_says_anything_else_is_another_one(changes: dict[str, Any]) -> None:
    assert not is_drawn(shown(bare_png()), replace(BRONZE, **changes), dark=False)


def test_one_dot_painted_over_makes_it_another_picture() -> None:
    painted = picture().copy()
    painted.putpixel((200, 100), (255, 0, 0, 255))
    assert not is_drawn(shown(saved(painted)), BRONZE, dark=False)


@pytest.mark.parametrize("compressed", [0, 9])
def test_packed_anew_without_loss_it_is_the_same_picture(compressed: int) -> None:
    file = io.BytesIO()
    picture().save(file, "PNG", compress_level=compressed)
    assert is_drawn(shown(file.getvalue()), BRONZE, dark=False)


def test_what_cannot_be_seen_may_have_any_colour() -> None:
    seen = np.array(picture())
    seen[seen[..., 3] == 0] = (9, 9, 9, 0)
    assert is_drawn(shown(saved(Image.fromarray(seen))), BRONZE, dark=False)


@pytest.mark.parametrize(
    ("kind", "body", "is_known"),
    [
        (b"sRGB", b"\0", True),
        (b"pHYs", struct.pack(">IIB", 2835, 2835, 1), True),
        (b"gAMA", struct.pack(">I", 45_455), True),
        (b"gAMA", struct.pack(">I", 200_000), False),
        (b"iCCP", b"x\0\0" + zlib.compress(b"x"), False),
        (b"cHRM", struct.pack(">8I", *range(8)), False),
        (b"acTL", struct.pack(">II", 2, 0), False),
        (b"eXIf", b"II*\0", False),
    ],
)
def test_parts_that_change_what_is_seen_are_not_passed_over(kind: bytes, body: bytes, is_known: bool) -> None:
    assert (dots(with_part(bare_png(), kind, body)) is not None) is is_known


@pytest.mark.parametrize("wide", [5000, 50_000])
def test_a_picture_with_too_many_dots_is_not_unpacked(wide: int) -> None:
    assert dots(png_bomb(wide, 50_000)) is None
    assert dots(png_bomb(wide, 8)) is None


def test_the_bound_itself_is_unpacked() -> None:
    assert shown(saved(Image.new("L", (1000, MOST // 1000)))).shape == (1000, 1000, 4)
    assert dots(saved(Image.new("L", (1000, MOST // 1000 + 1)))) is None


def test_a_picture_cut_short_or_without_any_dots_is_none() -> None:
    assert dots(bare_png()[:500]) is None
    empty = struct.pack(">IIBBBBB", 0, 0, 8, 6, 0, 0, 0)
    header = with_part(b"\x89PNG\r\n\x1a\n", b"IHDR", empty)
    assert dots(with_part(header, b"IEND", b"")) is None
    assert dots(header[:8] + b"\0\0\0\0IHDR" + struct.pack(">I", zlib.crc32(b"IHDR"))) is None


def test_damaged_dots_are_none() -> None:
    start = bare_png()[:33]
    body = b"no zlib"
    data = struct.pack(">I", len(body)) + b"IDAT" + body + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    end = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    assert dots(start + data + end) is None


def smaller(seen: Image.Image) -> Image.Image:
    return seen.resize((seen.width // 2, seen.height // 2), Image.Resampling.LANCZOS)


def larger(seen: Image.Image) -> Image.Image:
    return seen.resize((seen.width * 3, seen.height * 3), Image.Resampling.BICUBIC)


def with_few_colours(seen: Image.Image) -> Image.Image:
    return seen.quantize(16).convert("RGBA")


def as_a_poor_jpeg(seen: Image.Image) -> Image.Image:
    page = Image.new("RGB", seen.size, "white")
    page.paste(seen, (0, 0), seen)
    return Image.open(io.BytesIO(_jpeg(page))).convert("RGBA")


def _jpeg(page: Image.Image) -> bytes:
    file = io.BytesIO()
    page.save(file, "JPEG", quality=40)
    return file.getvalue()


CHANGES = [smaller, larger, with_few_colours, as_a_poor_jpeg]


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("standing", [Standing.VALID, Standing.EXPIRED_RENEWABLE, Standing.WITHDRAWN])
def test_a_picture_changed_in_good_faith_shows_no_other_level(
    change: Any, size: Size, standing: Standing
) -> None:
    found = shown(saved(change(picture(size=size, standing=standing))))
    assert not is_drawn(found, BRONZE, dark=False)
    assert other_level(found, BRONZE) is None


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("change", [smaller, larger, with_few_colours])
def test_a_picture_of_another_level_is_told_in_any_size(change: Any, size: Size) -> None:
    found = shown(saved(change(picture(size=size, level=LabelLevel.GOLD, dark=True))))
    assert other_level(found, BRONZE) is LabelLevel.GOLD


@pytest.mark.parametrize("colour", ["#e8c75f", "#000000", "#ffffff"])
def test_a_picture_like_none_of_them_shows_no_level(colour: str) -> None:
    assert other_level(shown(saved(Image.new("RGBA", (3, 700), colour))), BRONZE) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_are_none(rest: bytes) -> None:
    assert dots(b"\x89PNG\r\n\x1a\n" + rest) is None
