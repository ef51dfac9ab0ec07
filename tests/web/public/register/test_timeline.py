from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.apps.register.models import RegisterSpan
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.core.labels.register import HistoryLine
from touchstone.web.public.register.timeline import MOST_TICKS, Stretch, since, stretches, timeline

TODAY = date(2026, 11, 21)


def stretch(
    starts: date,
    ends: date = date.max,
    *,
    level: LabelLevel = LabelLevel.BRONZE,
    standing: Standing = Standing.VALID,
) -> Stretch:
    return Stretch(level=level, standing=standing, starts=starts, ends=ends)


def span(starts: date, ends: date, level: str = "bronze", standing: str = "valid") -> RegisterSpan:
    return RegisterSpan(level=level, standing=standing, starts=starts, ends=ends)


def line(kind: EntryKind, effective: date, *, corrected_by: tuple[int, ...] = ()) -> HistoryLine:
    return HistoryLine(
        number=1, kind=kind, level=None, name="", effective=effective,
        recorded=datetime(2026, 1, 1, tzinfo=UTC), valid_from=None, valid_until=None,
        renewable_until=None, rule_set="2022", origin="", derived=(),
        corrected_by=corrected_by,
    )  # fmt: skip


class TestStretches:
    def test_spans_that_differ_in_other_things_are_one(self) -> None:
        days = [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
        spans = [
            span(days[0], days[1] - timedelta(days=1)),
            span(days[1], days[2] - timedelta(days=1)),
            span(days[2], date.max, standing="expired_renewable"),
        ]
        assert stretches(spans) == (
            stretch(days[0], days[2] - timedelta(days=1)),
            stretch(days[2], standing=Standing.EXPIRED_RENEWABLE),
        )

    def test_the_highest_level_comes_first(self) -> None:
        spans = [span(TODAY, date.max, level) for level in ("bronze", "gold", "silver")]
        assert [one.level for one in stretches(spans)] == ["gold", "silver", "bronze"]

    def test_what_comes_back_is_a_stretch_of_its_own(self) -> None:
        first, second, third = date(2020, 1, 1), date(2020, 6, 1), date(2020, 9, 1)
        day = timedelta(days=1)
        told = stretches(
            [
                span(first, second - day),
                span(second, third - day, standing="suspended"),
                span(third, date.max),
            ]
        )
        assert [one.standing for one in told] == ["valid", "suspended", "valid"]
        assert since(told, second) == {"bronze": second}
        assert since(told, third - day) == {"bronze": second}
        assert since(told, first - day) == {}


class TestTimeline:
    def test_a_bar_stands_for_its_days(self) -> None:
        told = [
            stretch(date(2025, 1, 1), date(2025, 12, 31)),
            stretch(date(2026, 1, 1), standing=Standing.LAPSED),
        ]
        drawn = timeline(told, [], today=TODAY)
        (row,) = drawn.rows
        assert [(bar.left, bar.width, bar.right) for bar in row.bars] == [
            (0.0, 50.0, 50.0),
            (50.0, 50.0, 100.0),
        ]
        assert [(tick.year, tick.left) for tick in drawn.ticks] == [(2025, 0.0), (2026, 50.0)]
        assert drawn.today == pytest.approx(50 + 100 * 324 / 730, abs=0.01)

    def test_a_short_stretch_can_still_be_seen(self) -> None:
        drawn = timeline([stretch(date(1990, 1, 1), date(1990, 1, 1))], [], today=TODAY)
        assert drawn.rows[0].bars[0].width == 0.2

    def test_each_level_has_a_row(self) -> None:
        told = [stretch(TODAY, level=level) for level in (LabelLevel.GOLD, LabelLevel.BRONZE)]
        drawn = timeline(told, [], today=TODAY)
        assert [(str(row.word), row.top) for row in drawn.rows] == [("Gold", 8), ("Bronze", 48)]
        assert (drawn.bottom, drawn.height) == (88, 112)

    def test_what_no_bar_shows_is_marked(self) -> None:
        day = date(2026, 6, 1)
        lines = [
            line(EntryKind.AWARD, day, corrected_by=(7,)),
            line(EntryKind.RENAME, day),
            line(EntryKind.RENAME, TODAY),
            line(EntryKind.RENEWAL, day),
        ]
        drawn = timeline([stretch(day)], lines, today=TODAY)
        assert [(mark.kind, mark.on) for mark in drawn.marks] == [
            (EntryKind.CORRECTION, day), (EntryKind.RENAME, day), (EntryKind.RENAME, TODAY),
        ]  # fmt: skip
        assert [str(word) for _, word in drawn.kinds] == ["Corrected", "Renamed"]
        assert drawn.marks_at == drawn.bottom - 13

    def test_the_key_names_the_standings_that_occur(self) -> None:
        told = [stretch(TODAY, TODAY), stretch(TODAY, standing=Standing.WITHDRAWN)]
        assert [str(word) for _, word in timeline(told, [], today=TODAY).key] == ["valid", "withdrawn"]

    def test_a_day_absurdly_far_away_does_not_squeeze_the_rest(self) -> None:
        drawn = timeline([stretch(date(2024, 1, 1), date(9000, 1, 1))], [], today=TODAY)
        assert drawn.ticks[-1].year <= TODAY.year + 11
        assert drawn.rows[0].bars[0].right == 100.0

    @given(
        st.dates(date(1, 1, 1), date(9998, 1, 1)), st.dates(), st.dates(date(2010, 1, 1), date(2100, 1, 1))
    )
    def test_everything_lies_within_the_drawing(self, starts: date, happened: date, today: date) -> None:
        drawn = timeline([stretch(starts)], [line(EntryKind.RENAME, happened)], today=today)
        places = [drawn.today, *(tick.left for tick in drawn.ticks), *(mark.left for mark in drawn.marks)]
        bars = [bar for row in drawn.rows for bar in row.bars]
        assert all(0 <= place <= 100 for place in (*places, *(bar.left for bar in bars)))
        assert len(drawn.ticks) <= MOST_TICKS + 1
