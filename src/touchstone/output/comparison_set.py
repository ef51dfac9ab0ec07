"""A frozen comparison set as one file: its peers together with the pack that they are read by.

The file is a ZIP archive, the same to the byte for the same set and pack on every machine: members in a
fixed order, without dates, and stored as they are, since what a compressor makes of them depends on its
version.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from touchstone.core.benchmark.frozen import ABOUT, FILE_FORMAT, PACK, PACK_FILE, PEERS, FrozenSet
from touchstone.core.benchmark.model import Floats, Population
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.folders import lineage
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.model import Scheme
from touchstone.output.writing import write_whole

NO_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the first that an archive can tell
PLAIN_FILE: Final = 0o100644 << 16
UNIX: Final = 3
TO_QUOTE: Final = frozenset(',"\r\n')


def write_set(frozen: FrozenSet, path: Path, *, pack: Path) -> None:
    """Write a set with the pack that it was frozen with, and with those that the pack extends.

    Raises Unusable where the pack is not the one that the set was frozen with, and OSError.
    """
    write_whole(path, set_file(frozen, pack=pack))


def set_file(frozen: FrozenSet, *, pack: Path) -> bytes:
    """The content of a set's file."""
    scheme = load(pack)
    if scheme.digest != frozen.scheme_digest:
        problem = "This is not the pack that the set was frozen with."
        raise Unusable(str(pack), Fault("", problem, "Freeze the population anew."))
    contents = {PEERS: peers_csv(frozen.population, scheme), **_packs(pack)}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, held in {ABOUT: _about(frozen, contents), **contents}.items():
            member = zipfile.ZipInfo(name, NO_DATE)
            member.create_system, member.external_attr = UNIX, PLAIN_FILE
            archive.writestr(member, held)
    return content.getvalue()


def peers_csv(population: Population, scheme: Scheme) -> bytes:
    """A population as CSV in which every number comes back to the last bit."""
    columns = _columns(population, scheme)
    lines = zip(*([name, *cells] for name, cells in columns), strict=True)
    return "".join(f"{','.join(line)}\n" for line in lines).encode()


def _columns(population: Population, scheme: Scheme) -> Iterator[tuple[str, list[str]]]:
    days = np.datetime_as_string(population.interviewed_on, unit="D").tolist()
    yield "organisation", _texts(population.organisation.tolist())
    yield "country", _texts(population.country.tolist())
    yield "portfolio", _texts(population.portfolio.tolist())
    yield "interviewed_on", days
    yield "level", _texts(population.level.tolist())
    missing, empty = np.full(len(population), np.nan), [""] * len(population)
    for id, measure in scheme.measures.items():
        if measure.kind.numeric:
            yield id, _numbers(population.values.get(id, missing))
        else:
            yield id, _texts(population.words[id].tolist()) if id in population.words else empty


def _numbers(values: Floats) -> list[str]:
    """The fewest digits that give the same float64, and nothing for what has no finite value."""
    finite = np.where(np.isfinite(values), values, np.nan).tolist()
    return ["" if number != number else repr(number).removesuffix(".0") for number in finite]  # noqa: PLR0124


def _texts(words: list[str]) -> list[str]:
    return [_quoted(word) if TO_QUOTE.intersection(word) else word for word in words]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _packs(pack: Path) -> dict[str, bytes]:
    """The files of a pack and of those that it extends, by their names in the archive."""
    own, *bases = lineage(pack).folders
    contents = _files(own, PACK)
    for base in bases:
        of_base = _files(base, base.name)
        if contents.keys() & of_base.keys():
            problem = f'Two packs of the name "{base.name}" lie over one another.'
            raise Unusable(str(pack), Fault("scheme.toml: extends", problem, "Rename one of their folders."))
        contents |= of_base
    return contents


def _files(folder: Path, name: str) -> dict[str, bytes]:
    paths = {f"{name}/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*.toml")}
    for odd in (one for one in sorted(paths) if not PACK_FILE.fullmatch(one)):
        problem = "A comparison set cannot hold a file of this name."
        raise Unusable(str(folder), Fault(odd, problem, "Keep to letters, digits, - and _ in names."))
    return {one: paths[one].read_bytes() for one in sorted(paths)}


def _about(frozen: FrozenSet, contents: Mapping[str, bytes]) -> bytes:
    said = {
        "format": FILE_FORMAT,
        "name": frozen.name,
        "on": frozen.on.isoformat(),
        "scheme": frozen.scheme,
        "scheme_digest": frozen.scheme_digest,
        "synthetic": frozen.population.synthetic,
        "rows": len(frozen),
        "digest": frozen.digest,
        "files": {name: hashlib.sha256(held).hexdigest() for name, held in contents.items()},
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
