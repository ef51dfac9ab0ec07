"""The published test vectors of the W3C for eddsa-rdfc-2022 (vc-di-eddsa, appendix A).

The page names a context of examples; what it says of the two words used stands inside the document here.
"""

import hashlib
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from touchstone.output.credentials.canonical import CREDENTIALS, canonical
from touchstone.output.credentials.multibase import from_base58, multikey
from touchstone.output.credentials.proofs import signed, to_sign
from touchstone.output.keys import KeyPair

PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
METHOD = f"https://vc.example/issuers/5678#{PUBLIC}"
EXAMPLES = "https://www.w3.org/ns/credentials/examples#"
CREDENTIAL = {
    "@context": [
        CREDENTIALS,
        {"AlumniCredential": f"{EXAMPLES}AlumniCredential", "alumniOf": f"{EXAMPLES}alumniOf"},
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)


def key() -> KeyPair:
    return KeyPair(Ed25519PrivateKey.from_private_bytes(from_base58(PRIVATE[1:])[2:]))


def test_the_key_is_written_as_published() -> None:
    assert multikey(key().public) == PUBLIC


def test_the_canonical_text_is_the_published_one() -> None:
    published = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
    assert hashlib.sha256(canonical(CREDENTIAL)).hexdigest() == published


def test_document_and_proof_come_to_the_published_digests() -> None:
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    assert to_sign(CREDENTIAL, proof).hex() == (
        "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
    )


def test_the_signature_is_the_published_one() -> None:
    published = "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9"
    proof = signed(CREDENTIAL, key(), method=METHOD, created=CREATED)["proof"]
    assert proof["proofValue"] == published  # type: ignore[index]  # a tree of JSON
