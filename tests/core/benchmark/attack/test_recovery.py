"""What attackers recover from all that is published: nothing, unless a protection is switched off.

Each case is somebody's plan, with the sizes that are shipped. It is tried as things are, and with one
protection off; the same attack must then recover something, or the case would show nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from factories.attackers import NOTHING, Prior, Reader, Recovered, Told, attack, named, report
from factories.benchmark import ON, SIZES, benchmark_scheme, one_organisation, population
from factories.classed import classed_scheme
from touchstone.core.benchmark import filters, releases, tails
from touchstone.core.benchmark.filters import prepare_filters
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.releases import Release, renew
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Scheme

Rows = list[dict[str, Any]]
YEARS = [date(2024, 10, 12), date(2025, 10, 12), ON]


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the attackers have read, and what they knew before."""

    told: Sequence[Told]
    prior: Prior

    def recovered(self) -> Recovered:
        return attack(self.told, self.prior)


def row(name: str, value: float, **columns: Any) -> dict[str, Any]:
    return {"organisation": name, "X1.a": value, **columns}


def some(name: str, values: Iterable[float], **columns: Any) -> Rows:
    """Organisations with these values that share the rest."""
    return [row(f"{name} {number}", float(value), **columns) for number, value in enumerate(values)]


def key(name: str, on: date = date(2026, 10, 11)) -> str:
    return f"{name} {on}"


def over_years(rows: Sequence[Rows], scheme: Scheme, *, released: bool) -> list[tuple[Population, Any]]:
    """The population of each year with the release of that year, or without any."""
    found: list[tuple[Population, Any]] = []
    release: Release | None = None
    for on, then in zip(YEARS, rows, strict=True):
        one = population(then)
        release = renew(release, prepare(one, scheme), scheme=scheme, on=on) if released else None
        found.append((one, release))
    return found


# (a) A manager who reads his report year after year.


def years_of_one_manager(*, released: bool = True) -> Case:
    """In the second year there is one newcomer, in the third there are five more."""
    first = some("Old", [1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 5], interviewed_on=date(2024, 1, 1))
    second = [*first, row("Newcomer", 3.0, interviewed_on=date(2025, 1, 1))]
    third = [*second, *some("Later", [1, 2, 3, 4, 5], interviewed_on=date(2026, 1, 1))]
    scheme = benchmark_scheme()
    reader = Reader(organisation=one_organisation(), own=3.0)
    told = [
        figure
        for on, (one, release) in zip(
            YEARS, over_years([first, second, third], scheme, released=released), strict=True
        )
        for figure in report(reader, one, scheme=scheme, on=on, release=release)
    ]
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0, 4.0, 5.0)))


def newer_assessment(*, released: bool = True) -> Case:
    """One organisation is assessed again, all others stay what they were."""
    others = some("Other", [1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5], interviewed_on=date(2024, 1, 1))
    before = [*others, row("Risen", 1.0, interviewed_on=date(2024, 1, 1))]
    after = [*before, row("Risen", 3.0, interviewed_on=date(2025, 1, 1))]
    scheme = benchmark_scheme()
    reader = Reader(organisation=one_organisation(), own=3.0)
    told = [
        figure
        for on, (one, release) in zip(
            YEARS, over_years([before, after, after], scheme, released=released), strict=True
        )
        for figure in report(reader, one, scheme=scheme, on=on, release=release)
    ]
    # That it was at 1 is known from a talk.
    known = {key("Risen", date(2024, 1, 1)): 1.0}
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0, 4.0, 5.0), known=known))


# (b) A visitor who asks for every filter.


def every_filter(*, difference: int = 3) -> Case:
    """Of 22 young organisations 20 are the country's, and the other two stand out."""
    young, old = {"X1.b": 1.0}, {"X1.b": 9.0}
    rows = [
        *some("Young LT", [*[1] * 6, *[2] * 8, *[3] * 6], country="LT", **young),
        *some("Young PL", [5, 5], country="PL", **young),
        *some("Old PL", [1, 2, 3, 4, 5, 4], country="PL", **old),
    ]
    setting = replace(SIZES, difference=difference)
    scheme = classed_scheme(setting)
    one = population(rows)
    asked = prepare_filters(prepare(one, scheme), scheme=scheme, on=ON)
    told = [
        Told(
            of=frozenset(named(one, member) for member in asked.members(id)),
            figure=asked.figures(id, measures=["X1.a"])["X1.a"],
            setting=setting,
        )
        for id in asked.ids
    ]
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0, 4.0, 5.0)))


# (c) Two who put their reports together.


