"""The issuer's name on the web, `did:web:labels.example.org`, and the document of its keys.

Whoever checks a credential turns the name into an address (`https://labels.example.org/.well-known/did.json`)
and finds there each key that ever signed here, save those that were stolen.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlsplit

from touchstone.output.credentials.multibase import base64url, multikey

DID: Final = "https://www.w3.org/ns/did/v1"
MULTIKEY: Final = "https://w3id.org/security/multikey/v1"
JWK: Final = "https://w3id.org/security/jwk/v1"
AS_JWK: Final = "-jwk"  # at the end of a key's second id


def did_web(address: str) -> str:
    """The did:web of an address, such as https://labels.example.org or http://localhost:8000/labels."""
    parts = urlsplit(address)
    host = (parts.hostname or "localhost") + (f":{parts.port}" if parts.port else "")
    folders = [quote(folder) for folder in parts.path.split("/") if folder]
    return ":".join(["did:web", host.replace(":", "%3A"), *folders])


def method_id(did: str, key_id: str) -> str:
    """The whole id of a key, for proofs. Tokens name its copy as JWK."""
    return f"{did}#{key_id}"


def token_method_id(did: str, key_id: str) -> str:
    """The whole id of a key's copy as JWK, for tokens."""
    return method_id(did, key_id) + AS_JWK


def methods(did: str, keys: Mapping[str, bytes]) -> dict[str, bytes]:
    """Whole id → the 32 bytes of each public key, under both of its ids."""
    proofs = {method_id(did, id): public for id, public in keys.items()}
    return proofs | {token_method_id(did, id): public for id, public in keys.items()}


def did_document(did: str, keys: Mapping[str, bytes]) -> dict[str, object]:
    """The document of an issuer's keys, in order of their ids; `keys` has their 32 bytes, old ones too."""
    listed = [
        method
        for id in sorted(keys)
        for method in (_as_multikey(did, id, keys[id]), _as_jwk(did, id, keys[id]))
    ]
    return {
        "@context": [DID, MULTIKEY, JWK],
        "id": did,
        "verificationMethod": listed,
        "assertionMethod": [method["id"] for method in listed],
    }


def _as_multikey(did: str, id: str, public: bytes) -> dict[str, object]:
    return {
        "id": method_id(did, id),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multikey(public),
    }


def _as_jwk(did: str, id: str, public: bytes) -> dict[str, object]:
    return {
        "id": token_method_id(did, id),
        "type": "JsonWebKey",
        "controller": did,
        "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": base64url(public), "alg": "EdDSA"},
    }
