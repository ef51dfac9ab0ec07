"""Checks of the installation that `check --deploy` and `touchstone doctor` show; no start prints them."""

import sqlite3

from django.core import checks
from django.db import connection

# The versions in which SQLite's write-ahead log can no longer be damaged by two writers at once.
MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


def is_mended(version: tuple[int, int, int]) -> bool:
    """Whether that SQLite is free of the fault: a later series, or a series that got the repair."""
    return version >= MENDED[-1] or any(version >= mended and version[:2] == mended[:2] for mended in MENDED)


@checks.register("installation", deploy=True)
def write_ahead_log(**_: object) -> list[checks.CheckMessage]:
    """A hint where the embedded database is used on an SQLite that has the rare fault."""
    if connection.vendor != "sqlite" or is_mended(sqlite3.sqlite_version_info[:3]):
        return []
    return [
        checks.Info(
            f"SQLite {sqlite3.sqlite_version} has a rare fault that can damage its write-ahead log "
            "when two connections write and check at once.",
            hint="Keep backups. For many writers at once take PostgreSQL: set DATABASE_URL.",
            id="touchstone.I001",
        )
    ]
