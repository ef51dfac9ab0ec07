"""An export to the same folder makes what has changed, and comes to what a new export would."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
import time_machine
from django.test import Client

from factories.apps import NOW
from factories.exports import organisations_exported, tree
from factories.registered import happened, labelled, run
from touchstone.apps.organisations.models import Organisation
from touchstone.core.labels.model import EntryKind, LabelLevel

pytestmark = pytest.mark.django_db

GOLD: Final = run(date(2026, 11, 23), date(2028, 11, 22), LabelLevel.GOLD)
NEWS: Final = {"name": "Other Name"}
ENDED: Final = run(date(2024, 11, 23), date(2026, 11, 22))
RENEWED: Final = run(date(2026, 11, 23), date(2028, 11, 22))
Change = Callable[[datetime], object]


def begun() -> None:
    """Three organisations: one of which came from another, and one alone."""
    labelled(1, **ENDED)
    labelled(2)
    labelled(3)
    happened(2, EntryKind.MERGER, others=("lt-cluster-1",), effective=date(2026, 11, 20))


def told(kind: EntryKind, **fields: object) -> Change:
    return lambda at: happened(3, kind, recorded=at, **{"effective": at.date(), **fields})


def invented(at: datetime) -> None:
    """Something that no entry tells: the organisation turns out to be invented."""
    Organisation.objects.update_or_create(
        pk="lt-cluster-3", defaults={"name": "Cluster 3", "country": "LT", "synthetic": True}
    )


# What happens, after how many days, and whose files are made anew.
LIFE: Final[tuple[tuple[Change, int, set[int]], ...]] = (
    (lambda at: None, 0, set()),
    (told(EntryKind.RENAME, **NEWS), 0, {3}),
    (lambda at: labelled(3, recorded=at, **GOLD), 0, {3}),
    (told(EntryKind.CORRECTION, corrects=3, valid_until=date(2027, 6, 30)), 0, {3}),
    (lambda at: labelled(1, recorded=at, kind=EntryKind.RENEWAL, **RENEWED), 0, {1, 2}),
    (lambda at: labelled(4, recorded=at), 0, {4}),
    (lambda at: None, 1, set()),
    (lambda at: None, 2, {1, 2, 3}),  # a label ends, another begins
    (told(EntryKind.SUSPENSION, effective=date(2026, 11, 25)), 2, {3}),
    (lambda at: None, 4, {3}),  # it takes effect
    (told(EntryKind.WITHDRAWAL), 4, {3}),
    (told(EntryKind.MERGER, others=("lt-cluster-4",)), 5, {3, 4}),
    (lambda at: None, 20, set()),
    (invented, 20, {3, 4}),
    (lambda at: None, 45, {1, 2, 3, 4}),  # another year is drawn
)


def test_whatever_happens_an_export_again_equals_a_new_one(tmp_path: Path) -> None:
    begun()
    organisations_exported(tmp_path / "again", NOW)
    for number, (change, days, made) in enumerate(LIFE):
        at = NOW + timedelta(days=days, minutes=number)
        change(at)
        again = organisations_exported(tmp_path / "again", at)
        fresh = organisations_exported(tmp_path / f"fresh-{number}", at)
        assert tree(tmp_path / "again") == tree(tmp_path / f"fresh-{number}"), number
        assert (again.faults, number, again.made) == ([], number, len(made))
        assert (fresh.kept, fresh.made) == (0, again.kept + again.made)


def test_a_call_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    def stop(_: str, done: int, __: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    begun()
    with pytest.raises(KeyboardInterrupt):
        organisations_exported(tmp_path / "again", NOW, progress=stop)
    again = organisations_exported(tmp_path / "again", NOW)
    fresh = organisations_exported(tmp_path / "fresh", NOW)
    assert ((again.kept, again.made), (fresh.kept, fresh.made)) == ((2, 1), (0, 3))
    assert tree(tmp_path / "again") == tree(tmp_path / "fresh")


def test_all_is_made_anew_where_that_is_asked_for(tmp_path: Path) -> None:
    labelled(1)
    organisations_exported(tmp_path / "public", NOW)
    again = organisations_exported(tmp_path / "public", NOW, anew=True)
    assert (again.made, again.kept, again.new) == (1, 0, 0)


def test_a_file_that_somebody_took_away_is_made_again(tmp_path: Path) -> None:
    labelled(1)
    organisations_exported(tmp_path / "public", NOW)
    (tmp_path / "public/badge/lt-cluster-1.json").unlink()
    again = organisations_exported(tmp_path / "public", NOW)
    besides = len(tree(tmp_path / "public")) - 2  # that file, and the mark, which is of no organisation
    assert (again.made, again.new, again.same) == (1, 1, besides)


def test_answers_for_programs_say_since_when_they_are_so(tmp_path: Path) -> None:
    """As the application answers when it is asked as of that day and moment."""
    labelled(1, recorded=NOW, **ENDED)
    organisations_exported(tmp_path / "public", NOW)
    for name, asked in (("/status", "?on=2024-11-23&"), ("", "?on=2024-11-23&"), ("/history", "?")):
        address = f"/api/v1/organisations/lt-cluster-1{name}"
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            live = Client(headers={"Host": "localhost:8000"}).get(
                f"{address}{asked}known=2026-11-21T12:00:00Z"
            )
        assert (tmp_path / f"public{address}.json").read_bytes() == live.content
    badge = json.loads((tmp_path / "public/badge/lt-cluster-1.json").read_text())
    assert (badge["on"], badge["standing"]) == ("2024-11-23", "valid")
