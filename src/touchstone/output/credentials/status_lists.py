"""Bitstring Status Lists: one bit a credential, so that nobody who asks tells which one is asked about.

Index 0 is the most significant bit of the first byte. The bits are packed with GZIP and written as multibase.
"""

import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from touchstone.core.faults import Fault, Unusable
from touchstone.output.credentials.canonical import CREDENTIALS
from touchstone.output.credentials.multibase import base64url, from_base64url
from touchstone.output.credentials.proofs import JsonObject, second

ENTRIES: Final = 131_072  # the fewest that the standard allows
LARGEST: Final = 2_097_152  # bytes unpacked: sixteen million entries
FRESH: Final = 300_000  # milliseconds for which a list may be kept


class Purpose(StrEnum):
    """What a set bit says."""

    REVOCATION = "revocation"  # for good
    SUSPENSION = "suspension"  # for now


def packed(indices: Iterable[int]) -> str:
    """The list in which these entries (0 to 131,071) are set. The same entries give the same text."""
    content = bytearray(ENTRIES // 8)
    for index in indices:
        content[index // 8] |= 128 >> index % 8
    return "u" + base64url(gzip.compress(bytes(content), mtime=0))


def bits(encoded_list: str) -> bytes:
    """The bits of a list. Raises Unusable where it is none, too small or too large."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        content = unpacking.decompress(from_base64url(encoded_list.removeprefix("u")), LARGEST + 1)
    except (ValueError, zlib.error) as error:
        raise _refused("cannot be unpacked.") from error
    if not (ENTRIES // 8 <= len(content) <= LARGEST and unpacking.eof):
        raise _refused("has too few entries or too many.")
    return content


def is_set(content: bytes, index: int) -> bool:
    """Whether an entry is set. Raises Unusable for an index that the list does not have."""
    if not 0 <= index < len(content) * 8:
        raise _refused(f"has no entry {index}.")
    return bool(content[index // 8] & 128 >> index % 8)


def entry(address: str, purpose: Purpose, index: int) -> JsonObject:
    """What a credential says of its place in a list."""
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose.value,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def list_credential(
    address: str, purpose: Purpose, *, issuer: str, indices: Iterable[int], since: datetime
) -> JsonObject:
    """The credential of a list, not yet signed. `since` (aware) is from when on it says so."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": second(since),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": packed(indices),
            "ttl": FRESH,
        },
    }


def _refused(problem: str) -> Unusable:
    return Unusable("", Fault("encodedList", problem, "Take the list that the issuer publishes."))
