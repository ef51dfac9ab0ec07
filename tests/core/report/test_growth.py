import pytest

from touchstone.core.report.growth import Growth, growth


def test_the_oldest_day_comes_first_whatever_the_order_of_the_answers() -> None:
    found = growth(
        {
            "A6.joined": 8.0,
            "A6.total": 52.0,
            "A6.two_years_ago": 49.0,
            "A6.left": 4.0,
            "A6.one_year_ago": 48.0,
        }
    )
    assert found == Growth(numbers={2: 49.0, 1: 48.0, 0: 52.0}, joined=8.0, left=4.0)
    assert found is not None
    assert list(found.numbers) == [2, 1, 0]


def test_two_days_are_enough_and_who_joined_may_be_unknown() -> None:
    assert growth({"A6.total": 52.0, "A6.one_year_ago": 48.0}) == Growth(
        numbers={1: 48.0, 0: 52.0}, joined=None, left=None
    )


@pytest.mark.parametrize("own", [{}, {"A6.total": 52.0}, {"A6.joined": 3.0, "A6.left": 1.0}])
def test_one_day_alone_is_no_growth(own: dict[str, float]) -> None:
    assert growth(own) is None
