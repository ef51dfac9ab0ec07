"""From the ledger to the watchers: what is to be told is noted once, and handed over once.

Each step holds in one transaction, and each note is unique. So a process that is killed, or two that run at
once, leave nothing out and tell nothing twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.register import services as register
from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LedgerEntry, RegisterSpan
from touchstone.apps.watching import letters, wording
from touchstone.apps.watching.models import Reached, Telling, Watch
from touchstone.core.labels.model import Entry, LabelLevel, Standing

A_TURN = 1_000  # entries of the ledger
LINES = 100  # in one letter
LETTERS_A_DAY = 5  # to one address; what is over waits for the next day
_TOLD = Q(stopped=None) & (Q(webhook="", confirmed__isnull=False) | Q(answered__isnull=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A valid label of a named organisation that ends soon."""

    organisation: str
    level: LabelLevel
    ends: date
    country: str
    portfolio: str


@transaction.atomic
def gather(*, at: datetime) -> int:
    """Note for each watch what the ledger holds that it has not been told; gives the number of notes."""
    reached = _reached()
    new = LedgerEntry.objects.filter(number__gt=reached.number).order_by("number")[:A_TURN]
    entries = list(map(restored, new))
    if not entries:
        return 0
    notes = [
        Telling(watch=watch, organisation=entry.act.organisation, entry=entry.number, made=at)
        for entry in entries
        for watch in _watching(entry, at)
    ]
    made = _keep(notes)
    Reached.objects.filter(pk=reached.pk).update(number=entries[-1].number)
    return made


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Note the labels that end soon: once for each number of days before, and for each end."""
    if not settings.TOUCHSTONE_REMIND_DAYS or not Watch.objects.filter(_TOLD).exists():
        return 0
    _reached()  # one process at a time
    today = at.date()
    notes = [
        Telling(
            watch=watch, organisation=one.organisation, level=one.level.value, ends=one.ends,
            days=min(days for days in settings.TOUCHSTONE_REMIND_DAYS if (one.ends - today).days <= days),
            made=at,
        )
        for one in _ending(today)
        for watch in _watchers(one.organisation, one.country, one.portfolio, {one.level})
    ]  # fmt: skip
    return _keep(notes)


def write_letters(*, at: datetime) -> int:
    """A letter to each watch that has something to be told by mail; gives the number of letters."""
    waiting = Watch.objects.filter(_TOLD, webhook="", tellings__handed=None, tellings__isnull=False)
    return sum(_written(watch, at) for watch in waiting.distinct())


def lines_of(tellings: Iterable[Telling], *, today: date) -> Iterator[str]:
    """What the notes say, in words."""
    for telling in tellings:
        if telling.entry is not None:
            yield wording.of_entry(entry_of(telling.entry))
        elif telling.ends is not None and telling.ends >= today:
            yield wording.of_end(name_of(telling), telling.level, telling.ends, today=today)


def entry_of(number: int) -> Entry:
    """The entry that a note is of."""
    return restored(LedgerEntry.objects.get(number=number))


def name_of(telling: Telling) -> str:
    """The present name of the organisation that a note is of; its key where the register has lost it."""
    named = RegisterSpan.objects.filter(organisation=telling.organisation).order_by("-ends").first()
    return named.name if named else telling.organisation


@transaction.atomic
def _written(watch: Watch, at: datetime) -> bool:
    tellings = list(watch.tellings.select_for_update().filter(handed=None)[:LINES])
    taken = Telling.objects.filter(pk__in=[one.pk for one in tellings], handed=None).update(handed=at)
    today = OutgoingLetter.objects.filter(kind=letters.NEWS, made__gt=at - timedelta(days=1))
    if taken < len(tellings) or today.filter(to__iexact=watch.address).count() >= LETTERS_A_DAY:
        transaction.set_rollback(True)
        return False
    lines = list(lines_of(tellings, today=at.date()))
    if lines:
        letters.tell(watch, lines, at=at)
    return bool(lines)


def _reached() -> Reached:
    """How far the ledger was gone through. Whoever holds this row is alone. The past is not told."""
    last = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    Reached.objects.get_or_create(pk=1, defaults={"number": last})
    return Reached.objects.select_for_update().get(pk=1)


def _watching(entry: Entry, at: datetime) -> Iterator[Watch]:
    """Who watches what an entry is about. A merger or split is also about what came of it."""
    act = entry.act
    held = {act.level} if act.level else _held(act.organisation, at)
    seen: set[int] = set()
    for key in (act.organisation, *act.others):
        for watch in _watchers(key, act.country, act.portfolio, held):
            if watch.since < entry.number and watch.pk not in seen:
                seen.add(watch.pk)
                yield watch


def _watchers(
    organisation: str, country: str, portfolio: str, levels: Iterable[LabelLevel]
) -> Iterator[Watch]:
    by_name = Watch.objects.filter(_TOLD, organisations__organisation=organisation)
    by_part = Watch.objects.filter(
        _TOLD,
        Q(country="") | Q(country=country),
        Q(portfolio="") | Q(portfolio=portfolio),
        Q(level="") | Q(level__in=[level.value for level in levels]),
    ).exclude(country="", portfolio="", level="")
    yield from by_name.order_by("pk")
    yield from by_part.order_by("pk")


def _held(organisation: str, at: datetime) -> set[LabelLevel]:
    """The levels that an entry without one is about: all that the organisation has or had."""
    return {one.level for one in register.status(organisation, on=at.date(), known=at).levels}


def _ending(today: date) -> Iterator[Ending]:
    by = today + timedelta(days=max(settings.TOUCHSTONE_REMIND_DAYS))
    for span in RegisterSpan.objects.on(today).with_state(Standing.VALID).expiring(on=today, by=by):
        yield Ending(
            organisation=span.organisation,
            level=LabelLevel(span.level),
            ends=span.valid_until,
            country=span.country,
            portfolio=span.portfolio,
        )


def _keep(notes: list[Telling]) -> int:
    """Keep the notes that are new; gives their number."""
    before = Telling.objects.count()
    Telling.objects.bulk_create(notes, ignore_conflicts=True)
    return Telling.objects.count() - before
