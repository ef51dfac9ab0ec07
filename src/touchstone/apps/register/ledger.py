"""The ledger as it is kept: appended to, closed day by day, read, checked."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import cast

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from touchstone.apps.refusal import Refused
from touchstone.apps.register import checking, projection, signing, stretches
from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LedgerEntry, LedgerHead
from touchstone.apps.register.stretches import Here, RowsOfFile, RowsOfServer, Stretch, Unreachable
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels import heads as core_heads
from touchstone.core.labels import ledger
from touchstone.core.labels.documents import head_from_document, moment_text
from touchstone.core.labels.ledger import Checked, DayEnd
from touchstone.core.labels.model import Act, Entry, Head
from touchstone.output.keys import KeyPair, check_signature

# One lock for the whole ledger, where writers do not exclude each other anyway. Any number does.
LOCK = 4_242_001
# So long may an act wait for its record. A clock that is further behind is a fault that must show.
BETWEEN = timedelta(minutes=1)
# A day this long after the last one is not closed by the night's work: rather is the clock wrong, and what is
# closed stays closed.
QUIET = timedelta(days=366)
ROWS = 5_000  # of the database at once

_HEAD_COLUMNS = ("number", "entry", "previous", "hash", "key", "signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What the check of the whole ledger found."""

    entries: int
    first_fault: str | None
    heads: int = 0

    @property
    def intact(self) -> bool:
        return self.first_fault is None

    def as_document(self) -> dict[str, object]:
        return {
            "entries": self.entries,
            "intact": self.intact,
            "first_fault": self.first_fault,
            "heads": self.heads,
        }


@transaction.atomic
def append(*, act: Act) -> Entry:
    """Chain, sign and keep an act, and bring the register's rows of its organisation up to it.

    The first entry of a new day closes the days before. Refuses an act that was recorded before the last one
    or on a day that is closed, or that contradicts itself.
    """
    lock()
    tail = LedgerEntry.objects.select_for_update().order_by("-number").first()
    try:
        signer = signing.signer(first=tail is None)
        previous = restored(tail) if tail else None
        entry = ledger.append(previous, act, key_id=signer.id, sign=signer.sign)
        _close_before(entry, previous, signer)
    except Unusable as unusable:
        raise Refused(f"The ledger does not take this entry: {unusable}") from unusable
    kept = ledger.stored(entry)
    LedgerEntry.objects.create(
        number=kept.number, organisation=act.organisation, document=str(kept.document),
        previous=kept.previous, hash=kept.hash, key=kept.key, signature=kept.signature,
    )  # fmt: skip
    projection.refresh(act.organisation, history(act.organisation))
    return entry


@transaction.atomic
def close_day(*, at: datetime) -> Head | None:
    """Sign how far the ledger had come by the end of the day (UTC) before `at`; None where that is done.

    A day without entries has its head too: it says that nothing was recorded. Refused where that day lies
    more than a year after the last one, since what is closed stays closed, and the clock may be wrong.
    """
    lock()
    day = at.astimezone(UTC).date() - timedelta(days=1)
    last, tail = _last_head(), LedgerEntry.objects.order_by("-number").first()
    if tail is None or (last and last.day >= day):
        return None
    entry = restored(tail)
    if _day(entry) > day:
        return None
    newest = max(_day(entry), last.day if last else date.min)
    if day - newest > QUIET:
        raise Refused(
            f"The ledger was last at work on {newest}, and the clock says that {day} is over. "
            "Check the computer's clock; the next entry closes the days before it."
        )
    try:
        signer = signing.signer(first=False)
        return _close(entry, day, _last_head_of_days(last, entry, signer), signer)
    except Unusable as unusable:
        raise Refused(f"The ledger's day is not closed: {unusable}") from unusable


def entries() -> Iterator[Entry]:
    """All entries in order. Raises Unusable at one whose act is damaged."""
    return map(restored, LedgerEntry.objects.order_by("number"))


def heads() -> tuple[Head, ...]:
    """All heads in order. Raises Unusable where one is damaged."""
    return tuple(_read_head(*row) for row in _head_rows())


def history(organisation: str) -> tuple[Entry, ...]:
    """The entries of one organisation in order."""
    return tuple(map(restored, LedgerEntry.objects.filter(organisation=organisation).order_by("number")))


def verify(*, stretch: int = stretches.LENGTH) -> Verification:
    """Check chain, signatures, acts and heads of the whole ledger; a long one in several processes.

    `stretch` is the number of entries that a process takes at once. What comes meanwhile is not checked.
    """
    known = LedgerHead.objects.count()
    checked = check_entries(stretch=stretch)
    fault = str(checked.fault) if checked.fault else _head_fault(checked, known)
    there = LedgerEntry.objects.count() if checked.fault else checked.entries
    return Verification(entries=there, first_fault=fault, heads=LedgerHead.objects.count())


def check_entries(*, stretch: int = stretches.LENGTH) -> Checked:
    """The first fault of all entries. This process alone reads them where no other can."""
    try:
        there = _shared(stretch)
        return checking.check(there, signing.signers())  # asked for last: the newest entry has its key in it
    except Unreachable:
        rows = LedgerEntry.objects.order_by("number").values_list(*stretches.COLUMNS)
        here = Here(stretches.entries_of_rows(rows.iterator(chunk_size=ROWS)))
        return checking.check([here], signing.signers())


