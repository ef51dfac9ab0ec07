from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from factories.scheme import shipped_scheme
from factories.small_scheme import MEASURES, condition
from touchstone.core.scheme import wording
from touchstone.core.scheme.model import Certainty, Derivation, Kind, Operation, Test

BY_ID = {measure.id: measure for measure in MEASURES}


@pytest.mark.parametrize(
    ("value", "word"),
    [(40, "40"), (40.0, "40"), (0.5, "0.5"), (300000, "300,000"), (1234567.25, "1,234,567.25"), (-3, "-3")],
)
def test_numbers_are_written_without_needless_noughts(value: float, word: str) -> None:
    assert wording.number(value) == word


def test_a_day_is_written_in_words() -> None:
    assert wording.day(date(2019, 11, 5)) == "5 November 2019"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [((), "none"), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    assert wording.listed(words) == sentence


@pytest.mark.parametrize(
    ("measure", "test", "bound", "words"),
    [
        ("A1.members", "at_least", 40, "A1.members at least 40 members"),
        ("B1.load", "at_most", 40, "B1.load at most 40"),
        ("B2.public", "above", 12.5, "B2.public more than 12.5 %"),
        ("B2.public", "below", 10, "B2.public less than 10 %"),
        ("B2.plan", "equals", 1, "B2.plan 1"),
        ("B1.deputy", "equals", True, "B1.deputy is yes"),
        ("B1.deputy", "equals", False, "B1.deputy is no"),
        ("B1.form", "equals", "company", "B1.form “Company”"),
        ("B1.form", "one_of", ("association", "company"), "B1.form one of “Association” or “Company”"),
    ],
)
def test_a_condition_is_told_in_words(measure: str, test: str, bound: Any, words: str) -> None:
    assert wording.condition(condition(measure, test, bound), BY_ID) == words


def test_conditions_hold_together() -> None:
    both = condition("B1.load", "at_most", 40), condition("B1.deputy", "equals", True)
    assert wording.conditions(both, BY_ID) == "B1.load at most 40 and B1.deputy is yes"
    assert wording.conditions((), BY_ID) == "whatever is left"


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("A6.total", "whole number, from 0, participants"),
        ("C1.private", "share, from 0 to 100, %"),
        ("A1.founded", "year, from 1900 to 2100"),
        ("A6.growth", "number, %"),
        ("A4.specialisation", "step, from 1 to 5"),
        ("A2.legal_form", "one of a list"),
        ("F2.story_1", "text"),
        ("X1.set_up", "yes or no"),
    ],
)
def test_the_reach_of_a_measure_is_its_kind_range_and_unit(id: str, words: str) -> None:
    assert wording.reach(shipped_scheme().measures[id]) == words


def test_a_measure_may_have_only_a_greatest_value() -> None:
    measure = replace(BY_ID["B1.load"], minimum=None, maximum=1500)
    assert wording.reach(measure) == "number, up to 1,500"


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ("sum", "the sum of a, b and c"),
        ("ratio", "a divided by b and c"),
        ("share_of_sum", "a in per cent of the sum of b and c"),
        ("growth", "the change from b and c to a in per cent"),
        ("complement", "100 less a"),
        ("at_least_count", "how many of a, b and c are at least 1"),
        ("dominant", "the largest of a, b and c if it is alone and at least 1, else mixed"),
    ],
)
def test_a_derivation_is_told_in_words(operation: Operation, words: str) -> None:
    assert wording.derivation(Derivation(operation=operation, of=("a", "b", "c"), bound=1)) == words


def test_there_are_words_for_everything() -> None:
    assert {*wording.OPERATIONS} == {*get_args(Operation)}
    assert {*wording.TESTS} == {*get_args(Test)}
    assert {*wording.KINDS} == {*Kind}
    assert {wording.certainty(one) for one in Certainty} == {
        "published",
        "rebuilt from sources or from practice",
        "our default, not an official rule",
    }


def test_a_unit_that_is_a_range_does_not_follow_the_bound() -> None:
    measures = shipped_scheme().measures
    asked = condition("D7.intensity", "at_least", 2)
    assert measures["D7.intensity"].unit == "0 to 4"
    assert wording.condition(asked, measures) == "D7.intensity at least 2"
