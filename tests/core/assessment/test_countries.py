import pytest

from touchstone.core.assessment.countries import COUNTRIES, country_code


def test_there_are_the_249_codes_of_iso_and_kosovo() -> None:
    assert (len(COUNTRIES), "XK" in COUNTRIES) == (250, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [("LT", "LT"), (" no ", "NO"), ("EL", "GR"), ("uk", "GB"), ("Lithuania", None), ("ZZ", None), ("", None)],
)
def test_a_code_is_known_in_any_case_and_by_two_aliases(text: str, code: str | None) -> None:
    assert country_code(text) == code
