"""Everything that is due: from an entry of the ledger to the letter that tells it."""

from datetime import timedelta

import pytest
from django.core import mail

from factories.apps import NOW, entry
from factories.watching import watch
from touchstone.apps.duties.rota import DUTIES
from touchstone.apps.duties.services import do_all
from touchstone.apps.register import services as register

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


def turn(at: object = TOMORROW) -> dict[str, str]:
    """What was done, or what failed, by duty."""
    told = {one.duty: one.told for one in do_all(DUTIES, at=at) if one.told}  # type: ignore[arg-type]  # a moment
    told.pop("open data", None)
    return told


def test_on_an_empty_installation_nothing_is_due() -> None:
    assert turn() == {}


def test_an_entry_is_told_the_day_is_closed_and_then_there_is_nothing_left() -> None:
    watch("lt-amber")
    turn()
    entry()
    assert turn() == {
        "ledger day": "head of 2026-11-21 signed",
        "changes": "1 × change to tell",
        "letters to watchers": "1 × letter written",
        "letters": "1 sent",
    }
    assert turn() == {}
    assert len(mail.outbox) == len(register.heads()) == 1


def test_open_data_are_written_once_a_day() -> None:
    entry()
    states = [
        [one.state.value for one in do_all(DUTIES, at=TOMORROW) if one.duty == "open data"] for _ in "ab"
    ]
    assert states == [["done"], ["nothing"]]
