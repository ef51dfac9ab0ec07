from datetime import date

import pytest

from factories.apps import NOW, TODAY
from touchstone.core.labels.model import LabelLevel, Standing, Status
from touchstone.web.public.sentences import answer

THEN = date(2013, 2, 23)
PERIOD = "Held the Bronze label until 23 February 2013"
ENDED = "Held no valid label on 23 February 2013: the Bronze label had ended on 23 February 2013"


def status(standing: Standing, on: date = TODAY) -> Status:
    never = standing is Standing.NEVER
    return Status(
        organisation="pl-aviation-valley",
        standing=standing,
        level=None if never else LabelLevel.BRONZE,
        valid_from=None if never else date(2011, 2, 23),
        valid_until=None if never else date(2013, 2, 23),
        renewable_until=None if never else date(2014, 2, 23),
        on=on,
        known=NOW,
        levels=(),
    )


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (Standing.VALID, "Holds the Bronze label until 23 February 2013."),
        (
            Standing.EXPIRED_RENEWABLE,
            f"{PERIOD}; it can be renewed until 23 February 2014. No label is valid today.",
        ),
        (
            Standing.LAPSED,
            f"{PERIOD}; it could be renewed until 23 February 2014. No label is valid today.",
        ),
        (Standing.SUSPENDED, "The Bronze label is suspended. No label is valid today."),
        (Standing.WITHDRAWN, "The Bronze label was withdrawn. No label is valid today."),
        (Standing.NEVER, "Holds no label, and none is on record before today."),
    ],
)
def test_a_funder_can_quote_the_answer_of_today(standing: Standing, sentence: str) -> None:
    assert answer(status(standing), today=TODAY) == sentence


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (
            Standing.VALID,
            "Held the Bronze label on 23 February 2013; that period ran until 23 February 2013.",
        ),
        (
            Standing.EXPIRED_RENEWABLE,
            f"{ENDED} and could be renewed until 23 February 2014.",
        ),
        (
            Standing.LAPSED,
            f"{ENDED} and could no longer be renewed.",
        ),
        (
            Standing.SUSPENDED,
            "Held no valid label on 23 February 2013: the Bronze label was suspended.",
        ),
        (
            Standing.WITHDRAWN,
            "Held no valid label on 23 February 2013: the Bronze label had been withdrawn.",
        ),
        (Standing.NEVER, "Held no label on 23 February 2013."),
    ],
)
def test_an_answer_about_the_past_says_which_day_it_is_about(standing: Standing, sentence: str) -> None:
    assert answer(status(standing, on=THEN), today=TODAY) == sentence
