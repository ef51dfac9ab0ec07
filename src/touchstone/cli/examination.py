"""What `touchstone doctor` looks at: each check says what it saw and how to mend it."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from touchstone.core.faults import Unusable
from touchstone.core.scheme.checking import check as check_pack
from touchstone.core.scheme.loading import shipped

SPACE_NEEDED = 200_000_000  # bytes: a year of reports of a small secretariat
MENDED_SQLITE = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding. `attention` marks what works but deserves a look."""

    name: str
    passed: bool
    detail: str
    remedy: str = ""
    attention: bool = True


def examine() -> Iterator[Check]:
    """All checks, in the order in which they depend on each other."""
    for look in (_python, _pack, _typesetter, _home, _sqlite, _database, _keys, _ledger):
        try:
            yield look()
        except Exception as error:  # noqa: BLE001  (a check that cannot be made is a finding)
            yield Check(name=look.__name__.strip("_"), passed=False, detail=str(error) or type(error).__name__,
                        remedy="Mend what stands above first, then run this again.")  # fmt: skip


def _python() -> Check:
    return Check(name="python", passed=sys.version_info >= (3, 11), detail=sys.version.split()[0],
                 remedy="Install Python 3.11 or newer.")  # fmt: skip


def _pack() -> Check:
    faults = check_pack(shipped())
    detail = f"{len(faults)} faults; first: {faults[0]}" if faults else "sound"
    return Check(name="scheme pack", passed=not faults, detail=detail, remedy="See all: touchstone scheme check")


def _typesetter() -> Check:
    from importlib.metadata import version

    from touchstone.output.fonts import FONTS

    missing = [name for name in FONTS if not name.is_file()]
    detail = f"typst {version('typst')}, {len(FONTS)} fonts"
    return Check(name="typesetter", passed=not missing, detail=f"missing: {missing[0]}" if missing else detail,
                 remedy="Install the package again.")  # fmt: skip


def _home() -> Check:
    from touchstone.config.home import home

    place = home().root
    nearest = next(folder for folder in (place, *place.parents) if folder.exists())
    free = shutil.disk_usage(nearest).free
    writable = os.access(nearest, os.W_OK)
    return Check(name="home", passed=writable and free > SPACE_NEEDED,
                 detail=f"{place}, {free // 1_000_000} MB free" + ("" if writable else ", not writable"),
                 remedy="Name a folder that you may write to: TOUCHSTONE_HOME=/path")  # fmt: skip


def _sqlite() -> Check:
    version = sqlite3.sqlite_version_info
    mended = any(version >= m and version[:2] == m[:2] for m in MENDED_SQLITE) or version >= MENDED_SQLITE[-1]
    detail = sqlite3.sqlite_version + ("" if mended else ", with the rare write-ahead-log fault")
    return Check(name="sqlite", passed=True, detail=detail, attention=not mended,
                 remedy="" if mended else "Take PostgreSQL for many writers at once: docs/how-to/use-postgresql.md")  # fmt: skip


def _database() -> Check:
    from touchstone.cli.database import ready

    ready()
    from django.db import connection

    connection.ensure_connection()
    return Check(name="database", passed=True, detail=f"{connection.vendor}, migrated")


def _keys() -> Check:
    from touchstone.config.home import home

    private = [file for file in home().keys.glob("*") if "private" in file.name]
    open_ones = [file.name for file in private if file.stat().st_mode & 0o077]
    return Check(name="keys", passed=not open_ones,
                 detail=f"{open_ones[0]} can be read by others" if open_ones else f"{len(private)} signing keys",
                 remedy=f"chmod 600 {home().keys / open_ones[0]}" if open_ones else "")  # fmt: skip


def _ledger() -> Check:
    from touchstone.apps.register import services

    result = services.verify()
    return Check(name="ledger", passed=result.intact,
                 detail=f"{result.entries} entries" + ("" if result.intact else f"; {result.first_fault}"),
                 remedy="Restore the database from a backup; nothing mends a ledger.")  # fmt: skip
