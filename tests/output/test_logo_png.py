import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from factories.logos import SIGNATURE, built, chunk, header, pixels, png
from touchstone.core.faults import Unusable
from touchstone.output.logo_png import KEPT_SIDE, read_png

DOT = b"\0" + b"\x10\x20\x30" * 4  # a line of four pixels, with its filter


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(read_png(data)[0]))


def refused(data: bytes) -> str:
    with pytest.raises(Unusable) as unusable:
        read_png(data)
    return str(unusable.value)


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("RGB", (10, 20, 30), (10, 20, 30)),
        ("RGBA", (10, 20, 30, 40), (10, 20, 30, 40)),
        ("L", 77, (77, 77, 77)),
        ("LA", (77, 40), (77, 77, 77, 40)),
        ("1", 1, (255, 255, 255)),
        ("I;16", 0x4D4D, (0x4D, 0x4D, 0x4D)),
    ],
)
def test_every_kind_of_pixel_comes_out_in_its_colour(
    mode: str, colour: object, seen: tuple[int, ...]
) -> None:
    assert opened(png(mode, colour=colour)).getpixel((3, 3)) == seen


def test_sixteen_bits_of_colour_become_eight() -> None:
    line = b"\0" + struct.pack(">HHH", 0x1212, 0x8080, 0xFFFF) * 4
    assert opened(built(header(depth=16), pixels(line * 4))).getpixel((0, 0)) == (0x12, 0x80, 0xFF)


def test_a_palette_becomes_its_colours() -> None:
    picture = Image.new("P", (8, 8), 1)
    picture.putpalette([0, 0, 0, 200, 100, 50])
    written = io.BytesIO()
    picture.save(written, "PNG")
    assert opened(written.getvalue()).getpixel((0, 0)) == (200, 100, 50)


def test_a_transparent_colour_of_a_palette_stays_transparent() -> None:
    picture = Image.new("P", (8, 8), 1)
    picture.putpalette([0, 0, 0, 200, 100, 50])
    written = io.BytesIO()
    picture.save(written, "PNG", transparency=1)
    assert opened(written.getvalue()).getpixel((0, 0)) == (200, 100, 50, 0)


def test_an_interlaced_picture_is_read() -> None:
    # Pillow writes none. One pixel has one pass: the first.
    one = built(header(1, 1, last=b"\0\0\1"), pixels(b"\0\x10\x20\x30"))
    assert opened(one).getpixel((0, 0)) == (0x10, 0x20, 0x30)


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((60, 30), (60, 30)),
        ((KEPT_SIDE, 10), (KEPT_SIDE, 10)),
        ((1600, 400), (800, 200)),
        ((400, 1600), (200, 800)),
        ((4000, 1), (800, 1)),
    ],
)
def test_a_picture_is_kept_at_800_pixels_at_most(size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert read_png(png(size=size))[1:] == kept


def test_nothing_but_the_picture_is_kept() -> None:
    about = PngInfo()
    about.add_text("Author", "Somebody")
    about.add_itxt("Comment", "secret", zip=True)
    profile = b"a profile of colours"
    kept, *_ = read_png(png(pnginfo=about, icc_profile=profile, dpi=(300, 300), exif=b"Exif\0\0secret"))
    kinds = [kept[place : place + 4] for place in starts(kept)]
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]


def starts(data: bytes) -> list[int]:
    """Where the kind of each chunk stands."""
    found, place = [], len(SIGNATURE)
    while place < len(data):
        found.append(place + 4)
        place += 12 + int.from_bytes(data[place : place + 4])
    return found


def test_the_same_file_gives_the_same_bytes() -> None:
    data = png("RGBA", (900, 333), (1, 2, 3, 4))
    assert read_png(data) == read_png(data)


@pytest.mark.parametrize(
    ("width", "height"), [(4001, 1), (1, 4001), (20_000, 20_000), (2**31 - 1, 2**31 - 1), (100_000, 1)]
)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    said = refused(built(header(width, height), pixels(b"")))
    assert said == (
        f"The picture has {width:,} × {height:,} pixels; 4,000 a side are the most. "
        "Save it smaller: 800 pixels on the longer side are enough."
    )


