"""What somebody must have of an installation to check its files: its address, and its public keys.

The installation itself has them; everybody else takes them once, as one file, from `/verify/trust.json`, and
can check certificates and credentials anywhere afterwards. With the keys come the status lists of that day,
each signed: which credentials were revoked or suspended then. The file is only as good as the way it came: it
is not signed, and who is handed one together with a certificate knows nothing. An installation's `did.json`
will do as well, for credentials and badges: it names neither seals nor lists.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from touchstone.core.faults import Fault, Unusable
from touchstone.intake.guards import MEGABYTE
from touchstone.output.credentials.did import did_document, did_web, methods
from touchstone.output.credentials.proofs import JsonObject, second
from touchstone.output.keys import fingerprint_of, id_of

FORMAT: Final = "touchstone-trust/1"
TRUST_LIMIT: Final = MEGABYTE
_KEY: Final = 32  # bytes
_HOME: Final = {"localhost", "127.0.0.1"}  # where an installation on trial has no HTTPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The public half of an installation.

    `address` is where everybody finds it, without a slash at its end. `seals` maps a fingerprint to a
    certificate (DER), `keys` the id of a key to its 32 bytes: it signs ledger, credentials and statements.
    `lists` maps an address to the signed status list that it had at `published` (aware); nothing of them is
    checked before it is used.
    """

    address: str
    seals: Mapping[str, bytes]
    keys: Mapping[str, bytes]
    lists: Mapping[str, JsonObject] = field(default_factory=dict)
    published: datetime | None = None

    @property
    def host(self) -> str:
        """The host, with the port where it has one: how the issuer is named to a person."""
        return urlsplit(self.address).netloc

    @property
    def issuer(self) -> str:
        """The DID of whoever issues credentials there."""
        return did_web(self.address)

    @property
    def methods(self) -> dict[str, bytes]:
        """The keys by the ids that proofs and tokens give them."""
        return methods(self.issuer, self.keys)


def trust_document(trust: Trust) -> dict[str, object]:
    """The file that others save: the same for the same keys and lists, at the same moment."""
    dated = {"published": second(trust.published)} if trust.published else {}
    return {
        "format": FORMAT,
        "address": trust.address,
        "did": did_document(trust.issuer, trust.keys),
        "seals": [_pem(trust.seals[fingerprint]) for fingerprint in sorted(trust.seals)],
        "keys": {id: trust.keys[id].hex() for id in sorted(trust.keys)},
        **dated,
        "status_lists": [trust.lists[address] for address in sorted(trust.lists)],
    }


def read_trust(content: bytes, *, file: str) -> Trust:
    """The trust that a file holds: one of `/verify/trust.json`, or a `did.json`. Unusable otherwise."""
    try:
        document = json.loads(content)
        return _of_did(document) if "verificationMethod" in document else _of_document(document)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        remedy = "Save the page /verify/trust.json of the installation that you trust, or its did.json."
        raise Unusable(file, Fault("", "This is no list of keys that can be read.", remedy)) from None


def _of_document(document: Any) -> Trust:
    # Any: parsed JSON from outside; what does not fit raises.
    if document["format"] != FORMAT:
        raise ValueError("another format")
    return Trust(
        address=_address(document["address"]),
        seals={fingerprint_of(der): der for der in map(_der, document["seals"])},
        keys={id_of(key): key for key in map(_key, document["keys"].values())},
        lists={_address(one["id"]): dict(one) for one in document.get("status_lists", [])},
        published=_moment(document.get("published")),
    )


def _of_did(document: Any) -> Trust:
    # Any: parsed JSON from outside; what does not fit raises.
    issuer = document["id"]
    host, *folders = (unquote(part) for part in issuer.removeprefix("did:web:").split(":"))
    scheme = "http" if host.split(":")[0] in _HOME else "https"
    address = _address("/".join((f"{scheme}://{host}", *folders)))
    if did_web(address) != issuer:
        raise ValueError("no DID of a place on the web")
    keys = {id_of(key): key for key in _keys(document["verificationMethod"])}
    return Trust(address=address, seals={}, keys=keys)


def _address(address: str) -> str:
    parts = urlsplit(address.rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("no address")
    return parts.geturl()


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment.astimezone(UTC)


def _key(text: str) -> bytes:
    return _checked(bytes.fromhex(text))


def _keys(methods: Any) -> Iterator[bytes]:
    """The Ed25519 keys among an issuer's; each stands there as a JWK too."""
    # Any: as above.
    for jwk in (method["publicKeyJwk"] for method in methods if "publicKeyJwk" in method):
        if jwk["crv"] == "Ed25519":
            yield _checked(base64.urlsafe_b64decode(jwk["x"] + "=" * (-len(jwk["x"]) % 4)))


def _checked(key: bytes) -> bytes:
    if len(key) != _KEY:
        raise ValueError("no Ed25519 key")
    return key


def _pem(certificate: bytes) -> str:
    return x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM).decode()


def _der(pem: str) -> bytes:
    return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)
