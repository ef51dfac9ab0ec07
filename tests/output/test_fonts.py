import hashlib
import struct
from pathlib import Path

import pytest

from touchstone.output.fonts import FOLDER, _characters, advances, covered


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


@pytest.mark.parametrize(
    ("name", "character", "width"),
    [
        ("NotoSans-Regular", "0", 0.572),
        ("NotoSans-Regular", "m", 0.935),
        ("NotoSans-Bold", "m", 0.975),
        ("NotoSans-Regular", "\N{COMBINING ACUTE ACCENT}", 0.0),
    ],
)
def test_a_character_is_as_wide_as_its_font_says(name: str, character: str, width: float) -> None:
    assert advances(name)[character] == pytest.approx(width)


def test_every_character_that_can_be_printed_has_a_width() -> None:
    assert covered() <= {ord(character) for character in advances("NotoSans-Bold")}


def test_every_font_is_as_it_was_fetched_and_has_its_licence() -> None:
    lines = (FOLDER / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in sums} == sums
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert files - set(sums) == {"SHA256SUMS", "VERSIONS"}
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL-NotoSans.txt").read_text()


def test_a_font_without_a_full_character_map_is_named(tmp_path: Path) -> None:
    head = struct.pack(">4sHHHH", b"\x00\x01\x00\x00", 1, 0, 0, 0)
    record = struct.pack(">4sIII", b"cmap", 0, 28, 14)
    table = struct.pack(">HHHHIH", 0, 1, 3, 1, 12, 4)
    (tmp_path / "old.ttf").write_bytes(head + record + table)
    with pytest.raises(ValueError, match=r"^old\.ttf has no character map of format 12$"):
        _characters(tmp_path / "old.ttf")
