import json
import struct
import zlib
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge import Badge, Size, badge_svg
from touchstone.output.badge_png import badge_png
from touchstone.output.baking import KEYWORD, LARGEST, LONGEST, PNG, baked_png, baked_svg, unbaked

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
CREDENTIAL = json.dumps(
    {"type": ["OpenBadgeCredential"], "name": "Łódź & <Co> ]]> 汉字 😀"}, ensure_ascii=False
)
BADGE = Badge(
    organisation="Aviation Valley",
    level=LabelLevel.GOLD,
    scheme="Cluster management excellence",
    standing=Standing.VALID,
    valid_until=date(2027, 12, 31),
    number="00042",
)
SVG = badge_svg(BADGE, size=Size.SMALL)
DRAWN = badge_png(BADGE, size=Size.SMALL)
HEADER_END = len(PNG) + 25

# JSON as it is written for people and for programs, with whatever a name may hold.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
).map(lambda value: json.dumps(value, ensure_ascii=False))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(extra: bytes, content: bytes = DRAWN) -> bytes:
    return content[:HEADER_END] + extra + content[HEADER_END:]


def svg(inside: str, *, before: str = "", root: str = "svg") -> bytes:
    opened = f'<{root} xmlns="http://www.w3.org/2000/svg" xmlns:o="{NAMESPACE}">'
    return f"{before}{opened}{inside}</{root}>".encode()


@given(JSON)
def test_a_credential_comes_out_of_both_kinds_of_image_as_it_went_in(credential: str) -> None:
    from_svg = unbaked(baked_svg(SVG, credential).encode())
    from_png = unbaked(baked_png(DRAWN, credential))
    assert from_svg == from_png
    assert from_svg is not None
    assert json.loads(from_svg) == json.loads(credential)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1).filter(str.strip))
def test_a_text_without_controls_comes_out_exactly(text: str) -> None:
    assert unbaked(baked_svg(SVG, text).encode()) == text
    assert unbaked(baked_png(DRAWN, text)) == text


@pytest.mark.parametrize("text", ['"\ud800"', '"\ufffe"', '"\uffff"'])
def test_what_xml_or_utf8_cannot_carry_becomes_an_escape_of_json(text: str) -> None:
    escaped = f'"\\u{ord(text[1]):04x}"'
    assert unbaked(baked_svg(SVG, text).encode()) == escaped
    assert unbaked(baked_png(DRAWN, text)) == escaped


def test_an_svg_carries_it_first_in_the_picture_and_says_in_which_language() -> None:
    baked = baked_svg(SVG, CREDENTIAL)
    root = ET.fromstring(baked)
    assert (root[0].tag, root[0].text) == (f"{{{NAMESPACE}}}credential", CREDENTIAL)
    assert baked.startswith("<svg ")
    assert baked.index("xmlns:openbadges=") < baked.index("<openbadges:credential><![CDATA[{")


def test_a_png_carries_it_once_right_after_its_header_uncompressed() -> None:
    baked = baked_png(DRAWN, CREDENTIAL)
    body = KEYWORD + b"\0" + b"\0\0" + b"\0" + b"\0" + CREDENTIAL.encode()
    assert baked[HEADER_END : HEADER_END + 12 + len(body)] == chunk(b"iTXt", body)
    assert baked.count(KEYWORD) == 1


def test_another_reader_of_png_finds_it_and_the_picture_is_the_same() -> None:
    with Image.open(BytesIO(baked_png(DRAWN, CREDENTIAL))) as baked, Image.open(BytesIO(DRAWN)) as bare:
        assert baked.text[KEYWORD.decode()] == CREDENTIAL  # type: ignore[attr-defined]  # of its PNGs only
        assert baked.tobytes() == bare.tobytes()


def test_another_reader_of_svg_sees_the_same_drawing() -> None:
    bare, baked = ET.fromstring(SVG), ET.fromstring(baked_svg(SVG, CREDENTIAL))
    baked.remove(baked[0])
    assert ET.tostring(baked) == ET.tostring(bare)


@pytest.mark.parametrize("content", ["", "no picture", "<html></html>", baked_svg(SVG, "{}")])
def test_only_an_svg_that_carries_nothing_is_baked(content: str) -> None:
    with pytest.raises(ValueError, match="only an SVG without a credential"):
        baked_svg(content, CREDENTIAL)


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", PNG, DRAWN[:-5], baked_png(DRAWN, "{}"), with_chunk(chunk(b"tEXt", KEYWORD))],
)
def test_only_a_png_that_carries_nothing_is_baked(content: bytes) -> None:
    with pytest.raises(ValueError, match="only a PNG without a credential"):
        baked_png(content, CREDENTIAL)