def test_a_picture_that_unpacks_to_more_than_it_declares_is_refused() -> None:
    said = refused(built(header(), pixels(bytes(3_000_000))))
    assert said == "The picture unpacks to more than it declares. Save it again from your own program."


def test_texts_that_unpack_to_much_are_not_unpacked() -> None:
    bomb = chunk(b"zTXt", b"Comment\0\0" + pixels(bytes(50_000_000))[8:-4])
    assert read_png(built(header(), bomb, pixels(DOT * 4)))[1:] == (4, 4)


def test_a_moving_picture_is_refused() -> None:
    written = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(written, "PNG", save_all=True, append_images=frames[1:])
    assert refused(written.getvalue()) == "This PNG moves. Save a single still picture."


@pytest.mark.parametrize("length", [8, 20, 40, -12, -1])
def test_a_file_that_is_cut_short_is_told_so(length: int) -> None:
    assert refused(png(size=(90, 90))[:length]) == "The file is cut short. Copy or download it again."


def test_pixels_that_are_missing_are_told_so() -> None:
    assert refused(built(header(), pixels(DOT * 3))) == "The file is cut short. Copy or download it again."


DAMAGED = "The PNG is damaged. Open it in a picture program and save it again."


@pytest.mark.parametrize(
    "data",
    [
        built(),
        built(pixels(DOT * 4)),
        built(header(), header(), pixels(DOT * 4)),
        built(chunk(b"IHDR", b"short"), pixels(DOT * 4)),
        built(header(0, 4), pixels(b"")),
        built(header(4, 0), pixels(b"")),
        built(header(depth=3), pixels(DOT * 4)),
        built(header(colour=5), pixels(DOT * 4)),
        built(header(last=b"\1\0\0"), pixels(DOT * 4)),
        built(header(last=b"\0\0\2"), pixels(DOT * 4)),
        built(header(), chunk(b"IDAT", b"not packed")),
        built(header(), pixels((b"\x09" + DOT[1:]) * 4)),
        built(header(), pixels(DOT * 4)).replace(b"IDAT", b"IDAX"),
        built(header(depth=8, colour=3), pixels((b"\0" + bytes(4)) * 4)),
    ],
    ids=range(14),
)
def test_a_damaged_picture_is_told_so(data: bytes) -> None:
    assert refused(data) == DAMAGED


@given(st.binary(max_size=300), st.integers(0, 400))
def test_whatever_comes_is_read_or_refused(noise: bytes, place: int) -> None:
    whole = png(size=(20, 20))
    for data in (SIGNATURE + noise, whole[:place] + noise + whole[place + len(noise) :]):
        if data.startswith(SIGNATURE):
            try:
                kept, width, height = read_png(data)
            except Unusable as unusable:
                assert unusable.faults[0].remedy  # noqa: PT017  (either is right)
            else:
                assert opened(kept).size == (width, height)


@given(
    st.sampled_from([(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (4, 8), (4, 16), (6, 8)]),
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
    st.booleans(),
    st.none() | st.binary(min_size=6, max_size=6),
)
def test_every_kind_with_every_size_is_read(
    kind: tuple[int, int], size: tuple[int, int], interlaced: bool, clear: bytes | None
) -> None:
    (colour, depth), (width, height) = kind, size
    start = header(width, height, depth=depth, colour=colour, last=bytes([0, 0, interlaced]))
    chosen = chunk(b"tRNS", clear[: {0: 2, 2: 6}[colour]]) if clear and colour in {0, 2} else b""
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    raw = b"".join(
        (b"\0" + bytes((across * depth * channels + 7) // 8)) * down
        for across, down in passes(width, height, interlaced=interlaced)
    )
    assert read_png(built(start, chosen, pixels(raw)))[1:] == (width, height)


def passes(width: int, height: int, *, interlaced: bool) -> list[tuple[int, int]]:
    """The sizes of the pictures that a picture is kept as, by Adam7 where it is interlaced."""
    if not interlaced:
        return [(width, height)]
    starts = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ]
    sizes = [(len(range(x, width, dx)), len(range(y, height, dy))) for x, y, dx, dy in starts]
    return [(across, down) for across, down in sizes if across and down]
