from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.participants import participant
from touchstone.core.assessment.commitment import Commitment
from touchstone.core.assessment.model import Value
from touchstone.core.assessment.participants import (
    TYPES,
    Participant,
    ParticipantList,
    Summary,
    folded,
    summarise,
)
from touchstone.core.days import years_before

ON = date(2026, 10, 12)
VILNIUS = (54.6872, 25.2797)
KAUNAS = (54.8985, 23.9036)
WARSAW = (52.2297, 21.0122)
START = date(2015, 1, 1)


def summary(*rows: Participant, on: date = ON, office: tuple[float, float] | None = VILNIUS) -> Summary:
    return summarise(rows, on=on, country="LT", office=office)


def value(id: str, *rows: Participant) -> Value | None:
    return summary(*rows).values.get(id)


def test_each_type_is_counted() -> None:
    rows = [participant(f"{type} {number}", type=type) for number, type in enumerate(TYPES)]
    rows.append(participant("another firm", type="sme"))
    found = summary(*rows).values
    assert {type: found[f"A5.{type}"] for type in TYPES} == {
        type: 2 if type == "sme" else 1 for type in TYPES
    }


def test_a_row_without_evidence_is_listed_and_not_committed() -> None:
    found = summary(participant("Amber"), participant("Birch", evidence=" "))
    assert [found.values[id] for id in ("A6.listed", "A6.total", "A5.sme")] == [2, 1, 1]


def test_a_row_without_evidence_is_noted_by_name() -> None:
    found = summary(participant("Amber", evidence=""))
    assert found.notes[0] == (
        "1 row without evidence of commitment: listed, not counted as committed (Amber)."
    )


