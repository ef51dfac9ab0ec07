"""Misuse of badges: which hosts still show the badge of a label that was stopped or has long run out.

Counted are requests that reach this installation; what a cache in between answers, nobody sees. Of a request
only the name of the host is looked at, and neither its page nor whoever opened it.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from touchstone.apps.badges.models import Sighting

HOSTS_A_DAY: Final = 50  # of one organisation; those that come later are counted together
WRITTEN_EVERY: Final = timedelta(seconds=60)
TOGETHER: Final = ""  # the host of all that came after the bound

_HOST = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)

_log = logging.getLogger(__name__)


def host_of(referrer: str) -> str:
    """The host of the page that a browser names, in lower case; empty where that is no name of a host.

    Numbered addresses and names without a dot are machines of somebody's own network, and are left out.
    """
    try:
        host = urlsplit(referrer[:2000]).hostname or ""
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""


class Tally:
    """What one process has counted and not yet written.

    The first request of a host is written at once, so that the page misses nobody; further ones are written
    together, once a minute at most. What was counted since is lost when a process is killed.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._day = date.min
        self._hosts: dict[str, set[str]] = defaultdict(set)
        self._waiting: dict[tuple[str, str, date], int] = defaultdict(int)
        self._written_at = datetime.min.replace(tzinfo=UTC)

    def note(self, organisation: str, host: str, *, at: datetime) -> None:
        """Count one request for the badge of an organisation (its key) by a page of a host."""
        day = timezone.localdate(at)
        with self._lock:
            if day != self._day:
                self._begin(day)
            known = self._hosts[organisation]
            host = host if host in known or len(known) < HOSTS_A_DAY else TOGETHER
            self._waiting[organisation, host, day] += 1
            due = host not in known or not timedelta() <= at - self._written_at < WRITTEN_EVERY
            known.add(host)
            if due:
                self._write(at)

    def _begin(self, day: date) -> None:
        self._day = day
        self._hosts.clear()
        _tried(partial(forget, on=day))

    def _write(self, at: datetime) -> None:
        waiting, self._waiting = self._waiting, defaultdict(int)
        self._written_at = at
        for (organisation, host, day), count in waiting.items():
            _tried(partial(_add, organisation, host, day, count))


def forget(*, on: date) -> None:
    """Delete what was counted longer ago than an installation keeps it."""
    Sighting.objects.before(on - timedelta(days=settings.TOUCHSTONE_MISUSE_DAYS)).delete()


@transaction.atomic
def _add(organisation: str, host: str, day: date, count: int) -> None:
    that_day = Sighting.objects.filter(organisation=organisation, day=day)
    # Other processes count too, so that the bound is looked at again where it holds for all.
    if not that_day.filter(host=host).exists() and that_day.count() >= HOSTS_A_DAY:
        host = TOGETHER
    _, made = Sighting.objects.get_or_create(
        organisation=organisation, host=host, day=day, defaults={"count": count}
    )
    if not made:
        that_day.filter(host=host).update(count=F("count") + count)


def _tried(write: Callable[[], None]) -> None:
    """Write what can be written: no page loses its badge because something could not be counted."""
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        _log.warning("A misused badge could not be counted.", exc_info=True)


tally: Final = Tally()
