"""The folder of an export: what changes is made beside it, and put in its place when all of it is there.

Beside `labels` lies `.labels.export` with the record of what stands in the folder, and while an export is on
its way with what is new in it. Each file of the folder is whole at every moment; what is gone goes last.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from touchstone.cli.exporting.record import Line, Writer, lines
from touchstone.cli.finished import writing_alone
from touchstone.core.faults import Fault, Unusable
from touchstone.output.writing import write_whole

MARK: Final = "touchstone-export.json"  # tells a folder that may be replaced from somebody else's
FORMAT: Final = "touchstone export 1"
_RECORD, _MADE, _COMPLETE, _FILES = "record.jsonl", "made.jsonl", "complete.jsonl", "files"
_BEFORE = f"{_MADE}.before"  # of a call that was stopped
_RECORDS = (_RECORD, _MADE, _BEFORE, _COMPLETE)


@dataclass(frozen=True, slots=True)
class Folder:
    """An export: `place` is where it lies, `beside` where it is made and remembered."""

    place: Path
    beside: Path

    @property
    def part(self) -> Path:
        """Where files lie that are to be put in their place."""
        return self.beside / _FILES

    @property
    def made(self) -> Path:
        """The record of the export that is being made."""
        return self.beside / _MADE

    def write(self, file: str, content: bytes) -> bool:
        """Make a file; True where it is another than that which stands, and so waits for its place."""
        part = self.part / file
        if _holds(self.place / file, content):
            part.unlink(missing_ok=True)  # of a call that was stopped
            return False
        try:
            part.write_bytes(content)
        except FileNotFoundError:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
        return True

    def whole(self, line: Line) -> bool:
        """Whether the files of a line are all there, in the sizes that they had."""
        staged = set(line.staged)
        return all(
            _size((self.part if file in staged else self.place) / file) == size
            for file, size in line.files.items()
        )

    def remembered(self) -> Iterator[Line]:
        """The lines of the call that was stopped, then those of what stands."""
        yield from lines(self.beside / _BEFORE)
        if _told(self.place / MARK) == _told_in(self.beside / f"{_RECORD}.mark"):
            yield from lines(self.beside / _RECORD)

    @contextmanager
    def recording(self) -> Iterator[Writer]:
        """A record for a new export; that of a call that was stopped is kept beside until it is read."""
        before = self.beside / _BEFORE
        if _size(self.made) > _size(before):  # else that call was stopped before it had read this
            self.made.replace(before)
        with self.made.open("wb") as file:
            yield Writer(file)
            os.fsync(file.fileno())
        before.unlink(missing_ok=True)

    def put(self) -> None:
        """Put in its place what the record of this export names; the rest goes. Safe to repeat."""
        os.sync()
        with suppress(FileNotFoundError):
            self.made.replace(self.beside / _COMPLETE)
        (self.beside / f"{_RECORD}.mark").unlink(missing_ok=True)  # the record tells no longer what stands
        if not self.place.exists() or not any(self.place.iterdir()):
            self._put_whole()
        marked: list[str] = []
        with (self.beside / f"{_RECORD}.new").open("wb") as file:
            record, known = Writer(file), [np.empty(0, np.int64)]
            for line in lines(self.beside / _COMPLETE):
                marked += self._put(line)
                known.append(np.fromiter(map(hash, line.files), np.int64, len(line.files)))
                record.write(_in_place(line))
        self._remove_all_but(np.unique(np.concatenate(known)))
        for file_name in marked:
            _move(self.part / file_name, self.place / file_name)
        (self.beside / f"{_RECORD}.new").replace(self.beside / _RECORD)
        write_whole(self.beside / f"{_RECORD}.mark", _told(self.place / MARK).encode())
        (self.beside / _COMPLETE).unlink()
        shutil.rmtree(self.part, ignore_errors=True)

    def _put_whole(self) -> None:
        """The first export of a folder: all of it at once."""
        self.part.mkdir(exist_ok=True)
        if self.place.exists():
            self.place.rmdir()
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self.part.rename(self.place)

    def _put(self, line: Line) -> list[str]:
        """Move a line's files; the mark, which says that the rest is there, is left for the end."""
        for file in line.staged:
            if file != MARK:
                _move(self.part / file, self.place / file)
        return [MARK] if MARK in line.staged else []

    def _remove_all_but(self, known: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
        for folder, _, files in os.walk(self.place, topdown=False):
            names = [str((Path(folder) / file).relative_to(self.place)) for file in files]
            here = np.fromiter(map(hash, names), np.int64, len(names))
            for name, stays in zip(names, np.isin(here, known), strict=True):
                if not stays:
                    (self.place / name).unlink()
            if not any(Path(folder).iterdir()):
                Path(folder).rmdir()


@contextmanager
def being_made(place: Path) -> Iterator[Folder]:
    """A folder to write an export into, by this call alone. What was made stays beside it for the next call.

    Raises Unusable where something else lies there, or another call is at work.
    """
    place = place.absolute()
    if not _may_be_replaced(place):
        problem = "is there, and is no export of the register."
        raise Unusable(str(place), Fault("", problem, "Name a folder that is empty, or not there yet."))
    folder = Folder(place, place.with_name(f".{place.name}.export"))
    with writing_alone(folder.beside):
        if (folder.beside / _COMPLETE).exists():
            folder.put()  # the call before was stopped in the midst of it
        try:
            yield folder
        finally:
            if not any(_size(folder.beside / name) > 0 for name in _RECORDS):
                shutil.rmtree(folder.beside)


def about(day: str) -> bytes:
    """What the mark of an export says."""
    return (json.dumps({"format": FORMAT, "day": day}, indent=2) + "\n").encode()


def _in_place(line: Line) -> Line:
    return Line(
        organisation=line.organisation, key=line.key, first=line.first, last=line.last, others=line.others,
        files=line.files, staged=(), links=line.links,
    )  # fmt: skip


def _move(source: Path, target: Path) -> None:
    """Rename a file into its place, where it has not been done yet."""
    try:
        source.replace(target)
    except FileNotFoundError:
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)


def _may_be_replaced(place: Path) -> bool:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        return False
    return not place.exists() or not any(place.iterdir()) or _is_export(place / MARK)


def _is_export(mark: Path) -> bool:
    try:
        return bool(json.loads(mark.read_bytes()).get("format") == FORMAT)
    except (OSError, ValueError, AttributeError):
        return False


def _told(mark: Path) -> str:
    """What tells a folder from another export that was put there instead; empty where there is none."""
    try:
        found = mark.stat()
    except OSError:
        return ""
    return f"{found.st_dev} {found.st_ino} {found.st_mtime_ns}"


def _told_in(path: Path) -> str:
    try:
        return path.read_text() or "nothing"
    except OSError:
        return "nothing"


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
