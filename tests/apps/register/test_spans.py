from datetime import date

import pytest

from factories.apps import NOW, entry
from touchstone.apps.register.models import LedgerEntry, RegisterSpan
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NO_PERIOD = {"valid_from": None, "valid_until": None, "renewable_until": None}
VALID = {"until": date(2027, 1, 1), "renewable": date(2028, 1, 1)}
EXPIRED = {"until": date(2026, 1, 1), "renewable": date(2027, 1, 1)}
LAPSED = {"until": date(2024, 1, 1), "renewable": date(2025, 1, 1)}


def label(
    organisation: str,
    level: LabelLevel = LabelLevel.BRONZE,
    *,
    until: date,
    renewable: date,
    **fields: object,
) -> None:
    entry(organisation=organisation, level=level, valid_from=date(2020, 1, 1), effective=date(2020, 1, 1),
          valid_until=until, renewable_until=renewable, **{"name": organisation, **fields})  # fmt: skip


def stop(organisation: str, kind: EntryKind, effective: date = TODAY) -> None:
    entry(organisation=organisation, name=organisation, kind=kind, effective=effective, **NO_PERIOD)


@pytest.fixture
def register() -> None:
    label("a-valid", **VALID)
    label("b-expired", **EXPIRED)
    label("c-lapsed", **LAPSED)
    label("d-suspended", **VALID)
    stop("d-suspended", EntryKind.SUSPENSION)
    label("e-withdrawn", **VALID)
    stop("e-withdrawn", EntryKind.WITHDRAWAL)
    label("f-gone-while-suspended", **EXPIRED)
    stop("f-gone-while-suspended", EntryKind.SUSPENSION)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("standing", "on", "expected"),
    [
        (Standing.VALID, TODAY, ["a-valid"]),
        (Standing.EXPIRED_RENEWABLE, TODAY, ["b-expired"]),
        (Standing.LAPSED, TODAY, ["c-lapsed"]),
        (Standing.SUSPENDED, TODAY, ["d-suspended", "f-gone-while-suspended"]),
        (Standing.WITHDRAWN, TODAY, ["e-withdrawn"]),
        (Standing.NEVER, TODAY, []),
        (Standing.VALID, date(2027, 1, 1), ["a-valid"]),
        (Standing.EXPIRED_RENEWABLE, date(2027, 1, 2), ["a-valid"]),
        (Standing.LAPSED, date(2027, 1, 2), ["b-expired", "c-lapsed", "f-gone-while-suspended"]),
    ],
)
def test_rows_by_how_they_stand_on_a_day(standing: Standing, on: date, expected: list[str]) -> None:
    found = RegisterSpan.objects.on(on).with_state(standing)
    assert [row.organisation for row in found] == expected
    assert list(RegisterSpan.objects.on(on).with_state(standing.value)) == list(found)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("on", "rows"), [(date(2019, 12, 31), 0), (date(2020, 1, 1), 6), (TODAY, 6), (date.max, 6)]
)
def test_on_each_day_each_organisation_has_one_headline(on: date, rows: int) -> None:
    headlines = RegisterSpan.objects.on(on).headlines()
    assert (headlines.count(), headlines.organisations()) == (rows, rows)
    assert sum(headlines.with_state(standing).count() for standing in Standing) == rows


def test_the_best_label_of_an_organisation_is_the_headline() -> None:
    label("a", LabelLevel.BRONZE, **VALID)
    label("a", LabelLevel.SILVER, **EXPIRED)
    label("a", LabelLevel.GOLD, **LAPSED)
    label("b", LabelLevel.BRONZE, **EXPIRED)
    label("b", LabelLevel.SILVER, **EXPIRED)
    told = {row.organisation: row.level for row in RegisterSpan.objects.on(TODAY).headlines()}
    assert told == {"a": "bronze", "b": "silver"}
    assert RegisterSpan.objects.on(TODAY).count() == 5
    assert RegisterSpan.objects.on(TODAY).organisations() == 2


