from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.benchmark import (
    ON,
    POPULATIONS,
    TINY_SIZES,
    benchmark_scheme,
    one_organisation,
    peers,
    population,
)
from touchstone.core.assessment.model import Organisation
from touchstone.core.benchmark.groups import Reference, refer, reference_groups, related_portfolios, widened
from touchstone.core.benchmark.model import Group, Population
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.scheme.model import Portfolio, Scheme

SCHEME = benchmark_scheme()
FEW = "It has fewer than 5 peers."


def look(
    rows: list[dict[str, Any]],
    *,
    scheme: Scheme = SCHEME,
    organisation: Organisation | None = None,
    on: date = ON,
) -> Reference:
    return refer(population(rows), scheme=scheme, organisation=organisation or one_organisation(), on=on)


def sizes(reference: Reference) -> dict[str, int]:
    return {group.id: group.n for group in reference.groups}


def by_id(reference: Reference) -> dict[str, Group]:
    return {group.id: group for group in reference.groups}


def names(one: Population, group: Group) -> list[str]:
    return sorted(one.organisation[group.members].tolist())


def test_there_are_four_groups_in_their_order() -> None:
    reference = look([*peers(6, country="LT"), *peers(7, country="PL", level="gold")])
    assert sizes(reference) == {"portfolio:ict": 13, "country:LT": 6, "gold": 7, "all": 13}
    assert [group.kind for group in reference.groups] == ["portfolio", "country", "gold", "all"]
    assert reference.notes == ()


def test_a_group_holds_its_peers_and_nobody_else() -> None:
    one = population([*peers(6, portfolio="ict", country="PL"), *peers(8, portfolio="food", country="LT")])
    portfolio, country, _, everybody = reference_groups(
        one, scheme=SCHEME, organisation=one_organisation(), on=ON
    )
    assert names(one, portfolio) == [f"ict/PL {number}" for number in range(6)]
    assert names(one, country) == [f"food/LT {number}" for number in range(8)]
    assert everybody.members.tolist() == list(range(14))


@pytest.mark.parametrize(
    "spelling", ["own", " OWN ", "Our Own Cluster", "our own cluster ", "OUR OWN CLUSTER"]
)
def test_the_organisation_is_never_its_own_peer(spelling: str) -> None:
    assert sizes(look([*peers(6), {"organisation": spelling}]))["all"] == 6


def test_an_organisation_without_a_name_leaves_nobody_else_out() -> None:
    reference = look([*peers(6), {"organisation": "?"}], organisation=one_organisation(name=""))
    assert sizes(reference)["all"] == 7


def test_an_older_row_of_the_own_organisation_does_not_count_either() -> None:
    own = [{"organisation": "own", "interviewed_on": date(year, 5, 1)} for year in (2022, 2024, 2026)]
    assert sizes(look([*peers(5), *own]))["all"] == 5


def test_only_the_latest_row_of_an_organisation_decides_its_groups() -> None:
    once_gold = [
        {"organisation": "Risen", "interviewed_on": date(2023, 1, 1), "level": "gold"},
        {"organisation": "Risen", "interviewed_on": date(2025, 1, 1), "level": "bronze"},
    ]
    assert sizes(look([*peers(5, level="gold"), *once_gold])) == {
        "portfolio:ict": 6,
        "country:LT": 6,
        "gold": 5,
        "all": 6,
    }


def test_a_population_that_is_prepared_gives_the_same_groups() -> None:
    one = population([*peers(9), *peers(6, country="PL")])
    raw = reference_groups(one, scheme=SCHEME, organisation=one_organisation(), on=ON)
    ready = reference_groups(prepare(one, SCHEME), scheme=SCHEME, organisation=one_organisation(), on=ON)
    assert [group.digest for group in raw] == [group.digest for group in ready]


