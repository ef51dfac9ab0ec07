"""The record of an export: which files an organisation has in it, and on what they rest.

One line of JSON an organisation. A line counts while what it rests on is the same, its days are not over, and
its files are there in the size that it says.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

ALL: Final = ""  # instead of a key: the pages of all organisations together


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was made of one organisation.

    `files` is name → bytes; `staged` names those of them that are not in their place yet; `links` are files
    besides its own that its pages lead to. `first` and `last` are the days on which all of it is right.
    """

    organisation: str
    key: str
    first: date
    last: date
    others: tuple[str, ...]
    files: Mapping[str, int]
    staged: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(slots=True)
class Writer:
    """Writes lines into a file, each at once. Links that many have in common are written once."""

    file: IO[bytes]
    _links: dict[tuple[str, ...], int] = field(init=False, default_factory=dict)

    def write(self, line: Line) -> None:
        """Add a line, whole unless the disk is full. OSError is passed on."""
        text = ""
        if line.links not in self._links:
            self._links[line.links] = len(self._links)
            text = _json({"links": line.links})
        told = {**asdict(line), "first": line.first.isoformat(), "last": line.last.isoformat()}
        self.file.write((text + _json({**told, "links": self._links[line.links]})).encode())
        self.file.flush()


def lines(path: Path) -> Iterator[Line]:
    """The lines of a file as far as they can be read; the last may be half of one. None without a file."""
    links: list[tuple[str, ...]] = []
    try:
        with path.open("rb") as file:
            for text in file:
                told = json.loads(text)
                if told.keys() == {"links"}:
                    links.append(tuple(told["links"]))
                else:
                    yield _line(told, links)
    except FileNotFoundError:
        return
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return  # what comes after half a line is not trusted either


def _line(told: Any, links: list[tuple[str, ...]]) -> Line:
    # Any: it is JSON, and whatever does not fit is refused where it is taken.
    return Line(
        organisation=told["organisation"],
        key=told["key"],
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        others=tuple(told["others"]),
        files=dict(told["files"]),
        staged=tuple(told["staged"]),
        links=links[told["links"]],
    )


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
