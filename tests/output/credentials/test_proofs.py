"""What a check finds in documents and tokens that were signed, altered, signed by others, or never signed."""

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OKPKey

from factories.credentials import ADDRESS, DID, a_key, issued, methods_of, unsigned
from touchstone.core.faults import Unusable
from touchstone.output.credentials import (
    ProofState,
    check,
    check_token,
    method_id,
    signed,
    token,
    token_method_id,
)
from touchstone.output.credentials.multibase import base64url
from touchstone.output.credentials.proofs import issuer_of, second

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KEYS = methods_of(a_key())
ISSUED = issued(AT)
STRANGER = "did:web:evil.example.org"


def state(document: Any, **keys: bytes) -> ProofState:
    return check(document, issuer=DID, methods=KEYS).state


def with_proof(**changes: Any) -> dict[str, Any]:
    document = issued(AT)
    return {**document, "proof": {**document["proof"], **changes}}


# --- documents


def test_what_was_signed_is_intact_as_a_tree_and_as_text() -> None:
    document = issued(AT)
    for form in (document, json.dumps(document), json.dumps(document, indent=4).encode()):
        found = check(form, issuer=DID, methods=KEYS)
        assert (found.state, found.intact, found.problem) == (ProofState.INTACT, True, "")
        assert (found.issuer, found.method) == (DID, method_id(DID, a_key().id))
        assert found.document == unsigned()


def test_the_same_is_signed_the_same() -> None:
    assert issued(AT) == issued(AT.astimezone(timezone(timedelta(hours=2))))


def test_a_proof_that_stands_alone_in_a_list_is_taken() -> None:
    document = issued(AT)
    assert state({**document, "proof": [document["proof"]]}) is ProofState.INTACT


@pytest.mark.parametrize("name", [name for name in unsigned() if name not in {"@context", "issuer"}])
def test_whatever_is_left_out_shows(name: str) -> None:
    document = issued(AT)
    del document[name]
    assert state(document) is ProofState.CHANGED


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Gold label of Amber Cluster"},
        {"validUntil": "2999-12-31T23:59:59Z"},
        {"endorsedBy": "The Commission"},  # a word that nobody signed
        {"@context": unsigned()["@context"][:1]},
        {"@context": [*unsigned()["@context"], {"endorsedBy": "https://schema.org/name"}], "endorsedBy": "I"},
        {"@context": unsigned()["@context"][0]},
        # These come to the same canonical text.
        {"extra": []},
        {"validUntil": [unsigned()["validUntil"]]},
        {"name": [unsigned()["name"], unsigned()["name"]]},
    ],
)
def test_whatever_is_altered_or_added_shows(changes: dict[str, Any]) -> None:
    found = check({**issued(AT), **changes}, issuer=DID, methods=KEYS)
    assert (found.state, found.intact, bool(found.problem)) == (ProofState.CHANGED, False, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"created": "2020-01-01T00:00:00Z"},
        {"expires": "2999-01-01T00:00:00Z"},
        {"proofPurpose": "authentication"},
        {"proofValue": ""},
        {"proofValue": "z0"},
        {"proofValue": "z" + "2" * 88},
        {"proofValue": "z" + "2" * 999},
        {"proofValue": "u" + "A" * 86},
        {"proofValue": 7},
        {"challenge": None},
    ],
)
def test_an_altered_proof_shows(changes: dict[str, Any]) -> None:
    assert state(with_proof(**changes)) is ProofState.CHANGED


@pytest.mark.parametrize(
    "proof",
    [
        None, "z123", [], {}, [{}, {}], {"type": "Ed25519Signature2020"},
        {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022"},
    ],
)  # fmt: skip
def test_without_a_proof_of_our_kind_it_is_not_signed(proof: object) -> None:
    assert state({**unsigned(), "proof": proof}) is ProofState.UNSIGNED
    assert state(unsigned()) is ProofState.UNSIGNED


@pytest.mark.parametrize("issuer", [STRANGER, {"id": STRANGER}, {}, None, [DID], 7, DID.upper()])
def test_another_issuer_is_told_apart(issuer: object) -> None:
    assert state({**issued(AT), "issuer": issuer}) is ProofState.FOREIGN


@pytest.mark.parametrize(
    "method", [method_id(STRANGER, a_key().id), method_id(DID, a_key(9).id), DID, "", None, ["x"]]
)
def test_a_key_that_is_not_the_issuers_is_told_apart(method: object) -> None:
    assert state(with_proof(verificationMethod=method)) is ProofState.UNKNOWN_KEY


def test_another_key_that_signs_in_our_name_is_found_out() -> None:
    forged = signed(unsigned(), a_key(9), method=method_id(DID, a_key().id), created=AT)
    assert state(forged) is ProofState.CHANGED


def test_an_older_key_of_the_issuers_still_counts() -> None:
    older = issued(AT, a_key(2))
    assert check(older, issuer=DID, methods=methods_of(a_key(), a_key(2))).intact


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"a": 1, "a": 2}', b"\xff"])
def test_what_is_no_document_is_not_readable(text: str | bytes) -> None:
    assert check(text, issuer=DID, methods=KEYS).state is ProofState.UNREADABLE


def test_nothing_is_signed_that_would_be_left_out() -> None:
    with pytest.raises(Unusable, match="endorsedBy"):
        signed({**unsigned(), "endorsedBy": "x"}, a_key(), method=method_id(DID, a_key().id), created=AT)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([*unsigned(), "proof", "@id", "extra"]), JSON)
