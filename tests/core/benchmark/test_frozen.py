from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.benchmark import (
    MEASURES,
    ON,
    POPULATIONS,
    SIZES,
    TINY_SIZES,
    benchmark_scheme,
    one_organisation,
    own_row,
    peers,
    population,
    row_values,
)
from touchstone.core.assessment.model import Organisation, Value
from touchstone.core.benchmark.comparison import compare
from touchstone.core.benchmark.frozen import LONGEST_NAME, FrozenSet, freeze
from touchstone.core.benchmark.model import Comparison, Population
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.rows import only
from touchstone.core.faults import Unusable
from touchstone.core.scheme.model import Scheme

SCHEME = benchmark_scheme()
TINY = benchmark_scheme(TINY_SIZES)


def frozen(one: Population, *, scheme: Scheme = SCHEME, on: date = ON, name: str = "autumn") -> FrozenSet:
    return freeze(one, scheme=scheme, on=on, name=name)


def anyone_in_window(one: Population) -> bool:
    return len(prepare(one, TINY).latest(on=ON, oldest_years=5)) > 0


FILLED = POPULATIONS.filter(anyone_in_window)


def look(one: Population, organisation: Organisation, own: dict[str, Value]) -> Comparison:
    return compare(own, organisation=organisation, population=one, scheme=TINY, on=ON)


def said(found: Comparison) -> tuple[object, ...]:
    """All of a comparison that a report says."""
    groups = [(group.id, group.kind, group.n, group.digest, group.withheld) for group in found.groups]
    return found.on, groups, found.figures, found.own, found.synthetic, found.digest, found.notes


@given(FILLED, st.sampled_from(["ict", "food"]), st.sampled_from(["LT", "PL"]))
def test_a_comparison_with_the_set_is_that_with_the_population(
    one: Population, portfolio: str, country: str
) -> None:
    organisation = one_organisation(portfolio=portfolio, country=country)
    kept = frozen(one, scheme=TINY).population
    assert said(look(kept, organisation, {"X1.a": 2})) == said(look(one, organisation, {"X1.a": 2}))


@given(FILLED, st.data())
def test_one_of_the_peers_is_left_out_of_the_set_as_out_of_the_population(
    one: Population, data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(one) - 1))
    own: dict[str, Value] = {**row_values(one, row)}
    kept = frozen(one, scheme=TINY).population
    assert said(look(kept, own_row(one, row), own)) == said(look(one, own_row(one, row), own))


@given(FILLED)
def test_a_set_frozen_again_stays_what_it_is(one: Population) -> None:
    once = frozen(one)
    again = frozen(once.population)
    assert again.digest == once.digest
    assert again.population.organisation.tolist() == once.population.organisation.tolist()


