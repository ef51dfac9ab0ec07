from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.labels import ALWAYS, BY_DAY, BY_MONTH, act, award, chained, moment, stop, unchained
from factories.slow_status import slow_levels
from factories.small_scheme import small_rules
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, LevelStatus, Standing, Status
from touchstone.core.labels.status import status
from touchstone.core.labels.validity import period

KEY = "pl-aviation-valley"
BRONZE, SILVER, GOLD = LabelLevel
VALID, EXPIRED, LAPSED, SUSPENDED, WITHDRAWN, NEVER = Standing

FIRST = award(date(2018, 12, 3), date(2020, 12, 31), renewable_until=date(2021, 12, 31))
RENEWAL = award(
    date(2021, 1, 1),
    date(2023, 12, 31),
    kind=EntryKind.RENEWAL,
    recorded=moment("2021-06-01"),
    renewable_until=date(2024, 12, 31),
)


def on(day: date, *acts: Act, known: datetime = ALWAYS) -> Status:
    return status(chained(*acts), KEY, on=day, known=known)


def standing(day: date, *acts: Act, known: datetime = ALWAYS) -> Standing:
    return on(day, *acts, known=known).standing


def test_a_label_imported_with_its_last_day_stands_as_its_rules_say() -> None:
    label = award(date(2011, 2, 23), date(2013, 2, 23), renewable_until=date(2014, 2, 23))
    days = ["2011-02-22", "2011-02-23", "2013-02-23", "2013-02-24", "2014-02-23", "2014-02-24"]
    assert [standing(date.fromisoformat(day), label) for day in days] == [
        NEVER, VALID, VALID, EXPIRED, EXPIRED, LAPSED,
    ]  # fmt: skip


def test_the_answer_carries_dates_and_both_questions() -> None:
    level = LevelStatus(
        level=BRONZE,
        standing=VALID,
        valid_from=date(2018, 12, 3),
        valid_until=date(2020, 12, 31),
        renewable_until=date(2021, 12, 31),
    )
    assert on(date(2019, 1, 1), FIRST) == Status(
        organisation=KEY,
        standing=VALID,
        level=BRONZE,
        valid_from=date(2018, 12, 3),
        valid_until=date(2020, 12, 31),
        renewable_until=date(2021, 12, 31),
        on=date(2019, 1, 1),
        known=ALWAYS,
        levels=(level,),
    )


def test_without_a_label_there_is_no_level_and_no_date() -> None:
    assert status([], KEY, on=date(2019, 1, 1), known=ALWAYS) == Status(
        organisation=KEY,
        standing=NEVER,
        level=None,
        valid_from=None,
        valid_until=None,
        renewable_until=None,
        on=date(2019, 1, 1),
        known=ALWAYS,
        levels=(),
    )


def test_another_organisations_label_is_not_ones_own() -> None:
    assert standing(date(2019, 1, 1), replace(FIRST, organisation="pl-another")) is NEVER


def test_a_renewal_in_the_year_of_grace_makes_the_gap_valid_afterwards() -> None:
    in_the_gap = date(2021, 3, 1)
    assert standing(in_the_gap, FIRST, RENEWAL) is VALID


def test_as_known_before_the_renewal_was_recorded_the_gap_was_not_valid() -> None:
    in_the_gap = date(2021, 3, 1)
    before, after = moment("2021-05-31T23:59:59"), moment("2021-06-01")
    assert [standing(in_the_gap, FIRST, RENEWAL, known=known) for known in (before, after)] == [
        EXPIRED,
        VALID,
    ]


def test_a_renewed_label_runs_from_its_first_day_to_its_last() -> None:
    answer = on(date(2022, 1, 1), FIRST, RENEWAL)
    assert (answer.valid_from, answer.valid_until, answer.renewable_until) == (
        date(2018, 12, 3),
        date(2023, 12, 31),
        date(2024, 12, 31),
    )


def test_an_early_renewal_shows_the_new_end_at_once() -> None:
    early = replace(RENEWAL, recorded=moment("2020-10-01"))
    assert on(date(2020, 11, 1), FIRST, early).valid_until == date(2023, 12, 31)


def test_a_label_taken_anew_after_it_lapsed_is_a_run_of_its_own() -> None:
    anew = award(date(2022, 5, 2), date(2024, 5, 31))
    assert standing(date(2022, 5, 1), FIRST, anew) is LAPSED
    assert on(date(2022, 5, 2), FIRST, anew).valid_from == date(2022, 5, 2)


