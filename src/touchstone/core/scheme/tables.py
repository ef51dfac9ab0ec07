"""Reads TOML tables strictly: each key is asked for by type, and what is wrong is noted with its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from touchstone.core.faults import Fault
from touchstone.core.scheme.naming import suggestion

T = TypeVar("T")
Word = TypeVar("Word", bound=str)
Number = TypeVar("Number", int, float)

LARGEST = 1e12


class Sourced(dict[str, object]):
    """The values of a table that may stand in another file than the table around it."""

    def __init__(self, values: Mapping[str, object], *, file: str) -> None:
        super().__init__(values)
        self.file = file


def under(path: str, key: str) -> str:
    """The place of a key within what stands at a place."""
    return f"{path} / {key}" if path else key


@dataclass(slots=True)
class Notes:
    """What a reading found: faults, the place of each item by its kind and id, and what was dropped where."""

    faults: list[Fault] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)

    def register(self, kind: str, id: str, place: str) -> None:
        """Remember where an item stands; an id that is taken is a fault."""
        earlier = self.places.setdefault((kind, id), place)
        if earlier is not place:
            self.faults.append(
                Fault(f"{place} / id", f"The {kind} {id} is there twice, first in {earlier}.", "Rename one.")
            )


class Table:
    """One table of a file. A fault is noted and a neutral value given, so that all faults are found."""

    __slots__ = ("_asked", "_file", "_notes", "_path", "_values")

    def __init__(self, values: dict[str, object], *, file: str, notes: Notes, path: str = "") -> None:
        self._values = values
        self._file = values.file if isinstance(values, Sourced) else file
        self._notes = notes
        self._path = path
        self._asked: set[str] = set()

    @property
    def place(self) -> str:
        return f"{self._file}: {self._path}" if self._path else self._file

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def has(self, key: str) -> bool:
        return key in self._values

    def diverted(self, notes: Notes) -> "Table":
        """The same table, whose faults are noted elsewhere."""
        other = Table(self._values, file=self._file, notes=notes, path=self._path)
        other._asked = self._asked
        return other

    def note(self, key: str, problem: str, remedy: str) -> None:
        """Note a fault of one key of this table."""
        self._notes.faults.append(Fault(f"{self._file}: {self._under(key)}", problem, remedy))

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and must not be empty."""
        value = self._take(key, (str,), "a text in quotes", default)
        if not isinstance(value, str):
            return ""
        if default is None and not value.strip():
            self.note(key, "The text is empty.", "Write it.")
        return value

    def number(self, key: str) -> float:
        """A number no further from 0 than 1e12, so that it can be reckoned with."""
        value = self._take(key, (int, float), "a number without quotes", None)
        return self._within(key, value) if isinstance(value, int | float) else 0

    def number_if_any(self, key: str) -> float | None:
        return self.number(key) if self.has(key) else None

    def whole(self, key: str) -> int:
        """A whole number no further from 0 than 1e12."""
        value = self._take(key, (int,), "a whole number without quotes", None)
        return self._within(key, value) if isinstance(value, int) else 0

    def yes_no(self, key: str, default: bool | None = None) -> bool:
        return self._take(key, (bool,), "true or false", default) is True

    def day(self, key: str) -> date:
        value = self._take(key, (date,), "a date such as 2019-11-15, without quotes", None)
        return value if isinstance(value, date) else date.min

    def word(self, key: str, allowed: Sequence[Word], default: str | None = None) -> Word:
        """One of the allowed words."""
        given = self.text(key, default)
        found = next((word for word in allowed if word == given), None)
        if found is None and given:
            self.note(key, f'"{given}" is not allowed here.', suggestion(given, allowed))
        return allowed[0] if found is None else found  # callers of an open list check it for themselves

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, (list, tuple), "a list of texts in quotes", default)
        entries = tuple(value) if isinstance(value, list | tuple) else ()
        if not all(isinstance(entry, str) for entry in entries):
            self.note(key, "Not every entry is a text.", "Put each entry in quotes.")
        return tuple(entry for entry in entries if isinstance(entry, str))

    def words(self, key: str, allowed: Sequence[Word]) -> tuple[Word, ...]:
        """A list of the allowed words."""
        given = self.texts(key)
        for word in given:
            if word not in allowed:
                self.note(key, f'"{word}" is not allowed here.', suggestion(word, allowed))
        return tuple(known for word in given for known in allowed if known == word)

    def bare(self, key: str) -> object:
        """A value whose type the caller judges; None where there is none."""
        self._asked.add(key)
        return self._values.get(key)

    def inner(self, key: str, read: Callable[["Table"], T]) -> T | None:
        """The table under a key, read and closed; None where there is none."""
        value = self._take(key, (dict,), f"a table [{key}]", None)
        return self._read(value, self._under(key), read) if isinstance(value, dict) else None

    def labels(self, key: str) -> dict[str, str]:
        """A table of id = "label", in the order of the file."""
        return self.inner(key, lambda table: {id: table.text(id) for id in table.keys}) or {}

    def each(self, key: str, read: Callable[["Table"], T], *, required: bool = True) -> tuple[T, ...]:
        """The tables of the list under a key, each read and closed. An id may stand in a pack once."""
        value = self._take(key, (list,), f"a list of tables [[{key}]]", None if required else [])
        found = []
        for number, entry in enumerate(value if isinstance(value, list) else [], start=1):
            if isinstance(entry, dict):
                found.append(self._entry(key, number, entry, read))
            else:
                self.note(key, f"Entry {number} is not a table.", f"Write it as [[{key}]].")
        return tuple(found)

    def close(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.note(key, "This key is not known here.", suggestion(key, sorted(self._asked)))

    def _entry(self, key: str, number: int, entry: dict[str, object], read: Callable[["Table"], T]) -> T:
        id = entry.get("id")
        if not isinstance(id, str):
            return self._read(entry, self._under(f"{key} {number}"), read)
        file = entry.file if isinstance(entry, Sourced) else self._file
        self._notes.register(key, id, f"{file}: {id}")
        return self._read(entry, id, read)

    def _read(self, values: dict[str, object], path: str, read: Callable[["Table"], T]) -> T:
        table = Table(values, file=self._file, notes=self._notes, path=path)
        found = read(table)
        table.close()
        return found

    def _within(self, key: str, number: Number) -> Number:
        if not abs(number) <= LARGEST:  # so said, it holds for what is not a number too
            self.note(key, "This number cannot be reckoned with.", "Write a number of use.")
        return number

    def _take(self, key: str, kinds: tuple[type, ...], wanted: str, default: object) -> object:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is None:
            self.note(key, "This key is missing.", f"Add {key} = {wanted}.")
        elif _type(value) not in kinds:  # exact: true is no number, a moment is no date
            self.note(key, f"This is not {wanted}.", f"Write {wanted}.")
            return None
        return value

    def _under(self, key: str) -> str:
        return under(self._path, key)


def _type(value: object) -> type:
    return dict if isinstance(value, Sourced) else type(value)
