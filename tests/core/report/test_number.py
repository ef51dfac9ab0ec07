from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.assessment.countries import THREE_LETTERS
from touchstone.core.report.number import number, valid

DAY = date(2026, 10, 12)
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBERS = st.builds(
    lambda country, on, content: number(country=country, on=on, content=content),
    st.sampled_from([*THREE_LETTERS, "ZZ"]),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.integers(),
)


def test_a_number_names_the_country_and_the_day() -> None:
    made = number(country="LT", on=DAY, content=["amber", {"A1.members": 30}])
    assert (made[:3], made[6:14], len(made)) == ("LTU", "20261012", 16)


def test_the_check_digits_are_those_of_an_iban() -> None:
    # The standard's own test: the whole, each letter as two digits, leaves 1 when divided by 97.
    made = number(country="LT", on=DAY, content="x")
    digits = made.replace("L", "21").replace("T", "29").replace("U", "30")
    assert int(digits) % 97 == 1


def test_a_known_number_stays_what_it_is() -> None:
    assert number(country="LT", on=DAY, content=["amber"]) == "LTU4812026101246"


@pytest.mark.parametrize("country", ["", "ZZ", "lt", "LTU"])
def test_an_unknown_country_is_written_as_none(country: str) -> None:
    assert number(country=country, on=DAY, content=[])[:3] == "XXX"


def test_the_number_of_the_documentation_is_one() -> None:
    assert valid("LTU0012026101292")


def test_the_same_content_has_the_same_number_in_whatever_order() -> None:
    one, other = {"a": 1, "b": [2.5, None]}, {"b": [2.5, None], "a": 1}
    assert number(country="PL", on=DAY, content=one) == number(country="PL", on=DAY, content=other)


def test_the_digits_of_the_content_spread() -> None:
    found = {number(country="PL", on=DAY, content=n)[3:6] for n in range(3000)}
    assert len(found) > 900


@given(NUMBERS)
def test_each_number_is_valid(made: str) -> None:
    assert valid(made)


@given(NUMBERS, st.integers(0, 15), st.sampled_from(CHARACTERS))
def test_a_single_wrong_character_is_found(made: str, place: int, wrong: str) -> None:
    assert valid(made[:place] + wrong + made[place + 1 :]) == (made[place] == wrong)


@given(NUMBERS, st.integers(0, 14))
def test_two_neighbours_that_changed_places_are_found(made: str, place: int) -> None:
    swapped = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
    assert valid(swapped) == (swapped == made)


@pytest.mark.parametrize(
    "text", ["", "LTU", "ltu0012026101267", " LTU0012026101267", "LTU00120261012670", "٣" * 16]
)
def test_what_has_not_the_form_is_no_number(text: str) -> None:
    assert not valid(text)
