from datetime import date

from factories.participants import participant
from touchstone.apps.participants.questions import (
    PlaceQuestion,
    name_key,
    pair_questions,
    place_key,
    place_questions,
)
from touchstone.core.assessment.participants import OFFICE, Participant
from touchstone.core.assessment.placing import placed
from touchstone.intake.gazetteer import places_of


def questions(
    *rows: Participant, counting: tuple[Participant, ...] | None = None
) -> tuple[PlaceQuestion, ...]:
    found = placed(rows, places_of)
    return place_questions(found, places_of, counting=rows if counting is None else counting)


def names(question: PlaceQuestion) -> list[str]:
    return [place.name for place in question.candidates]


def test_a_doubtful_place_is_asked_about_with_its_candidates() -> None:
    (question,) = questions(participant(country="DE", place="Frankfurt"))
    assert (question.place, question.country, question.known, names(question)) == (
        "Frankfurt", "DE", True, ["Frankfurt am Main", "Frankfurt (Oder)"],
    )  # fmt: skip


def test_an_unknown_place_is_asked_about_with_the_places_of_near_names() -> None:
    (question,) = questions(participant(country="LT", place="Klaipeeda"))
    assert (question.known, question.covered, names(question)) == (False, True, ["Klaipėda"])


def test_a_near_name_of_several_places_gives_them_all() -> None:
    (question,) = questions(participant(country="DE", place="Neustatd"))
    assert not question.known
    assert len(question.candidates) > 2


def test_a_country_without_places_gives_no_candidates() -> None:
    (question,) = questions(participant(country="JP", place="Tokyo"))
    assert (question.known, question.covered, question.candidates) == (False, False, ())


def test_rows_of_one_spelling_are_one_question() -> None:
    rows = [participant(name, country="DE", place="Frankfurt ") for name in "ab"]
    (question,) = questions(*rows)
    assert [row.name for row in question.participants] == ["a", "b"]


def test_a_region_beside_it_makes_it_another_question() -> None:
    one, other = participant(place="X"), participant(place="X", region="Y")
    assert len({place_key(one), place_key(other), place_key(participant(place="X", postcode="1"))}) == 3


def test_the_place_of_who_does_not_count_is_not_asked_about() -> None:
    assert questions(participant(country="DE", place="Frankfurt"), counting=()) == ()


def test_the_office_is_asked_about_first() -> None:
    rows = (
        participant(country="DE", place="Frankfurt"),
        participant(type=OFFICE, country="LT", place="Xyzzyqq"),
    )
    assert [question.of_the_office for question in questions(*rows, counting=rows[:1])] == [True, False]


def test_a_pair_has_one_key_whichever_row_comes_first() -> None:
    rows = [participant("Optyka Sp. z o.o."), participant("Optyka S.A.")]
    (one,), (other,) = pair_questions(rows), pair_questions(rows[::-1])
    assert one.key == other.key
    assert (one.pair.one.name, one.pair.other.name) == ("Optyka Sp. z o.o.", "Optyka S.A.")


def test_the_key_of_a_name_follows_from_its_letters_and_country() -> None:
    one = participant("Müller-Bau", joined=date(2020, 1, 1))
    assert name_key(one) == name_key(participant("muller bau"))
    assert name_key(one) != name_key(participant("Müller-Bau", country="DE"))
    assert name_key(participant("!!")) != name_key(participant("??"))
