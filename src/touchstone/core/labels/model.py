"""Entries of the ledger and the answers that it gives."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

ENTERED_TWICE: Final = "entered twice"  # origin of a merger of two records of one organisation


class EntryKind(StrEnum):
    """What can happen to a label."""

    AWARD = "award"
    RENEWAL = "renewal"
    UPGRADE = "upgrade"
    SUSPENSION = "suspension"
    REINSTATEMENT = "reinstatement"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    RENAME = "rename"
    HOST = "host"  # the body that carries the organisation in law has changed
    MERGER = "merger"
    SPLIT = "split"

    @property
    def grants(self) -> bool:
        """Whether an entry of this kind gives a label period."""
        return self in (EntryKind.AWARD, EntryKind.RENEWAL, EntryKind.UPGRADE)

    @property
    def passes_on(self) -> bool:
        """Whether an entry of this kind tells what an organisation has become."""
        return self in (EntryKind.MERGER, EntryKind.SPLIT)


class LabelLevel(StrEnum):
    """The three levels, lowest first."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"

    @property
    def rank(self) -> int:
        """Place in the order of levels: 0 is the lowest."""
        return list(LabelLevel).index(self)


class Standing(StrEnum):
    """The state of a label on a date."""

    VALID = "valid"
    EXPIRED_RENEWABLE = "expired_renewable"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an entry says, before it is chained and signed.

    `organisation` is the stable id; `name`, `country`, `portfolio`, `website` are as known then.
    `valid_until` is the last valid day. `derived` names the fields that the rule set gave and no
    record did. `corrects` is the number of the entry whose dates a correction replaces: those dates that
    it gives; what it leaves None stays. A suspension, reinstatement or withdrawal without a level is of
    every level. A merger or a split stands under the organisation that went into another one or apart, and
    `others` names what it became: its own id among them says that it goes on; otherwise its labels end on the
    day before `effective`. A label never goes over by itself: whoever takes one over is awarded it. A merger
    of the origin ENTERED_TWICE says that no bodies merged: one organisation stood here under two ids.
    """

    kind: EntryKind
    organisation: str
    name: str
    country: str
    portfolio: str
    effective: date
    recorded: datetime  # UTC, aware
    actor: str
    rule_set: str
    level: LabelLevel | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    renewable_until: date | None = None
    website: str = ""
    reason: str = ""
    case: str = ""
    origin: str = ""  # where an imported fact was read
    derived: tuple[str, ...] = ()
    corrects: int | None = None
    host: str = ""  # the body that carries the organisation in law, as known then
    others: tuple[str, ...] = ()  # ids of organisations: what it became, by a merger or a split
    meeting: str = ""  # how the interview of a grant was held: on_site, video, or not on record

    @property
    def joins_records(self) -> bool:
        """Whether it says that two records are of one organisation, where a merger is of two."""
        return self.kind is EntryKind.MERGER and self.origin == ENTERED_TWICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act in the chain. `hash` covers number, previous hash and act; `signature` covers the hash."""

    number: int  # 1, 2, 3 …
    act: Act
    previous: str  # hex; 64 zeros before the first
    hash: str  # SHA-256, hex
    key: str  # id of the signing key
    signature: str  # Ed25519, hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A signed statement of the ledger's last entry at the end of a day, so that nothing can be back-dated.

    `day` is in UTC. `hash` covers day, number, the entry's hash and the hash of the head before.
    """

    day: date
    number: int  # of the last entry recorded by the end of that day
    entry: str  # its hash
    previous: str  # hash of the head before; 64 zeros for the first
    hash: str  # SHA-256, hex
    key: str  # id of the signing key
    signature: str  # Ed25519 over the 32 bytes of `hash`, hex


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry as a database or file keeps it, unread: `document` is the act's canonical JSON.

    It may have been damaged there. Then it no longer says what was signed, and perhaps nothing at all.
    `filed` is the organisation under which a database finds it; it has to be the act's.
    """

    number: int
    document: str | bytes
    previous: str
    hash: str
    key: str
    signature: str
    filed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelStatus:
    """One level of an organisation on a date.

    The dates are those of the unbroken run of periods: a label renewed in time is valid from its first
    day until the end of its last period.
    """

    level: LabelLevel
    standing: Standing
    valid_from: date
    valid_until: date
    renewable_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The label of an organisation on a day, as known at a moment: the best level that holds first."""

    organisation: str
    standing: Standing
    level: LabelLevel | None
    valid_from: date | None
    valid_until: date | None
    renewable_until: date | None
    on: date
    known: datetime
    levels: tuple[LevelStatus, ...]
    successors: tuple[str, ...] = ()  # what the organisation has become by that day, by a merger or a split
