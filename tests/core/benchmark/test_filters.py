from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.benchmark import (
    MEASURES,
    ON,
    SIZES,
    TINY_SIZES,
    benchmark_scheme,
    one_organisation,
    own_row,
    peers,
    population,
)
from factories.classed import CLASSED, REPEATED, TINY, classed_scheme
from touchstone.core.assessment.model import Organisation
from touchstone.core.benchmark.comparison import compare
from touchstone.core.benchmark.filters import (
    Filters,
    classes,
    filtered_members,
    groups_on,
    narrowed_id,
    prepare_filters,
    read_id,
)
from touchstone.core.benchmark.groups import related_portfolios
from touchstone.core.benchmark.model import Figure, Population
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.faults import Unusable
from touchstone.core.scheme.model import Scheme

SCHEME = classed_scheme()
FROM = TINY_SIZES.median_from
CLOSE = range(1, 5)  # the scheme's three, and two whose values are known


def filters_of(one: Population, scheme: Scheme = TINY, on: date = ON) -> Filters:
    return prepare_filters(prepare(one, scheme), scheme=scheme, on=on)


def owners(one: Population, rows: Any) -> set[str]:
    return {str(one.organisation[row]) for row in rows}


def by_hand(one: Population, measure: str) -> dict[str, set[str]]:
    """Every set that can be asked for, one organisation after the other: those with a value."""
    found: dict[str, set[str]] = {}
    for row in np.flatnonzero(~np.isnan(one.values[measure])).tolist():
        age, size = one.values["X1.b"][row], one.values["X1.c"][row]
        groups = ["all", f"portfolio:{one.portfolio[row]}", f"country:{one.country[row]}"]
        groups += ["gold"] if one.level[row] == "gold" else []
        ages = [""] + ([";age=young" if age < 5 else ";age=old"] if not np.isnan(age) else [])
        word = "small" if size < 10 else "medium" if size < 20 else "large"
        sizes = [""] + ([f";size={word}"] if not np.isnan(size) else [])
        for parts in product(groups, ages, sizes):
            found.setdefault("".join(parts), set()).add(str(one.organisation[row]))
    return found


def shown_sets(filters: Filters, measure: str, leaving_out: Organisation | None = None) -> dict[str, Figure]:
    figures = {id: filters.figures(id, measures=[measure], leaving_out=leaving_out) for id in filters.ids}
    return {id: figure[measure] for id, figure in figures.items() if figure[measure].shown != "none"}


@given(CLASSED)
def test_the_sets_are_those_counted_one_by_one(one: Population) -> None:
    filters = filters_of(one)
    wanted = by_hand(one, "X1.a")
    has = ~np.isnan(one.values["X1.a"])
    for id in filters.ids:
        rows = filters.members(id)
        assert owners(one, rows[has[rows]]) == wanted.get(id, set())
    assert set(wanted) <= set(filters.ids)


@given(CLASSED, st.sampled_from(MEASURES))
def test_no_two_filters_that_are_shown_differ_by_one_or_two_organisations(
    one: Population, measure: str
) -> None:
    """Whoever asks, nobody or any one organisation left out, and whoever puts his figures beside them."""
    sets, shown = by_hand(one, measure), shown_sets(filters_of(one), measure)
    everybody = set().union(*sets.values())
    for first, second in product(shown, shown):
        apart = sets[first] ^ sets[second]
        assert len(apart) not in CLOSE
        assert all(len(apart - {own, other}) not in (1, 2) for own in everybody for other in everybody)


@given(CLASSED, st.sampled_from(MEASURES))
def test_no_narrowed_set_is_close_to_a_group_that_any_report_may_show(one: Population, measure: str) -> None:
    sets, shown = by_hand(one, measure), shown_sets(filters_of(one), measure)
    groups = [members for id, members in sets.items() if ";" not in id and len(members) >= FROM]
    groups += [set().union(*wider) for wider in widenings(one, sets)]
    for id, other in product((id for id in shown if ";" in id), groups):
        assert len(sets[id] ^ other) not in (1, 2)


