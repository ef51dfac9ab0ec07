"""The shipped scheme, and copies of its pack with something wrong in them."""

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Scheme

Edit = tuple[str, str, str]  # file, what stands there once, what shall stand there


@cache
def shipped_scheme() -> Scheme:
    """The shipped scheme, read once for all tests."""
    return load(shipped())


def copied_pack(folder: Path) -> Path:
    """A copy of the shipped pack, without its translations, that a test may spoil."""
    return Path(shutil.copytree(shipped(), folder / "ecei", ignore=shutil.ignore_patterns("locale")))


def edited_pack(folder: Path, *edits: Edit) -> Path:
    """A copy of the shipped pack with texts replaced, each of which must stand there exactly once."""
    pack = copied_pack(folder)
    for name, old, new in edits:
        text = (pack / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {text.count(old)} times: {old}"
        (pack / name).write_text(text.replace(old, new), encoding="utf-8")
    return pack


HEAD = """id = "local"
name = 'Local scheme'
extends = "ecei"
{more}
[extent]
indicators = {indicators}
quality_indicators = {quality}
points = {points}
"""


def overlay(
    folder: Path,
    files: Mapping[str, str],
    *,
    more: str = "",
    indicators: int = 36,
    quality: int = 31,
    points: int = 150,
) -> Path:
    """A pack that extends the shipped one, with files of its own; `more` stands in its head."""
    pack = folder / "local"
    head = HEAD.format(more=more, indicators=indicators, quality=quality, points=points)
    for name, text in {"scheme.toml": head, **files}.items():
        file = pack / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return pack
