"""Pages of the old public register, saved as plain text.

Two tables occur: of a country (the third word of a row is the portfolio, and no line names the country) and
of an industry (it is the country, and a heading names the portfolio). Both are lists of name, portfolio or
country, and last valid day, without marks between. The portfolio is therefore looked for next to the day,
the longest first: words of it may stand in the name too. Prose before the header is passed over but kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.history import PastLabel, rules_of_time
from touchstone.core.labels.names import fold
from touchstone.core.labels.validity import start_of
from touchstone.core.scheme.model import Scheme
from touchstone.intake.country_names import COUNTRY_CODES
from touchstone.intake.encodings import decode
from touchstone.intake.guards import guarded

LARGEST_PAGE = 5_000_000  # bytes; the largest page seen has five thousand

Layout = Literal["country", "industry"]
_HEADERS: Mapping[str, Layout] = {
    "name comparative portfolio www label valid until": "country",
    "name country www label valid until": "industry",
}
_HEADING = re.compile(r"cluster overview for comparative portfolio\s*:\s*(.*)", re.IGNORECASE)
_DAY = re.compile(r"(?<![0-9/])([0-9]{4})/([0-9]{2})/([0-9]{2})(?![0-9/])")
_SOMETHING_LIKE_A_DAY = re.compile(r"[0-9]+\s?[./-]\s?[0-9]+\s?[./-]\s?[0-9]+|[0-9]{6,8}$")
# A name that ends so has lost its last word, perhaps to the portfolio or the country.
_DANGLING = re.compile(r"(?:^|\s)(?:of|and|for|in|the|&|-|–)$|,$", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_DAMAGE = re.compile("[\x00-\x1f\x7f-\x9f\ufffd]")
# Later than any label will end, and far enough from the end of the calendar to reckon with.
_LAST_DAY = date(2199, 12, 31)


class Line(NamedTuple):
    """A line of the page, its runs of spaces made single. The first line is number 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line, or the rest of one, that is not entered: where it stands, what it says, why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that says exactly what an earlier one does."""

    line: int
    same_as: int  # the earlier line
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as read. Each line after the header is in one of `rows`, `duplicates`, `doubtful`, `unread`.

    The one exception is a line with more after its first day: that row is in its place, the rest is kept
    beside it under the same line number.
    """

    layout: Layout
    rows_read: int  # lines after the header that are not blank
    rows: tuple[PastLabel, ...]  # accepted, each once
    duplicates: tuple[Duplicate, ...]
    doubtful: tuple[KeptLine, ...]  # looks like a row, and something in it does not hold
    unread: tuple[KeptLine, ...]  # does not look like a row
    passed_over: tuple[Line, ...]  # prose before the header
    notes: tuple[str, ...] = ()  # how the file was read, where that was not plain
    text: str = ""  # the page itself

    @property
    def lines(self) -> list[str]:
        """The lines of the page as they stand; line 1 is the first."""
        return _LINE_END.split(self.text)

    def as_document(self) -> dict[str, object]:
        """The page's account in JSON's own types."""
        return {
            "rows_read": self.rows_read,
            "accepted": len(self.rows),
            "duplicates": [{"line": d.line, "same_as": d.same_as, "text": d.text} for d in self.duplicates],
            "doubtful": [{"line": k.line, "text": k.text, "reason": k.reason} for k in self.doubtful],
            "unread": [{"line": k.line, "text": k.text, "reason": k.reason} for k in self.unread],
        }


def read_page_file(path: Path, scheme: Scheme, *, today: date = _LAST_DAY) -> Page:
    """Read a page from a text file. Raises Unusable where it cannot be read, or has no table."""
    return read_page_bytes(guarded(path, limit_bytes=LARGEST_PAGE), scheme, today=today, file=str(path))


def read_page_bytes(content: bytes, scheme: Scheme, *, today: date = _LAST_DAY, file: str = "") -> Page:
    """Read a page from the content of a text file. Raises Unusable as `read_page_file` does."""
    decoded = decode(content, file=file)
    page = read_page(decoded.text, scheme, today=today, file=file)
    return replace(page, notes=(decoded.note,)) if decoded.note else page


