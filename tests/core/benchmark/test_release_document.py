import json
from datetime import date, timedelta
from typing import Any

import pytest

from factories.benchmark import ON, benchmark_scheme, peers, population
from touchstone.core.benchmark import release_document
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.release_document import BROKEN, as_document, from_document
from touchstone.core.benchmark.releases import Release, closed, renew

SCHEME = benchmark_scheme()


def release() -> Release:
    """Two renewals, of which the second holds groups over and withholds measures."""
    rows = [*peers(30, country="LT"), *peers(15, country="PL", portfolio="food", **{"X1.b": 1.0})]
    later = ON + timedelta(days=90)
    more = [{**row, "interviewed_on": later} for row in peers(6, country="DE")]
    first = renew(None, prepare(population(rows), SCHEME), scheme=SCHEME, on=ON)
    return renew(first, prepare(population([*rows, *more]), SCHEME), scheme=SCHEME, on=later)


def signed(document: dict[str, Any]) -> dict[str, Any]:
    """The document with a digest that fits, as only somebody would write it who knows how."""
    rest = {key: part for key, part in document.items() if key != "digest"}
    return {**rest, "digest": release_document._digest(rest)}


def test_a_release_is_read_as_it_was_written() -> None:
    assert from_document(json.loads(json.dumps(as_document(release())))) == release()


def test_a_release_with_a_fault_stays_one() -> None:
    faulty = closed("It was burnt.", scheme="small", on=ON)
    assert from_document(as_document(faulty)) == faulty


def test_a_release_read_again_is_renewed_like_the_original() -> None:
    one = prepare(population([*peers(30, country="LT"), *peers(15, country="PL")]), SCHEME)
    kept, read = release(), from_document(as_document(release()))
    later = date(2027, 6, 1)
    assert renew(kept, one, scheme=SCHEME, on=later) == renew(read, one, scheme=SCHEME, on=later)


@pytest.mark.parametrize("document", [None, "", 5, [], {}, {"format": "touchstone release 2"}])
def test_what_is_no_release_shows_nothing(document: object) -> None:
    assert from_document(document) == closed(BROKEN)


@pytest.mark.parametrize("key", ["scheme", "on", "rows", "answered", "memberships", "published", "standing"])
def test_a_release_that_was_changed_shows_nothing(key: str) -> None:
    document = as_document(release())
    assert from_document({**document, key: type(document[key])()}) == closed(BROKEN)


def test_a_release_without_a_digest_shows_nothing() -> None:
    document = as_document(release())
    del document["digest"]
    assert from_document(document) == closed(BROKEN)


@pytest.mark.parametrize(
    "change",
    [
        {"on": "yesterday"},
        {"on": 5},
        {"rows": [["one"]]},
        {"rows": []},
        {"answered": []},
        {"answered": {"X1.a": "-1"}},
        {"memberships": ["xyz"]},
        {"memberships": []},
        {"published": {"X1.a": [99]}},
        {"standing": {"all": {"membership": -1, "since": "2026-10-12", "withheld": []}}},
        {"standing": {"all": {}}},
    ],
)
def test_a_release_that_makes_no_sense_shows_nothing(change: dict[str, Any]) -> None:
    assert from_document(signed({**as_document(release()), **change})) == closed(BROKEN)


def test_what_json_does_not_know_shows_nothing() -> None:
    assert from_document({**as_document(release()), "answered": {1, 2}}) == closed(BROKEN)


def test_a_release_without_one_of_its_parts_shows_nothing() -> None:
    document = as_document(release())
    del document["fault"]
    assert from_document(signed(document)) == closed(BROKEN)