def widenings(one: Population, sets: dict[str, set[str]]) -> Iterator[list[set[str]]]:
    """What `refer` may widen a portfolio to: for one from outside, and for each member of the population."""
    for portfolio in TINY.portfolios:
        chain = (portfolio, *related_portfolios(portfolio, TINY))
        askers = [
            one_organisation(portfolio=portfolio),
            *(own_row(one, row) for row in range(len(one)) if one.portfolio[row] == portfolio),
        ]
        for asker in askers:
            found = compare({}, organisation=asker, population=one, scheme=TINY, on=ON)
            for group in (group for group in found.groups if group.id.startswith("related:")):
                taken = set(one.portfolio[group.members].tolist())
                wider = [sets.get(f"portfolio:{name}", set()) for name in chain if name in taken]
                if len(set().union(*wider)) >= FROM:
                    yield wider


@given(CLASSED, st.sampled_from(MEASURES))
def test_the_classes_shown_leave_no_handful_of_the_whole(one: Population, measure: str) -> None:
    sets, shown = by_hand(one, measure), shown_sets(filters_of(one), measure)
    lines = [
        *((group, f"{group};age={{}}", ("young", "old")) for group in sets if "age=" not in group),
        *(
            (group, f"{group};size={{}}", ("small", "medium", "large"))
            for group in sets
            if "size=" not in group
        ),
    ]
    for whole, pattern, steps in lines:
        if len(sets[whole]) >= FROM:
            named = [place_age(pattern.format(step)) for step in steps]
            parts = [sets[id] for id in named if id in shown]
            left = sets[whole] - set().union(*parts)
            assert not parts or len(left) not in CLOSE


def place_age(id: str) -> str:
    """The id with its classings in the order of the scheme."""
    group, *parts = id.split(";")
    return ";".join([group, *sorted(parts)])


@given(CLASSED, st.sampled_from(MEASURES))
def test_the_decision_is_the_one_by_brute_force(one: Population, measure: str) -> None:
    """The same rules, set by set, over Python's own sets."""
    sets = by_hand(one, measure)
    assert set(shown_sets(filters_of(one), measure)) == decided_by_brute_force(one, sets, filters_of(one).ids)


def decided_by_brute_force(one: Population, sets: dict[str, set[str]], ids: tuple[str, ...]) -> set[str]:
    large = [id for id in ids if len(sets.get(id, ())) >= FROM]
    largest_first = sorted(large, key=lambda one: -len(sets[one]))
    wider = [set().union(*parts) for parts in every_widening(one, sets)]
    taken = [sets[id] for id in large if ";" not in id] + [w for w in wider if len(w) >= FROM]
    shown: list[str] = []
    for id in largest_first:
        beside = [sets[other] for other in shown if (";" in other) == (";" in id)]
        beside += taken if ";" in id else []
        if all(len(sets[id] ^ other) not in CLOSE for other in beside):
            shown.append(id)
    steps = {"age": ("young", "old"), "size": ("small", "medium", "large")}
    while True:
        before = list(shown)
        for key, words in steps.items():
            gone = set(smallest_beside_a_handful(shown, sets, ids, key=key, words=words))
            shown = [id for id in shown if id not in gone]
        if shown == before:
            return set(shown)


def smallest_beside_a_handful(
    shown: list[str], sets: dict[str, set[str]], ids: tuple[str, ...], *, key: str, words: tuple[str, ...]
) -> Iterator[str]:
    for whole in (id for id in ids if f"{key}=" not in id and len(sets.get(id, ())) >= FROM):
        parts = [place_age(f"{whole};{key}={word}") for word in words]
        parts = [id for id in parts if id in shown]
        left = sets[whole] - set().union(*(sets[id] for id in parts))
        if parts and len(left) in CLOSE:
            yield min(parts, key=lambda one: len(sets[one]))


def every_widening(one: Population, sets: dict[str, set[str]]) -> Iterator[list[set[str]]]:
    """The portfolios, from a too small one on, that suffice with or without one organisation less."""
    sizes = {portfolio: int(np.count_nonzero(one.portfolio == portfolio)) for portfolio in TINY.portfolios}
    for portfolio in TINY.portfolios:
        chain = (portfolio, *related_portfolios(portfolio, TINY))
        for length in range(2, len(chain) + 1):
            total = sum(sizes[name] for name in chain[:length])
            if total >= FROM and total - sizes[chain[length - 1]] - 1 < FROM:
                yield [sets.get(f"portfolio:{name}", set()) for name in chain[:length]]