def test_too_small_a_portfolio_falls_back_to_its_related_ones() -> None:
    rows = [*peers(3, portfolio="ict"), *peers(4, portfolio="creative"), *peers(9, portfolio="food")]
    reference = look(rows)
    assert sizes(reference) == {
        "portfolio:ict": 3,
        "related:ict": 7,
        "country:LT": 16,
        "gold": 0,
        "all": 16,
    }
    assert by_id(reference)["related:ict"].kind == "portfolio"
    assert by_id(reference)["related:ict"].withheld == ""
    assert reference.notes == (
        f'Nothing of "portfolio:ict" (3 peers) is shown. {FEW} Compared with "related:ict" instead.',
        f'Nothing of "gold" (0 peers) is shown. {FEW}',
    )


def test_the_fall_back_widens_until_it_is_large_enough() -> None:
    rows = [*peers(2, portfolio="ict"), *peers(2, portfolio="creative"), *peers(9, portfolio="food")]
    assert sizes(look(rows))["related:ict"] == 13


def test_the_fall_back_works_without_a_single_peer_in_the_portfolio() -> None:
    assert sizes(look(peers(9, portfolio="creative")))["related:ict"] == 9


def test_where_related_portfolios_do_not_suffice_all_are_the_fall_back() -> None:
    rows = [*peers(2, portfolio="ict"), *peers(2, portfolio="creative"), *peers(9, portfolio="health")]
    reference = look(rows)
    assert list(sizes(reference)) == ["portfolio:ict", "country:LT", "gold", "all"]
    assert reference.notes[0] == (
        f'Nothing of "portfolio:ict" (2 peers) is shown. {FEW} Compared with "all" instead.'
    )


def test_a_portfolio_that_the_scheme_does_not_have_falls_back_to_all() -> None:
    reference = look(peers(9, portfolio="food"), organisation=one_organisation(portfolio="unheard-of"))
    assert sizes(reference) == {"portfolio:unheard-of": 0, "country:LT": 9, "gold": 0, "all": 9}


def test_a_portfolio_is_never_related_to_itself_nor_twice() -> None:
    odd = Portfolio(id="ict", name="ICT", related=("ict", "food", "food", "creative"))
    assert related_portfolios("ict", benchmark_scheme(portfolios={"ict": odd})) == ("food", "creative")


@pytest.mark.parametrize(
    ("counts", "expected"), [([5], 1), ([4, 0, 1], 3), ([0, 9], 2), ([1, 1, 1], None), ([], None)]
)
def test_widening_takes_as_few_portfolios_as_possible(counts: list[int], expected: int | None) -> None:
    assert widened(counts, 5) == expected


def test_a_group_that_is_nearly_another_one_is_withheld() -> None:
    reference = look([*peers(20, country="LT"), *peers(2, country="PL")])
    reason = "It differs from a larger group by fewer than 3 organisations."
    assert {group.id: group.withheld for group in reference.groups} == {
        "portfolio:ict": "",
        "country:LT": reason,
        "gold": FEW,
        "all": "",
    }
    assert reference.notes[0] == f'Nothing of "country:LT" (20 peers) is shown. {reason}'


def test_a_portfolio_that_is_nearly_everybody_is_withheld_and_all_takes_its_place() -> None:
    reference = look([*peers(20, portfolio="ict"), *peers(1, portfolio="food")])
    assert by_id(reference)["portfolio:ict"].withheld
    assert reference.notes[0].endswith('Compared with "all" instead.')


def test_nothing_takes_the_place_of_a_portfolio_where_nothing_is_shown() -> None:
    reference = look(peers(2, portfolio="ict"))
    assert reference.notes[0] == f'Nothing of "portfolio:ict" (2 peers) is shown. {FEW}'


def test_equal_groups_are_all_shown() -> None:
    reference = look(peers(20, level="gold"))
    assert [group.withheld for group in reference.groups] == ["", "", "", ""]


