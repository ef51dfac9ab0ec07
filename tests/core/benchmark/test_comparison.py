import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.attackers import tells_of_one
from factories.benchmark import (
    MEASURES,
    ON,
    POPULATIONS,
    SIZES,
    TINY_SIZES,
    benchmark_scheme,
    nested,
    one_organisation,
    peers,
    population,
)
from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.comparison import compare, own_values, prepare
from touchstone.core.benchmark.model import Comparison, Figure, Population
from touchstone.core.scheme.model import Certainty, Disclosure, Origin, Scheme

SCHEME = benchmark_scheme()
OWN = {"X1.a": 7.5}


def look(
    rows: list[dict[str, Any]],
    *,
    own: Mapping[str, Value] = OWN,
    scheme: Scheme = SCHEME,
    on: date = ON,
    synthetic: bool = False,
) -> Comparison:
    made = population(rows, synthetic=synthetic)
    return compare(own, organisation=one_organisation(), population=made, scheme=scheme, on=on)


def expected_figure(values: Any, own: float | None, setting: Disclosure = SIZES) -> Figure:
    """What numpy makes of the values, cut to what may be shown."""
    values = np.asarray(values)[~np.isnan(values)]
    n = len(values)
    if n < setting.median_from:
        return Figure(n=n, shown="none")
    p5, p25, median, p75, p95 = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95])
    position = None
    if own is not None:
        position = 100 * (np.count_nonzero(values < own) + 0.5 * np.count_nonzero(values == own)) / n
    if n < setting.quartiles_from:
        return Figure(n=n, shown="median", median=median, percentile=position)
    if n < setting.full_from or tells_of_one(values, setting):
        return Figure(n=n, shown="quartiles", median=median, p25=p25, p75=p75, percentile=position)
    return Figure(n=n, shown="full", median=median, p25=p25, p75=p75, p5=p5, p95=p95, percentile=position)


OWN_VALUES = st.dictionaries(st.sampled_from(MEASURES), st.integers(0, 4).map(float))


@given(POPULATIONS, OWN_VALUES)
def test_every_figure_shown_is_that_of_numpy(one: Population, own: dict[str, float]) -> None:
    found = compare(
        own,
        organisation=one_organisation(),
        population=one,
        scheme=benchmark_scheme(TINY_SIZES),
        on=ON,
    )
    for group in found.groups:
        for id in MEASURES:
            figure = found.figures[id][group.id]
            expected = expected_figure(one.values[id][group.members], own.get(id), TINY_SIZES)
            assert figure.n == expected.n
            assert figure in (expected, Figure(n=expected.n, shown="none"))


@given(POPULATIONS, OWN_VALUES)
def test_no_measure_is_shown_of_two_groups_that_differ_by_one_or_two(
    one: Population, own: dict[str, float]
) -> None:
    scheme = benchmark_scheme(TINY_SIZES)
    found = compare(own, organisation=one_organisation(), population=one, scheme=scheme, on=ON)
    for id in MEASURES:
        has = set(np.flatnonzero(~np.isnan(one.values[id])).tolist())
        shown = [
            has & set(group.members.tolist())
            for group in found.groups
            if found.figures[id][group.id].shown != "none"
        ]
        assert all(len(first ^ second) not in (1, 2) for first in shown for second in shown)


@given(POPULATIONS)
def test_nothing_is_withheld_without_a_reason(one: Population) -> None:
    """A figure that is not shown has too few values, or its set is close to one that is shown."""
    found = compare(
        OWN, organisation=one_organisation(), population=one, scheme=benchmark_scheme(TINY_SIZES), on=ON
    )
    for id in MEASURES:
        has = ~np.isnan(one.values[id])
        sets = {group.id: set(group.members[has[group.members]].tolist()) for group in found.groups}
        shown = [sets[group] for group, figure in found.figures[id].items() if figure.shown != "none"]
        for group in found.groups:
            mine = sets[group.id]
            if group.withheld or found.figures[id][group.id].shown != "none":
                continue
            assert len(mine) < TINY_SIZES.median_from or any(0 < len(mine ^ other) < 3 for other in shown)


@given(POPULATIONS)
def test_a_group_withheld_as_a_whole_shows_nothing(one: Population) -> None:
    found = compare(
        OWN, organisation=one_organisation(), population=one, scheme=benchmark_scheme(TINY_SIZES), on=ON
    )
    for group in found.groups:
        if group.withheld:
            shown = {found.figures[id][group.id].shown for id in MEASURES}
            assert shown == {"none"}


@given(POPULATIONS, OWN_VALUES)
def test_a_prepared_population_gives_the_same_comparison(one: Population, own: dict[str, float]) -> None:
    raw, ready = (
        compare(own, organisation=one_organisation(), population=made, scheme=SCHEME, on=ON)
        for made in (one, prepare(one, SCHEME))
    )
    assert (raw.figures, raw.own, raw.digest, raw.notes) == (
        ready.figures,
        ready.own,
        ready.digest,
        ready.notes,
    )


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (4, Figure(n=4, shown="none")),
        (5, Figure(n=5, shown="median", median=2.0, percentile=100.0)),
        (10, Figure(n=10, shown="quartiles", median=4.5, p25=2.25, p75=6.75, percentile=80.0)),
        (
            21,
            Figure(
                n=21, shown="full", median=10.0, p25=5.0, p75=15.0, p5=1.0, p95=19.0, percentile=100 * 8 / 21
            ),
        ),
    ],
)
def test_the_number_of_peers_decides_what_is_shown(count: int, expected: Figure) -> None:
    assert look(peers(count)).figures["X1.a"]["all"] == expected