@given(CLASSED, st.randoms(use_true_random=False))
def test_what_is_shown_does_not_depend_on_the_order_of_asking(one: Population, random: Any) -> None:
    ready = prepare(one, TINY)
    first, second = (prepare_filters(ready, scheme=TINY, on=ON) for _ in range(2))
    asked = [(id, measure) for id in first.ids[:20] for measure in MEASURES]
    answers = {ask: first.figures(ask[0], measures=[ask[1]]) for ask in asked}
    random.shuffle(asked)
    assert {ask: second.figures(ask[0], measures=[ask[1]]) for ask in asked} == answers


@given(CLASSED, st.data())
def test_every_figure_shown_of_a_filter_is_that_of_numpy(one: Population, data: st.DataObject) -> None:
    filters = filters_of(one)
    id = data.draw(st.sampled_from(filters.ids))
    asker = own_row(one, data.draw(st.integers(0, len(one) - 1))) if len(one) else one_organisation()
    found = filters.figures(id, own={"X1.a": 2.5}, leaving_out=asker)
    assert tuple(found) == MEASURES
    members = [row for row in filters.members(id).tolist() if one.organisation[row] != asker.id]
    for measure, figure in found.items():
        values = one.values[measure][members]
        values = values[~np.isnan(values)]
        assert figure.n == len(values)
        if figure.shown != "none":
            wanted = expected_figure(values, 2.5 if measure == "X1.a" else None)
            assert figure in (wanted, replace(wanted, shown="quartiles", p5=None, p95=None))


def expected_figure(values: Any, own: float | None) -> Figure:
    n = len(values)
    p5, p25, p50, p75, p95 = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
    place = None if own is None else 100 * (np.sum(values < own) + np.sum(values == own) / 2) / n
    if n < TINY_SIZES.quartiles_from:
        return Figure(n=n, shown="median", median=p50, percentile=place)
    if n < TINY_SIZES.full_from:
        return Figure(n=n, shown="quartiles", median=p50, p25=p25, p75=p75, percentile=place)
    return Figure(n=n, shown="full", median=p50, p25=p25, p75=p75, p5=p5, p95=p95, percentile=place)


@given(REPEATED, st.data())
def test_of_groups_from_several_days_a_newer_assessment_counts_as_a_difference(
    one: Population, data: st.DataObject
) -> None:
    """A release may keep for a group the rows of an earlier day; organisations are counted, not rows."""
    ready = prepare(one, TINY)
    early = groups_on(ready, scheme=TINY, on=date(2025, 6, 1))
    late = groups_on(ready, scheme=TINY, on=ON)
    groups = {id: data.draw(st.sampled_from([early.get(id, rows), rows])) for id, rows in late.items()}
    filters = Filters(ready=ready, scheme=TINY, groups=groups)
    shown = [set(filters.members(id).tolist()) for id in shown_sets(filters, "X1.a") if ";" in id]
    for first, second in product(shown, shown):
        apart = owners(one, first ^ second)
        assert len(apart) not in CLOSE


def test_two_organisations_with_a_newer_assessment_are_two_and_not_four() -> None:
    once = [{**row, "interviewed_on": date(2025, 5, 1)} for row in peers(30, **{"X1.b": 7.0})]
    again = [{**row, "interviewed_on": date(2026, 5, 1)} for row in once[:2]]
    ready = prepare(population([*once, *again]), SCHEME)
    groups = {"all": np.arange(30), "gold": np.arange(2, 32)}
    filters = Filters(ready=ready, scheme=SCHEME, groups=groups)
    shown = {id: filters.figures(id, measures=["X1.a"])["X1.a"].shown for id in groups}
    assert shown == {"all": "full", "gold": "none"}


def test_a_group_that_is_widened_further_for_a_member_than_for_others_counts_as_shown() -> None:
    """ICT and creative are five for outsiders; for one of them they are four, and food comes in: nine."""
    wider = [("ict", 2), ("creative", 3), ("food", 4), ("other", 1)]
    old = [row for portfolio, n in wider for row in peers(n, portfolio=portfolio, **{"X1.b": 7.0})]
    filters = filters_of(population([*old, *peers(19, portfolio="other", **{"X1.b": 1.0})]), SCHEME)
    assert filters.figures("all;age=old", measures=["X1.a"]) == {"X1.a": Figure(n=10, shown="none")}


