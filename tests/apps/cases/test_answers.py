import pytest

from touchstone.apps.cases.answers import is_blank, kept, taken
from touchstone.apps.pack import scheme
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.faults import Fault


def said(value: object = None, **parts: object) -> Answer:
    state = AnswerState.ANSWERED if value is not None else AnswerState.NOT_ASKED
    return Answer(**{"state": state, "declared": value, **parts})  # type: ignore[arg-type]  # bad values on purpose


def take(id: str, answer: Answer) -> Answer | Fault:
    return taken(id, answer, scheme())


@pytest.mark.parametrize(
    ("id", "value"),
    [("A1.founded", 2016), ("B2.fte", 3.2), ("B2.fte", 0), ("B1.minutes", False), ("B5.review", 4),
     ("A2.legal_form", "association"), ("A7.within_150km", 100), ("C3.budget", 310_000),
     ("F2.story_1", "Six firms …")],
)  # fmt: skip
def test_a_good_value_is_taken_as_it_is(id: str, value: object) -> None:
    assert take(id, said(value)) == said(value)


def test_a_whole_number_is_kept_as_one() -> None:
    answer = take("A1.founded", said(2016.0))
    assert isinstance(answer, Answer)
    assert repr(answer.declared) == "2016"


@pytest.mark.parametrize(
    ("id", "value"),
    [("A1.founded", "2016"), ("A1.founded", 20_166), ("A6.total", -1), ("A6.total", 1.5), ("A6.total", True),
     ("A7.within_150km", 100.5), ("B5.review", 5), ("B1.minutes", "yes"), ("A2.legal_form", "empire"),
     ("B2.fte", float("nan")), ("C3.budget", float("inf")), ("F2.story_1", "a\x00b")],
)  # fmt: skip
@pytest.mark.parametrize("where", ["declared", "verified"])
def test_a_bad_value_is_told_under_its_measure(id: str, value: object, where: str) -> None:
    fault = take(id, Answer(**{"state": AnswerState.ANSWERED, where: value}))  # type: ignore[arg-type]
    assert isinstance(fault, Fault)
    assert (fault.place, bool(fault.problem), bool(fault.remedy)) == (id, True, True)


def test_an_unknown_measure_names_the_nearest() -> None:
    assert take("A6.totall", said(4)) == Fault(
        "A6.totall", "is not a measure of the scheme.", "Did you mean A6.total?"
    )
    assert take("∞", said(4)) == Fault("∞", "is not a measure of the scheme.")


def test_what_is_reckoned_is_not_answered() -> None:
    assert take("A1.age", said(4)) == Fault(
        "A1.age", "is reckoned from other answers.", "Answer those instead."
    )


@pytest.mark.parametrize("state", [AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE])
def test_an_answer_without_a_value_needs_a_reason(state: AnswerState) -> None:
    assert take("A6.total", Answer(state=state, reason="  ")) == Fault(
        "A6.total", "has no reason.", "Say why there is no value."
    )
    assert take("A6.total", Answer(state=state, reason="no list")) == Answer(state=state, reason="no list")


def test_answered_means_with_a_value_and_the_other_states_without() -> None:
    assert take("A6.total", Answer(state=AnswerState.ANSWERED)) == Fault(
        "A6.total", "has no value.", "Give one, or say why there is none."
    )
    contradiction = take("A6.total", Answer(state=AnswerState.UNKNOWN, declared=4, reason="no list"))
    assert contradiction == Fault(
        "A6.total", "has a value although it is not answered.", "Remove the value, or call it answered."
    )


def test_a_verified_value_alone_is_an_answer() -> None:
    answer = Answer(state=AnswerState.ANSWERED, verified=52)
    assert take("A6.total", answer) == answer


@pytest.mark.parametrize(
    "parts", [{"note": "a\x00b"}, {"evidence": ("fine", "x" * 20_000)}, {"reason": "\ud800"}]
)
def test_texts_that_cannot_be_shown_or_are_endless_are_refused(parts: dict[str, object]) -> None:
    fault = take("A6.total", said(4, **parts))
    assert isinstance(fault, Fault)
    assert fault.place == "A6.total"


def test_only_an_answer_that_says_nothing_is_blank() -> None:
    assert is_blank(Answer())
    assert not is_blank(Answer(note="ask the treasurer"))


def test_what_is_kept_is_json() -> None:
    assert kept(Answer(state=AnswerState.ANSWERED, declared=4, evidence=("list",))) == {
        "state": "answered", "declared": 4, "verified": None, "reason": "", "note": "", "evidence": ["list"],
    }  # fmt: skip
