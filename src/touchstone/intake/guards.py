"""The first look at a file that somebody hands in: is it there, is it of a size that such a file has."""

import stat
from pathlib import Path

from touchstone.core.faults import Fault, Unusable

MEGABYTE = 1_000_000
# A questionnaire or a list of five thousand participants is under one megabyte; a workbook may hold pictures.
FORM_LIMIT = 20 * MEGABYTE
# A hundred thousand assessments are about a hundred megabytes of CSV.
POPULATION_LIMIT = 1_000 * MEGABYTE


def guarded(path: Path, *, limit_bytes: int) -> bytes:
    """The content of a file. Unusable where it is missing, no plain file, empty, too large or unreadable."""
    check_size(path, limit_bytes=limit_bytes)
    try:
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)  # it may have grown since it was measured
    except OSError as error:
        raise _unreadable(path, error) from None
    check_length(len(content), file=str(path), limit_bytes=limit_bytes)
    return content


def check_size(path: Path, *, limit_bytes: int) -> None:
    """The same look without reading, for files that are read piece by piece."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise Unusable(
            str(path), Fault("", "There is no such file.", "Check the name and the folder.")
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise _unreadable(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise Unusable(str(path), Fault("", "This is a folder.", "Name a file in it."))
    if not stat.S_ISREG(status.st_mode):
        raise Unusable(str(path), Fault("", "This is not a plain file.", "Name a file on a disk."))
    check_length(status.st_size, file=str(path), limit_bytes=limit_bytes)


def check_length(length: int, *, file: str, limit_bytes: int) -> None:
    """Unusable where a content is empty or longer than such a file can be."""
    if length == 0:
        raise Unusable(file, Fault("", "The file is empty.", "Save it again, or choose another file."))
    if length > limit_bytes:
        problem = f"The file is larger than {limit_bytes // MEGABYTE} MB."
        raise Unusable(
            file, Fault("", problem, "Choose the right file, or remove what does not belong in it.")
        )


def _unreadable(path: Path, error: OSError | ValueError) -> Unusable:
    why = getattr(error, "strerror", None) or "the name is not allowed"
    return Unusable(
        str(path), Fault("", f"The file cannot be read ({why}).", "Check its name and its rights.")
    )
