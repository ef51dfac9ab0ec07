"""What became of each grant: agrees with the status of its level, run by run."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import ALWAYS, act, award, chained, moment, stop, unchained
from touchstone.core.labels.grants import Fate, Grant, grants
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, Standing
from touchstone.core.labels.status import status

DAY = timedelta(days=1)
FIRST, LAST, RENEWABLE = date(2024, 1, 10), date(2026, 1, 31), date(2027, 1, 31)


def fates(*acts: Act, on: date) -> list[Fate]:
    return [one.fate for one in told(*acts, on=on)]


def told(*acts: Act, on: date) -> tuple[Grant, ...]:
    return grants(unchained(acts), on=on, known=ALWAYS)


@pytest.mark.parametrize(
    ("on", "fate"),
    [
        (FIRST - DAY, Fate.NOT_BEGUN),
        (FIRST, Fate.VALID),
        (LAST, Fate.VALID),
        (LAST + DAY, Fate.EXPIRED_RENEWABLE),
        (RENEWABLE, Fate.EXPIRED_RENEWABLE),
        (RENEWABLE + DAY, Fate.LAPSED),
    ],
)
def test_a_grant_alone_goes_through_its_days(on: date, fate: Fate) -> None:
    assert fates(act(), on=on) == [fate]


@pytest.mark.parametrize(
    ("gap", "wanted"),
    [
        (0, [Fate.RENEWED, Fate.VALID]),
        (1, [Fate.RENEWED, Fate.VALID]),
        (2, [Fate.EXPIRED_RENEWABLE, Fate.VALID]),
    ],
)
def test_a_grant_is_renewed_where_the_next_leaves_no_day_between(gap: int, wanted: list[Fate]) -> None:
    second = award(LAST + gap * DAY, date(2028, 1, 31), kind=EntryKind.RENEWAL)
    assert fates(act(), second, on=date(2026, 6, 1)) == wanted


def test_a_renewed_grant_names_the_one_that_goes_on() -> None:
    second = award(LAST + DAY, date(2028, 1, 31), kind=EntryKind.RENEWAL)
    found = told(act(), second, on=date(2026, 6, 1))
    assert [(one.number, one.renewed_by) for one in found] == [(1, 2), (2, None)]


def test_a_renewal_that_has_not_begun_renews_nothing_yet() -> None:
    second = award(LAST + DAY, date(2028, 1, 31), kind=EntryKind.RENEWAL)
    assert fates(act(), second, on=LAST) == [Fate.VALID, Fate.NOT_BEGUN]


def test_another_level_renews_nothing() -> None:
    gold = award(LAST + DAY, date(2028, 1, 31), kind=EntryKind.UPGRADE, level=LabelLevel.GOLD)
    assert fates(act(), gold, on=date(2026, 6, 1)) == [Fate.EXPIRED_RENEWABLE, Fate.VALID]


def test_a_withdrawn_renewal_renews_nothing() -> None:
    second = award(LAST + DAY, date(2028, 1, 31), kind=EntryKind.RENEWAL, recorded=moment("2026-01-15"))
    taken = stop(EntryKind.WITHDRAWAL, date(2026, 3, 1))
    assert fates(act(), second, taken, on=date(2026, 6, 1)) == [Fate.WITHDRAWN, Fate.WITHDRAWN]


def test_a_label_granted_after_a_withdrawal_stands() -> None:
    taken = stop(EntryKind.WITHDRAWAL, date(2025, 3, 1))
    anew = award(date(2025, 6, 1), date(2027, 6, 30))
    assert fates(act(), taken, anew, on=date(2026, 6, 1)) == [Fate.WITHDRAWN, Fate.VALID]


def test_a_suspension_of_what_came_before_holds_for_the_whole_run() -> None:
    set_aside = stop(EntryKind.SUSPENSION, date(2025, 3, 1))
    second = award(LAST + DAY, date(2028, 1, 31), kind=EntryKind.RENEWAL)
    assert fates(act(), set_aside, second, on=date(2026, 6, 1)) == [Fate.RENEWED, Fate.SUSPENDED]


def test_a_rename_changes_no_grant() -> None:
    renamed = act(EntryKind.RENAME, name="Another Valley", effective=date(2025, 1, 1))
    assert fates(act(), renamed, on=date(2025, 6, 1)) == [Fate.VALID]


def test_a_grant_that_the_end_of_the_organisation_leaves_no_day_is_void() -> None:
    second = award(LAST + DAY, date(2028, 1, 31), kind=EntryKind.RENEWAL, recorded=moment("2025-12-15"))
    merged = act(
        EntryKind.MERGER, others=("pl-other",), effective=date(2025, 3, 1), recorded=moment("2026-02-01")
    )
    assert fates(act(), second, merged, on=date(2026, 6, 1)) == [Fate.LAPSED, Fate.VOID]


def test_a_correction_gives_the_dates_and_is_named() -> None:
    mended = act(EntryKind.CORRECTION, corrects=1, level=LabelLevel.BRONZE, valid_until=date(2025, 1, 31))
    found = told(act(), mended, on=date(2025, 6, 1))
    assert [(one.act.valid_until, one.corrected_by, one.fate) for one in found] == [
        (date(2025, 1, 31), (2,), Fate.EXPIRED_RENEWABLE)
    ]


def test_what_was_recorded_later_is_not_known_yet() -> None:
    entries = chained(act(), stop(EntryKind.WITHDRAWAL, date(2025, 3, 1)))
    found = grants(entries, on=date(2025, 6, 1), known=moment("2025-02-01"))
    assert [one.fate for one in found] == [Fate.VALID]


def test_without_a_grant_there_is_none() -> None:
    assert told(stop(EntryKind.WITHDRAWAL, FIRST), on=FIRST) == ()


days = st.dates(date(2020, 1, 1), date(2024, 12, 31))
periods = st.builds(
    lambda start, length, level: award(start, start + timedelta(days=length), level=level),
    days,
    st.integers(0, 500),
    st.sampled_from([LabelLevel.BRONZE, LabelLevel.GOLD]),
)
stops = st.builds(
    stop,
    st.sampled_from([EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL]),
    days,
    level=st.sampled_from([None, LabelLevel.BRONZE]),
)


@given(st.lists(st.one_of(periods, stops), max_size=6), days)
def test_the_newest_standing_grant_of_a_level_stands_as_the_level_does(acts: list[Act], on: date) -> None:
    entries = unchained(acts)
    of_level = (
        {
            level.level: level.standing
            for level in status(entries, acts[0].organisation, on=on, known=ALWAYS).levels
        }
        if acts
        else {}
    )
    found = grants(entries, on=on, known=ALWAYS)
    for level, standing in of_level.items():
        own = [one for one in found if one.act.level is level and one.fate is not Fate.NOT_BEGUN]
        alive = [one for one in own if one.fate not in (Fate.WITHDRAWN, Fate.RENEWED)]
        if standing is Standing.WITHDRAWN:
            assert {one.fate for one in own} == {Fate.WITHDRAWN}
        else:
            newest = max(alive, key=lambda one: (one.act.valid_from or date.min, one.number))
            assert newest.fate == standing.value


@given(st.lists(periods, max_size=6), days)
def test_every_grant_has_one_row_in_the_order_of_numbers(acts: list[Act], on: date) -> None:
    entries: tuple[Entry, ...] = unchained(acts)
    assert [one.number for one in grants(entries, on=on, known=ALWAYS)] == [entry.number for entry in entries]
