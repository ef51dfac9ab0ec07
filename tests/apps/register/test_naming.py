"""What cases call an organisation: by the name of the day, whenever the rename was announced."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from factories.apps import INTERVIEW, NOW, OrganisationFactory, PersonFactory, entry
from touchstone.apps.cases.services import open_case
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.apps.register import services
from touchstone.core.labels.model import Entry, EntryKind, LabelLevel

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
OLD, NEW = "Amber Cluster", "Baltic Amber"


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


@pytest.fixture
def amber() -> Organisation:
    entry()
    return OrganisationFactory(key="lt-amber", name=OLD)


def rename(name: str = NEW, effective: date = DAY, at: datetime = NOW) -> Entry:
    return services.rename(organisation="lt-amber", name=name, effective=effective, actor="EUCLES", at=at)


def name() -> str:
    return Organisation.objects.get(key="lt-amber").name


def opened(amber: Organisation, day: date) -> str:
    """What a case that is opened on a day calls the organisation."""
    return open_case(
        organisation=amber, level=LabelLevel.SILVER, by=PersonFactory(), on=day, at=noon(day)
    ).organisation.name


@pytest.mark.parametrize(("day", "called"), [(BEFORE, OLD), (DAY, NEW), (AFTER, NEW)])
def test_a_case_has_the_name_of_the_day_on_which_it_is_opened(
    amber: Organisation, day: date, called: str
) -> None:
    rename()
    assert name() == OLD
    assert (opened(amber, day), name()) == (called, called)


def test_a_rename_of_today_or_before_counts_at_once(amber: Organisation) -> None:
    rename("Third", effective=NOW.date())
    rename("Second", effective=NOW.date() - timedelta(days=9))
    assert name() == "Third"


def test_on_its_day_a_new_name_comes_by_itself_and_once(amber: Organisation) -> None:
    rename()
    OrganisationFactory(key="lt-other", name="Not in the register")
    told = [services.bring_names(at=noon(day)) for day in (BEFORE, DAY, AFTER)]
    assert (told, name()) == ([0, 1, 0], NEW)
    assert Organisation.objects.search("baltic").get().key == "lt-amber"


def test_without_a_rename_the_record_keeps_the_name_that_it_has() -> None:
    entry(name="Amber Cluster (formerly Pine)")
    OrganisationFactory(key="lt-amber", name=OLD)
    assert (services.bring_names(at=NOW), name()) == (0, OLD)


def test_a_corrected_rename_calls_it_by_the_right_name(amber: Organisation) -> None:
    wrong = rename("Baltic Abmer", effective=NOW.date())
    services.correct(entry=wrong.number, name=NEW, reason="A slip.", actor="EUCLES", at=NOW)
    assert name() == NEW


def test_an_organisation_that_only_the_ledger_knows_is_renamed_there() -> None:
    entry()
    assert rename().act.name == NEW
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(("interview", "called"), [(BEFORE, OLD), (DAY, NEW)])
def test_a_label_is_granted_under_the_name_of_the_day_of_its_interview(
    amber: Organisation, interview: date, called: str
) -> None:
    rename()
    granted: dict[str, Any] = {"rules": scheme().rule_set_on(interview), "case": "2026-0042"}
    done = services.grant(
        organisation=amber, level=LabelLevel.SILVER, interviewed_on=interview, at=noon(AFTER), **granted
    )
    assert (done.act.kind, done.act.name) == (EntryKind.UPGRADE, called)
    rows = [services.row("lt-amber", on=day, known=noon(AFTER)) for day in (INTERVIEW, BEFORE, DAY)]
    assert [row and row.name for row in rows] == [OLD, OLD, NEW]