def two_classes(young: int, old: int, **same: Any) -> list[dict[str, Any]]:
    return [
        *peers(young, **{"X1.b": 1.0, "X1.c": 5.0, **same}),
        *peers(old, **{"X1.b": 7.0, "X1.c": 5.0, **same}),
    ]


def test_a_narrowed_group_is_shown_by_the_number_of_its_peers() -> None:
    filters = filters_of(population(two_classes(6, 30)), SCHEME)
    shown = {id: figure.shown for id, figure in shown_sets(filters, "X1.a").items() if id.startswith("all")}
    assert shown == {
        "all": "full",
        "all;size=small": "full",
        "all;age=young": "median",
        "all;age=young;size=small": "median",
        "all;age=old": "full",
        "all;age=old;size=small": "full",
    }


def test_a_narrowed_group_that_is_almost_its_group_is_held_back() -> None:
    """Four are young: two of them who put their figures together would learn of the others."""
    filters = filters_of(population(two_classes(4, 30)), SCHEME)
    assert filters.figures("all;age=old", measures=["X1.a"]) == {"X1.a": Figure(n=30, shown="none")}
    assert filters.figures("all", measures=["X1.a"])["X1.a"].shown == "full"


def test_a_narrowed_group_that_differs_by_five_is_shown() -> None:
    filters = filters_of(population(two_classes(5, 30)), SCHEME)
    assert filters.figures("all;age=old", measures=["X1.a"])["X1.a"].shown == "full"


def test_the_smallest_class_goes_where_the_rest_is_a_handful() -> None:
    """Six young and twenty old are shown of 28, so the two of unknown age could be told."""
    unknown = peers(2, **{"X1.c": 5.0})
    filters = filters_of(population([*two_classes(6, 20), *unknown]), SCHEME)
    shown = {id: figure.shown for id, figure in shown_sets(filters, "X1.a").items() if id.startswith("all")}
    assert shown == {
        "all": "full",
        "all;size=small": "full",
        "all;age=old": "full",
        "all;age=old;size=small": "full",
    }


def test_leaving_oneself_out_may_lower_the_level() -> None:
    filters = filters_of(population(two_classes(5, 30)), SCHEME)
    member = Organisation(id="1.0/5.0 0", name="", country="LT", portfolio="ict")
    assert filters.figures("all;age=young", measures=["X1.a"])["X1.a"].shown == "median"
    assert filters.figures("all;age=young", measures=["X1.a"], leaving_out=member) == {
        "X1.a": Figure(n=4, shown="none")
    }


def test_an_organisation_is_left_out_by_its_name_too() -> None:
    filters = filters_of(population(two_classes(5, 30)), SCHEME)
    named = Organisation(id="?", name=" 1.0/5.0 0 ", country="LT", portfolio="ict")
    assert len(filters.members("all;age=young", leaving_out=named)) == 4


def test_tails_that_would_tell_about_a_single_peer_are_held_back_of_filters_too() -> None:
    """Of twenty young one holds nearly all there is."""
    young = peers(20, **{"X1.b": 1.0})
    young[0]["X1.a"] = 1e6
    filters = filters_of(population([*young, *peers(20, **{"X1.b": 7.0})]), SCHEME)
    assert filters.figures("all;age=young", measures=["X1.a"])["X1.a"].shown == "quartiles"
    assert filters.figures("all;age=old", measures=["X1.a"])["X1.a"].shown == "full"


def test_the_own_position_is_found_among_the_narrowed_group() -> None:
    filters = filters_of(population(two_classes(10, 30)), SCHEME)
    found = filters.figures("all;age=young", measures=["X1.a"], own={"X1.a": 2.0})
    assert found["X1.a"].percentile == 25.0


def test_no_measures_give_no_figures() -> None:
    assert filters_of(population(two_classes(5, 30)), SCHEME).figures("all", measures=[]) == {}


@pytest.mark.parametrize("setting", [None, replace(SIZES, difference=0)])
def test_without_a_readable_setting_no_filter_shows_anything(setting: Any) -> None:
    filters = filters_of(population(two_classes(30, 30)), classed_scheme(setting))
    assert filters.ids[:3] == ("all", "all;size=small", "all;size=medium")
    assert filters.figures("all;age=old", measures=["X1.a"]) == {"X1.a": Figure(n=0, shown="none")}
    with_rows = Filters(ready=filters.ready, scheme=filters.scheme, groups={"all": np.arange(60)})
    assert with_rows.figures("all", measures=["X1.a"]) == {"X1.a": Figure(n=60, shown="none")}


