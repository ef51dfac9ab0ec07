"""The peers of today, and those of releases under another version of the pack."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from factories.peers import FIRST, SECOND, added, anew, assessments, latest
from touchstone.apps.pack import scheme
from touchstone.apps.peers import sets, store
from touchstone.apps.peers.current import of_release, peers
from touchstone.core.faults import Unusable
from touchstone.core.scheme.model import Scheme

INTERVIEW = date(2026, 9, 15)


def test_without_peers_of_its_own_an_installation_has_synthetic_ones() -> None:
    found = peers()
    assert (found.name, found.synthetic, found.release, found.number) == ("Synthetic peers", True, None, None)
    assert (found.as_of(INTERVIEW), peers() is found) == (INTERVIEW, True)


def test_the_newest_release_is_in_force(tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    before = peers()
    assert (before.name, before.synthetic, before.number) == ("2026, autumn", False, 1)
    assert (before.as_of(INTERVIEW), peers() is before) == (FIRST, True)
    added(latest(assessments()), tmp_path, name="later", on=SECOND)
    assert (peers().name, peers().number, peers().as_of(INTERVIEW)) == ("later", 2, SECOND)


def test_all_rows_in_force_are_there_also_those_held_over(tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    changed = anew(latest(assessments()), np.array([20]), date(2026, 10, 20))
    kept = added(changed, tmp_path, name="later", on=SECOND)
    found = peers()
    assert found.release is not None
    assert found.release.rows_in(found.ready).keys() == kept.release.standing.keys()
    assert len(found.ready.population) == kept.peers + 1


@pytest.mark.parametrize("spoilt", ["release", "set", "missing set"])
def test_nothing_stands_in_for_peers_that_cannot_be_read(tmp_path: Path, spoilt: str) -> None:
    kept = added(latest(assessments()), tmp_path)
    path = store.path_of(1) if spoilt == "release" else sets.path_of(kept.set)
    if spoilt == "missing set":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(Unusable):
        peers()


def other(*, without: str) -> Scheme:
    """The pack of later, which has dropped a measure."""
    now = scheme()
    return replace(now, measures={id: one for id, one in now.measures.items() if id != without})


def test_under_a_pack_with_other_measures_the_groups_stay_what_they_were(tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    changed = anew(latest(assessments()), np.array([20]), date(2026, 10, 20))
    kept = added(changed, tmp_path, name="later", on=SECOND)
    then, now = of_release(kept, scheme()), of_release(kept, other(without="B5.controlling"))
    assert then.release is not None
    assert now.release is not None
    assert {row.digest for row in then.release.rows} & {row.digest for row in now.release.rows} == set()
    before, after = then.release.rows_in(then.ready), now.release.rows_in(now.ready)
    assert {id: rows.tolist() for id, rows in before.items()} == {
        id: rows.tolist() for id, rows in after.items()
    }


def test_where_an_earlier_set_is_lost_a_release_is_not_carried_over(tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    first = store.read(store.path_of(1))
    kept = added(latest(assessments()), tmp_path, name="later", on=SECOND)
    sets.path_of(first.set).unlink()
    assert of_release(kept, scheme()).number == 2
    with pytest.raises(Unusable, match="This comparison set is missing"):
        of_release(kept, other(without="B5.controlling"))
