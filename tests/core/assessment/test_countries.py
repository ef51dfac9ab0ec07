import pytest
from babel.core import get_global

from touchstone.core.assessment.countries import COUNTRIES, NO_COUNTRY, THREE_LETTERS, country_code


def test_there_are_the_249_codes_of_iso_and_kosovo() -> None:
    assert (len(COUNTRIES), "XK" in COUNTRIES) == (250, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [("LT", "LT"), (" no ", "NO"), ("EL", "GR"), ("uk", "GB"), ("Lithuania", None), ("ZZ", None), ("", None)],
)
def test_a_code_is_known_in_any_case_and_by_two_aliases(text: str, code: str | None) -> None:
    assert country_code(text) == code


# Codes of countries that are no more, which still lead to what became of them.
FORMER = {"BUR", "DDR", "FXX", "SUN", "TMP", "YMD", "YUG", "ZAR"}


def test_each_country_has_the_three_letters_that_the_locale_repository_knows() -> None:
    aliases = get_global("territory_aliases").items()
    known = {to[0]: code for code, to in aliases if len(code) == 3 and code.isalpha() and code not in FORMER}
    # The repository writes Kosovo XKK, the European Union XKX.
    assert {code: known[code] for code in COUNTRIES} == {**THREE_LETTERS, "XK": "XKK"}


def test_no_country_has_the_letters_of_none() -> None:
    assert NO_COUNTRY not in THREE_LETTERS.values()
    assert len(set(THREE_LETTERS.values())) == len(THREE_LETTERS)
