"""What is asked and what is answered, as types: the document openapi.json is made from them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Annotated, Final, Literal, TypeVar

from ninja import Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

T = TypeVar("T")
Level = Literal["bronze", "silver", "gold"]
Standing = Literal["valid", "expired_renewable", "lapsed", "suspended", "withdrawn", "never"]
Kind = Literal[
    "award", "renewal", "upgrade", "suspension", "reinstatement", "withdrawal", "correction", "rename",
    "host", "merger", "split",
]  # fmt: skip
KEY_PATTERN: Final = "^[a-z0-9](?:[a-z0-9-]{0,118}[a-z0-9])?$"
KEY: Final = re.compile(KEY_PATTERN.removesuffix("$") + r"\Z")
KEY_EXAMPLE: Final = "pl-aviation-valley"
DAY_PATTERN: Final = r"\d{4}-\d{2}-\d{2}"


def _day(given: object) -> date:
    if not (isinstance(given, str) and re.fullmatch(DAY_PATTERN, given, re.ASCII)):
        raise ValueError("is not a day.")
    return _read(date.fromisoformat, given, "is not a day of the calendar.")


def _moment(given: object) -> datetime:
    """A moment in UTC; a day means its last moment."""
    if isinstance(given, str) and re.fullmatch(DAY_PATTERN, given, re.ASCII):
        return datetime.combine(_day(given), time.max, UTC)
    if not (isinstance(given, str) and re.match(f"{DAY_PATTERN}T", given, re.ASCII)):
        raise ValueError("is not a moment.")
    return _read(_in_utc, given, "is not a moment.")


def _in_utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _read(reader: Callable[[str], T], text: str, problem: str) -> T:
    try:
        return reader(text)
    except (ValueError, OverflowError):
        raise ValueError(problem) from None


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{DAY_PATTERN}$"}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "pattern": f"^{DAY_PATTERN}(T.+)?$"}),
]


class KnownAsked(BaseModel):
    """A moment as of which is answered."""

    known: Moment | None = Field(
        None,
        description=(
            "As known at this moment: what was entered in the ledger later does not count. A day means its "
            "last moment; without a time zone it is UTC. By default now."
        ),
        examples=["2026-11-21", "2026-11-21T14:30:00Z"],
    )


class OnDay(BaseModel):
    """A day."""

    on: Day | None = Field(
        None,
        description="The day asked about: any of the calendar; by default today, in UTC.",
        examples=["2013-02-23"],
    )
    as_of: Day | None = Field(None, description="Another name for `on`.", examples=["2013-02-23"])


class AsKnown(KnownAsked, OnDay):
    """A day, and a moment as of which it is answered."""


class ListAsked(AsKnown):
    """The filters of the register, as on its page."""

    q: str = Field(
        "", max_length=200, examples=["klaster obrobki"],
        description=(
            "Words of the name, now or before. Accents, capitals and word order make no difference; today’s "
            "register also forgives one typing error."
        ),
    )  # fmt: skip
    country: str = Field(
        "", pattern="^([A-Z]{2})?$", examples=["PL"], description="ISO 3166-1 alpha-2, in capitals."
    )
    portfolio: str = Field("", max_length=60, examples=["ict"], description="Id of a portfolio, see /scheme.")
    level: Level | None = Field(None, description="Organisations that hold or held this level.")
    state: Literal["valid", "expired_renewable", "lapsed", "suspended", "withdrawn"] | None = Field(
        None, description="How the label stands on the day: that of the level asked for, else the headline."
    )
    expiring_within: int | None = Field(
        None, ge=1, le=60, examples=[6], description="Valid labels that end within so many months."
    )
    limit: int = Field(50, ge=1, le=200, description="How many organisations a page holds at most.")
    cursor: str = Field(
        "", max_length=400,
        description="Where the page begins: as `next` of the page before gave it, all else unchanged.",
    )  # fmt: skip


class EntriesAsked(BaseModel):
    """Where to begin in the ledger."""

    after: int = Field(0, ge=0, le=2**31 - 1, description="Entries with higher numbers only.", examples=[40])
    limit: int = Field(100, ge=1, le=1000, description="How many entries a page holds at most.")


class LevelDocument(Schema):
    """One level on the day. The dates are those of the unbroken run of periods."""

    level: Level
    status: Standing
    valid_from: date
    valid_until: date = Field(description="The last valid day; it still counts.")
    renewable_until: date = Field(description="The last day on which it can be renewed without a gap.")


class StatusDocument(Schema):
    """The label of an organisation on a day, as known at a moment: the best level first."""

    organisation: str = Field(examples=[KEY_EXAMPLE])
    level: Level | None
    status: Standing
    valid_from: date | None
    valid_until: date | None
    renewable_until: date | None
    on: date
    known: datetime
    levels: list[LevelDocument]
    successors: list[str] = Field(description="Keys of what it has become by that day.")


class OrganisationInShort(Schema):
    """One organisation of the register on a day, with the label asked for."""

    key: str = Field(examples=[KEY_EXAMPLE])
    name: str = Field(examples=["Aviation Valley"])
    former_names: list[str] = Field(description="Oldest first.")
    country: str = Field(description="ISO 3166-1 alpha-2.", examples=["PL"])
    portfolio: str = Field(examples=["aviation-space"])
    website: str = Field(description="Empty where none is known.")
    host: str = Field(description="The body that carries it in law; empty where that is itself.")
    level: Level
    status: Standing
    valid_from: date
    valid_until: date
    renewable_until: date
    first_labelled_on: date
    page: str = Field(description="Address of its page for people.")


class Relative(Schema):
    """An organisation that this one has become, or came from."""

    key: str
    name: str
    kind: Literal["merger", "split"]
    effective: date


class OrganisationDocument(OrganisationInShort):
    """One organisation with all its levels."""

    levels: list[LevelDocument]
    successors: list[Relative]
    predecessors: list[Relative]
    badge: str = Field(description="Address of its badge.")
    history: str = Field(description="Address of its history in this interface.")


class OrganisationsPage(Schema):
    """Organisations in order of their keys."""

    on: date
    known: datetime
    items: list[OrganisationInShort]
    next: str | None = Field(description="Address of the next page; null on the last.")


class HistoryLine(Schema):
    """What happened once to the labels of an organisation, with the dates that corrections gave it."""

    number: int = Field(description="Of the ledger entry.")
    kind: Kind
    level: Level | None
    name: str
    effective: date
    recorded: datetime
    valid_from: date | None
    valid_until: date | None
    renewable_until: date | None
    rule_set: str
    reason: str
    origin: str
    derived: list[str] = Field(description="Dates that the rules gave and no record did.")
    corrected_by: list[int] = Field(description="Numbers of the entries that corrected it.")
    host: str
    others: list[str] = Field(description="Keys: what a merger or a split made of the organisation.")
    meeting: str = Field(
        description="How the interview of a grant was held: on_site or video; empty where not on record."
    )


class HistoryDocument(Schema):
    """Everything that happened to an organisation's labels, by day of effect."""

    organisation: str
    known: datetime
    items: list[HistoryLine]


