from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import BY_DAY, BY_MONTH
from touchstone.core.labels.validity import Period, add_months, month_end, period, renewable_until, start_of
from touchstone.core.scheme.model import Validity

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
RULES = st.builds(
    Validity,
    end=st.sampled_from(["day", "month"]),
    first_months=st.integers(1, 60),
    renewal_months=st.integers(1, 60),
    renewal_from=st.sampled_from(["interview", "previous_end"]),
    grace_months=st.integers(0, 24),
)


def first(rules: Validity, interviewed_on: date) -> Period:
    return period(rules, interviewed_on=interviewed_on, previous_end=None)


def test_by_day_a_first_label_runs_to_the_same_day_two_years_on() -> None:
    assert first(BY_DAY, date(2011, 2, 23)) == Period(
        valid_from=date(2011, 2, 23),
        valid_until=date(2013, 2, 23),
        renewable_until=date(2014, 2, 23),
        renewal=False,
    )


def test_by_month_a_first_label_runs_to_the_end_of_the_month_two_years_on() -> None:
    assert first(BY_MONTH, date(2018, 12, 3)) == Period(
        valid_from=date(2018, 12, 3),
        valid_until=date(2020, 12, 31),
        renewable_until=date(2021, 12, 31),
        renewal=False,
    )


def test_a_certificate_of_december_2018_renewed_once_runs_to_the_end_of_2023() -> None:
    end = first(BY_MONTH, date(2018, 12, 3)).valid_until
    renewed = period(BY_MONTH, interviewed_on=date(2021, 5, 20), previous_end=end)
    assert (renewed.valid_from, renewed.valid_until, renewed.renewal) == (
        date(2021, 1, 1),
        date(2023, 12, 31),
        True,
    )


def test_by_day_a_renewal_runs_two_years_from_its_interview_and_closes_the_gap() -> None:
    renewed = period(BY_DAY, interviewed_on=date(2013, 10, 1), previous_end=date(2013, 2, 23))
    assert (renewed.valid_from, renewed.valid_until) == (date(2013, 2, 24), date(2015, 10, 1))


def test_by_day_a_renewal_before_the_end_overlaps_the_period_before() -> None:
    renewed = period(BY_DAY, interviewed_on=date(2013, 1, 5), previous_end=date(2013, 2, 23))
    assert (renewed.valid_from, renewed.valid_until) == (date(2013, 1, 5), date(2015, 1, 5))


def test_by_month_a_renewal_before_the_end_still_counts_from_the_end() -> None:
    renewed = period(BY_MONTH, interviewed_on=date(2020, 6, 1), previous_end=date(2020, 12, 31))
    assert (renewed.valid_from, renewed.valid_until) == (date(2021, 1, 1), date(2023, 12, 31))


def test_the_last_day_of_grace_renews_and_the_day_after_is_a_first() -> None:
    last = period(BY_MONTH, interviewed_on=date(2021, 12, 31), previous_end=date(2020, 12, 31))
    late = period(BY_MONTH, interviewed_on=date(2022, 1, 1), previous_end=date(2020, 12, 31))
    assert (last.renewal, late.renewal) == (True, False)
    assert (late.valid_from, late.valid_until) == (date(2022, 1, 1), date(2024, 1, 31))


def test_a_period_that_ended_to_the_day_is_renewed_to_the_end_of_a_month_by_later_rules() -> None:
    renewed = period(BY_MONTH, interviewed_on=date(2020, 3, 2), previous_end=date(2020, 2, 14))
    assert (renewed.valid_from, renewed.valid_until) == (date(2020, 2, 15), date(2023, 2, 28))


def test_month_ends_stay_month_ends_over_leap_years() -> None:
    renewed = period(BY_MONTH, interviewed_on=date(2021, 3, 1), previous_end=date(2021, 2, 28))
    assert renewed.valid_until == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2012, 2, 29), 24, date(2014, 2, 28)),
        (date(2012, 2, 29), 48, date(2016, 2, 29)),
        (date(2013, 1, 31), 1, date(2013, 2, 28)),
        (date(2013, 3, 31), -1, date(2013, 2, 28)),
        (date(2013, 1, 15), -1, date(2012, 12, 15)),
        (date(2013, 12, 15), 1, date(2014, 1, 15)),
    ],
)
def test_months_are_added_and_a_shorter_month_gives_its_last_day(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize("months", [-12, 12 * 9999])
def test_outside_the_calendar_there_is_no_day(months: int) -> None:
    with pytest.raises(OverflowError):
        add_months(date(1, 1, 1), months)


def test_the_start_is_derived_from_the_end() -> None:
    assert start_of(BY_DAY, valid_until=date(2013, 2, 23)) == date(2011, 2, 23)
    assert start_of(BY_MONTH, valid_until=date(2020, 12, 31)) == date(2018, 12, 1)


def test_the_renewable_day_is_the_same_day_or_the_end_of_the_month() -> None:
    assert renewable_until(BY_DAY, valid_until=date(2013, 2, 23)) == date(2014, 2, 23)
    assert renewable_until(BY_MONTH, valid_until=date(2023, 2, 28)) == date(2024, 2, 29)


@given(RULES, DAYS, st.none() | DAYS)
def test_a_period_is_in_order_whatever_the_rules(
    rules: Validity, interviewed_on: date, previous_end: date | None
) -> None:
    made = period(rules, interviewed_on=interviewed_on, previous_end=previous_end)
    assert made.valid_from <= made.valid_until <= made.renewable_until


@given(RULES, DAYS, DAYS)
def test_a_renewal_leaves_no_day_between(rules: Validity, interviewed_on: date, previous_end: date) -> None:
    made = period(rules, interviewed_on=interviewed_on, previous_end=previous_end)
    in_time = interviewed_on <= renewable_until(rules, valid_until=previous_end)
    assert made.renewal == in_time
    if made.renewal:
        assert made.valid_from <= previous_end + timedelta(days=1)
    else:
        assert made.valid_from == interviewed_on


@given(RULES, DAYS, DAYS)
def test_counted_from_the_end_the_day_of_the_interview_does_not_matter(
    rules: Validity, interviewed_on: date, previous_end: date
) -> None:
    rules = replace(rules, renewal_from="previous_end")
    made = period(rules, interviewed_on=min(interviewed_on, previous_end), previous_end=previous_end)
    assert made == period(rules, interviewed_on=previous_end, previous_end=previous_end)


@given(RULES, DAYS, st.none() | DAYS)
def test_by_month_every_period_ends_with_a_month(
    rules: Validity, interviewed_on: date, previous_end: date | None
) -> None:
    made = period(replace(rules, end="month"), interviewed_on=interviewed_on, previous_end=previous_end)
    ends = [made.valid_until, made.renewable_until]
    assert [monthrange(end.year, end.month)[1] for end in ends] == [end.day for end in ends]


@given(RULES, DAYS)
def test_a_derived_start_gives_the_end_that_it_was_derived_from(rules: Validity, valid_until: date) -> None:
    by_month = rules.end == "month"
    end = month_end(valid_until) if by_month else valid_until.replace(day=min(valid_until.day, 28))
    start = start_of(rules, valid_until=end)
    assert first(rules, start).valid_until == end
