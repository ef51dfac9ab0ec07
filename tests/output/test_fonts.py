import hashlib
import struct
from pathlib import Path

import pytest

from touchstone.output.fonts import FOLDER, _characters, covered


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Amber Coast 2026 …–−×€½‘’“”", True),
        ("Žemės ūkis ąčęėįšųūž Łódź Škofja Ísafjörður ÅØÆ", True),
        ("България Ελλάδα", True),
        ("�\u200b\u00a0", True),
        ("漢", False),
        ("▲", False),
        ("ש", False),
    ],
)
def test_the_fonts_cover_the_scripts_of_europe_and_no_more(text: str, there: bool) -> None:
    assert all(ord(one) in covered() for one in text) is there


def test_every_font_is_as_it_was_fetched_and_has_its_licence() -> None:
    lines = (FOLDER / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in sums} == sums
    assert {path.name for path in FOLDER.iterdir()} - set(sums) == {"SHA256SUMS", "VERSIONS"}
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL-NotoSans.txt").read_text()


def test_a_font_without_a_full_character_map_is_named(tmp_path: Path) -> None:
    head = struct.pack(">4sHHHH", b"\x00\x01\x00\x00", 1, 0, 0, 0)
    record = struct.pack(">4sIII", b"cmap", 0, 28, 14)
    table = struct.pack(">HHHHIH", 0, 1, 3, 1, 12, 4)
    (tmp_path / "old.ttf").write_bytes(head + record + table)
    with pytest.raises(ValueError, match=r"^old\.ttf has no character map of format 12$"):
        _characters(tmp_path / "old.ttf")
