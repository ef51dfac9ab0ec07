from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.labels import ALWAYS, BY_DAY, BY_MONTH, act, award, chained, moment, stop, unchained
from factories.lives import BEGIN, KEY, ledgers
from factories.slow_status import slow_levels, slow_successors
from factories.small_scheme import small_rules
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, LevelStatus, Standing, Status
from touchstone.core.labels.status import status
from touchstone.core.labels.validity import period

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


def test_another_host_changes_no_status() -> None:
    host = act(EntryKind.HOST, host="University", recorded=moment("2019-02-01"))
    assert on(date(2019, 6, 1), FIRST, host).levels == on(date(2019, 6, 1), FIRST).levels


class TestMergersAndSplits:
    MERGER = act(
        EntryKind.MERGER, others=("pl-sky-valley",), effective=date(2019, 7, 1), recorded=moment("2019-06-10")
    )
    DAYS = (date(2019, 6, 30), date(2019, 7, 1), date(2021, 6, 1))

    def standings(self, *acts: Act) -> list[Standing]:
        return [standing(day, *acts) for day in self.DAYS]

    def test_the_labels_of_an_organisation_that_merged_end_the_day_before_and_are_not_renewable(self) -> None:
        assert self.standings(FIRST, self.MERGER) == [VALID, LAPSED, LAPSED]
        assert [on(day, FIRST, self.MERGER).valid_until for day in self.DAYS] == [date(2019, 6, 30)] * 3
        assert on(self.DAYS[0], FIRST, self.MERGER).renewable_until == date(2019, 6, 30)

    def test_before_the_merger_was_recorded_nobody_knew_of_it(self) -> None:
        known = moment("2019-06-09")
        assert on(self.DAYS[1], FIRST, self.MERGER, known=known).levels == on(self.DAYS[1], FIRST).levels
        assert on(self.DAYS[1], FIRST, self.MERGER, known=known).successors == ()

    def test_a_split_into_others_ends_the_labels_too(self) -> None:
        split = replace(self.MERGER, kind=EntryKind.SPLIT, others=("pl-sky", "pl-valley"))
        assert self.standings(FIRST, split) == [VALID, LAPSED, LAPSED]
        assert on(self.DAYS[1], FIRST, split).successors == ("pl-sky", "pl-valley")

    @pytest.mark.parametrize("kind", [EntryKind.MERGER, EntryKind.SPLIT])
    def test_who_goes_on_keeps_its_labels(self, kind: EntryKind) -> None:
        goes_on = replace(self.MERGER, kind=kind, others=(KEY, "pl-sky"))
        assert self.standings(FIRST, goes_on) == [VALID, VALID, EXPIRED]
        assert [on(day, FIRST, goes_on).successors for day in self.DAYS] == [(), ("pl-sky",), ("pl-sky",)]

    def test_a_label_in_its_year_of_grace_is_no_longer_renewable_after_the_merger(self) -> None:
        late = replace(self.MERGER, effective=date(2021, 3, 1), recorded=moment("2021-03-01"))
        days = [date(2021, 2, 28), date(2021, 3, 1)]
        assert [standing(day, FIRST, late) for day in days] == [EXPIRED, LAPSED]
        assert on(days[0], FIRST, late).valid_until == date(2020, 12, 31)

    def test_a_renewal_that_would_begin_after_the_merger_holds_no_day(self) -> None:
        early = replace(RENEWAL, recorded=moment("2019-06-01"))
        assert standing(date(2022, 1, 1), FIRST, early, self.MERGER) is LAPSED
        assert on(date(2019, 6, 1), FIRST, early, self.MERGER).valid_until == date(2019, 6, 30)

    def test_a_label_that_would_only_begin_after_the_merger_never_was(self) -> None:
        ahead = award(date(2019, 9, 1), date(2021, 9, 30), recorded=moment("2019-06-01"))
        assert standing(date(2019, 10, 1), ahead, self.MERGER) is NEVER

    def test_a_label_awarded_after_the_merger_stands(self) -> None:
        anew = award(date(2019, 9, 1), date(2021, 9, 30))
        days = [date(2019, 8, 31), date(2019, 9, 1)]
        assert [standing(day, FIRST, self.MERGER, anew) for day in days] == [LAPSED, VALID]

    def test_a_suspended_label_lapses_and_a_withdrawn_one_stays_withdrawn(self) -> None:
        suspended, withdrawn = (
            stop(kind, date(2019, 5, 1)) for kind in (EntryKind.SUSPENSION, EntryKind.WITHDRAWAL)
        )
        assert self.standings(FIRST, suspended, self.MERGER) == [SUSPENDED, LAPSED, LAPSED]
        assert self.standings(FIRST, withdrawn, self.MERGER) == [WITHDRAWN] * 3

    @pytest.mark.parametrize(
        ("state", "after"),
        [("valid", LAPSED), ("expired_renewable", LAPSED), ("suspended", LAPSED), ("withdrawn", WITHDRAWN),
         ("lapsed", LAPSED)],
    )  # fmt: skip
    def test_the_day_before_and_the_day_itself_stand_as_the_manual_says(
        self, state: str, after: Standing
    ) -> None:
        merger = replace(self.MERGER, effective=date(2025, 6, 2))
        entries = unchained([*_in_state(GOLD, state), merger])
        days = (date(2025, 6, 1), date(2025, 6, 2))
        found = [status(entries, KEY, on=day, known=ALWAYS).standing for day in days]
        assert found == [Standing(state), after]

    def test_every_level_ends(self) -> None:
        gold = award(date(2019, 1, 10), date(2021, 1, 31), level=GOLD)
        answer = on(self.DAYS[1], FIRST, gold, self.MERGER)
        assert [(one.level, one.standing) for one in answer.levels] == [(GOLD, LAPSED), (BRONZE, LAPSED)]

    def test_a_correction_moves_the_merger_names_another_successor_or_undoes_it(self) -> None:
        moved = act(
            EntryKind.CORRECTION, corrects=2, effective=date(2019, 8, 1), recorded=moment("2019-07-02")
        )
        other = replace(moved, effective=date(2019, 7, 1), others=("pl-hill",))
        undone = replace(other, others=(KEY,))
        assert self.standings(FIRST, self.MERGER, moved) == [VALID, VALID, LAPSED]
        assert on(self.DAYS[1], FIRST, self.MERGER, other).successors == ("pl-hill",)
        assert self.standings(FIRST, self.MERGER, undone) == [VALID, VALID, EXPIRED]
        assert on(self.DAYS[1], FIRST, self.MERGER, undone).successors == ()

    def test_successors_come_in_the_order_in_which_they_came_to_be(self) -> None:
        later = replace(self.MERGER, effective=date(2020, 2, 1), others=("pl-last", "pl-sky"))
        first = replace(self.MERGER, kind=EntryKind.SPLIT, others=(KEY, "pl-sky"))
        assert on(date(2020, 2, 1), FIRST, later, first).successors == ("pl-sky", "pl-last")

    def test_who_never_held_a_label_has_successors_too(self) -> None:
        answer = on(self.DAYS[1], self.MERGER)
        assert (answer.standing, answer.successors) == (NEVER, ("pl-sky-valley",))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date.min, NEVER), (date(2009, 12, 31), NEVER), (date(2999, 1, 1), LAPSED), (date.max, LAPSED)],
)
def test_days_far_away_have_right_answers(day: date, expected: Standing) -> None:
    last = act(EntryKind.MERGER, others=("pl-other",), effective=date.max)
    assert standing(day, FIRST) is expected
    assert standing(day, FIRST, last) is expected
    assert standing(day, FIRST, replace(last, effective=date.min)) is NEVER


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


def test_a_time_of_grace_beyond_the_calendar_ends_with_it() -> None:
    silent = replace(FIRST, valid_until=date(9999, 6, 30), renewable_until=None, rule_set="2011")
    rule_sets = {"2011": small_rules(id="2011", validity=BY_DAY)}
    answer = status(chained(silent), KEY, on=date.max, known=ALWAYS, rule_sets=rule_sets)
    assert (answer.standing, answer.renewable_until) == (EXPIRED, date.max)


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


@settings(max_examples=300, deadline=None)
@given(ledgers(), st.integers(-2, 70), st.integers(0, 90))
def test_the_status_is_what_living_through_the_days_gives(
    entries: tuple[Entry, ...], day: int, known: int
) -> None:
    asked, moment_known = BEGIN + timedelta(days=day), moment("2020-01-01") + timedelta(days=known)
    answer = status(entries, KEY, on=asked, known=moment_known)
    assert list(answer.levels) == slow_levels(entries, on=asked, known=moment_known)
    assert list(answer.successors) == slow_successors(entries, on=asked, known=moment_known)


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
