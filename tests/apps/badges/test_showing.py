from datetime import date, timedelta

import pytest

from factories.apps import INTERVIEW, TODAY, entry
from factories.badges import SHOWN, WITHOUT_PERIOD, ended, standing_so, stop
from touchstone.apps.badges.services import is_stopped, shown
from touchstone.apps.badges.showing import Shown
from touchstone.apps.organisations.models import Organisation
from touchstone.core.labels.model import EntryKind, LabelLevel, LevelStatus, Standing

pytestmark = pytest.mark.django_db


def now(number: int | None = None, *, on: date = TODAY) -> Shown:
    found = shown("lt-amber", number=number, on=on)
    assert found is not None
    return found


@pytest.mark.parametrize("level", LabelLevel)
@pytest.mark.parametrize("standing", SHOWN)
def test_the_badge_shows_level_and_state_and_the_grant_it_rests_on(
    standing: Standing, level: LabelLevel
) -> None:
    granted = standing_so(standing, level)
    found = now()
    assert (found.badge.level, found.badge.standing) == (level, standing)
    assert (found.grant, found.badge.number) == (granted.number, f"{granted.number:05d}")
    assert found.badge.valid_until == granted.act.valid_until
    assert now(granted.number) == found


@pytest.mark.parametrize("synthetic", [False, True])
def test_the_badge_of_an_invented_organisation_is_for_demonstration(synthetic: bool) -> None:
    granted = entry()
    Organisation.objects.create(key="lt-amber", name="Amber Cluster", synthetic=synthetic)
    assert (now().badge.synthetic, now(granted.number).badge.synthetic) == (synthetic, synthetic)


def test_of_several_levels_the_headline_is_shown_and_each_grant_its_own() -> None:
    bronze = entry()
    gold = entry(level=LabelLevel.GOLD, kind=EntryKind.UPGRADE)
    stop(EntryKind.WITHDRAWAL, level=LabelLevel.GOLD)
    assert (now().badge.level, now().grant) == (LabelLevel.BRONZE, bronze.number)
    assert now(bronze.number).held.standing is Standing.VALID
    assert now(gold.number).held.standing is Standing.WITHDRAWN


def test_a_grant_that_was_renewed_shows_its_own_period_and_the_label_the_whole_run() -> None:
    first = ended(INTERVIEW - timedelta(days=1))
    second = entry(kind=EntryKind.RENEWAL)
    assert (now().grant, now().badge.valid_until) == (second.number, date(2028, 10, 31))
    old = now(first.number)
    assert (old.badge.standing, old.badge.valid_until) == (
        Standing.EXPIRED_RENEWABLE,
        INTERVIEW - timedelta(days=1),
    )
    assert old.level_now.standing is Standing.VALID


def test_a_renewal_ahead_of_time_lengthens_the_label_but_has_no_badge_before_it_begins() -> None:
    first = entry()
    begins = date(2028, 11, 1)
    second = entry(
        kind=EntryKind.RENEWAL,
        valid_from=begins,
        valid_until=date(2030, 10, 31),
        renewable_until=date(2031, 10, 31),
    )
    assert (now().grant, now().badge.valid_until) == (first.number, date(2030, 10, 31))
    assert shown("lt-amber", number=second.number, on=TODAY) is None
    assert now(second.number, on=begins).badge.standing is Standing.VALID


def test_a_correction_shows_in_the_badge_of_the_grant_that_it_corrects() -> None:
    granted = entry()
    entry(kind=EntryKind.CORRECTION, corrects=granted.number, valid_until=date(2027, 1, 31))
    assert now(granted.number).badge.valid_until == date(2027, 1, 31)


def test_a_badge_has_the_name_of_today() -> None:
    entry()
    entry(kind=EntryKind.RENAME, name="Amber Valley", **{**WITHOUT_PERIOD, "level": None})
    assert now().badge.organisation == "Amber Valley"


def test_where_there_is_no_such_label_there_is_no_badge() -> None:
    own = entry()
    other = entry(organisation="lt-other", name="Other")
    stopped = stop(EntryKind.SUSPENSION, level=LabelLevel.BRONZE)
    asked = [("lt-nobody", None), ("lt-amber", other.number), ("lt-amber", stopped.number), ("lt-amber", 0)]
    assert [shown(key, number=number, on=TODAY) for key, number in asked] == [None] * 4
    assert shown("lt-amber", on=INTERVIEW - timedelta(days=1)) is None
    assert shown("lt-amber", number=own.number, on=INTERVIEW) is not None


@pytest.mark.parametrize(
    ("standing", "days", "stopped"),
    [
        (Standing.VALID, 1000, False),
        (Standing.EXPIRED_RENEWABLE, 1000, False),
        (Standing.SUSPENDED, 0, True),
        (Standing.WITHDRAWN, 0, True),
        (Standing.LAPSED, 90, False),
        (Standing.LAPSED, 91, True),
    ],
)
def test_a_badge_should_go_at_once_when_stopped_and_after_a_while_when_lapsed(
    standing: Standing, days: int, stopped: bool
) -> None:
    renewable = TODAY - timedelta(days=days)
    level = LevelStatus(
        level=LabelLevel.GOLD,
        standing=standing,
        valid_from=INTERVIEW,
        valid_until=renewable,
        renewable_until=renewable,
    )
    assert is_stopped(level, on=TODAY, patience=90) is stopped
