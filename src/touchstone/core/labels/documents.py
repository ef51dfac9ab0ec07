"""Acts and entries as canonical JSON: the same act always gives the same bytes.

Keys sorted, no spaces, UTF-8 without escapes beyond those that JSON demands, days as 2013-02-23, moments
in UTC with microseconds and Z. What is empty is left out, so that a later field changes no older entry.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.model import Act, Entry, EntryKind, Head, LabelLevel, StoredEntry

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Document = Mapping[str, object]

TEXTS = (
    "organisation", "name", "country", "portfolio", "actor", "rule_set", "website", "reason", "case",
    "origin", "host", "meeting",
)  # fmt: skip
_DAYS = ("effective", "valid_from", "valid_until", "renewable_until")
_ACT = {*TEXTS, *_DAYS, "kind", "level", "recorded", "derived", "corrects", "others"}
_REQUIRED = ("kind", "effective", "recorded")
_ENTRY = {"number", "act", "previous", "hash", "key", "signature"}
_HEAD = {"day", "number", "entry", "previous", "hash", "key", "signature"}
# Made once: a ledger of hundreds of thousands of entries is written and read with it.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(document: Document) -> str:
    """The one JSON text of a document."""
    return _ENCODER.encode(document)


def act_as_document(act: Act) -> dict[str, object]:
    """The act in JSON's own types, without what is empty."""
    document: dict[str, object] = {name: text for name in TEXTS if (text := getattr(act, name))}
    for name in _DAYS:
        if day := getattr(act, name):
            document[name] = day.isoformat()
    for name in ("derived", "others"):
        if texts := getattr(act, name):
            document[name] = list(texts)
    document["kind"] = act.kind.value
    document["recorded"] = moment_text(act.recorded)
    if act.level:
        document["level"] = act.level.value
    if act.corrects is not None:
        document["corrects"] = act.corrects
    return document


def act_from_document(document: object) -> Act:
    """The act that a parsed document holds. Raises Unusable, with the field as its place."""
    return Act(**_act_fields(document))


def act_from_text(text: str | bytes) -> Act:
    """The act of a canonical text. Raises Unusable where it is none, or not in its canonical form."""
    return Act(**fields_from_text(text))


def fields_from_text(text: str | bytes) -> dict[str, Any]:  # as `_act_fields`
    """The fields of the act of a canonical text. Raises Unusable as `act_from_text` does.

    The check of a whole ledger takes two of them, and makes no acts.
    """
    try:
        read = text if isinstance(text, str) else text.decode()
        document = json.loads(read)
    except (ValueError, RecursionError) as error:
        raise Unusable("", Fault("act", "is not readable as JSON.")) from error
    fields = _act_fields(document)
    if canonical(document) != read or not _is_written_so(document, fields):
        raise Unusable("", Fault("act", "is not in the canonical form that was signed."))
    return fields


def _act_fields(document: object) -> dict[str, Any]:  # the reader of each field gives its type
    fields = _fields(document, _ACT, "an act")
    values: dict[str, Any] = dict(_NO_TEXTS)
    for name, value in fields.items():
        try:
            values[name] = _READ[name](value)
        except (TypeError, ValueError) as error:
            raise Unusable("", Fault(name, f"cannot be read: {value!r}.")) from error
    for name in _REQUIRED:
        if name not in values:
            raise Unusable("", Fault(name, "is missing."))
    return values


def _is_written_so(document: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Whether each value is written in our one way: nothing empty, days and moments as `canonical` has them.

    Values of other kinds have one way only.
    """
    for name, value in document.items():
        if name in _DAYS:
            if fields[name].isoformat() != value:
                return False
        elif value in ("", []):
            return False
    recorded = document["recorded"]
    # A moment of another time zone may lie outside of the years that can be written in ours.
    return bool(recorded.endswith("Z") and moment_text(fields["recorded"]) == recorded)


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
    fields = _fields(document, _ENTRY, "an entry")
    return Entry(
        number=_required(fields, "number", _whole),
        act=act_from_document(_required(fields, "act", lambda value: value)),
        previous=_required(fields, "previous", _text),
        hash=_required(fields, "hash", _text),
        key=_required(fields, "key", _text),
        signature=_required(fields, "signature", _text),
    )


def head_as_document(head: Head) -> dict[str, object]:
    """The head in JSON's own types."""
    return {
        "day": head.day.isoformat(),
        "number": head.number,
        "entry": head.entry,
        "previous": head.previous,
        "hash": head.hash,
        "key": head.key,
        "signature": head.signature,
    }


def head_from_document(document: object) -> Head:
    """The head that a parsed document holds. Raises Unusable; checks no hash and no signature."""
    fields = _fields(document, _HEAD, "a head")
    return Head(
        day=_required(fields, "day", _day),
        number=_required(fields, "number", _whole),
        entry=_required(fields, "entry", _text),
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
    there = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return there.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _fields(document: object, known: set[str], what: str) -> Document:
    if not isinstance(document, dict):
        raise Unusable("", Fault(what.rsplit(maxsplit=1)[-1], "is not a JSON object."))
    if not document.keys() <= known:
        raise Unusable("", Fault(min(document.keys() - known), f"is not a field of {what}."))
    return document


def _required(fields: Document, name: str, read: Callable[[object], T]) -> T:
    if name not in fields:
        raise Unusable("", Fault(name, "is missing."))
    try:
        return read(fields[name])
    except (TypeError, ValueError) as error:
        raise Unusable("", Fault(name, f"cannot be read: {fields[name]!r}.")) from error


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
    known = {word.value: word for word in words}  # much quicker than asking the type

    def read(value: object) -> E:
        try:
            return known[_text(value)]
        except KeyError as error:
            raise ValueError("not one of the words") from error

    return read


_NO_TEXTS = dict.fromkeys(TEXTS, "")
_READ: Mapping[str, Callable[[object], object]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(_DAYS, _day),
    "kind": _one_of(EntryKind),
    "level": _one_of(LabelLevel),
    "recorded": _moment,
    "derived": _texts,
    "others": _texts,
    "corrects": _whole,
}
