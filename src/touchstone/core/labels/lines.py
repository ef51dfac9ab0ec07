"""The ledger as a file of lines, so that anyone can keep a copy and check it: JSON Lines in UTF-8.

The first line says what the file is, from where, how many entries and heads follow, the public keys (64 hex
digits each) by their ids, and when those retired that sign no more. Then come all entries in order, then all
heads in order. Each line is canonical JSON, so the same ledger always gives the same bytes, and two copies
can be compared line by line.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, zip_longest
from json.encoder import encode_basestring as _quoted
from typing import Any, TypeGuard

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.documents import canonical, head_as_document, head_from_document, moment_text
from touchstone.core.labels.ledger import Retirement, Signers
from touchstone.core.labels.model import Head, StoredEntry

KIND = "touchstone ledger"
VERSION = 1
# No entry comes near it. What is longer is no ledger, and must not be read into memory.
LONGEST = 1_000_000
CHANGED = "it was changed; the older copy has it otherwise"
ENTRY_BEGINS = b'{"act":'
_TEXT = rb'"([^"\\\x00-\x1f]*)"'  # what is written without a backslash; so are all hashes and ids of keys
_ENTRY = re.compile(
    rb'\{"act":(\{.*\}),"hash":%b,"key":%b,"number":(0|[1-9][0-9]{0,17}),"previous":%b,"signature":%b\}'
    % (_TEXT, _TEXT, _TEXT, _TEXT),
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLine:
    """What a copy of the ledger says of itself."""

    address: str  # of the installation; empty where it has none
    keys: Mapping[str, bytes]  # id → the 32 bytes of a public key
    entries: int
    heads: int
    retired: Mapping[str, Retirement] = field(default_factory=dict)

    @property
    def signers(self) -> Signers:
        """The keys that the copy names of itself."""
        return Signers(keys=self.keys, retired=self.retired)


def lines(first: FirstLine, entries: Iterable[StoredEntry], heads: Iterable[Head]) -> Iterator[bytes]:
    """The lines of a copy, each with its line feed."""
    for line in chain([first_line(first)], map(entry_line, entries), map(head_line, heads)):
        yield line + b"\n"


def first_line(first: FirstLine) -> bytes:
    """The first line, without its line feed."""
    return canonical(
        {
            "address": first.address,
            "entries": first.entries,
            "heads": first.heads,
            "kind": KIND,
            "version": VERSION,
            **signers_as_document(first.signers),
        }
    ).encode()


def signers_as_document(signers: Signers) -> dict[str, object]:
    """The members `keys` and, where some retired, `retired`, of a first line and of /ledger/keys.json."""
    keys = {id: public.hex() for id, public in signers.keys.items()}
    return {"keys": keys, **({"retired": retired_as_document(signers.retired)} if signers.retired else {})}


def retired_as_document(retired: Mapping[str, Retirement]) -> dict[str, dict[str, object]]:
    """When keys retired, in JSON's own types, by their ids."""
    return {
        id: {"at": moment_text(one.at), "entry": one.entry, "stolen": one.stolen}
        for id, one in sorted(retired.items())
    }


def entry_line(entry: StoredEntry) -> bytes:
    """The line of an entry, without its line feed: as it is kept, damaged or not."""
    document = entry.document if isinstance(entry.document, bytes) else _raw(entry.document)
    # A line feed in an act would be damage, and must not make two lines of one.
    return ENTRY_BEGINS + document.replace(b"\n", b" ") + _after_act(entry)


def _after_act(entry: StoredEntry) -> bytes:
    """The other members, in the order of canonical JSON: written so, it is many times faster."""
    hash, key, previous, signature = map(_quoted, (entry.hash, entry.key, entry.previous, entry.signature))
    return _raw(
        f',"hash":{hash},"key":{key},"number":{entry.number},"previous":{previous},"signature":{signature}}}'
    )


def head_line(head: Head) -> bytes:
    """The line of a head, without its line feed."""
    return _raw(canonical(head_as_document(head)))


def first_line_read(line: bytes) -> FirstLine:
    """What a first line says. Raises Unusable where it is not the first line of a ledger."""
    document = _parsed(line, "line 1")
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise Unusable(
            "", Fault("line 1", "does not say that this is a ledger.", "Fetch ledger.jsonl again.")
        )
    if document.get("version") != VERSION:
        problem = f"this ledger is of version {document.get('version')!r}, and this program reads {VERSION}."
        raise Unusable("", Fault("line 1", problem, "Take a newer program."))
    address, entries, heads = (document.get(name) for name in ("address", "entries", "heads"))
    if not (isinstance(address, str) and _counts(entries) and _counts(heads)):
        raise Unusable("", Fault("line 1", "address or counts are missing.", "Fetch ledger.jsonl again."))
    signers = signers_read(document, "line 1")
    return FirstLine(
        address=address, keys=signers.keys, entries=entries, heads=heads, retired=signers.retired
    )


