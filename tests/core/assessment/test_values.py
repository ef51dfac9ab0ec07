from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.assessments import derived, measure, scale
from touchstone.core.assessment.values import read_day, read_text, read_value
from touchstone.core.faults import Fault
from touchstone.core.scheme.model import Kind

COUNT = measure("A6.total", Kind.COUNT)
FORM = measure("A2.form", Kind.CHOICE, options=["association", "company"])
DEPUTY = measure("B4.deputy", Kind.YES_NO)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.COUNT, 42, 42),
        (Kind.COUNT, 42.0, 42),
        (Kind.NUMBER, 2.5, 2.5),
        (Kind.NUMBER, -3, -3),
        (Kind.SHARE, 0, 0),
        (Kind.SHARE, 100, 100),
        (Kind.SCALE, 4, 4),
        (Kind.YEAR, 2012, 2012),
        (Kind.MONEY, 250000.5, 250000.5),
        (Kind.YES_NO, False, False),
        (Kind.TEXT, "  We sold more. ", "We sold more."),
    ],
)
def test_a_value_of_its_kind_is_read(kind: Kind, raw: object, value: object) -> None:
    read = read_value(raw, measure("X1.a", kind))
    assert (read, type(read)) == (value, type(value))


def test_an_option_is_read_by_its_id() -> None:
    assert read_value("company", FORM) == "company"


@pytest.mark.parametrize(
    ("kind", "raw", "problem", "remedy"),
    [
        (Kind.COUNT, "many", '"many" is not a whole number.', "Give a number such as 42."),
        (Kind.COUNT, 4.5, "4.5 is not a whole number.", "Give a number such as 42."),
        (Kind.COUNT, True, "true is not a whole number.", "Give a number such as 42."),
        (Kind.COUNT, -1, "-1 is out of range.", "Give a number from 0."),
        (Kind.COUNT, float("nan"), "nan is not a whole number.", "Give a number such as 42."),
        (Kind.COUNT, 10**400, "a very large number is out of range.", "Give a number from 0."),
        (Kind.NUMBER, float("inf"), "inf is not a number.", "Give a number such as 12.5."),
        (Kind.NUMBER, "12,5", '"12,5" is not a number.', "Give a number such as 12.5."),
        (Kind.NUMBER, True, "true is not a number.", "Give a number such as 12.5."),
        (Kind.NUMBER, [1], "a list is not a number.", "Give a number such as 12.5."),
        (Kind.NUMBER, -1e300, "-1e+300 is out of range.", "Give a number."),
        (Kind.SHARE, 100.5, "100.5 is out of range.", "Give a number from 0 to 100."),
        (Kind.YEAR, "2012", '"2012" is not a whole number.', "Give a number such as 2012."),
        (Kind.YEAR, 12, "12 is out of range.", "Give a number from 1800 to 2200."),
        (
            Kind.YES_NO,
            "often",
            '"often" is neither yes nor no.',
            "Answer yes or no; in JSON true or false, without quotes.",
        ),
        (Kind.TEXT, 5, "5 is not a text.", "Put it in quotes."),
        (Kind.TEXT, "x" * 10_001, "The text has 10001 characters.", "Shorten it to 10000."),
        (Kind.TEXT, "a\x00", "The text holds a character that cannot be shown (U+0000).", "Remove it."),
    ],
)
def test_a_value_of_another_kind_is_refused_with_a_remedy(
    kind: Kind, raw: object, problem: str, remedy: str
) -> None:
    assert read_value(raw, measure("X1.a", kind)) == Fault("X1.a", problem, remedy)


@pytest.mark.parametrize("raw", [2.5, "often"])
def test_what_is_no_step_of_a_scale_is_refused_with_its_ends(raw: object) -> None:
    shown = '"often"' if raw == "often" else "2.5"
    expected = Fault("X1.a", f"{shown} is not a step of the scale.", "Give a whole number from 0 to 4.")
    assert read_value(raw, scale("X1.a")) == expected


def test_a_step_past_the_end_of_a_scale_is_out_of_range() -> None:
    assert read_value(5, scale("X1.a")) == Fault("X1.a", "5 is out of range.", "Give a number from 0 to 4.")


@pytest.mark.parametrize("raw", ["club", 3])
def test_a_word_that_is_no_option_is_refused_with_the_options(raw: object) -> None:
    read = read_value(raw, FORM)
    shown = '"club"' if raw == "club" else "3"
    expected = Fault("A2.form", f"{shown} is not one of the options.", "Options are: association, company.")
    assert read == expected


def test_a_derived_count_may_have_a_fraction() -> None:
    assert read_value(2.5, derived("X1.d", "mean", "X1.a", kind=Kind.COUNT)) == 2.5


def test_a_derived_share_may_be_past_a_hundred() -> None:
    assert read_value(125, derived("X1.d", "percent_of", "X1.a", kind=Kind.SHARE)) == 125


def test_a_word_is_no_derived_count_either() -> None:
    read = read_value("x", derived("X1.d", "sum", "X1.a", kind=Kind.COUNT))
    assert read == Fault("X1.d", '"x" is not a number.', "Give a number such as 12.5.")


def test_a_day_is_written_with_the_year_first() -> None:
    assert read_day("2026-10-12", "p") == date(2026, 10, 12)


@pytest.mark.parametrize("raw", ["12.10.2026", "20261012", "2026-W41-1", "２０２６-10-12", 20261012, None])
def test_another_way_to_write_a_day_is_refused(raw: object) -> None:
    read = read_day(raw, "joined")
    assert isinstance(read, Fault)
    assert (read.place, read.remedy) == ("joined", "Write the year first, such as 2026-10-12.")


def test_a_day_that_the_calendar_does_not_have_is_refused() -> None:
    fault = Fault("p", '"2026-02-30" is not a day of the calendar.', "Write a day such as 2026-10-12.")
    assert read_day("2026-02-30", "p") == fault


def test_a_text_may_be_held_shorter() -> None:
    assert read_text("abc", "name", 2) == Fault("name", "The text has 3 characters.", "Shorten it to 2.")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(anything, st.sampled_from(Kind))
def test_whatever_stands_there_is_a_value_of_the_kind_or_a_fault(raw: object, kind: Kind) -> None:
    read = read_value(raw, measure("X1.a", kind, options=["a"]))
    expected = {Kind.YES_NO: (bool,), Kind.CHOICE: (str,), Kind.TEXT: (str,)}.get(kind, (int, float))
    assert isinstance(read, (Fault, *expected))
    assert str(read).encode()
