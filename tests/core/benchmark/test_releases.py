from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.benchmark import MEASURES, ON, SIZES, TINY_SIZES, benchmark_scheme, peers, population
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.releases import KNOWN, Release, closed, renew
from touchstone.core.faults import Unusable
from touchstone.core.scheme.model import Disclosure, Scheme

SCHEME = benchmark_scheme()
TINY = benchmark_scheme(TINY_SIZES)
LIMIT = SIZES.difference + KNOWN
LATER = ON + timedelta(days=90)
YEAR_AFTER = date(2027, 10, 12)
Rows = list[dict[str, Any]]


def ready(rows: Rows, scheme: Scheme = SCHEME) -> Prepared:
    return prepare(population(rows), scheme)


def first(rows: Rows, scheme: Scheme = SCHEME, on: date = ON, **more: Any) -> Release:
    return renew(None, ready(rows, scheme), scheme=scheme, on=on, **more)


def then(before: Release, rows: Rows, scheme: Scheme = SCHEME, on: date = LATER, **more: Any) -> Release:
    return renew(before, ready(rows, scheme), scheme=scheme, on=on, **more)


def named(release: Release, rows: Rows, group: str) -> set[str]:
    """The organisations of a group in force."""
    one = ready(rows)
    members = release.rows_in(one).get(group, np.array([], np.intp))
    return set(one.population.organisation[members].tolist())


def forty() -> Rows:
    """Enough for groups inside the whole: 25 LT, 15 PL; 30 ict, 10 food."""
    return [
        *peers(20, country="LT", portfolio="ict"),
        *peers(5, country="LT", portfolio="food"),
        *peers(10, country="PL", portfolio="ict"),
        *peers(5, country="PL", portfolio="food"),
    ]


def test_a_first_release_has_every_group_that_is_large_enough() -> None:
    release = first(forty())
    groups = {"all", "portfolio:ict", "portfolio:food", "country:LT", "country:PL"}
    assert set(release.standing) == {*groups, "related:creative"}  # creative has nobody: it is widened to ict
    assert {one.since for one in release.standing.values()} == {ON}
    assert named(release, forty(), "country:PL") == {
        str(row["organisation"]) for row in forty() if row["country"] == "PL"
    }
    assert (release.scheme, release.on, release.fault) == ("small", ON, "")


def test_groups_that_are_too_small_are_not_taken_up() -> None:
    rows = [*forty(), *peers(4, country="LV", portfolio="health", level="gold")]
    assert set(first(rows).standing) == set(first(forty()).standing)


def test_a_release_of_nobody_has_no_groups() -> None:
    assert first([]).standing == {}


@pytest.mark.parametrize(
    ("count", "expected"), [(39, set()), (40, {"portfolio:ict", "related:creative", "country:LT"})]
)
def test_groups_inside_the_whole_need_a_large_whole(count: int, expected: set[str]) -> None:
    assert set(first(peers(count)).standing) == {"all", *expected}


def test_a_measure_that_few_of_the_whole_have_is_shown_of_the_whole_alone() -> None:
    rows = [*forty(), *peers(1, **{"X1.a": np.nan})]
    rows[0]["X1.b"] = 1.0
    answered = [{**row, "X1.b": 1.0} for row in peers(39, country="DE", portfolio="health")]
    release = first([*forty(), *answered])
    assert "X1.b" in release.standing["country:DE"].withheld
    assert "X1.a" not in release.standing["country:DE"].withheld
    assert "X1.b" not in release.standing["all"].withheld


def test_a_group_close_to_one_taken_up_before_waits() -> None:
    """All but two, three or four are in the country; two may pool, so five is enough."""
    for others in range(1, 8):
        release = first([*peers(40, country="LT"), *peers(others, country="PL", portfolio="food")])
        assert ("country:LT" in release.standing) is (others >= LIMIT)


def test_equal_groups_are_all_taken_up() -> None:
    release = first(peers(40))
    assert release.standing["all"].membership == release.standing["country:LT"].membership
    assert len(release.memberships) == 1


def joined(many: int, **columns: Any) -> Rows:
    return [{**row, "interviewed_on": LATER} for row in peers(many, country="DE", **columns)]


@pytest.mark.parametrize("many", range(1, LIMIT))
def test_a_few_newcomers_hold_the_whole_over(many: int) -> None:
    before = first(forty())
    after = then(before, [*forty(), *joined(many)])
    assert after.standing["all"] == before.standing["all"]
    assert after.memberships == before.memberships