@given(FILLED, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(one: Population, random: Any) -> None:
    days = one.interviewed_on.tolist()
    owners = [name.casefold() for name in one.organisation.tolist()]
    order = list(range(len(one)))
    random.shuffle(order)
    # Of one organisation's rows on one day the later in the file is the last: these keep their order.
    alike: dict[object, list[int]] = {}
    for row in reversed(range(len(one))):
        alike.setdefault((owners[row], days[row]), []).append(row)
    kept = [alike[owners[row], days[row]].pop() for row in order]
    turned = only(one, np.array(kept, np.intp))
    assert frozen(turned).digest == frozen(one).digest


def test_a_set_holds_the_latest_row_of_each_organisation_in_the_window_and_no_other() -> None:
    rows = [
        {"organisation": "B", "interviewed_on": date(2026, 10, 12), "X1.a": 1.0},
        {"organisation": "A", "interviewed_on": date(2022, 5, 1), "X1.a": 2.0},
        {"organisation": "A", "interviewed_on": date(2024, 5, 1), "X1.a": 3.0},
        {"organisation": "C", "interviewed_on": date(2021, 10, 11), "X1.a": 4.0},
        {"organisation": "D", "interviewed_on": date(2026, 10, 13), "X1.a": 5.0},
    ]
    kept = frozen(population(rows)).population
    assert kept.organisation.tolist() == ["A", "B"]
    assert kept.values["X1.a"].tolist() == [3.0, 1.0]
    assert kept.interviewed_on.astype(str).tolist() == ["2024-05-01", "2026-10-12"]


def test_a_set_says_its_name_day_and_scheme() -> None:
    made = frozen(population(peers(6)))
    assert (made.name, made.on, made.scheme, made.scheme_digest) == ("autumn", ON, SCHEME.id, SCHEME.digest)
    assert len(made) == 6


def test_a_prepared_population_gives_the_same_set() -> None:
    one = population(peers(6))
    assert freeze(prepare(one, SCHEME), scheme=SCHEME, on=ON, name="autumn").digest == frozen(one).digest


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_set_knows_whether_its_peers_are_made_up(synthetic: bool) -> None:
    assert frozen(population(peers(5), synthetic=synthetic)).population.synthetic is synthetic


@pytest.mark.parametrize(
    "other",
    [
        {"one": population(peers(7))},
        {"one": population([*peers(5), {"organisation": " 5", "X1.a": 5.5}])},
        {"one": population(peers(6), synthetic=True)},
        {"on": date(2026, 10, 13)},
        {"name": "spring"},
        {"scheme": replace(SCHEME, id="other")},
        {"scheme": replace(SCHEME, digest="1" * 64)},
    ],
)
def test_the_digest_changes_with_all_that_a_set_says(other: dict[str, Any]) -> None:
    same = {"one": population(peers(6))}
    assert frozen(**{**same, **other}).digest != frozen(**same).digest


def test_rows_that_cannot_be_peers_do_not_change_the_digest() -> None:
    old = {"organisation": "Old", "interviewed_on": date(2019, 1, 1)}
    future = {"organisation": "Late", "interviewed_on": date(2027, 1, 1)}
    assert frozen(population([old, *peers(6), future])).digest == frozen(population(peers(6))).digest


def test_the_digest_of_a_known_set_stays_what_it_is() -> None:
    known = "1aecea31724e319e9dfa4b3f050dc7058c0f67c2db8ae3a92a2c7f4ac138c136"
    assert frozen(population(peers(9))).digest == known


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * (LONGEST_NAME + 1), "tab\there"])
def test_a_name_that_cannot_be_cited_is_refused(name: str) -> None:
    with pytest.raises(Unusable, match="needs a name of printable letters, 100 at most"):
        frozen(population(peers(6)), name=name)


def test_the_longest_name_is_still_a_name() -> None:
    assert frozen(population(peers(6)), name="x" * LONGEST_NAME).name == "x" * LONGEST_NAME


def test_a_day_without_peers_gives_no_set() -> None:
    with pytest.raises(Unusable, match="No assessment is in the 5 years up to 2010-01-01") as caught:
        frozen(population(peers(6)), on=date(2010, 1, 1))
    assert caught.value.faults[0].place == "on"


@pytest.mark.parametrize("setting", [None, replace(SIZES, median_from=1)])
def test_without_a_readable_disclosure_setting_nothing_is_frozen(setting: Any) -> None:
    with pytest.raises(Unusable, match="no readable disclosure setting"):
        frozen(population(peers(6)), scheme=benchmark_scheme(setting))


def test_zeros_of_both_signs_give_one_comparison_whatever_their_order() -> None:
    zeros = [0.0, -0.0, 0.0, -0.0, -0.0]
    made = [
        population([{"organisation": f"Z {n}", "X1.a": value} for n, value in enumerate(order)])
        for order in (zeros, zeros[::-1])
    ]
    medians = [str(look(one, one_organisation(), {}).figures["X1.a"]["all"].median) for one in made]
    assert medians == ["0.0", "0.0"]


def test_every_measure_of_the_population_is_kept() -> None:
    kept = frozen(population(peers(6))).population
    assert tuple(kept.values) == MEASURES
    assert tuple(kept.words) == ("X2.deputy", "X2.story")
