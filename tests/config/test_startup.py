import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.db.utils import load_backend

from touchstone.config import startup
from touchstone.config.home import Home
from touchstone.core.faults import Unusable

READY = "from touchstone.config.startup import ready; ready()"
# Starting Django anew takes a while; what these tests look at is left in the home.
ON_SQLITE = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}


def start(home: Path, code: str = READY) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code],
        env={**ON_SQLITE, "TOUCHSTONE_HOME": str(home)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def outcome(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.fixture
def embedded(touchstone_home: Path, django_db_blocker: Any) -> Iterator[Path]:
    """The path of an embedded database that nobody has made yet, in the place of the tests' own."""
    before, file = connections["default"], touchstone_home / "database.sqlite3"
    options = {**before.settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": {}}
    connections["default"] = load_backend("django.db.backends.sqlite3").DatabaseWrapper(options, "default")
    with django_db_blocker.unblock():
        yield file
        connections["default"].close()
    connections["default"] = before


def test_several_processes_at_once_make_one_sound_database_quietly(touchstone_home: Path) -> None:
    started = [start(touchstone_home) for _ in range(4)]
    assert [outcome(process) for process in started] == [(0, "", "")] * 4
    kept = sqlite3.connect(touchstone_home / "database.sqlite3")
    assert kept.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert kept.execute("SELECT count(*) FROM django_migrations WHERE app = 'cases'").fetchone()[0] >= 1
    kept.close()


def test_without_migrating_no_database_is_made(touchstone_home: Path) -> None:
    code = "from touchstone.config.startup import ready; ready(migrate=False)"
    assert outcome(start(touchstone_home, code)) == (0, "", "")
    assert not (touchstone_home / "database.sqlite3").exists()


@pytest.mark.django_db
def test_a_database_that_has_all_migrations_costs_one_query(
    touchstone_home: Path, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        startup.ready()


@pytest.mark.django_db
def test_a_missing_migration_is_noticed(touchstone_home: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'register'")
    assert not startup._is_up_to_date(Home(touchstone_home))


def test_on_first_use_the_embedded_database_is_made_and_keeps_a_write_ahead_log(embedded: Path) -> None:
    startup.ready()
    assert startup._is_up_to_date(Home(embedded.parent))
    with connections["default"].cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_without_tables_is_not_up_to_date(embedded: Path) -> None:
    sqlite3.connect(embedded).close()
    assert not startup._is_up_to_date(Home(embedded.parent))


def test_a_file_that_is_no_database_is_told_in_one_line(embedded: Path) -> None:
    embedded.write_bytes(b"This is a letter, not a database. " * 100)
    with pytest.raises(Unusable, match="the database: does not answer: file is not a database"):
        startup.ready()


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_left_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', '2030-01-01')"
        )
    with pytest.raises(Unusable, match="newer version"):
        startup.ready()


@pytest.mark.django_db
def test_tables_of_other_programs_in_the_database_do_not_matter() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('shop', '0001_initial', '2030-01-01')"
        )
    startup.ready()


def test_a_server_that_does_not_answer_is_told_in_one_line(touchstone_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "touchstone", "register", "search", "x"],
        env={
            **ON_SQLITE,
            "TOUCHSTONE_HOME": str(touchstone_home),
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("touchstone: the database: does not answer: ")


def test_a_look_does_not_make_the_database(embedded: Path) -> None:
    assert not startup._is_up_to_date(Home(embedded.parent))
    assert not embedded.exists()


@pytest.mark.django_db
def test_who_waited_for_another_process_does_nothing_again(
    touchstone_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    monkeypatch.setattr(startup, "_is_up_to_date", lambda _: next(answers))
    monkeypatch.setattr(startup, "_bring_up_to_date", lambda: pytest.fail("it was done a second time"))
    startup.ready()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the write-ahead log is SQLite's")
class TestTheSwitchToWriteAheadLogging:
    """It does not wait for readers by itself, so it is tried again."""

    class Cursor:
        def __init__(self, failures: int) -> None:
            self.failures = failures

        def __enter__(self) -> "TestTheSwitchToWriteAheadLogging.Cursor":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def execute(self, _: str) -> None:
            self.failures -= 1
            if self.failures >= 0:
                raise OperationalError("database is locked")

    def test_it_is_tried_until_the_readers_are_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cursor = self.Cursor(failures=2)
        monkeypatch.setattr(connection, "cursor", lambda: cursor)
        startup._log_ahead()
        assert cursor.failures == -1

    def test_it_is_given_up_in_the_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "cursor", lambda: self.Cursor(failures=1_000_000))
        monkeypatch.setattr(startup, "PATIENCE", 0.0)
        with pytest.raises(OperationalError):
            startup._log_ahead()


def test_static_files_are_collected_with_hashed_names_and_then_used(touchstone_home: Path) -> None:
    code = f"{READY}; from touchstone.config.startup import collect_static; collect_static()"
    assert outcome(start(touchstone_home, code)) == (0, "", "")
    assert (touchstone_home / "static" / "staticfiles.json").is_file()
    ask = f"{READY}; from django.templatetags.static import static; print(static('admin/css/base.css'))"
    code, out, err = outcome(start(touchstone_home, ask))
    assert (code, err) == (0, "")
    assert re.fullmatch(r"/static/admin/css/base\.[0-9a-f]{12}\.css\n", out)


def test_djangos_own_commands_can_be_called(touchstone_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "touchstone.config", "check"],
        env={**ON_SQLITE, "TOUCHSTONE_HOME": str(touchstone_home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_server_finds_the_application(touchstone_home: Path) -> None:
    code = "from touchstone.config.wsgi import application; print(type(application).__name__)"
    assert outcome(start(touchstone_home, code)) == (0, "WSGIHandler\n", "")
