from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.labels import ALWAYS, BY_DAY, act, award, moment, stop, unchained
from factories.lives import BEGIN, KEY, ledgers
from factories.small_scheme import small_rules
from touchstone.core.labels.known import as_known, described, known_entries, told
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, Standing
from touchstone.core.labels.spans import LAST_DAY, Span, spans
from touchstone.core.labels.status import status

FIRST = award(date(2018, 12, 3), date(2020, 12, 31), renewable_until=date(2021, 12, 31))


def stretches(*acts: Act) -> tuple[Span, ...]:
    return spans(as_known(unchained(acts)), KEY)


def days(*acts: Act) -> list[tuple[str, str, str]]:
    """First and last day of each stretch, and how the headline stands in it."""
    return [
        (span.starts.isoformat(), span.ends.isoformat(), span.told.levels[0].status.standing.value)
        for span in stretches(*acts)
    ]


def test_a_label_is_valid_then_renewable_and_then_lapsed_for_ever() -> None:
    assert days(FIRST) == [
        ("2018-12-03", "2020-12-31", "valid"),
        ("2021-01-01", "2021-12-31", "expired_renewable"),
        ("2022-01-01", "9999-12-31", "lapsed"),
    ]


def test_a_seamless_renewal_makes_no_new_stretch() -> None:
    renewal = award(date(2021, 1, 1), date(2023, 12, 31), kind=EntryKind.RENEWAL)
    assert [span.starts for span in stretches(FIRST, renewal)] == [
        date(2018, 12, 3),
        date(2024, 1, 1),
        date(2024, 12, 31),
    ]


def test_a_suspension_that_was_announced_shows_on_its_day_without_a_new_entry() -> None:
    announced = stop(EntryKind.SUSPENSION, date(2020, 6, 1), recorded=moment("2020-05-01"))
    ended = stop(EntryKind.REINSTATEMENT, date(2020, 7, 1), recorded=moment("2020-05-01"))
    assert days(FIRST, announced, ended)[:3] == [
        ("2018-12-03", "2020-05-31", "valid"),
        ("2020-06-01", "2020-06-30", "suspended"),
        ("2020-07-01", "2020-12-31", "valid"),
    ]


def test_a_rename_that_was_announced_shows_on_its_day_without_a_new_entry() -> None:
    rename = act(
        EntryKind.RENAME, name="Aviation Hill", effective=date(2020, 6, 1), recorded=moment("2020-05-01")
    )
    found = [(span.starts, span.told.name, span.told.former_names) for span in stretches(FIRST, rename)]
    assert found[:2] == [
        (date(2018, 12, 3), "Aviation Valley", ()),
        (date(2020, 6, 1), "Aviation Hill", ("Aviation Valley",)),
    ]


def test_a_host_and_a_merger_part_the_days_too() -> None:
    host = act(EntryKind.HOST, host="University", effective=date(2019, 3, 1), recorded=moment("2019-03-01"))
    merger = act(EntryKind.MERGER, others=("pl-sky",), effective=date(2019, 9, 1))
    found = [
        (span.starts.isoformat(), span.told.host, span.told.successors)
        for span in stretches(FIRST, host, merger)
    ]
    assert found == [
        ("2018-12-03", "", ()),
        ("2019-03-01", "University", ()),
        ("2019-09-01", "University", ("pl-sky",)),
    ]


def test_the_grant_is_the_newest_entry_of_the_run() -> None:
    renewal = award(date(2021, 1, 1), date(2023, 12, 31), kind=EntryKind.RENEWAL)
    anew = award(date(2025, 5, 2), date(2027, 5, 31))
    grants = [[held.grant for held in span.told.levels] for span in stretches(FIRST, renewal, anew)]
    assert grants == [[2], [2], [2], [3], [3], [3]]


def test_each_level_has_its_own_grant_the_headline_first() -> None:
    gold = award(date(2019, 1, 10), date(2021, 1, 31), level=LabelLevel.GOLD)
    (second,) = [span for span in stretches(FIRST, gold) if span.starts == date(2019, 1, 10)]
    assert [(held.status.level, held.grant) for held in second.told.levels] == [
        (LabelLevel.GOLD, 2),
        (LabelLevel.BRONZE, 1),
    ]


def test_a_withdrawn_label_tells_the_grant_that_was_withdrawn() -> None:
    last = stretches(FIRST, stop(EntryKind.WITHDRAWAL, date(2019, 3, 1)))[-1]
    assert [(held.status.standing, held.grant) for held in last.told.levels] == [(Standing.WITHDRAWN, 1)]


def test_who_never_held_a_label_has_no_stretch() -> None:
    emptied = act(EntryKind.CORRECTION, corrects=1, valid_until=date(2018, 12, 2))
    assert stretches(act(EntryKind.RENAME)) == stretches(FIRST, emptied) == ()


def test_a_label_without_end_has_one_stretch() -> None:
    endless = replace(FIRST, valid_until=LAST_DAY, renewable_until=LAST_DAY)
    assert days(endless) == [("2018-12-03", "9999-12-31", "valid")]


def test_where_an_entry_gives_no_renewable_day_its_rule_set_does() -> None:
    silent = as_known(unchained([replace(FIRST, renewable_until=None, rule_set="2011")]))
    rule_sets = {"2011": small_rules(id="2011", validity=BY_DAY)}
    assert [span.starts for span in spans(silent, KEY, rule_sets=rule_sets)][-1] == date(2022, 1, 1)
    assert [span.starts for span in spans(silent, KEY)][-1] == date(2021, 1, 1)


@settings(max_examples=300, deadline=None)
@given(ledgers(), st.integers(-2, 70))
def test_the_stretch_of_a_day_says_what_the_status_says_on_it(entries: tuple[Entry, ...], day: int) -> None:
    asked = BEGIN + timedelta(days=day)
    acts = as_known(entries)
    answer = status(entries, KEY, on=asked, known=ALWAYS)
    found = [span for span in spans(acts, KEY) if span.starts <= asked <= span.ends]
    assert [tuple(held.status for held in span.told.levels) for span in found] == (
        [answer.levels] if answer.levels else []
    )
    for span in found:
        current = described(acts, on=asked)
        shown = span.told
        assert (shown.name, shown.country, shown.host) == (current.name, current.country, current.host)
        assert shown.former_names == told(acts).former_names(asked)
        assert shown.successors == answer.successors


@given(ledgers())
def test_the_stretches_follow_without_a_gap_to_the_last_day_and_each_differs_from_the_next(
    entries: tuple[Entry, ...],
) -> None:
    found = spans(as_known(entries), KEY)
    assert [(two.starts - one.ends).days for one, two in pairwise(found)] == [1] * (len(found) - bool(found))
    assert [span.ends for span in found[-1:]] == [LAST_DAY] * bool(found)
    assert [one.told == two.told for one, two in pairwise(found)] == [False] * (len(found) - bool(found))
    firsts = {span.told.first_labelled_on for span in found}
    assert firsts == {span.starts for span in found[:1]}


@given(ledgers(), st.integers(0, 90))
def test_as_known_earlier_the_stretches_are_those_of_the_entries_recorded_by_then(
    entries: tuple[Entry, ...], known: int
) -> None:
    moment_known = moment("2020-01-01") + timedelta(days=known)
    by_then = known_entries(entries, known=moment_known)
    for span in spans(as_known(by_then), KEY):
        answer = status(entries, KEY, on=span.starts, known=moment_known)
        assert tuple(held.status for held in span.told.levels) == answer.levels
