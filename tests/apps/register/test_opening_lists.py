"""Lists of the register for programs: the same answers from the register now and from the ledger of then."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.apps import NOW, TODAY, entry
from factories.opened import THEN, register
from touchstone.apps.register.opening_lists import Listing, Wanted, listing
from touchstone.core.labels.model import LabelLevel, Standing

pytestmark = pytest.mark.django_db

FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["de-new", "ee-one", "lt-amber", "lt-stopped", "lv-taken", "pl-lodz"]),
    ({"country": "LT"}, ["lt-amber", "lt-stopped"]),
    ({"portfolio": "food"}, ["lv-taken"]),
    ({"level": LabelLevel.GOLD}, ["lt-amber"]),
    ({"level": LabelLevel.BRONZE, "country": "LT"}, ["lt-amber", "lt-stopped"]),
    ({"level": LabelLevel.SILVER}, []),
    ({"state": Standing.SUSPENDED}, ["lt-stopped"]),
    ({"state": Standing.LAPSED}, ["ee-one", "pl-lodz"]),
    ({"q": "lodz klaster"}, ["pl-lodz"]),
    ({"q": "STRASSE"}, ["de-new"]),
    ({"q": "alt gass"}, ["de-new"]),
    ({"q": "nobody"}, []),
    ({"expiring_within": 14}, ["lt-amber"]),
    ({"expiring_within": 13}, []),
    ({"on": date(2012, 1, 1)}, ["pl-lodz"]),
    ({"on": date(2009, 1, 1)}, []),
    ({"on": date(2999, 1, 1), "state": Standing.VALID}, []),
]


def keys(page: Listing) -> list[str]:
    return [one.key for one in page.items]


@pytest.mark.parametrize(("asked", "found"), FILTERS)
def test_filters_find_the_same_now_and_as_known_just_before(asked: dict[str, Any], found: list[str]) -> None:
    register()
    for known in (None, NOW):
        wanted = Wanted(**{"on": TODAY, "known": known, **asked})
        assert keys(listing(wanted, after="", limit=50)) == found


def test_items_are_the_same_from_the_register_and_from_the_ledger() -> None:
    register()
    now = listing(Wanted(on=TODAY), after="", limit=50)
    assert listing(Wanted(on=TODAY, known=NOW), after="", limit=50) == now


def test_what_was_entered_later_was_not_known_then() -> None:
    register()
    then = listing(Wanted(on=TODAY, known=THEN), after="", limit=50)
    standings = {one.key: (one.name, one.level.standing) for one in then.items}
    assert (standings["lt-stopped"][1], standings["de-new"][0]) == (Standing.VALID, "Neue Straße")


def test_before_the_first_entry_nothing_was_known() -> None:
    register()
    page = listing(Wanted(on=TODAY, known=THEN - timedelta(seconds=1)), after="", limit=50)
    assert page == Listing(items=(), next=None)


@pytest.mark.parametrize("known", [None, NOW])
@pytest.mark.parametrize("limit", [1, 2, 6, 7])
def test_pages_follow_each_other_without_gap_or_repetition(known: Any, limit: int) -> None:
    register()
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = listing(Wanted(on=TODAY, known=known), after=after, limit=limit)
        found, after = found + keys(page), page.next
    assert found == ["de-new", "ee-one", "lt-amber", "lt-stopped", "lv-taken", "pl-lodz"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_takes_one_question_to_the_database(rows: int) -> None:
    for number in range(rows):
        entry(organisation=f"lt-{number}", name=f"Cluster {number}")
    with CaptureQueriesContext(connection) as asked:
        assert len(listing(Wanted(on=TODAY), after="", limit=50).items) == rows
    assert len(asked) == 1