def two_portfolios(*, released: bool = True) -> Case:
    """One is in a portfolio of two, which is widened by the portfolio of the other."""
    rows = [
        row("A", 3.0, portfolio="ict"),
        row("Neighbour", 3.0, portfolio="ict"),
        row("B", 3.0, portfolio="creative"),
        *some("Creative", [2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4], portfolio="creative"),
        *some("Food", [2, 3, 4] * 10, portfolio="food"),
    ]
    one, scheme = population(rows), benchmark_scheme()
    release = renew(None, prepare(one, scheme), scheme=scheme, on=ON) if released else None
    readers = [("A", "ict"), ("B", "creative")]
    told = [
        figure
        for name, portfolio in readers
        for figure in report(
            Reader(organisation=one_organisation(id=name, portfolio=portfolio), own=3.0),
            one,
            scheme=scheme,
            on=ON,
            release=release,
        )
    ]
    known = {key(name): 3.0 for name, _ in readers}
    return Case(told=told, prior=Prior(domain=(2.0, 3.0, 4.0), known=known))


def two_newcomers() -> Case:
    """Two join together with a third, and put this year's and last year's report together."""
    before = some("Old", [1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 5], interviewed_on=date(2024, 1, 1))
    newcomers = [row(name, 3.0, interviewed_on=date(2025, 1, 1)) for name in ("A", "B", "Third")]
    scheme = benchmark_scheme()
    years = over_years([before, [*before, *newcomers], [*before, *newcomers]], scheme, released=True)
    told = [
        figure
        for name in ("A", "B")
        for on, (one, release) in zip(YEARS, years, strict=True)
        for figure in report(
            Reader(organisation=one_organisation(id=name), own=3.0),
            one,
            scheme=scheme,
            on=on,
            release=release,
        )
    ]
    known = {key(name, date(2025, 1, 1)): 3.0 for name in ("A", "B")}
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0, 4.0, 5.0), known=known))


# (d) A portfolio with one giant that everybody knows to be the largest.


def giant(*, dominance: float = 50.0) -> Case:
    """Nineteen small ones hold 38 together, the giant has 80."""
    rows = [*some("Small", [*[1] * 6, *[2] * 7, *[3] * 6]), row("Giant", 80.0)]
    scheme = benchmark_scheme(replace(SIZES, dominance=dominance))
    told = report(Reader(organisation=one_organisation(), own=2.0), population(rows), scheme=scheme, on=ON)
    who = key("Giant")
    prior = Prior(domain=(1.0, 2.0, 3.0), among={who: (60.0, 80.0, 100.0)}, largest=who)
    return Case(told=told, prior=prior)


def larger_one_of_twelve(*, full_from: int = 20) -> Case:
    """The largest of a dozen does not dominate them."""
    rows = [*some("Small", [1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3]), row("Larger", 6.0)]
    scheme = benchmark_scheme(replace(SIZES, full_from=full_from))
    told = report(Reader(organisation=one_organisation(), own=2.0), population(rows), scheme=scheme, on=ON)
    who = key("Larger")
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0), among={who: (4.0, 5.0, 6.0)}, largest=who))


# (e) A small country inside a portfolio, and other small or nearly equal groups.


def country_inside_a_portfolio(*, difference: int = 3) -> Case:
    """All but two of the portfolio are in the reader's country."""
    rows = [
        *some("LT", [1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3], country="LT"),
        *some("PL", [1, 1], country="PL"),
        *some("Food", [1, 2, 3] * 10, country="DE", portfolio="food"),
    ]
    scheme = benchmark_scheme(replace(SIZES, difference=difference))
    told = report(Reader(organisation=one_organisation(), own=2.0), population(rows), scheme=scheme, on=ON)
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0)))


def country_of_three(*, median_from: int = 5) -> Case:
    rows = [*some("Lithuanian", [1, 1, 1], country="LT"), *some("Other", [1, 2, 3] * 4, country="PL")]
    rows = [{**one, "portfolio": "food"} for one in rows]
    scheme = benchmark_scheme(replace(SIZES, median_from=median_from))
    told = report(Reader(organisation=one_organisation(), own=2.0), population(rows), scheme=scheme, on=ON)
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0)))


def all_but_three_gold(*, known_as: str = "own") -> Case:
    """The reader is one of the three without Gold. Under another name he would be among his peers."""
    rows = [
        *some("Gold", [1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], level="gold"),
        row("own", 2.0),
        *some("Bronze", [1, 1]),
    ]
    reader = Reader(organisation=one_organisation(id=known_as, name=known_as), own=2.0)
    told = report(reader, population(rows), scheme=benchmark_scheme(), on=ON)
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0), known={key("own"): 2.0}))


def often_assessed(*, counted_apart: bool = False) -> Case:
    """The only other organisation of the country has an assessment of each year."""
    days = [date(year, 5, 1) for year in range(2022, 2027)]
    rows = [
        *(
            row(f"X {day.year}" if counted_apart else "X", 1.0, country="LT", interviewed_on=day)
            for day in days
        ),
        *some("Other", [1, 2, 3] * 4, country="PL"),
    ]
    reader = Reader(organisation=one_organisation(portfolio="food"), own=2.0)
    told = report(reader, population(rows), scheme=benchmark_scheme(), on=ON)
    return Case(told=told, prior=Prior(domain=(1.0, 2.0, 3.0)))


