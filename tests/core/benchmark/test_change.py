from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.benchmark import (
    MEASURES,
    NUMBERS,
    ON,
    SIZES,
    TINY_SIZES,
    benchmark_scheme,
    one_organisation,
    peers,
    population,
)
from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.change import Movement, compare_change
from touchstone.core.benchmark.comparison import compare, prepare
from touchstone.core.benchmark.model import Figure, Population
from touchstone.core.scheme.model import Disclosure, Scheme

SCHEME, TINY = benchmark_scheme(), benchmark_scheme(TINY_SIZES)
SINCE = date(2024, 3, 1)
OWN_NOW, OWN_BEFORE = {"X1.a": 7.0}, {"X1.a": 5.0}


def moving(
    one: Population,
    *,
    now: Mapping[str, Value] = OWN_NOW,
    before: Mapping[str, Value] = OWN_BEFORE,
    scheme: Scheme = SCHEME,
    on: date = ON,
    previously: date = SINCE,
) -> Movement:
    return compare_change(
        now,
        before,
        organisation=one_organisation(),
        population=one,
        scheme=scheme,
        on=on,
        previously=previously,
    )


def pairs(steps: Sequence[float], **same: Any) -> list[dict[str, Any]]:
    """An organisation for each step: in 2024 it had its number as X1.a, in 2026 the step more."""
    beginning = "/".join(str(value) for value in same.values())
    return [
        {"organisation": f"Mover {beginning} {n}", "interviewed_on": day, "X1.a": float(n) + more, **same}
        for n, step in enumerate(steps)
        for day, more in ((date(2024, 1, 1), 0.0), (date(2026, 1, 1), step))
    ]


def test_a_change_is_the_plain_difference_and_comes_with_its_years() -> None:
    found = moving(population(pairs([1.0] * 6)), now={"X1.a": 7, "X1.b": 3.5}, before={"X1.a": 9, "X1.c": 1})
    assert found.own == {"X1.a": -2.0}
    assert found.years == (ON - SINCE).days / 365.25
    assert (found.on, found.since) == (ON, SINCE)


def test_the_changes_of_the_peers_are_described() -> None:
    steps = [-3.0, -1.0, 0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 5.0, 8.0, 9.0]
    found = moving(population(pairs(steps)))
    assert found.figures["X1.a"]["all"] == Figure(
        n=11, shown="quartiles", median=1.0, p25=0.0, p75=3.5, percentile=100 * (6 + 1) / 11
    )
    assert found.figures["X1.b"]["all"] == Figure(n=0, shown="none")


def test_the_years_that_the_changes_of_the_peers_took_are_described() -> None:
    found = moving(population(pairs([1.0] * 6)))
    assert found.spans["all"] == Figure(n=6, shown="median", median=731 / 365.25, percentile=100.0)


def test_tails_of_changes_are_never_shown() -> None:
    figure = moving(population(pairs([float(n) for n in range(40)]))).figures["X1.a"]["all"]
    assert (figure.n, figure.shown, figure.p5, figure.p95) == (40, "quartiles", None, None)


def test_equal_steps_are_equal_whatever_floating_point_makes_of_them() -> None:
    """0.3 - 0.1 is not 0.2 in binary; on paper it is."""
    rows = [
        {"organisation": f"M {n}", "interviewed_on": date(year, 1, 1), "X1.a": value}
        for n, (before, now) in enumerate([(0.1, 0.3), (0.2, 0.4), (0.7, 0.9), (1.1, 1.3), (0.0, 0.2)])
        for year, value in ((2024, before), (2026, now))
    ]
    found = moving(population(rows), now={"X1.a": 5.3}, before={"X1.a": 5.1})
    assert found.own == {"X1.a": 0.2}
    assert found.figures["X1.a"]["all"] == Figure(n=5, shown="median", median=0.2, percentile=50.0)


def test_a_step_too_great_to_be_rounded_stays_what_it_is() -> None:
    found = moving(population([]), now={"X1.a": 1e308}, before={"X1.a": 0.0})
    assert found.own == {"X1.a": 1e308}


def test_a_step_beyond_all_numbers_is_missing() -> None:
    assert moving(population([]), now={"X1.a": 1e308}, before={"X1.a": -1e308}).own == {}


def test_a_peer_with_one_assessment_has_not_moved() -> None:
    once = [{**row, "interviewed_on": date(2023, 1, 1)} for row in peers(30)]
    found = moving(population([*pairs([2.0] * 6), *once]))
    assert found.figures["X1.a"]["all"].n == 6
    assert found.groups[-1].n == 36


def test_a_peer_that_was_assessed_again_before_the_earlier_day_alone_has_not_moved() -> None:
    rows = [
        {**row, "interviewed_on": row["interviewed_on"] - timedelta(days=800)} for row in pairs([2.0] * 6)
    ]
    assert moving(population(rows)).figures["X1.a"]["all"].n == 0


