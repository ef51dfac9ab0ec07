import pytest

from factories.assessments import derived, measure, scale, scheme_of
from touchstone.core.assessment.form import allowed, asked, asked_of, option_of, option_word
from touchstone.core.scheme.model import Kind, Measure

FORM = measure("A2.form", Kind.CHOICE, options=["association", "company"])
TOTAL = measure("A6.total", Kind.COUNT)
SCHEME = scheme_of(FORM, TOTAL, derived("A6.twice", "sum", "A6.total", "A6.total"))


def test_what_follows_from_other_answers_is_not_asked() -> None:
    assert asked(SCHEME) == (FORM, TOTAL)
    assert asked_of(SCHEME.indicators["A6"]) == (TOTAL,)


def test_an_option_is_offered_with_its_label() -> None:
    assert option_word(FORM.options[0]) == "association – ASSOCIATION"


@pytest.mark.parametrize("text", ["company", "COMPANY", " Company – company "])
def test_an_option_is_known_by_its_id_its_label_or_both(text: str) -> None:
    assert option_of(text, FORM) == "company"


def test_another_word_is_no_option() -> None:
    assert option_of("club", FORM) is None


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (FORM, "one of the list"),
        (scale("B5.review", top=1), "0 = 0; 1 = 1"),
        (TOTAL, "whole number from 0"),
        (measure("X1.a", Kind.SHARE), "per cent from 0 to 100: write 35 for 35 %"),
        (measure("X1.a", Kind.YEAR), "year from 1800 to 2200"),
        (measure("X1.a", Kind.MONEY), "number from 0"),
        (measure("X1.a", Kind.NUMBER), "number"),
        (measure("X1.a", Kind.YES_NO), "yes or no"),
        (measure("X1.a", Kind.TEXT), "text"),
    ],
)
def test_what_may_be_answered_is_said_in_words(of: Measure, words: str) -> None:
    assert allowed(of) == words
