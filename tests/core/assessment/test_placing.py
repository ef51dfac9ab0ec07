from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.gazetteers import SOUTH, country, place
from factories.participants import participant
from touchstone.core.assessment.participants import Participant, ParticipantList
from touchstone.core.assessment.places import Place
from touchstone.core.assessment.placing import Doubt, Lost, Placed, described, placed

AMBER = place("Amberg")
NORTHERN = place("Neustadt", 30_000, at=(50.5, 11.0))
SOUTHERN = place("Neustadt", 9_000, at=(40.0, 10.0), region=SOUTH)


def row(name: str = "Firm", *, at: str = "Amberg", **more: Any) -> Participant:
    return participant(name, place=at, **{"country": "XX", **more})


def of(*rows: Participant) -> Placed:
    return placed(rows, {"XX": country(AMBER, NORTHERN, SOUTHERN)}.get)


def test_a_participant_stands_where_its_place_is() -> None:
    assert of(row()).participants[0].position == AMBER.position


def test_everything_else_of_a_row_stays() -> None:
    found = of(row("Firm", joined=None, evidence="fee"), row("Other", at=""))
    assert [r.name for r in found.participants] == ["Firm", "Other"]
    assert found.participants[1] == row("Other", at="")


def test_without_a_place_nothing_is_sought_and_nothing_said() -> None:
    assert of(row(at=" ")) == Placed(participants=ParticipantList((row(at=" "),)))


def test_a_doubtful_place_is_listed_with_its_candidates_and_left_empty() -> None:
    found = of(row(at="Neustadt"))
    assert found.participants[0].position is None
    assert found.doubtful == (Doubt(participant=row(at="Neustadt"), candidates=(NORTHERN, SOUTHERN)),)


def test_the_note_of_a_doubtful_place_says_what_it_may_be_and_what_to_do() -> None:
    assert of(row("A", at="Neustadt"), row("B", at="Neustadt")).participants.notes == (
        (
            '"Neustadt" (XX) may be Neustadt at 50.50, 11.00 (30,000 inhabitants); Neustadt at 40.00, 10.00 '
            "(9,000 inhabitants). A, B are not placed. Add the region, the postcode or the coordinates."
        ),
    )


@pytest.mark.parametrize("more", [{"region": "Southland"}, {"postcode": "9000"}])
def test_region_or_postcode_decide_a_doubtful_place(more: dict[str, str]) -> None:
    found = of(row(at="Neustadt", **more))
    assert (found.participants[0].position, found.doubtful) == (SOUTHERN.position, ())


@pytest.mark.parametrize(
    ("missing", "note", "lost"),
    [
        (
            row(at="Ambrg"),
            '"Ambrg" (XX) is not in the gazetteer. Firm is not placed. Did you mean "Amberg"?',
            (("Amberg",), True),
        ),
        (
            row(at="Zzyzx"),
            '"Zzyzx" (XX) is not in the gazetteer. Firm is not placed. Add the coordinates.',
            ((), True),
        ),
        (
            row(country="YY"),
            (
                '"Amberg" is in YY, whose places the gazetteer does not have. Firm is not placed. '
                "Add the coordinates."
            ),
            ((), False),
        ),
        (row(country=""), '"Amberg" has no country. Firm is not placed. Add the country.', ((), False)),
    ],
)
def test_an_unknown_place_is_listed_with_what_to_do(
    missing: Participant, note: str, lost: tuple[tuple[str, ...], bool]
) -> None:
    found = of(missing)
    assert found.unknown == (Lost(participant=missing, near=lost[0], covered=lost[1]),)
    assert (found.participants.notes, found.participants[0]) == ((note,), missing)


def test_coordinates_that_were_given_win_over_the_place() -> None:
    given_ = row(latitude=50.1, longitude=10.1)
    assert of(given_) == Placed(participants=ParticipantList((given_,)))


def test_coordinates_decide_what_the_name_leaves_open() -> None:
    given_ = row(at="Neustadt", latitude=40.0, longitude=10.1)
    assert of(given_) == Placed(participants=ParticipantList((given_,)))


@pytest.mark.parametrize("at", ["Amberg", "Neustadt"])
def test_coordinates_far_from_the_place_are_noted_and_kept(at: str) -> None:
    given_ = row(at=at, latitude=45.0, longitude=10.0)
    found = of(given_)
    assert (found.participants.rows, found.astray) == ((given_,), (given_,))
    assert found.participants.notes == (
        (
            f'The coordinates of Firm lie more than 50 km from "{at}". They were taken as given. '
            "Correct them or the place."
        ),
    )


def test_coordinates_in_a_place_that_nobody_knows_contradict_nothing() -> None:
    given_ = row(at="Zzyzx", latitude=45.0, longitude=10.0)
    assert of(given_).participants.notes == ()


def test_the_notes_of_reading_stay_first() -> None:
    listed = ParticipantList((row(at="Zzyzx"),), notes=("a column is not used.",))
    assert placed(listed, {"XX": country(AMBER)}.get).participants.notes[0] == "a column is not used."


def test_many_unknown_places_are_told_up_to_twenty() -> None:
    notes = of(*(row(at=f"Zzyzx{'x' * number}") for number in range(25))).participants.notes
    assert (len(notes), notes[-1]) == (21, "5 more places are unknown.")


def test_many_names_and_many_candidates_are_cut_short() -> None:
    towns = [place("Neustadt", 9_000 - number, at=(40.0 + number, 10.0)) for number in range(5)]
    rows = [row(f"Firm {number}", at="Neustadt") for number in range(7)]
    (note,) = placed(rows, {"XX": country(*towns)}.get).participants.notes
    assert "; 2 more. Firm 0, Firm 1, Firm 2, Firm 3, Firm 4 and 2 more are not placed." in note


def test_a_place_is_told_by_its_region_where_that_has_a_name() -> None:
    town = Place(
        name="Halle", country="DE", region="07", latitude=52.06, longitude=8.36, population=21_393,
        region_name="Nordrhein-Westfalen",
    )  # fmt: skip
    assert described(town) == "Halle in Nordrhein-Westfalen (21,393 inhabitants)"


ats = st.sampled_from(["Amberg", "Neustadt", "Ambrg", "", "Zzyzx"])
positions = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(st.tuples(ats, positions), max_size=12))
def test_who_names_a_place_is_placed_doubtful_or_unknown_and_nobody_is_lost(
    asked: list[tuple[str, tuple[float, float] | None]],
) -> None:
    rows = [
        row(f"F{number}", at=at, latitude=position and position[0], longitude=position and position[1])
        for number, (at, position) in enumerate(asked)
    ]
    found = of(*rows)
    listed = [doubt.participant for doubt in found.doubtful] + [lost.participant for lost in found.unknown]
    without = [r.name for r in found.participants if r.position is None and r.place]
    assert sorted(r.name for r in listed) == sorted(without)
    assert [r.position for r in rows if r.position] == [
        after.position for before, after in zip(rows, found.participants, strict=True) if before.position
    ]