def test_the_last_assessment_before_each_day_is_taken() -> None:
    rows = [
        {"organisation": f"M {n}", "interviewed_on": date(year, 1, 1), "X1.a": value}
        for n in range(5)
        for year, value in ((2022, 1.0), (2023, 2.0), (2025, 8.0), (2026, 16.0), (2027, 99.0))
    ]
    assert moving(population(rows)).figures["X1.a"]["all"].median == 14.0


def test_an_earlier_assessment_older_than_the_limit_does_not_count() -> None:
    rows = [{**row, "interviewed_on": date(2019, 2, 28)} for row in pairs([2.0] * 6)[::2]]
    found = moving(population([*rows, *pairs([2.0] * 6)[1::2]]))
    assert found.figures["X1.a"]["all"].n == 0
    within = [{**row, "interviewed_on": date(2019, 3, 1)} for row in rows]
    assert moving(population([*within, *pairs([2.0] * 6)[1::2]])).figures["X1.a"]["all"].n == 6


def test_a_value_missing_in_one_of_the_two_assessments_counts_nowhere() -> None:
    rows = pairs([2.0] * 9)
    rows[0]["X1.a"] = rows[3]["X1.a"] = np.nan
    assert moving(population([*rows, *peers(30)])).figures["X1.a"]["all"].n == 7


def test_a_peer_belongs_to_the_groups_of_its_latest_assessment() -> None:
    rows = pairs([2.0] * 6)
    for row in rows[1::2]:
        row["level"] = "gold"
    found = moving(population([*rows, *peers(30)]))
    assert {id: figure.n for id, figure in found.figures["X1.a"].items()} == {
        "portfolio:ict": 6,
        "country:LT": 6,
        "gold": 6,
        "all": 6,
    }


def test_the_own_organisation_never_moves_among_its_peers() -> None:
    own = [{**row, "organisation": "OWN"} for row in pairs([9.0])]
    assert moving(population([*pairs([2.0] * 6), *own])).figures["X1.a"]["all"].n == 6


@pytest.mark.parametrize("others", [1, 2])
def test_movers_who_are_almost_all_peers_are_held_back(others: int) -> None:
    """Who has not moved could be told from the peers' figures beside those of the movers."""
    found = moving(population([*pairs([2.0] * 20), *peers(others)]))
    assert found.figures["X1.a"]["all"] == Figure(n=20, shown="none")


def test_movers_who_are_all_peers_or_three_fewer_are_shown() -> None:
    for others in (0, 3):
        found = moving(population([*pairs([2.0] * 20), *peers(others)]))
        assert found.figures["X1.a"]["all"].shown == "quartiles"


def test_movers_who_are_almost_the_peers_of_the_earlier_day_are_held_back() -> None:
    """Two peers of then have no later assessment in the window, and 30 of now have no earlier one."""
    gone = [{**row, "interviewed_on": date(2020, 1, 1)} for row in peers(2, portfolio="food")]
    found = moving(population([*pairs([2.0] * 20), *gone, *peers(30)]))
    assert found.figures["X1.a"]["all"] == Figure(n=20, shown="none")
    assert found.groups[-1].n == 50


def test_movers_of_two_groups_that_differ_by_one_are_held_back_in_the_narrower() -> None:
    rows = [*pairs([2.0] * 12, country="LT"), *pairs([3.0], country="PL")]
    still = [*peers(20, country="LT"), *peers(20, country="PL")]
    found = moving(population([*rows, *still]))
    assert {id: (one.n, one.shown) for id, one in found.figures["X1.a"].items()} == {
        "portfolio:ict": (13, "quartiles"),
        "country:LT": (12, "none"),
        "gold": (0, "none"),
        "all": (13, "quartiles"),
    }


def test_a_group_withheld_as_a_whole_shows_no_changes() -> None:
    """Its movers are all movers there are, but the group is two organisations fewer than all."""
    silent = {"X1.a": np.nan}
    rows = [*pairs([2.0] * 20, country="LT"), *peers(30, country="LT", **silent)]
    rows += peers(2, country="PL", **silent)
    found = moving(population(rows))
    assert next(group for group in found.groups if group.id == "country:LT").withheld
    assert found.figures["X1.a"]["country:LT"] == Figure(n=20, shown="none")
    assert found.figures["X1.a"]["all"].shown == "quartiles"


@pytest.mark.parametrize("setting", [None, replace(SIZES, full_from=1)])
def test_without_a_readable_setting_no_change_of_others_is_shown(setting: Disclosure | None) -> None:
    found = moving(population(pairs([2.0] * 30)), scheme=benchmark_scheme(setting))
    figures = {figure for groups in (*found.figures.values(), found.spans) for figure in groups.values()}
    assert figures == {Figure(n=0, shown="none")}
    assert found.own == {"X1.a": 2.0}


def test_an_empty_population_has_nobody_who_moved() -> None:
    assert moving(population([])).figures["X1.a"]["all"] == Figure(n=0, shown="none")


