"""Codes in photographs: found in all positions, and bounded in pixels and in work."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from factories.photos import photo, png_bomb, qr, saved
from touchstone.core.faults import Unusable
from touchstone.intake.images import LONGEST, MOST_CODES, MOST_SCANS, PICTURE_LIMIT, codes, is_picture

ADDRESS = "https://labels.example.org/verify/00049/"
OTHER = "https://elsewhere.example/"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("turned", [0, 17, 90, 183])
@pytest.mark.parametrize("blur", [0, 2])
def test_a_code_is_read_in_any_position_and_somewhat_blurred(kind: str, turned: float, blur: float) -> None:
    assert codes(photo(ADDRESS, kind=kind, turned=turned, blur=blur), file="photo") == (ADDRESS,)


def test_a_code_is_read_from_a_page_that_was_taken_aslant() -> None:
    aslant = (60, 30, 0, 1200, 900, 1140, 840, 0)
    assert codes(photo(ADDRESS, kind="JPEG", aslant=aslant), file="photo") == (ADDRESS,)


def test_a_code_is_read_from_what_a_dark_screen_shows_and_on_a_transparent_ground() -> None:
    dark = Image.eval(qr(ADDRESS), lambda value: 255 - value)
    assert codes(saved(dark), file="screen") == (ADDRESS,)
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    clear.paste(Image.new("RGBA", (300, 300), "black"), (0, 0), Image.eval(_square(), lambda v: 255 - v))
    assert codes(saved(clear), file="screen") == (ADDRESS,)


def _square() -> Image.Image:
    return qr(ADDRESS).resize((300, 300))


def test_several_codes_are_all_told_and_each_once() -> None:
    assert sorted(codes(photo(ADDRESS, OTHER, ADDRESS), file="photo")) == sorted([ADDRESS, OTHER])


def test_no_more_codes_are_told_than_a_picture_may_have() -> None:
    wall = Image.new("L", (2400, 2400), 255)
    for place in range(12):
        wall.paste(qr(f"{ADDRESS}{place}", scale=5), (place % 4 * 500, place // 4 * 500))
    assert len(codes(saved(wall), file="photo")) == MOST_CODES


def test_a_code_is_text_and_no_longer_than_a_code_can_be() -> None:
    (told,) = codes(saved(qr("7" * 3000, scale=8)), file="photo")
    assert told == "7" * 3000
    assert len(told) < LONGEST


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_without_a_code_tells_none(kind: str) -> None:
    assert codes(saved(Image.new("RGB", (40, 30), "white"), kind), file="photo") == ()


def test_a_picture_of_one_pixel_tells_none() -> None:
    assert codes(saved(Image.new("L", (1, 1))), file="photo") == ()


def refusal(content: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        codes(content, file="photo")
    return str(refused.value)


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked() -> None:
    assert refusal(png_bomb()) == (
        "photo: The picture has 50,000 × 50,000 pixels; 24,000,000 in all are the most. "
        "Save it smaller: 2,000 pixels on the longer side are enough."
    )


def test_a_photo_may_have_more_pixels_than_a_drawing() -> None:
    large = Image.new("L", (6000, 5000), 255)
    large.paste(qr(ADDRESS, scale=40), (100, 100))
    assert codes(saved(large, "JPEG"), file="photo") == (ADDRESS,)
    assert refusal(saved(large)).startswith("photo: The picture has 6,000 × 5,000 pixels")


def test_a_photo_packed_in_endless_passes_is_refused() -> None:
    taken = photo(ADDRESS, kind="JPEG")
    assert refusal(taken + b"\xff\xda" * MOST_SCANS) == (
        "photo: The picture is packed in too many passes. Save it again in your own program."
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_was_cut_short_is_refused_or_read_as_far_as_it_goes(kind: str) -> None:
    whole = photo(ADDRESS, kind=kind)
    assert refusal(whole[:30]) == "photo: The picture is damaged. Take it again, or save it again."


def test_what_is_no_picture_is_refused() -> None:
    assert refusal(b"GIF89a") == (
        "photo: This is no picture that can be read. Hand in a PNG, a JPEG or a WebP."
    )
    assert refusal(b"RIFF\0\0\0\0WAVEfmt ") == refusal(b"GIF89a")
    assert refusal(b"") == "photo: The file is empty. Save it again, or choose another file."


def test_a_picture_that_is_too_large_is_refused_by_its_size() -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n" + bytes(PICTURE_LIMIT)).startswith(
        "photo: The file is larger than 10 MB."
    )


@pytest.mark.parametrize(
    ("content", "picture"),
    [
        (b"\x89PNG\r\n\x1a\n", True),
        (b"\xff\xd8\xff\xe0", True),
        (b"RIFF\0\0\0\0WEBPVP8 ", True),
        (b"RIFF\0\0\0\0WAVE", False),
        (b"%PDF-1.7", False),
        (b"", False),
    ],
)
def test_a_picture_is_told_by_how_it_begins(content: bytes, picture: bool) -> None:
    assert is_picture(content) is picture


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP"]), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes) -> None:
    try:
        found = codes(start + rest, file="photo")
    except Unusable:
        return
    assert found == ()


@given(st.integers(0, 2**32), st.integers(0, 255))
def test_any_changed_byte_of_a_photo_is_read_or_refused(place: int, value: int) -> None:
    small = io.BytesIO()
    qr("57", scale=3).save(small, "PNG")
    bent = bytearray(small.getvalue())
    bent[place % len(bent)] = value
    try:
        found = codes(bytes(bent), file="photo")
    except Unusable:
        return
    assert found in ((), ("57",))
