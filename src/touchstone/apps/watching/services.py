"""Watching labels: asking, confirming, stopping. Only the mail address of a watcher is known and kept.

Whoever asks learns nothing about an address: the answer is the same whether it watches already, has asked too
often today, or was never seen.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from touchstone.apps.notices import services as notices
from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.refusal import Refused
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.watching import letters, wire
from touchstone.apps.watching.models import Telling, Watch, WatchedOrganisation
from touchstone.apps.watching.tokens import CONFIRM_WITHIN

__all__ = ["Refused", "confirm", "export", "forget", "stop", "stop_all", "subscribe"]

MOST = 500  # organisations in one watch
ASKED_A_DAY = 3  # letters of confirmation to one address
ASKED_OF_ALL = 2_000  # and to all together, so that nobody has us write to the whole world
KEPT = timedelta(days=30)


@transaction.atomic
def subscribe(
    *,
    address: str,
    at: datetime,
    organisations: Sequence[tuple[str, str]] = (),
    country: str = "",
    portfolio: str = "",
    level: str = "",
    webhook: str = "",
) -> None:
    """Ask for news of some organisations (key and name), or of a part of the register, by mail or webhook.

    Writes one letter that asks for confirmation, and nothing else. Refused where the address is none, the
    webhook cannot be one, or nothing is to be watched.
    """
    address = _address(address)
    if webhook:
        wire.check_form(webhook)
    if not organisations and not (country or portfolio or level):
        raise Refused(_("Say what to watch: an organisation, or a country, a portfolio or a level."))
    if len(organisations) > MOST:
        told = _("%(count)s organisations are too many for one watch; it takes %(most)s.")
        raise Refused(told % {"count": f"{len(organisations):,}", "most": MOST})
    if _asked_too_often(address, at):
        return
    watch = Watch.objects.create(
        address=address, webhook=webhook, country=country, portfolio=portfolio, level=level, made=at
    )
    keys = dict(organisations)
    WatchedOrganisation.objects.bulk_create(
        WatchedOrganisation(watch=watch, organisation=key) for key in keys
    )
    letters.ask_to_confirm(watch, names=list(keys.values()), at=at)
    notices.send_soon()


@transaction.atomic
def confirm(*, handle: uuid.UUID, at: datetime) -> Watch:
    """Begin a watch, by whoever read the letter. Repeating it changes nothing. Refused where it is gone."""
    watch = found(handle)
    begun = Watch.objects.filter(pk=watch.pk, confirmed=None).update(confirmed=at, since=_last_entry())
    if begun:
        watch.refresh_from_db()
    return watch


def found(handle: uuid.UUID) -> Watch:
    """The watch of that handle. Refused where there is none any more."""
    watch = Watch.objects.filter(handle=handle).first()
    if watch is None:
        raise Refused(
            _("This watch is gone: it was stopped, or not confirmed in time. You can ask for it again.")
        )
    return watch


@transaction.atomic
def stop(*, watch: Watch) -> None:
    """End a watch and forget all of it, letters too. Of its address nothing is left where it was the last."""
    OutgoingLetter.objects.filter(about=watch.handle.hex).delete()
    watch.delete()


@transaction.atomic
def stop_all(*, address: str) -> int:
    """End all watches of an address and forget everything; gives their number."""
    watches = list(of_address(address))
    for watch in watches:
        stop(watch=watch)
    return len(watches)


def of_address(address: str) -> list[Watch]:
    """The watches of an address, the newest first."""
    return list(Watch.objects.filter(address__iexact=address).prefetch_related("organisations"))


def export(*, address: str) -> dict[str, object]:
    """Everything that is kept of an address, in JSON's own types."""
    watches = of_address(address)
    written = OutgoingLetter.objects.filter(about__in=[watch.handle.hex for watch in watches])
    return {
        "address": address,
        "watches": [_watch_document(watch) for watch in watches],
        "letters": [
            {"made": letter.made, "sent": letter.sent, "subject": letter.subject, "text": letter.text}
            for letter in written
        ],
    }


def forget(*, at: datetime) -> int:
    """Delete what nobody confirmed within a week, and what was told a month ago; gives the number of rows."""
    number = 0
    for watch in Watch.objects.filter(confirmed=None, made__lt=at - CONFIRM_WITHIN):
        stop(watch=watch)
        number += 1
    told = Telling.objects.filter(handed__lt=at - KEPT)
    # One about an end stays until that end is over: it keeps the same from being told again.
    number += told.exclude(ends__gte=at.date()).delete()[0]
    return number


def _watch_document(watch: Watch) -> dict[str, object]:
    return {
        "organisations": [one.organisation for one in watch.organisations.all()],
        "country": watch.country,
        "portfolio": watch.portfolio,
        "level": watch.level,
        "webhook": watch.webhook,
        "made": watch.made,
        "confirmed": watch.confirmed,
        "webhook_answered": watch.answered,
        "stopped": watch.stopped,
    }


def _address(text: str) -> str:
    """An address with its host in small letters. Refuses what is none."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(_("Write a mail address such as name@example.org.")) from error
    name, _at, host = address.rpartition("@")
    return f"{name}@{host.lower()}"


def _asked_too_often(address: str, at: datetime) -> bool:
    today = OutgoingLetter.objects.filter(kind=letters.CONFIRMATION, made__gt=at - timedelta(days=1))
    return today.filter(to__iexact=address).count() >= ASKED_A_DAY or today.count() >= ASKED_OF_ALL


def _last_entry() -> int:
    last = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first()
    return last or 0
