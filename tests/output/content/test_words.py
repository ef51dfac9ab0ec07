import re
from datetime import date
from typing import Any

import pytest

from factories.comparisons import group
from factories.small_scheme import small_scheme
from touchstone.output.content.words import country_name, day, group_name, one_decimal, say, words
from touchstone.output.tokens import TEMPLATES


def test_a_day_is_written_as_text_has_it() -> None:
    assert day(date(2026, 11, 1)) == "1 November 2026"


@pytest.mark.parametrize(
    ("code", "name"), [("LT", "Lithuania"), ("GB", "United Kingdom"), ("XK", "Kosovo"), ("XX", "XX")]
)
def test_a_country_has_its_english_name_or_its_code(code: str, name: str) -> None:
    assert country_name(code) == name


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("portfolio:ict", "ICT"),
        ("portfolio:unknown", "unknown"),
        ("related:ict", "ICT and related portfolios"),
        ("country:PL", "Poland"),
        ("gold", "Gold label holders"),
        ("all", "All organisations"),
    ],
)
def test_groups_have_names(id: str, name: str) -> None:
    assert group_name(group(id, size=9), small_scheme()) == name


@pytest.mark.parametrize(
    ("value", "text"), [(42.65, "42.7"), (73.33333, "73.3"), (0.0, "0.0"), (100.0, "100.0"), (79.95, "80.0")]
)
def test_shares_are_rounded_half_up(value: float, text: str) -> None:
    assert one_decimal(value) == text


def test_a_sentence_is_filled_with_what_it_names() -> None:
    assert say("language") == "en"
    assert say("quality.of", points=3, max=5) == "3 of 5"


def test_every_word_that_the_templates_name_is_there() -> None:
    typst = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.typ"))
    html = (TEMPLATES / "report.html.jinja").read_text(encoding="utf-8")
    named = set(re.findall(r"words\.([a-z]+)\.([a-z_]+)", typst + html))
    tree: Any = words()
    assert sorted(f"{section}.{key}" for section, key in named if key not in tree.get(section, {})) == []
    assert len(named) > 50
