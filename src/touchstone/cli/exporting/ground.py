"""What the files of an organisation rest on: when it is the same as before, so are they.

They follow from the program and its settings, from the entries of the organisation and of those that it
became or came from, and from days: a label ends, a name begins to count. In between nothing changes.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Count, Max

import touchstone
from touchstone.apps import pack
from touchstone.apps.credentials.models import IssuedCredential
from touchstone.apps.credentials.services import did_document_text
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register.models import LedgerEntry, RegisterSuccession
from touchstone.apps.register.services import history
from touchstone.core.labels.known import as_known, told
from touchstone.core.labels.model import Entry
from touchstone.core.labels.status import courses
from touchstone.web.public.register.timeline import FARTHEST

FORMAT: Final = "2"  # changes when an export is made in another way of the same answers
# Settings that are about this machine and its home, not about what pages say.
_OF_THE_MACHINE: Final = {"TOUCHSTONE_HOME", "TOUCHSTONE_DEMONSTRATION"}
_DAY: Final = timedelta(days=1)
_AT_ONCE: Final = 500  # organisations asked for by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an organisation's files rest on, as of a day.

    `others` are the keys of those that its entries name, `first` and `last` the days between which files made
    now stay right. `since` and `known` are the last day and the last moment at which what they say changed.
    """

    others: tuple[str, ...]
    first: date
    last: date
    since: date
    known: datetime
    grants: tuple[int, ...]  # numbers of the entries that granted a label by then


@dataclass(slots=True)
class Sources:
    """What the ledger and the application hold of organisations, read at once: of some of them, or of all.

    `stamp` is what all of them rest on.
    """

    stamp: str
    last_entries: dict[str, str] = field(default_factory=dict)  # organisation → hash of its last entry
    origins: dict[str, list[str]] = field(default_factory=dict)  # organisation → what became it
    credentials: dict[str, tuple[int, int]] = field(default_factory=dict)  # how many, and the last one
    organisations: dict[str, tuple[str, bool]] = field(default_factory=dict)  # name, and whether invented

    @classmethod
    def of(cls, stamp: str, keys: Sequence[str] | None = None) -> "Sources":
        """Of organisations by their keys; None reads all, in a few questions."""
        made = cls(stamp)
        if keys is None:
            made._read({})
        else:
            for start in range(0, len(keys), _AT_ONCE):
                made._read({"organisation__in": keys[start : start + _AT_ONCE]})
        return made

    def _read(self, which: Mapping[str, object]) -> None:
        ends = (
            LedgerEntry.objects.filter(**which).order_by().values("organisation").annotate(last=Max("number"))
        )
        numbers = {row["last"]: row["organisation"] for row in ends.iterator()}
        entries = LedgerEntry.objects.filter(**which).order_by().values_list("number", "hash")
        for number, hash in entries.iterator():
            if number in numbers:
                self.last_entries[numbers[number]] = hash
        became = {name.replace("organisation", "successor"): value for name, value in which.items()}
        came = RegisterSuccession.objects.filter(**became).order_by("organisation")
        for origin, successor in came.values_list("organisation", "successor"):
            self.origins.setdefault(successor, []).append(origin)
        issued = IssuedCredential.objects.filter(**which).order_by().values("organisation")
        for row in issued.annotate(count=Count("pk"), newest=Max("pk")).iterator():
            self.credentials[row["organisation"]] = (row["count"], row["newest"])
        known = {name.replace("organisation", "pk"): value for name, value in which.items()}
        organisations = Organisation.objects.filter(**known).values_list("pk", "name", "synthetic")
        self.organisations.update((key, (name, invented)) for key, name, invented in organisations.iterator())

    def key(self, organisation: str, others: Iterable[str]) -> str:
        """A digest of all that an organisation's files rest on but the day. Its entries name `others`."""
        relatives = sorted({*others, *self.origins.get(organisation, ())} - {organisation})
        parts = [
            self.stamp,
            organisation,
            self.last_entries.get(organisation),
            self.credentials.get(organisation),
            self.organisations.get(organisation),
            [(one, self.last_entries.get(one), self.organisations.get(one)) for one in relatives],
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def ground(organisation: str, origins: Iterable[str], *, today: date, now: datetime) -> Ground:
    """What the files of an organisation of the register rest on, as of a day and a moment (aware) of it."""
    own = history(organisation)
    others = {other for entry in own for other in entry.act.others}
    relatives = [history(key) for key in sorted({*others, *origins} - {organisation})]
    days = {day for entries in (own, *relatives) if entries for day in _turns(entries)}
    # What an entry says may be heard at its moment only, so that days alone do not tell when that is.
    ahead = any(entry.act.recorded > now for entries in (own, *relatives) for entry in entries)
    by_then = [day for day in days if day <= today]
    first, last = _drawn_alike(today)
    later = [day - _DAY for day in days if day > today]
    return Ground(
        others=tuple(sorted(others - {organisation})),
        first=max(first, *by_then),
        last=today - _DAY if ahead else min(last, *later, date.max),
        since=max(by_then),
        known=max(e.act.recorded for one in (own, *relatives) for e in one if e.act.recorded <= now),
        grants=tuple(e.number for e in own if e.act.kind.grants and e.act.effective <= today),
    )


def _turns(entries: Sequence[Entry]) -> Iterator[date]:
    """Days from which on one organisation may be told of otherwise, and some that change nothing."""
    organisation, acts = entries[0].act.organisation, as_known(entries)
    yield from courses(acts, organisation, rule_sets=pack.scheme().rule_sets).turns()
    yield from told(acts).days()
    for act in (entry.act for entry in entries):
        yield from (day for day in (act.effective, act.valid_from) if day)
        ends = (day for day in (act.valid_until, act.renewable_until) if day)
        yield from (day + _DAY for day in ends if day < date.max)


def _drawn_alike(today: date) -> tuple[date, date]:
    """The days around today on which a drawing over the years has the same first and last year."""

    def years(day: date) -> tuple[int, int]:
        return day.year, (day + timedelta(days=FARTHEST)).year

    ends = (date(today.year, 12, day) for day in (31, 30))
    last = next(day for day in ends if day >= today and years(day) == years(today))
    begins = (date(today.year, 1, 1), date(today.year, 12, 31))
    return next(day for day in begins if day <= today and years(day) == years(today)), last


def stamp(live: str) -> str:
    """A digest of the program, its settings and its keys, and of where the application answers."""
    names = sorted(name for name in dir(settings) if name.startswith("TOUCHSTONE_"))
    told_by = {name: str(getattr(settings, name)) for name in names if name not in _OF_THE_MACHINE}
    static = settings.STORAGES["staticfiles"]["BACKEND"]
    parts = [FORMAT, _program(), told_by, static, settings.LANGUAGE_CODE, did_document_text(), live]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def _program() -> str:
    """A digest of the program's files, templates and pictures too, and of the packages that it stands on."""
    digest = hashlib.sha256(FORMAT.encode())
    root = Path(touchstone.__file__).parent
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    stands_on = sorted(f"{one.metadata['Name']} {one.version}" for one in distributions())
    digest.update(json.dumps([sys.version, *stands_on]).encode())
    return digest.hexdigest()