def _shared(length: int) -> list[Stretch]:
    """The entries that are there now, to be read by any process. Raises Unreachable where none other can."""
    if connection.in_atomic_block:  # others do not see what it has written
        raise Unreachable
    numbers = LedgerEntry.objects.order_by("number").values_list("number", flat=True).iterator(ROWS)
    rows = list(stretches.between(numbers, length=length))
    if connection.vendor == "postgresql":
        how = {name: value for name, value in connection.get_connection_params().items() if _is_plain(value)}
        return [RowsOfServer(how=how, rows=one) for one in rows]
    file = Path(connection.settings_dict["NAME"]).absolute()
    if not file.exists():  # in memory
        raise Unreachable
    return [RowsOfFile(file=file, rows=one) for one in rows]


def _is_plain(value: object) -> bool:
    """Whether a parameter of a connection can be handed to another process; the others are Django's own."""
    return isinstance(value, str | int)


def recorded(at: datetime) -> datetime:
    """The moment of record: where another entry, or the end of a day, came in between, that one's."""
    tail, head = LedgerEntry.objects.order_by("-number").first(), _last_head()
    last = restored(tail).act.recorded if tail else at
    if head:
        last = max(last, datetime.combine(head.day + timedelta(days=1), time.min, tzinfo=UTC))
    return last if timedelta(0) < last - at <= BETWEEN else at


def lock() -> None:
    """Let no other transaction append until this one has ended.

    SQLite's transactions begin IMMEDIATE and so exclude each other. Elsewhere a lock on the last row would
    not do: there is none at first, and who waits for it is given the row that was the last before.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def entry_document(entry: Entry) -> dict[str, object]:
    """An entry in JSON's own types, hash and signature included."""
    return ledger.entry_as_document(entry)


def _close_before(entry: Entry, previous: Entry | None, signer: KeyPair) -> None:
    """Let the days before a new entry be closed, or say that its own day is closed already."""
    last = _last_head()
    if last and _day(entry) <= last.day:
        closed = f"is over for the ledger; the clock says {moment_text(entry.act.recorded)}."
        raise Unusable("", Fault("recorded", f"{last.day} {closed}", "Check the computer's clock."))
    if previous is None or _day(previous) == _day(entry):
        return
    last = _last_head_of_days(last, previous, signer)
    if last is None or last.number < previous.number:
        _close(previous, _day(entry) - timedelta(days=1), last, signer)


def _last_head_of_days(last: Head | None, tail: Entry, signer: KeyPair) -> Head | None:
    """The last head once each day before that of the last entry has one: a ledger may be older than heads."""
    since = LedgerEntry.objects.filter(number__gt=last.number if last else 0).order_by("number")
    first = since.first()
    if first is None or _day(restored(first)) == _day(tail):
        return last
    with closing(cast(Generator[LedgerEntry], since.iterator(chunk_size=ROWS))) as each:
        for before, after in pairwise(map(restored, each)):
            if _day(before) < _day(after):
                last = _close(before, _day(after) - timedelta(days=1), last, signer)
    return last


def _close(entry: Entry, day: date, before: Head | None, signer: KeyPair) -> Head:
    end = DayEnd(day=_day(entry), number=entry.number, hash=entry.hash)
    head = core_heads.make(before, end, day=day, key_id=signer.id, sign=signer.sign)
    LedgerHead.objects.create(
        day=head.day, number=head.number, entry=head.entry, previous=head.previous, hash=head.hash,
        key=head.key, signature=head.signature,
    )  # fmt: skip
    return head


def _day(entry: Entry) -> date:
    return entry.act.recorded.astimezone(UTC).date()


def _last_head() -> Head | None:
    last = LedgerHead.objects.order_by("-day").first()
    return last.as_head() if last else None


def _head_fault(checked: Checked, known: int) -> str | None:
    """The first fault of the heads. One written while the entries were read may name a later one."""
    try:
        all_heads = heads()
    except Unusable as unusable:
        return str(unusable)
    written = tuple(head for head in all_heads[known:] if head.number <= checked.entries)
    signers = signing.signers()
    fault = core_heads.verify_heads(
        all_heads[:known] + written,
        checked.ends,
        check_signature=check_signature(signers.keys),
        retired=signers.retired,
    )
    return str(fault) if fault else None


def _head_rows() -> Iterable[tuple[object, ...]]:
    """The heads' columns as they are kept: a damaged day is to be named, and not to stop the check."""
    said = LedgerHead.objects.annotate(text=Cast("day", TextField())).order_by("day")
    return said.values_list("text", *_HEAD_COLUMNS)


def _read_head(day: object, *columns: object) -> Head:
    try:
        return head_from_document({"day": day, **dict(zip(_HEAD_COLUMNS, columns, strict=True))})
    except Unusable as unusable:
        raise Unusable("", Fault(f"head of {day}", f"it cannot be read: {unusable}")) from unusable
