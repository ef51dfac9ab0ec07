"""Frozen comparison sets that somebody hands in. Nothing in the file is believed that can be reckoned."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from touchstone.core.benchmark.frozen import ABOUT, FILE_FORMAT, PACK, PACK_FILE, PEERS, FrozenSet, freeze
from touchstone.core.benchmark.model import Population
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.model import Scheme
from touchstone.intake.guards import MEGABYTE, POPULATION_LIMIT, check_size
from touchstone.intake.population import read_population

MEMBERS_LIMIT: Final = 2_000  # a pack has some twenty files in each language
PACK_FILE_LIMIT: Final = 5 * MEGABYTE
# The program stores members as they are; somebody may have packed them anew.
RATIO_LIMIT: Final = 200
RATIO_FROM: Final = MEGABYTE
PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNTOUCHED: Final = "Take an untouched copy of the set."

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a set says of itself."""

    format: int
    name: str
    on: str
    scheme: str
    scheme_digest: str
    synthetic: bool
    rows: int
    digest: str
    files: Mapping[str, str]


_TYPES: Final[Mapping[str, type]] = {
    "format": int,
    "name": str,
    "on": str,
    "scheme": str,
    "scheme_digest": str,
    "synthetic": bool,
    "rows": int,
    "digest": str,
    "files": dict,
}


def read_set(path: Path, *, language: str = "en") -> tuple[FrozenSet, Scheme]:
    """A frozen set and the scheme as it was when the set was frozen, its texts in a language.

    Raises Unusable where the file is no comparison set, is damaged, unpacks to too much, holds what does
    not belong in it, or where peers or pack are not those that were frozen.
    """
    check_size(path, limit_bytes=POPULATION_LIMIT)
    contents = _contents(path)
    about = _about(path, contents)
    _check_files(path, about, contents)
    with tempfile.TemporaryDirectory(prefix="touchstone-") as folder:
        _extract(contents, Path(folder))
        pack = Path(folder) / PACK
        scheme = _inside(path, PACK, lambda: load(pack, language))
        peers = _inside(path, PEERS, lambda: read_population(Path(folder) / PEERS, scheme))
    return _checked(path, about, scheme, replace(peers, synthetic=about.synthetic)), scheme


def _contents(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_declared(path, members)
            return {member.filename: _content(archive, member) for member in members}
    except Unusable:
        raise
    except Exception as error:  # a broken archive breaks in many ways
        problem = "This is no comparison set, or a damaged one."
        raise _unusable(path, "", problem, "Take a file that touchstone freeze has written.") from error


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What a member holds, and never more than it declares: read without a size it would unpack first."""
    with archive.open(member) as part:
        return part.read(member.file_size + 1)


def _check_declared(path: Path, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(members) > MEMBERS_LIMIT:
        raise _unusable(path, "", f"It holds {len(members)} files.", UNTOUCHED)
    twice = next((name for name in names if [n.casefold() for n in names].count(name.casefold()) > 1), None)
    if twice is not None:
        raise _unusable(path, twice[:60], "It holds this file twice.", UNTOUCHED)
    for member in members:
        _check_member(path, member)
    if sum(member.file_size for member in members) > POPULATION_LIMIT:
        raise _unusable(path, "", "It unpacks to far more than it should.", UNTOUCHED)


def _check_member(path: Path, member: zipfile.ZipInfo) -> None:
    name = member.filename
    if name not in (ABOUT, PEERS) and not PACK_FILE.fullmatch(name):
        raise _unusable(path, ascii(name[:60]), "No file of this name belongs in a set.", UNTOUCHED)
    if member.flag_bits & 1:
        raise _unusable(path, name, "It is encrypted.", "Take a copy without a password.")
    if member.compress_type not in PACKED:
        raise _unusable(path, name, "It is packed in an unusual way.", UNTOUCHED)
    large = name != PEERS and member.file_size > PACK_FILE_LIMIT
    if large or member.file_size > max(RATIO_FROM, RATIO_LIMIT * member.compress_size):
        raise _unusable(path, name, "It unpacks to far more than it should.", UNTOUCHED)


def _about(path: Path, contents: Mapping[str, bytes]) -> _About:
    if ABOUT not in contents:
        remedy = "Take a file that touchstone freeze has written."
        raise _unusable(path, "", f"This is no comparison set: it holds no {ABOUT}.", remedy)
    try:
        said = json.loads(contents[ABOUT])
    except (ValueError, RecursionError):
        raise _unusable(path, ABOUT, "This is not JSON.", UNTOUCHED) from None
    if not isinstance(said, dict):
        raise _unusable(path, ABOUT, "This does not describe a set.", UNTOUCHED)
    if type(said.get("format")) is int and said["format"] > FILE_FORMAT:
        problem = f"The set has the format {said['format']}; this program reads up to {FILE_FORMAT}."
        raise _unusable(path, ABOUT, problem, "Install a newer touchstone.")
    wrong = next((key for key, kind in _TYPES.items() if type(said.get(key)) is not kind), None)
    if wrong is not None or said["format"] != FILE_FORMAT or said.keys() - _TYPES.keys():
        raise _unusable(path, f"{ABOUT}: {wrong or 'keys'}", "This does not describe a set.", UNTOUCHED)
    return _About(**said)


def _check_files(path: Path, about: _About, contents: Mapping[str, bytes]) -> None:
    """That what the set lists is there, as it was, and nothing else."""
    there = contents.keys() - {ABOUT}
    for name in sorted({PEERS, *about.files} - there):
        raise _unusable(path, ascii(name[:60]), "This file is missing.", UNTOUCHED)
    for name in sorted(there):
        if about.files.get(name) != hashlib.sha256(contents[name]).hexdigest():
            raise _unusable(path, name, "It is not what it was when the set was frozen.", UNTOUCHED)


def _extract(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files out; their names were checked to stay below."""
    for name, content in contents.items():
        place = folder / PurePosixPath(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _inside(path: Path, part: str, read: Callable[[], T]) -> T:
    """What `read` gives; what it complains of is told of the set, and not of a temporary file."""
    try:
        return read()
    except Unusable as error:
        faults = (replace(one, place=f"{part}: {one.place}".removesuffix(": ")) for one in error.faults)
        raise Unusable(str(path), *faults) from error


def _checked(path: Path, about: _About, scheme: Scheme, peers: Population) -> FrozenSet:
    """The set frozen anew, which must give the same digest."""
    if (scheme.id, scheme.digest) != (about.scheme, about.scheme_digest):
        raise _unusable(path, PACK, "The pack is not the one that the set was frozen with.", UNTOUCHED)
    frozen = _inside(path, ABOUT, lambda: freeze(peers, scheme=scheme, on=_day(about.on), name=about.name))
    if (frozen.digest, len(frozen)) != (about.digest, about.rows) or len(peers) != about.rows:
        raise _unusable(path, PEERS, "The peers are not those that were frozen.", UNTOUCHED)
    return frozen


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable("", Fault("on", "This is not a day.", UNTOUCHED)) from None


def _unusable(path: Path, place: str, problem: str, remedy: str) -> Unusable:
    return Unusable(str(path), Fault(place, problem, remedy))
