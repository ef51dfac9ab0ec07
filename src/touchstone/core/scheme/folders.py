"""The folders of packs: those that ship, and those that a pack extends."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from touchstone.core.faults import Fault
from touchstone.core.scheme.naming import suggestion

HEAD = "scheme.toml"
EXTENDS = "extends"
LONGEST = 3  # packs laid over one another, the first base among them
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
PLACE = f"{HEAD}: {EXTENDS}"


@dataclass(frozen=True, slots=True)
class Lineage:
    """A pack and those that it extends, the nearest first, as far as they were found."""

    folders: tuple[Path, ...]
    faults: tuple[Fault, ...] = ()


def shipped(name: str = "ecei") -> Path:
    """The folder of a pack that comes with the program: inside the package, else in the checkout."""
    package = Path(__file__).parents[2]
    installed = package / "schemes" / name
    return installed if installed.is_dir() else package.parents[1] / "schemes" / name


def names(*besides: Path) -> tuple[str, ...]:
    """The names of the packs that ship, and of those that lie in other folders."""
    heads = (head for folder in (shipped().parent, *besides) for head in folder.glob(f"*/{HEAD}"))
    return tuple(sorted({head.parent.name for head in heads}))


def nearest_file(folder: Path, name: str) -> Path:
    """A file of a pack, else that of the nearest pack it extends that has one.

    Where none of them has it, the place in the pack's own folder at which it is missing.
    """
    found = (part / name for part in lineage(folder).folders if (part / name).is_file())
    return next(found, folder / name)


def lineage(folder: Path) -> Lineage:
    """The folders that make up a pack; one fault where a base is not to be found or stands in a circle."""
    found = [folder]
    while (name := _extended(found[-1])) is not None:
        base, fault = _base(name, found)
        if base is None:
            place = PLACE if len(found) == 1 else f"{found[-1].name}/{PLACE}"
            return Lineage(tuple(found), (Fault(place, *fault),))
        found.append(base)
    return Lineage(tuple(found))


def _extended(folder: Path) -> str | None:
    """What a pack says that it extends; None too where that cannot be read, which is told elsewhere."""
    try:
        name = tomllib.loads((folder / HEAD).read_text(encoding="utf-8")).get(EXTENDS)
    except (OSError, ValueError, RecursionError):
        return None
    return name if isinstance(name, str) else None


def _base(name: str, found: list[Path]) -> tuple[Path | None, tuple[str, str]]:
    """The folder of a base: beside the pack, else a shipped one. Without one, what is wrong, and a remedy."""
    if not NAME.fullmatch(name):
        return None, (f'"{name}" is no name of a pack.', "Name a folder beside this one, or a shipped pack.")
    here = found[-1].resolve()
    places = [place.resolve() for place in (here.parent / name, shipped(name))]
    base = next((place for place in places if place.is_dir() and place != here), None)
    chain = " extends ".join([*(folder.resolve().name for folder in found), name])
    if base is None and here in places:
        return None, (f"The packs extend one another in a circle: {chain}.", "Let the first extend none.")
    if base is None:
        return None, (f'There is no pack "{name}".', suggestion(name, names(here.parent)))
    if base in [folder.resolve() for folder in found]:
        return None, (f"The packs extend one another in a circle: {chain}.", "Let the first extend none.")
    if len(found) == LONGEST:
        return None, (f"More than {LONGEST} packs lie over one another: {chain}.", "Join two of them.")
    return base, ("", "")
