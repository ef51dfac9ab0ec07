"""Files appear whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name beside its place, then rename it; makes missing folders.

    A kill or a full disk leaves the old file, or none, under the name. OSError is passed on.
    """
    write_pieces(path, [content])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for a content that is made piece by piece. What the making raises is passed on too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def write_many(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of one folder, each under a temporary name and then renamed; makes missing folders.

    For files that can be made again: a kill leaves whole files, but after a loss of power those of the last
    seconds may be short or missing. One writer to a folder; what an earlier one left half written goes.
    OSError is passed on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        temporary = folder / f".{name}.part"
        temporary.unlink(missing_ok=True)
        try:
            with temporary.open("xb") as file:  # never through a link that lies there
                file.write(content)
            temporary.replace(folder / name)
        except BaseException as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            if isinstance(error, OSError) and error.filename is None:
                error.filename = str(folder / name)  # a full disk does not say where
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
