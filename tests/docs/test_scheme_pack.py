"""The page on scheme packs names every key that the shipped pack uses."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from touchstone.core.scheme.loading import RECIPE, shipped

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/scheme-pack.md").read_text(encoding="utf-8")
# Tables whose keys are ids of the pack's own, not keys of the format.
OWN_IDS = ("areas", "dimensions", "scales", "options")


def keys(values: object, name: str = "") -> Iterator[str]:
    if isinstance(values, list):
        for value in values:
            yield from keys(value, name)
    elif isinstance(values, dict) and name not in OWN_IDS:
        for key, value in values.items():
            yield key
            yield from keys(value, key)


def test_every_key_of_the_pack_stands_on_its_page() -> None:
    used = {
        key
        for path in shipped().rglob("*.toml")
        if path.name != RECIPE
        for key in keys(tomllib.loads(path.read_text(encoding="utf-8")))
    }
    named = {word for code in re.findall(r"`([^`]+)`", PAGE) for word in re.findall(r"\w+", code)}
    assert sorted(used - named) == []
