import pytest

from touchstone.core.scheme.naming import nearest, suggestion

KNOWN = ("A6.total", "A6.listed", "C2.secured_months")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("A6.totl", "A6.total"),
        ("a6.TOTAL", "A6.total"),
        ("C2.secured_month", "C2.secured_months"),
        ("zzz", None),
    ],
)
def test_the_nearest_known_name_is_found_whatever_its_case(word: str, found: str | None) -> None:
    assert nearest(word, KNOWN) == found


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("A6.total", ()) is None


def test_a_suggestion_names_the_nearest() -> None:
    assert suggestion("A6.totl", KNOWN) == 'Did you mean "A6.total"?'


def test_a_suggestion_names_all_where_nothing_is_near() -> None:
    assert suggestion("zzz", KNOWN) == "Known are: A6.total, A6.listed, C2.secured_months."


def test_a_suggestion_is_empty_where_nothing_is_known() -> None:
    assert suggestion("zzz", ()) == ""
