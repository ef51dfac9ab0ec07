"""Releases of an installation's own peers, one after the other."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from factories.peers import AT, FIRST, SECOND, added, anew, assessments, file_of, latest
from touchstone.apps.pack import scheme
from touchstone.apps.peers import services, sets, store
from touchstone.apps.peers.current import of_release, peers
from touchstone.apps.peers.store import Kept
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.releases import KNOWN
from touchstone.core.benchmark.rows import only
from touchstone.core.faults import Unusable


@pytest.fixture
def first(tmp_path: Path) -> Kept:
    return added(latest(assessments()), tmp_path)


def rows_of(kept: Kept) -> dict[str, set[str]]:
    """Group → the organisations and days of its assessments."""
    ready = of_release(kept, scheme()).ready
    names, days = ready.population.organisation, ready.population.interviewed_on
    found = of_release(kept, scheme()).release
    assert found is not None
    return {
        id: {f"{names[row]} {days[row]}" for row in rows.tolist()}
        for id, rows in found.rows_in(ready).items()
    }


def test_the_first_release_takes_up_every_group_that_is_large_enough(first: Kept) -> None:
    assert (first.number, first.name, first.on, first.added_at) == (1, "2026, autumn", FIRST, AT)
    assert (first.synthetic, first.held, store.newest()) == (False, "", first)
    groups = services.groups_of(first.release)
    assert {one.since for one in groups.values()} == {FIRST}
    assert len(rows_of(first)["all"]) == first.peers
    assert [id for id in groups if ";" in id] == []
    assert [id for id in first.release.standing if ";" in id] != []


def test_its_set_is_kept_and_holds_its_peers(first: Kept) -> None:
    frozen, _ = sets.read(first.set)
    assert (len(frozen), frozen.name, frozen.on) == (first.peers, "2026, autumn", FIRST)


def test_added_again_unchanged_every_group_is_renewed(first: Kept, tmp_path: Path) -> None:
    second = added(latest(assessments()), tmp_path, name="again", on=FIRST)
    assert (second.number, second.release.standing) == (2, first.release.standing)
    assert (second.release.memberships, second.held) == (first.release.memberships, "")
    assert [kept.name for kept in services.kept_releases()] == ["2026, autumn", "again"]


def after_one_change(tmp_path: Path) -> Kept:
    """One organisation has been assessed anew, and the file no longer has its earlier assessment."""
    changed = anew(latest(assessments()), np.array([20]), date(2026, 10, 20))
    return added(changed, tmp_path, name="later", on=SECOND)


def test_one_new_assessment_leaves_its_groups_as_they_were(first: Kept, tmp_path: Path) -> None:
    second = after_one_change(tmp_path)
    assert rows_of(second)["all"] == rows_of(first)["all"]
    assert services.groups_of(second.release)["all"].since == FIRST
    assert len(second.held.splitlines()) == 2
    assert second.peers == first.peers


def test_enough_new_assessments_are_taken_up(first: Kept, tmp_path: Path) -> None:
    changed = anew(latest(assessments()), np.arange(12), date(2026, 10, 20))
    second = added(changed, tmp_path, name="later", on=SECOND)
    assert services.groups_of(second.release)["all"].since == SECOND
    assert len(rows_of(second)["all"] - rows_of(first)["all"]) == 12


def test_who_is_taken_out_never_comes_back_and_the_group_shows_nothing(first: Kept, tmp_path: Path) -> None:
    everybody = latest(assessments())
    gone = f"{everybody.organisation[20]} "
    second = added(only(everybody, np.delete(np.arange(len(everybody)), 20)), tmp_path, name="b", on=SECOND)
    assert "all" not in second.release.standing
    assert [id for id, rows in rows_of(second).items() if any(row.startswith(gone) for row in rows)] == []


def populations() -> list[Population]:
    """A year in which the peers change by one, by none, by two, by many, and by three that leave."""
    now = latest(assessments())
    days = [date(2026, 10, day) for day in (2, 4, 6, 8)]
    one = anew(now, np.array([3]), days[0])
    two = anew(one, np.array([3, 30]), days[1])
    many = anew(two, np.arange(25), days[2])
    return [now, one, one, two, many, only(many, np.arange(3, len(many)))]


def test_no_two_sets_ever_published_differ_by_a_few(tmp_path: Path) -> None:
    for number, population in enumerate(populations()):
        kept = added(population, tmp_path, name=str(number), on=date(2026, 10, 10 + number))
    release, limit = kept.release, 3 + KNOWN
    owner = np.array([row.owner for row in release.rows])
    compared = 0
    for measure in ("A6.total", "B2.fte"):
        answered = release.answered[measure]
        published = {release.memberships[number] & answered for number in release.published[measure]}
        for one in published:
            for other in published - {one}:
                apart = [place for place in range(len(owner)) if (one ^ other) >> place & 1]
                compared += 1
                assert len(set(owner[apart].tolist())) >= limit
    assert compared > 100


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "2026, autumn"}, 'name: There is a release "2026, autumn" already.'),
        ({"name": " "}, "name: A comparison set needs a name"),
        ({"on": date(2026, 9, 1)}, "release: It is of 2026-10-01, which is after 2026-09-01."),
        ({"on": date(2036, 9, 1)}, "on: No assessment is in the 5 years up to 2036-09-01."),
    ],
)
def test_what_cannot_be_a_release_is_told_and_nothing_is_written(
    first: Kept, tmp_path: Path, changes: dict[str, object], told: str
) -> None:
    asked = {"name": "later", "on": SECOND, "at": AT, **changes}
    with pytest.raises(Unusable) as refused:
        services.add(file_of(latest(assessments()), tmp_path), **asked)  # type: ignore[arg-type]  # mixed
    assert str(refused.value).startswith(told)
    assert store.newest() == first


def test_after_a_release_that_cannot_be_read_nothing_more_is_added(first: Kept, tmp_path: Path) -> None:
    store.path_of(1).write_text("{}")
    with pytest.raises(Unusable, match=r"0001\.json: This release cannot be read"):
        added(latest(assessments()), tmp_path, name="later", on=SECOND)
    assert [path.name for path in store.files()] == ["0001.json"]


def test_synthetic_peers_of_before_do_not_mark_real_ones(tmp_path: Path) -> None:
    assert added(latest(assessments(prefix="SYN-")), tmp_path).synthetic is True
    assert added(latest(assessments()), tmp_path, name="real", on=SECOND).synthetic is False
    assert peers().synthetic is False


def test_a_scheme_without_a_readable_disclosure_setting_gives_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = replace(scheme(), disclosure=None)
    monkeypatch.setattr("touchstone.apps.pack.scheme", lambda *_: silent)
    with pytest.raises(Unusable, match="no readable disclosure setting"):
        added(latest(assessments()), tmp_path)
    assert store.files() == []
