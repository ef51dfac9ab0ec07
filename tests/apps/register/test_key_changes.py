"""A change of keys has its place in the ledger: what an old key signs after it, the check names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories.apps import NOW, entry
from factories.guards import lifted
from touchstone.apps.register import copies, services, signing
from touchstone.apps.register.copy_check import check_copy
from touchstone.apps.register.models import LedgerEntry, LedgerHead
from touchstone.apps.verification.services import verify_number
from touchstone.core.faults import Unusable
from touchstone.core.labels import heads, ledger
from touchstone.core.labels.checks import CheckName
from touchstone.core.labels.ledger import DayEnd, Retirement, Signers
from touchstone.core.labels.model import Entry
from touchstone.output import keys
from touchstone.output.keys import KeyPair

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def old() -> KeyPair:
    """The key that signed one entry and then retired; another entry came since."""
    entry()
    pair = keys.load(signing.folder())
    services.rotate_key(at=NOW + timedelta(hours=1))
    entry(organisation="lv-pine", recorded=NOW + timedelta(hours=2))
    return pair


def kept() -> tuple[Entry, ...]:
    return tuple(services.entries())


def forged(by: KeyPair, *, recorded: datetime) -> None:
    """An entry put in by who has a key and the database, and nothing else."""
    tail = kept()[-1]
    made = ledger.append(tail, replace(tail.act, recorded=recorded), key_id=by.id, sign=by.sign)
    row = ledger.stored(made)
    LedgerEntry.objects.create(
        number=row.number, organisation=made.act.organisation, document=str(row.document),
        previous=row.previous, hash=row.hash, key=row.key, signature=row.signature,
    )  # fmt: skip


def copied(folder: Path) -> Path:
    file = folder / "ledger.jsonl"
    file.write_bytes(b"".join(copies.ledger_lines()))
    return file


def said(old: KeyPair) -> str:
    return f"it was signed with key {old.id}, which had signed its last on 2026-11-21, entry 1."


def test_after_a_change_of_keys_the_ledger_is_intact(old: KeyPair, tmp_path: Path) -> None:
    assert services.verify().as_document() == {"entries": 2, "intact": True, "first_fault": None, "heads": 0}
    assert check_copy(copied(tmp_path), name="x", signers=None).first_fault is None
    assert signing.signers().retired == {old.id: Retirement(at=NOW + timedelta(hours=1), entry=1)}


@pytest.mark.parametrize("recorded", [NOW + timedelta(hours=2), NOW + timedelta(hours=9)])
def test_an_entry_that_a_retired_key_signed_is_named_here_and_in_a_copy(
    recorded: datetime, old: KeyPair, tmp_path: Path
) -> None:
    forged(old, recorded=recorded)
    problem = f"entry 3: {said(old)}"
    copy = copied(tmp_path)
    assert (services.verify().first_fault, check_copy(copy, name="x", signers=None).first_fault) == (
        problem,
    ) * 2
    # Who has a list of keys of before the change learns of it from the copy, and a newer list needs no copy.
    before = Signers(keys=signing.public_keys())
    assert check_copy(copy, name="x", signers=before).first_fault == problem
    first, *others = copy.read_bytes().splitlines(keepends=True)
    copy.write_bytes(b"".join([first.replace(b'"retired"', b'"unknown"'), *others]))
    assert check_copy(copy, name="x", signers=None).first_fault is None
    assert check_copy(copy, name="x", signers=signing.signers()).first_fault == problem


def test_the_check_of_its_number_tells_it_too(old: KeyPair) -> None:
    forged(old, recorded=NOW + timedelta(hours=2))
    found = {one.number: verify_number(one.number, at=NOW + DAY).checks for one in kept()}
    told = {number: next(c for c in checks if c.name is CheckName.LEDGER) for number, checks in found.items()}
    assert {number: check.passed for number, check in told.items()} == {1: True, 2: True, 3: False}
    assert "its key had signed its last before." in told[3].detail


def test_one_that_says_that_it_was_recorded_before_the_change_is_named_too() -> None:
    """Nothing was recorded since: neither chain nor order would tell."""
    entry()
    pair = keys.load(signing.folder())
    services.rotate_key(at=NOW + timedelta(hours=1))
    forged(pair, recorded=NOW)
    assert services.verify().first_fault == f"entry 2: {said(pair)}"


def head_of(day: int, by: KeyPair, *, number: int) -> None:
    end = kept()[number - 1]
    made = heads.make(
        None, DayEnd(day=NOW.date(), number=number, hash=end.hash), day=NOW.date() + day * DAY,
        key_id=by.id, sign=by.sign,
    )  # fmt: skip
    LedgerHead.objects.create(
        day=made.day, number=made.number, entry=made.entry, previous=made.previous, hash=made.hash,
        key=made.key, signature=made.signature,
    )  # fmt: skip


@pytest.mark.parametrize("day", [0, 1, 30])
def test_a_head_that_a_retired_key_signed_is_named(day: int, old: KeyPair, tmp_path: Path) -> None:
    """Also that of the day of the change, which was not over then."""
    head_of(day, old, number=2)
    problem = f"head of {NOW.date() + day * DAY}: {said(old)}"
    assert services.verify().first_fault == problem
    assert check_copy(copied(tmp_path), name="x", signers=None).first_fault == problem


def test_a_head_of_a_day_before_the_change_is_the_old_keys_own() -> None:
    entry()
    services.close_day(at=NOW + DAY)
    services.rotate_key(at=NOW + DAY)
    entry(organisation="lv-pine", recorded=NOW + DAY)
    services.close_day(at=NOW + 2 * DAY)
    assert services.verify().as_document() == {"entries": 2, "intact": True, "first_fault": None, "heads": 2}


def test_a_key_that_no_moment_is_known_of_may_sign_for_ever(old: KeyPair) -> None:
    """As of an installation that changed its key before moments were noted."""
    (signing.folder() / keys.RETIRED_FILE).unlink()
    forged(old, recorded=NOW + 2 * DAY)
    assert str(services.verify().first_fault).startswith("head of 2026-11-21: it is missing")


def ahead() -> None:
    entry(recorded=NOW + DAY)


def closed() -> None:
    entry()
    services.close_day(at=NOW + DAY)


@pytest.mark.parametrize(
    ("happened", "at"),
    [
        (lambda: keys.create(signing.folder()), NOW),
        (ahead, NOW + DAY),
        (closed, datetime(2026, 11, 22, tzinfo=UTC)),
    ],
    ids=["nothing", "an entry of a later moment", "a day that is closed"],
)
def test_a_clock_that_is_behind_the_ledger_makes_no_breach_of_what_was_signed(
    happened: Callable[[], None], at: datetime
) -> None:
    happened()
    (before,) = signing.public_keys()
    services.rotate_key(at=NOW)
    assert signing.signers().retired == {before: Retirement(at=at, entry=len(kept()))}
    assert services.verify().intact


def test_a_stolen_key_that_is_in_use_is_replaced() -> None:
    entry()
    pair = keys.load(signing.folder())
    newer = services.mark_key_stolen(pair.id, at=NOW)
    assert keys.load(signing.folder()).id == newer.id != pair.id
    assert signing.signers().retired == {pair.id: Retirement(at=NOW, entry=1, stolen=True)}
    assert services.mark_key_stolen(pair.id, at=NOW + DAY).id == newer.id
    assert signing.signers().retired == {pair.id: Retirement(at=NOW, entry=1, stolen=True)}


def test_a_key_is_not_changed_over_a_damaged_entry() -> None:
    entry()
    pair = keys.load(signing.folder())
    with lifted():
        LedgerEntry.objects.update(document="{}")
    with pytest.raises(Unusable, match="entry 1"):
        services.rotate_key(at=NOW)
    assert keys.load(signing.folder()).id == pair.id
