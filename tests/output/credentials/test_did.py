import pytest

from touchstone.output.credentials.did import did_document, did_web, methods
from touchstone.output.credentials.multibase import base64url, multikey

ONE, OTHER = bytes(32), bytes(range(32))


@pytest.mark.parametrize(
    ("address", "did"),
    [
        ("https://labels.example.org", "did:web:labels.example.org"),
        ("https://Labels.Example.org", "did:web:labels.example.org"),
        ("http://localhost:8000", "did:web:localhost%3A8000"),
        ("https://example.org:8443/labels/eu", "did:web:example.org%3A8443:labels:eu"),
        ("https://example.org/žymos", "did:web:example.org:%C5%BEymos"),
        ("http://[::1]:8000", "did:web:%3A%3A1%3A8000"),
        ("", "did:web:localhost"),
    ],
)
def test_an_address_is_a_name(address: str, did: str) -> None:
    assert did_web(address) == did


def test_each_key_stands_in_both_forms_and_may_assert() -> None:
    document = did_document("did:web:x", {"b": OTHER, "a": ONE})
    assert document["assertionMethod"] == [f"did:web:x#{id}" for id in ("a", "a-jwk", "b", "b-jwk")]
    listed = document["verificationMethod"]
    assert isinstance(listed, list)
    assert [method["controller"] for method in listed] == ["did:web:x"] * 4
    assert listed[2]["publicKeyMultibase"] == multikey(OTHER)
    assert listed[3]["publicKeyJwk"] == {
        "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": base64url(OTHER),
    }  # fmt: skip


def test_a_key_is_found_by_both_of_its_ids() -> None:
    assert methods("did:web:x", {"a": ONE}) == {"did:web:x#a": ONE, "did:web:x#a-jwk": ONE}
