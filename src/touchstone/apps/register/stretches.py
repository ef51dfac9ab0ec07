"""Stretches of a ledger: where some of its entries are kept, told to a process that reads them itself.

It knows no Django: processes that check start with it. What is asked for are the entries between two that
were there when the check began. None of them ever changes, so nobody who appends meanwhile disturbs it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from touchstone.core.faults import Unusable
from touchstone.core.labels.lines import LONGEST, entries_read
from touchstone.core.labels.model import StoredEntry

# The columns of a row of the database, in this order. The last one is where it is filed.
COLUMNS: Final = ("number", "document", "previous", "hash", "key", "signature", "organisation")
TABLE: Final = "register_ledgerentry"
AS_IT_IS: Final = "surrogateescape"
LENGTH: Final = 5_000  # entries: about half a second's work


class Unreachable(Exception):  # noqa: N818  (an answer to the process that asked)
    """Raised where a process cannot read the database that the one which began the check reads."""


class Stretch(Protocol):
    """Some entries in a row."""

    @property
    def follows(self) -> bool:
        """Whether the first entry that is read is the one before them."""

    def entries(self) -> Iterator[StoredEntry]:
        """The entries, damaged or not, one after the other. Raises Unusable, Unreachable."""


@dataclass(frozen=True, slots=True)
class Here:
    """Entries that only this process can read, such as those of a transaction that has not ended."""

    at_hand: Iterable[StoredEntry]
    follows: bool = False

    def entries(self) -> Iterator[StoredEntry]:
        yield from self.at_hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Rows of the ledger by their numbers; `after` is that of the one before them, None at the beginning."""

    after: int | None
    upto: int

    @property
    def follows(self) -> bool:
        return self.after is not None

    def query(self, placeholder: str) -> tuple[str, list[int]]:
        """The question and its values."""
        known = [("<=", self.upto), *([] if self.after is None else [(">=", self.after)])]
        where = " AND ".join(f"number {sign} {placeholder}" for sign, _ in known)
        # All of it is our own.
        asked = f"SELECT {', '.join(COLUMNS)} FROM {TABLE} WHERE {where} ORDER BY number"  # noqa: S608
        return asked, [value for _, value in known]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsOfFile:
    """Rows of a database of SQLite."""

    file: Path
    rows: Between

    @property
    def follows(self) -> bool:
        return self.rows.follows

    def entries(self) -> Iterator[StoredEntry]:
        """As of `Stretch`: in a transaction for reading alone, and no file is made where there is none."""
        try:
            with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=rw", uri=True)) as database:
                database.text_factory = bytes  # what is damaged is no text any more
                yield from entries_of_rows(database.execute(*self.rows.query("?")))
        except sqlite3.Error as error:
            raise Unreachable(str(error)) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsOfServer:
    """Rows of a database of PostgreSQL; `how` are the parameters of a connection."""

    how: Mapping[str, str | int]
    rows: Between

    @property
    def follows(self) -> bool:
        return self.rows.follows

    def entries(self) -> Iterator[StoredEntry]:
        """As of `Stretch`; a stretch is fetched at once."""
        import psycopg  # only where there is such a server

        try:
            with psycopg.connect(**self.how) as database:  # type: ignore[arg-type]  # they are of many kinds
                query, values = self.rows.query("%s")
                yield from entries_of_rows(database.execute(query.encode(), values))
        except psycopg.Error as error:
            raise Unreachable(str(error)) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines of a ledger's file: where the first one begins, in bytes, its number, and how many they are."""

    file: Path
    begins: int
    number: int
    lines: int
    follows: bool

    def entries(self) -> Iterator[StoredEntry]:
        with self.file.open("rb") as stream:
            stream.seek(self.begins)
            there = range(self.number, self.number + self.lines)
            yield from entries_read((number, stream.readline(LONGEST + 1)[:-1]) for number in there)


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """What comes where a source can be read no further: said in its turn, after what was before it."""

    why: Unusable
    follows: bool = False

    def entries(self) -> Iterator[StoredEntry]:
        raise self.why


def between(numbers: Iterable[int], *, length: int) -> Iterator[Between]:
    """The rows with these numbers, given in order, in stretches."""
    after, upto, there = None, 0, 0
    for there, upto in enumerate(numbers, start=1):
        if there % length == 0:
            yield Between(after=after, upto=upto)
            after = upto
    if there % length:
        yield Between(after=after, upto=upto)


def of_lines(
    file: Path, begins: int, lines: Iterable[tuple[int, bytes]], *, length: int = LENGTH
) -> Iterator[Stretch]:
    """The numbered lines of a file, the first of which begins at a byte, in stretches."""
    start, place, first, count, follows = begins, begins, 0, 0, False
    broken: list[Stretch] = []
    try:
        for number, line in lines:
            first = first or number
            count += 1
            if count - follows == length:
                yield Lines(file=file, begins=start, number=first, lines=count, follows=follows)
                start, first, count, follows = place, number, 1, True
            place += len(line) + 1
    except Unusable as why:
        broken = [BrokenOff(why)]
    if count > follows:
        yield Lines(file=file, begins=start, number=first, lines=count, follows=follows)
    yield from broken


def entries_of_rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[StoredEntry]:
    """The entries of rows, damaged or not."""
    # Any: in a damaged file of SQLite anything may stand anywhere.
    for number, document, previous, hash, key, signature, organisation in rows:
        yield StoredEntry(
            number=number,
            document=document if isinstance(document, bytes) else _text(document).encode(errors=AS_IT_IS),
            previous=_text(previous),
            hash=_text(hash),
            key=_text(key),
            signature=_text(signature),
            filed=_text(organisation),
        )


def _text(value: Any) -> str:
    # Any: as above.
    return value.decode(errors=AS_IT_IS) if isinstance(value, bytes) else str(value)
