import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.assessment.spelling import one_error_apart, one_letter_less, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Łódź ", "lodz"),
        ("Straße", "strasse"),
        ("Tromsø", "tromso"),
        ("Þórshöfn", "thorshofn"),
        ("L’Aquila", "laquila"),
        ("Bielsko-Biała", "bielsko biala"),
        ("İstanbul", "istanbul"),
        ("Αθήνα", "αθηνα"),
        ("S.A. & Co", "s a co"),
        ("", ""),
    ],
)
def test_plain_words_have_no_case_accents_or_signs(text: str, words: str) -> None:
    assert plain(text) == words


@given(st.text(max_size=30))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_one_letter_less_is_the_text_and_each_of_its_rests() -> None:
    assert list(one_letter_less("abc")) == ["abc", "bc", "ac", "ab"]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("vilnius", "vilniuss", True),
        ("vilnius", "vilnus", True),
        ("vilnius", "vilnios", True),
        ("vilnius", "vlinius", True),
        ("vilnius", "vilnisu", True),
        ("vilnius", "vilnius", False),
        ("vilnius", "vlinisu", False),
        ("vilnius", "vilnaus x", False),
        ("abcd", "badc", False),
        ("ab", "cd", False),
        ("", "a", True),
    ],
)
def test_one_error_is_a_letter_more_less_another_or_two_changed_round(
    one: str, other: str, apart: bool
) -> None:
    assert (one_error_apart(one, other), one_error_apart(other, one)) == (apart, apart)


words = st.text("abc", max_size=6)


@given(words, words)
def test_texts_one_error_apart_meet_in_what_is_left_of_them(one: str, other: str) -> None:
    if one_error_apart(one, other):
        assert set(one_letter_less(one)) & set(one_letter_less(other))


@given(words, st.integers(0, 5), st.sampled_from("abc"))
def test_a_letter_more_is_one_error(text: str, at: int, letter: str) -> None:
    longer = text[:at] + letter + text[at:]
    assert one_error_apart(text, longer)
