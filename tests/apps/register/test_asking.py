from datetime import UTC, date, datetime, timedelta

import pytest

from factories.apps import INTERVIEW, NOW, entry
from factories.opened import register
from touchstone.apps.register import asking, services
from touchstone.apps.register.models import LedgerEntry, RegisterSpan
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.core.labels.register import Relative, rows

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NO_PERIOD = {"level": None, "valid_from": None, "valid_until": None, "renewable_until": None}
YEARS = {"valid_from": date(2024, 1, 10), "valid_until": date(2027, 1, 31), "effective": date(2024, 1, 10),
         "renewable_until": date(2028, 1, 31)}  # fmt: skip


class TestStatusNow:
    def test_the_register_says_on_each_day_what_the_ledger_does(self) -> None:
        register()
        keys = set(LedgerEntry.objects.values_list("organisation", flat=True))
        days = [
            TODAY + timedelta(days=apart) for apart in (*range(-60, 60, 7), -6000, -5000, -1500, 900, 90_000)
        ]
        ever = datetime.max.replace(tzinfo=UTC)
        told = {(key, day): services.status(key, on=day, known=ever) for key in keys for day in days}
        assert {asked: services.status_now(asked[0], on=asked[1]) for asked in told} == {
            asked: status if status.levels else None for asked, status in told.items()
        }

    def test_the_level_that_is_shown_first_comes_first(self) -> None:
        for level in (LabelLevel.BRONZE, LabelLevel.GOLD, LabelLevel.SILVER):
            entry(level=level)
        entry(kind=EntryKind.SUSPENSION, **{**NO_PERIOD, "level": LabelLevel.GOLD}, effective=TODAY)
        entry(kind=EntryKind.SPLIT, others=("lt-amber", "lt-baltic"), effective=TODAY, **NO_PERIOD)
        now = services.status_now("lt-amber", on=TODAY)
        assert now
        assert [one.level for one in now.levels] == [LabelLevel.SILVER, LabelLevel.BRONZE, LabelLevel.GOLD]
        assert (now.level, now.successors) == (LabelLevel.SILVER, ("lt-baltic",))

    def test_an_organisation_that_is_in_no_register_has_no_answer(self) -> None:
        assert services.status_now("lt-none", on=TODAY) is None


class TestStatus:
    def test_nobody_knows_a_label_before_it_was_recorded(self) -> None:
        entry()
        asked = services.status("lt-amber", on=INTERVIEW, known=NOW - timedelta(days=1))
        assert (asked.standing, asked.level) == (Standing.NEVER, None)

    def test_an_organisation_without_entries_never_had_a_label(self) -> None:
        assert services.status("lt-none", on=INTERVIEW, known=NOW).standing is Standing.NEVER

    def test_a_status_as_a_document(self) -> None:
        entry()
        entry(kind=EntryKind.MERGER, others=("lt-baltic",), effective=TODAY, **NO_PERIOD)
        known = services.status_document(services.status("lt-amber", on=TODAY, known=NOW))
        level = {
            "level": "bronze", "status": "lapsed", "valid_from": "2026-10-12", "valid_until": "2026-11-20",
            "renewable_until": "2026-11-20",
        }  # fmt: skip
        assert known == {
            "organisation": "lt-amber", **level, "on": "2026-11-21", "known": "2026-11-21T12:00:00+00:00",
            "levels": [level], "successors": ["lt-baltic"],
        }  # fmt: skip

    def test_a_status_of_none_as_a_document(self) -> None:
        document = services.status_document(services.status("lt-none", on=INTERVIEW, known=NOW))
        assert (document["level"], document["status"], document["valid_until"], document["levels"]) == (
            None, "never", None, [],
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("on", "standing"), [(date(2009, 12, 31), Standing.NEVER), (date(2999, 1, 1), Standing.LAPSED)]
    )
    def test_days_far_away_have_right_answers(self, on: date, standing: Standing) -> None:
        entry()
        assert services.status("lt-amber", on=on, known=NOW).standing is standing
        assert [span.standing for span in RegisterSpan.objects.on(on)] == (
            [] if standing is Standing.NEVER else [standing.value]
        )


