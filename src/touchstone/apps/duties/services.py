"""Duties: each done by one process at a time, and a failing one stops no other."""

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q

from touchstone.apps.duties.models import Duty

LEASE = timedelta(minutes=15)  # after this, a process that took a duty is taken for dead
_DAILY = timedelta(days=1)
_log = logging.getLogger(__name__)

Work = Callable[[datetime], str]  # given now; says what it did, or nothing where nothing was due


class State(StrEnum):
    """How a turn of a duty went."""

    DONE = "done"
    NOTHING = "nothing"  # nothing was due
    BUSY = "busy"  # another process is at it
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What has to be done: each time, or once a day (in UTC)."""

    name: str
    work: Work
    daily: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How a duty's turn went; `told` says what was done, or why it failed."""

    duty: str
    state: State
    told: str = ""

    def as_document(self) -> dict[str, str]:
        return {"duty": self.duty, "state": self.state.value, "told": self.told}


def do_all(duties: Iterable[Due], *, at: datetime) -> tuple[Turn, ...]:
    """Do each duty that is due and that no other process is at, in their order."""
    return tuple(do(due, at=at) for due in duties)


def do(due: Due, *, at: datetime) -> Turn:
    """One turn of a duty. Whatever its work raises is kept and told, and goes no further."""
    Duty.objects.get_or_create(name=due.name)
    if due.daily and Duty.objects.filter(_done_today(at), name=due.name).exists():
        return Turn(duty=due.name, state=State.NOTHING)
    claim = uuid.uuid4()
    free = Q(busy_until=None) | Q(busy_until__lte=at) | Q(busy_until__gt=at + LEASE)  # the clock was set back
    if not Duty.objects.filter(free, name=due.name).update(claim=claim, busy_until=at + LEASE):
        return Turn(duty=due.name, state=State.BUSY)
    try:
        told = due.work(at)
    except Exception as error:  # noqa: BLE001  (whatever went wrong: the other duties go on, and it is told)
        _log.debug("duty %s failed", due.name, exc_info=True)
        problem = f"{type(error).__name__}: {error}"
        _release(claim, failed=at, failure=problem)
        return Turn(duty=due.name, state=State.FAILED, told=problem)
    _release(claim, done=at, failure="")
    return Turn(duty=due.name, state=State.DONE if told else State.NOTHING, told=told)


def _done_today(at: datetime) -> Q:
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(done__gte=midnight, done__lt=midnight + _DAILY)


def _release(claim: uuid.UUID, **outcome: object) -> None:
    """Only for who still holds it: a process that was taken for dead releases nothing of its successor's."""
    Duty.objects.filter(claim=claim).update(claim=None, busy_until=None, **outcome)