def test_peers_without_a_value_do_not_count() -> None:
    found = look([*peers(9), *peers(30, country="PL", **{"X1.a": np.nan})])
    assert found.groups[-1].n == 39
    assert found.figures["X1.a"]["all"] == Figure(n=9, shown="median", median=4.0, percentile=800 / 9)


def test_a_measure_that_nobody_answered_shows_nothing() -> None:
    assert look(peers(30)).figures["X1.b"]["all"] == Figure(n=0, shown="none")


def test_without_an_own_value_there_is_no_position() -> None:
    assert look(peers(6), own={}).figures["X1.a"]["all"] == Figure(n=6, shown="median", median=2.5)


def test_a_measure_with_nearly_the_same_answers_in_two_groups_is_withheld_in_the_narrower() -> None:
    """Of the 9 other peers only two answered, so that country and all differ by two."""
    answered = peers(2, country="PL", **{"X1.a": 3.0})
    silent = [{**row, "X1.a": np.nan} for row in peers(7, country="DE")]
    found = look([*peers(20, country="LT"), *answered, *silent])
    shown = {group: figure.shown for group, figure in found.figures["X1.a"].items()}
    assert shown == {"portfolio:ict": "full", "country:LT": "none", "gold": "none", "all": "full"}
    assert found.figures["X1.a"]["country:LT"] == Figure(n=20, shown="none")
    assert [group.withheld for group in found.groups][1] == ""
    assert found.notes[-1].startswith('"country:LT" is withheld for 1 measure, where its peers')


def test_a_group_withheld_as_a_whole_makes_no_other_one_go() -> None:
    shown = {group: figure.shown for group, figure in look(nested()).figures["X1.a"].items()}
    assert shown == {"portfolio:ict": "full", "country:LT": "none", "gold": "full", "all": "full"}


def test_every_numeric_measure_has_a_figure_in_every_group() -> None:
    found = look(peers(6))
    assert list(found.figures) == list(MEASURES)
    assert {tuple(groups) for groups in found.figures.values()} == {
        ("portfolio:ict", "country:LT", "gold", "all")
    }


@pytest.mark.parametrize("setting", [None, replace(SIZES, full_from=1)])
def test_without_a_readable_setting_nothing_is_shown(setting: Disclosure | None) -> None:
    found = look(peers(50), scheme=benchmark_scheme(setting))
    figures = {figure for groups in found.figures.values() for figure in groups.values()}
    assert figures == {Figure(n=0, shown="none")}
    assert found.notes == (
        "The scheme has no readable disclosure setting, so nothing of the peers is shown.",
    )


def test_an_empty_population_compares_with_nobody() -> None:
    found = look([])
    assert {figure for groups in found.figures.values() for figure in groups.values()} == {
        Figure(n=0, shown="none")
    }
    assert found.own == {"X1.a": 7.5}
    assert found.notes == ("The population has no peer on 2026-10-12, so nothing is compared.",)


def test_own_values_are_the_finite_numbers_of_numeric_measures() -> None:
    values: dict[str, Value] = {"X1.a": 3, "X1.b": True, "X1.c": float("inf"), "X2.deputy": True, "Z9.z": 4.0}
    assert look([], own=values).own == {"X1.a": 3.0}


def test_text_is_no_own_value() -> None:
    assert np.isnan(own_values({"X1.a": "12"}, ["X1.a"])).all()


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_comparison_says_whether_the_population_is_synthetic(synthetic: bool) -> None:
    assert look(peers(5), synthetic=synthetic).synthetic is synthetic


def test_a_comparison_keeps_its_day() -> None:
    assert look(peers(5), on=date(2026, 11, 1)).on == date(2026, 11, 1)


def test_the_digest_of_a_set_does_not_depend_on_own_values() -> None:
    assert look(peers(9)).digest == look(peers(9), own={}).digest


@pytest.mark.parametrize(
    "other",
    [
        {"rows": peers(10)},
        {"on": date(2026, 10, 13)},
        {"scheme": benchmark_scheme(replace(SIZES, full_from=21))},
        {"scheme": benchmark_scheme(replace(SIZES, difference=4))},
        {"scheme": benchmark_scheme(replace(SIZES, dominance=40))},
        {"scheme": benchmark_scheme(id="other")},
        {"scheme": benchmark_scheme(None)},
    ],
)
def test_the_digest_of_a_set_changes_with_peers_day_and_rules(other: dict[str, Any]) -> None:
    assert look(**{"rows": peers(9), **other}).digest != look(peers(9)).digest


def test_the_digest_of_a_set_does_not_depend_on_where_its_rules_come_from() -> None:
    published = replace(SIZES, origin=Origin(certainty=Certainty.PUBLISHED, sources=("slides",)))
    assert look(peers(9), scheme=benchmark_scheme(published)).digest == look(peers(9)).digest


def test_the_digest_of_a_known_set_stays_what_it_is() -> None:
    known = "ddc33e50912407e8aa9c8a36e68b449eff9b43e71a8e313695c8c104b5d7ab57"
    assert look(peers(9)).digest == known


PRINTED = """
import sys
from factories.benchmark import *
from touchstone.core.benchmark.comparison import compare
rows = [*peers(9), *peers(12, country="PL", **{"X2.story": "Zażółć gęślą jaźń"})]
made = population(rows)
print(compare({}, organisation=one_organisation(), population=made, scheme=benchmark_scheme(), on=ON).digest)
"""


@pytest.mark.parametrize(
    "environment", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8"}]
)
def test_another_process_and_locale_gives_the_same_digest(environment: dict[str, str]) -> None:
    rows = [*peers(9), *peers(12, country="PL", **{"X2.story": "Zażółć gęślą jaźń"})]
    printed = subprocess.run(
        [sys.executable, "-c", PRINTED],
        env={**environment, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed.strip() == look(rows).digest
