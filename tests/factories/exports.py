"""Exports of organisations alone, in this process: what most tests of an export look at, and quickly made."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine
from django.utils import timezone

from factories.answering import one_connection
from touchstone.cli.exporting.export import Export
from touchstone.cli.exporting.folder import MARK, about, being_made
from touchstone.cli.exporting.ground import stamp
from touchstone.cli.exporting.record import ALL, Line

Progress = Callable[[str, int, int], None]


def organisations_exported(
    place: Path, at: datetime, *, anew: bool = False, progress: Progress = lambda *_: None
) -> Export:
    """The files of all organisations of the register as of a moment, put in their place, one at a time."""
    with time_machine.travel(at, tick=False), one_connection():
        return exported_now(place, anew=anew, at_once=1, progress=progress)


def exported_now(place: Path, *, progress: Progress = lambda *_: None, **options: Any) -> Export:
    """The same as of now. The options are those of an export."""
    today = timezone.localdate()
    with being_made(place) as folder:
        export = Export(folder, **options)
        export._stamp = stamp("")
        mark = about(today.isoformat())
        with folder.recording() as record:
            export._organisations(record, today, progress)
            staged = (MARK,) if folder.write(MARK, mark) else ()
            record.write(
                Line(
                    organisation=ALL, key="", first=today, last=today, others=(),
                    files={MARK: len(mark)}, staged=staged, links=(),
                )
            )  # fmt: skip
        folder.put()
    return export


def tree(place: Path) -> Mapping[str, bytes]:
    """All files of a folder by their names."""
    files = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}
