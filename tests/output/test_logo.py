import io
import struct
import zlib

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from factories.logos import SHAPE, png, svg
from touchstone.core.faults import Unusable
from touchstone.output.logo import LIMIT, Logo, read_logo


def refused(data: bytes, name: str = "logo.svg") -> str:
    with pytest.raises(Unusable) as unusable:
        read_logo(data, name)
    return str(unusable.value)


def test_a_picture_and_a_drawing_are_told_by_their_content_and_not_by_their_name() -> None:
    assert read_logo(png(size=(60, 30)), "logo.svg").kind == "png"
    assert read_logo(svg(), "logo.png").kind == "svg"


def test_a_logo_knows_its_proportions() -> None:
    picture, drawing = read_logo(png(size=(60, 30)), "a"), read_logo(svg(), "a")
    assert (picture.width, picture.height) == (60, 30)
    assert (drawing.width, drawing.height) == (120, 60)


def test_reading_a_logo_again_changes_nothing() -> None:
    for first in (read_logo(png("RGBA", (1000, 500), (1, 2, 3, 4)), "a"), read_logo(svg(), "a")):
        again = read_logo(first.data, "a")
        assert (again.kind, again.width, again.height) == (first.kind, first.width, first.height)
        if first.kind == "svg":
            assert again.data == first.data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty. Save it again, or choose another file."),
        (
            bytes(LIMIT + 1),
            "The file is larger than 2 MB. Save the logo smaller: 800 pixels on the longer side are enough.",
        ),
        (b"\xff\xd8\xff\xe0", "This is a JPEG picture. Save the logo as SVG or PNG."),
        (b"GIF89a", "This is a GIF picture. Save the logo as SVG or PNG."),
        (b"%PDF-1.7", "This is a PDF file. Save the logo as SVG or PNG."),
        (b"%!PS-Adobe", "This is a PostScript file. Save the logo as SVG or PNG."),
        (b"RIFF....WEBP", "This is a WebP picture. Save the logo as SVG or PNG."),
        (b"BM....", "This is a bitmap (BMP). Save the logo as SVG or PNG."),
        (b"II*\0", "This is a TIFF picture. Save the logo as SVG or PNG."),
        (b"MM\0*", "This is a TIFF picture. Save the logo as SVG or PNG."),
        (b"PK\3\4", "This is a ZIP archive or an office document. Save the logo as SVG or PNG."),
        (b"\x1f\x8b\x08", "This is a compressed file, perhaps SVGZ. Save the logo as SVG or PNG."),
        (b"words", "This is no SVG that can be read (line 1). Save the logo as SVG or PNG."),
    ],
)
def test_what_is_no_logo_is_told_by_its_name_and_what_it_is(data: bytes, said: str) -> None:
    assert refused(data, "our logo.x") == f"our logo.x: {said}"


def test_a_picture_for_printing_presses_is_told_so() -> None:
    written = io.BytesIO()
    Image.new("CMYK", (4, 4)).save(written, "JPEG")
    assert refused(written.getvalue(), "cmyk.png") == (
        "cmyk.png: This is a JPEG picture. Save the logo as SVG or PNG."
    )


def test_a_fault_in_a_picture_names_the_file() -> None:
    assert refused(png()[:50], "logo.png") == ("logo.png: The file is cut short. Copy or download it again.")


def test_what_the_typesetter_does_not_take_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise typst.TypstError("not this one", "")

    monkeypatch.setattr(typst, "compile", fail)
    assert refused(svg()) == (
        "logo.svg: The drawing cannot be set on a page. Save it again from a drawing program, or as PNG."
    )


# --- on paper and on a page


def on_paper(logo: Logo) -> Image.Image:
    """The logo as the typesetter shows it, 120 pixels wide."""
    page = (
        "#set page(width: 120pt, height: auto, margin: 0pt)\n"
        f'#image(bytes({tuple(logo.data)}), format: "{logo.kind}", width: 120pt)'
    )
    return Image.open(io.BytesIO(typst.compile(page.encode(), format="png", ppi=72))).convert("RGB")


DRAWINGS = {
    "areas": SHAPE + '<circle cx="90" cy="30" r="20" fill="#a83900"/>',
    "sheet": '<style>.a{fill:#a83900}</style><g class="a"><rect x="10" y="10" width="50" height="40"/></g>',
    "gradient": '<linearGradient id="g"><stop stop-color="red"/><stop offset="1" style="stop-color:#00f"/>'
    '</linearGradient><rect width="120" height="60" fill="url(#g)"/>',
    "clipped": '<clipPath id="c"><rect width="60" height="60"/></clipPath>'
    '<rect width="120" height="60" fill="#0b6468" clip-path="url(#c)"/>',
    "masked": '<mask id="m"><rect width="60" height="60" fill="white"/></mask>'
    '<rect width="120" height="60" fill="#0b6468" mask="url(#m)"/>',
    "used": '<defs><g id="s"><rect width="20" height="20" fill="#0b6468"/></g></defs>'
    '<use href="#s" x="5"/><use xlink:href="#s" transform="translate(60 10) rotate(30)"/>',
    "lines": '<path d="M10 10 L110 50" stroke="#14213d" stroke-width="6" stroke-linecap="round"/>',
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_comes_out_looks_like_what_came_in(name: str) -> None:
    given_ = Logo(kind="svg", data=svg(DRAWINGS[name]), width=120, height=60)
    came, out = on_paper(given_), on_paper(read_logo(given_.data, "logo.svg"))
    assert out.size == (120, 60)
    assert len(out.getcolors(10_000) or ()) > 1
    assert out.tobytes() == came.tobytes()


def test_a_picture_looks_like_what_came_in() -> None:
    data = png(size=(60, 30), colour=(10, 100, 104))
    assert on_paper(read_logo(data, "logo.png")).getpixel((60, 30)) == (10, 100, 104)


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(
            [
                *DRAWINGS.values(),
                '<rect width="0" height="0"/>',
                '<rect width="-5" height="5"/>',
                '<path d="M"/>',
                '<path d="M0 0h1e6z" stroke="red" stroke-width="1e6"/>',
                '<circle r="1e-9"/>',
                '<polygon points="1"/>',
                '<g transform="scale(0)"><circle r="5"/></g>',
                '<g transform="matrix(1 1 1 1 1 1)"><circle r="5"/></g>',
                '<linearGradient id="e"/><circle r="5" fill="url(#e)"/>',
                '<clipPath id="n"/><circle r="5" clip-path="url(#n)"/>',
                '<circle r="5" stroke="red" stroke-dasharray="0 0"/>',
                '<use href="#y" width="0"/><symbol id="y" viewBox="0 0 0 0"><circle r="5"/></symbol>',
            ]
        ),
        max_size=8,
    )
)
def test_whatever_passes_can_be_set(parts: list[str]) -> None:
    try:
        logo = read_logo(svg("".join(parts) + SHAPE), "logo.svg")
    except Unusable as unusable:
        assert unusable.faults[0].remedy  # noqa: PT017  (either is right)
    else:
        assert on_paper(logo).size == (120, 60)


def test_a_picture_of_the_largest_size_is_kept_small() -> None:
    rows = zlib.compress((b"\0" + bytes(4_000 * 4)) * 4_000)
    start = struct.pack(">IIBBBBB", 4_000, 4_000, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", start), (b"IDAT", rows), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    logo = read_logo(data, "logo.png")
    assert (logo.width, logo.height) == (800, 800)
    assert len(logo.data) < len(data)