@pytest.mark.parametrize("previously", [ON, ON + timedelta(days=1)])
def test_an_earlier_day_that_is_not_before_is_refused(previously: date) -> None:
    with pytest.raises(ValueError, match="is not before 2026-10-12"):
        moving(population([]), previously=previously)


def test_a_prepared_population_gives_the_same_movement() -> None:
    one = population(pairs([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    ready = compare_change(
        OWN_NOW,
        OWN_BEFORE,
        organisation=one_organisation(),
        population=prepare(one, SCHEME),
        scheme=SCHEME,
        on=ON,
        previously=SINCE,
    )
    assert ready.figures == moving(one).figures


ROWS = st.fixed_dictionaries(
    {
        "organisation": st.integers(0, 14).map(lambda number: f"Organisation {number}"),
        "country": st.sampled_from(["LT", "LT", "PL"]),
        "portfolio": st.sampled_from(["ict", "ict", "creative"]),
        "level": st.sampled_from(["", "gold"]),
        "interviewed_on": st.sampled_from(
            [date(2019, 1, 1), date(2022, 5, 1), date(2024, 1, 1), date(2025, 5, 1), date(2026, 6, 1)]
        ),
        "X1.a": NUMBERS,
        "X1.b": st.sampled_from([1.0, 2.0, np.nan]),
    }
)
POPULATIONS = st.lists(ROWS, max_size=60).map(population)


def latest(one: Population, on: date) -> dict[str, int]:
    """The last row of each organisation in the window of a day, row by row."""
    found: dict[str, int] = {}
    for row in range(len(one)):
        day, name = one.interviewed_on[row].item(), str(one.organisation[row])
        inside = on.replace(year=on.year - 5) <= day <= on
        if inside and (name not in found or day >= one.interviewed_on[found[name]].item()):
            found[name] = row
    return found


def steps_by_hand(one: Population, measure: str) -> dict[str, float]:
    """The change of each organisation that moved and has both values."""
    now, then = latest(one, ON), latest(one, SINCE)
    moved = {name: (now[name], then[name]) for name in now.keys() & then.keys() if now[name] != then[name]}
    steps = {name: one.values[measure][new] - one.values[measure][old] for name, (new, old) in moved.items()}
    return {name: round(step, 9) for name, step in steps.items() if not np.isnan(step)}


@given(POPULATIONS)
def test_every_change_shown_is_that_reckoned_one_by_one(one: Population) -> None:
    found = moving(one, scheme=TINY, now={"X1.a": 3.0, "X1.b": 2.0}, before={"X1.a": 1.0, "X1.b": 2.0})
    own = {"X1.a": 2.0, "X1.b": 0.0}
    for measure in ("X1.a", "X1.b"):
        steps = steps_by_hand(one, measure)
        for group in found.groups:
            names = set(one.organisation[group.members].tolist())
            values = np.array([step for name, step in steps.items() if name in names])
            figure = found.figures[measure][group.id]
            assert figure.n == len(values)
            assert figure in (expected(values, own[measure]), Figure(n=len(values), shown="none"))


def expected(values: Any, own: float) -> Figure:
    n = len(values)
    if n < TINY_SIZES.median_from:
        return Figure(n=n, shown="none")
    p25, p50, p75 = np.quantile(values, [0.25, 0.5, 0.75])
    place = 100 * (np.sum(values < own) + np.sum(values == own) / 2) / n
    if n < TINY_SIZES.quartiles_from:
        return Figure(n=n, shown="median", median=p50, percentile=place)
    return Figure(n=n, shown="quartiles", median=p50, p25=p25, p75=p75, percentile=place)


@given(POPULATIONS)
def test_no_movers_that_are_shown_differ_by_one_or_two_from_others_or_from_peers(one: Population) -> None:
    found = moving(one, scheme=TINY)
    compared = [
        compare({}, organisation=one_organisation(), population=one, scheme=TINY, on=day)
        for day in (ON, SINCE)
    ]
    for measure in MEASURES:
        steps = steps_by_hand(one, measure).keys()
        shown = [
            steps & set(one.organisation[group.members].tolist())
            for group in found.groups
            if found.figures[measure][group.id].shown != "none"
        ]
        has = ~np.isnan(one.values[measure])
        peers_shown = [
            set(one.organisation[group.members[has[group.members]]].tolist())
            for comparison in compared
            for group in comparison.groups
            if comparison.figures[measure][group.id].shown != "none"
        ]
        assert all(len(first ^ other) not in (1, 2) for first in shown for other in [*shown, *peers_shown])


def test_the_own_value_before_comes_back_from_the_change() -> None:
    moved = moving(population(pairs([1.0] * 5)), now={"X1.a": 0.3}, before={"X1.a": 0.1})
    assert moved.before("X1.a", 0.3) == 0.1
    with pytest.raises(KeyError):
        moved.before("X1.b", 1.0)