def test_nobody_on_the_day_shows_nothing() -> None:
    filters = filters_of(population(two_classes(30, 30)), SCHEME, on=date(2010, 1, 1))
    assert filters.figures("gold;size=small", measures=["X1.a"]) == {"X1.a": Figure(n=0, shown="none")}


def test_a_scheme_without_classings_has_its_groups_alone() -> None:
    filters = filters_of(population(peers(6)), benchmark_scheme())
    assert filters.ids == ("all", "gold", "portfolio:ict", "country:LT")
    assert filters.figures("country:LT", measures=["X1.a"])["X1.a"].shown == "median"


def test_without_any_group_there_is_no_set() -> None:
    filters = Filters(ready=prepare(population([]), TINY), scheme=TINY, groups={})
    assert filters.ids == ()
    assert filters.levels("X1.a").tolist() == []


# ---- ids and classes


def test_an_id_names_the_classes_in_the_order_of_the_scheme() -> None:
    assert narrowed_id("portfolio:ict", {"size": "small", "age": "young"}, TINY) == (
        "portfolio:ict;age=young;size=small"
    )
    assert narrowed_id("gold", {}, TINY) == "gold"


@given(
    st.sampled_from(["all", "gold", "portfolio:ict", "country:LT"]),
    st.fixed_dictionaries(
        {}, optional={"age": st.sampled_from(["young", "old"]), "size": st.sampled_from(["small", "large"])}
    ),
)
def test_an_id_reads_as_what_it_names(group: str, chosen: dict[str, str]) -> None:
    assert read_id(narrowed_id(group, chosen, TINY), TINY) == (group, chosen)


def test_classings_may_stand_in_any_order() -> None:
    filters = filters_of(population(two_classes(6, 30)), SCHEME)
    one, other = (
        filters.figures(f"all;{parts}", measures=["X1.a"])
        for parts in ("age=young;size=small", "size=small;age=young")
    )
    assert one == other


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("all;aeg=old", 'all;aeg=old: classing: There is no "aeg". Did you mean "age"?'),
        ("all;colour=red", 'all;colour=red: classing: There is no "colour". There is: age, size.'),
        ("all;age=yuong", 'all;age=yuong: age: There is no "yuong". Did you mean "young"?'),
        ("all;age", 'all;age: age: There is no "". There is: young, old.'),
        ("all;age=old;age=young", 'all;age=old;age=young: "age" is named twice. Name one class of each.'),
        ("country:LX", 'country:LX: group: There is no "country:LX". Did you mean "country:LT"?'),
    ],
)
def test_an_id_that_names_nothing_is_told_with_what_was_meant(id: str, told: str) -> None:
    with pytest.raises(Unusable) as caught:
        filters_of(population(two_classes(6, 30)), SCHEME).figures(id)
    assert str(caught.value) == told


def test_a_class_begins_at_its_start() -> None:
    values = np.array([-1.0, 0.0, 9.99, 10.0, 19.0, 20.0, 1e9, np.nan])
    assert classes(values, TINY.classings["size"]).tolist() == [-1, 0, 0, 1, 1, 2, 2, -1]


def test_members_are_those_in_all_the_chosen_classes() -> None:
    one = population(
        [{"X1.b": 1.0, "X1.c": 5.0}, {"X1.b": 7.0, "X1.c": 5.0}, {"X1.b": 7.0, "X1.c": 15.0}, {}]
    )
    ready = prepare(one, TINY)
    rows = np.arange(4)
    assert filtered_members(ready, rows, {"age": "old"}, TINY).tolist() == [1, 2]
    assert filtered_members(ready, rows, {"age": "old", "size": "small"}, TINY).tolist() == [1]
    assert filtered_members(ready, rows, {}, TINY).tolist() == [0, 1, 2, 3]


def test_the_groups_of_a_day_are_all_gold_portfolios_and_countries() -> None:
    one = population([{"country": "PL", "level": "gold"}, {"portfolio": "food"}])
    found = groups_on(prepare(one, TINY), scheme=TINY, on=ON)
    assert {id: rows.tolist() for id, rows in found.items()} == {
        "all": [0, 1],
        "gold": [0],
        "portfolio:food": [1],
        "portfolio:ict": [0],
        "country:LT": [1],
        "country:PL": [0],
    }