class LedgerAct(Schema):
    """What an entry says. What is empty is left out; the manual’s page on the ledger tells each field."""

    model_config = ConfigDict(extra="allow")

    kind: Kind
    organisation: str
    name: str
    effective: date
    recorded: datetime
    actor: str


class LedgerEntryDocument(Schema):
    """An entry of the ledger with hash and signature, as the manual’s page on the ledger tells."""

    number: int
    act: LedgerAct
    previous: str = Field(pattern="^[0-9a-f]{64}$")
    hash: str = Field(pattern="^[0-9a-f]{64}$")
    key: str
    signature: str = Field(pattern="^[0-9a-f]{128}$")


class EntriesPage(Schema):
    """Entries in the order of their numbers."""

    items: list[LedgerEntryDocument]
    next: str | None = Field(description="Address of the next page; null on the last.")


class HeadDocument(Schema):
    """A signed statement of the ledger’s last entry at the end of a day."""

    day: date
    number: int
    entry: str = Field(description="Hash of that entry.")
    previous: str
    hash: str
    key: str
    signature: str


class HeadsDocument(Schema):
    """All heads, oldest first."""

    items: list[HeadDocument]


class Named(Schema):
    """Something with an id and a name."""

    id: str
    name: str


class RuleSetInShort(Named):
    """Rules under which labels were or are granted."""

    in_force_from: date
    decided_by: str


class SchemeDocument(Schema):
    """The scheme in short. All of it is on the pages below /scheme/."""

    id: str
    name: str
    levels: list[Named] = Field(description="Lowest first.")
    portfolios: list[Named]
    rule_sets: list[RuleSetInShort] = Field(description="Oldest first.")


class LevelFigures(Schema):
    """How many organisations there are of a level."""

    level: Level
    valid: int
    ever: int


class FiguresDocument(Schema):
    """How many organisations hold a valid label on a day, and how many ever held one by then."""

    on: date
    valid: int
    ever: int
    levels: list[LevelFigures]


class ParameterProblem(Schema):
    """A parameter that cannot be used."""

    parameter: str
    problem: str
    remedy: str


class ProblemDocument(Schema):
    """A refusal, after RFC 9457."""

    type: str = Field(description="Address of what this kind of refusal means.")
    title: str
    status: int
    detail: str
    errors: list[ParameterProblem] = Field(
        default_factory=list, description="Only where parameters are at fault."
    )
