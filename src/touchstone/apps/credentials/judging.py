"""The bits of the status lists, brought up to the ledger's last entry and to the day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Max, Min, Q

from touchstone.apps import pack
from touchstone.apps.credentials.models import IssuedCredential, StatusList
from touchstone.apps.credentials.rules import Asking, Granted, Judgement, judgement
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.services import history, lock
from touchstone.core.labels.model import Entry, LabelLevel

# All that the ledger holds counts, also an entry whose record is some seconds ahead of who asks.
EVERYTHING = datetime.max.replace(tzinfo=UTC)


def bring_up_to_date(*, at: datetime) -> None:
    """Judge again each credential whose organisation has new entries, or for which a day has come.

    Costs one small question where there is nothing to do.
    """
    if _is_due(at):
        with transaction.atomic():
            lock()
            _judge_again(at)


def judged(credential: IssuedCredential, entries: Iterable[Entry], *, on: date) -> Judgement:
    """How a credential stands on a day, by the entries of its organisation. What is outdated remains so."""
    asked = Asking(on=on, known=EVERYTHING, rule_sets=pack.scheme().rule_sets)
    now = judgement(granted(credential), entries, asked)
    return replace(now, outdated=True, revoked=True) if credential.outdated else now


def granted(credential: IssuedCredential) -> Granted:
    """What a credential says was granted."""
    return Granted(
        number=credential.number,
        level=LabelLevel(credential.level),
        valid_from=credential.valid_from,
        valid_until=credential.valid_until,
    )


def count_change(number: int, *, revoked: bool, suspended: bool, at: datetime) -> None:
    """Let a pair of lists have another edition where one of its bits has changed."""
    lists = StatusList.objects.filter(number=number)
    if revoked:
        lists.update(revocation_changed_at=at, revocation_edition=F("revocation_edition") + 1)
    if suspended:
        lists.update(suspension_changed_at=at, suspension_edition=F("suspension_edition") + 1)


def last_entry() -> int:
    """The number of the ledger's last entry; 0 before the first."""
    return LedgerEntry.objects.aggregate(last=Max("number"))["last"] or 0


def _is_due(at: datetime) -> bool:
    # Written by hand: this is asked before each credential and each list, and building it took most of that.
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [at.date()])
        oldest, last, come = cursor.fetchone()
    return oldest is not None and (oldest < (last or 0) or bool(come))


_DUE: Final = f"""
    SELECT (SELECT MIN(judged) FROM {StatusList._meta.db_table}),
        (SELECT MAX(number) FROM {LedgerEntry._meta.db_table}),
        EXISTS (SELECT 1 FROM {IssuedCredential._meta.db_table} WHERE again_on <= %s)
"""  # noqa: S608, SLF001  (our own)


def _oldest() -> int | None:
    oldest: int | None = StatusList.objects.aggregate(oldest=Min("judged"))["oldest"]
    return oldest


def _judge_again(at: datetime) -> None:
    last = last_entry()
    touched = LedgerEntry.objects.filter(number__gt=_oldest() or 0).values("organisation")
    due = IssuedCredential.objects.filter(Q(organisation__in=touched) | Q(again_on__lte=at.date()))
    for organisation, credentials in groupby(due.order_by("organisation"), lambda one: one.organisation):
        entries = history(organisation)
        for credential in credentials:
            _keep(credential, judged(credential, entries, on=at.date()), at)
    StatusList.objects.filter(judged__lt=last).update(judged=last)


def _keep(credential: IssuedCredential, now: Judgement, at: datetime) -> None:
    count_change(
        credential.list_id,
        revoked=credential.revoked != now.revoked,
        suspended=credential.suspended != now.suspended,
        at=at,
    )
    for name in ("outdated", "revoked", "suspended", "again_on"):
        setattr(credential, name, getattr(now, name))
    credential.save(update_fields=["outdated", "revoked", "suspended", "again_on"])
