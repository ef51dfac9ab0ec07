"""An installation at labels.example.org with labels of every fate, and all that others can fetch of it.

The clocks of other programs cannot be set, so the labels are of these days.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from factories.apps import entry
from factories.credentials import ADDRESS, DID, a_key, unsigned
from touchstone.core.labels.model import EntryKind
from touchstone.output.credentials import did_document, method_id, signed, token, token_method_id
from touchstone.output.keys import KeyPair

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()
NOTHING = {"level": None, "valid_from": None, "valid_until": None, "renewable_until": None}
STRANGER = "did:web:evil.example.org"
REGISTRY = "https://registry.example/issuers.json"
FATES = ("valid", "suspended", "revoked", "corrected", "reinstated", "expired")


@dataclass(frozen=True, slots=True)
class Published:
    """What an installation answers: each file by its address, and the credentials by their fates."""

    files: dict[str, str]
    credentials: dict[str, str]
    tokens: dict[str, str]

    def cases(
        self, credentials: dict[str, str], exchanged: dict[str, dict[str, str]] | None = None
    ) -> dict[str, object]:
        """The cases for a script of Node; for some, by their names, other files lie at some addresses."""
        found = {"web": self.files, "issuer": DID, "credentials": credentials}
        return {**found, "exchanged": exchanged or {}}


def published(client: Client, rotate: Callable[[], KeyPair]) -> Published:
    """Labels of six organisations as anybody can fetch them; the last two were signed by a second key."""
    granted = {fate: _granted(fate) for fate in FATES[:4]}
    credentials = {fate: _read(client, f"/credentials/{number}.json") for fate, number in granted.items()}
    tokens = {fate: _read(client, f"/credentials/{number}.jwt") for fate, number in granted.items()}
    rotate()
    for fate in FATES[4:]:
        number = _granted(fate)
        credentials[fate] = _read(client, f"/credentials/{number}.json")
        tokens[fate] = _read(client, f"/credentials/{number}.jwt")
    _later("suspended", EntryKind.SUSPENSION)
    _later("revoked", EntryKind.WITHDRAWAL)
    _later("corrected", EntryKind.CORRECTION, corrects=granted["corrected"], valid_until=_day(300))
    _later("reinstated", EntryKind.SUSPENSION)
    _later("reinstated", EntryKind.REINSTATEMENT, moment=2)
    lists = [f"/credentials/status/{purpose}/1" for purpose in ("revocation", "suspension")]
    addresses = ["/.well-known/did.json", *lists, *(f"{one}.jwt" for one in lists)]
    files = {ADDRESS + address: _read(client, address) for address in addresses}
    files[REGISTRY] = json.dumps({"registry": {DID: {"name": "The label office"}}})
    files["https://evil.example.org/.well-known/did.json"] = json.dumps(
        did_document(STRANGER, {a_key(9).id: a_key(9).public})
    )
    return Published(files, credentials, tokens)


def forged(document: str) -> dict[str, str]:
    """A valid credential as others would like to have it."""
    whole: dict[str, Any] = json.loads(document)
    bare = {name: value for name, value in whole.items() if name != "proof"}
    thief = a_key(9)
    its_own = method_id(STRANGER, thief.id)
    subject = whole["credentialSubject"]
    return {
        "renamed": json.dumps({**whole, "name": "Gold label of Amber Cluster"}),
        "for ever": json.dumps({**whole, "validUntil": "2999-12-31T23:59:59Z"}),
        "another subject": json.dumps(
            {**whole, "credentialSubject": {**subject, "id": "https://me.example/"}}
        ),
        "another place": json.dumps({**whole, "credentialStatus": unsigned(place=9)["credentialStatus"]}),
        "undefined term": json.dumps({**whole, "endorsedBy": "The Commission"}),
        "undefined inside": json.dumps({**whole, "credentialSubject": {**subject, "rank": "first"}}),
        "another issuer": _signed({**bare, "issuer": {**whole["issuer"], "id": STRANGER}}, thief, its_own),
        "our name, another key": _signed(bare, thief, its_own),
        "our name, a key of ours that is none": _signed(bare, thief, method_id(DID, thief.id)),
        "without a proof": json.dumps(bare),
        "another proof": json.dumps({**whole, "proof": {**whole["proof"], "proofValue": f"z{'2' * 88}"}}),
    }


def forged_tokens(text: str, document: str) -> dict[str, str]:
    """The same of a token."""
    whole: dict[str, Any] = json.loads(document)
    bare = {name: value for name, value in whole.items() if name != "proof"}
    head, body, signature = text.split(".")
    thief = a_key(9)
    its_own = token_method_id(STRANGER, thief.id)
    return {
        "altered": f"{head}.{body[:-8]}{'A' * 8}.{signature}",
        "another signature": f"{head}.{body}.{'A' * 86}",
        "unsigned": f"eyJhbGciOiJub25lIn0.{body}.",
        "another issuer": token({**bare, "issuer": STRANGER}, thief, method=its_own),
        "our name, another key": token(bare, thief, method=token_method_id(DID, thief.id)),
    }


def _signed(document: dict[str, Any], key: KeyPair, method: str) -> str:
    return json.dumps(signed(document, key, method=method, created=NOW))


def _granted(fate: str) -> int:
    """A label that began a month ago, and has a year to go; the expired one ended yesterday."""
    ends = _day(-1 if fate == "expired" else 365)
    return entry(
        organisation=f"lt-{fate}", recorded=NOW - timedelta(minutes=9), effective=_day(-30),
        valid_from=_day(-30), valid_until=ends, renewable_until=_day(700),
    ).number  # fmt: skip


def _later(fate: str, kind: EntryKind, *, moment: int = 1, **fields: Any) -> None:
    recorded = NOW - timedelta(minutes=9 - moment)
    entry(kind=kind, organisation=f"lt-{fate}", effective=TODAY, recorded=recorded, **{**NOTHING, **fields})


def _day(days: int) -> date:
    return TODAY + timedelta(days=days)


def _read(client: Client, address: str) -> str:
    return client.get(address).content.decode()
