"""The ledger as it is kept: appended to, read, checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from touchstone.apps.refusal import Refused
from touchstone.apps.register import projection, signing
from touchstone.apps.register.models import LedgerEntry
from touchstone.core.faults import Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.model import Act, Entry

# One lock for the whole ledger, where writers do not exclude each other anyway. Any number does.
LOCK = 4_242_001
# So long may an act wait for its record. A clock that is further behind is a fault that must show.
BETWEEN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What the check of the whole ledger found."""

    entries: int
    first_fault: str | None

    @property
    def intact(self) -> bool:
        return self.first_fault is None

    def as_document(self) -> dict[str, object]:
        return {"entries": self.entries, "intact": self.intact, "first_fault": self.first_fault}


@transaction.atomic
def append(*, act: Act) -> Entry:
    """Chain, sign and keep an act, and bring the register's rows of its organisation up to it.

    Refuses an act that was recorded before the last one, or that contradicts itself.
    """
    lock()
    tail = LedgerEntry.objects.select_for_update().order_by("-number").first()
    try:
        signer = signing.signer(first=tail is None)
        previous = ledger.restored(tail.as_stored()) if tail else None
        entry = ledger.append(previous, act, key_id=signer.id, sign=signer.sign)
    except Unusable as unusable:
        raise Refused(f"The ledger does not take this entry: {unusable}") from unusable
    kept = ledger.stored(entry)
    LedgerEntry.objects.create(
        number=kept.number, organisation=act.organisation, document=str(kept.document),
        previous=kept.previous, hash=kept.hash, key=kept.key, signature=kept.signature,
    )  # fmt: skip
    projection.refresh(act.organisation, history(act.organisation))
    return entry


def entries() -> Iterator[Entry]:
    """All entries in order. Raises Unusable at one whose act is damaged."""
    return map(_restored, LedgerEntry.objects.order_by("number"))


def history(organisation: str) -> tuple[Entry, ...]:
    """The entries of one organisation in order."""
    return tuple(map(_restored, LedgerEntry.objects.filter(organisation=organisation).order_by("number")))


def verify() -> Verification:
    """Check chain, signatures and acts of the whole ledger."""
    rows = list(LedgerEntry.objects.order_by("number"))
    fault = ledger.verify((row.as_stored() for row in rows), check_signature=signing.checker())
    misfiled = None if fault else _first_misfiled(rows)
    return Verification(entries=len(rows), first_fault=str(fault) if fault else misfiled)


def recorded(at: datetime) -> datetime:
    """The moment of record: where another entry came in between the act and its record, that one's."""
    tail = LedgerEntry.objects.order_by("-number").first()
    last = _restored(tail).act.recorded if tail else at
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


def _restored(row: LedgerEntry) -> Entry:
    try:
        return ledger.restored(row.as_stored())
    except Unusable as unusable:
        raise Unusable(f"ledger entry {row.number}", *unusable.faults) from unusable


def _first_misfiled(rows: Iterable[LedgerEntry]) -> str | None:
    """The first entry that is filed under another organisation than its act names."""
    for row in rows:
        if _restored(row).act.organisation != row.organisation:
            return f"entry {row.number}: it is filed under {row.organisation!r}, which its act does not name."
    return None
