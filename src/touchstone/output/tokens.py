"""The values of the look, read from the one file that holds them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


@cache
def tokens() -> Mapping[str, Mapping[str, str]]:
    """Section → name → value of `templates/tokens.toml`."""
    return tomllib.loads((TEMPLATES / "tokens.toml").read_text(encoding="utf-8"))


def colour(name: str) -> str:
    """A colour by day, as #rrggbb. Pictures are drawn with these; a style sheet may turn them dark."""
    return tokens()["light"][name]
