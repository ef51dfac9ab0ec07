"""Acts and ledgers small enough to reckon with by hand."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from touchstone.core.labels import ledger
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, StoredEntry
from touchstone.core.scheme.model import Validity

BY_DAY = Validity(end="day", first_months=24, renewal_months=24, renewal_from="interview", grace_months=12)
BY_MONTH = Validity(
    end="month", first_months=24, renewal_months=36, renewal_from="previous_end", grace_months=12
)
KEY = "key-1"
ALWAYS = datetime(9999, 12, 31, tzinfo=UTC)


def moment(text: str = "2026-11-21") -> datetime:
    """A moment in UTC, of a day or of a day and time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def act(kind: EntryKind = EntryKind.AWARD, /, **changes: Any) -> Act:
    """A Bronze award of 2024 to 2026; other kinds have no period unless one is given."""
    fields: dict[str, Any] = {
        "organisation": "pl-aviation-valley",
        "name": "Aviation Valley",
        "country": "PL",
        "portfolio": "aviation-space",
        "effective": date(2024, 1, 10),
        "recorded": moment("2024-02-01"),
        "actor": "committee",
        "rule_set": "2020",
    }
    if kind.grants:
        fields |= {
            "level": LabelLevel.BRONZE,
            "valid_from": date(2024, 1, 10),
            "valid_until": date(2026, 1, 31),
            "renewable_until": date(2027, 1, 31),
        }
    return Act(kind=kind, **(fields | changes))


def award(valid_from: date, valid_until: date, *, kind: EntryKind = EntryKind.AWARD, **changes: Any) -> Act:
    """A label period, renewable for a year of 365 days, recorded on its first day."""
    fields: dict[str, Any] = {
        "effective": valid_from,
        "recorded": datetime(valid_from.year, valid_from.month, valid_from.day, tzinfo=UTC),
        "renewable_until": date.fromordinal(valid_until.toordinal() + 365),
    }
    return act(kind, valid_from=valid_from, valid_until=valid_until, **(fields | changes))


def stop(kind: EntryKind, effective: date, **changes: Any) -> Act:
    """A suspension, reinstatement or withdrawal, recorded on its day."""
    recorded = datetime(effective.year, effective.month, effective.day, tzinfo=UTC)
    return act(kind, effective=effective, **({"recorded": recorded} | changes))


def sign(message: bytes) -> bytes:
    """What stands in for a signature where no key is wanted: 64 bytes that hang on the message."""
    return hashlib.sha512(b"secret" + message).digest()


def check(key: str, message: bytes, signature: bytes) -> bool:
    """The check that belongs to `sign`."""
    if key != KEY:
        raise ledger.UnknownKey(key)
    return signature == sign(message)


def chained(*acts: Act) -> tuple[Entry, ...]:
    """The acts as a ledger."""
    entries: list[Entry] = []
    for one in acts:
        entries.append(ledger.append(entries[-1] if entries else None, one, key_id=KEY, sign=sign))
    return tuple(entries)


def unchained(acts: Iterable[Act]) -> tuple[Entry, ...]:
    """The acts as numbered entries without a chain, recorded in any order, for what reads acts only."""
    return tuple(
        Entry(number=number, act=one, previous="", hash="", key="", signature="")
        for number, one in enumerate(acts, start=1)
    )


@dataclass(frozen=True)
class Ending:
    """Entries whose reading ends its own process, as an operating system short of memory may do.

    It stands here because other processes look it up by its name.
    """

    follows: bool = False

    def entries(self) -> Iterator[StoredEntry]:
        os._exit(9)
        yield from ()
