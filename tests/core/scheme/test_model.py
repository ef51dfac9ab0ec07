from datetime import date

import pytest

from factories.scheme import shipped_scheme
from touchstone.core.scheme.model import Kind, Light


@pytest.mark.parametrize(
    ("on", "id"),
    [
        (date(2007, 6, 1), "2010"),  # before all of them: the oldest
        (date(2010, 11, 1), "2010"),
        (date(2012, 4, 17), "2010"),
        (date(2012, 4, 18), "2012"),
        (date(2014, 1, 1), "2014"),
        (date(2019, 11, 14), "2014"),
        (date(2019, 11, 15), "2019-11-15"),
        (date(2020, 1, 1), "2020"),
        (date(2026, 11, 21), "2022"),
    ],
)
def test_the_rule_set_of_a_day_is_the_last_one_to_have_come_into_force(on: date, id: str) -> None:
    assert shipped_scheme().rule_set_on(on).id == id


def test_words_and_truths_are_not_numeric() -> None:
    assert [kind for kind in Kind if not kind.numeric] == [Kind.YES_NO, Kind.CHOICE, Kind.TEXT]


def test_the_points_of_a_quality_indicator_are_those_of_its_best_level() -> None:
    quality = shipped_scheme().quality
    assert (quality["1.1.0"].points, quality["3.2"].points) == (0, 5)


def test_the_measures_of_a_quality_indicator_are_each_named_once_in_the_order_of_mention() -> None:
    assert shipped_scheme().quality["2.4"].measures == (
        "B1.governing_body",
        "B1.written_rules",
        "B1.board_industry",
        "B1.meetings",
        "B1.minutes",
        "B1.involvement",
        "B1.job_description",
    )


def test_lights_rank_from_red_to_green() -> None:
    assert [light.rank for light in (Light.RED, Light.YELLOW, Light.GREEN)] == [0, 1, 2]