class TestRow:
    def test_a_row_is_that_of_the_whole_register(self) -> None:
        entry(name="Amber", host="Foundation")
        entry(organisation="lv-other", name="Other", country="LV", **YEARS)
        entry(kind=EntryKind.MERGER, organisation="lv-other", name="Other", others=("lt-amber",),
              effective=TODAY, **NO_PERIOD)  # fmt: skip
        whole = {row.organisation: row for row in rows(services.entries(), on=TODAY, known=NOW)}
        told = {key: services.row(key, on=TODAY, known=NOW) for key in whole}
        assert told == whole
        amber, other = told["lt-amber"], told["lv-other"]
        assert amber
        assert other
        merged = {"kind": EntryKind.MERGER, "effective": TODAY}
        assert amber.predecessors == (Relative(organisation="lv-other", name="Other", **merged),)
        assert other.successors == (Relative(organisation="lt-amber", name="Amber", **merged),)

    def test_who_held_no_label_by_then_has_no_row(self) -> None:
        entry()
        assert services.row("lt-none", on=TODAY, known=NOW) is None
        assert services.row("lt-amber", on=INTERVIEW - timedelta(days=1), known=NOW) is None
        assert services.row("lt-amber", on=TODAY, known=NOW - timedelta(days=1)) is None

    def test_a_succession_that_a_correction_took_back_is_none(self) -> None:
        entry(name="Amber")
        entry(organisation="lv-other", name="Other", **YEARS)
        merger = entry(kind=EntryKind.MERGER, organisation="lv-other", name="Other", others=("lt-amber",),
                       effective=TODAY, **NO_PERIOD)  # fmt: skip
        entry(kind=EntryKind.CORRECTION, organisation="lv-other", name="Other", others=("lv-other",),
              corrects=merger.number, effective=TODAY, **NO_PERIOD)  # fmt: skip
        amber = services.row("lt-amber", on=TODAY, known=NOW)
        assert amber
        assert amber.predecessors == ()


class TestRowsAsKnown:
    @pytest.fixture(autouse=True)
    def register(self) -> None:
        for day in (1, 2, 3, 4, 5):
            entry(
                organisation=f"lt-{6 - day}",
                name=f"Cluster {day}",
                recorded=datetime(2026, 11, day, tzinfo=UTC),
            )
        entry(organisation="lt-0", kind=EntryKind.RENAME, recorded=NOW, **NO_PERIOD)

    def paged(self, known: datetime, limit: int) -> list[list[str]]:
        pages, after = [], ""
        while True:
            page = services.rows_as_known(after, on=TODAY, known=known, limit=limit)
            pages.append([row.organisation for row in page.rows])
            if page.keys_after is None:
                return pages
            after = page.keys_after

    def test_pages_follow_in_the_order_of_keys(self) -> None:
        assert self.paged(NOW, 2) == [["lt-1", "lt-2"], ["lt-3", "lt-4"], ["lt-5"]]
        assert self.paged(NOW, 5) == [["lt-1", "lt-2", "lt-3", "lt-4", "lt-5"]]

    def test_what_was_not_known_then_is_not_in_them(self) -> None:
        assert self.paged(datetime(2026, 11, 3, tzinfo=UTC), 2) == [["lt-3", "lt-4"], ["lt-5"]]
        assert self.paged(datetime(2025, 1, 1, tzinfo=UTC), 2) == [[]]

    def test_a_page_looks_at_so_many_organisations_and_no_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(asking, "LOOKED_AT", 2)
        assert self.paged(datetime(2026, 11, 1, tzinfo=UTC), 2) == [[], [], ["lt-5"]]

    def test_a_row_is_the_one_of_that_moment(self) -> None:
        known = datetime(2026, 11, 4, tzinfo=UTC)
        entry(organisation="lt-5", name="Renamed", kind=EntryKind.RENAME, effective=INTERVIEW, **NO_PERIOD)
        page = services.rows_as_known(on=TODAY, known=known, limit=9)
        assert page.rows == tuple(
            sorted(rows(services.entries(), on=TODAY, known=known), key=lambda row: row.organisation)
        )
        assert page.rows[-1].name == "Cluster 1"


def test_valid_and_ever_are_counted_for_any_day() -> None:
    entry()
    entry(level=LabelLevel.GOLD)
    entry(organisation="lv-other", **YEARS)
    days = [date(2024, 1, 9), date(2024, 1, 10), TODAY, date(2028, 6, 1), date(2040, 1, 1)]
    found = [services.figures(on=day) for day in days]
    assert [(one.valid, one.ever) for one in found] == [(0, 0), (1, 1), (2, 2), (1, 2), (0, 2)]


def test_the_number_of_the_ledger_is_that_of_its_last_entry() -> None:
    assert services.ledger_number() == LedgerEntry.objects.count() == 0
    numbers = [(entry().number, services.ledger_number()) for _ in range(2)]
    assert numbers == [(1, 1), (2, 2)]
