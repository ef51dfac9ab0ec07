import sqlite3

import pytest
from django.core.checks import run_checks
from django.db import connection

from touchstone.config.checks import is_mended, write_ahead_log

FAULTY = [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)]
MENDED = [(3, 44, 6), (3, 44, 9), (3, 50, 7), (3, 51, 3), (3, 52, 0), (4, 0, 0)]


@pytest.mark.parametrize("version", FAULTY)
def test_versions_with_the_fault_are_known(version: tuple[int, int, int]) -> None:
    assert not is_mended(version)


@pytest.mark.parametrize("version", MENDED)
def test_later_series_and_repaired_ones_are_free_of_it(version: tuple[int, int, int]) -> None:
    assert is_mended(version)


def test_it_is_a_hint_and_no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    assert [(message.id, message.is_serious()) for message in write_ahead_log()] == [
        ("touchstone.I001", False)
    ]


@pytest.mark.parametrize(("vendor", "version"), [("sqlite", (3, 51, 3)), ("postgresql", (3, 40, 1))])
def test_without_the_fault_there_is_no_hint(
    monkeypatch: pytest.MonkeyPatch, vendor: str, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(connection, "vendor", vendor)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert write_ahead_log() == []


def test_a_start_says_nothing_of_it() -> None:
    assert [message for message in run_checks() if message.id == "touchstone.I001"] == []
