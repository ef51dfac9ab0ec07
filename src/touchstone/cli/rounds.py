"""What `touchstone doctor` asks of an installation at work: guards, heads, duties, letters, address."""

import ipaddress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

Finding = tuple[bool, str, str]  # passed, what was seen, how to mend it

LATE = timedelta(days=1)  # duties are done every minute; a machine may be off for a night
HOW_TO_MEND = "touchstone doctor --mend"
BY_HAND = "Keep `touchstone serve` running, or do it now: touchstone due"


def guards() -> Finding:
    """Whether the database itself still refuses to change the ledger."""
    from touchstone.apps.register.guards import missing

    gone = missing()
    if gone:
        said = f"the ledger can be changed; not in force: {', '.join(gone)}"
        return False, said, f"Put back: {HOW_TO_MEND}. Then compare with a copy: touchstone ledger verify"
    return True, "the database refuses every change of the ledger", ""


def heads(at: datetime | None = None) -> Finding:
    """Whether each day that is over `at` a moment (now) has its signed head, which shows back-dating."""
    from touchstone.apps.register.histories import restored
    from touchstone.apps.register.models import LedgerEntry, LedgerHead

    tail = LedgerEntry.objects.order_by("-number").first()
    if tail is None:
        return True, "the ledger is empty", ""
    last = LedgerHead.objects.order_by("-day").values_list("day", flat=True).first()
    closed = last or restored(tail).act.recorded.date() - timedelta(days=1)
    open_days = ((at or _now()).date() - closed).days - 1
    said = f"the last closed day is {last}" if last else "no day is closed yet"
    if open_days <= 0:
        return True, said, ""
    # The day just over is closed by the next turn of the duties.
    return open_days == 1, f"{said}; days over and not closed: {open_days}", BY_HAND


def duties(at: datetime | None = None) -> Finding:
    """Whether what is due every minute was done by a moment (now), and went well."""
    from touchstone.apps.duties.models import Duty

    known = list(Duty.objects.all())
    failed = [one for one in known if one.failure]
    if failed:
        more = f" ({len(failed)} duties failed)" if len(failed) > 1 else ""
        return False, f"{failed[0].name} failed{more}: {failed[0].failure}", "Mend that, then: touchstone due"
    done = [one.done for one in known if one.done]
    if not done:
        return True, "nothing was done yet", BY_HAND
    said = f"last done {max(done):%Y-%m-%d %H:%M} UTC"
    return (True, said, "") if (at or _now()) - max(done) <= LATE else (False, said, BY_HAND)


def mail() -> Finding:
    """Whether letters go out to those who wait for them."""
    from django.conf import settings
    from django.db.models import Q

    from touchstone.apps.notices.models import OutgoingLetter
    from touchstone.apps.watching.models import Watch

    waiting = Watch.objects.filter(Q(webhook="") & Q(stopped=None)).count()
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        said = f"no mail server; letters lie in {settings.TOUCHSTONE_HOME / 'letters'}"
        watched = f"; watches by mail: {waiting}" if waiting else ""
        return (
            not waiting,
            said + watched,
            "Set TOUCHSTONE_MAIL=smtp+tls://USER:PASSWORD@mail.example.org:587",
        )
    lost = OutgoingLetter.objects.filter(state=OutgoingLetter.State.GIVEN_UP).order_by("-made")
    if newest := lost.first():
        said = f"letters given up: {lost.count()}; the newest: {newest.failure}"
        return False, said, "Check TOUCHSTONE_MAIL, and the addresses in the administration."
    return True, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}", ""


def address() -> Finding:
    """Whether others find what this installation prints on labels. Passes: a trial needs no address."""
    from django.conf import settings

    here: str = settings.TOUCHSTONE_ADDRESS
    parts = urlsplit(here)
    if is_local(parts.hostname or ""):
        said = f"{here}; labels issued without a public address cannot be checked by others"
        return True, said, "Before the first real label set TOUCHSTONE_ADDRESS=https://labels.example.org"
    if parts.scheme != "https" or _is_numeric(parts.hostname or ""):
        said = f"{here}; others check credentials at https and a name only"
        return True, said, "Set TOUCHSTONE_ADDRESS=https://labels.example.org"
    return True, here, ""


def is_local(host: str) -> bool:
    """Whether a host is this machine to whoever asks, so that nobody else finds it."""
    if _is_numeric(host):
        number = ipaddress.ip_address(host)
        return number.is_loopback or number.is_unspecified
    return not host or host == "localhost" or host.endswith(".localhost")


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _now() -> datetime:
    return datetime.now(UTC)
