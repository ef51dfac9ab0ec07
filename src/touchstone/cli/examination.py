"""What `touchstone doctor` looks at: each check says what it saw and how to mend it."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from touchstone.cli import rounds
from touchstone.cli.rounds import Finding
from touchstone.config.checks import is_mended
from touchstone.config.home import home
from touchstone.core.scheme.checking import check as check_pack
from touchstone.core.scheme.loading import shipped

SPACE_NEEDED = 200_000_000  # bytes: a year of reports of a small secretariat
NEARLY_FULL = 0.05  # of the disc: from there on it deserves a look


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. What passed may still carry a remedy: something that deserves a look."""

    name: str
    passed: bool
    detail: str
    remedy: str = ""


def examine() -> Iterator[Check]:
    """All checks, in the order in which they depend on each other."""
    for name, look in LOOKS.items():
        try:
            passed, detail, remedy = look()
        except Exception as error:  # noqa: BLE001  (a check that cannot be made is a finding)
            detail, remedy = (
                str(error) or type(error).__name__,
                "Mend what stands above first, then run this again.",
            )
            passed = False
        yield Check(name, passed, detail, remedy)


def _python() -> Finding:
    return _judged(sys.version_info >= (3, 11), sys.version.split()[0], "Install Python 3.11 or newer.")


def _pack() -> Finding:
    faults = check_pack(shipped())
    detail = f"{len(faults)} faults; first: {faults[0]}" if faults else "sound"
    return _judged(not faults, detail, "See all: touchstone scheme check")


def _typesetter() -> Finding:
    from touchstone.output.fonts import covered

    return _judged(bool(covered()), f"typst {version('typst')}, fonts in place", "Install the package again.")


def _home() -> Finding:
    place = home().root
    nearest = next(folder for folder in (place, *place.parents) if folder.exists())
    disc = shutil.disk_usage(nearest)
    writable = os.access(nearest, os.W_OK)
    detail = f"{place}, {disc.free // 1_000_000} MB free" + ("" if writable else ", not writable")
    if not writable or disc.free <= SPACE_NEEDED:
        return False, detail, "Make room, or name another folder: TOUCHSTONE_HOME=/path"
    if disc.free < NEARLY_FULL * disc.total:
        return True, f"{detail}, the disc is nearly full", "Make room: a full disc stops reports and labels."
    return True, detail, ""


def _sqlite() -> Finding:
    if is_mended(sqlite3.sqlite_version_info[:3]):
        return True, sqlite3.sqlite_version, ""
    remedy = "For many writers at once take PostgreSQL: docs/how-to/use-postgresql.md"
    return True, f"{sqlite3.sqlite_version}, with the rare write-ahead-log fault", remedy


def _database() -> Finding:
    from touchstone.cli.database import ready

    ready()
    from django.db import connection

    connection.ensure_connection()
    return True, f"{connection.vendor}, up to date", ""


def _keys() -> Finding:
    """The key that signs, the public halves of those before it, and the seal: as they were made."""
    from touchstone.output import keys

    folder = home().keys
    secret = (folder / keys.PRIVATE_FILE, folder / keys.SEAL_FILE, home().secret, home().environment)
    for file in secret:
        if _open_to_others(file):
            return False, f"{file.name} can be read by others", f"chmod 600 {file}"
    if folder.exists() and folder.stat().st_mode & 0o022:
        return False, "others can put files into the folder of keys", f"chmod 700 {folder}"
    known, sealing = keys.public_keys(folder), keys.seals(folder)
    if known:
        keys.load(folder)
    if sealing:
        keys.load_seal(folder)
    return True, f"{len(known)} for the ledger and credentials, {len(sealing)} for certificates", ""


def _open_to_others(file: Path) -> bool:
    return file.exists() and bool(file.stat().st_mode & 0o077)


def _ledger() -> Finding:
    from touchstone.apps.register import services

    result = services.verify()
    detail = f"{result.entries} entries, " + (
        f"first fault: {result.first_fault}" if result.first_fault else "intact"
    )
    return _judged(result.intact, detail, "Restore the database from a backup: nothing mends a ledger.")


def _peers() -> Finding:
    from touchstone.apps.peers import current, services, sets

    releases = services.kept_releases()
    for kept in releases:
        sets.read(kept.set)
    if not releases:
        return True, "none of your own; reports compare with the synthetic ones", ""
    newest = releases[-1]
    current.peers()
    return True, f'"{newest.name}", {newest.peers} as of {newest.on}', ""


def _judged(passed: bool, detail: str, remedy: str) -> Finding:
    return passed, detail, "" if passed else remedy


LOOKS: dict[str, Callable[[], Finding]] = {
    "python": _python,
    "scheme pack": _pack,
    "typesetter": _typesetter,
    "home": _home,
    "sqlite": _sqlite,
    "database": _database,
    "address": rounds.address,
    "keys": _keys,
    "guards": rounds.guards,
    "ledger": _ledger,
    "heads": rounds.heads,
    "duties": rounds.duties,
    "mail": rounds.mail,
    "peers": _peers,
}