def read_page(text: str, scheme: Scheme, *, today: date = _LAST_DAY, file: str = "") -> Page:
    """Read a page. Raises Unusable, and nothing else, where no header of a known table is found.

    A label that by its end would have begun after `today` is doubtful.
    """
    split = _LINE_END.split(text.removeprefix("\ufeff"))
    lines = [Line(number, " ".join(line.split())) for number, line in enumerate(split, start=1)]
    header = next((line for line in lines if fold(line.text) in _HEADERS), None)
    if header is None:
        problem = "no table of the old register is in it: its header line was not found."
        raise Unusable(file, Fault("", problem, "Save the whole page as plain text."))
    before = tuple(line for line in lines[: header.number - 1] if line.text)
    rows = tuple(line for line in lines[header.number :] if line.text)
    layout = _HEADERS[fold(header.text)]
    sorting = _Sorting(_CountryPage(scheme) if layout == "country" else _IndustryPage(scheme, before), today)
    for row in rows:
        sorting.take(row)
    return Page(
        layout=layout,
        rows_read=len(rows),
        rows=tuple(sorting.rows),
        duplicates=tuple(sorting.duplicates),
        doubtful=tuple(sorting.doubtful),
        unread=tuple(sorting.unread),
        passed_over=before,
        text=text,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a doubtful row may say. Each part is empty where nothing speaks for it; a person decides."""

    name: str
    portfolio: str  # id
    country: str  # ISO 3166-1 alpha-2
    valid_until: date | None


def guessed(text: str, scheme: Scheme) -> Guess:
    """The parts of a row or of the rest of one, as far as they can be told; of several days the first."""
    line = " ".join(text.split())
    day = _DAY.search(line)
    body = line[: day.start()].rstrip() if day else line
    words, portfolio = _ending_of(body, _CountryPage(scheme).endings)
    other, country = ("", "") if words else _ending_of(body, _longest_first(COUNTRY_CODES))
    name = body.removesuffix(words or other).rstrip()
    valid_until = _calendar_day(day) if day else None
    return Guess(name=name, portfolio=portfolio, country=country, valid_until=valid_until)


def period_problems(valid_until: date, scheme: Scheme, *, today: date) -> Iterator[str]:
    """Why no label of the past can have ended on a day; nothing where one can."""
    first = min(rules.in_force_from for rules in scheme.rule_sets.values() if rules.levels)
    if valid_until < first:
        yield f"{valid_until:%Y/%m/%d} lies before the first label, {first}"
        return
    rules = rules_of_time(scheme, valid_until=valid_until)
    start = start_of(rules.validity, valid_until=valid_until)
    if not first <= start <= today:
        yield f"by its end the label would have begun on {start}, when none can have been given"


class _CountryPage:
    """A row ends in the name of a portfolio, before the day."""

    ending = "portfolio of the scheme"
    trouble = ""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.endings = _longest_first({p.name: p.id for p in scheme.portfolios.values()})

    def portfolio_and_country(self, ending: str) -> tuple[str, str]:
        return ending, ""


class _IndustryPage:
    """A row ends in the name of a country; one heading names the portfolio of all."""

    ending = "country that we know"

    def __init__(self, scheme: Scheme, before: Iterable[Line]) -> None:
        self.scheme = scheme
        self.endings = _longest_first(COUNTRY_CODES)
        self.portfolio = _headed(scheme, before)
        self.trouble = "" if self.portfolio else "the page's heading names no portfolio of the scheme"

    def portfolio_and_country(self, ending: str) -> tuple[str, str]:
        return self.portfolio, ending


def _longest_first(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    spaced = ((" ".join(name.split()), id) for name, id in names.items())
    return tuple(sorted(spaced, key=lambda pair: -len(pair[0])))


def _headed(scheme: Scheme, before: Iterable[Line]) -> str:
    ids = {fold(portfolio.name): portfolio.id for portfolio in scheme.portfolios.values()}
    named = (fold(match[1]) for line in before if (match := _HEADING.search(line.text)))
    return next((ids[name] for name in named if name in ids), "")


class _Sorting:
    """Puts each line where it belongs. Nothing is dropped and nothing guessed."""

    def __init__(self, page: _CountryPage | _IndustryPage, today: date) -> None:
        self.page, self.today = page, today
        self.rows: list[PastLabel] = []
        self.duplicates: list[Duplicate] = []
        self.doubtful: list[KeptLine] = []
        self.unread: list[KeptLine] = []
        self._first: dict[tuple[str, str, str, date], PastLabel] = {}

    def take(self, line: Line) -> None:
        day = _DAY.search(line.text)
        if day is None:
            self._take_without_day(line)
            return
        row, problems = self._read(line, day)
        if row is None:
            self.doubtful.append(KeptLine(line.number, line.text, "; ".join(problems)))
            return
        self._take_row(row, line.text[: day.end()])
        self._take_rest(Line(line.number, line.text[day.end() :].strip()))

    def _take_without_day(self, line: Line) -> None:
        if _SOMETHING_LIKE_A_DAY.search(line.text):
            self.doubtful.append(KeptLine(*line, "its day is not written as YYYY/MM/DD"))
        elif fold(line.text) in _HEADERS:
            self.unread.append(KeptLine(*line, "a header within the table"))
        else:
            self.unread.append(KeptLine(*line, "there is no day in it"))

    def _take_row(self, row: PastLabel, text: str) -> None:
        # Names that fold alike are one organisation.
        first = self._first.setdefault((fold(row.name), row.portfolio, row.country, row.valid_until), row)
        if first is row:
            self.rows.append(row)
        elif first.name == row.name:
            self.duplicates.append(Duplicate(row.line, first.line, text))
        else:
            reason = f"says what line {first.line} says, and spells the name in another way"
            self.doubtful.append(KeptLine(row.line, text, reason))

    def _take_rest(self, rest: Line) -> None:
        if _DAY.search(rest.text):
            reason = (
                "a second label on one line: perhaps the next row without its name, so it is not attached"
            )
            self.doubtful.append(KeptLine(*rest, reason))
        elif rest.text:
            self.unread.append(KeptLine(*rest, "stands after the day of the row"))

    def _read(self, line: Line, day: re.Match[str]) -> tuple[PastLabel | None, tuple[str, ...]]:
        """The row of a line up to its first day, or what in it does not hold."""
        body = line.text[: day.start()].rstrip()
        words, id = self._ending(body)
        name, valid_until = body.removesuffix(words).rstrip(), _calendar_day(day)
        problems = (
            *_name_problems(name),
            *self._ending_problems(words),
            *self._day_problems(day, valid_until),
        )
        if problems or valid_until is None:
            return None, problems
        portfolio, country = self.page.portfolio_and_country(id)
        row = PastLabel(
            line=line.number, name=name, portfolio=portfolio, country=country, valid_until=valid_until
        )
        return row, ()

    def _ending(self, body: str) -> tuple[str, str]:
        """The longest known ending of a row's body, and its id."""
        return _ending_of(body, self.page.endings)

    def _ending_problems(self, words: str) -> Iterator[str]:
        if not words:
            yield f"no {self.page.ending} stands before the day"
        if self.page.trouble:
            yield self.page.trouble

    def _day_problems(self, day: re.Match[str], valid_until: date | None) -> Iterator[str]:
        if valid_until is None:
            yield f"{day[0]} is no day of the calendar"
            return
        yield from period_problems(valid_until, self.page.scheme, today=self.today)


def _ending_of(body: str, endings: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The first of some endings that a text has, and its id."""
    found = (pair for pair in endings if f" {body}".endswith(f" {pair[0]}"))
    return next(found, ("", ""))


def _calendar_day(day: re.Match[str]) -> date | None:
    try:
        return date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        return None


def _name_problems(name: str) -> Iterator[str]:
    if not fold(name):
        yield "there is no name"
    elif _DANGLING.search(name):
        yield "the name breaks off"
    if _DAMAGE.search(name):
        yield "a character of the name is damaged"
