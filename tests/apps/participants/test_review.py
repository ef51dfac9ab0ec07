from datetime import date

import pytest

from factories.apps import INTERVIEW, NOW, TODAY
from factories.participant_lists import DOUBTFUL, FRANKFURT, ODER, handed_in, interviewed
from touchstone.apps.participants import services
from touchstone.apps.participants.models import Choice, HandedInList
from touchstone.apps.participants.review import Review, current_of, review
from touchstone.apps.participants.services import Said
from touchstone.core.assessment.commitment import Commitment
from touchstone.core.assessment.spread import Spread

pytestmark = pytest.mark.django_db
LEFT_OUT, SAME = Said(verdict=Choice.Verdict.LEFT_OUT), Said(verdict=Choice.Verdict.SAME)


def looked_through(handed: HandedInList) -> Review:
    return review(handed, handed.case, today=TODAY)


def at(position: tuple[float, float]) -> Said:
    return Said(verdict=Choice.Verdict.PLACED, place="x", latitude=position[0], longitude=position[1])


def choose(handed: HandedInList, said: dict[str, Said | None]) -> Review:
    services.choose(handed_in=handed, by=handed.case.expert, said=said, at=NOW)
    return looked_through(handed)


def test_a_list_is_looked_through_as_of_the_interview() -> None:
    found = looked_through(handed_in())
    assert (found.on, found.listed, found.values["A6.total"], found.values["A6.one_year_ago"]) == (
        INTERVIEW,
        5,
        5,
        4,
    )
    assert found.summary.committed_by == {
        Commitment.AGREEMENT: 1, Commitment.SUPPORT: 2, Commitment.CONTRIBUTION: 2,
    }  # fmt: skip
    assert found.values["A6.growth"] == 25.0


def test_before_the_day_of_the_interview_is_known_it_is_as_of_today() -> None:
    assert looked_through(handed_in(case=interviewed(interviewed_on=None))).on == TODAY


def test_what_is_doubtful_is_open_until_it_is_chosen() -> None:
    found = looked_through(handed_in())
    assert [question.place for question in found.places] == ["Frankfurt", "Xyzzyqq"]
    assert [(q.pair.one.name, q.pair.other.name) for q in found.pairs] == [
        ("Optyka Sp. z o.o.", "Optyka S.A.")
    ]
    assert (found.open_places, found.open_pairs, found.left_out) == (2, 1, 0)
    assert found.spread == Spread((0, 0, 3), 0, 2)


def test_a_chosen_place_moves_the_participant_there() -> None:
    handed = handed_in()
    key = looked_through(handed).places[0].key
    assert choose(handed, {key: at(ODER)}).spread == Spread((0, 0, 3), 1, 1)
    assert choose(handed, {key: at(FRANKFURT)}).spread == Spread((0, 0, 3), 1, 1)
    assert choose(handed, {key: None}).spread == Spread((0, 0, 3), 0, 2)


def test_what_is_left_out_is_decided_and_stays_unplaced() -> None:
    handed = handed_in()
    found = choose(handed, {question.key: LEFT_OUT for question in looked_through(handed).places})
    assert (found.open_places, found.left_out, found.spread) == (0, 2, Spread((0, 0, 3), 0, 2))


def test_a_pair_counts_once_only_where_somebody_says_that_it_is_one() -> None:
    handed = handed_in()
    key = looked_through(handed).pairs[0].key
    assert choose(handed, {key: Said(verdict=Choice.Verdict.DIFFERENT)}).values["A6.total"] == 5
    found = choose(handed, {key: SAME})
    assert (found.values["A6.total"], found.values["A5.sme"], found.open_pairs) == (4, 2, 0)


def test_three_rows_that_are_two_pairs_count_once() -> None:
    rows = [f"Optyka {form},sme,PL,Warszawa,2017-01-01,,fee" for form in ("Sp. z o.o.", "S.A.", "sp. j.")]
    handed = handed_in(DOUBTFUL[0], *rows)
    pairs = looked_through(handed).pairs
    assert len(pairs) == 3
    assert choose(handed, {question.key: SAME for question in pairs[1:]}).values["A6.total"] == 1


def test_a_chosen_place_of_the_office_lets_distances_be_counted() -> None:
    handed = handed_in("Office,office,DE,Frankfurt,,,", "Near,sme,DE,Offenbach am Main,2016-01-01,,fee")
    found = looked_through(handed)
    assert (found.office, found.spread, "A7.within_150km" in found.values) == (None, None, False)
    found = choose(handed, {found.places[0].key: at(FRANKFURT)})
    assert (found.office, found.spread, found.values["A7.within_150km"]) == (
        FRANKFURT,
        Spread((1, 0, 0), 0, 0),
        100.0,
    )


def test_who_left_is_not_asked_about() -> None:
    found = looked_through(handed_in(DOUBTFUL[0], "Gone,sme,DE,Frankfurt,2016-01-01,2025-01-01,fee"))
    assert (found.places, found.values["A6.total"]) == ((), 0)


def test_coordinates_away_from_their_place_are_told() -> None:
    raw = b"name,type,country,place,latitude,longitude\nFirm,sme,LT,Kaunas,48.85,2.35\n"
    assert [row.name for row in looked_through(handed_in(content=raw)).astray] == ["Firm"]


def test_the_newest_list_counts() -> None:
    handed = handed_in()
    newer = handed_in(*DOUBTFUL[:2], case=handed.case)
    assert current_of(handed.case) == newer
    assert current_of(interviewed()) is None


def test_a_position_typed_for_a_placed_row_changes_nothing() -> None:
    raw = b"name,type,country,place,latitude,longitude,joined,evidence\nOffice,office,LT,X,55.7,21.1,,\n"
    found = looked_through(handed_in(content=raw + b"Firm,sme,LT,Kaunas,55.7,21.1,2020-01-01,fee\n"))
    assert (found.spread, found.on) == (Spread((1, 0, 0), 0, 0), date(2026, 10, 12))
