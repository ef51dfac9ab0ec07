"""Credentials of the Amber cluster, issued by an installation at labels.example.org."""

import json
from datetime import date, datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from touchstone.apps.credentials import services
from touchstone.core.labels.model import LabelLevel
from touchstone.output.credentials import bits, did_web, is_set, method_id, signed
from touchstone.output.credentials.did import methods
from touchstone.output.credentials.open_badge import Issuer, Label, credential
from touchstone.output.credentials.status_lists import Purpose, entry
from touchstone.output.keys import KeyPair

ADDRESS = "https://labels.example.org"
DID = did_web(ADDRESS)
ISSUER = Issuer(did=DID, name="The label office", address=ADDRESS)


@cache
def a_key(seed: int = 1) -> KeyPair:
    """The same key for the same seed."""
    return KeyPair(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def methods_of(*keys: KeyPair) -> dict[str, bytes]:
    """The public keys of the issuer, by their whole ids."""
    return methods(DID, {key.id: key.public for key in keys})


def label(**changes: Any) -> Label:
    """A Bronze label of 2026 to 2028."""
    return Label(
        **{
            "number": 49,
            "version": 1,
            "organisation": "lt-amber",
            "name": "Amber Cluster",
            "level": LabelLevel.BRONZE,
            "scheme": "Cluster management excellence",
            "notice": "This is not the official scheme.",
            "rule_set": "2022",
            "rules": "Rules of 2022",
            "decided_by": "EUCLES",
            "valid_from": date(2026, 10, 12),
            "valid_until": date(2028, 10, 31),
            **changes,
        }
    )


def unsigned(place: int = 7, **changes: Any) -> dict[str, Any]:
    """Its credential, not yet signed, at a place of the first lists."""
    statuses = [entry(f"{ADDRESS}/credentials/status/{one.value}/1", one, place) for one in Purpose]
    return credential(label(**changes), issuer=ISSUER, statuses=statuses)


def issued(at: datetime, key: KeyPair | None = None, **changes: Any) -> dict[str, Any]:
    """Its credential, signed."""
    key = key or a_key()
    return signed(unsigned(**changes), key, method=method_id(DID, key.id), created=at)


def status_bits(document: str, *, at: datetime) -> tuple[bool, bool]:
    """Whether a credential (JSON) of the application is revoked, and whether it is suspended."""
    found = {}
    for place in json.loads(document)["credentialStatus"]:
        purpose, number = place["statusListCredential"].split("/")[-2:]
        published = json.loads(services.status_list(purpose, int(number), at=at))
        content = bits(published["credentialSubject"]["encodedList"])
        found[purpose] = is_set(content, int(place["statusListIndex"]))
    return found["revocation"], found["suspension"]
