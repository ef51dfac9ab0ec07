"""A copy of a ledger, read piece by piece: it may hold hundreds of thousands of entries, or be anything else.

Nothing that the file names is ever fetched. What is wrong with the file gets one line with its place; what is
wrong with the ledger in it, `core.labels.ledger` says.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.documents import head_from_document
from touchstone.core.labels.ledger import Signers
from touchstone.core.labels.lines import (
    ENTRY_BEGINS,
    LONGEST,
    FirstLine,
    first_line_read,
    head_read,
    signers_read,
)
from touchstone.core.labels.model import Head
from touchstone.intake.guards import MEGABYTE, check_size, guarded

# Three hundred thousand entries are about 250 MB.
LEDGER_LIMIT = 4_000 * MEGABYTE
HEADS_LIMIT = 20 * MEGABYTE  # of a hundred years
KEYS_LIMIT = MEGABYTE
_AGAIN = "Fetch the file again."


@dataclass(slots=True)
class LedgerFile:
    """A ledger's file while it is read: once, from its first line to its last."""

    stream: BinaryIO
    first: FirstLine
    _line: int = 1
    _heads: list[Head] = field(default_factory=list)

    def entry_lines(self) -> Iterator[tuple[int, bytes]]:
        """The lines of the entries, numbered as in the file, unread; the heads are read after them.

        Raises Unusable where the file ends too early, holds more than it says, or is not made of lines.
        """
        entries = 0
        for number, line in self._lines():
            if line.startswith(ENTRY_BEGINS) and not self._heads:
                entries += 1
                yield number, line
            else:
                self._heads.append(head_read(number, line))
        self._check_counts(entries)

    def heads(self) -> tuple[Head, ...]:
        """The heads, once all lines of entries were taken."""
        return tuple(self._heads)

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        while line := _one_line(self.stream, self._line + 1):
            self._line += 1
            yield self._line, line

    def _check_counts(self, entries: int) -> None:
        said, there = (self.first.entries, self.first.heads), (entries, len(self._heads))
        if said != there:
            problem = "says that it holds {} entries and {} heads; there are {} and {}.".format(*said, *there)
            raise Unusable("", Fault("the file", problem, _AGAIN))


def opened(stream: BinaryIO) -> LedgerFile:
    """A ledger's file that is read from a stream. Raises Unusable where the first line is not a ledger's."""
    return LedgerFile(stream, first_line_read(_one_line(stream, 1)))


def check_ledger_file(path: Path) -> None:
    """Unusable where a ledger's file is missing, no plain file, empty or far too large."""
    check_size(path, limit_bytes=LEDGER_LIMIT)


def read_heads(path: Path) -> tuple[Head, ...] | None:
    """The heads of a file as /ledger/heads.json gives it; None where the file is not of that kind."""
    with path.open("rb") as file:
        beginning = file.read(200).lstrip()
    if beginning.startswith(b'{"address":') and b'"entries":' in beginning:
        return None
    document = _document(path, HEADS_LIMIT)
    heads = document.get("heads")
    if not isinstance(heads, list):
        problem = "is neither a ledger nor a list of heads."
        raise Unusable(str(path), Fault("the file", problem, "Name a copy of ledger.jsonl or heads.json."))
    try:
        return tuple(map(head_from_document, heads))
    except Unusable as unusable:
        raise Unusable(str(path), *unusable.faults) from unusable


def read_keys(path: Path) -> Signers:
    """Public keys by their ids, and when some retired, from a file as /ledger/keys.json gives it."""
    try:
        return signers_read(_document(path, KEYS_LIMIT), "keys")
    except Unusable as unusable:
        raise unusable if unusable.file else Unusable(str(path), *unusable.faults) from None


def _document(path: Path, limit_bytes: int) -> Mapping[str, object]:
    try:
        document = json.loads(guarded(path, limit_bytes=limit_bytes).decode("utf-8"))
    except (ValueError, RecursionError):
        raise Unusable(str(path), Fault("the file", "is not readable as JSON.", _AGAIN)) from None
    if not isinstance(document, dict):
        raise Unusable(str(path), Fault("the file", "is not a JSON object.", _AGAIN))
    return document


def _one_line(stream: BinaryIO, number: int) -> bytes:
    """The next line without its line feed; empty at the end of the file."""
    line = stream.readline(LONGEST + 1)
    if len(line) > LONGEST:
        problem = f"is longer than {LONGEST // MEGABYTE} MB: this is not a ledger's file."
        raise Unusable("", Fault(f"line {number}", problem, "Name the right file."))
    if line and not line.endswith(b"\n"):
        raise Unusable("", Fault(f"line {number}", "is cut off: the file ends in it.", _AGAIN))
    if line == b"\n":
        raise Unusable("", Fault(f"line {number}", "is empty.", _AGAIN))
    return line[:-1]
