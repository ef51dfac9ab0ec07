import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.assessments import measure, scale, scheme_of
from touchstone.core.assessment.model import Answer, AnswerState, Assessment, Organisation
from touchstone.core.assessment.reading import as_document, from_document, read_portfolio
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Kind

TODAY = date(2026, 11, 21)
SCHEME = scheme_of(
    measure("A1.founded", Kind.YEAR),
    measure("A2.form", Kind.CHOICE, options=["association", "company"]),
    measure("A6.total", Kind.COUNT),
    scale("B5.review"),
    measure("B4.deputy", Kind.YES_NO),
    measure("C2.share", Kind.SHARE),
    measure("F2.story_1", Kind.TEXT),
)
AMBER = {"id": "lt-amber", "name": "Amber Coast", "country": "LT", "portfolio": "ict", "website": ""}
STATES = "Write one of: answered, not_applicable, unknown, not_asked."


def document(**changed: object) -> dict[str, Any]:
    return {
        "scheme": "small", "organisation": AMBER, "interviewed_on": "2026-10-12", "answers": {}, **changed,
    }  # fmt: skip


def read(document: object) -> Assessment:
    return from_document(document, SCHEME, file="answers.json", today=TODAY)


def answer(given_answer: object, id: str = "A6.total") -> Answer | None:
    return read(document(answers={id: given_answer})).answers.get(id)


def faults(document: object) -> tuple[Fault, ...]:
    with pytest.raises(Unusable) as refused:
        read(document)
    assert refused.value.file == "answers.json"
    return refused.value.faults


def answer_faults(given_answer: object, id: str = "A6.total") -> tuple[Fault, ...]:
    return faults(document(answers={id: given_answer}))


def organisation(**changed: object) -> Organisation:
    return read(document(organisation={**AMBER, **changed})).organisation


def organisation_faults(**changed: object) -> tuple[Fault, ...]:
    return faults(document(organisation={**AMBER, **changed}))


def test_a_document_becomes_an_assessment() -> None:
    assert read(document(answers={"A1.founded": 2012})) == Assessment(
        scheme="small",
        organisation=Organisation(id="lt-amber", name="Amber Coast", country="LT", portfolio="ict"),
        interviewed_on=date(2026, 10, 12),
        answers={"A1.founded": Answer(state=AnswerState.ANSWERED, declared=2012)},
    )


def test_an_answer_may_carry_all_that_was_said() -> None:
    given_answer = {"value": 40, "verified": 38, "note": " two twice ", "evidence": ["list.pdf", ""]}
    assert answer(given_answer) == Answer(
        state=AnswerState.ANSWERED, declared=40, verified=38, note="two twice", evidence=("list.pdf",)
    )


def test_a_single_evidence_needs_no_list() -> None:
    assert answer({"value": 1, "evidence": "list.pdf"}) == Answer(
        state=AnswerState.ANSWERED, declared=1, evidence=("list.pdf",)
    )


def test_a_verified_value_alone_is_an_answer() -> None:
    assert answer({"verified": 3}) == Answer(state=AnswerState.ANSWERED, verified=3)


def test_a_state_with_a_reason_needs_no_value() -> None:
    assert answer({"state": "unknown", "reason": "no log"}) == Answer(
        state=AnswerState.UNKNOWN, reason="no log"
    )


def test_a_note_may_wait_for_its_answer() -> None:
    assert answer({"note": "ask the chair"}) == Answer(note="ask the chair")


@pytest.mark.parametrize("given_answer", [None, {}, {"value": None}, {"state": "not_asked"}])
def test_an_answer_not_asked_yet_leaves_no_trace(given_answer: object) -> None:
    assert answer(given_answer) is None


def test_an_empty_story_is_not_told_yet() -> None:
    assert answer("", "F2.story_1") is None


def test_a_zero_is_an_answer() -> None:
    assert answer(0) == Answer(state=AnswerState.ANSWERED, declared=0)


def test_an_unknown_measure_names_the_nearest() -> None:
    assert answer_faults(1, "A6.totl") == (
        Fault("A6.totl", "The scheme small has no such measure.", 'Did you mean "A6.total"?'),
    )


def test_a_measure_like_no_other_names_the_list() -> None:
    assert answer_faults(1, "\x00") == (
        Fault("�", "The scheme small has no such measure.", "touchstone scheme show lists the measures."),
    )


def test_a_measure_without_a_name_has_a_place_too() -> None:
    assert answer_faults(1, "")[0].place == '""'


def test_a_wrong_type_says_what_to_give() -> None:
    fault = answer_faults("many")[0]
    assert str(fault) == 'A6.total: "many" is not a whole number. Give a number such as 42.'


