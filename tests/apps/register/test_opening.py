"""What the register gives away: the rows, the files, the nights that are kept."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from factories.apps import NOW, TODAY, entry
from factories.opened import register
from touchstone.apps.register import services
from touchstone.apps.register.models import RegisterSpan
from touchstone.apps.register.opening import OpenFile, days_kept, dump, files_in, kept_files, open_files
from touchstone.apps.register.opening_rows import label_rows, register_rows

pytestmark = pytest.mark.django_db


def contents(files: tuple[OpenFile, ...]) -> dict[str, bytes]:
    return {file.name: file.path.read_bytes() for file in files}


def names(files: tuple[OpenFile, ...]) -> list[str]:
    return [file.name for file in files]


def test_the_register_has_a_row_for_each_level_by_key() -> None:
    register()
    rows = [
        (row["organisation"], row["level"], row["headline"], row["status"]) for row in register_rows(TODAY)
    ]
    assert rows == [
        ("de-new", "bronze", True, "valid"),
        ("ee-one", "bronze", True, "lapsed"),
        ("lt-amber", "gold", True, "valid"),
        ("lt-amber", "bronze", False, "valid"),
        ("lt-stopped", "bronze", True, "suspended"),
        ("lv-taken", "bronze", True, "withdrawn"),
        ("pl-lodz", "bronze", True, "lapsed"),
    ]


def test_a_row_tells_names_and_what_became_of_the_organisation() -> None:
    register()
    rows = {row["organisation"]: row for row in register_rows(TODAY)}
    assert (rows["de-new"]["name"], rows["de-new"]["former_names"]) == ("Ältere Gasse", "Neue Straße")
    assert rows["ee-one"]["successors"] == "lt-amber"


def test_the_labels_have_a_row_for_each_grant_by_key_and_number() -> None:
    register()
    rows = [
        (row["organisation"], row["number"], row["kind"], row["became"])
        for row in label_rows(TODAY, known=NOW)
    ]
    assert rows == [
        ("de-new", 6, "award", "valid"),
        ("ee-one", 7, "award", "lapsed"),
        ("fi-later", 8, "award", "not_begun"),
        ("lt-amber", 1, "award", "valid"),
        ("lt-amber", 2, "upgrade", "valid"),
        ("lt-stopped", 4, "award", "suspended"),
        ("lv-taken", 5, "award", "withdrawn"),
        ("pl-lodz", 3, "award", "lapsed"),
    ]


def test_a_register_made_anew_from_the_ledger_gives_the_same_bytes(touchstone_home: Path) -> None:
    register()
    before = contents(open_files(at=NOW))
    RegisterSpan.objects.all().delete()
    services.rebuild()
    (touchstone_home / "open-data").rename(touchstone_home / "set-aside")
    assert (contents(open_files(at=NOW)), len(before)) == (before, 6)


def test_the_files_are_made_once_until_the_ledger_grows() -> None:
    entry()
    first, again = open_files(at=NOW), open_files(at=NOW + timedelta(hours=1))
    entry(organisation="lt-second", name="Second")
    later = open_files(at=NOW)
    assert (again, again[0].path == later[0].path) == (first, False)
    assert first[0].path.exists()  # somebody may be reading it still


def test_a_new_day_makes_new_files() -> None:
    entry()
    today, tomorrow = open_files(at=NOW), open_files(at=NOW + timedelta(days=1))
    assert (
        contents(today)["register.csv"].replace(b"2026-11-21,", b"2026-11-22,")
        == contents(tomorrow)["register.csv"]
    )


def test_of_the_states_before_one_is_left() -> None:
    paths = []
    for number in range(4):
        entry(organisation=f"lt-{number}", name=str(number))
        paths.append(open_files(at=NOW)[0].path)
    assert [path.exists() for path in paths] == [False, False, True, True]


def test_sizes_and_digests_are_those_of_the_files() -> None:
    import hashlib

    entry()
    files = open_files(at=NOW)
    assert [(file.size, file.sha256) for file in files] == [
        (len(content), hashlib.sha256(content).hexdigest()) for content in contents(files).values()
    ]


def test_without_an_entry_the_files_have_no_rows() -> None:
    assert contents(open_files(at=NOW))["labels.jsonl"] == b""


def test_a_night_keeps_its_files_once() -> None:
    entry()
    folder = dump(at=NOW)
    assert folder is not None
    kept = contents(kept_files(TODAY))
    entry(organisation="lt-second", name="Second")
    assert (dump(at=NOW), contents(kept_files(TODAY))) == (None, kept)
    assert names(files_in(folder)) == [
        "register.csv", "register.jsonl", "register.parquet", "labels.csv", "labels.jsonl", "labels.parquet",
    ]  # fmt: skip


def test_the_oldest_nights_go(settings: Settings) -> None:
    settings.TOUCHSTONE_DUMPS_KEPT = 2
    entry()
    for day in (19, 20, 21):
        moment = datetime(2026, 11, day, 2, tzinfo=UTC)
        with time_machine.travel(moment, tick=False):
            dump(at=moment)
    assert days_kept() == [date(2026, 11, 21), date(2026, 11, 20)]


def test_what_lies_beside_the_nights_is_none_of_them(touchstone_home: Path) -> None:
    (touchstone_home / "open-data" / "notes").mkdir(parents=True)
    assert (days_kept(), kept_files(TODAY)) == ([], ())


def test_a_making_that_was_killed_leaves_nothing_in_the_way(touchstone_home: Path) -> None:
    entry()
    first = open_files(at=NOW)[0].path.parent
    first.rename(first.with_name(f".{first.name}.part"))
    assert open_files(at=NOW)[0].path.parent == first


def test_the_account_beside_the_files_says_when_they_were_made() -> None:
    entry()
    about = json.loads((open_files(at=NOW)[0].path.parent / "about.json").read_text())
    assert (about["made"], about["version"]) == ("2026-11-21T12:00:00.000000Z", "1.0")
