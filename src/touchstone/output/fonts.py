"""The fonts of the PDF: a folder of our own, so that nothing on a machine changes the output."""

import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FULL_REPERTOIRE = 12  # the format of the character map that reaches beyond the first 65,536 code points


@cache
def covered() -> frozenset[int]:
    """The code points that every font has; others would stop Typst, which refuses missing glyphs."""
    return frozenset.intersection(*(_characters(path) for path in sorted(FOLDER.glob("*.ttf"))))


def _characters(path: Path) -> frozenset[int]:
    """Reads the `cmap` table of a TrueType file (OpenType specification, format 12)."""
    font = path.read_bytes()
    table = _table(font, b"cmap")
    (records,) = struct.unpack_from(">H", font, table + 2)
    for record in range(records):
        (offset,) = struct.unpack_from(">I", font, table + 4 + 8 * record + 4)
        start = table + offset
        if struct.unpack_from(">H", font, start) == (FULL_REPERTOIRE,):
            return _groups(font, start)
    raise ValueError(f"{path.name} has no character map of format {FULL_REPERTOIRE}")


def _table(font: bytes, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    return next(int(offset) for name, _, offset, _ in records if name == tag)


def _groups(font: bytes, start: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    groups = (struct.unpack_from(">II", font, start + 16 + 12 * number) for number in range(count))
    return frozenset(point for first, last in groups for point in range(first, last + 1))
