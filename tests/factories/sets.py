"""A small pack on disk, and a comparison set frozen with it."""

import io
import json
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from factories.populations import random_population
from factories.scheme import shipped_scheme
from touchstone.core.benchmark.frozen import FrozenSet, freeze
from touchstone.core.scheme.folders import shipped
from touchstone.output.comparison_set import set_file

DAY = date(2025, 7, 1)


@cache
def small_set() -> FrozenSet:
    """Thirty assessments, drawn at random over all measures of the shipped scheme."""
    return freeze(
        random_population(shipped_scheme()), scheme=shipped_scheme(), on=DAY, name="Autumn, “näher”"
    )


@cache
def small_file() -> bytes:
    return set_file(small_set(), pack=shipped())


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, held in contents.items():
            archive.writestr(zipfile.ZipInfo(name), held, compression)
    return content.getvalue()


def spoilt(changes: Mapping[str, bytes | None], *, listed: bool = True, **about: Any) -> bytes:
    """The small file with members replaced, added or (None) left out, and with other words about itself.

    What is `listed` has its right SHA-256 in the list of files, as a forger would take care of.
    """
    contents = {name: held for name, held in (members(small_file()) | changes).items() if held is not None}
    said = json.loads(contents.pop("set.json"))
    if listed:
        said["files"] = {name: sha256(held).hexdigest() for name, held in contents.items()}
    words = {key: value for key, value in (said | about).items() if value is not None}
    return packed({"set.json": json.dumps(words).encode(), **contents})


def written(folder: Path, content: bytes, name: str = "set.zip") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def extending_pack(folder: Path) -> Path:
    """A pack `north` that extends `south` beside it, a copy of the shipped one."""
    shutil.copytree(shipped(), folder / "south", ignore=shutil.ignore_patterns("locale"))
    (folder / "north").mkdir()
    head = 'extends = "south"\nid = "north"\nname = "North"\nnotice = "Made for a test."\n'
    extent = "[extent]\nindicators = 36\nquality_indicators = 31\npoints = 150\n"
    (folder / "north" / "scheme.toml").write_text(head + extent, encoding="utf-8")
    return folder / "north"
