"""The invented labels of the demonstration."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from factories.apps import NOW
from touchstone.apps.demonstration.labels import load_labels
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.services import history, status, verify
from touchstone.core.labels.model import EntryKind, Standing

pytestmark = pytest.mark.django_db
FILE = Path(settings.TOUCHSTONE_DEMONSTRATION) / "labels.toml"


def load(at: datetime = NOW) -> dict[str, str]:
    """Key of each organisation → how its label stands."""
    load_labels(FILE, note="Invented.", at=at)
    keys = Organisation.objects.values_list("key", flat=True)
    return {key: status(key, on=at.date(), known=at).standing.value for key in keys}


def test_every_state_of_a_label_can_be_seen() -> None:
    assert set(load().values()) == {standing.value for standing in Standing} - {"never"}


def test_every_kind_of_act_but_a_split_happens() -> None:
    keys = load()
    kinds = {entry.act.kind for key in keys for entry in history(key)}
    assert kinds == set(EntryKind) - {EntryKind.SPLIT}


def test_all_of_them_say_that_they_are_invented() -> None:
    load()
    told = Organisation.objects.values_list("name", "synthetic", "note")
    assert [(name.endswith("(invented)"), synthetic, note) for name, synthetic, note in told] == [
        (True, True, "Invented.")
    ] * 9


def test_the_cork_cluster_has_gone_into_the_resin_cluster_with_its_label() -> None:
    load()
    gone = status("pt-douro-cork", on=NOW.date(), known=NOW)
    heir = status("es-iberian-resin", on=NOW.date(), known=NOW)
    assert (gone.successors, heir.standing, heir.level) == (("es-iberian-resin",), Standing.VALID, "silver")


def test_a_second_loading_enters_nothing_and_the_ledger_is_sound() -> None:
    load()
    entries = LedgerEntry.objects.count()
    load()
    assert (LedgerEntry.objects.count(), verify().intact) == (entries, True)


@pytest.mark.parametrize(
    "at", [datetime(2027, 2, 28, 12, tzinfo=UTC), datetime(2032, 12, 31, 23, tzinfo=UTC)]
)
def test_the_states_are_the_same_whenever_it_is_loaded(at: datetime) -> None:
    assert load(at) == {
        "at-alpine-timber": "withdrawn",
        "be-scheldt-textile": "valid",
        "cz-bohemian-glass": "suspended",
        "ee-baltic-wind": "valid",
        "es-iberian-resin": "valid",
        "hr-adriatic-marine": "valid",
        "no-fjord-battery": "valid",
        "pl-vistula-ceramics": "expired_renewable",
        "pt-douro-cork": "lapsed",
    }
