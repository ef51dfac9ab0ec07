"""The releases of an installation's peers as files: written whole, one after the other, never changed.

Each names the frozen set that it was made from. Without the history of releases nothing more can be
published safely, so one that is missing, changed or damaged stops everything that would need it.
"""

import fcntl
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from touchstone.core.benchmark.release_document import as_document, from_document
from touchstone.core.benchmark.releases import Release
from touchstone.core.faults import Fault, Unusable
from touchstone.output.writing import write_whole

FORMAT: Final = "touchstone kept release 1"
NAME: Final = re.compile(r"(\d{4,})\.json")
RESTORE: Final = "Restore it from a backup: until then no peers are shown."


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A release as it is kept.

    `set` is the digest of its frozen set, `peers` the number of organisations in that. `held` is CSV: the
    assessments in force that the set does not have, since groups were held over with rows of before.
    """

    number: int
    name: str
    added_at: datetime
    synthetic: bool
    peers: int
    set: str
    held: str
    release: Release

    @property
    def on(self) -> date:
        """The day as of which the peers are taken."""
        return self.release.on


def folder() -> Path:
    """Where the releases lie."""
    return Path(settings.TOUCHSTONE_HOME) / "releases"


def files() -> list[Path]:
    """The files of all releases, the oldest first. Raises Unusable where one between them is missing."""
    numbers = sorted(int(found[1]) for path in folder().glob("*") if (found := NAME.fullmatch(path.name)))
    for expected, number in enumerate(numbers, start=1):
        if number != expected:
            raise Unusable(str(path_of(expected)), Fault("", "This release is missing.", RESTORE))
    return [path_of(number) for number in numbers]


def newest() -> Kept | None:
    """The release in force; None where the installation has none. Raises as `read`."""
    found = files()
    return read(found[-1]) if found else None


def read(path: Path) -> Kept:
    """A release from its file. Raises Unusable where it is not as it was written."""
    try:
        document = json.loads(path.read_bytes())
        return _kept(path, document)
    except (OSError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Unusable(str(path), Fault("", "This release cannot be read.", RESTORE)) from None


def write(kept: Kept) -> Path:
    """Put a release in its place, all of it or nothing. Only inside `alone`; OSError is passed on."""
    rest = {
        "format": FORMAT,
        "number": kept.number,
        "name": kept.name,
        "added_at": kept.added_at.isoformat(),
        "synthetic": kept.synthetic,
        "peers": kept.peers,
        "set": kept.set,
        "held": kept.held,
        "release": as_document(kept.release),
    }
    text = json.dumps({**rest, "digest": _digest(rest)}, ensure_ascii=False) + "\n"
    write_whole(path_of(kept.number), text.encode())
    return path_of(kept.number)


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process adds a release."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / ".adding").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def path_of(number: int) -> Path:
    """Where the release of a number lies, or would."""
    return folder() / f"{number:04}.json"


def _kept(path: Path, document: Mapping[str, Any]) -> Kept:  # Any: whatever does not fit raises
    rest = {key: part for key, part in document.items() if key != "digest"}
    release = from_document(rest["release"])
    if rest["format"] != FORMAT or document["digest"] != _digest(rest) or release.fault:
        raise ValueError(path)
    if path != path_of(rest["number"]):
        raise ValueError(path)
    return Kept(
        number=rest["number"],
        name=rest["name"],
        added_at=datetime.fromisoformat(rest["added_at"]),
        synthetic=rest["synthetic"],
        peers=rest["peers"],
        set=rest["set"],
        held=rest["held"],
        release=release,
    )


def _digest(document: Mapping[str, Any]) -> str:  # Any: JSON
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