ITXT = KEYWORD + b"\0\0\0\0\0"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0 a photo",
        DRAWN,
        PNG,
        baked_png(DRAWN, CREDENTIAL)[:-1],
        baked_png(DRAWN, CREDENTIAL)[:200],
        baked_png(DRAWN, CREDENTIAL).replace(b"Open", b"open"),
        with_chunk(chunk(b"iTXt", ITXT + b"{}"), baked_png(DRAWN, CREDENTIAL)),
        with_chunk(chunk(b"tEXt", KEYWORD + b"\0{}"), baked_png(DRAWN, CREDENTIAL)),
        with_chunk(chunk(b"tEXt", KEYWORD + b"\0{}")),
        with_chunk(chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0" + zlib.compress(b"{}"))),
        with_chunk(chunk(b"iTXt", KEYWORD)),
        with_chunk(chunk(b"iTXt", KEYWORD + b"\0\0\0{}")),
        with_chunk(chunk(b"iTXt", ITXT)),
        with_chunk(chunk(b"iTXt", ITXT + b"  \n")),
        with_chunk(chunk(b"iTXt", ITXT + b"\xff")),
        with_chunk(chunk(b"iTXt", ITXT + b"x" * (LONGEST + 1))),
        with_chunk(struct.pack(">I4s", 0x7FFFFFFF, b"iTXt") + ITXT),
        PNG + chunk(b"iTXt", ITXT + b"{}") + DRAWN[len(PNG) :],
        DRAWN + chunk(b"iTXt", ITXT + b"{}"),
        with_chunk(chunk(b"iTXt", ITXT + b"{}")) + b" " * LARGEST,
    ],
    ids=[
        "nothing", "a PDF", "a photo", "never baked", "a signature alone", "cut at the end", "cut early",
        "changed without its sum", "two of them", "one of another kind too", "an older kind", "compressed",
        "a keyword alone", "no text", "an empty text", "a blank text", "no UTF-8", "a text too long",
        "a length beyond the file", "before the header", "after the end", "a file too large",
    ],
)  # fmt: skip
def test_a_png_without_one_sound_credential_has_none(content: bytes) -> None:
    assert unbaked(content) is None


def bomb(of: str = "lol") -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE svg [<!ENTITY e0 "{of}">{entities}]>'


INSIDE = "<o:credential><![CDATA[{}]]></o:credential>"


@pytest.mark.parametrize(
    "content",
    [
        SVG.encode(),
        svg(INSIDE + INSIDE),
        svg(INSIDE, root="other"),
        svg(f"<g>{INSIDE}</g>"),
        svg("<o:credential>{<b/>}</o:credential>"),
        svg("<o:credential/>"),
        svg('<o:credential verify="a.b.c">{}</o:credential>'),
        svg(f"<o:credential>{'x' * (LONGEST + 1)}</o:credential>"),
        svg("<o:credential>&e8;</o:credential>", before=bomb()),
        svg("<o:credential>&file;</o:credential>", before='<!DOCTYPE svg [<!ENTITY file SYSTEM "file:///etc/passwd">]>'),
        svg("<o:credential>&none;</o:credential>"),
        svg(INSIDE)[:-6],
        svg(INSIDE, before='<?xml version="1.0" encoding="of-nobody"?>'),
        svg(INSIDE).replace(b"{}", b"\xff\xfe"),
        svg(INSIDE).replace(NAMESPACE.encode(), b"https://w3id.org/openbadges"),
        svg(INSIDE) + b" " * LARGEST,
    ],
    ids=[
        "never baked", "two of them", "no SVG", "not directly inside", "markup in it", "empty",
        "of two kinds", "too long", "a bomb", "a file of ours", "an unknown entity", "cut short",
        "an unknown encoding", "no UTF-8", "the older standard's name", "a file too large",
    ],
)  # fmt: skip
def test_an_svg_without_one_sound_credential_has_none(content: bytes) -> None:
    assert unbaked(content) is None


def test_an_svg_of_another_program_is_read_too() -> None:
    declared = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.invalid/svg.dtd">'
    assert unbaked(svg("<g/>\n<o:credential>{&quot;a&quot;:1}</o:credential>", before=declared)) == '{"a":1}'
    assert unbaked(svg(INSIDE).decode().encode("utf-16")) == "{}"


def test_a_jwt_stands_in_an_attribute() -> None:
    assert unbaked(svg('<o:credential verify="a.b.c">\n</o:credential>')) == "a.b.c"


def test_an_optimiser_strips_it() -> None:
    written = BytesIO()
    with Image.open(BytesIO(baked_png(DRAWN, CREDENTIAL))) as opened:
        opened.save(written, "PNG")
    assert unbaked(written.getvalue()) is None


@given(st.binary(max_size=300), st.sampled_from([b"", PNG, DRAWN[:HEADER_END], b"<svg", svg(INSIDE)[:-6]]))
def test_any_bytes_at_all_get_an_answer(content: bytes, start: bytes) -> None:
    assert unbaked(start + content) in (None, "{}")


@given(st.integers(0), st.integers(1, 255))
def test_one_changed_byte_never_changes_a_png_s_credential(place: int, change: int) -> None:
    baked = bytearray(baked_png(DRAWN, CREDENTIAL))
    baked[place % len(baked)] ^= change
    assert unbaked(bytes(baked)) in (None, CREDENTIAL)