def test_as_many_newcomers_as_it_takes_renew_the_whole() -> None:
    before = first(forty())
    rows = [*forty(), *joined(LIMIT)]
    after = then(before, rows)
    assert after.standing["all"].since == LATER
    assert len(named(after, rows, "all")) == 45
    assert after.standing["country:PL"].since == LATER  # the same rows, taken up again
    assert after.standing["country:PL"].membership == before.standing["country:PL"].membership


def test_what_was_close_to_a_release_long_ago_is_close_still() -> None:
    """Nine come, five of the nine go: two releases later the whole is close to the first one again."""
    start = first(forty())
    between = then(start, [*forty(), *joined(9)])
    assert between.standing["all"].since == LATER
    back = then(between, [*forty(), *joined(4)], on=LATER + timedelta(days=30))
    assert back.standing.get("all") is None or back.standing["all"].since == LATER
    assert "all" not in back.rows_in(ready([*forty(), *joined(4)]))


def renewed(many: int) -> Rows:
    """The first so many organisations have a newer assessment, ten more than before."""
    return [{**row, "X1.a": row["X1.a"] + 10, "interviewed_on": LATER} for row in forty()[:many]]


@pytest.mark.parametrize("many", [1, LIMIT - 1])
def test_a_newer_assessment_counts_as_one_organisation_that_differs(many: int) -> None:
    before = first(forty())
    after = then(before, [*forty(), *renewed(many)])
    assert {id: one.membership for id, one in after.standing.items()} == {
        id: one.membership for id, one in before.standing.items()
    }
    assert after.standing["country:LT"].since == ON


def test_enough_newer_assessments_renew_a_group() -> None:
    rows = [*forty(), *renewed(LIMIT)]
    after = then(first(forty()), rows)
    assert after.standing["all"].since == LATER
    assert len(after.rows_in(ready(rows))["all"]) == 40


def test_a_group_held_over_keeps_its_older_assessments() -> None:
    rows = [*forty(), *renewed(2)]
    after = then(first(forty()), rows)
    assert after.rows_in(ready(rows))["all"].tolist() == list(range(40))


def test_a_group_is_held_over_for_a_year_and_no_longer() -> None:
    before = first(forty())
    rows = [*forty(), *joined(1)]
    assert "all" in then(before, rows, on=YEAR_AFTER).standing
    assert "all" not in then(before, rows, on=YEAR_AFTER + timedelta(days=1)).standing


def test_a_group_whose_rows_are_gone_is_not_held_over() -> None:
    """One assessment was corrected: the figures that were published can no longer be made."""
    corrected = [{**forty()[0], "X1.a": 99.0}, *forty()[1:]]
    after = then(first(forty()), corrected)
    assert set(after.standing) == {"portfolio:food", "country:PL"}


def test_a_group_of_which_the_population_lacks_a_row_is_not_read() -> None:
    assert set(first(forty()).rows_in(ready(forty()[1:]))) == {"portfolio:food", "country:PL"}


def test_a_measure_whose_peers_are_close_to_those_published_is_withheld_alone() -> None:
    """Six came, but only two of them answered."""
    silent = [{**row, "X1.a": np.nan} for row in joined(6)[2:]]
    rows = [*forty(), *joined(6)[:2], *silent]
    after = then(first([{**row, "X1.b": 1.0} for row in forty()]), [{**row, "X1.b": 1.0} for row in rows])
    assert after.standing["all"].since == LATER
    assert after.standing["all"].withheld == frozenset({"X1.a"})


def test_related_portfolios_wait_for_the_portfolios_that_they_are_made_of() -> None:
    """ict has three, so that it is widened by creative; that is close to creative alone."""
    rows = [
        *peers(3, portfolio="ict"),
        *peers(20, portfolio="creative"),
        *peers(20, portfolio="food", country="PL"),
    ]
    assert {"portfolio:creative"} == {id for id in first(rows).standing if "creative" in id or "ict" in id}
    rows += peers(2, portfolio="ict", country="PL")
    assert "related:ict" in first(rows).standing


def test_a_portfolio_large_enough_for_every_member_needs_no_wider_group() -> None:
    rows = [*peers(6, portfolio="ict"), *peers(20, portfolio="creative"), *peers(20, portfolio="food")]
    assert "related:ict" not in first(rows).standing


def test_further_groups_come_last() -> None:
    rows = [*forty(), *peers(10, portfolio="health", country="DE")]
    narrowed = {"all;age=young": np.arange(8, 18), "all;age=old": np.arange(1, 25)}
    release = first(rows, further=narrowed)
    assert "all;age=young" in release.standing
    assert "all;age=old" not in release.standing  # four off country:LT