def test_every_fault_is_collected() -> None:
    wrong = document(
        scheme="other",
        organisation={**AMBER, "country": "Lithuania"},
        interviewed_on="12.10.2026",
        answers={"A6.total": -1, "C2.share": {"value": "half", "note": 5}},
        author="me",
    )
    assert [fault.place for fault in faults(wrong)] == [
        "author", "scheme", "organisation.country", "interviewed_on", "A6.total", "C2.share", "C2.share note",
    ]  # fmt: skip


def test_a_wrong_verified_value_is_told_as_such() -> None:
    assert answer_faults({"value": 1, "verified": "two"})[0].place == "A6.total verified"


def test_an_unknown_key_of_an_answer_names_the_nearest() -> None:
    assert answer_faults({"valu": 3}) == (
        Fault("A6.total.valu", "This key is not known here.", 'Did you mean "value"?'),
    )


@pytest.mark.parametrize(
    ("given_answer", "problem", "remedy"),
    [
        ({"state": "maybe"}, '"maybe" is not the state of an answer.', STATES),
        ({"state": 1}, "1 is not the state of an answer.", STATES),
        ({"state": ["unknown"]}, "a list is not the state of an answer.", STATES),
        (
            {"state": "answered"},
            "It is marked as answered without a value.",
            "Add the value or another state.",
        ),
        (
            {"state": "unknown", "reason": "x", "value": 1},
            'It has a value although it is marked as "unknown".',
            "Remove the value or the state.",
        ),
        (
            {"state": "not_asked", "verified": 1},
            'It has a value although it is marked as "not_asked".',
            "Remove the value or the state.",
        ),
        ({"state": "unknown"}, 'It is marked as "unknown" without a reason.', "Add the reason."),
        (
            {"state": "not_applicable"},
            'It is marked as "not_applicable" without a reason.',
            "Add the reason.",
        ),
    ],
)
def test_a_state_that_does_not_fit_is_refused(given_answer: object, problem: str, remedy: str) -> None:
    assert answer_faults(given_answer) == (Fault("A6.total", problem, remedy),)


@pytest.mark.parametrize("key", ["note", "reason"])
def test_words_of_an_answer_are_texts(key: str) -> None:
    assert answer_faults({"value": 1, key: 5}) == (
        Fault(f"A6.total {key}", "5 is not a text.", "Put it in quotes."),
    )


def test_evidence_is_a_list_of_texts() -> None:
    assert answer_faults({"value": 1, "evidence": ["a", 2]})[0].place == "A6.total evidence"


@pytest.mark.parametrize("raw", [None, [], "x", 5])
def test_a_file_that_holds_no_object_is_refused(raw: object) -> None:
    places = [fault.place for fault in faults(raw)]
    assert places == ["the whole file", "scheme", "organisation", "interviewed_on", "answers"]


def test_answers_that_are_no_object_are_refused() -> None:
    assert faults(document(answers=[1])) == (
        Fault("answers", "There are no answers here.", 'Write {"A1.founded": 2012, …}.'),
    )


def test_a_flood_of_answers_is_told_once() -> None:
    flood = {f"Z.{number}": 1 for number in range(25)}
    assert faults(document(answers=flood)) == (
        Fault(
            "answers",
            "There are 25 answers, but the scheme has 7 measures.",
            "Start from an empty questionnaire: touchstone assess new.",
        ),
    )


def test_answers_for_another_scheme_are_refused() -> None:
    assert faults(document(scheme="gold")) == (
        Fault("scheme", '"gold" is not the scheme in use.', 'Write "small" if the answers are for it.'),
    )


def test_the_scheme_must_be_named() -> None:
    wrong = document()
    del wrong["scheme"]
    assert faults(wrong) == (Fault("scheme", "The scheme is not named.", 'Write "scheme": "small".'),)


def test_an_organisation_without_an_id_is_known_by_its_name() -> None:
    assert organisation(id=None, name="Žalia Banga, UAB & Co.").id == "žalia-banga-uab-co"


def test_an_organisation_that_is_missing_is_told_once() -> None:
    assert faults(document(organisation=None)) == (
        Fault(
            "organisation",
            "There is no object here.",
            "Write it as {…} with id, name, country, portfolio, website.",
        ),
    )


@pytest.mark.parametrize("key", ["name", "country", "portfolio"])
@pytest.mark.parametrize("empty", ["", "  ", None])
def test_an_organisation_says_who_where_and_what(key: str, empty: object) -> None:
    told = organisation_faults(**{key: empty})
    assert [(fault.place, fault.problem) for fault in told] == [(f"organisation.{key}", "This is empty.")]


