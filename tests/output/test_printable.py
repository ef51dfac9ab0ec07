import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.output.printable import (
    BREAK,
    LONGEST_RUN,
    LONGEST_WORD,
    STAND_IN,
    breakable,
    plain,
    shortened,
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Amber Coast", "Amber Coast"),
        ("<b>&amp; #let x = 1 $a$", "<b>&amp; #let x = 1 $a$"),
        ("Žemės ūkis, Λάμδα, България", "Žemės ūkis, Λάμδα, България"),
        ("z\u030c", "ž"),
        ("one\ntwo\tthree\r\n", "one two three  "),
        ("a\u2028b\u2029c\x85d\x0be\x0cf", "a b c d e f"),
        ("a\x00b\x07c\x9b", f"a{STAND_IN}b{STAND_IN}c{STAND_IN}"),
        ("\u202eright\u202c \u200fto\u2066 left\u2069", "right to left"),
        ("soft\u00adhyphen, joi\u200dner, mark\ufeff", "softhyphen, joiner, mark"),
        ("half \ud800 pair", f"half {STAND_IN} pair"),
        ("no character \uffff", f"no character {STAND_IN}"),
        ("漢字", "漢字"),
        ("", ""),
    ],
)
def test_text_is_made_one_line_that_steers_nothing(text: str, printed: str) -> None:
    assert plain(text) == printed


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs", "Co"))))
def test_what_needs_no_change_is_only_composed(text: str) -> None:
    assert plain(text) == unicodedata.normalize("NFC", text)


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_printed_can_be_written_and_stays_on_its_line(text: str) -> None:
    printed = plain(text)
    printed.encode()
    assert not {unicodedata.category(one) for one in printed} & {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
    assert plain(printed) == printed


@pytest.mark.parametrize(
    ("text", "short"), [("twelve chars", "twelve chars"), ("thirteen char", "thirteen ch…")]
)
def test_a_text_is_shortened_only_where_it_must_be(text: str, short: str) -> None:
    assert shortened(text, 12) == short


def test_a_cut_leaves_no_space_before_the_ellipsis() -> None:
    assert shortened("one two three", 5) == "one…"


def test_only_long_runs_may_be_broken() -> None:
    run = "7" * (LONGEST_RUN + 1)
    assert (
        breakable("short words of any number stay as they are")
        == "short words of any number stay as they are"
    )
    assert breakable("7" * LONGEST_RUN) == "7" * LONGEST_RUN
    assert breakable(f"a {run} b") == f"a 77777777{BREAK}77777777{BREAK}77777777{BREAK}7 b"


def test_a_long_word_is_left_to_the_hyphens_of_its_language() -> None:
    assert breakable("(25 Vergleichsorganisationen)") == "(25 Vergleichsorganisationen)"
    assert breakable("x" * LONGEST_WORD) == "x" * LONGEST_WORD
    assert breakable("x" * (LONGEST_WORD + 1)) == BREAK.join(["x" * 8] * 4 + ["x" * 5])


@given(st.text("ab ", max_size=90))
def test_breaks_change_nothing_that_can_be_read(text: str) -> None:
    assert breakable(text).replace(BREAK, "") == text
