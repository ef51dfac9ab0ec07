import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.assessment.texts import quoted, unprintable


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Žalia Banga\n\tUAB", None),
        ("Σύμπλεγμα 🎓", None),
        ("a\x00b", "U+0000"),
        ("half \ud800", "U+D800"),
        ("turned \u202e around", "U+202E"),
        ("no character \ufffe", "U+FFFE"),
    ],
)
def test_the_first_character_that_no_page_may_show_is_named(text: str, code: str | None) -> None:
    assert unprintable(text) == code


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("many", '"many"'),
        ("two\nlines", '"two lines"'),
        ("x" * 41, '"' + "x" * 40 + '…"'),
        ("\x1b[31mred\ud800", '"�[31mred�"'),
        (12.5, "12.5"),
        (42, "42"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        ([1], "a list"),
        ({"a": 1}, "an object"),
        (-(10**20), "a very large number"),
    ],
)
def test_a_value_is_shown_short_and_in_one_line(value: object, shown: str) -> None:
    assert quoted(value) == shown


def test_a_number_of_thousands_of_digits_is_not_written_out() -> None:
    assert quoted(10**5000) == "a very large number"


@given(st.text(st.characters()))
def test_whatever_a_person_wrote_can_be_printed(text: str) -> None:
    shown = quoted(text)
    assert shown.encode()
    assert "\n" not in shown
    assert len(shown) <= 43
