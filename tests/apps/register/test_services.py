from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from factories.apps import INTERVIEW, NOW, OrganisationFactory, entry
from factories.guards import lifted
from touchstone.apps.pack import rule_set
from touchstone.apps.refusal import Refused
from touchstone.apps.register import services
from touchstone.apps.register.models import LedgerEntry, RegisterSpan
from touchstone.core.labels.ledger import FIRST_PREVIOUS
from touchstone.core.labels.model import Entry, EntryKind, LabelLevel, Standing

pytestmark = pytest.mark.django_db


def grant(
    *, interviewed_on: date = INTERVIEW, level: LabelLevel = LabelLevel.BRONZE, at: datetime = NOW
) -> Entry:
    organisation = OrganisationFactory._meta.model.objects.filter(key="lt-amber").first()
    return services.grant(
        organisation=organisation or OrganisationFactory(key="lt-amber", name="Amber Cluster"),
        level=level, rules=rule_set("ecei", "2022"), interviewed_on=interviewed_on, case="2026-0001", at=at,
    )  # fmt: skip


def period(of: Entry) -> tuple[date | None, date | None, date | None]:
    return of.act.valid_from, of.act.valid_until, of.act.renewable_until


class TestAppending:
    def test_entries_are_numbered_chained_and_signed(self) -> None:
        first, second = entry(), entry(organisation="lv-other", name="Other")
        assert [(one.number, one.previous) for one in (first, second)] == [
            (1, FIRST_PREVIOUS),
            (2, first.hash),
        ]
        assert services.verify() == services.Verification(entries=2, first_fault=None)

    def test_what_is_read_back_is_what_was_appended(self) -> None:
        made = [entry(), entry(organisation="lv-other", name="Other")]
        assert list(services.entries()) == made
        assert services.history("lv-other") == (made[1],)

    def test_an_act_recorded_before_the_last_one_is_refused(self) -> None:
        entry()
        with pytest.raises(Refused, match="before the last entry"):
            entry(recorded=NOW - timedelta(seconds=1))
        assert LedgerEntry.objects.count() == 1

    def test_an_act_recorded_at_the_same_moment_is_taken(self) -> None:
        entry()
        assert entry(organisation="lv-other").number == 2

    def test_an_act_that_contradicts_itself_is_refused(self) -> None:
        with pytest.raises(Refused, match="valid_until"):
            entry(valid_until=date(2020, 1, 1))
        assert (LedgerEntry.objects.count(), RegisterSpan.objects.count()) == (0, 0)

    def test_the_key_is_made_for_the_first_entry_and_kept_private(self, touchstone_home: Path) -> None:
        entry()
        private = touchstone_home / "keys" / "private.pem"
        assert private.stat().st_mode & 0o777 == 0o600

    def test_a_lost_key_is_noticed_and_not_replaced(self, touchstone_home: Path) -> None:
        entry()
        (touchstone_home / "keys" / "private.pem").unlink()
        with pytest.raises(Refused, match="no private key"):
            entry(organisation="lv-other")
        assert LedgerEntry.objects.count() == 1

    def test_a_damaged_last_entry_lets_nothing_follow(self) -> None:
        entry()
        with lifted():
            LedgerEntry.objects.update(document="{}")
        with pytest.raises(Refused, match="does not take"):
            entry(organisation="lv-other")

    def test_nothing_remains_of_an_entry_whose_transaction_fails(self) -> None:
        def fail_after_an_entry() -> None:
            with transaction.atomic():
                entry()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_after_an_entry()
        assert (LedgerEntry.objects.count(), RegisterSpan.objects.count()) == (0, 0)