def signers_read(document: Mapping[str, object], place: str) -> Signers:
    """The members `keys` and `retired` of an object. Raises Unusable where they cannot be read."""
    keys = _keys_read(document.get("keys"), place)
    return Signers(keys=keys, retired=retired_read(document.get("retired", {}), place))


def retired_read(document: object, place: str) -> dict[str, Retirement]:
    """When keys retired, by their ids. Raises Unusable where it cannot be read."""
    try:
        return {id: _retirement(one) for id, one in _object(document).items()}
    except (KeyError, TypeError, ValueError, OverflowError):
        problem = "when keys were retired cannot be read."
        raise Unusable("", Fault(place, problem, "Fetch it again.")) from None


def _retirement(document: Any) -> Retirement:  # of strangers: what does not fit raises
    at, entry = datetime.fromisoformat(document["at"]), document["entry"]
    if at.tzinfo is None or not _counts(entry):
        raise ValueError("no moment, or no entry")
    return Retirement(at=at.astimezone(UTC), entry=entry, stolen=document.get("stolen") is True)


def _keys_read(document: object, place: str) -> dict[str, bytes]:
    """Public keys by their ids, from an object of hex digits."""
    try:
        keys = {id: bytes.fromhex(public) for id, public in _object(document).items()}
    except (TypeError, ValueError):
        raise Unusable("", Fault(place, "the public keys cannot be read.", "Fetch it again.")) from None
    for id, public in keys.items():
        if len(public) != 32:
            raise Unusable("", Fault(place, f"{id!r} is no Ed25519 key: it has not 32 bytes."))
    return keys


def entries_read(numbered: Iterable[tuple[int, bytes]]) -> Iterator[StoredEntry]:
    """The entries of numbered lines, one after the other. Raises Unusable at a line that is no entry.

    The act is taken as it is written; that it is what was signed, the ledger's check says.
    """
    for number, line in numbered:
        entry = _entry(line, f"line {number}")
        if entry is None:
            problem = "is not an entry as a ledger's file writes it."
            raise Unusable("", Fault(f"line {number}", problem, "Fetch the file again."))
        yield entry


def head_read(number: int, line: bytes) -> Head:
    """The head of a numbered line. Raises Unusable where it is none."""
    document = _parsed(line, f"line {number}")
    try:
        head = head_from_document(document)
    except Unusable as unusable:
        raise Unusable("", Fault(f"line {number}", f"is no head: {unusable}")) from unusable
    if head_line(head) != line:
        raise Unusable("", Fault(f"line {number}", "is not a head as a ledger's file writes it."))
    return head


def first_difference(older: Iterable[bytes], newer: Iterable[bytes]) -> str | None:
    """The first entry of an older copy that a newer one does not have as it was, in words.

    Both are given as the lines of their entries without line feeds; the newer may have more at its end.
    Raises Unusable where the older copy has something there that is no entry.
    """
    for number, (before, after) in enumerate(zip_longest(older, newer), start=1):
        if before is None:
            return None
        if before != after:
            next(entries_read([(number + 1, before)]))
            what = "it was removed; the older copy has it" if after is None else CHANGED
            return f"entry {number}: {what}."
    return None


def _entry(line: bytes, place: str) -> StoredEntry | None:
    """The entry of a line; None where the line is not as `entry_line` writes it, but for the act.

    The act is cut out unread: the ledger's check reads it, once, and would not gain by a second reading.
    """
    found = _ENTRY.fullmatch(line)
    if found is None:
        _parsed(line, place)  # which may have more to say
        return None
    document, hash, key, number, previous, signature = found.groups()
    try:
        return StoredEntry(
            number=int(number), document=document, previous=previous.decode(), hash=hash.decode(),
            key=key.decode(), signature=signature.decode(),
        )  # fmt: skip
    except UnicodeDecodeError:
        return None


def _object(document: object) -> dict[str, Any]:  # of strangers: each member is looked at where it is taken
    if not isinstance(document, dict):
        raise TypeError("not a JSON object")
    return document


def _parsed(line: bytes, place: str) -> object:
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise Unusable("", Fault(place, "is not in UTF-8.", "Fetch the file again.")) from None
    except (ValueError, RecursionError):
        raise Unusable("", Fault(place, "is not readable as JSON.", "Fetch the file again.")) from None


def _raw(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _counts(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
