from datetime import date
from typing import Any

import pytest

from factories.apps import NOW, DeciderFactory, ExpertFactory, OrganisationFactory, PersonFactory, entry
from touchstone.apps.accounts.models import User
from touchstone.apps.labels.models import Deed
from touchstone.apps.labels.services import VERBS, act, deeds, effect
from touchstone.apps.refusal import Refused
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.services import history, status
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
STOP = {"level": None, "effective": TODAY, "reason": "Records were not opened."}
SAID: dict[EntryKind, dict[str, Any]] = {  # what each verb takes
    EntryKind.SUSPENSION: STOP,
    EntryKind.WITHDRAWAL: STOP,
    EntryKind.CORRECTION: {"entry": 1, "valid_until": date(2028, 9, 30), "reason": "Misread."},
    EntryKind.RENAME: {"name": "Ember Cluster", "effective": TODAY, "reason": "By resolution."},
    EntryKind.HOST: {"host": "City of Amber", "effective": TODAY, "reason": ""},
    EntryKind.MERGER: {"into": "lt-other", "effective": TODAY, "reason": ""},
    EntryKind.SPLIT: {"into": ["lt-other"], "effective": TODAY, "reason": ""},
}


@pytest.fixture(autouse=True)
def label() -> None:
    """The Amber Cluster holds Bronze; another organisation is known."""
    OrganisationFactory(key="lt-amber", name="Amber Cluster")
    OrganisationFactory(key="lt-other", name="Other Cluster")
    entry()


def do(by: User, kind: EntryKind, **said: Any) -> int:
    return act(kind=kind, organisation="lt-amber", by=by, at=NOW, **(said or SAID[kind])).number


def standing() -> Standing:
    return status("lt-amber", on=TODAY, known=NOW).standing


class TestWhoMay:
    @pytest.mark.parametrize("kind", [EntryKind.SUSPENSION, EntryKind.WITHDRAWAL])
    def test_a_decider_stops_a_label(self, kind: EntryKind) -> None:
        assert do(DeciderFactory(), kind) == 2

    @pytest.mark.parametrize("kind", [EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL])
    def test_nobody_else_stops_one(self, kind: EntryKind) -> None:
        for other in (PersonFactory(), ExpertFactory()):
            with pytest.raises(Refused, match="Only a decider may do this"):
                do(other, kind, **STOP)

    @pytest.mark.parametrize("kind", [kind for kind in SAID if SAID[kind] is not STOP])
    def test_the_secretariat_keeps_what_is_known_right(self, kind: EntryKind) -> None:
        assert do(PersonFactory(), kind) == 2

    def test_a_decider_does_not(self) -> None:
        with pytest.raises(Refused, match="Only the secretariat may do this"):
            do(DeciderFactory(), EntryKind.RENAME)

    def test_who_belongs_to_the_organisation_leaves_it_to_a_colleague(self) -> None:
        tied = DeciderFactory(organisation_id="lt-amber")
        with pytest.raises(Refused, match="a colleague does this"):
            do(tied, EntryKind.SUSPENSION)

    def test_a_grant_is_no_act_of_this_kind(self) -> None:
        assert EntryKind.AWARD not in VERBS
        with pytest.raises(Refused, match="Only the secretariat"):
            do(PersonFactory(), EntryKind.AWARD, effective=TODAY)


class TestActing:
    def test_the_ledger_names_the_body_and_the_deed_the_person(self) -> None:
        ilse = DeciderFactory(username="ilse")
        do(ilse, EntryKind.SUSPENSION)
        assert history("lt-amber")[-1].act.actor == "EUCLES"
        assert [(deed.entry, deed.by.username) for deed in deeds([1, 2]).values()] == [(2, "ilse")]

    def test_a_label_is_suspended_and_reinstated(self) -> None:
        ilse = DeciderFactory()
        do(ilse, EntryKind.SUSPENSION)
        assert standing() is Standing.SUSPENDED
        do(ilse, EntryKind.REINSTATEMENT, **STOP)
        assert standing() is Standing.VALID

    def test_a_correction_of_another_organisations_entry_is_refused_and_nothing_is_kept(self) -> None:
        entry(organisation="lt-other", name="Other Cluster")
        with pytest.raises(Refused, match="another organisation's"):
            do(PersonFactory(), EntryKind.CORRECTION, entry=2, valid_until=date(2028, 9, 30), reason="x")
        assert (LedgerEntry.objects.count(), Deed.objects.count()) == (2, 0)

    def test_a_refused_act_leaves_no_deed(self) -> None:
        with pytest.raises(Refused, match="not suspended"):
            do(DeciderFactory(), EntryKind.REINSTATEMENT, **STOP)
        assert (LedgerEntry.objects.count(), Deed.objects.count()) == (1, 0)

    def test_an_imported_label_is_stopped_in_the_name_of_its_own_rules(self) -> None:
        entry(organisation="lt-old", name="Old", rule_set="gone", actor="import")
        act(kind=EntryKind.SUSPENSION, organisation="lt-old", by=DeciderFactory(), at=NOW, **STOP)
        assert history("lt-old")[-1].act.actor == "import"


class TestLookingFirst:
    def test_the_effect_is_told_and_nothing_is_entered(self) -> None:
        (change,) = effect(
            kind=EntryKind.WITHDRAWAL, organisation="lt-amber", by=DeciderFactory(), at=NOW, **STOP
        )
        assert (change.before.standing, change.after.standing) == (Standing.VALID, Standing.WITHDRAWN)
        assert (LedgerEntry.objects.count(), Deed.objects.count(), standing()) == (1, 0, Standing.VALID)

    def test_a_later_day_is_looked_at_too(self) -> None:
        later = {**STOP, "effective": date(2027, 1, 1)}
        changes = effect(
            kind=EntryKind.SUSPENSION, organisation="lt-amber", by=DeciderFactory(), at=NOW, **later
        )
        assert [(one.before.on, one.after.standing) for one in changes] == [
            (TODAY, Standing.VALID), (date(2027, 1, 1), Standing.SUSPENDED),
        ]  # fmt: skip

    def test_a_merger_is_looked_at_on_both_sides(self) -> None:
        changes = effect(
            kind=EntryKind.MERGER, organisation="lt-amber", by=PersonFactory(), at=NOW,
            into="lt-other", take_over=True, effective=TODAY, reason="",
        )  # fmt: skip
        assert [(one.organisation, one.before.standing, one.after.standing) for one in changes] == [
            ("lt-amber", Standing.VALID, Standing.LAPSED), ("lt-other", Standing.NEVER, Standing.VALID),
        ]  # fmt: skip
        assert status("lt-other", on=TODAY, known=NOW).level is None

    def test_what_is_refused_is_refused_already_here(self) -> None:
        with pytest.raises(Refused, match="Bronze label of Amber Cluster is not suspended"):
            effect(
                kind=EntryKind.REINSTATEMENT, organisation="lt-amber", by=DeciderFactory(), at=NOW,
                **{**STOP, "level": LabelLevel.BRONZE},
            )  # fmt: skip
