import pytest

from touchstone.intake.country_codes import country_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("LT", "LT"),
        ("uk", "GB"),
        ("Lithuania", "LT"),
        (" lietuva ", "LT"),
        ("Polska", "PL"),
        ("Deutschland", "DE"),
        ("Ελλάδα", "GR"),
        ("Czech Republic", "CZ"),
        ("Suomi", "FI"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_country_goes_by_its_code_or_its_name_in_a_language_of_europe(text: str, code: str | None) -> None:
    assert country_of(text) == code
