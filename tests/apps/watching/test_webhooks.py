"""Webhooks: a challenge, signed calls in order, failures told; the server is the test's own."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from factories.apps import NOW, entry
from factories.watching import ADDRESS, HOOK, Hook, hook, watch
from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.register import signing
from touchstone.apps.watching import telling
from touchstone.apps.watching.models import Telling, Watch
from touchstone.apps.watching.webhooks import DISTANCES, LEASE, MOST_FAILURES, call_due

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server() -> Iterator[Hook]:
    with hook() as playing:
        yield playing


@pytest.fixture(autouse=True)
def begun() -> None:
    telling.gather(at=NOW)


def an_event() -> None:
    entry()
    telling.gather(at=NOW)


AWARDED = (
    "Amber Cluster: the Bronze label was awarded, valid from 12 October 2026 until 31 October 2028. "
    "(Ledger entry 1.)"
)


def documents(server: Hook) -> list[Any]:
    return [json.loads(body) for _, _, body in server.heard]


def now() -> Watch:
    return Watch.objects.get()


def test_an_entry_is_told_with_its_proof_and_in_words(server: Hook) -> None:
    watch("lt-amber", webhook=HOOK)
    an_event()
    assert [str(call_due(at=NOW, road=server.road())), str(call_due(at=NOW, road=server.road()))] == [
        "1 made",
        "",
    ]
    (told,) = documents(server)
    (note,) = Telling.objects.all()
    assert told["entry"]["act"]["organisation"] == "lt-amber"
    assert {name: told[name] for name in ("id", "type", "organisation", "text", "page", "level", "ends")} == {
        "id": str(note.handle),
        "type": "entry",
        "organisation": "lt-amber",
        "text": AWARDED,
        "page": "http://localhost:8000/register/lt-amber/",
        "level": None,
        "ends": None,
    }
    assert ADDRESS not in server.heard[0][2].decode()


def test_each_call_is_signed_by_the_key_of_the_ledger(server: Hook) -> None:
    watch("lt-amber", webhook=HOOK)
    an_event()
    call_due(at=NOW, road=server.road())
    ((_, headers, body),) = server.heard
    signer = signing.signer(first=False)
    version, _, signature = headers["webhook-signature"].partition(",")
    message = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    Ed25519PublicKey.from_public_bytes(signer.public).verify(base64.b64decode(signature), message)
    assert (version, headers["webhook-key"], headers["webhook-timestamp"]) == (
        "v1a",
        signer.id,
        str(int(NOW.timestamp())),
    )


def test_a_webhook_gives_back_its_challenge_before_it_is_told_anything(server: Hook) -> None:
    entry()
    watch("lt-amber", webhook=HOOK, answered=None)
    assert str(call_due(at=NOW, road=server.road())) == "1 made"
    (asked,) = documents(server)
    assert (sorted(asked), asked["type"]) == (["challenge", "id", "made", "type"], "confirmation")
    assert (now().answered, now().since, now().is_told) == (NOW, 1, True)


def test_a_server_that_does_not_give_back_the_challenge_is_told_nothing(server: Hook) -> None:
    server.answer = lambda _: (200, b"welcome")
    watch("lt-amber", webhook=HOOK, answered=None)
    assert str(call_due(at=NOW, road=server.road())) == "1 failed"
    assert (now().is_told, now().failure) == (
        False,
        "its answer does not hold the challenge that it was given",
    )


def test_what_nobody_confirmed_by_mail_is_not_called(server: Hook) -> None:
    watch("lt-amber", webhook=HOOK, answered=None, confirmed=None)
    assert (str(call_due(at=NOW, road=server.road())), server.heard) == ("", [])


def test_inner_addresses_are_not_called(server: Hook) -> None:
    watch("lt-amber", webhook=HOOK, answered=None)
    assert str(call_due(at=NOW, road=server.road("127.0.0.1"))) == "1 failed"
    assert (server.heard, now().failure) == (
        [],
        "its name does not lead to public addresses of the internet alone",
    )


def test_calls_come_in_order_and_stop_at_the_first_that_fails(server: Hook) -> None:
    watch("lt-amber", webhook=HOOK)
    for _ in range(3):
        an_event()
    answers = iter([200, 500, 200, 200])
    server.answer = lambda _: (next(answers), b"")
    assert str(call_due(at=NOW, road=server.road())) == "1 made, 1 failed"
    assert str(call_due(at=NOW + MINUTE, road=server.road())) == "2 made"
    numbers = [told["entry"]["number"] for told in documents(server)]
    assert (numbers, now().failures) == ([1, 2, 2, 3], 0)


def test_a_call_that_comes_again_has_the_same_id(server: Hook) -> None:
    watch("lt-amber", webhook=HOOK)
    an_event()
    server.answer = lambda _: (503, b"")
    call_due(at=NOW, road=server.road())
    call_due(at=NOW + MINUTE, road=server.road())
    first, again = (headers["webhook-id"] for _, headers, _ in server.heard)
    assert first == again


def test_after_failures_at_growing_distances_a_webhook_is_stopped_and_told(
    server: Hook,
) -> None:
    watch("lt-amber", webhook=HOOK)
    an_event()
    server.answer = lambda _: (410, b"")
    moment, early = NOW, []
    for distance in DISTANCES:
        assert str(call_due(at=moment, road=server.road())) == "1 failed"
        early.append(str(call_due(at=moment + distance - timedelta(seconds=1), road=server.road())))
        moment += distance
    assert str(call_due(at=moment, road=server.road())) == "1 failed, 1 webhooks stopped"
    assert str(call_due(at=moment + timedelta(days=99), road=server.road())) == ""
    (letter,) = OutgoingLetter.objects.all()
    assert (set(early), letter.to, now().stopped, len(server.heard)) == ({""}, ADDRESS, moment, MOST_FAILURES)
    assert "has failed 10 times in a row" in letter.text
    assert "it answered 410" in letter.text


def test_one_webhook_that_fails_keeps_no_other_waiting(server: Hook) -> None:
    watch("lt-amber", webhook="https://broken.example.org/")
    watch("lt-amber", webhook=HOOK)
    an_event()
    server.answer = lambda _: (200 if len(server.heard) > 1 else 500, b"")
    assert str(call_due(at=NOW, road=server.road())) == "1 made, 1 failed"


def test_a_turn_ends_when_its_time_is_over(server: Hook) -> None:
    watch("lt-amber", webhook=HOOK)
    watch("lt-amber", webhook=HOOK)
    an_event()
    clock = iter([0.0, 1.0, 61.0])
    assert str(call_due(at=NOW, road=server.road(), clock=lambda: next(clock))) == "1 made"


@pytest.mark.parametrize(
    ("later", "calls"),
    [(timedelta(0), 0), (LEASE - MINUTE, 0), (LEASE, 1), (-timedelta(days=1), 1)],
)
def test_a_killed_process_holds_a_webhook_no_longer_than_its_lease(
    server: Hook, later: timedelta, calls: int
) -> None:
    watch("lt-amber", webhook=HOOK, busy_until=NOW + LEASE)
    an_event()
    assert call_due(at=NOW + later, road=server.road()).made == calls


def test_a_reminder_is_told_with_its_day(server: Hook) -> None:
    entry()
    watch("lt-amber", webhook=HOOK, since=1)
    at = NOW.replace(year=2028, month=10, day=21)
    telling.remind(at=at)
    call_due(at=at, road=server.road())
    (told,) = documents(server)
    assert (told["type"], told["level"], told["ends"], told["entry"]) == (
        "reminder",
        "bronze",
        "2028-10-31",
        None,
    )


def test_a_reminder_that_is_over_is_not_told(server: Hook) -> None:
    entry()
    watch("lt-amber", webhook=HOOK, since=1)
    telling.remind(at=NOW.replace(year=2028, month=10, day=21))
    assert str(call_due(at=NOW.replace(year=2028, month=11, day=2), road=server.road())) == ""
    assert (server.heard, Telling.objects.filter(handed=None).count()) == ([], 0)