def twenty_alike(*, alike: bool = True) -> Case:
    """Twenty with the same value, read by somebody without a value of his own."""
    reader = Reader(organisation=one_organisation(), own=None)
    told = report(reader, population(some("Same", [2] * 20)), scheme=benchmark_scheme(), on=ON)
    return Case(told=[replace(one, alike=alike) for one in told], prior=Prior(domain=(1.0, 2.0, 3.0)))


def a_handful_in_many_groups() -> Case:
    """Thirteen organisations that four groups divide in many ways, though no two groups are close."""
    places = ["DE creative gold 0", "LT ict gold 2", "PL food - 0", "LT food gold 1", "DE ict - 2"]
    places += ["DE ict gold 1", "LT ict gold 0", "DE creative gold 0", "LT ict - 0", "LT ict - 2"]
    places += ["DE food gold 1", "LT ict gold 2", "PL creative - 0"]
    rows = []
    for number, place in enumerate(places):
        country, portfolio, level, value = place.split()
        rows.append(row(f"O {number}", float(value), country=country, portfolio=portfolio, level=level))
    one, scheme = population(rows), benchmark_scheme()
    release = renew(None, prepare(one, scheme), scheme=scheme, on=ON)
    reader = Reader(organisation=one_organisation(), own=1.0)
    told = report(reader, one, scheme=scheme, on=ON, release=release)
    return Case(told=told, prior=Prior(domain=(0.0, 1.0, 2.0)))


CASES: list[Callable[[], Case]] = [
    years_of_one_manager,
    newer_assessment,
    every_filter,
    two_portfolios,
    two_newcomers,
    giant,
    larger_one_of_twelve,
    country_inside_a_portfolio,
    country_of_three,
    all_but_three_gold,
    often_assessed,
    twenty_alike,
    a_handful_in_many_groups,
]


def test_the_cases_have_the_sizes_that_are_shipped() -> None:
    shipped_sizes = load(shipped()).disclosure
    assert shipped_sizes is not None
    assert replace(SIZES, origin=shipped_sizes.origin) == shipped_sizes


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_with_everything_on_an_attacker_recovers_nothing(case: Callable[[], Case]) -> None:
    assert case().recovered() == NOTHING


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_an_attacker_has_figures_to_work_with(case: Callable[[], Case]) -> None:
    """Recovering nothing from nothing would prove nothing."""
    assert {one.figure.shown for one in case().told} - {"none"} != set()


def without_margin(patch: pytest.MonkeyPatch) -> Case:
    patch.setattr(releases, "KNOWN", 0)
    return two_newcomers()


def without_filters_apart(patch: pytest.MonkeyPatch) -> Case:
    patch.setattr(filters, "KNOWN", 0)
    return every_filter(difference=1)


def without_homogeneity(patch: pytest.MonkeyPatch) -> Case:
    patch.setattr(tails, "_coinciding", lambda ordered, counts: np.zeros(len(counts), np.bool_))
    return twenty_alike(alike=False)


def without_a_large_whole(patch: pytest.MonkeyPatch) -> Case:
    patch.setattr(releases, "OVERLAPPING", 0)
    return a_handful_in_many_groups()


SWITCHED_OFF: dict[str, tuple[Callable[[pytest.MonkeyPatch], Case], set[str]]] = {
    "groups of three are shown": (
        lambda _: country_of_three(median_from=3),
        {"Lithuanian 0", "Lithuanian 1", "Lithuanian 2"},
    ),
    "tails are shown of ten": (lambda _: larger_one_of_twelve(full_from=10), {"Larger"}),
    "the organisation itself is not left out": (
        lambda _: all_but_three_gold(known_as="somebody"),
        {"Bronze 0", "Bronze 1"},
    ),
    "each assessment of an organisation counts": (
        lambda _: often_assessed(counted_apart=True),
        {f"X {year}" for year in range(2022, 2027)},
    ),
    "groups of one report may differ by two": (
        lambda _: country_inside_a_portfolio(difference=1),
        {"PL 0", "PL 1"},
    ),
    "each report takes the peers of its own day": (
        lambda _: years_of_one_manager(released=False),
        {"Newcomer"},
    ),
    "a newer assessment is taken up at once": (lambda _: newer_assessment(released=False), {"Risen"}),
    "the reports of two are made independently": (lambda _: two_portfolios(released=False), {"Neighbour"}),
    "a release forgets that readers know their own values": (without_margin, {"Third"}),
    "filters are allowed one by one": (without_filters_apart, {"Young PL 0", "Young PL 1"}),
    "one may dominate a tail": (lambda _: giant(dominance=100.0), {"Giant"}),
    "tails may coincide with quartiles": (without_homogeneity, {f"Same {number}" for number in range(20)}),
    "a handful is shown in many groups": (without_a_large_whole, {"O 2", "O 12"}),
}


@pytest.mark.parametrize("off", SWITCHED_OFF)
def test_with_one_protection_off_the_same_attack_recovers_a_value(
    off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, expected = SWITCHED_OFF[off]
    names = {who.rpartition(" ")[0] for who in case(monkeypatch).recovered().values}
    assert names == expected


def test_every_case_has_a_protection_that_it_depends_on() -> None:
    assert len(SWITCHED_OFF) == len(CASES)
