import pytest

from factories.participants import participant
from touchstone.apps.participants.models import Choice
from touchstone.apps.participants.questions import PlaceQuestion, pair_questions, place_questions
from touchstone.apps.participants.services import Said
from touchstone.core.assessment.placing import placed
from touchstone.intake.gazetteer import places_of
from touchstone.web.participants.forms import Sent, field_of, sent, typed_field_of, value_of

LEFT_OUT = Said(verdict=Choice.Verdict.LEFT_OUT)


def asked(place: str, country: str) -> PlaceQuestion:
    row = participant(place=place, country=country)
    (question,) = place_questions(placed([row], places_of), places_of, counting=[row])
    return question


FRANKFURT, LOST = asked("Frankfurt", "DE"), asked("Xyzzyqq", "LT")
NOWHERE = asked("Somewhere", "")
(PAIR,) = pair_questions([participant("Optyka Sp. z o.o."), participant("Optyka S.A.")])


def given(question: PlaceQuestion = LOST, choice: str | None = "other", typed: str | None = None) -> Sent:
    fields = {field_of(question.key): choice, typed_field_of(question.key): typed}
    present = {name: value for name, value in fields.items() if value is not None}
    return sent(present, [question], [PAIR], places_of)


def position(text: str) -> tuple[float | None, float | None]:
    found = given(typed=text)
    assert found.faults == {}
    said = found.said[LOST.key]
    assert said is not None
    return said.latitude, said.longitude


def test_a_candidate_is_taken_with_its_position_and_its_name() -> None:
    oder = FRANKFURT.candidates[1]
    said = given(FRANKFURT, value_of(oder)).said[FRANKFURT.key]
    assert said == Said(
        verdict=Choice.Verdict.PLACED, place="Frankfurt (Oder) in Brandenburg (57,107 inhabitants)",
        latitude=oder.latitude, longitude=oder.longitude,
    )  # fmt: skip


@pytest.mark.parametrize(("choice", "said"), [("out", LEFT_OUT), ("", None), ("99.0,99.0", None)])
def test_left_out_undecided_and_what_is_no_candidate(choice: str, said: Said | None) -> None:
    assert given(FRANKFURT, choice).said == {FRANKFURT.key: said}


def test_a_question_that_was_not_on_the_page_is_left_alone() -> None:
    assert given(choice=None) == given(choice=None, typed=" ") == Sent({})


@pytest.mark.parametrize("choice", ["other", "", None])
def test_a_typed_place_is_looked_up_in_the_country_of_the_row(choice: str | None) -> None:
    said = given(choice=choice, typed="  Vilnius ").said[LOST.key]
    assert said is not None
    assert (said.verdict, said.place) == (Choice.Verdict.PLACED, "Vilnius")
    assert (round(said.latitude or 0), round(said.longitude or 0)) == (55, 25)


def test_a_text_beside_another_choice_does_not_count() -> None:
    assert given(choice="out", typed="Vilnius").said == {LOST.key: LEFT_OUT}


@pytest.mark.parametrize(
    "text",
    ["54.687, 25.28", "54.687 25.28", "54.687;25.28", "54,687; 25,28", "54,687 25,28", " +54.687 , 25.28 "],
)
def test_coordinates_are_read_as_people_write_them(text: str) -> None:
    assert position(text) == (54.687, 25.28)


def test_coordinates_may_be_south_and_west() -> None:
    assert position("-33.4, -70") == (-33.4, -70.0)


@pytest.mark.parametrize(
    ("question", "text", "fault"),
    [
        (LOST, "", "Type the place or its coordinates, or choose another answer."),
        (LOST, "91, 20", "Coordinates are degrees: the latitude up to 90, then the longitude up to 180."),
        (LOST, "20, 181", "Coordinates are degrees: the latitude up to 90, then the longitude up to 180."),
        (LOST, "x" * 301, "This is too long or has signs that cannot be shown. Type the place alone."),
        (LOST, "a\u202eb", "This is too long or has signs that cannot be shown. Type the place alone."),
        (LOST, "Klaipeeda", "“Klaipeeda” is not among the places of LT. Did you mean Klaipėda?"),
        (
            LOST,
            "Qqqqqq",
            "“Qqqqqq” is not among the places of LT. Type the coordinates, such as 54.687, 25.280.",
        ),
        (
            NOWHERE,
            "Vilnius",
            "The list gives no country for it. Type the coordinates, such as 54.687, 25.280.",
        ),
        (
            FRANKFURT,
            "Frankfurt",
            (
                "“Frankfurt” may be several places: Frankfurt am Main in Hessen (650,000 inhabitants); "
                "Frankfurt (Oder) in Brandenburg (57,107 inhabitants). "
                "Add its region, or type the coordinates."
            ),
        ),
    ],
)
def test_what_is_no_place_is_told_and_stays_typed(question: PlaceQuestion, text: str, fault: str) -> None:
    assert given(question, "other", text) == Sent({}, {question.key: fault}, {question.key: text[:300]})


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("same", Choice.Verdict.SAME), ("different", Choice.Verdict.DIFFERENT), ("", None), ("x", None)],
)
def test_a_pair_is_the_same_or_not_or_undecided(value: str, verdict: Choice.Verdict | None) -> None:
    found = sent({field_of(PAIR.key): value}, [], [PAIR], places_of)
    assert found.said == {PAIR.key: Said(verdict=verdict) if verdict else None}
