"""A change of the key that signs: it has its place in the ledger, after which the old key signs no more."""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from touchstone.apps.register import signing
from touchstone.apps.register.histories import restored
from touchstone.apps.register.ledger import lock
from touchstone.apps.register.models import LedgerEntry, LedgerHead
from touchstone.core.labels.ledger import Retirement
from touchstone.output import keys
from touchstone.output.keys import KeyPair


@transaction.atomic
def rotate(*, at: datetime, lost: bool = False) -> KeyPair:
    """Let a new key sign from now on, and each older one no more. Nobody appends meanwhile.

    `at` is now (aware). Raises Unusable as `output.keys.rotate` does, and where the last entry is damaged.
    """
    lock()
    return keys.rotate(signing.folder(), _last(at), lost=lost)


@transaction.atomic
def mark_stolen(key: str, *, at: datetime) -> KeyPair:
    """Note that a key is in other hands. Where it is the one in use, a new one takes its place.

    Gives the key that signs from now on. Raises Unusable where there is no such key, or none in use.
    """
    lock()
    folder, last = signing.folder(), _last(at)
    pair = keys.load(folder)
    if pair.id == key:
        pair = keys.rotate(folder, last)
    keys.mark_stolen(folder, key, last)
    return pair


def _last(at: datetime) -> Retirement:
    """What older keys signed last. A clock that is behind the ledger is not believed."""
    entry, head = LedgerEntry.objects.order_by("-number").first(), LedgerHead.objects.order_by("-day").first()
    if entry:
        at = max(at, restored(entry).act.recorded)
    if head:
        at = max(at, datetime.combine(head.day + timedelta(days=1), time.min, tzinfo=UTC))
    return Retirement(at=at, entry=entry.number if entry else 0)
