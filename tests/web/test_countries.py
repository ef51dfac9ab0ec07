from django.utils.translation import override

from touchstone.web import countries


def test_a_country_is_named_in_the_readers_language() -> None:
    with override("de"):
        assert countries.name("LT") == "Litauen"


def test_an_unknown_code_stands_for_itself() -> None:
    assert countries.name("QX") == "QX"


def test_a_language_without_names_falls_back_to_english() -> None:
    with override("tlh"):
        assert countries.name("PL") == "Poland"
