"""The shipped scheme, and copies of its pack with something wrong in them."""

import shutil
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