def test_a_name_that_is_no_text_is_told_once() -> None:
    assert organisation_faults(name=5) == (
        Fault("organisation.name", "5 is not a text.", "Put it in quotes."),
    )


def test_a_country_is_a_code() -> None:
    remedy = "Write the ISO code of two letters, such as LT."
    assert organisation_faults(country="Lithuania") == (
        Fault("organisation.country", '"Lithuania" is not a country code.', remedy),
    )


def test_the_code_of_eurostat_becomes_that_of_iso() -> None:
    assert organisation(country="el").country == "GR"


@pytest.mark.parametrize("text", ["health", "HEALTH", "Health and medical science"])
def test_a_portfolio_goes_by_its_id_or_its_full_name(text: str) -> None:
    assert organisation(portfolio=text).portfolio == "health"


def test_a_portfolio_that_does_not_exist_names_the_nearest() -> None:
    assert organisation_faults(portfolio="Food industries") == (
        Fault(
            "organisation.portfolio", '"Food industries" is not a portfolio.', 'Did you mean "Food industry"?'
        ),
    )


def test_a_portfolio_like_no_other_names_them_all() -> None:
    assert organisation_faults(portfolio="xyz")[0].remedy == "Known are: ict, health, food."


def test_no_portfolio_goes_by_an_empty_name() -> None:
    assert read_portfolio("", SCHEME) is None


