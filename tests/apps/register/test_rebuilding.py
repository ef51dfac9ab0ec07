import logging
import random
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import models

from factories.apps import INTERVIEW, NOW, entry
from factories.guards import lifted
from touchstone.apps.register import services
from touchstone.apps.register.counting import GROUPED
from touchstone.apps.register.models import (
    LedgerEntry,
    RegisterCount,
    RegisterGroup,
    RegisterName,
    RegisterSpan,
    RegisterSpelling,
    RegisterSuccession,
    RegisterWord,
)
from touchstone.core.faults import Unusable
from touchstone.core.labels.model import EntryKind, LabelLevel

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NO_PERIOD = {"valid_from": None, "valid_until": None, "renewable_until": None}
TABLES: tuple[type[models.Model], ...] = (
    RegisterSpan, RegisterName, RegisterWord, RegisterSpelling, RegisterSuccession, RegisterCount,
    RegisterGroup,
)  # fmt: skip


def contents() -> list[list[tuple[object, ...]]]:
    """All that the tables of the register hold, in order, without the numbers of the rows."""
    return [sorted(tuple(row.values()) for row in table.objects.values(*_columns(table))) for table in TABLES]


def _columns(table: type[models.Model]) -> list[str]:
    names = [field.name for field in table._meta.fields if field.name not in {"id", "group"}]
    return [*names, *(f"group__{name}" for name in GROUPED)] if table is RegisterCount else names


@pytest.fixture
def two() -> None:
    entry()
    entry(organisation="lv-other", name="Other", country="LV")


@pytest.fixture
def eventful() -> None:
    """Some organisations to which all kinds of things happen, in an order of chance."""
    chance = random.Random(8)
    for number in range(40):
        key = chance.choice(["lt-amber", "lt-baltic", "pl-ict", "pl-wood", "lv-space"])
        day = INTERVIEW + timedelta(days=chance.randrange(-900, 900))
        kind = chance.choice(list(EntryKind)) if number > 4 else EntryKind.AWARD
        fields: dict[str, object] = {"organisation": key, "kind": kind, "effective": day}
        fields |= {"name": f"Klaster {chance.choice(['Łódź', 'Straße', 'Wood', 'ICT'])}"}
        fields |= {"level": chance.choice(list(LabelLevel))}
        if kind.grants:
            fields |= {"valid_from": day, "valid_until": day + timedelta(days=700), "renewable_until": None}
        else:
            fields |= NO_PERIOD
        if kind.passes_on:
            fields |= {"others": ("lt-baltic", "pl-new")}
        if kind is EntryKind.CORRECTION:
            fields |= {"corrects": chance.randrange(1, number + 1)}
        entry(**fields)


@pytest.mark.usefixtures("eventful")
def test_entry_by_entry_the_register_becomes_what_a_rebuild_makes_of_the_whole_ledger() -> None:
    before = contents()
    assert services.rebuild_check() == []
    for table in TABLES:
        table.objects.all().delete()
    services.rebuild()
    assert contents() == before
    assert services.rebuild_check() == []


@pytest.mark.usefixtures("eventful")
def test_rows_come_in_the_same_order_after_a_rebuild() -> None:
    before = [(span.organisation, span.level, span.starts) for span in RegisterSpan.objects.all()]
    services.rebuild()
    assert [(span.organisation, span.level, span.starts) for span in RegisterSpan.objects.all()] == before


@pytest.mark.usefixtures("two")
def test_a_new_entry_touches_only_its_own_organisation() -> None:
    kept = set(RegisterSpan.objects.filter(organisation="lt-amber").values_list("pk", flat=True))
    entry(organisation="lv-other", name="Other", country="LV", level=LabelLevel.GOLD)
    assert set(RegisterSpan.objects.filter(organisation="lt-amber").values_list("pk", flat=True)) == kept


