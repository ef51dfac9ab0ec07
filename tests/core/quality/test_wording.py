import pytest

from factories.small_scheme import (
    AGE,
    BUDGET,
    DEPUTY,
    FORM,
    FOUNDED,
    MEMBERS,
    PLAN,
    PUBLIC,
    STORY,
    condition,
    measure,
)
from touchstone.core.assessment.model import Value
from touchstone.core.quality.wording import asks, in_words, listed, number
from touchstone.core.scheme.model import Kind, Measure


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        (18, MEMBERS, "18"),
        (1292, MEMBERS, "1,292"),
        (62.5, MEMBERS, "62.5"),
        (2012, FOUNDED, "2012"),
        (2012.5, FOUNDED, "2012.5"),
        (1.25, AGE, "1.25"),
        (12.345, AGE, "12.3"),
        (-5.25, AGE, "−5.25"),
        (-0.001, AGE, "0"),
        (33.333333, PUBLIC, "33.3"),
        (100.0, PUBLIC, "100"),
        (250000.4, BUDGET, "250,000"),
        (1.75, PLAN, "1.75"),
    ],
)
def test_a_figure_has_the_decimals_its_kind_bears(value: float, measure: Measure, words: str) -> None:
    assert number(value, measure) == words


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        (18, MEMBERS, "18 members"),
        (2012, FOUNDED, "2012"),
        (62.5, PUBLIC, "62.5 %"),
        (250000, BUDGET, "EUR 250,000"),
        (1, PLAN, "1 (a list)"),
        (1.5, PLAN, "1.5"),
        (True, DEPUTY, "yes"),
        (False, DEPUTY, "no"),
        ("company", FORM, "Company"),
        ("guild", FORM, "guild"),
        ("#let x = 1", STORY, "#let x = 1"),
        (2.25, measure("D1.intensity", "Intensity", Kind.NUMBER, unit="0 to 4"), "2.25"),
    ],
)
def test_an_answer_is_told_with_its_unit_or_option(value: Value, measure: Measure, words: str) -> None:
    assert in_words(value, measure) == words


@pytest.mark.parametrize(
    ("test", "bound", "measure", "words"),
    [
        ("at_least", 40, MEMBERS, "from 40 members"),
        ("at_most", 15, PUBLIC, "at most 15 %"),
        ("above", 33, PUBLIC, "above 33 %"),
        ("below", 6, AGE, "below 6 years"),
        ("equals", True, DEPUTY, "yes"),
        ("equals", "company", FORM, "Company"),
        ("one_of", ("company", "association"), FORM, "Company or Association"),
    ],
)
def test_a_condition_is_told_in_words(test: str, bound: object, measure: Measure, words: str) -> None:
    assert asks(condition(measure.id, test, bound), measure) == words


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_as_in_a_sentence(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence
