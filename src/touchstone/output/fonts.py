"""The fonts of the PDF: a folder of our own, so that nothing on a machine changes the output."""

import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FULL_REPERTOIRE = 12  # the format of the character map that reaches beyond the first 65,536 code points


@cache
def covered() -> frozenset[int]:
    """The code points that every font has; others would stop Typst, which refuses missing glyphs."""
    return frozenset.intersection(*(_characters(path) for path in sorted(FOLDER.glob("*.ttf"))))


@cache
def advances(name: str) -> Mapping[str, float]:
    """How wide each character of a font of ours is, in units of the type size, as `hmtx` has it."""
    font = (FOLDER / f"{name}.ttf").read_bytes()
    (units,) = struct.unpack_from(">H", font, _table(font, b"head") + 18)
    (measured,) = struct.unpack_from(">H", font, _table(font, b"hhea") + 34)
    widths = struct.unpack_from(">" + "Hh" * measured, font, _table(font, b"hmtx"))[::2]
    return {
        chr(point): widths[min(glyph, measured - 1)] / units for point, glyph in _glyphs(font, name).items()
    }


def _characters(path: Path) -> frozenset[int]:
    return frozenset(_glyphs(path.read_bytes(), path.name))


def _glyphs(font: bytes, name: str) -> Mapping[int, int]:
    """Code point → glyph, by the `cmap` table of a TrueType file (OpenType specification, format 12)."""
    table = _table(font, b"cmap")
    (records,) = struct.unpack_from(">H", font, table + 2)
    for record in range(records):
        (offset,) = struct.unpack_from(">I", font, table + 4 + 8 * record + 4)
        start = table + offset
        if struct.unpack_from(">H", font, start) == (FULL_REPERTOIRE,):
            return _groups(font, start)
    raise ValueError(f"{name} has no character map of format {FULL_REPERTOIRE}")


def _table(font: bytes, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    return next(int(offset) for name, _, offset, _ in records if name == tag)


def _groups(font: bytes, start: int) -> Mapping[int, int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    groups = (struct.unpack_from(">III", font, start + 16 + 12 * number) for number in range(count))
    return {point: glyph + point - first for first, last, glyph in groups for point in range(first, last + 1)}
