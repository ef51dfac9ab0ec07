"""The XML parts of a workbook (Office Open XML, ECMA-376 part 1, section 18), read element by element.

Nothing is set aside for what a part merely claims: neither for its counts nor for the room between
two cells. A part must be strict XML in UTF-8 without a document type.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from posixpath import join, normpath
from xml.parsers.expat import ExpatError, ParserCreate

# More filled cells than ten questionnaires and a list of ten thousand participants have together.
CELLS_LIMIT = 500_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

Attributes = dict[str, str]
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# The number formats that the standard numbers itself (18.8.30).
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENT_FORMATS = frozenset((9, 10))
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
# Before the first, the calendar of 1900 has a leap day that never was; from the last, years have five digits.
_FIRST_DAY, _AFTER_LAST_DAY = 61, 2_957_000

_SECONDS_A_DAY = 86_400


class DamagedError(Exception):
    """A part that no spreadsheet program writes so."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that holds an error such as #DIV/0!."""

    error: str


Cell = int | float | str | bool | date | datetime | Broken
Rows = dict[int, dict[int, Cell]]  # row number → column number → cell, both from 1


class Part:
    """Follows the elements of one part. Names come without their namespace."""

    def __init__(self) -> None:
        self._heard: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str, text: str) -> None:
        """An element ends; `text` is what was heard since `listen`."""

    def listen(self) -> None:
        """Keep the text from here on."""
        self._heard = []

    def read(self, content: bytes) -> None:
        """Follow a whole part. Raises DamagedError."""
        parser = ParserCreate("UTF-8")  # whatever encoding the part claims
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = lambda name, attributes: self.start(_local(name), attributes)
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        try:
            parser.Parse(content, True)
        except (ExpatError, ValueError, OverflowError) as error:
            raise DamagedError from error

    def _doctype(self, *_: object) -> None:
        raise DamagedError

    def _hear(self, text: str) -> None:
        if self._heard is not None:
            self._heard.append(text)

    def _end(self, name: str) -> None:
        text, self._heard = "".join(self._heard or ()), None
        self.end(_local(name), text)


@dataclass(slots=True)
class Formats:
    """How the cells of each style show their numbers."""

    dates: frozenset[int] = frozenset()
    percents: frozenset[int] = frozenset()


class Styles(Part):
    """Which cell styles show a number as a date or in per cent."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[int, str] = {}
        self._of_cells = False
        self._formats: list[int] = []

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "numFmt":
                self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
            case "cellXfs":
                self._of_cells = True
            case "xf" if self._of_cells:
                self._formats.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str, text: str) -> None:  # noqa: ARG002
        self._of_cells = self._of_cells and name != "cellXfs"

    @property
    def formats(self) -> Formats:
        shown = [_NOT_SHOWN.sub("", self._codes.get(format, "")).lower() for format in self._formats]
        styles = list(enumerate(zip(self._formats, shown, strict=True)))
        return Formats(
            dates=frozenset(n for n, (id, code) in styles if id in _DATE_FORMATS or _is_date(code)),
            percents=frozenset(n for n, (id, code) in styles if id in _PERCENT_FORMATS or "%" in code),
        )


class Strings(Part):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        match name:
            case "si":
                self._runs = []
            case "rPh":
                self._phonetic = True
            case "t" if not self._phonetic:
                self.listen()

    def end(self, name: str, text: str) -> None:
        match name:
            case "t":
                self._runs.append(text)
            case "rPh":
                self._phonetic = False
            case "si":
                self.texts.append(_unescaped("".join(self._runs)))


class Book(Part):
    """The sheets of a workbook in their order, and what its days are counted from."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []  # name, id of the relation
        self.first_day = datetime(1899, 12, 30)  # noqa: DTZ001  (a workbook knows no time zones)

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.first_day = datetime(1904, 1, 1)  # noqa: DTZ001


class Relations(Part):
    """Where the parts are that the workbook names by an id."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, tuple[str, str]] = {}  # id → kind, part

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            part = normpath(join("xl", attributes.get("Target", ""))).lstrip("/")
            self.targets[attributes.get("Id", "")] = (kind, part)


class Cells(Part):
    """The filled cells of one sheet."""

    def __init__(self, *, texts: Sequence[str], formats: Formats, first_day: datetime) -> None:
        super().__init__()
        self.rows: Rows = {}
        self._texts = texts
        self._formats = formats
        self._first_day = first_day
        self._row = 0
        self._column = 0
        self._attributes: Attributes = {}
        self._runs: list[str] = []
        self._left = CELLS_LIMIT

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
            case "c":
                self._column += 1
                self._attributes = attributes
                self._runs = []
                self._go_to(attributes.get("r"))
            case "v" | "t":
                self.listen()

    def end(self, name: str, text: str) -> None:
        if name in ("v", "t"):
            self._runs.append(text)
        elif name == "c" and self._runs:
            self._keep("".join(self._runs))

    def _go_to(self, place: str | None) -> None:
        if place is None:
            return
        parts = _PLACE.fullmatch(place)
        if parts is None:
            raise DamagedError
        self._row, self._column = int(parts[2]), _column_number(parts[1])

    def _keep(self, text: str) -> None:
        self._left -= 1
        if self._left < 0 or not (0 < self._row <= LAST_ROW and 0 < self._column <= LAST_COLUMN):
            raise DamagedError
        self.rows.setdefault(self._row, {})[self._column] = self._cell(text)

    def _cell(self, text: str) -> Cell:
        match self._attributes.get("t", "n"):
            case "s":
                return self._texts[_index(text, self._texts)]
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return Broken(text)
            case "n":
                return self._number(float(text))
            case _:  # str, inlineStr, d
                return _unescaped(text)

    def _number(self, number: float) -> Cell:
        style = int(self._attributes.get("s", "0"))
        if style in self._formats.dates and _FIRST_DAY <= number < _AFTER_LAST_DAY:
            moment = self._first_day + timedelta(seconds=round(number * _SECONDS_A_DAY))
            return moment.date() if number.is_integer() else moment
        if style in self._formats.percents:
            number = round(100 * number, 10)  # as it is shown: a cell that shows 50 % holds 0.5
        return int(number) if number.is_integer() and abs(number) < 2**53 else number


def column_letters(number: int) -> str:
    """A column as a spreadsheet names it: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def part_of(kind: str, targets: Mapping[str, tuple[str, str]]) -> str:
    """The part that a workbook has of a kind, such as its styles; empty where it has none."""
    return next((part for of_kind, part in targets.values() if of_kind == kind), "")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _index(text: str, texts: Sequence[str]) -> int:
    index = int(text)
    if not 0 <= index < len(texts):
        raise DamagedError
    return index


def _is_date(code: str) -> bool:
    return code != "general" and any(letter in code for letter in "dmyhs")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), text)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