def test_of_two_close_groups_of_one_size_the_portfolio_stays_before_country_and_gold() -> None:
    """19 peers are in all three; one more in each makes every pair differ by two."""
    rows = [
        *peers(19, portfolio="ict", country="LT", level="gold"),
        *peers(1, portfolio="ict", country="PL", level=""),
        *peers(1, portfolio="food", country="LT", level=""),
        *peers(1, portfolio="food", country="PL", level="gold"),
        *peers(9, portfolio="food", country="PL", level=""),
    ]
    reference = look(rows)
    assert sizes(reference) == {"portfolio:ict": 20, "country:LT": 20, "gold": 20, "all": 31}
    assert [bool(group.withheld) for group in reference.groups] == [False, True, True, False]


@given(POPULATIONS, st.sampled_from(["ict", "creative", "food"]))
def test_no_two_groups_shown_differ_by_one_or_two_peers(one: Population, portfolio: str) -> None:
    organisation = one_organisation(portfolio=portfolio)
    reference = refer(one, scheme=benchmark_scheme(TINY_SIZES), organisation=organisation, on=ON)
    shown = [set(group.members.tolist()) for group in reference.groups if not group.withheld]
    assert all(len(one ^ other) not in (1, 2) for one in shown for other in shown)
    assert all(len(one) >= TINY_SIZES.median_from for one in shown)


@given(POPULATIONS)
def test_every_group_is_part_of_all(one: Population) -> None:
    *groups, everybody = reference_groups(one, scheme=SCHEME, organisation=one_organisation(), on=ON)
    assert everybody.id == "all"
    for group in groups:
        assert set(group.members) <= set(everybody.members)


@given(POPULATIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_no_digest(one: Population, random: Any) -> None:
    days = one.interviewed_on
    unique = [
        row
        for row in range(len(one))
        if not any(
            days[other] == days[row] and one.organisation[other] == one.organisation[row]
            for other in range(row)
        )
    ]
    turned = list(unique)
    random.shuffle(turned)
    before, after = (
        reference_groups(_rows(one, order), scheme=SCHEME, organisation=one_organisation(), on=ON)
        for order in (unique, turned)
    )
    assert [group.digest for group in before] == [group.digest for group in after]


def _rows(one: Population, order: list[int]) -> Population:
    return replace(
        one,
        organisation=one.organisation[order],
        country=one.country[order],
        portfolio=one.portfolio[order],
        interviewed_on=one.interviewed_on[order],
        level=one.level[order],
        values={id: column[order] for id, column in one.values.items()},
        words={id: column[order] for id, column in one.words.items()},
    )


@pytest.mark.parametrize("setting", [None, replace(TINY_SIZES, median_from=0)])
def test_without_a_readable_setting_nobody_is_a_peer(setting: Any) -> None:
    reference = look(peers(30), scheme=benchmark_scheme(setting))
    assert sizes(reference) == {"portfolio:ict": 0, "country:LT": 0, "gold": 0, "all": 0}
    assert {group.withheld for group in reference.groups} == {
        "The scheme has no readable disclosure setting."
    }
    assert reference.notes == (
        "The scheme has no readable disclosure setting, so nothing of the peers is shown.",
    )


def test_an_empty_population_is_said_so() -> None:
    reference = look([])
    assert sizes(reference) == {"portfolio:ict": 0, "country:LT": 0, "gold": 0, "all": 0}
    assert reference.notes == ("The population has no peer on 2026-10-12, so nothing is compared.",)


def test_a_digest_depends_on_the_members_alone() -> None:
    first, second = by_id(look(peers(9))), by_id(look([*peers(9), *peers(5, country="PL")]))
    assert first["country:LT"].digest == second["country:LT"].digest
    assert first["all"].digest != second["all"].digest
    assert first["all"].digest == first["country:LT"].digest


def test_members_are_rows_of_the_population() -> None:
    groups = look([{"organisation": "own"}, *peers(6)]).groups
    np.testing.assert_array_equal(groups[-1].members, np.arange(1, 7))
