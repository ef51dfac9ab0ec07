"""Verbs of the ledger and the register, and what they answer. The ledger is only ever appended to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.apps.refusal import Refused
from touchstone.apps.register import importing, projection, signing
from touchstone.apps.register.importing import ImportResult
from touchstone.apps.register.models import LedgerEntry, RegisterRow
from touchstone.core.faults import Unusable
from touchstone.core.labels import ledger, validity
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, LevelStatus, Standing, Status
from touchstone.core.labels.status import status as status_of
from touchstone.core.scheme.model import RuleSet
from touchstone.intake.old_register import Page

__all__ = [
    "ImportResult", "Refused", "Verification", "append", "entries", "entry_document", "grant", "history",
    "import_page", "rebuild", "rebuild_check", "status", "status_document", "verify",
]  # fmt: skip

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
    _lock()
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


@transaction.atomic
def grant(
    *,
    organisation: Organisation,
    level: LabelLevel,
    rules: RuleSet,
    interviewed_on: date,
    case: str,
    at: datetime,
) -> Entry:
    """Enter a label period: a first one, a renewal of the same level, or an upgrade from a lower one.

    The entry names the body that decides under the rule set, not the person: the ledger is public for ever,
    and who decided and why stands in the case.
    """
    _lock()
    before = status(organisation.key, on=interviewed_on, known=at).levels
    period = _next_period(rules, level, before, interviewed_on=interviewed_on)
    return append(
        act=Act(
            kind=_kind(level, before, renewal=period.renewal),
            organisation=organisation.key,
            name=organisation.name,
            country=organisation.country,
            portfolio=organisation.portfolio,
            website=organisation.website,
            effective=interviewed_on,
            recorded=_recorded(at),
            actor=rules.decided_by,
            rule_set=rules.id,
            level=level,
            valid_from=period.valid_from,
            valid_until=period.valid_until,
            renewable_until=period.renewable_until,
            case=case,
        )
    )


def period_ahead(
    *, organisation: Organisation, level: LabelLevel, rules: RuleSet, interviewed_on: date, at: datetime
) -> validity.Period:
    """The period that `grant` would enter now: what a decider sees before deciding."""
    before = status(organisation.key, on=interviewed_on, known=at).levels
    return _next_period(rules, level, before, interviewed_on=interviewed_on)


@transaction.atomic
def import_page(
    *, page: Page, country: str, by: str, recorded: datetime, dry_run: bool = False
) -> ImportResult:
    """Enter the accepted rows of a page of the old register as labels of their time. Safe to repeat.

    `country` is that of rows which name none. With `dry_run` nothing is entered, only counted.
    """
    _lock()

    def enter(act: Act) -> Entry | None:
        if dry_run:
            return None
        importing.keep_organisation(act)
        return append(act=act)

    return importing.enter_page(page, country=country, by=by, recorded=recorded, known=entries(), enter=enter)


def entries() -> Iterator[Entry]:
    """All entries in order. Raises Unusable at one whose act is damaged."""
    return map(_restored, LedgerEntry.objects.order_by("number"))


def history(organisation: str) -> tuple[Entry, ...]:
    """The entries of one organisation in order."""
    return tuple(map(_restored, LedgerEntry.objects.filter(organisation=organisation).order_by("number")))


def status(organisation: str, *, on: date, known: datetime) -> Status:
    """The label of an organisation, by its key, on a day as known at a moment (aware)."""
    return status_of(history(organisation), organisation, on=on, known=known, rule_sets=scheme().rule_sets)


def verify() -> Verification:
    """Check chain, signatures and acts of the whole ledger."""
    rows = list(LedgerEntry.objects.order_by("number"))
    fault = ledger.verify((row.as_stored() for row in rows), check_signature=signing.checker())
    misfiled = None if fault else _first_misfiled(rows)
    return Verification(entries=len(rows), first_fault=str(fault) if fault else misfiled)


def rebuild_check() -> list[str]:
    """How the register differs from what the ledger says, in words; empty where they are equal."""
    wanted = {(row.organisation, row.level): row for row in projection.rows_of(entries())}
    present = {(row.organisation, row.level): row for row in RegisterRow.objects.all()}
    differences = [
        f"{_place(key)}: is in the ledger, and not in the register" for key in wanted.keys() - present.keys()
    ]
    differences += [
        f"{_place(key)}: is in the register, and not in the ledger" for key in present.keys() - wanted.keys()
    ]
    for key in wanted.keys() & present.keys():
        differences += [f"{_place(key)}: {difference}" for difference in _unequal(present[key], wanted[key])]
    return sorted(differences)


@transaction.atomic
def rebuild() -> int:
    """Make the register anew from the ledger; gives the number of its rows."""
    _lock()
    RegisterRow.objects.all().delete()
    return len(RegisterRow.objects.bulk_create(projection.rows_of(entries())))


def status_document(answer: Status) -> dict[str, object]:
    """A status in JSON's own types."""
    return {
        "organisation": answer.organisation,
        "level": answer.level and answer.level.value,
        "status": answer.standing.value,
        "valid_from": _day(answer.valid_from),
        "valid_until": _day(answer.valid_until),
        "renewable_until": _day(answer.renewable_until),
        "on": answer.on.isoformat(),
        "known": answer.known.isoformat(),
        "levels": [_level_document(level) for level in answer.levels],
    }


def entry_document(entry: Entry) -> dict[str, object]:
    """An entry in JSON's own types, hash and signature included."""
    return ledger.entry_as_document(entry)


def _level_document(level: LevelStatus) -> dict[str, object]:
    return {
        "level": level.level.value,
        "status": level.standing.value,
        "valid_from": _day(level.valid_from),
        "valid_until": _day(level.valid_until),
        "renewable_until": _day(level.renewable_until),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _next_period(
    rules: RuleSet, level: LabelLevel, before: Iterable[LevelStatus], *, interviewed_on: date
) -> validity.Period:
    same = next((held for held in before if held.level is level), None)
    # A withdrawn label is not renewed: whoever gets it again starts afresh.
    renewed = same if same and same.standing is not Standing.WITHDRAWN else None
    previous_end = renewed.valid_until if renewed else None
    return validity.period(rules.validity, interviewed_on=interviewed_on, previous_end=previous_end)


def _kind(level: LabelLevel, before: Iterable[LevelStatus], *, renewal: bool) -> EntryKind:
    if renewal:
        return EntryKind.RENEWAL
    lower = any(held.level.rank < level.rank and held.standing is Standing.VALID for held in before)
    return EntryKind.UPGRADE if lower else EntryKind.AWARD


def _recorded(at: datetime) -> datetime:
    """The moment of record: where another entry came in between the act and its record, that one's."""
    tail = LedgerEntry.objects.order_by("-number").first()
    last = _restored(tail).act.recorded if tail else at
    return last if timedelta(0) < last - at <= BETWEEN else at


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


def _place(key: tuple[str, str]) -> str:
    return " ".join(key)


def _unequal(present: RegisterRow, wanted: RegisterRow) -> Iterator[str]:
    for name in projection.FIELDS:
        here, there = getattr(present, name), getattr(wanted, name)
        if here != there:
            yield f"{name} is {here} in the register, {there} in the ledger"


def _lock() -> None:
    """Let no other transaction append until this one has ended.

    SQLite's transactions begin IMMEDIATE and so exclude each other. Elsewhere a lock on the last row would
    not do: there is none at first, and who waits for it is given the row that was the last before.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
