from datetime import date

import pytest

from factories.apps import NOW, TODAY
from touchstone.core.labels.model import LabelLevel, LevelStatus, Standing, Status
from touchstone.web.public.register import answers
from touchstone.web.public.register.timeline import Stretch

THEN, AHEAD = date(2013, 2, 23), date(2999, 1, 1)
PERIOD = "Held the Bronze label until 23 February 2013"
ENDED = "Held no valid label on 23 February 2013: the Bronze label had ended on 23 February 2013"
NONE_AHEAD = "no label is valid on 1 January 2999: the last day of the Bronze label is 23 February 2013,"
SINCE = dict.fromkeys(LabelLevel, date(2012, 5, 1))
RECORD = "By what is on record today,"


def held(standing: Standing, level: LabelLevel = LabelLevel.BRONZE) -> LevelStatus:
    return LevelStatus(
        level=level,
        standing=standing,
        valid_from=date(2011, 2, 23),
        valid_until=date(2013, 2, 23),
        renewable_until=date(2014, 2, 23),
    )


def status(*levels: LevelStatus, on: date = TODAY, successors: tuple[str, ...] = ()) -> Status:
    best = levels[0] if levels else None
    return Status(
        organisation="pl-aviation-valley",
        standing=best.standing if best else Standing.NEVER,
        level=best.level if best else None,
        valid_from=best.valid_from if best else None,
        valid_until=best.valid_until if best else None,
        renewable_until=best.renewable_until if best else None,
        on=on,
        known=NOW,
        levels=levels,
        successors=successors,
    )


def answer(of: Status) -> str:
    return answers.answer(of, today=TODAY, since=SINCE)


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (Standing.VALID, "Holds the Bronze label until 23 February 2013."),
        (
            Standing.EXPIRED_RENEWABLE,
            f"{PERIOD}; it can be renewed until 23 February 2014. No label is valid today.",
        ),
        (Standing.LAPSED, f"{PERIOD}; it could be renewed until 23 February 2014. No label is valid today."),
        (
            Standing.SUSPENDED,
            "The Bronze label has been suspended since 1 May 2012. No label is valid today.",
        ),
        (Standing.WITHDRAWN, "The Bronze label was withdrawn on 1 May 2012. No label is valid today."),
    ],
)
def test_a_funder_can_quote_the_answer_of_today(standing: Standing, sentence: str) -> None:
    assert answer(status(held(standing))) == sentence


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (
            Standing.VALID,
            "Held the Bronze label on 23 February 2013; that period ran until 23 February 2013.",
        ),
        (Standing.EXPIRED_RENEWABLE, f"{ENDED} and could be renewed until 23 February 2014."),
        (Standing.LAPSED, f"{ENDED} and could no longer be renewed."),
        (
            Standing.SUSPENDED,
            "Held no valid label on 23 February 2013: the Bronze label had been suspended since 1 May 2012.",
        ),
        (
            Standing.WITHDRAWN,
            "Held no valid label on 23 February 2013: the Bronze label had been withdrawn on 1 May 2012.",
        ),
    ],
)
def test_an_answer_about_the_past_says_which_day_it_is_about(standing: Standing, sentence: str) -> None:
    assert answer(status(held(standing), on=THEN)) == sentence


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (Standing.VALID, "the Bronze label is valid on 1 January 2999: it runs until 23 February 2013."),
        (
            Standing.EXPIRED_RENEWABLE,
            f"{NONE_AHEAD} and it can be renewed until 23 February 2014.",
        ),
        (
            Standing.LAPSED,
            f"{NONE_AHEAD} and the last day to renew it is 23 February 2014.",
        ),
        (
            Standing.SUSPENDED,
            "no label is valid on 1 January 2999: the Bronze label is suspended from 1 May 2012 on.",
        ),
        (
            Standing.WITHDRAWN,
            "no label is valid on 1 January 2999: the Bronze label is withdrawn from 1 May 2012 on.",
        ),
    ],
)
def test_an_answer_about_a_day_to_come_says_what_it_rests_on(standing: Standing, sentence: str) -> None:
    assert answer(status(held(standing), on=AHEAD)) == f"{RECORD} {sentence}"


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (THEN, "Held no label on 23 February 2013."),
        (TODAY, "Holds no label, and none is on record before today."),
    ],
)
def test_without_a_label_the_answer_says_so(on: date, sentence: str) -> None:
    assert answer(status(on=on)) == sentence


@pytest.mark.parametrize(
    ("on", "verb", "first"),
    [
        (TODAY, "also holds", "Holds the Gold label until 23 February 2013."),
        (
            THEN,
            "also held",
            "Held the Gold label on 23 February 2013; that period ran until 23 February 2013.",
        ),
    ],
)
def test_further_valid_labels_are_named_after_the_best(on: date, verb: str, first: str) -> None:
    levels = (held(Standing.VALID, level) for level in reversed(LabelLevel))
    assert answer(status(*levels, on=on)) == (
        f"{first} It {verb} the Silver label until 23 February 2013 "
        "and the Bronze label until 23 February 2013."
    )


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(TODAY, "Its Silver label is suspended."), (THEN, "Its Silver label was suspended.")],
)
def test_beside_a_valid_label_a_suspended_one_is_told(on: date, sentence: str) -> None:
    levels = (held(Standing.VALID), held(Standing.SUSPENDED, LabelLevel.SILVER))
    assert answer(status(*levels, on=on)).endswith(f". {sentence}")


def test_lower_labels_that_ended_are_left_to_the_table() -> None:
    levels = (held(Standing.VALID, LabelLevel.GOLD), held(Standing.LAPSED))
    assert answer(status(*levels)) == "Holds the Gold label until 23 February 2013."


@pytest.mark.parametrize(
    ("standing", "rest"),
    [
        (Standing.LAPSED, ". Since then it is part of others and holds no label itself."),
        (
            Standing.EXPIRED_RENEWABLE,
            "; it can be renewed until 23 February 2014. No label is valid today.",
        ),
    ],
)
def test_what_has_gone_into_others_is_not_said_to_have_been_renewable(standing: Standing, rest: str) -> None:
    gone = answers.Gone.INTO_OTHERS
    assert answers.answer(status(held(standing)), today=TODAY, since=SINCE, gone=gone) == f"{PERIOD}{rest}"


def test_what_was_entered_twice_is_not_said_to_have_ceased() -> None:
    gone = answers.Gone.ENTERED_TWICE
    assert answers.answer(status(held(Standing.LAPSED)), today=TODAY, since=SINCE, gone=gone) == (
        f"{PERIOD} under this entry. It was entered twice: what it holds since then stands under its other "
        "entry."
    )


COMING = (
    Stretch(
        level=LabelLevel.SILVER, standing=Standing.VALID, starts=date(2999, 1, 2), ends=date(3001, 1, 31)
    ),
)
BEGINS = "The Silver label begins on 2 January 2999 and runs until 31 January 3001."


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (THEN, "Held no label on 23 February 2013."),
        (TODAY, f"No label is valid today. {BEGINS}"),
        (AHEAD, f"{RECORD} no label is valid on 1 January 2999. {BEGINS}"),
    ],
)
def test_a_label_that_is_yet_to_begin_is_told_with_its_day(on: date, sentence: str) -> None:
    assert answers.answer(status(on=on), today=TODAY, since=SINCE, coming=COMING) == sentence


def test_a_further_label_that_is_yet_to_begin_is_told_after_what_holds() -> None:
    told = answers.answer(status(held(Standing.VALID)), today=TODAY, since=SINCE, coming=COMING)
    assert told == f"Holds the Bronze label until 23 February 2013. {BEGINS}"
