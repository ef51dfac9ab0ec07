from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.participants import participant
from touchstone.core.assessment.duplicates import (
    ABBREVIATION,
    FORM,
    ORDER,
    TYPING,
    Pair,
    likely_duplicates,
    name_words,
)
from touchstone.core.assessment.participants import OFFICE


def why(one: str, other: str) -> str | None:
    """Why two names are suggested to be one; None where they are not."""
    pairs = likely_duplicates([participant(one), participant(other)])
    return pairs[0].why if pairs else None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Marių Lazeriai UAB", ("mariu", "lazeriai")),
        ('UAB "Marių Lazeriai"', ("mariu", "lazeriai")),
        ("Żółta Łódź Sp. z o.o.", ("zolta", "lodz")),
        ("Żółta Łódź Spółka z o.o.", ("zolta", "lodz")),
        ("Muster GmbH & Co. KG", ("muster",)),
        ("Acme S.p.A.", ("acme",)),
        ("S.A. Acme", ("acme",)),
        ("Baltic Sensors OÜ", ("baltic", "sensors")),
        ("Skoda a/s", ("skoda",)),
        ("Firma s.r.o.", ("firma",)),
        ("A.B.C. Ltd", ("abc",)),
        ("UAB", ("uab",)),
        ("AB", ("ab",)),
        ("!!!", ()),
    ],
)
def test_a_name_is_read_without_its_legal_form(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Optyka Sp. z o.o.", "Optyka S.A.", FORM),
        ("Photonics Lab Ltd", "Photonics Lab Limited", FORM),
        ("Siemens AG", "Siemens", FORM),
        ("Dr. Müller GmbH", "Dr Muller", FORM),
        ("Kaunas University (KU)", "Kaunas University", FORM),
        ("Kaunas University (KUT)", "KUT", FORM),
        ("University of Tartu", "Tartu, University of", ORDER),
        ("Novak i Syn", "Nowak i Syn", TYPING),
        ("Baltic Sensor", "Baltic Sensors UAB", TYPING),
        ("Photonics", "Phtoonics", TYPING),
        ("Univ. of Tartu", "University of Tartu", ABBREVIATION),
        ("Tech. Univ. München", "Technische Universität München", ABBREVIATION),
        ("Inst of Optics", "Institute of Optics", ABBREVIATION),
        ("VGTU", "Vilniaus Gedimino Technikos Universitetas", ABBREVIATION),
        ("TUM", "Technische Universität München", ABBREVIATION),
        ("UAS", "University of Applied Sciences", ABBREVIATION),
        ("UOAS", "University of Applied Sciences", ABBREVIATION),
    ],
)
def test_names_of_one_organisation_are_suggested_with_the_reason(one: str, other: str, reason: str) -> None:
    assert (why(one, other), why(other, one)) == (reason, reason)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Firm 1", "Firm 2"),
        ("Cluster 11", "Cluster 1"),
        ("Alpha", "Alpho"),
        ("Baltic Optics", "Baltic Logistics"),
        ("Uni of Tartu", "University of Tartu"),
        ("Un. of Tartu", "University of Tartu"),
        ("Fraunhofer IOF", "Fraunhofer IOSB"),
        ("A", "Amber"),
        ("!!!", "???"),
    ],
)
def test_names_that_tell_two_organisations_apart_are_not_suggested(one: str, other: str) -> None:
    assert why(one, other) is None


def test_the_very_same_name_is_counted_once_and_not_suggested() -> None:
    assert why("Žalia Banga, UAB", "zalia banga UAB") is None


def test_daughters_in_different_countries_are_not_suggested() -> None:
    rows = [participant("Siemens AG", country="DE"), participant("Siemens Sp. z o.o.", country="PL")]
    assert likely_duplicates(rows) == ()


def test_a_row_without_a_country_may_be_of_any() -> None:
    one, other = participant("Siemens AG", country="DE"), participant("Siemens", country="")
    assert likely_duplicates([one, other]) == (Pair(one=one, other=other, why=FORM),)


def test_the_office_is_no_duplicate_of_a_participant() -> None:
    assert likely_duplicates([participant("Amber UAB", type=OFFICE), participant("Amber")]) == ()


def test_pairs_come_in_the_order_of_the_list_each_once() -> None:
    names = ["Birch UAB", "Amber UAB", "Amber", "Birch", "Amber MB"]
    pairs = likely_duplicates(map(participant, names))
    assert [(pair.one.name, pair.other.name) for pair in pairs] == [
        ("Birch UAB", "Birch"),
        ("Amber UAB", "Amber"),
        ("Amber UAB", "Amber MB"),
        ("Amber", "Amber MB"),
    ]


def test_a_name_listed_often_is_suggested_once() -> None:
    rows = [participant("Amber UAB") for _ in range(5_000)] + [participant("Amber")]
    assert len(likely_duplicates(rows)) == 1


letters = st.sampled_from(["Amber", "Ambre", "Birch", "Univ.", "University", "of", "UAB", "Ltd", "AU", "7"])
names = st.lists(letters, min_size=1, max_size=4).map(" ".join)


def suggested(names: Iterable[str]) -> set[frozenset[str]]:
    return {
        frozenset((pair.one.name, pair.other.name)) for pair in likely_duplicates(map(participant, names))
    }


@given(st.lists(names, max_size=10, unique=True))
def test_the_order_of_the_list_changes_nothing_about_who_is_suggested(listed: list[str]) -> None:
    assert suggested(listed) == suggested(reversed(listed))


@given(names, st.sampled_from(["UAB", "GmbH", "Sp. z o.o.", "S.A.", "Ltd", "OÜ", "a.s."]))
def test_a_legal_form_more_never_hides_a_name(name: str, form: str) -> None:
    words = name_words(name)
    assert name_words(f"{name} {form}") == words or len(words) <= 1


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_can_be_compared(one: str, other: str) -> None:
    assert why(one, other) in {None, FORM, ORDER, TYPING, ABBREVIATION}
