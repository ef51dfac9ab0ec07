from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from factories.benchmark import benchmark_scheme, peers, population
from touchstone.apps.peers.rows import in_force, joined, renamed, superseded, without
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.releases import Release, Row, renew
from touchstone.core.faults import Unusable

SCHEME = benchmark_scheme()
OLD, NEW = date(2024, 5, 1), date(2026, 5, 1)


def ready(*rows: dict[str, object]) -> Prepared:
    return prepare(population(rows), SCHEME)


def names(of: Population) -> list[str]:
    return of.organisation.tolist()


def test_rows_are_joined_in_order_with_what_one_side_lacks_missing() -> None:
    first, last = population(peers(2, country="LT")), population([{"organisation": "B", "X1.b": 7.0}])
    lacking = replace(last, values={"X1.b": last.values["X1.b"]}, words={})
    both = joined(first, lacking)
    assert names(both) == ["LT 0", "LT 1", "B"]
    np.testing.assert_array_equal(both.values["X1.a"], [0.0, 1.0, np.nan])
    np.testing.assert_array_equal(both.values["X1.b"], [np.nan, np.nan, 7.0])
    assert both.words["X2.story"].tolist() == ["", "", ""]


def test_rows_that_are_not_there_do_not_make_a_population_synthetic() -> None:
    made_up, real = population([{}], synthetic=True), population([{}])
    nobody = population([], synthetic=True)
    assert (joined(made_up, real).synthetic, joined(nobody, real).synthetic) == (True, False)


def test_what_is_there_already_is_left_out() -> None:
    all_of_them = ready(*peers(3, country="LT"))
    there = ready(*peers(2, country="LT")).row_digests
    assert names(without(all_of_them, there)) == ["LT 2"]


@pytest.mark.parametrize(
    ("present", "kept"),
    [
        ([{"organisation": "a ", "interviewed_on": NEW}], ["A"]),
        ([{"organisation": "A", "interviewed_on": OLD, "X1.a": 2.0}], ["A"]),
        ([{"organisation": "A", "interviewed_on": OLD, "X1.a": 1.0}], []),
        ([{"organisation": "A", "interviewed_on": date(2023, 5, 1)}], []),
        ([{"organisation": "B", "interviewed_on": NEW}], []),
    ],
    ids=["newer", "corrected", "the same", "only an earlier one is left", "taken out"],
)
def test_of_before_only_what_a_later_assessment_takes_the_place_of_is_kept(
    present: list[dict[str, object]], kept: list[str]
) -> None:
    former = ready({"organisation": "A", "interviewed_on": OLD, "X1.a": 1.0})
    assert names(superseded(former, ready(*present))) == kept


def test_the_rows_in_force_are_those_of_all_groups() -> None:
    some = ready(*peers(40, portfolio="ict"), *peers(3, portfolio="food", country="PL"))
    release = renew(None, some, scheme=SCHEME, on=NEW)
    assert in_force(release, some).tolist() == []
    release = renew(None, some, scheme=SCHEME, on=date(2026, 10, 12))
    assert in_force(release, some).tolist() == list(range(43))


def test_the_rows_of_a_release_get_the_names_of_another_pack() -> None:
    release = Release(scheme="small", on=NEW, rows=(Row(digest="aa", owner="o"),))
    assert renamed(release, {"aa": "bb"}).rows == (Row(digest="bb", owner="o"),)
    with pytest.raises(Unusable, match="in none of the kept sets"):
        renamed(release, {"cc": "bb"})
