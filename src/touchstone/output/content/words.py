"""The sentences of the report, and the small words that all its parts share."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from touchstone.core.benchmark.model import Comparison, Group
from touchstone.core.scheme.model import Scheme
from touchstone.output.printable import plain
from touchstone.output.tokens import TEMPLATES

DASH = "–"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@cache
def words() -> Mapping[str, Any]:  # Any: a tree of texts, as TOML gives it
    """The tree of `templates/words.toml`."""
    return tomllib.loads((TEMPLATES / "words.toml").read_text(encoding="utf-8"))


def say(path: str, **fill: object) -> str:
    """The sentence at a path such as "cover.kicker", with its {names} filled in."""
    section, _, key = path.rpartition(".")
    found = words()[section] if section else words()
    return str(found[key]).format(**fill)


def day(on: date) -> str:
    """A day as text has it: "21 November 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


@cache
def country_name(code: str) -> str:
    """The English name of an ISO 3166-1 alpha-2 code; the code itself where there is none."""
    from babel import Locale  # 50 ms, and only names of countries need it

    return str(Locale("en").territories.get(code, code))


def group_name(group: Group, scheme: Scheme) -> str:
    """The name of a reference group, as printed."""
    kind, _, id = group.id.partition(":")
    if kind == "country":
        return plain(country_name(id))
    if kind not in {"portfolio", "related"}:
        return say(f"group.{kind}")
    portfolio = scheme.portfolios.get(id)
    name = plain(portfolio.name if portfolio else id)
    return say("group.related_name", name=name) if kind == "related" else name


def with_group_names(text: str, comparison: Comparison, scheme: Scheme) -> str:
    """A note of the comparison with the names of groups in place of their ids."""
    for group in comparison.groups:
        text = text.replace(f'"{group.id}"', group_name(group, scheme))
    return text


def one_decimal(value: float) -> str:
    """A share with one decimal, rounded half up: 42.65 is 42.7."""
    return f"{int(value * 10 + 0.5 + 1e-9) / 10:.1f}"