def test_the_headline_changes_on_its_day_without_a_new_entry() -> None:
    label("a", LabelLevel.GOLD, until=date(2027, 1, 1), renewable=date(2028, 1, 1))
    label("a", LabelLevel.BRONZE, until=date(2029, 1, 1), renewable=date(2030, 1, 1))
    stop("a", EntryKind.SUSPENSION, date(2029, 6, 1))
    days = [TODAY, date(2027, 1, 2), date(2029, 1, 2), date(2029, 6, 1), date(2031, 1, 1)]
    told = [RegisterSpan.objects.on(day).headlines().get() for day in days]
    assert [(row.level, row.standing) for row in told] == [
        ("gold", "valid"), ("bronze", "valid"), ("bronze", "expired_renewable"), ("bronze", "suspended"),
        ("gold", "lapsed"),
    ]  # fmt: skip


def test_a_rename_that_was_announced_shows_on_its_day() -> None:
    label("a", name="Amber", **VALID)
    entry(organisation="a", name="Baltic Amber", kind=EntryKind.RENAME, level=None,
          effective=date(2026, 12, 24), **NO_PERIOD)  # fmt: skip
    told = [RegisterSpan.objects.on(date(2026, 12, day)).get() for day in (23, 24)]
    assert [(row.name, row.former_names) for row in told] == [("Amber", []), ("Baltic Amber", ["Amber"])]


def test_filters_go_together() -> None:
    label("a", country="LT", portfolio="ict", **VALID)
    label("b", country="LV", portfolio="ict", **VALID)
    label("c", LabelLevel.GOLD, country="LT", portfolio="food", **EXPIRED)
    rows = RegisterSpan.objects.on(TODAY)
    assert [row.organisation for row in rows.in_country("LT").in_portfolio("ict")] == ["a"]
    assert [row.organisation for row in rows.holding(LabelLevel.GOLD)] == ["c"]
    assert [row.organisation for row in rows.expiring(on=TODAY, by=date(2027, 1, 1))] == ["a", "b"]
    assert list(rows.expiring(on=TODAY, by=date(2026, 12, 31))) == []


def test_a_row_tells_all_that_a_page_needs() -> None:
    label("lt-amber", name="Amber", host="Foundation", website="https://amber.example", **VALID)
    entry(organisation="lt-amber", kind=EntryKind.SPLIT, name="Amber", others=("lt-amber", "lt-coast"),
          level=None, effective=date(2026, 1, 1), **NO_PERIOD)  # fmt: skip
    row = RegisterSpan.objects.on(TODAY).get()
    assert (str(row), str(LedgerEntry.objects.get(number=1))) == (
        "Amber bronze 2026-01-01 to 2027-01-01", "1 lt-amber",
    )  # fmt: skip
    assert (row.first_entry, row.grant, row.entry, row.headline) == (1, 1, 2, True)
    assert row.as_document() == {
        "organisation": "lt-amber", "name": "Amber", "former_names": [], "country": "LT", "portfolio": "ict",
        "website": "https://amber.example", "host": "Foundation", "level": "bronze", "status": "valid",
        "valid_from": "2020-01-01", "valid_until": "2027-01-01", "renewable_until": "2028-01-01",
        "first_labelled_on": "2020-01-01", "successors": ["lt-coast"],
    }  # fmt: skip


def test_a_grant_is_the_newest_of_the_run_of_its_level() -> None:
    label("a", LabelLevel.BRONZE, until=date(2024, 1, 1), renewable=date(2025, 1, 1))
    label("a", LabelLevel.GOLD, **VALID)
    entry(organisation="a", kind=EntryKind.RENEWAL, valid_from=date(2024, 1, 2), valid_until=date(2028, 1, 1),
          renewable_until=date(2029, 1, 1))  # fmt: skip
    assert {row.level: row.grant for row in RegisterSpan.objects.on(TODAY)} == {"gold": 2, "bronze": 3}
