"""Whether a credential is revoked or suspended, from acts small enough to reckon with by hand."""

from datetime import date, timedelta
from typing import Any

import pytest

from factories.labels import ALWAYS, act, award, moment, stop, unchained
from touchstone.apps.credentials.rules import Asking, Granted, Judgement, act_of, judgement
from touchstone.core.labels.model import Act, EntryKind, LabelLevel

FIRST = date(2024, 1, 1), date(2025, 12, 31)
NEXT = date(2026, 1, 1), date(2027, 12, 31)
MIDDLE = date(2025, 6, 1)
VALID = (False, False)
REVOKED = (True, False)
SUSPENDED = (False, True)


def judged(*acts: Act, number: int = 1, on: date = MIDDLE, period: tuple[date, date] = FIRST) -> Judgement:
    """The judgement of the credential that an entry's period had when it was issued."""
    credential = Granted(number=number, level=LabelLevel.BRONZE, valid_from=period[0], valid_until=period[1])
    return judgement(credential, unchained(acts), Asking(on=on, known=ALWAYS, rule_sets={}))


def bits(*acts: Act, **asked: Any) -> tuple[bool, bool]:
    found = judged(*acts, **asked)
    return found.revoked, found.suspended


SUSPENSION = stop(EntryKind.SUSPENSION, date(2025, 5, 1))
WITHDRAWAL = stop(EntryKind.WITHDRAWAL, date(2025, 5, 1))
RENEWAL = award(*NEXT, kind=EntryKind.RENEWAL)


@pytest.mark.parametrize("on", [date(2020, 1, 1), FIRST[0], MIDDLE, FIRST[1], date(2999, 1, 1)])
def test_a_label_that_nothing_happened_to_is_good_on_any_day(on: date) -> None:
    assert judged(award(*FIRST), on=on) == Judgement(
        outdated=False, revoked=False, suspended=False, again_on=FIRST[0] if on < FIRST[0] else None
    )


@pytest.mark.parametrize(
    ("day", "wanted"),
    [(-1, VALID), (0, SUSPENDED), (99, SUSPENDED)],
)
def test_a_suspension_counts_from_its_day_on(day: int, wanted: tuple[bool, bool]) -> None:
    on = SUSPENSION.effective + timedelta(days=day)
    found = judged(award(*FIRST), SUSPENSION, on=on)
    assert (found.revoked, found.suspended) == wanted
    assert found.again_on == (SUSPENSION.effective if day < 0 else None)


def test_a_suspended_run_suspends_each_credential_of_it_that_has_not_ended() -> None:
    acts = award(*FIRST), RENEWAL, stop(EntryKind.SUSPENSION, date(2025, 12, 1))
    assert bits(*acts, on=date(2025, 12, 31)) == SUSPENDED
    assert bits(*acts, on=date(2025, 12, 31), number=2, period=NEXT) == SUSPENDED
    assert bits(*acts, on=date(2026, 6, 1), number=2, period=NEXT) == SUSPENDED


def test_a_suspension_before_the_renewal_holds_for_the_whole_run() -> None:
    later = award(*NEXT, kind=EntryKind.RENEWAL, recorded=moment("2025-07-01"))
    acts = award(*FIRST), SUSPENSION, later
    assert bits(*acts, on=date(2026, 6, 1), number=3, period=NEXT) == SUSPENDED


def test_after_its_last_day_a_credential_stands_as_it_did_on_that_day() -> None:
    late = stop(EntryKind.WITHDRAWAL, date(2026, 3, 1))
    assert bits(award(*FIRST), late, on=date(2030, 1, 1)) == VALID
    assert bits(award(*FIRST), WITHDRAWAL, on=date(2030, 1, 1)) == REVOKED


def test_an_award_after_a_withdrawal_gives_the_old_credential_nothing_back() -> None:
    anew = award(date(2025, 8, 1), date(2027, 7, 31))
    acts = award(*FIRST), WITHDRAWAL, anew
    assert bits(*acts, on=date(2025, 9, 1)) == REVOKED
    assert bits(*acts, on=date(2025, 9, 1), number=3, period=(date(2025, 8, 1), date(2027, 7, 31))) == VALID


def test_another_level_is_left_alone() -> None:
    silver = stop(EntryKind.WITHDRAWAL, date(2025, 5, 1), level=LabelLevel.SILVER)
    assert bits(award(*FIRST), silver) == VALID


@pytest.mark.parametrize("kind", [EntryKind.MERGER, EntryKind.SPLIT])
def test_a_label_that_ended_before_its_time_is_revoked(kind: EntryKind) -> None:
    gone = stop(kind, date(2025, 5, 1), others=("pl-other",))
    assert bits(award(*FIRST), gone, on=date(2025, 4, 30)) == VALID
    assert bits(award(*FIRST), gone) == REVOKED
    goes_on = stop(kind, date(2025, 5, 1), others=("pl-other", "pl-aviation-valley"))
    assert bits(award(*FIRST), goes_on) == VALID


def test_a_label_that_ended_before_it_began_is_revoked() -> None:
    gone = stop(EntryKind.MERGER, date(2023, 12, 1), others=("pl-other",))
    assert bits(award(*FIRST), gone, on=date(2023, 12, 15)) == REVOKED


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_until": date(2025, 6, 30)}, {"valid_from": date(2024, 2, 1)}, {"level": LabelLevel.SILVER},
        {"valid_from": date(2026, 6, 1)},
    ],
)  # fmt: skip
def test_a_correction_makes_the_credential_outdated_and_revokes_it(changes: dict[str, Any]) -> None:
    correction = act(EntryKind.CORRECTION, corrects=1, effective=FIRST[0], **changes)
    found = judged(award(*FIRST), correction)
    assert (found.outdated, found.revoked) == (True, True)


def test_a_correction_of_what_the_credential_does_not_say_changes_nothing() -> None:
    correction = act(
        EntryKind.CORRECTION, corrects=1, effective=FIRST[0], renewable_until=date(2027, 1, 1)
    )  # fmt: skip
    assert judged(award(*FIRST), correction).outdated is False


def test_of_an_entry_that_is_not_there_a_credential_is_revoked() -> None:
    assert judged(number=7) == Judgement(outdated=True, revoked=True, suspended=False, again_on=None)


def test_the_act_of_a_grant_has_its_corrections_worked_in() -> None:
    correction = act(EntryKind.CORRECTION, corrects=1, effective=FIRST[0], valid_until=MIDDLE)
    entries = unchained([award(*FIRST), correction, SUSPENSION])
    found = act_of(entries, 1, known=ALWAYS)
    assert found is not None
    assert (found.valid_from, found.valid_until) == (FIRST[0], MIDDLE)
    assert [act_of(entries, number, known=ALWAYS) for number in (2, 3, 4)] == [None] * 3