class TestGranting:
    def test_a_first_label_runs_two_years_to_the_end_of_the_month(self) -> None:
        made = grant()
        assert made.act.kind is EntryKind.AWARD
        assert period(made) == (date(2026, 10, 12), date(2028, 10, 31), date(2029, 10, 31))

    def test_the_entry_names_the_deciding_body_the_case_and_no_person(self) -> None:
        made = grant().act
        assert (made.actor, made.case, made.reason, made.effective) == ("EUCLES", "2026-0001", "", INTERVIEW)

    def test_a_renewal_in_the_year_of_grace_leaves_no_gap(self) -> None:
        grant()
        late = datetime(2029, 10, 31, 12, tzinfo=UTC)
        made = grant(interviewed_on=late.date(), at=late)
        assert made.act.kind is EntryKind.RENEWAL
        assert period(made) == (date(2028, 11, 1), date(2031, 10, 31), date(2032, 10, 31))
        gap = date(2029, 1, 1)
        assert services.status("lt-amber", on=gap, known=NOW).standing is Standing.EXPIRED_RENEWABLE
        assert services.status("lt-amber", on=gap, known=late).standing is Standing.VALID

    def test_after_the_year_of_grace_a_label_is_a_first_one_again(self) -> None:
        grant()
        made = grant(interviewed_on=date(2029, 11, 1), at=datetime(2029, 11, 2, tzinfo=UTC))
        assert (made.act.kind, period(made)[1]) == (EntryKind.AWARD, date(2031, 11, 30))

    def test_a_higher_level_beside_a_valid_lower_one_is_an_upgrade_with_a_first_period(self) -> None:
        grant()
        made = grant(
            level=LabelLevel.SILVER, interviewed_on=date(2028, 5, 3), at=datetime(2028, 6, 1, tzinfo=UTC)
        )
        assert (made.act.kind, period(made)[1]) == (EntryKind.UPGRADE, date(2030, 5, 31))

    def test_a_higher_level_after_the_lower_one_ended_is_an_award(self) -> None:
        grant()
        made = grant(
            level=LabelLevel.GOLD, interviewed_on=date(2031, 5, 3), at=datetime(2031, 6, 1, tzinfo=UTC)
        )
        assert made.act.kind is EntryKind.AWARD

    def test_a_lower_level_beside_a_higher_one_is_an_award(self) -> None:
        grant(level=LabelLevel.SILVER)
        assert grant().act.kind is EntryKind.AWARD

    def test_a_withdrawn_label_is_not_renewed_but_given_afresh(self) -> None:
        grant()
        entry(kind=EntryKind.WITHDRAWAL, valid_from=None, valid_until=None, renewable_until=None,
              effective=NOW.date(), reason="false statements")  # fmt: skip
        made = grant(interviewed_on=date(2027, 3, 1), at=datetime(2027, 3, 20, tzinfo=UTC))
        assert (made.act.kind, period(made)[:2]) == (EntryKind.AWARD, (date(2027, 3, 1), date(2029, 3, 31)))

    def test_an_award_made_while_another_was_recorded_stands_after_it(self) -> None:
        entry(organisation="lv-other")
        assert grant(at=NOW - timedelta(seconds=60)).act.recorded == NOW

    def test_a_clock_that_is_behind_is_refused(self) -> None:
        entry(organisation="lv-other")
        with pytest.raises(Refused, match="before the last entry"):
            grant(at=NOW - timedelta(seconds=61))


class TestDocuments:
    def test_an_entry_as_a_document_carries_hash_and_signature(self) -> None:
        made = entry()
        document = services.entry_document(made)
        assert (document["hash"], document["signature"]) == (made.hash, made.signature)


class TestVerifying:
    def test_an_empty_ledger_is_intact(self) -> None:
        assert services.verify().as_document() == {
            "entries": 0, "intact": True, "first_fault": None, "heads": 0,
        }  # fmt: skip

    @pytest.fixture
    def three(self) -> None:
        for number in range(3):
            entry(organisation=f"lt-{number}", name=f"Cluster {number}")

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize("place", [2, 20, 60, -3])
    def test_one_flipped_byte_makes_it_name_the_entry(self, place: int) -> None:
        row = LedgerEntry.objects.get(number=2)
        raw = bytearray(row.document.encode())
        raw[place] ^= 1
        with lifted():
            LedgerEntry.objects.filter(number=2).update(document=raw.decode())
        found = services.verify()
        assert (found.intact, found.entries) == (False, 3)
        assert str(found.first_fault).startswith("entry 2: ")

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize("field", ["hash", "previous", "signature", "key"])
    def test_each_field_is_checked(self, field: str) -> None:
        value = getattr(LedgerEntry.objects.get(number=2), field)
        with lifted():
            LedgerEntry.objects.filter(number=2).update(
                **{field: value[1:] + ("0" if value[-1] != "0" else "1")}
            )
        assert str(services.verify().first_fault).startswith("entry 2: ")

    @pytest.mark.usefixtures("three")
    def test_an_entry_that_was_taken_out_is_missed(self) -> None:
        with lifted():
            LedgerEntry.objects.filter(number=2).delete()
        assert not services.verify().intact

    @pytest.mark.usefixtures("three")
    def test_an_entry_filed_under_another_organisation_is_found(self) -> None:
        with lifted():
            LedgerEntry.objects.filter(number=3).update(organisation="lt-0")
        assert str(services.verify().first_fault).startswith("entry 3: it is filed under 'lt-0'")


def test_an_act_may_hold_any_letters() -> None:
    made = entry(name="Клъстер “Мехатроника” – Ærø & Łódź", organisation="bg-mechatronics")
    assert services.history("bg-mechatronics") == (made,)
    assert services.verify().intact
