"""The attacker himself: he reckons as numpy does, and finds what there is to find and no more."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.attackers import (
    NOTHING,
    Prior,
    Recovered,
    Told,
    attack,
    plain_level,
    plain_position,
    plain_quantile,
)
from factories.benchmark import SIZES, TINY_SIZES
from touchstone.core.benchmark.model import Figure

NUMBERS = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=30)
DOMAIN = (0.0, 1.0, 2.0)


@given(NUMBERS, st.sampled_from([0.05, 0.25, 0.5, 0.75, 0.95]))
def test_quantiles_on_paper_are_those_of_numpy(values: list[float], share: float) -> None:
    assert plain_quantile(values, share) == pytest.approx(
        float(np.quantile(values, share)), rel=1e-9, abs=1e-6
    )


@pytest.mark.parametrize(("own", "expected"), [(0, 0), (1, 12.5), (2, 50), (3, 87.5), (4, 100)])
def test_a_position_is_counted(own: float, expected: float) -> None:
    assert plain_position([1, 2, 2, 3], own) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(4, "none"), (5, "median"), (10, "quartiles"), (19, "quartiles"), (20, "full"), (21, "full")],
)
def test_the_levels_are_those_of_the_scheme(count: int, expected: str) -> None:
    assert plain_level(range(1, count + 1), SIZES) == expected


def published(members: str, values: dict[str, float], own: float | None = None) -> Told:
    """All that may be shown of some, by the tiny sizes."""
    inside = [values[who] for who in members]
    level = plain_level(inside, TINY_SIZES)
    shares = {"median": 0.5, "p25": 0.25, "p75": 0.75, "p5": 0.05, "p95": 0.95}
    allowed = {"none": 0, "median": 1, "quartiles": 3, "full": 5}[level]
    shown = {name: plain_quantile(inside, share) for name, share in list(shares.items())[:allowed]}
    position = plain_position(inside, own) if own is not None and allowed else None
    figure = Figure(n=len(inside), shown=level, percentile=position, **shown)
    return Told(of=frozenset(members), figure=figure, own=own, setting=TINY_SIZES)


def by_trying_everything(told: list[Told], prior: Prior) -> dict[str, set[float]]:
    """Who → his possible values: one assignment after the other."""
    shown = [one for one in told if one.figure.shown != "none"]
    everybody = sorted(set().union(*(one.of for one in shown)))
    found: dict[str, set[float]] = {who: set() for who in everybody}
    for values in product(*(prior.of(who) for who in everybody)):
        world = dict(zip(everybody, values, strict=True))
        if prior.largest and world.get(prior.largest, max(values)) < max(values):
            continue
        if all(one.fits([world[who] for who in one.of]) for one in shown):
            for who, value in world.items():
                found[who].add(value)
    return found


@settings(max_examples=60)
@given(st.data())
def test_the_search_finds_what_trying_everything_finds(data: st.DataObject) -> None:
    everybody = "abcdefg"
    values = {who: data.draw(st.sampled_from(DOMAIN)) for who in everybody}
    groups = data.draw(st.lists(st.sets(st.sampled_from(everybody), min_size=3), min_size=1, max_size=3))
    own = data.draw(st.sampled_from([None, 0.0, 1.0, 2.0]))
    told = [published("".join(sorted(group)), values, own) for group in groups]
    knows = data.draw(st.sets(st.sampled_from(everybody), max_size=2))
    largest = max(everybody, key=lambda who: values[who]) if data.draw(st.booleans()) else ""
    inside = set().union(*(one.of for one in told if one.figure.shown != "none"))
    prior = Prior(
        domain=DOMAIN,
        known={who: values[who] for who in knows},
        largest=largest if largest in inside else "",
    )
    possible = by_trying_everything(told, prior)
    expected = {
        who: min(found) for who, found in possible.items() if len(found) == 1 and len(prior.of(who)) > 1
    }
    assert attack(told, prior).values == expected


def test_a_group_shown_whole_gives_everybody_away_who_is_alike() -> None:
    told = [published("abcd", dict.fromkeys("abcd", 2.0), own=2.0)]
    assert attack(told, Prior(domain=DOMAIN)).values == dict.fromkeys("abcd", 2.0)


def test_subtracting_one_set_from_another_gives_one_away() -> None:
    values = {**dict.fromkeys("abc", 0.0), **dict.fromkeys("def", 2.0), "x": 1.0}
    told = [published("abcdef", values, own=1.0), published("abcdefx", values, own=1.0)]
    assert attack(told, Prior(domain=DOMAIN)).values["x"] == 1.0


def test_a_position_is_recovered_where_all_of_a_difference_are_below_the_own_value() -> None:
    """Of a to e nobody is below 2, of all with x, y and z three are, and the median of all is 3."""
    told = [
        Told(
            of=frozenset(of),
            figure=Figure(n=len(of), shown="median", median=3.0, percentile=100 * below / len(of)),
            own=2.0,
            setting=SIZES,
        )
        for of, below in (("abcde", 0), ("abcdexyz", 3))
    ]
    found = attack(told, Prior(domain=(0.0, 1.0, 3.0, 4.0)))
    assert found == Recovered(values={}, positions=frozenset("xyz"))


def test_what_was_known_before_is_not_recovered() -> None:
    told = [published("abcd", dict.fromkeys("abcd", 2.0), own=2.0)]
    known = dict.fromkeys("abcd", 2.0)
    assert attack(told, Prior(domain=DOMAIN, known=known)) == NOTHING


def test_who_is_known_to_be_the_largest_is_never_below_another() -> None:
    values = {"a": 0.0, "b": 0.0, "c": 1.0, "d": 2.0}
    told = [published("abcd", values)]
    assert attack(told, Prior(domain=DOMAIN, largest="d")).values["d"] == 2.0
    assert "d" not in attack(told, Prior(domain=DOMAIN)).values


def test_nothing_published_is_nothing_recovered() -> None:
    told = [published("ab", {"a": 1.0, "b": 1.0})]
    assert attack(told, Prior(domain=DOMAIN)) == NOTHING
    assert not NOTHING
    assert Recovered(values={"a": 1.0})
    assert Recovered(positions=frozenset("a"))


def test_figures_that_no_world_has_are_an_error() -> None:
    """Else the attacker would find nothing where the test has it wrong."""
    told = published("abc", {"a": 0.0, "b": 1.0, "c": 2.0})
    wrong = replace(told, figure=replace(told.figure, median=7.0))
    with pytest.raises(AssertionError, match="no world"):
        attack([wrong], Prior(domain=DOMAIN))
