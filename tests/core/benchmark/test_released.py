from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.benchmark import (
    ON,
    SIZES,
    TINY_SIZES,
    benchmark_scheme,
    one_organisation,
    own_row,
    peers,
    population,
)
from touchstone.core.benchmark.comparison import compare
from touchstone.core.benchmark.model import Comparison
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.release_document import from_document
from touchstone.core.benchmark.releases import Release, closed, renew
from touchstone.core.scheme.model import Scheme

SCHEME = benchmark_scheme()
OWN = {"X1.a": 7.5}
LATER = ON + timedelta(days=90)
Rows = list[dict[str, Any]]


def forty() -> Rows:
    """25 LT, 15 PL; 30 ict, 10 food."""
    return [
        *peers(20, country="LT", portfolio="ict"),
        *peers(5, country="LT", portfolio="food"),
        *peers(10, country="PL", portfolio="ict"),
        *peers(5, country="PL", portfolio="food"),
    ]


def made(rows: Rows, scheme: Scheme = SCHEME, before: Release | None = None, on: date = ON) -> Release:
    return renew(before, prepare(population(rows), scheme), scheme=scheme, on=on)


def look(
    rows: Rows, release: Release | None, *, scheme: Scheme = SCHEME, on: date = ON, **changes: Any
) -> Comparison:
    who = one_organisation(**changes)
    return compare(OWN, organisation=who, population=population(rows), scheme=scheme, on=on, release=release)


def test_a_release_of_the_day_gives_the_comparison_of_the_day() -> None:
    alone, released = look(forty(), None), look(forty(), made(forty()))
    assert released.figures == alone.figures
    assert [(group.id, group.kind, group.n, group.digest) for group in released.groups] == [
        (group.id, group.kind, group.n, group.digest) for group in alone.groups
    ]
    assert (released.own, released.synthetic, released.on) == (alone.own, alone.synthetic, ON)


@settings(max_examples=30)
@given(st.integers(12, 40), st.integers(0, 2**32 - 1))
def test_what_a_release_shows_is_what_the_population_shows(size: int, seed: int) -> None:
    """It may show less, and of a small country for instance nothing, but never another figure."""
    draw = np.random.Generator(np.random.PCG64(seed))
    rows = [
        {
            "country": draw.choice(["LT", "PL"]),
            "portfolio": draw.choice(["ict", "creative", "food"], p=[0.2, 0.4, 0.4]),
            "level": draw.choice(["", "gold"]),
            "X1.a": draw.choice([1.0, 2.0, 3.0, np.nan]),
        }
        for _ in range(size)
    ]
    scheme = benchmark_scheme(TINY_SIZES)
    alone, released = (look(rows, release, scheme=scheme) for release in (None, made(rows, scheme)))
    for group, figure in released.figures["X1.a"].items():
        if figure.shown != "none" and alone.figures["X1.a"].get(group, figure).shown != "none":
            assert figure == alone.figures["X1.a"].get(group, figure)


@given(st.integers(0, 39))
def test_a_member_is_left_out_of_its_own_peers(row: int) -> None:
    one = population(forty())
    found = compare(
        OWN, organisation=own_row(one, row), population=one, scheme=SCHEME, on=ON, release=made(forty())
    )
    everybody = found.groups[-1]
    assert everybody.n == 39
    assert row not in everybody.members


def test_two_readers_of_one_release_differ_by_themselves_alone() -> None:
    one, release = population(forty()), made(forty())
    first, second = (
        compare(OWN, organisation=own_row(one, row), population=one, scheme=SCHEME, on=ON, release=release)
        for row in (0, 1)
    )
    for some, others in zip(first.groups, second.groups, strict=True):
        assert set(some.members.tolist()) ^ set(others.members.tolist()) in (set(), {0, 1})


def test_a_group_held_over_says_since_when() -> None:
    newcomer = {"organisation": "New", "X1.a": 3.0, "interviewed_on": LATER, "country": "LT"}
    rows = [*forty(), newcomer]
    release = made(rows, before=made(forty()), on=LATER)
    found = look(rows, release, on=LATER)
    assert found.figures == look(forty(), None).figures
    assert found.on == LATER
    held = "The peers of {} are those of 2026-10-12: since then too few have changed."
    assert [note for note in found.notes if "those of" in note] == [
        held.format(f'"{id}"') for id in ("portfolio:ict", "country:LT", "all")
    ]


def test_a_comparison_is_as_of_the_day_of_its_release() -> None:
    assert look(forty(), made(forty()), on=LATER).on == ON


