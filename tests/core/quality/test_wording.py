from dataclasses import replace

import pytest

from factories.small_scheme import (
    AGE,
    BUDGET,
    DEPUTY,
    FORM,
    FOUNDED,
    LOAD,
    MEMBERS,
    PLAN,
    PUBLIC,
    STORY,
    condition,
    measure,
)
from touchstone.core.assessment.model import Value
from touchstone.core.language.language import language
from touchstone.core.quality.wording import asks, in_words, number
from touchstone.core.scheme.model import Kind, Measure

ENGLISH = language("en")
MEETINGS = measure("B1.meetings", "Meetings", Kind.NUMBER, unit="meetings", forms=("meeting", "meetings"))


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
    assert number(value, measure, ENGLISH) == words


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        (18, MEMBERS, "18 members"),
        (2012, FOUNDED, "2012"),
        (62.5, PUBLIC, "62.5\u00a0%"),
        (250000, BUDGET, "EUR 250,000"),
        (1, PLAN, "1 (a list)"),
        (1.5, PLAN, "1.5"),
        (True, DEPUTY, "yes"),
        (False, DEPUTY, "no"),
        ("company", FORM, "Company"),
        ("guild", FORM, "guild"),
        ("#let x = 1", STORY, "#let x = 1"),
        (1, MEETINGS, "1 meeting"),
        (0, MEETINGS, "0 meetings"),
        (1.004, MEETINGS, "1 meeting"),
        (1.5, MEETINGS, "1.5 meetings"),
        (2.25, measure("D1.intensity", "Intensity", Kind.NUMBER, unit="0 to 4"), "2.25"),
    ],
)
def test_an_answer_is_told_with_its_unit_or_option(value: Value, measure: Measure, words: str) -> None:
    assert in_words(value, measure, ENGLISH) == words


@pytest.mark.parametrize(
    ("test", "bound", "measure", "words"),
    [
        ("at_least", 40, MEMBERS, "from 40 members"),
        ("at_most", 15, PUBLIC, "at most 15\u00a0%"),
        ("above", 33, PUBLIC, "above 33\u00a0%"),
        ("below", 6, AGE, "below 6 years"),
        ("equals", True, DEPUTY, "yes"),
        ("equals", "company", FORM, "Company"),
        ("one_of", ("company", "association"), FORM, "Company or Association"),
    ],
)
def test_a_condition_is_told_in_words(test: str, bound: object, measure: Measure, words: str) -> None:
    assert asks(condition(measure.id, test, bound), measure, ENGLISH) == words


# A unit with all forms that a language asks for, and one without any.
DALYVIAI = replace(MEMBERS, unit="dalyviai", forms=("dalyvis", "dalyviai", "dalyvių", "dalyvio"))
LATA = replace(AGE, unit="lat", forms=("rok", "lata", "lat", "roku"))
AKTEURE = replace(MEMBERS, unit="Akteure", forms=("Akteur", "Akteure"))


@pytest.mark.parametrize(
    ("code", "measure", "told"),
    [
        (
            "lt",
            DALYVIAI,
            "0 dalyvių; 1 dalyvis; 1,5 dalyvio; 3 dalyviai; 11 dalyvių; 21 dalyvis; 250 dalyvių",
        ),
        ("pl", LATA, "0 lat; 1 rok; 1,5 roku; 3 lata; 11 lat; 21 lat; 250 lat"),
        ("de", AKTEURE, "0 Akteure; 1 Akteur; 1,5 Akteure; 3 Akteure; 11 Akteure; 21 Akteure; 250 Akteure"),
    ],
)
def test_a_unit_has_the_form_that_goes_with_its_number(code: str, measure: Measure, told: str) -> None:
    words, values = language(code), (0, 1, 1.5, 3, 11, 21, 250)
    assert "; ".join(in_words(value, measure, words) for value in values) == told.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "yes; EUR 250,000; 33.3~%; 2012; from 40; at most 40; above 40; below 40"),
        ("lt", "taip; 250~000~EUR; 33,3~%; 2012; bent 40; ne daugiau kaip 40; daugiau nei 40; mažiau nei 40"),
        ("pl", "tak; 250~000~EUR; 33,3%; 2012; co najmniej 40; co najwyżej 40; więcej niż 40; mniej niż 40"),
        ("de", "ja; 250.000~EUR; 33,3~%; 2012; mindestens 40; höchstens 40; mehr als 40; weniger als 40"),
    ],
)
def test_each_language_has_its_own_words_for_values_and_bounds(code: str, told: str) -> None:
    words = language(code)
    values: tuple[Value, ...] = (True, 250000, 100 / 3, 2012)
    given = zip(values, (DEPUTY, BUDGET, PUBLIC, FOUNDED), strict=True)
    bounds = [condition("B1.load", test, 40) for test in ("at_least", "at_most", "above", "below")]
    found = [in_words(*one, words) for one in given] + [asks(one, LOAD, words) for one in bounds]
    assert "; ".join(found) == told.replace("~", "\u00a0")


def test_german_sets_worded_answers_apart() -> None:
    words = language("de")
    either = condition("B1.form", "one_of", ("company", "association"))
    assert asks(either, FORM, words) == "„Company“ oder „Association“"
    assert asks(condition("B1.deputy", "equals", True), DEPUTY, words) == "„ja“"


def test_a_range_is_no_unit_in_any_language() -> None:
    for unit in ("0 to 4", "od 0 do 4"):
        assert in_words(2.25, measure("D1.intensity", "Intensity", Kind.NUMBER, unit=unit), ENGLISH) == "2.25"