@pytest.mark.usefixtures("two")
class TestChecking:
    def test_a_changed_row_is_told_and_mended(self) -> None:
        RegisterSpan.objects.filter(organisation="lt-amber", standing="valid").update(
            valid_until=date(2038, 10, 31)
        )
        assert services.rebuild_check() == [
            "lt-amber bronze 2026-10-12: valid_until is 2038-10-31 in the register, 2028-10-31 in the ledger"
        ]
        assert services.rebuild() == 6
        assert services.rebuild_check() == []

    def test_a_missing_and_an_added_row_are_told(self) -> None:
        RegisterSpan.objects.filter(organisation="lt-amber", standing="lapsed").update(
            starts=date(2029, 12, 1)
        )
        assert services.rebuild_check() == [
            "lt-amber bronze 2029-11-01: is in the ledger, and not in the register",
            "lt-amber bronze 2029-12-01: is in the register, and not in the ledger",
        ]

    def test_an_organisation_that_the_ledger_does_not_have_is_told(self) -> None:
        RegisterSpan.objects.filter(organisation="lt-amber").update(organisation="lt-none", first_entry=99)
        RegisterWord.objects.filter(word="amber").update(first_entry=99)
        RegisterName.objects.filter(first_entry=1).update(first_entry=99)
        told = services.rebuild_check()
        assert [line for line in told if "99" in line or "lt-none" in line] == [
            "lt-none: is in the register, and not in the ledger",
            "the name of entry 99: is in the register, and not in the ledger",
            "the word of entry 99: is in the register, and not in the ledger",
        ]

    def test_what_is_searched_by_is_compared_too(self) -> None:
        RegisterWord.objects.filter(word="amber").delete()
        RegisterName.objects.filter(folded="amber cluster").update(folded="ambra")
        RegisterSpelling.objects.filter(word="other", variant="othe").delete()
        RegisterSuccession.objects.create(organisation="lt-amber", successor="lv-other")
        RegisterSuccession.objects.create(organisation="lt-none", successor="lv-other")
        assert services.rebuild_check() == [
            "the name of entry 1 amber cluster: is in the ledger, and not in the register",
            "the name of entry 1 ambra: is in the register, and not in the ledger",
            "the spelling othe other: is in the ledger, and not in the register",
            "the succession lt-amber lv-other: is in the register, and not in the ledger",
            "the succession of lt-none: is in the register, and not in the ledger",
            "the word of entry 1 amber: is in the ledger, and not in the register",
        ]
        services.rebuild()
        assert services.rebuild_check() == []

    def test_a_damaged_entry_stops_a_rebuild_and_keeps_the_rows(self) -> None:
        before = contents()
        with lifted():
            LedgerEntry.objects.filter(number=2).update(document="{}")
        with pytest.raises(Unusable, match=r"^entry 2: its act cannot be read"):
            services.rebuild()
        assert contents() == before


class TestAfterAnOlderVersion:
    @pytest.fixture(autouse=True)
    def emptied(self, two: None) -> None:
        self.before = contents()
        for table in TABLES:
            table.objects.all().delete()

    def test_the_register_comes_back_by_itself(self) -> None:
        call_command("migrate", verbosity=0)
        assert contents() == self.before

    def test_a_register_that_is_there_is_left_alone(self) -> None:
        services.rebuild()
        kept = set(RegisterSpan.objects.values_list("pk", flat=True))
        assert services.rebuild_where_empty() == 0
        assert set(RegisterSpan.objects.values_list("pk", flat=True)) == kept

    def test_a_damaged_ledger_is_told_and_does_not_stop_the_start(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with lifted():
            LedgerEntry.objects.filter(number=2).update(document="{}")
        with caplog.at_level(logging.ERROR):
            call_command("migrate", verbosity=0)
        assert [record.getMessage()[:74] for record in caplog.records] == [
            "the register could not be made from the ledger: entry 2: its act cannot be"
        ]
        assert not RegisterSpan.objects.exists()


def test_a_register_without_entries_stays_empty() -> None:
    assert services.rebuild() == services.rebuild_where_empty() == 0
    assert services.rebuild_check() == []
