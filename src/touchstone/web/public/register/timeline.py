"""The labels of an organisation over the years, as a drawing: a bar for each level, marks for what happened.

Places are per cent of the width, so that the drawing fits any screen while its words keep their size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from touchstone.apps.register.models import RegisterSpan
from touchstone.core.labels.model import ENTERED_TWICE, EntryKind, LabelLevel, Standing
from touchstone.core.labels.register import HistoryLine
from touchstone.web import words

ROW, TOP, BAR = 40, 8, 14  # px: from one level to the next, above the first, of a bar's height
MARKS = 26  # px for the row of marks
AXIS = 24  # px for the years
MOST_TICKS: Final = 7
FARTHEST: Final = 3653  # days after today beyond which nothing is drawn
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000)
# What no bar shows by itself.
_MARKED: Final = (
    EntryKind.RENAME, EntryKind.HOST, EntryKind.MERGER, EntryKind.SPLIT,
    EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL, EntryKind.CORRECTION,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days in a row on which a level stood in one way. Both days belong to it; `ends` may be far away."""

    level: LabelLevel
    standing: Standing
    starts: date
    ends: date

    @property
    def is_open(self) -> bool:
        return self.ends == date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch as it is drawn."""

    stretch: Stretch
    left: float  # per cent
    width: float

    @property
    def right(self) -> float:
        return round(self.left + self.width, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A level with its bars. `top` is in px."""

    level: LabelLevel
    top: int
    bars: tuple[Bar, ...]

    @property
    def word(self) -> Promise:
        return words.LEVELS[self.level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that happened on a day."""

    kind: EntryKind
    word: str | Promise
    on: date
    left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The beginning of a year on the axis."""

    year: int
    left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A whole drawing, and the stretches as a table for those who do not see it."""

    height: int
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    today: float
    bottom: int  # px to where the rows end
    stretches: tuple[Stretch, ...]

    @property
    def marks_at(self) -> int:
        """The height at which marks have their middle, in px."""
        return self.bottom - MARKS // 2

    @property
    def key(self) -> tuple[tuple[Standing, Promise], ...]:
        """The standings that occur, for the key under the drawing."""
        found = dict.fromkeys(one.standing for one in self.stretches)
        return tuple((standing, words.STANDINGS[standing]) for standing in found)

    @property
    def kinds(self) -> tuple[tuple[EntryKind, str | Promise], ...]:
        """The kinds of marks that occur, for the key under the drawing."""
        return tuple(dict.fromkeys((mark.kind, mark.word) for mark in self.marks))


def stretches(spans: Iterable[RegisterSpan]) -> tuple[Stretch, ...]:
    """How each level stood, the highest first. Spans that differ in other things only are one."""
    ordered = sorted(spans, key=lambda span: (-LabelLevel(span.level).rank, span.starts))
    found = []
    for (level, standing), same in groupby(ordered, key=lambda span: (span.level, span.standing)):
        run = list(same)
        found.append(
            Stretch(
                level=LabelLevel(level), standing=Standing(standing), starts=run[0].starts, ends=run[-1].ends
            )
        )
    return tuple(found)


def since(told: Iterable[Stretch], on: date) -> dict[str, date]:
    """Since when each level stood as it stood on a day."""
    return {one.level: one.starts for one in told if one.starts <= on <= one.ends}


def coming(told: Iterable[Stretch], on: date) -> tuple[Stretch, ...]:
    """The labels that are not valid on a day and will be, by what is on record: each level's next stretch.

    A label that is suspended until a later day does not begin then; nor does one that goes on.
    """
    found: dict[LabelLevel, Stretch] = {}
    before: dict[LabelLevel, Standing] = {}
    for one in sorted(told, key=lambda one: one.starts):
        fresh = before.get(one.level) is not Standing.SUSPENDED
        if one.starts > on and one.standing is Standing.VALID and fresh:
            found.setdefault(one.level, one)
        before[one.level] = one.standing
    return tuple(sorted(found.values(), key=lambda one: one.starts))


def timeline(told: Sequence[Stretch], history: Iterable[HistoryLine], *, today: date) -> Timeline:
    """The drawing of stretches, of which there is at least one, and of what happened."""
    history = tuple(history)
    ruler = _ruler(told, history, today)
    rows = tuple(
        Row(level=level, top=TOP + place * ROW, bars=tuple(_bar(one, ruler) for one in own))
        for place, (level, own) in enumerate(groupby(told, key=lambda one: one.level))
    )
    marks = tuple(_marks(history, ruler))
    bottom = TOP + len(rows) * ROW + (MARKS if marks else 0)
    return Timeline(
        height=bottom + AXIS,
        rows=rows,
        marks=marks,
        ticks=tuple(Tick(year=year, left=ruler.at(date(year, 1, 1))) for year in ruler.years()),
        today=ruler.at(today),
        bottom=bottom,
        stretches=tuple(told),
    )


@dataclass(frozen=True, slots=True)
class _Ruler:
    """Days to per cent, from the first of a January to the last of a December."""

    first: int  # years
    last: int

    def at(self, day: date) -> float:
        start, stop = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal() + 1
        return round(100 * min(max((day.toordinal() - start) / (stop - start), 0.0), 1.0), 2)

    def years(self) -> range:
        span = self.last - self.first + 1
        step = next(step for step in _STEPS if span <= step * MOST_TICKS)
        return range(-(-self.first // step) * step, self.last + 1, step)


def _ruler(told: Sequence[Stretch], history: Iterable[HistoryLine], today: date) -> _Ruler:
    farthest = today + timedelta(days=FARTHEST)
    days = [today, *(one.starts for one in told), *(one.ends for one in told if not one.is_open)]
    days += [line.effective for line in history if line.kind in _MARKED]
    return _Ruler(min(days).year, max(min(day, farthest) for day in days).year)


def _bar(stretch: Stretch, ruler: _Ruler) -> Bar:
    left = ruler.at(stretch.starts)
    right = 100.0 if stretch.is_open else ruler.at(stretch.ends + timedelta(days=1))
    return Bar(stretch=stretch, left=left, width=round(max(right - left, 0.2), 2))


def _marks(history: Iterable[HistoryLine], ruler: _Ruler) -> Iterable[Mark]:
    for line in history:
        if line.kind in _MARKED:
            joined = line.kind is EntryKind.MERGER and line.origin == ENTERED_TWICE
            yield _mark(line.kind, line.effective, ruler, _("Entered twice") if joined else None)
        if line.corrected_by:
            yield _mark(EntryKind.CORRECTION, line.effective, ruler)


def _mark(kind: EntryKind, on: date, ruler: _Ruler, word: str | None = None) -> Mark:
    return Mark(kind=kind, word=word or words.ENTRIES[kind], on=on, left=ruler.at(on))