def test_no_member_can_be_exchanged_unnoticed(name: str, value: object) -> None:
    document = {**ISSUED, name: value}
    if document != ISSUED:
        assert not check(document, issuer=DID, methods=KEYS).intact


# --- tokens


def a_token(document: Any = None, *, seed: int = 1) -> str:
    return token(document or unsigned(), a_key(seed), method=token_method_id(DID, a_key().id))


def token_state(text: str) -> ProofState:
    return check_token(text, issuer=DID, methods=KEYS).state


def part(content: object) -> str:
    return base64url(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def resigned(header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A token that our key signed, whatever it says."""
    head, body, _ = a_token().split(".")
    given = json.loads(base64.urlsafe_b64decode(head + "==")) | (header or {})
    payload = json.loads(base64.urlsafe_b64decode(body + "==")) | claims
    text = f"{part(given)}.{part({name: value for name, value in payload.items() if value != 'gone'})}"
    return f"{text}.{base64url(a_key().sign(text.encode()))}"


def test_a_token_is_the_credential_with_the_claims_that_open_badges_asks_for() -> None:
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": base64url(a_key().public)})
    with pytest.warns(match="EdDSA"):  # the name that Open Badges knows, and its successors deprecate
        read = jwt.decode(a_token(), key, algorithms=["EdDSA"])
    assert read.header == {"alg": "EdDSA", "kid": f"{DID}#{a_key().id}-jwk", "typ": "JWT"}
    assert read.claims == {
        **unsigned(),
        "iss": DID,
        "jti": f"{ADDRESS}/credentials/49.json",
        "nbf": int(datetime(2026, 10, 12, tzinfo=UTC).timestamp()),
        "exp": int(datetime(2028, 10, 31, 23, 59, 59, tzinfo=UTC).timestamp()),
        "sub": f"{ADDRESS}/register/lt-amber/",
    }


def test_a_token_that_was_signed_is_intact() -> None:
    found = check_token(f" {a_token()}\n", issuer=DID, methods=KEYS)
    assert (found.state, found.document) == (ProofState.INTACT, unsigned())
    assert resigned() == a_token()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_token_with_another_letter_is_not(place: int) -> None:
    parts = a_token().split(".")
    parts[place] = parts[place][:10] + ("A" if parts[place][10] != "A" else "B") + parts[place][11:]
    assert not check_token(".".join(parts), issuer=DID, methods=KEYS).intact


def test_a_key_in_the_header_proves_nothing() -> None:
    thief = a_key(9)
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": base64url(thief.public)}
    header = {"alg": "EdDSA", "jwk": jwk, "typ": "JWT"}
    text = f"{part(header)}.{a_token().split('.')[1]}"
    assert token_state(f"{text}.{base64url(thief.sign(text.encode()))}") is ProofState.UNKNOWN_KEY
    header["kid"] = token_method_id(DID, a_key().id)
    text = f"{part(header)}.{a_token().split('.')[1]}"
    assert token_state(f"{text}.{base64url(thief.sign(text.encode()))}") is ProofState.CHANGED


@pytest.mark.parametrize("alg", ["none", "HS256", "ES256", "", None])
def test_no_other_algorithm_is_taken(alg: object) -> None:
    assert token_state(resigned({"alg": alg})) is ProofState.UNSIGNED


def test_a_header_that_asks_for_more_than_we_know_is_not_taken() -> None:
    assert token_state(resigned({"crit": ["b64"], "b64": False})) is ProofState.UNSIGNED


@pytest.mark.parametrize(
    "claims",
    [
        {"jti": "x:y"},
        {"sub": "x:y"},
        {"nbf": 0},
        {"exp": 0},
        {"iss": STRANGER},
        {"exp": "gone"},
        {"sub": "gone"},
    ],
)  # fmt: skip
def test_claims_that_contradict_the_credential_are_found(claims: dict[str, Any]) -> None:
    assert token_state(resigned(**claims)) is ProofState.CHANGED


@pytest.mark.parametrize("moment", ["2026", "soon", "9999-99-99T00:00:00Z", 7, ["x"]])
def test_a_moment_that_is_none_is_no_error_of_the_program(moment: object) -> None:
    assert token_state(resigned(validUntil=moment)) is ProofState.CHANGED


def test_another_issuer_of_a_token_is_told_apart() -> None:
    assert token_state(resigned(issuer=STRANGER)) is ProofState.FOREIGN


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "a.b.c.d", "e30.e30.=", "e30.W10.AA", "é.é.é", "...."])
def test_what_is_no_token_is_not_readable(text: str) -> None:
    assert token_state(text) is ProofState.UNREADABLE


def test_a_token_of_a_document_without_subject_and_dates_claims_neither() -> None:
    bare = {"issuer": DID, "id": "x:y"}
    found = check_token(a_token(bare), issuer=DID, methods=KEYS)
    assert (found.intact, found.document) == (True, bare)


# --- small parts


def test_moments_are_in_full_seconds_of_utc() -> None:
    moment = datetime(2026, 11, 21, 14, 32, 7, 999, tzinfo=timezone(timedelta(hours=2)))
    assert second(moment) == "2026-11-21T12:32:07Z"


@pytest.mark.parametrize(("issuer", "id"), [(DID, DID), ({"id": DID}, DID), ({}, ""), (None, ""), (3, "")])
def test_an_issuer_is_named_by_itself_or_by_its_id(issuer: object, id: str) -> None:
    assert issuer_of({"issuer": issuer}) == id