@pytest.mark.parametrize(
    ("text", "website"),
    [
        ("https://amber.example/en?a=1#b", "https://amber.example/en?a=1#b"),
        ("http://žalia.lt:8080", "http://žalia.lt:8080"),
        ("www.amber.example", "https://www.amber.example"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_web_address_gets_its_protocol(text: object, website: str) -> None:
    assert organisation(website=text).website == website


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://a.b", "two words", 'https://a.b/"><script>', "data://x"]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    told = organisation_faults(website=text)
    assert [(fault.place, fault.remedy) for fault in told] == [
        ("organisation.website", "Write it such as https://www.example.org.")
    ]


@pytest.mark.parametrize("raw", ["", None])
def test_the_day_of_the_interview_must_be_there(raw: object) -> None:
    assert faults(document(interviewed_on=raw)) == (
        Fault("interviewed_on", "The day of the interview is missing.", "Write a day such as 2026-10-12."),
    )


def test_an_interview_of_today_is_fine() -> None:
    assert read(document(interviewed_on="2026-11-21")).interviewed_on == TODAY


@pytest.mark.parametrize(
    ("day", "problem", "remedy"),
    [
        ("2026-11-22", "2026-11-22 is in the future.", "Write 2026-11-21 or an earlier day."),
        ("2006-12-31", "2006-12-31 is before benchmarking began in 2007.", "Correct the year."),
        ("yesterday", '"yesterday" is not a day.', "Write the year first, such as 2026-10-12."),
    ],
)
def test_a_day_that_cannot_be_is_refused(day: str, problem: str, remedy: str) -> None:
    assert faults(document(interviewed_on=day)) == (Fault("interviewed_on", problem, remedy),)


def test_a_mere_value_is_written_as_that_value() -> None:
    written = as_document(read(document(answers={"A6.total": 5, "B4.deputy": False})))
    assert written["answers"] == {"A6.total": 5, "B4.deputy": False}


def test_all_that_was_said_is_written() -> None:
    given_answer = {"value": 40, "verified": 38, "note": "n", "evidence": ["e"], "reason": "r"}
    written = as_document(read(document(answers={"A6.total": given_answer})))
    assert written["answers"] == {"A6.total": given_answer}


def test_an_unknown_answer_is_written_with_its_reason() -> None:
    given_answer = {"reason": "no log", "state": "unknown"}
    written = as_document(read(document(answers={"A6.total": given_answer})))
    assert written["answers"] == {"A6.total": given_answer}


def test_an_answer_not_asked_yet_is_not_written() -> None:
    assessment = read(document())
    blank = Assessment(
        scheme="small",
        organisation=assessment.organisation,
        interviewed_on=assessment.interviewed_on,
        answers={"A6.total": Answer()},
    )
    assert as_document(blank) == document()


words = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Cn"]), max_size=20).map(str.strip)
values = {
    "A1.founded": st.integers(1800, 2200),
    "A2.form": st.sampled_from(["association", "company"]),
    "A6.total": st.integers(0, 10**6),
    "B4.deputy": st.booleans(),
    "C2.share": st.floats(0, 100),
    "F2.story_1": words.filter(bool),
}


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, Answer]:
    id = draw(st.sampled_from(sorted(values)))
    note, evidence = draw(words), tuple(draw(st.lists(words.filter(bool), max_size=3)))
    if draw(st.booleans()):
        verified = draw(st.none() | values[id])
        state, declared, reason = AnswerState.ANSWERED, draw(values[id]), ""
    else:
        state, declared, verified, reason = AnswerState.UNKNOWN, None, None, draw(words.filter(bool))
    return id, Answer(
        state=state, declared=declared, verified=verified, reason=reason, note=note, evidence=evidence
    )


@given(st.lists(answers(), max_size=6))
def test_what_is_written_is_read_again_as_it_was(given_answers: list[tuple[str, Answer]]) -> None:
    assessment = Assessment(
        scheme="small",
        organisation=Organisation(id="a", name="A", country="LT", portfolio="ict", website="https://a.b"),
        interviewed_on=date(2020, 2, 29),
        answers=dict(given_answers),
    )
    assert read(json.loads(json.dumps(as_document(assessment)))) == assessment


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*document(), *AMBER, *values, "value", "state", "zz"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


def outcome(raw: object) -> str:
    """What is said in the end: the assessment written again, or the first fault."""
    try:
        return json.dumps(as_document(read(raw)), ensure_ascii=False)
    except Unusable as refused:
        return str(refused)


@given(anything)
def test_whatever_a_file_holds_it_is_an_assessment_or_unusable_and_can_be_printed(raw: object) -> None:
    assert outcome(raw).encode()


CARRIED = {"value": 40, "carried_from": "2024-10-12"}


def test_a_carried_answer_is_to_be_confirmed_unless_it_says_otherwise() -> None:
    assert answer(CARRIED) == Answer(
        state=AnswerState.ANSWERED, declared=40, carried_from=date(2024, 10, 12), confirmed=False
    )


@pytest.mark.parametrize(("confirmed", "value"), [(True, 40), (False, None)])
def test_a_carried_answer_counts_once_it_is_confirmed(confirmed: bool, value: int | None) -> None:
    found = answer({**CARRIED, "confirmed": confirmed})
    assert found is not None
    assert (found.confirmed, found.value) == (confirmed, value)


def test_a_carried_reason_is_kept_without_a_value() -> None:
    raw = {"state": "not_applicable", "reason": "no board", "carried_from": "2024-10-12"}
    assert answer(raw) == Answer(
        state=AnswerState.NOT_APPLICABLE, reason="no board", carried_from=date(2024, 10, 12)
    )


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_carried_answer_is_written_with_its_marks_and_read_back(confirmed: bool) -> None:
    raw = {**CARRIED, "confirmed": confirmed}
    written = as_document(read(document(answers={"A6.total": raw})))
    assert written["answers"] == {"A6.total": raw}
    assert read(written).answers["A6.total"].confirmed is confirmed


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (
            {"value": 40, "carried_from": "last year"},
            Fault(
                "A6.total carried_from",
                '"last year" is not a day.',
                "Write the year first, such as 2026-10-12.",
            ),
        ),
        (
            {"value": 40, "carried_from": "2026-10-13"},
            Fault(
                "A6.total carried_from",
                "2026-10-13 is after the interview on 2026-10-12.",
                "Write the day of the interview before.",
            ),
        ),
        (
            {**CARRIED, "confirmed": "yes"},
            Fault("A6.total confirmed", '"yes" is neither true nor false.', "Write true or false."),
        ),
        (
            {"value": 40, "confirmed": True},
            Fault(
                "A6.total confirmed",
                "Only an answer that was carried forward can be confirmed.",
                "Add carried_from, the day when it was true, or leave this out.",
            ),
        ),
    ],
)
def test_marks_that_make_no_sense_are_told(raw: dict[str, object], fault: Fault) -> None:
    assert answer_faults(raw) == (fault,)


def test_a_carried_value_must_still_be_allowed() -> None:
    assert answer_faults({"value": "many", "carried_from": "2024-10-12"}) == (
        Fault("A6.total", '"many" is not a whole number.', "Give a number such as 42."),
    )


marks = st.fixed_dictionaries(
    {"value": st.integers(0, 100)},
    optional={
        "carried_from": st.dates(date(2007, 1, 1), date(2026, 10, 12)).map(date.isoformat),
        "note": st.just("a note"),
    },
)


@given(marks, st.booleans())
def test_any_marked_answer_is_read_as_it_was_written(raw: dict[str, object], confirmed: bool) -> None:
    marked = {**raw, "confirmed": confirmed} if "carried_from" in raw else raw
    assessment = read(document(answers={"A6.total": marked}))
    assert read(as_document(assessment)) == assessment
