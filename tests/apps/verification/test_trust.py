"""The keys of an installation as a file, and what is done with it away from the installation."""

import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from factories import issued
from factories.apps import NOW
from touchstone.apps.verification.trust import Trust, read_trust, trust_document
from touchstone.core.faults import Unusable
from touchstone.output.credentials.did import did_document

REFUSED = (
    "keys.json: This is no list of keys that can be read. "
    "Save the page /verify/trust.json of the installation that you trust, or its did.json."
)


def saved(trust: Trust) -> dict[str, Any]:
    return json.loads(json.dumps(trust_document(trust)))


def read(document: object) -> Trust:
    return read_trust(json.dumps(document).encode(), file="keys.json")


def refusal(content: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        read_trust(content, file="keys.json")
    return str(refused.value)


def test_what_was_saved_is_read_again() -> None:
    own = issued.keys().trust
    assert read(saved(own)) == own
    assert (own.host, own.issuer) == ("labels.example.org", "did:web:labels.example.org")


def test_a_file_of_an_earlier_version_has_no_lists() -> None:
    document = saved(issued.keys().trust)
    del document["status_lists"]
    assert (read(document).lists, read(document).published) == ({}, None)


def test_the_lists_are_read_with_the_moment_at_which_they_were_published() -> None:
    own = replace(issued.keys().trust, published=NOW, lists={one["id"]: one for one in issued.status_lists()})
    assert read(saved(own)) == own


def test_the_file_holds_public_halves_alone() -> None:
    document = saved(issued.keys().trust)
    assert set(document) == {"format", "address", "did", "seals", "keys", "status_lists"}
    assert "PRIVATE" not in json.dumps(document)
    (seal,) = document["seals"]
    assert x509.load_pem_x509_certificate(seal.encode()).subject.rfc4514_string() == (
        "CN=Seal of labels.example.org"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://labels.example.org",
        "http://localhost:8000",
        "https://example.org/labels",
        "http://127.0.0.1:1",
    ],
)
def test_a_did_document_will_do_without_the_seals(address: str) -> None:
    trust = issued.keys("own", address).trust
    document = did_document(trust.issuer, trust.keys)
    assert read(document) == Trust(address=address, seals={}, keys=trust.keys)


def test_keys_of_other_kinds_in_a_did_document_are_passed_over() -> None:
    trust = issued.keys().trust
    document: Any = did_document(trust.issuer, trust.keys)
    document["verificationMethod"].append({"id": "x", "publicKeyJwk": {"crv": "P-256", "x": "AA", "y": "AA"}})
    assert read(document).keys == trust.keys


@pytest.mark.parametrize(
    "bend",
    [
        {"format": "touchstone-trust/2"},
        {"address": "ftp://labels.example.org"},
        {"address": "labels.example.org"},
        {"address": 5},
        {"seals": ["no certificate"]},
        {"seals": None},
        {"keys": {"a": "00"}},
        {"keys": {"a": "no hex"}},
        {"keys": ["00" * 32]},
        {"published": "yesterday"},
        {"published": "2026-11-21T12:00:00"},
        {"published": "0001-01-01T00:00:00+14:00"},
        {"published": 5},
        {"status_lists": None},
        {"status_lists": ["a list"]},
        {"status_lists": [{}]},
        {"status_lists": [{"id": 5}]},
        {"status_lists": [{"id": "no address"}]},
        {"verificationMethod": []},
        {"verificationMethod": [{"publicKeyJwk": {"crv": "Ed25519", "x": "AA"}}], "id": "did:web:a.example"},
        {"verificationMethod": [], "id": "did:key:z6Mk"},
        {"verificationMethod": [], "id": 5},
        {"verificationMethod": 5, "id": "did:web:a.example"},
    ],
)
def test_a_bent_file_is_refused(bend: dict[str, object]) -> None:
    assert refusal(json.dumps({**saved(issued.keys().trust), **bend}).encode()) == REFUSED


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"5", b"null", b"\xff", b"[" * 100_000, b'"x"'])
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    assert refusal(content) == REFUSED


@given(
    st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3))
)
def test_any_members_are_read_or_refused(value: object) -> None:
    names = ("format", "address", "seals", "keys", "id", "verificationMethod", "published", "status_lists")
    for name in names:
        document = {**saved(issued.keys().trust), name: value}
        try:
            read(document)
        except Unusable as refused:
            assert str(refused) == REFUSED  # noqa: PT017  (both are right, and nothing else)
