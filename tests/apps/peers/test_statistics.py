"""What may be told of groups: all that a reader can ask for, now and from release to release."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from factories.peers import FIRST, SECOND, added, anew, assessments, latest
from touchstone.apps.pack import scheme
from touchstone.apps.peers.statistics import HELD_BACK, Statistics, filters_of, narrowed, statistics
from touchstone.core.benchmark.rows import only
from touchstone.core.faults import Unusable

MEASURES = ("A6.total", "B2.fte", "B5.mean")


def shown(found: Statistics, measure: str) -> dict[str, frozenset[str]]:
    """The sets of which something of a measure is shown: id → the assessments with a value."""
    ready = found.filters.ready
    values = ready.matrix[ready.measures.index(measure)]
    names, days = ready.population.organisation, ready.population.interviewed_on
    return {
        id: frozenset(
            f"{names[row]} {days[row]}" for row in found.filters.members(id) if not np.isnan(values[row])
        )
        for id in found.filters.ids
        if found.figures(id, [measure])[measure] != HELD_BACK
    }


def test_without_a_release_the_synthetic_peers_are_told_of_as_of_their_last_interview() -> None:
    found = statistics()
    assert (found.on, found.peers.synthetic, found.since("all")) == (date(2026, 9, 22), True, None)
    figure = found.figures("all", ["A6.total"])["A6.total"]
    assert (figure.shown, figure.n > 600, figure.percentile) == ("full", True, None)
    assert statistics() is found


@pytest.mark.parametrize("measure", MEASURES)
def test_no_two_sets_that_are_shown_differ_by_a_few(tmp_path: Path, measure: str) -> None:
    added(latest(assessments()), tmp_path)
    sets = shown(statistics(), measure)
    assert [id for id in sets if ";" in id] != []
    assert {len(one ^ other) for one, other in combinations(set(sets.values()), 2)} & {1, 2, 3, 4} == set()
    assert min(len(one) for one in sets.values()) >= 5


def test_nor_do_those_of_two_releases(tmp_path: Path) -> None:
    now = latest(assessments())
    added(now, tmp_path)
    before = {measure: shown(statistics(), measure) for measure in MEASURES}
    added(anew(now, np.arange(0, 60, 7), date(2026, 10, 20)), tmp_path, name="later", on=SECOND)
    found = statistics()
    assert (found.since("all"), found.since("gold")) == (SECOND, FIRST)
    for measure in MEASURES:
        of_then, of_now = set(before[measure].values()), set(shown(found, measure).values())
        assert of_then & of_now != set()
        for one in of_then:
            for other in of_now - {one}:
                assert len({row.split()[0] for row in one ^ other}) >= 5


def test_what_is_not_in_force_is_held_back_with_its_number(tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    found = statistics()
    release = found.peers.release
    assert release is not None
    missing = [id for id in found.filters.ids if id not in release.standing]
    assert {found.figures(id, ["A6.total"])["A6.total"] for id in missing} == {HELD_BACK}
    withheld = {id: min(one.withheld) for id, one in release.standing.items() if one.withheld}
    asked = {id: measure for id, measure in withheld.items() if id in found.filters.ids}
    assert asked != {}
    assert {found.figures(id, [measure])[measure] for id, measure in asked.items()} == {HELD_BACK}


def test_a_narrowed_group_of_before_is_not_taken_for_that_of_today(tmp_path: Path) -> None:
    now = latest(assessments())
    added(now, tmp_path)
    added(anew(now, np.arange(0, 60, 7), date(2026, 10, 20)), tmp_path, name="later", on=SECOND)
    found = statistics()
    held = [
        id
        for id, rows in found.rows.items()
        if id in found.filters.ids and not np.array_equal(rows, found.filters.members(id))
    ]
    assert held != []
    assert {found.figures(id, ["A6.total"])["A6.total"] for id in held} == {HELD_BACK}


def test_related_portfolios_are_not_asked_for_but_kept_apart_from(tmp_path: Path) -> None:
    release = added(latest(assessments()), tmp_path).release
    found = statistics()
    related = [id for id in release.standing if id.startswith("related:")]
    assert (related != [], len(found.filters.beside)) == (True, len(related))
    assert [id for id in found.groups if id.startswith("related:")] == []


def test_an_unknown_group_or_class_is_told() -> None:
    for id in ("country:ZZ", "all;age=old", "all;weight=old"):
        with pytest.raises(Unusable):
            statistics().figures(id, ["A6.total"])


def test_too_few_organisations_give_no_group_at_all(tmp_path: Path) -> None:
    added(only(latest(assessments()), np.arange(4)), tmp_path)
    assert (statistics().groups, statistics().filters.ids) == ((), ())


def test_without_a_disclosure_setting_no_narrowed_group_is_made(tmp_path: Path) -> None:
    release = added(latest(assessments()), tmp_path).release
    found, silent = statistics(), replace(scheme(), disclosure=None)
    assert narrowed(filters_of(release, found.filters.ready, scheme()), silent) == {}
