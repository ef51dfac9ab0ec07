"""Which organisations of a whole portfolio have their report: `index.jsonl`, one line for each that is done.

A line counts while its key is still that of the organisation's input and all its files are there in the size
that it says. Whoever has the index open is the only one who writes to the folder.
"""

import csv
import fcntl
import hashlib
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from touchstone.core.benchmark.prepared import same_name
from touchstone.core.faults import Fault, Unusable
from touchstone.output.writing import write_whole

INDEX: Final = "index.jsonl"
LIST: Final = "index.csv"
LOCK: Final = ".lock"
LONGEST: Final = 48  # characters of an id in the name of its folder
_DIGITS: Final = (8, 16, 40)  # of the hash of an id; a name has at most 255 bytes
# What some file system takes for something else.
_RESERVED: Final = {"con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One organisation that is done. `key` says from what; `files` is name → bytes."""

    organisation: str
    folder: str
    key: str
    number: str
    points: int
    of: int
    share: float  # of the points, in per cent
    files: Mapping[str, int]

    def whole(self, out: Path) -> bool:
        """Whether its files are all there, in the size that they had."""
        return all(_size(out / self.folder / name) == size for name, size in self.files.items())


@contextmanager
def writing_alone(out: Path) -> Iterator[None]:
    """Make the folder and be the only one who writes to it. Raises Unusable where another does; OSError."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            problem = "another call is writing there."
            raise Unusable(
                "", Fault(str(out), problem, "Wait for its end, or name another folder.")
            ) from None
        yield


def kept(out: Path, key: Callable[[str], str | None]) -> dict[str, Entry]:
    """Organisation → what is done, of those whose key is still the same and whose files are whole.

    `key` tells that of an organisation, None for one that is not wanted; it is asked of what is done alone.
    The index then holds these lines alone, so that nothing is trusted that is being made anew.
    """
    entries = {entry.organisation: entry for entry in _read(out / INDEX)}
    found = {id: entry for id, entry in entries.items() if entry.whole(out) and key(id) == entry.key}
    write_whole(out / INDEX, "".join(map(_line, found.values())).encode())
    return found


def enter(out: Path, entry: Entry) -> None:
    """Add a line. It is written at once, so that it is whole unless the disk is full."""
    with (out / INDEX).open("ab", buffering=0) as index:
        index.write(_line(entry).encode())


def list_all(out: Path, entries: Iterable[Entry]) -> None:
    """Write the list of organisations for a spreadsheet."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(("organisation", "folder", "number", "points", "of", "share"))
    for one in entries:
        # A spreadsheet would take some beginnings for a formula.
        told = f"'{one.organisation}" if one.organisation[:1] in "=+-@\t\r" else one.organisation
        rows.writerow((told, one.folder, one.number, one.points, one.of, f"{one.share:.1f}"))
    write_whole(out / LIST, text.getvalue().encode("utf-8", "backslashreplace"))


def folders(ids: Iterable[str]) -> dict[str, str]:
    """Organisation → the name of its folder: the id, where every file system can have it, else close to it.

    Two names never differ in case or form alone, whatever the ids.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    # Plain ids come first, so that another one never takes their name.
    for id in sorted(ids, key=lambda each: (_fit(each) != each, each)):
        name = next(name for name in _names(id) if same_name(name) not in taken)
        taken.add(same_name(name))
        names[id] = name
    return names


def _names(id: str) -> Iterator[str]:
    fit = _fit(id)
    if id and fit == id:
        yield id
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()
    yield from (f"{fit}-{digest[:digits]}".lstrip("-") for digits in _DIGITS)


def _fit(id: str) -> str:
    """An id of letters, digits, points, dashes and underscores alone; its ends are neither point nor dash."""
    kept_ones = (one if one.isalnum() or one in "._-" else "-" for one in unicodedata.normalize("NFC", id))
    fit = "".join(kept_ones)[:LONGEST].strip(".-")
    return f"_{fit}" if fit.partition(".")[0].casefold() in {*_RESERVED, INDEX.partition(".")[0]} else fit


def _read(index: Path) -> Iterator[Entry]:
    """The lines that can be read. The last one may be half of one, after a kill."""
    try:
        lines = index.read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError):
            continue
        if isinstance(entry.files, dict):
            yield entry


def _line(entry: Entry) -> str:
    return json.dumps(asdict(entry), separators=(",", ":")) + "\n"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
