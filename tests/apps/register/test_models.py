from datetime import date

import pytest

from factories.apps import NOW, entry
from touchstone.apps.register.models import LedgerEntry, RegisterRow
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NO_PERIOD = {"valid_from": None, "valid_until": None, "renewable_until": None}


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


VALID = {"until": date(2027, 1, 1), "renewable": date(2028, 1, 1)}
EXPIRED = {"until": date(2026, 1, 1), "renewable": date(2027, 1, 1)}
LAPSED = {"until": date(2024, 1, 1), "renewable": date(2025, 1, 1)}


def stop(organisation: str, kind: EntryKind) -> None:
    entry(organisation=organisation, name=organisation, kind=kind, effective=TODAY, **NO_PERIOD)


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
    rows = RegisterRow.objects.with_state(standing, on=on)
    assert [row.organisation for row in rows] == expected
    assert {row.standing(on) for row in rows} <= {standing}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("on", [date(2023, 1, 1), TODAY, date(2027, 6, 1), date(2035, 1, 1)])
def test_each_row_stands_in_one_way(on: date) -> None:
    counts = [RegisterRow.objects.with_state(standing, on=on).count() for standing in Standing]
    assert sum(counts) == RegisterRow.objects.count() == 6


def test_the_best_label_of_an_organisation_is_shown_first() -> None:
    label("a", LabelLevel.BRONZE, **VALID)
    label("a", LabelLevel.SILVER, **EXPIRED)
    label("a", LabelLevel.GOLD, **LAPSED)
    label("b", LabelLevel.BRONZE, **EXPIRED)
    label("b", LabelLevel.SILVER, **EXPIRED)
    best = {row.organisation: row.level for row in RegisterRow.objects.best(on=TODAY)}
    assert best == {"a": "bronze", "b": "silver"}
    assert {row.organisation: row.level for row in RegisterRow.objects.highest()} == {
        "a": "gold",
        "b": "silver",
    }
    assert RegisterRow.objects.organisations() == 2


def test_a_suspended_label_comes_before_a_withdrawn_one_and_that_before_a_lapsed_one() -> None:
    for organisation in ("a", "b"):
        label(organisation, LabelLevel.BRONZE, **VALID)
        stop(organisation, EntryKind.SUSPENSION if organisation == "a" else EntryKind.WITHDRAWAL)
        label(organisation, LabelLevel.GOLD, **LAPSED)
    assert [row.level for row in RegisterRow.objects.best(on=TODAY)] == ["bronze", "bronze"]


def test_filters_go_together() -> None:
    label("a", country="LT", portfolio="ict", **VALID)
    label("b", country="LV", portfolio="ict", **VALID)
    label("c", LabelLevel.GOLD, country="LT", portfolio="food", **VALID)
    rows = RegisterRow.objects
    assert [row.organisation for row in rows.in_country("LT").in_portfolio("ict")] == ["a"]
    assert [row.organisation for row in rows.holding(LabelLevel.GOLD)] == ["c"]


def test_a_search_finds_former_names_too() -> None:
    label("lt-amber", name="Klaster Obróbki", **VALID)
    entry(
        organisation="lt-amber",
        name="Amber Coast",
        kind=EntryKind.RENAME,
        level=None,
        effective=TODAY,
        **NO_PERIOD,
    )
    for text in ("obrobki KLASTER", "amber", ""):
        assert [row.name for row in RegisterRow.objects.search(text)] == ["Amber Coast"]
    assert list(RegisterRow.objects.search("obrobki amber nowhere")) == []


def test_an_organisation_is_named_by_key_name_or_former_name_in_full() -> None:
    label("lt-amber", name="Klaster Obróbki", **VALID)
    label("lt-amber", LabelLevel.SILVER, name="Klaster Obróbki", **VALID)
    entry(
        organisation="lt-amber",
        name="Amber Coast",
        kind=EntryKind.RENAME,
        level=None,
        effective=TODAY,
        **NO_PERIOD,
    )
    for text in ("lt-amber", " LT-AMBER ", "amber coast", "KLASTER obrobki"):
        assert [(row.organisation, row.level) for row in RegisterRow.objects.named(text)] == [
            ("lt-amber", "silver")
        ]
    for text in ("amber", "obrobki", "", " – "):
        assert list(RegisterRow.objects.named(text)) == []


def test_two_organisations_of_one_name_are_both_given() -> None:
    label("lt-twin", name="Twin", **VALID)
    label("pl-twin", name="Twin", **VALID)
    assert [row.organisation for row in RegisterRow.objects.named("twin")] == ["lt-twin", "pl-twin"]


def test_a_row_as_a_document() -> None:
    label("lt-amber", name="Amber", **VALID)
    row = RegisterRow.objects.get()
    assert (str(row), str(LedgerEntry.objects.get())) == ("Amber bronze", "1 lt-amber")
    assert row.as_document(on=TODAY) == {
        "organisation": "lt-amber", "name": "Amber", "country": "LT", "portfolio": "ict", "website": "",
        "level": "bronze", "status": "valid", "valid_from": "2020-01-01", "valid_until": "2027-01-01",
        "renewable_until": "2028-01-01", "first_labelled_on": "2020-01-01",
    }  # fmt: skip
