import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.faults import Unusable
from touchstone.output.logo_style import declarations, rules_of, styled


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("fill:red", {"fill": "red"}),
        (" FILL : Red ;; stroke:blue;", {"fill": "Red", "": "", "stroke": "blue"}),
        ("fill:red;fill:blue", {"fill": "blue"}),
        ("fill:red ! IMPORTANT", {"fill": "red"}),
        ("fill:red!very", {"fill": "red!very"}),
        ("a:b:c", {"a": "b:c"}),
        ("fill:/* not blue */red", {"fill": "red"}),
    ],
)
def test_declarations_are_names_and_values(text: str, looks: dict[str, str]) -> None:
    assert declarations(text) | {"": ""} == looks | {"": ""}


def test_the_more_particular_rule_wins_and_then_the_later() -> None:
    rules = rules_of("#i{a:1} .c.d{a:2} .c{a:3;b:3} path{a:4;b:4;e:4} *{f:5} .d{b:6} rect{a:7}")
    assert styled("path", "i", ["c", "d"], rules) == {"a": "1", "b": "6", "e": "4", "f": "5"}
    assert styled("g", "", [], rules) == {"f": "5"}


def test_an_empty_sheet_gives_no_looks() -> None:
    assert styled("path", "", [], rules_of(" /* nothing */ ")) == {}


@given(st.text(alphabet="ab.#*,{}:;/@ \n!<>-", max_size=60))
def test_any_text_is_a_sheet_or_refused(text: str) -> None:
    try:
        rules = rules_of(text)
    except Unusable as unusable:
        assert unusable.faults[0].remedy.startswith("Save it with its look as attributes")  # noqa: PT017
    else:
        assert all(rule.order < 1_000 for group in rules.values() for rule in group)
