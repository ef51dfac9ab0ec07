import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.apps.pack import scheme
from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.scheme.model import Measure
from touchstone.web.expert.typed import (
    Typed,
    Unreadable,
    answer_from,
    field_name,
    text_of,
    typed_from,
    typed_in,
)

MEASURES = scheme().measures
BUDGET, DEPUTY, FORM, STORY = (
    MEASURES[id] for id in ("C3.budget", "B4.deputy", "A2.legal_form", "F2.story_1")
)


def read(text: str, measure: Measure = BUDGET) -> Value | None:
    return answer_from(Typed(value=text), measure).declared


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("0", 0),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("2.0", 2),
        ("-3", -3),
        ("1 200", 1200),
        ("1 200 000", 1200000),
        ("1\u202f200", 1200),
        ("1'200", 1200),
        ("45 %", 45),
        ("45%", 45),
        ("1200,50", 1200.5),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    assert read(text) == number


@pytest.mark.parametrize("text", ["1,200", "12,345", "-1,200"])
def test_a_number_that_may_mean_two_is_not_guessed(text: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(text)
    assert (told.value.fault.place, told.value.fault.problem) == ("C3.budget", "may mean two numbers.")


@pytest.mark.parametrize("text", ["many", "1e5", "1_000", "nan", "inf", "1.2.3", "--1", "٣", "9" * 400])
def test_what_is_no_number_is_told_with_what_to_write(text: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(text)
    assert str(told.value) == "C3.budget: is not a number. Write digits only, for example 12 or 2.5."


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("no", False), ("", None)])
def test_yes_and_no(text: str, value: bool | None) -> None:
    assert read(text, DEPUTY) is value


def test_neither_yes_nor_no_is_told() -> None:
    with pytest.raises(Unreadable, match="is neither yes nor no"):
        read("perhaps", DEPUTY)


def test_choices_and_texts_stay_as_they_are() -> None:
    assert read("company", FORM) == "company"
    assert read("We met 12,345 firms.", STORY) == "We met 12,345 firms."


def test_a_value_makes_an_answer_and_nothing_makes_none() -> None:
    assert answer_from(Typed(value="7"), BUDGET) == Answer(state=AnswerState.ANSWERED, declared=7)
    assert answer_from(Typed(), BUDGET) == Answer()


def test_a_verified_value_stands_beside_the_declared_one() -> None:
    typed = Typed(value="7", verified="6", note="accounts", evidence="Accounts 2025\n\n Board minutes ")
    assert answer_from(typed, BUDGET) == Answer(
        state=AnswerState.ANSWERED,
        declared=7,
        verified=6,
        note="accounts",
        evidence=("Accounts 2025", "Board minutes"),
    )


def test_a_verified_value_alone_is_an_answer_too() -> None:
    assert answer_from(Typed(verified="6"), BUDGET) == Answer(state=AnswerState.ANSWERED, verified=6)


@pytest.mark.parametrize("state", [AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE])
def test_why_there_is_no_value_is_kept(state: AnswerState) -> None:
    typed = Typed(state=state.value, reason="nobody counted")
    assert answer_from(typed, BUDGET) == Answer(state=state, reason="nobody counted")


def test_a_reason_without_its_state_is_not_an_answer() -> None:
    assert answer_from(Typed(reason="nobody counted"), BUDGET) == Answer()


@pytest.mark.parametrize("state", ["answered", "not_asked", "perhaps"])
def test_a_state_that_no_page_offers_is_told(state: str) -> None:
    with pytest.raises(Unreadable, match="has an unknown state"):
        answer_from(Typed(state=state), BUDGET)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "yes"), (False, "no"), (3, "3"), (3.0, "3"), (2.5, "2.5"), ("company", "company")],
)
def test_a_value_is_shown_as_it_is_typed(value: Value | None, text: str) -> None:
    assert text_of(value) == text


@given(st.one_of(st.integers(-(10**15), 10**15), st.floats(-1e9, 1e9).map(lambda x: round(x, 4))))
def test_a_number_that_was_shown_is_read_back(number: float) -> None:
    if "e" not in repr(number):
        assert read(text_of(number)) == number


@given(st.builds(Typed, value=st.sampled_from(["", "12", "2.5"]), note=st.sampled_from(["", "a note"])))
def test_an_answer_that_was_shown_is_read_back(typed: Typed) -> None:
    assert typed_from(answer_from(typed, BUDGET)) == typed


def test_a_measure_that_was_not_asked_is_shown_empty() -> None:
    assert typed_from(None) == Typed()


def test_a_form_is_read_by_the_names_of_its_fields() -> None:
    fields = {
        field_name("A6.total", "value"): " 40 ",
        field_name("A6.total", "note"): "fees",
        "other": "x",
    }
    assert list(fields) == ["A6.total", "A6.total:note", "other"]
    assert typed_in(fields, "A6.total") == Typed(value="40", note="fees")


@pytest.mark.parametrize(
    ("typed", "aside"),
    [(Typed(), False), (Typed(value="1"), False), (Typed(note="x"), True), (Typed(state="unknown"), True)],
)
def test_what_was_said_beside_the_value_must_not_stay_folded_away(typed: Typed, aside: bool) -> None:
    assert typed.aside is aside
