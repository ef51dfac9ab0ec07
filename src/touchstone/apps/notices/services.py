"""Letters by e-mail: written with what they tell, in one transaction, and sent afterwards.

A letter is claimed before it is handed over. Who is killed in between leaves it claimed: it is never sent
again, and shows as unclear. So a kill risks "not at all", never "twice". A server that breaks off while it
takes a letter is asked again, with the same Message-ID.
"""

import smtplib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q

from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.refusal import Refused

__all__ = ["Refused", "Sending", "forget", "send_due", "send_soon", "write"]

# How long to wait after the first failure, the second …; after the last, a letter is given up.
DISTANCES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440, 1440))
TAKEN_FOR_DEAD = timedelta(minutes=15)
KEPT = timedelta(days=30)  # so long a letter that is done with stays in the list
A_TURN = 200  # letters; the next turn comes in a minute
State = OutgoingLetter.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What came of a turn. `failed` are tried again."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    unclear: int = 0

    def __str__(self) -> str:
        counts = {
            "sent": self.sent, "failed, tried again later": self.failed,
            "given up": self.given_up, "unclear after a stop": self.unclear,
        }  # fmt: skip
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def write(
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    at: datetime,
    about: str = "",
    headers: Mapping[str, str] | None = None,
) -> OutgoingLetter:
    """A letter that will be sent once the transaction holds. Refuses an address or a header that is none."""
    try:
        validate_email(to)
    except ValidationError as error:
        raise Refused(f"“{to}” is no e-mail address.") from error
    lines = (to, subject, *(headers or {}), *(headers or {}).values())
    if any(not line.isprintable() for line in lines):
        raise Refused("A head line of a letter holds a line break, or another character that it may not.")
    return OutgoingLetter.objects.create(
        to=to, subject=subject, text=text, kind=kind, about=about, headers=dict(headers or {}), made=at,
        next_try=at,
    )  # fmt: skip


def send_soon() -> None:
    """Have the worker send what waits as soon as the transaction holds."""
    from touchstone.apps.notices.tasks import send_letters

    transaction.on_commit(send_letters.enqueue)


def send_due(*, at: datetime) -> Sending:
    """Send the letters that are due, each once, the oldest first. Every failure is kept with its letter."""
    unclear = _tell_unclear(at)
    outcomes: list[str] = []
    connection = get_connection(fail_silently=False)
    with closing(connection):
        for pk in _due(at):
            letter = _claimed(pk, at)
            if letter is None:
                continue
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                # The server does not answer: the others need not find out one by one.
                outcomes.append(_failed(letter, error, at))
                break
            outcomes.append(_sent(letter, connection, at))
    return Sending(
        sent=outcomes.count(State.SENT),
        failed=outcomes.count(State.WAITING),
        given_up=outcomes.count(State.GIVEN_UP),
        unclear=unclear,
    )


def forget(*, at: datetime) -> int:
    """Delete the letters that were done with a month ago; gives their number."""
    over = (State.SENT, State.GIVEN_UP, State.UNCLEAR)
    return OutgoingLetter.objects.filter(state__in=over, made__lt=at - KEPT).delete()[0]


def _due(at: datetime) -> list[int]:
    # A new letter is always due, and one that waits for longer than it may as well: the clock was set back.
    due = Q(tries=0) | Q(next_try__lte=at) | Q(next_try__gt=at + max(DISTANCES))
    waiting = OutgoingLetter.objects.filter(due, state=State.WAITING).order_by("next_try", "pk")
    return list(waiting.values_list("pk", flat=True)[:A_TURN])


def _claimed(pk: int, at: datetime) -> OutgoingLetter | None:
    """The letter, if no other process has taken it. Committed before it is handed over."""
    waiting = OutgoingLetter.objects.filter(pk=pk, state=State.WAITING)
    taken = waiting.update(state=State.SENDING, claimed=at, tries=F("tries") + 1)
    return OutgoingLetter.objects.get(pk=pk) if taken else None


def _sent(letter: OutgoingLetter, connection: BaseEmailBackend, at: datetime) -> str:
    try:
        _message(letter, connection).send()
    except Exception as error:  # noqa: BLE001  (whatever a server or a backend raises: the others go on)
        connection.close()
        return _failed(letter, error, at)
    return _over(letter, State.SENT, sent=at, failure="")


def _message(letter: OutgoingLetter, connection: BaseEmailBackend) -> EmailMessage:
    host = urlsplit(settings.TOUCHSTONE_ADDRESS).hostname or "localhost"
    own = {"Message-ID": f"<{letter.handle}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        letter.subject, letter.text, None, [letter.to], headers={**own, **letter.headers},
        connection=connection,
    )  # fmt: skip


def _failed(letter: OutgoingLetter, error: Exception, at: datetime) -> str:
    failure = f"{type(error).__name__}: {error}"[:1000]
    if letter.tries > len(DISTANCES) or _is_final(error):
        return _over(letter, State.GIVEN_UP, failure=failure)
    later = at + DISTANCES[letter.tries - 1]
    return _over(letter, State.WAITING, next_try=later, claimed=None, failure=failure)


def _over(letter: OutgoingLetter, state: str, **fields: object) -> str:
    OutgoingLetter.objects.filter(pk=letter.pk, state=State.SENDING).update(state=state, **fields)
    return state


def _is_final(error: Exception) -> bool:
    """Whether the server will never take it: it knows no such mailbox, or refuses the letter for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _tell_unclear(at: datetime) -> int:
    """Letters that somebody claimed and never came back from. They may have been sent."""
    lost = Q(claimed__lt=at - TAKEN_FOR_DEAD) | Q(claimed__gt=at + TAKEN_FOR_DEAD)
    return OutgoingLetter.objects.filter(lost, state=State.SENDING).update(state=State.UNCLEAR)