def test_the_renewal_rules_and_the_status_agree_to_the_day() -> None:
    first = period(BY_MONTH, interviewed_on=date(2018, 12, 3), previous_end=None)
    second = period(BY_MONTH, interviewed_on=date(2021, 12, 31), previous_end=first.valid_until)
    acts = [
        award(one.valid_from, one.valid_until, renewable_until=one.renewable_until) for one in (first, second)
    ]
    days = [date(2018, 12, 2), date(2018, 12, 3), date(2021, 6, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [standing(day, *acts) for day in days] == [NEVER, VALID, VALID, VALID, EXPIRED]


def test_a_suspension_holds_from_its_day_until_the_day_of_reinstatement() -> None:
    acts = (
        FIRST,
        stop(EntryKind.SUSPENSION, date(2019, 3, 1)),
        stop(EntryKind.REINSTATEMENT, date(2019, 6, 1)),
    )
    days = [date(2019, 2, 28), date(2019, 3, 1), date(2019, 5, 31), date(2019, 6, 1)]
    assert [standing(day, *acts) for day in days] == [VALID, SUSPENDED, SUSPENDED, VALID]


def test_a_suspension_outlasts_the_period_but_not_the_time_of_grace() -> None:
    acts = (FIRST, stop(EntryKind.SUSPENSION, date(2019, 3, 1)))
    days = [date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1)]
    assert [standing(day, *acts) for day in days] == [SUSPENDED, SUSPENDED, LAPSED]


def test_a_renewal_does_not_lift_a_suspension() -> None:
    assert (
        standing(date(2022, 1, 1), FIRST, stop(EntryKind.SUSPENSION, date(2019, 3, 1)), RENEWAL) is SUSPENDED
    )


def test_a_label_taken_anew_is_not_under_an_old_suspension() -> None:
    anew = award(date(2022, 5, 2), date(2024, 5, 31))
    assert standing(date(2023, 1, 1), FIRST, stop(EntryKind.SUSPENSION, date(2019, 3, 1)), anew) is VALID


def test_a_suspension_recorded_late_counts_from_its_day_for_who_asks_later() -> None:
    late = stop(EntryKind.SUSPENSION, date(2019, 3, 1), recorded=moment("2019-05-01"))
    asked = [moment("2019-04-01"), moment("2019-06-01")]
    assert [standing(date(2019, 3, 15), FIRST, late, known=known) for known in asked] == [VALID, SUSPENDED]


def test_a_withdrawal_ends_the_level_for_good() -> None:
    acts = (
        FIRST,
        stop(EntryKind.WITHDRAWAL, date(2019, 3, 1)),
        stop(EntryKind.REINSTATEMENT, date(2019, 4, 1)),
    )
    days = [date(2019, 2, 28), date(2019, 3, 1), date(2019, 5, 1), date(2030, 1, 1)]
    assert [standing(day, *acts) for day in days] == [VALID, WITHDRAWN, WITHDRAWN, WITHDRAWN]


def test_a_withdrawal_takes_a_renewal_that_has_not_begun_with_it() -> None:
    early = replace(RENEWAL, recorded=moment("2020-10-01"))
    withdrawal = stop(EntryKind.WITHDRAWAL, date(2020, 11, 1))
    assert standing(date(2022, 1, 1), FIRST, early, withdrawal) is WITHDRAWN


def test_after_a_withdrawal_only_a_new_award_counts() -> None:
    anew = award(date(2019, 9, 1), date(2021, 9, 30))
    acts = (FIRST, stop(EntryKind.WITHDRAWAL, date(2019, 3, 1)), anew)
    days = [date(2019, 8, 31), date(2019, 9, 1), date(2022, 12, 31)]
    assert [standing(day, *acts) for day in days] == [WITHDRAWN, VALID, LAPSED]


def test_an_old_label_entered_after_a_withdrawal_does_not_undo_it() -> None:
    old = award(date(2018, 1, 1), date(2021, 1, 31), recorded=moment("2019-04-01"))
    acts = (FIRST, stop(EntryKind.WITHDRAWAL, date(2019, 3, 1)), old)
    assert [standing(day, *acts) for day in (date(2018, 6, 1), date(2019, 5, 1))] == [VALID, WITHDRAWN]


def test_a_suspension_of_one_level_leaves_the_others_alone() -> None:
    gold = award(date(2019, 1, 10), date(2021, 1, 31), kind=EntryKind.UPGRADE, level=GOLD)
    suspended = stop(EntryKind.SUSPENSION, date(2019, 3, 1), level=GOLD)
    answer = on(date(2019, 4, 1), FIRST, gold, suspended)
    assert [(one.level, one.standing) for one in answer.levels] == [(BRONZE, VALID), (GOLD, SUSPENDED)]
    assert (answer.level, answer.standing) == (BRONZE, VALID)


def test_a_stop_without_a_level_is_of_every_level() -> None:
    gold = award(date(2019, 1, 10), date(2021, 1, 31), level=GOLD)
    answer = on(date(2019, 4, 1), FIRST, gold, stop(EntryKind.SUSPENSION, date(2019, 3, 1)))
    assert [one.standing for one in answer.levels] == [SUSPENDED, SUSPENDED]


def test_of_two_valid_levels_the_higher_one_is_the_headline() -> None:
    silver = award(date(2019, 1, 10), date(2021, 1, 31), kind=EntryKind.UPGRADE, level=SILVER)
    answer = on(date(2019, 4, 1), FIRST, silver)
    assert [one.level for one in answer.levels] == [SILVER, BRONZE]
    assert (answer.level, answer.valid_until) == (SILVER, date(2021, 1, 31))


@pytest.mark.parametrize(
    ("bronze", "gold", "headline"),
    [
        ("valid", "expired_renewable", BRONZE),
        ("valid", "suspended", BRONZE),
        ("valid", "withdrawn", BRONZE),
        ("valid", "lapsed", BRONZE),
        ("valid", "valid", GOLD),
        ("expired_renewable", "suspended", BRONZE),
        ("expired_renewable", "lapsed", BRONZE),
        ("suspended", "withdrawn", BRONZE),
        ("suspended", "lapsed", BRONZE),
        ("withdrawn", "lapsed", BRONZE),
        ("lapsed", "lapsed", GOLD),
        ("lapsed", "withdrawn", GOLD),
        ("never", "lapsed", GOLD),
    ],
)
def test_the_headline_follows_the_table(bronze: str, gold: str, headline: LabelLevel) -> None:
    acts = [*_in_state(BRONZE, bronze), *_in_state(GOLD, gold)]
    answer = status(unchained(acts), KEY, on=date(2025, 6, 1), known=ALWAYS)
    assert {one.level: one.standing.value for one in answer.levels} == {
        level: state for level, state in ((BRONZE, bronze), (GOLD, gold)) if state != "never"
    }
    assert answer.level is headline


def _in_state(level: LabelLevel, state: str) -> Iterable[Act]:
    """Acts that leave a level in a state on the first of June 2025."""
    end = {"expired_renewable": date(2025, 1, 31), "lapsed": date(2024, 1, 31)}.get(state, date(2026, 1, 31))
    if state != "never":
        yield award(date(2023, 1, 10), end, level=level)
    if state == "suspended":
        yield stop(EntryKind.SUSPENSION, date(2025, 5, 1), level=level)
    if state == "withdrawn":
        yield stop(EntryKind.WITHDRAWAL, date(2025, 5, 1), level=level)


def test_a_correction_counts_from_the_moment_it_was_recorded() -> None:
    corrected = act(
        EntryKind.CORRECTION, corrects=1, valid_until=date(2020, 12, 3), recorded=moment("2021-02-01")
    )
    asked = [moment("2021-01-31"), moment("2021-02-01")]
    assert [standing(date(2020, 12, 31), FIRST, corrected, known=known) for known in asked] == [
        VALID,
        EXPIRED,
    ]


def test_a_period_corrected_to_end_before_it_begins_holds_no_day() -> None:
    emptied = act(
        EntryKind.CORRECTION, corrects=1, valid_until=date(2018, 12, 2), recorded=moment("2019-02-01")
    )
    assert standing(date(2019, 6, 1), FIRST, emptied) is NEVER


def test_a_rename_changes_no_status() -> None:
    rename = act(EntryKind.RENAME, name="Aviation Hill", recorded=moment("2019-02-01"))
    assert on(date(2019, 6, 1), FIRST, rename).levels == on(date(2019, 6, 1), FIRST).levels


def test_where_an_entry_gives_no_renewable_day_its_rule_set_does() -> None:
    silent = replace(FIRST, renewable_until=None, rule_set="2011")
    rule_sets = {"2011": small_rules(id="2011", validity=BY_DAY)}
    answers = [
        status(chained(silent), KEY, on=date(2021, 12, 31), known=ALWAYS, rule_sets=known)
        for known in (rule_sets, {}, None)
    ]
    assert [answer.standing for answer in answers] == [EXPIRED, LAPSED, LAPSED]
    assert [answer.renewable_until for answer in answers] == [
        date(2021, 12, 31),
        date(2020, 12, 31),
        date(2020, 12, 31),
    ]


def test_the_order_in_which_entries_come_does_not_matter() -> None:
    entries = chained(FIRST, stop(EntryKind.SUSPENSION, date(2019, 3, 1)), RENEWAL)
    answers = [
        status(order, KEY, on=date(2022, 1, 1), known=ALWAYS) for order in (entries, reversed(entries))
    ]
    assert answers[0] == answers[1]


def test_a_long_history_is_one_run() -> None:
    ends = list(
        accumulate([36] * 500, lambda end, months: end + timedelta(days=months), initial=date(2000, 1, 1))
    )
    acts = [award(ends[0], ends[0])]
    acts += [award(start + timedelta(days=1), end) for start, end in pairwise(ends)]
    answer = status(unchained(acts), KEY, on=date(2020, 1, 1), known=ALWAYS)
    assert (answer.valid_from, answer.valid_until) == (ends[0], ends[-1])


BEGIN = date(2020, 1, 1)
DAYS = st.integers(0, 40).map(lambda number: BEGIN + timedelta(days=number))
LEVELS = st.sampled_from([BRONZE, GOLD])
GRANTS = st.builds(
    lambda kind, level, start, length, grace: award(
        start,
        start + timedelta(days=length),
        kind=kind,
        level=level,
        renewable_until=None if grace is None else start + timedelta(days=length + grace),
    ),
    st.sampled_from([EntryKind.AWARD, EntryKind.RENEWAL, EntryKind.UPGRADE]),
    LEVELS,
    DAYS,
    st.integers(0, 15),
    st.none() | st.integers(0, 10),
)
STOPS = st.builds(
    lambda kind, level, effective: act(kind, level=level, effective=effective),
    st.sampled_from([EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL, EntryKind.RENAME]),
    st.none() | LEVELS,
    DAYS,
)
CORRECTIONS = st.builds(
    lambda corrects, level, effective, start, end: act(
        EntryKind.CORRECTION,
        corrects=corrects,
        level=level,
        effective=effective,
        valid_from=start,
        valid_until=end,
    ),
    st.integers(1, 8),
    st.none() | LEVELS,
    DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Entry, ...]:
    acts = draw(st.lists(GRANTS | STOPS | CORRECTIONS, max_size=8))
    waits = draw(st.lists(st.integers(0, 10), min_size=len(acts), max_size=len(acts)))
    recorded = accumulate(waits, initial=0)
    return unchained(
        replace(one, recorded=moment("2020-01-01") + timedelta(days=day))
        for one, day in zip(acts, recorded, strict=False)
    )


@settings(max_examples=300, deadline=None)
@given(ledgers(), st.integers(-2, 70), st.integers(0, 90))
def test_the_status_is_what_living_through_the_days_gives(
    entries: tuple[Entry, ...], day: int, known: int
) -> None:
    asked, moment_known = BEGIN + timedelta(days=day), moment("2020-01-01") + timedelta(days=known)
    answer = status(entries, KEY, on=asked, known=moment_known)
    assert list(answer.levels) == slow_levels(entries, on=asked, known=moment_known)


@given(ledgers(), st.integers(-2, 70), st.integers(0, 90))
def test_the_headline_is_the_first_of_the_levels(entries: tuple[Entry, ...], day: int, known: int) -> None:
    asked, moment_known = BEGIN + timedelta(days=day), moment("2020-01-01") + timedelta(days=known)
    answer = status(entries, KEY, on=asked, known=moment_known)
    headline = (answer.level, answer.standing, answer.valid_from, answer.valid_until, answer.renewable_until)
    first = next(iter(answer.levels), None)
    assert headline == (
        (first.level, first.standing, first.valid_from, first.valid_until, first.renewable_until)
        if first
        else (None, NEVER, None, None, None)
    )


@given(ledgers(), st.integers(-2, 70), st.integers(0, 90))
def test_what_is_recorded_later_does_not_change_what_was_known(
    entries: tuple[Entry, ...], day: int, known: int
) -> None:
    asked, moment_known = BEGIN + timedelta(days=day), moment("2020-01-01") + timedelta(days=known)
    by_then = [entry for entry in entries if entry.act.recorded <= moment_known]
    assert status(entries, KEY, on=asked, known=moment_known) == status(
        by_then, KEY, on=asked, known=moment_known
    )
