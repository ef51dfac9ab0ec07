"""Acts and entries as canonical JSON: the same act always gives the same bytes.

Keys sorted, no spaces, UTF-8 without escapes beyond those that JSON demands, days as 2013-02-23, moments
in UTC with microseconds and Z. What is empty is left out, so that a later field changes no older entry.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, StoredEntry

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Document = Mapping[str, object]

TEXTS = (
    "organisation", "name", "country", "portfolio", "actor", "rule_set", "website", "reason", "case",
    "origin", "host",
)  # fmt: skip
_DAYS = ("effective", "valid_from", "valid_until", "renewable_until")
_ACT = {*TEXTS, *_DAYS, "kind", "level", "recorded", "derived", "corrects", "others"}
_ENTRY = {"number", "act", "previous", "hash", "key", "signature"}


def canonical(document: Document) -> str:
    """The one JSON text of a document."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def act_as_document(act: Act) -> dict[str, object]:
    """The act in JSON's own types, without what is empty."""
    document: dict[str, object] = {name: getattr(act, name) for name in TEXTS}
    document |= {name: _day_text(getattr(act, name)) for name in _DAYS}
    document["kind"] = act.kind.value
    document["level"] = act.level and act.level.value
    document["recorded"] = moment_text(act.recorded)
    document["derived"] = list(act.derived)
    document["corrects"] = act.corrects
    document["others"] = list(act.others)
    return {name: value for name, value in document.items() if value not in (None, "", [])}


def act_from_document(document: object) -> Act:
    """The act that a parsed document holds. Raises Unusable, with the field as its place."""
    fields = _fields(document, _ACT, "act")
    texts = {name: _optional(fields, name, _text) or "" for name in TEXTS}
    return Act(
        kind=_required(fields, "kind", _one_of(EntryKind)),
        level=_optional(fields, "level", _one_of(LabelLevel)),
        effective=_required(fields, "effective", _day),
        recorded=_required(fields, "recorded", _moment),
        valid_from=_optional(fields, "valid_from", _day),
        valid_until=_optional(fields, "valid_until", _day),
        renewable_until=_optional(fields, "renewable_until", _day),
        derived=_optional(fields, "derived", _texts) or (),
        others=_optional(fields, "others", _texts) or (),
        corrects=_optional(fields, "corrects", _whole),
        **texts,
    )


def act_from_text(text: str | bytes) -> Act:
    """The act of a canonical text. Raises Unusable where it is none, or not in its canonical form."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unusable("", Fault("act", "is not readable as JSON.")) from error
    act = act_from_document(document)
    if canonical(act_as_document(act)).encode() != _raw(text):
        raise Unusable("", Fault("act", "is not in the canonical form that was signed."))
    return act


def entry_as_document(entry: Entry) -> dict[str, object]:
    """The whole entry in JSON's own types."""
    return {
        "number": entry.number,
        "act": act_as_document(entry.act),
        "previous": entry.previous,
        "hash": entry.hash,
        "key": entry.key,
        "signature": entry.signature,
    }


def entry_from_document(document: object) -> Entry:
    """The entry that a parsed document holds. Raises Unusable; checks no hash and no signature."""
    fields = _fields(document, _ENTRY, "entry")
    return Entry(
        number=_required(fields, "number", _whole),
        act=act_from_document(_required(fields, "act", lambda value: value)),
        previous=_required(fields, "previous", _text),
        hash=_required(fields, "hash", _text),
        key=_required(fields, "key", _text),
        signature=_required(fields, "signature", _text),
    )


def stored(entry: Entry) -> StoredEntry:
    """The entry as it is to be kept."""
    return StoredEntry(
        number=entry.number,
        document=canonical(act_as_document(entry.act)),
        previous=entry.previous,
        hash=entry.hash,
        key=entry.key,
        signature=entry.signature,
    )


def restored(entry: StoredEntry) -> Entry:
    """The entry that was kept. Raises Unusable where its act is damaged; checks no hash and no signature."""
    return Entry(
        number=entry.number,
        act=act_from_text(entry.document),
        previous=entry.previous,
        hash=entry.hash,
        key=entry.key,
        signature=entry.signature,
    )


def moment_text(moment: datetime) -> str:
    """An aware moment as 2026-11-21T14:32:00.000000Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _raw(text: str | bytes) -> bytes:
    # A database may hand over damaged text with lone surrogates in it. They must not stop the check.
    return text if isinstance(text, bytes) else text.encode(errors="surrogatepass")


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _fields(document: object, known: set[str], what: str) -> Document:
    if not isinstance(document, dict):
        raise Unusable("", Fault(what, "is not a JSON object."))
    for name in sorted(document.keys() - known):
        raise Unusable("", Fault(name, f"is not a field of an {what}."))
    return document


def _required(fields: Document, name: str, read: Callable[[object], T]) -> T:
    if name not in fields:
        raise Unusable("", Fault(name, "is missing."))
    try:
        return read(fields[name])
    except (TypeError, ValueError) as error:
        raise Unusable("", Fault(name, f"cannot be read: {fields[name]!r}.")) from error


def _optional(fields: Document, name: str, read: Callable[[object], T]) -> T | None:
    return _required(fields, name, read) if name in fields else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return tuple(map(_text, value))


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


def _one_of(words: type[E]) -> Callable[[object], E]:
    return lambda value: words(_text(value))