def test_a_release_carries_all_that_was_ever_published() -> None:
    before = first(forty())
    after = then(before, [*forty(), *joined(9)])
    assert after.memberships[: len(before.memberships)] == before.memberships
    assert after.rows[: len(before.rows)] == before.rows
    for measure, numbers in before.published.items():
        assert set(numbers) <= set(after.published[measure])


def test_what_is_too_small_to_be_shown_does_not_count_as_published() -> None:
    assert first(peers(40, **{"X1.b": np.nan})).published.keys() == {"X1.a"}


@pytest.mark.parametrize("setting", [None, replace(SIZES, difference=0)])
def test_without_a_readable_setting_a_release_shows_nothing(setting: Disclosure | None) -> None:
    release = first(forty(), benchmark_scheme(setting))
    assert release == closed("The scheme has no readable disclosure setting.", scheme="small", on=ON)


@pytest.mark.parametrize(
    ("before", "problem"),
    [
        (closed("It cannot be read."), "It cannot be read."),
        (Release(scheme="other", on=ON), 'It is of the scheme "other", not of "small".'),
        (Release(scheme="small", on=YEAR_AFTER), "It is of 2027-10-12, which is after 2027-01-10."),
    ],
)
def test_nothing_is_renewed_without_the_history(before: Release, problem: str) -> None:
    with pytest.raises(Unusable) as raised:
        then(before, forty())
    assert [fault.problem for fault in raised.value.faults] == [problem]


def test_a_release_may_be_made_again_on_its_own_day() -> None:
    before = first(forty())
    assert then(before, forty(), on=ON) == before


ROW = st.fixed_dictionaries(
    {
        "organisation": st.integers(0, 25).map(lambda number: f"Organisation {number}"),
        "country": st.sampled_from(["LT", "LT", "PL"]),
        "portfolio": st.sampled_from(["ict", "ict", "creative", "food"]),
        "level": st.sampled_from(["", "gold"]),
        "X1.a": st.sampled_from([1.0, 2.0, 3.0, np.nan]),
        "X1.b": st.sampled_from([1.0, 2.0, np.nan, np.nan]),
    }
)
DAYS = [date(2024, 5, 1), date(2025, 1, 1), date(2025, 9, 1), date(2026, 5, 1)]
# Some assessments of each of four days; at first enough of them for groups inside the whole.
HISTORIES = st.tuples(
    st.lists(ROW, min_size=25, max_size=40), *(st.lists(ROW, max_size=14) for _ in DAYS[1:])
)


def releases_of(history: Sequence[Rows]) -> list[tuple[Population, Release]]:
    """The release after each day, with all that was known then."""
    found: list[tuple[Population, Release]] = []
    rows: Rows = []
    before = None
    for day, more in zip(DAYS, history, strict=True):
        rows = [*rows, *({**row, "interviewed_on": day} for row in more)]
        before = renew(before, ready(rows, TINY), scheme=TINY, on=day)
        found.append((population(rows), before))
    return found


@settings(max_examples=60)
@given(HISTORIES)
def test_no_two_sets_ever_shown_differ_by_as_few_as_two_readers_and_two_more(history: Sequence[Rows]) -> None:
    for measure in MEASURES:
        shown: list[dict[str, int]] = []
        for one, release in releases_of(history):
            values = one.values[measure]
            for group, rows in release.rows_in(prepare(one, TINY)).items():
                if measure not in release.standing[group].withheld:
                    members = [row for row in rows.tolist() if not np.isnan(values[row])]
                    shown.append({str(one.organisation[row]): row for row in members})
        large = [members for members in shown if len(members) >= TINY_SIZES.median_from]
        for some, others in combinations(large, 2):
            apart = sum(some.get(who) != others.get(who) for who in some.keys() | others.keys())
            assert apart == 0 or apart >= TINY_SIZES.difference + KNOWN


@settings(max_examples=60)
@given(HISTORIES)
def test_a_group_in_force_has_the_members_of_the_day_since_when_it_is(history: Sequence[Rows]) -> None:
    made = releases_of(history)
    by_day = dict(zip(DAYS, made, strict=True))
    for one, release in made:
        for group, rows in release.rows_in(prepare(one, TINY)).items():
            since = release.standing[group].since
            earlier, renewed_then = by_day[since]
            assert rows.tolist() == renewed_then.rows_in(prepare(earlier, TINY))[group].tolist()
