"""Watching: asked, confirmed, stopped; nothing is told before, and nothing is kept after."""

from datetime import timedelta
from typing import Any

import pytest

from factories.apps import NOW, entry
from factories.watching import ADDRESS, HOOK, watch
from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.watching import services
from touchstone.apps.watching.models import Telling, Watch
from touchstone.apps.watching.services import ASKED_A_DAY, Refused, subscribe

pytestmark = pytest.mark.django_db
AMBER = [("lt-amber", "Amber Cluster")]
DAY = timedelta(days=1)


def ask(**fields: Any) -> None:
    subscribe(**{"address": ADDRESS, "organisations": AMBER, "at": NOW, **fields})


def test_asking_writes_one_letter_to_confirm_and_nothing_else() -> None:
    ask()
    (made,) = Watch.objects.all()
    (letter,) = OutgoingLetter.objects.all()
    assert (made.is_told, letter.to, letter.kind) == (False, ADDRESS, "confirmation")
    assert "- Amber Cluster" in letter.text
    assert "/watch/confirm/" in letter.text
    assert letter.headers == {}


def test_a_part_of_the_register_is_named_in_the_letter() -> None:
    ask(organisations=(), country="LT", level="gold")
    assert "- country: LT\n- level: gold" in OutgoingLetter.objects.get().text


def test_of_a_long_list_the_letter_names_the_first() -> None:
    ask(organisations=[(f"lt-{n}", f"Cluster {n}\nBcc: x") for n in range(25)])
    text = OutgoingLetter.objects.get().text
    assert "- Cluster 19 Bcc: x\n- and 5 more\n" in text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"address": "nobody"}, "Write a mail address"),
        ({"address": "a@example.org\nBcc: b@example.org"}, "Write a mail address"),
        ({"organisations": ()}, "Say what to watch"),
        ({"webhook": "http://example.org/"}, "https"),
        ({"webhook": "https://127.0.0.1/"}, "public name"),
        ({"organisations": [(f"k{n}", "") for n in range(501)]}, "501 organisations"),
    ],
)
def test_what_cannot_be_watched_is_refused(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        ask(**fields)
    assert (Watch.objects.count(), OutgoingLetter.objects.count()) == (0, 0)


def test_an_address_is_asked_to_confirm_a_few_times_a_day_at_most() -> None:
    for letters in range(ASKED_A_DAY + 3):
        ask(address=ADDRESS if letters % 2 else ADDRESS.upper())
    assert (OutgoingLetter.objects.count(), Watch.objects.count()) == (ASKED_A_DAY, ASKED_A_DAY)
    ask(at=NOW + DAY)
    assert OutgoingLetter.objects.count() == ASKED_A_DAY + 1


def test_all_addresses_together_are_asked_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "ASKED_OF_ALL", 2)
    for number in range(4):
        ask(address=f"{number}@example.org")
    assert OutgoingLetter.objects.count() == 2


def test_a_confirmed_watch_begins_at_the_last_entry_and_confirming_again_changes_nothing() -> None:
    entry()
    ask()
    handle = Watch.objects.get().handle
    first = services.confirm(handle=handle, at=NOW)
    entry(organisation="lt-other")
    again = services.confirm(handle=handle, at=NOW + DAY)
    assert [(one.confirmed, one.since, one.is_told) for one in (first, again)] == [(NOW, 1, True)] * 2


def test_what_was_not_confirmed_within_a_week_is_forgotten_with_its_letter() -> None:
    ask()
    kept = watch("lt-amber", address="other@example.org")
    assert services.forget(at=NOW + 7 * DAY) == 0
    assert services.forget(at=NOW + 7 * DAY + timedelta(seconds=1)) == 1
    assert (list(Watch.objects.all()), OutgoingLetter.objects.count()) == ([kept], 0)


def test_stopping_leaves_nothing_of_an_address() -> None:
    ask()
    one, other = Watch.objects.get(), watch("lt-amber", address="other@example.org")
    Telling.objects.create(watch=one, organisation="lt-amber", entry=1, made=NOW)
    services.stop(watch=one)
    with pytest.raises(Refused, match="gone"):
        services.found(one.handle)
    assert (list(Watch.objects.all()), Telling.objects.count(), OutgoingLetter.objects.count()) == (
        [other],
        0,
        0,
    )


def test_everything_of_an_address_is_stopped_at_once() -> None:
    ask()
    ask(address=ADDRESS.upper())
    other = watch("lt-amber", address="other@example.org")
    assert services.stop_all(address=ADDRESS) == 2
    assert list(Watch.objects.all()) == [other]


def test_everything_that_is_kept_can_be_taken_along() -> None:
    ask(webhook=HOOK)
    (letter,) = OutgoingLetter.objects.all()
    assert services.export(address=ADDRESS) == {
        "address": ADDRESS,
        "watches": [
            {
                "organisations": ["lt-amber"], "country": "", "portfolio": "", "level": "", "webhook": HOOK,
                "made": NOW, "confirmed": None, "webhook_answered": None, "stopped": None,
            }
        ],
        "letters": [{"made": NOW, "sent": None, "subject": letter.subject, "text": letter.text}],
    }  # fmt: skip


def test_what_was_told_is_forgotten_after_a_month_but_for_ends_to_come() -> None:
    made = watch("lt-amber")
    told = {"watch": made, "organisation": "x", "made": NOW, "handed": NOW}
    Telling.objects.create(**told, entry=1)
    for days in (10, 40):
        Telling.objects.create(**told, ends=NOW.date() + days * DAY, days=30)
    assert services.forget(at=NOW + 31 * DAY) == 1 + 1
    assert [one.ends for one in Telling.objects.all()] == [NOW.date() + 40 * DAY]