def test_what_the_release_does_not_have_is_withheld() -> None:
    found = look(forty(), made(forty()), country="LV")
    assert found.groups[1].id == "country:LV"
    assert (found.groups[1].n, found.figures["X1.a"]["country:LV"].shown) == (0, "none")
    assert found.notes[0] == (
        'Nothing of "country:LV" (0 peers) is shown. The release of 2026-10-12 does not have it: it has too '
        "few members, or differs too little from what was published before."
    )


def test_a_group_that_is_too_small_without_oneself_is_withheld() -> None:
    rows = [*forty(), *peers(5, country="LV", portfolio="health")]
    found = look(rows, made(rows), id=str(rows[-1]["organisation"]), country="LV", portfolio="health")
    assert (found.groups[0].id, found.groups[0].n) == ("portfolio:health", 4)
    assert found.groups[0].withheld == "It has fewer than 5 peers."


def test_a_scheme_without_a_setting_shows_nothing_of_a_release() -> None:
    found = look(forty(), made(forty()), scheme=benchmark_scheme(None))
    assert {figure.shown for figure in found.figures["X1.a"].values()} == {"none"}


def test_a_portfolio_too_small_has_its_wider_group_beside_it() -> None:
    found = look(forty(), made(forty()), portfolio="creative")
    assert [group.id for group in found.groups] == [
        "portfolio:creative",
        "related:creative",
        "country:LT",
        "gold",
        "all",
    ]
    assert found.groups[1].kind == "portfolio"
    assert found.figures["X1.a"]["related:creative"].n == 30


def test_a_measure_that_a_release_withholds_is_not_shown() -> None:
    """Six came, of whom two answered: of the country that measure stays back."""
    rows = [{**row, "X1.b": 1.0} for row in forty()]
    more = [{**row, "X1.b": 1.0, "interviewed_on": LATER} for row in peers(6, country="DE", portfolio="ict")]
    for row in more[2:]:
        row["X1.a"] = np.nan
    release = made([*rows, *more], before=made(rows), on=LATER)
    found = look([*rows, *more], release, on=LATER)
    shown = {id: figure.shown for id, figure in found.figures["X1.a"].items()}
    assert shown == {"portfolio:ict": "none", "country:LT": "full", "gold": "none", "all": "none"}
    assert found.figures["X1.b"]["all"].shown == "full"
    assert found.notes[-1] == (
        '"all" is withheld for 1 measure, where its peers with a value are almost those published before.'
    )


@pytest.mark.parametrize(
    ("release", "reason"),
    [
        (closed("It was burnt."), "It was burnt."),
        (from_document("nonsense"), "It cannot be read. Restore it from a backup."),
        (Release(scheme="other", on=ON), 'It is of the scheme "other", not of "small".'),
        (Release(scheme="small", on=LATER), "It is of 2027-01-10, after 2026-10-12."),
    ],
)
def test_a_release_that_cannot_be_used_shows_nothing_and_says_why(release: Release, reason: str) -> None:
    found = look(forty(), release)
    assert {figure.shown for figure in found.figures["X1.a"].values()} == {"none"}
    assert {figure.n for figure in found.figures["X1.a"].values()} == {0}
    assert found.notes == (f"The release cannot be used, so nothing of the peers is shown. {reason}",)
    assert (found.on, found.own) == (ON, OWN)


@pytest.mark.parametrize(
    "wrong", [{"median_from": float("nan")}, {"full_from": None}, {"dominance": float("nan")}]
)
def test_without_a_readable_setting_a_release_shows_nothing(wrong: dict[str, Any]) -> None:
    setting = replace(SIZES, **wrong)
    found = look(forty(), made(forty()), scheme=benchmark_scheme(setting))
    assert {figure.shown for figure in found.figures["X1.a"].values()} == {"none"}
    assert found.notes[0].endswith("The scheme has no readable disclosure setting.")


def test_the_digest_of_a_set_covers_what_a_release_withholds() -> None:
    release = made(forty())
    standing = {id: replace(one, withheld=frozenset({"X1.a"})) for id, one in release.standing.items()}
    digests = {
        look(forty(), None).digest,
        look(forty(), release).digest,
        look(forty(), replace(release, standing=standing)).digest,
    }
    assert len(digests) == 3


def test_a_population_without_a_row_of_a_group_shows_nothing_of_it() -> None:
    """The rest of the group was never checked against what was published."""
    found = look(forty()[1:], made(forty()))
    assert {id: figure.shown for id, figure in found.figures["X1.a"].items()} == {
        "portfolio:ict": "none",
        "country:LT": "none",
        "gold": "none",
        "all": "none",
    }