def test_an_empty_list_counts_nobody() -> None:
    found = summary().values
    assert (found["A6.listed"], found["A6.total"], found["A9.international"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("joined", "left", "present"),
    [
        (ON, None, True),
        (ON + timedelta(days=1), None, False),
        (None, None, True),
        (START, ON, False),
        (START, ON + timedelta(days=1), True),
        (None, ON, False),
    ],
)
def test_a_participant_counts_from_the_day_it_joined_until_the_day_before_it_left(
    joined: date | None, left: date | None, present: bool
) -> None:
    assert participant(joined=joined, left=left).present(ON) is present


def test_the_numbers_of_one_and_two_years_ago_come_from_joining_and_leaving() -> None:
    rows = [
        participant("old", joined=START),
        participant("left last year", joined=START, left=date(2025, 6, 1)),
        participant("left this year", joined=START, left=date(2026, 6, 1)),
        participant("new", joined=date(2026, 1, 1)),
    ]
    found = summary(*rows).values
    ids = ("A6.total", "A6.one_year_ago", "A6.two_years_ago", "A6.joined", "A6.left")
    assert [found[id] for id in ids] == [2, 2, 3, 1, 1]


def test_the_last_twelve_months_end_on_the_day_and_begin_the_day_after_the_same_day_a_year_ago() -> None:
    rows = [
        participant("too early", joined=date(2025, 10, 12)),
        participant("first day", joined=date(2025, 10, 13)),
        participant("last day", joined=ON),
    ]
    assert value("A6.joined", *rows) == 2


def test_an_unknown_start_leaves_earlier_numbers_underived_and_says_so() -> None:
    found = summary(participant("Amber", latitude=54.0, longitude=25.0))
    missing = {"A6.one_year_ago", "A6.two_years_ago", "A6.joined", "A6.left"} & set(found.values)
    notes = ("1 row without the day of joining: earlier numbers of participants are not derived (Amber).",)
    assert (missing, found.notes) == (set(), notes)


def test_an_unknown_start_of_one_who_left_long_ago_does_not_matter() -> None:
    rows = [participant("gone", left=date(2020, 1, 1)), participant("here", joined=START)]
    assert value("A6.two_years_ago", *rows) == 1


def test_who_came_and_went_within_the_year_neither_joined_nor_left() -> None:
    rows = [participant("guest", joined=date(2026, 1, 1), left=date(2026, 6, 1))]
    assert [value(id, *rows) for id in ("A6.joined", "A6.left")] == [0, 0]


def test_a_year_before_the_leap_day_is_the_28th_of_february() -> None:
    assert [years_before(date(2024, 2, 29), 1), years_before(ON, 2)] == [
        date(2023, 2, 28),
        date(2024, 10, 12),
    ]


def near(number: int) -> Participant:
    return participant(f"near {number}", latitude=KAUNAS[0], longitude=KAUNAS[1])


def test_participants_within_150_km_are_a_share_of_those_with_coordinates() -> None:
    rows = [
        *map(near, range(9)),
        participant("far", latitude=WARSAW[0], longitude=WARSAW[1]),
        participant("somewhere"),
    ]
    found = summary(*rows)
    note = "1 row without coordinates: left out of A7.within_150km (somewhere)."
    assert (found.values["A7.within_150km"], note in found.notes) == (90.0, True)


@pytest.mark.parametrize(("placed", "derived"), [(17, True), (16, False)])
def test_more_than_fifteen_per_cent_without_a_place_leave_the_concentration_underived(
    placed: int, derived: bool
) -> None:
    rows = [*map(near, range(placed)), *(participant(f"somewhere {number}") for number in range(3))]
    assert ("A7.within_150km" in summary(*rows).values) is derived


def test_the_note_says_why_the_concentration_is_not_derived() -> None:
    rows = [near(1), participant("half a place", latitude=54.0)]
    assert summary(*rows).notes[-1] == (
        "1 row without coordinates: more than 15 % of the committed, so A7.within_150km is not derived "
        "(half a place)."
    )


def test_who_is_not_committed_need_not_be_placed() -> None:
    rows = [near(1), *(participant(f"idle {number}", evidence="") for number in range(9))]
    assert value("A7.within_150km", *rows) == 100.0


def test_the_office_may_stand_in_the_list_and_is_not_a_participant() -> None:
    rows = [
        participant("Office", type="office", latitude=VILNIUS[0], longitude=VILNIUS[1], evidence=""),
        participant("near", latitude=KAUNAS[0], longitude=KAUNAS[1], joined=START),
    ]
    found = summary(*rows, office=None)
    assert (found.values["A7.within_150km"], found.values["A6.listed"], found.notes) == (100.0, 1, ())


def test_the_office_may_carry_the_name_of_a_participant() -> None:
    rows = [participant("Hub", type="office"), participant("Hub", type="training")]
    assert value("A5.training", *rows) == 1


def test_without_an_office_the_concentration_is_not_derived_and_the_note_says_so() -> None:
    found = summary(participant(latitude=54.0, longitude=25.0, joined=START), office=None)
    note = "no position of the office: A7.within_150km is not derived. Add a row of type office"
    assert ("A7.within_150km" in found.values, found.notes) == (False, (note,))


def test_without_any_coordinates_the_concentration_is_not_derived() -> None:
    assert value("A7.within_150km", participant()) is None


def test_participants_abroad_and_their_countries_are_counted() -> None:
    rows = [participant(f"firm {n}", country=country) for n, country in enumerate(("LT", "LV", "LV", "PL"))]
    found = summary(*rows).values
    assert (found["A9.international"], found["A9.countries"]) == (3, 2)


def test_a_missing_country_leaves_participants_abroad_underived_and_says_so() -> None:
    found = summary(participant("Amber", country="", joined=START, latitude=54.0, longitude=25.0))
    notes = ("1 row without a country: participants abroad are not derived (Amber).",)
    assert ("A9.international" in found.values, found.notes) == (False, notes)


def test_a_name_listed_twice_counts_once_and_is_noted() -> None:
    rows = [participant("Žalia Banga, UAB", evidence=""), participant("zalia banga UAB", joined=START)]
    found = summary(*rows)
    assert (found.values["A6.listed"], found.values["A6.total"]) == (1, 1)
    assert found.notes[0] == "1 row listed twice: counted once (Žalia Banga, UAB)."


def test_who_left_and_came_back_has_two_rows_and_counts_once_at_a_time() -> None:
    rows = [
        participant("Amber", joined=START, left=date(2025, 1, 1)),
        participant("Amber", joined=date(2026, 1, 1)),
    ]
    found = summary(*rows)
    ids = ("A6.total", "A6.one_year_ago", "A6.two_years_ago", "A6.joined")
    assert [found.values[id] for id in ids] == [1, 0, 1, 1]
    assert not any("listed twice" in note for note in found.notes)


def test_names_without_a_letter_are_told_apart() -> None:
    assert value("A6.total", participant("!!!"), participant("???")) == 2


def test_a_long_note_names_the_first_few() -> None:
    rows = [participant(f"firm {number}", evidence="") for number in range(7)]
    assert summary(*rows).notes[0] == (
        "7 rows without evidence of commitment: listed, not counted as committed "
        "(firm 0, firm 1, firm 2, firm 3, firm 4 and 2 more)."
    )


def test_a_list_is_its_rows_and_its_notes_come_first_in_the_summary() -> None:
    listed = ParticipantList(
        (participant("A", evidence=""), participant("B")), notes=("a column is not used.",)
    )
    assert (len(listed), listed[1].name, listed[:1]) == (2, "B", listed.rows[:1])
    assert summarise(listed, on=ON, country="LT", office=None).notes[0] == "a column is not used."


def test_a_folded_name_has_no_accents_case_or_punctuation() -> None:
    assert folded("  Ąžuolas & Co. (LT)") == "azuolascolt"


@pytest.mark.parametrize("evidence", ["", " ", "-", "no", "None", "0", "n/a", "not signed", "brak umowy"])
def test_evidence_that_says_there_is_none_commits_nobody(evidence: str) -> None:
    assert participant(evidence=evidence).committed is False


def test_evidence_of_an_unknown_kind_counts_and_is_noted() -> None:
    found = summary(participant("Amber", evidence="see folder 7"))
    assert (found.values["A6.total"], found.notes[0]) == (
        1,
        "1 row with evidence of a kind that is not recognised: counted as committed (Amber).",
    )


def test_the_committed_are_counted_by_each_kind_of_evidence() -> None:
    rows = [
        participant("A", evidence="signed agreement"),
        participant("B", evidence="fee 2026; working group minutes"),
        participant("C", evidence="", shown=(Commitment.SUPPORT,)),
        participant("D", evidence=""),
        participant("gone", evidence="signed agreement", left=START),
    ]
    assert dict(summary(*rows).committed_by) == {
        Commitment.AGREEMENT: 1,
        Commitment.SUPPORT: 2,
        Commitment.CONTRIBUTION: 1,
    }


def test_a_column_of_one_kind_and_words_of_another_make_two_kinds() -> None:
    both = participant(evidence="membership fee", shown=(Commitment.AGREEMENT,))
    assert both.commitment == (Commitment.AGREEMENT, Commitment.SUPPORT)


days = st.dates(date(2020, 1, 1), date(2028, 1, 1))


@st.composite
def rows(draw: st.DrawFn) -> Participant:
    joined = draw(days)
    left = draw(st.none() | st.integers(0, 2000).map(lambda after: joined + timedelta(days=after)))
    return Participant(
        name=draw(st.sampled_from("ABCDEFGH")),
        type=draw(st.sampled_from(TYPES)),
        country=draw(st.sampled_from(("LT", "LV", ""))),
        latitude=draw(st.none() | st.floats(-90, 90)),
        longitude=draw(st.none() | st.floats(-180, 180)),
        joined=joined,
        left=left,
        evidence=draw(st.sampled_from(("", "fee"))),
    )


@given(st.lists(rows(), max_size=25))
def test_now_is_a_year_ago_and_who_joined_without_who_left(listed: list[Participant]) -> None:
    found = summary(*listed).values
    before, joined, left = (int(found[f"A6.{id}"]) for id in ("one_year_ago", "joined", "left"))
    assert found["A6.total"] == before + joined - left


@given(st.lists(rows(), max_size=25))
def test_the_types_add_up_to_the_committed_and_the_committed_are_listed(listed: list[Participant]) -> None:
    found = summary(*listed).values
    assert sum(int(found[f"A5.{type}"]) for type in TYPES) == found["A6.total"]
    assert int(found["A6.total"]) <= int(found["A6.listed"])


@given(st.lists(rows(), max_size=12))
def test_a_list_handed_in_twice_over_counts_the_same(listed: list[Participant]) -> None:
    assert summary(*listed, *listed).values == summary(*listed).values
