"""The folder of an export: made whole beside its place, and then put there."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchstone.core.faults import Fault, Unusable

MARK: Final = "touchstone-export.json"  # tells a folder that may be replaced from somebody else's
FORMAT: Final = "touchstone export 1"


@dataclass(slots=True)
class Folder:
    """An export being made. `place` is where it will lie, `part` where it is made."""

    place: Path
    part: Path
    new: int = 0
    same: int = 0

    def write(self, file: str, content: bytes) -> None:
        """Write a file; one that the last export has with these bytes is taken over, with its time."""
        old, path = self.place / file, self.part / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if _holds(old, content):
            os.link(old, path)
            self.same += 1
        else:
            path.write_bytes(content)
            self.new += 1

    def has(self, file: str) -> bool:
        return (self.part / file).is_file()

    def put(self, about: dict[str, object]) -> None:
        """Put what was made into its place. What lay there is gone only after that."""
        self.write(MARK, (json.dumps({"format": FORMAT, **about}, indent=2) + "\n").encode())
        os.sync()
        old = _beside(self.place, "old")
        shutil.rmtree(old, ignore_errors=True)
        if self.place.exists():
            self.place.rename(old)
        self.part.rename(self.place)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def being_made(place: Path) -> Iterator[Folder]:
    """A folder to write an export into; what was not put in its place by the end is removed.

    Raises Unusable where something else lies there.
    """
    place = place.absolute()
    old = _beside(place, "old")
    if old.is_dir() and not place.exists():
        old.rename(place)  # a call before was killed between two steps
    if not _may_be_replaced(place):
        problem = "is there, and is no export of the register."
        raise Unusable(str(place), Fault("", problem, "Name a folder that is empty, or not there yet."))
    part = _beside(place, "part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield Folder(place, part)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _may_be_replaced(place: Path) -> bool:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        return False
    return not place.exists() or not any(place.iterdir()) or _is_export(place / MARK)


def _is_export(mark: Path) -> bool:
    try:
        return bool(json.loads(mark.read_bytes()).get("format") == FORMAT)
    except (OSError, ValueError, AttributeError):
        return False


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _beside(place: Path, what: str) -> Path:
    return place.with_name(f".{place.name}.{what}")
