"""What the register gives away: files of open data, made when they are asked for and kept for each night."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Final

from django.conf import settings

from touchstone.apps.register import asking
from touchstone.apps.register.opening_rows import label_rows, register_rows
from touchstone.core.labels.documents import moment_text
from touchstone.output.open_data import FORMATS, REGISTER, TABLES, VERSION, Format, Row, Table, write

_ABOUT: Final = "about.json"  # size and digest of each file beside it, and when they were made
_NOW: Final = "now"  # holds a folder for each state of the register that was asked for
_STATES_KEPT: Final = 2  # the present one, and that which somebody may be reading still


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file of open data as it lies on disk. `sha256` is in hex, `size` in bytes."""

    table: Table
    format: Format
    path: Path
    size: int
    sha256: str
    made: datetime

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.format.ending}"


def open_files(*, at: datetime) -> tuple[OpenFile, ...]:
    """All files, as the register stands at a moment (aware) which is now; made anew where it has changed."""
    number, day = asking.ledger_number(), at.date()
    stamp = f"{VERSION} {settings.TOUCHSTONE_ADDRESS} {day} {number}"
    folder = _home() / _NOW / hashlib.sha256(stamp.encode()).hexdigest()[:16]
    if not folder.is_dir():
        with _alone():
            if not folder.is_dir():  # another one may have been first
                _make(folder, at)
                _forget(folder)
    return files_in(folder)


def kept_files(day: date) -> tuple[OpenFile, ...]:
    """The files that were kept of a day; none where there are none."""
    return files_in(_home() / day.isoformat())


def dump(*, at: datetime) -> Path | None:
    """Keep the files of the day of a moment in a folder named by it; the oldest ones go.

    Gives the folder, or None where the day has its own already. Raises OSError.
    """
    folder = _home() / at.date().isoformat()
    if folder.is_dir():
        return None
    made = open_files(at=at)[0].path.parent
    with _alone():
        part = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(made, part)
        part.rename(folder)
        for old in days_kept()[settings.TOUCHSTONE_DUMPS_KEPT :]:
            shutil.rmtree(_home() / old.isoformat())
    return folder


def days_kept() -> list[date]:
    """The days of which files are kept, the newest first."""
    found = []
    for entry in os.scandir(_home()) if _home().is_dir() else ():
        try:
            found.append(date.fromisoformat(entry.name))
        except ValueError:  # another folder
            continue
    return sorted(found, reverse=True)


def rows(table: Table, *, at: datetime) -> Iterator[Row]:
    """The rows of a table as of the day of a moment."""
    return register_rows(at.date()) if table is REGISTER else label_rows(at.date(), known=at)


def files_in(folder: Path) -> tuple[OpenFile, ...]:
    """The files of a folder that was made here."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    made = datetime.fromisoformat(about["made"])
    return tuple(
        OpenFile(
            table=table, format=form, path=folder / name, size=told["size"], sha256=told["sha256"], made=made
        )
        for name, table, form in _names()
        if (told := about["files"].get(name))
    )


def _names() -> Iterator[tuple[str, Table, Format]]:
    for table, form in product(TABLES.values(), FORMATS.values()):
        yield f"{table.name}.{form.ending}", table, form


def _make(folder: Path, at: datetime) -> None:
    """Make all files beside their place, and then put them there in one act."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for table in TABLES.values():
        with ExitStack() as opened:
            files = {
                ending: opened.enter_context((part / f"{table.name}.{ending}").open("wb"))
                for ending in FORMATS
            }
            write(table, rows(table, at=at), files)
    told = {name: _told(part / name) for name, _, _ in _names()}
    about = {"made": moment_text(at), "version": VERSION, "files": told}
    (part / _ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    part.rename(folder)


def _told(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"size": path.stat().st_size, "sha256": digest}


def _forget(present: Path) -> None:
    """Remove what was made of earlier states of the register."""
    states = sorted(present.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in [one for one in states if one != present][_STATES_KEPT - 1 :]:
        shutil.rmtree(old)


def _home() -> Path:
    return Path(settings.TOUCHSTONE_HOME) / "open-data"


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process makes or removes files here."""
    _home().mkdir(parents=True, exist_ok=True)
    with (_home() / ".making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
