"""The page on scheme packs names every key that the shipped packs use, and every kind of rule."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from touchstone.core.scheme.folders import LONGEST
from touchstone.core.scheme.loading import RECIPE, shipped
from touchstone.core.scheme.model import PlausibilityKind

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/scheme-pack.md").read_text(encoding="utf-8")
# Tables whose keys are ids of the pack's own, not keys of the format.
OWN_IDS = ("areas", "dimensions", "scales", "options", "nominants")


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
        for path in (*shipped().rglob("*.toml"), *shipped("ecei-bw").rglob("*.toml"))
        if path.name != RECIPE and "locale" not in path.parts
        for key in keys(tomllib.loads(path.read_text(encoding="utf-8")))
    }
    page = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    named = {word for code in re.findall(r"`([^`]+)`", page) for word in re.findall(r"\w+", code)}
    assert sorted(used - named) == []


def test_every_kind_of_rule_stands_on_its_page() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert {*get_args(PlausibilityKind)} - rows == set()


def test_the_page_says_how_many_packs_may_lie_over_one_another() -> None:
    assert (LONGEST, "At most three packs lie over one another" in PAGE) == (3, True)
