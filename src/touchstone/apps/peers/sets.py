"""The frozen comparison sets of an installation: each written once, under its digest."""

import re
from pathlib import Path
from typing import Final

from django.conf import settings

from touchstone.core.benchmark.frozen import FrozenSet
from touchstone.core.faults import Fault, Unusable
from touchstone.core.language.language import ENGLISH
from touchstone.core.scheme.model import Scheme

DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def path_of(digest: str) -> Path:
    """Where the set of a digest lies, or would."""
    return Path(settings.TOUCHSTONE_HOME) / "sets" / f"{digest}.zip"


def keep(frozen: FrozenSet, *, pack: Path) -> Path:
    """Write a set with the pack that it was frozen with, where it is not there yet.

    It is read back in either case: what cannot be read is no set to rely on. Raises Unusable, and OSError.
    """
    # Files of peers need pyarrow, which the processes that only show pages can do without at first.
    from touchstone.output.comparison_set import write_set

    path = path_of(frozen.digest)
    if not path.exists():
        write_set(frozen, path, pack=pack)
    read(frozen.digest)
    return path


def read(digest: str, *, language: str = ENGLISH) -> tuple[FrozenSet, Scheme]:
    """A kept set and the scheme as it was when the set was frozen, its texts in a language.

    Raises Unusable where it is missing, damaged, or another one than its name says.
    """
    from touchstone.intake.comparison_set import read_set

    path = path_of(digest)
    if not DIGEST.fullmatch(digest) or not path.is_file():
        raise _unusable(path, "This comparison set is missing.")
    frozen, scheme = read_set(path, language=language)
    if frozen.digest != digest:
        raise _unusable(path, f"This is another set, of the digest {frozen.digest}.")
    return frozen, scheme


def _unusable(path: Path, problem: str) -> Unusable:
    return Unusable(str(path), Fault("", problem, "Restore it from a backup."))
