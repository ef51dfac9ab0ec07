"""Cursors come back as they were given, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.api.cursors import after, cursor
from touchstone.api.problems import Refusal

QUESTION = ("2026-11-21", "PL")


def problem(text: str, question: tuple[str, ...] = QUESTION) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        after(text, question)
    return refused.value.faults[0].place, refused.value.faults[0].problem


@given(st.from_regex(r"[a-z0-9-]{1,120}", fullmatch=True))
def test_a_cursor_gives_back_its_key(key: str) -> None:
    assert after(cursor(key, QUESTION), QUESTION) == key


def test_without_a_cursor_a_list_begins_at_its_first() -> None:
    assert after("", QUESTION) == ""


def test_a_cursor_holds_for_its_question_only() -> None:
    assert problem(cursor("pl-a", QUESTION), ("2026-11-21", "LT")) == (
        "cursor",
        "belongs to another question.",
    )


@given(st.text(min_size=1, max_size=80))
def test_nothing_else_is_a_cursor(text: str) -> None:
    assert problem(text) == ("cursor", "was not given by this interface.")


@pytest.mark.parametrize("key", ["pl-a", "pl-ab", "pl-abc"])  # Base64 fills them up in different ways
@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_cursor_is_none(place: int, key: str) -> None:
    given = cursor(key, QUESTION)
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        letters = list(given)
        letters[place] = letter
        if "".join(letters) != given:
            assert problem("".join(letters)) == ("cursor", "was not given by this interface.")
