"""Webhooks: a challenge first, then one call for each thing that is told, in order, signed.

The form is that of Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature: v1a,…`); the
signature is Ed25519 by the installation's key. A call that failed, or whose end nobody saw, comes again with
the same id: whoever receives it passes over an id that is there already.
"""

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.core import signing as tokens
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from touchstone.apps.register import services as register
from touchstone.apps.register import signing
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.watching import letters, telling
from touchstone.apps.watching.models import Telling, Watch
from touchstone.apps.watching.wire import INTERNET, Road, Unreachable, post

DISTANCES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480, 1440, 1440, 1440))
MOST_FAILURES = len(DISTANCES) + 1  # in a row; then it is called no more, and its watcher is told
LEASE = timedelta(minutes=5)
CALLS = 50  # to one webhook in a turn
TURN_SECONDS = 60


class Signer(Protocol):
    """What signs the calls."""

    @property
    def id(self) -> str:
        """The id of the key."""

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""


@dataclass(slots=True)
class Calls:
    """What came of a turn."""

    made: int = 0
    failed: int = 0
    stopped: int = 0

    def __str__(self) -> str:
        counts = {"made": self.made, "failed": self.failed, "webhooks stopped": self.stopped}
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def call_due(*, at: datetime, road: Road = INTERNET, clock: Callable[[], float] = time.monotonic) -> Calls:
    """Call each webhook that has something to be told. One that fails keeps no other waiting for long."""
    calls, began = Calls(), clock()
    for pk in list(_due(at).values_list("pk", flat=True)):
        if clock() - began > TURN_SECONDS:
            break
        if _due(at).filter(pk=pk).update(busy_until=at + LEASE):
            watch = Watch.objects.get(pk=pk)
            try:
                _call(watch, calls, at, road)
            finally:
                Watch.objects.filter(pk=pk).update(busy_until=None)
    return calls


def _due(at: datetime) -> QuerySet[Watch]:
    # Times further ahead than any that we set were set by a clock that has been put back.
    free = Q(busy_until=None) | Q(busy_until__lte=at) | Q(busy_until__gt=at + LEASE)
    due = Q(next_try=None) | Q(next_try__lte=at) | Q(next_try__gt=at + max(DISTANCES))
    something = Q(answered=None) | Q(pk__in=Telling.objects.filter(handed=None).values("watch"))
    wanted = Watch.objects.exclude(webhook="").filter(confirmed__isnull=False, stopped=None)
    return wanted.filter(free, due, something).order_by("pk")


def _call(watch: Watch, calls: Calls, at: datetime, road: Road) -> None:
    signer = signing.signer(first=not LedgerEntry.objects.exists())
    try:
        if watch.answered is None:
            _shake_hands(watch, signer, at, road)
            calls.made += 1
        for one in watch.tellings.filter(handed=None)[:CALLS]:
            document = _document(one, at)
            if document["text"]:  # an end that is over needs no reminder
                _send(watch.webhook, str(one.handle), document, signed=_Signed(signer, at), road=road)
                calls.made += 1
            Telling.objects.filter(pk=one.pk).update(handed=at)
    except Unreachable as failure:
        calls.failed += 1
        calls.stopped += _failed(watch, str(failure), at)
    else:
        Watch.objects.filter(pk=watch.pk).update(failures=0, failure="", next_try=None)


def _shake_hands(watch: Watch, signer: Signer, at: datetime, road: Road) -> None:
    """Ask the webhook to give back a challenge: nobody else's server does that."""
    challenge = tokens.Signer(salt="watching.challenge").signature(watch.handle.hex)
    body = {"type": "confirmation", "made": at.isoformat(), "challenge": challenge}
    given = _send(watch.webhook, str(watch.handle), body, signed=_Signed(signer, at), road=road)
    if challenge.encode() not in given:
        raise Unreachable("its answer does not hold the challenge that it was given")
    last = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    Watch.objects.filter(pk=watch.pk).update(answered=at, since=last)


@dataclass(frozen=True, slots=True)
class _Signed:
    """By whom and when a call is signed."""

    signer: Signer
    at: datetime

    def headers(self, id: str, body: bytes) -> dict[str, str]:
        moment = str(int(self.at.timestamp()))
        signature = self.signer.sign(f"{id}.{moment}.".encode() + body)
        return {
            "webhook-id": id,
            "webhook-timestamp": moment,
            "webhook-signature": f"v1a,{base64.b64encode(signature).decode()}",
            "webhook-key": self.signer.id,
        }


def _send(address: str, id: str, document: Mapping[str, object], *, signed: _Signed, road: Road) -> bytes:
    body = json.dumps({"id": id, **document}, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "Touchstone", **signed.headers(id, body)}
    return post(address, body, headers, road=road)


def _document(one: Telling, at: datetime) -> dict[str, object]:
    page = settings.TOUCHSTONE_ADDRESS + reverse("public:organisation", args=[one.organisation])
    said = list(telling.lines_of([one], today=at.date()))
    return {
        "type": "entry" if one.entry is not None else "reminder",
        "made": one.made.isoformat(),
        "organisation": one.organisation,
        "text": said[0] if said else "",
        "page": page,
        "entry": register.entry_document(telling.entry_of(one.entry)) if one.entry is not None else None,
        "level": one.level or None,
        "ends": one.ends.isoformat() if one.ends else None,
    }


@transaction.atomic
def _failed(watch: Watch, failure: str, at: datetime) -> bool:
    """Keep a failure. After too many in a row the webhook is called no more; gives whether that is so now."""
    watch.failures += 1
    watch.failure = failure
    over = watch.failures >= MOST_FAILURES
    watch.next_try = None if over else at + DISTANCES[watch.failures - 1]
    watch.stopped = at if over else None
    watch.save(update_fields=["failures", "failure", "next_try", "stopped"])
    if over:
        letters.tell_stopped(watch, at=at)
    return over
