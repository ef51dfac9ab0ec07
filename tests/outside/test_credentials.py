"""Our credentials before verifiers by other hands: good ones pass, and no other does."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings as django_settings
from django.test import Client
from openbadgeslib.keys import key_to_pem
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier, OpenBadgeCredential
from openbadgeslib.ob3.status import check_credential_status
from pytest_django import Settings

from factories.credentials import ADDRESS, DID
from factories.outside import NOW, Published, forged, forged_tokens, published
from touchstone.apps.register.services import rotate_key
from touchstone.output.keys import load

from .conftest import Node

pytestmark = pytest.mark.django_db
LISTS = tuple(f"{ADDRESS}/credentials/status/{purpose}/1" for purpose in ("revocation", "suspension"))
ALTERED = "refused: The signature is not valid."


@pytest.fixture
def office(client: Client, settings: Settings) -> Published:
    """What an installation publishes that has changed its key once: the last labels are signed by the new."""
    settings.TOUCHSTONE_ADDRESS = ADDRESS
    return published(client, lambda: rotate_key(at=NOW))


def everything(office: Published) -> dict[str, object]:
    """All credentials, forgeries, and two that are revoked, before lists that were tampered with."""
    revocations, suspensions = (json.loads(office.files[address]) for address in LISTS)
    other_bits = {"encodedList": suspensions["credentialSubject"]["encodedList"]}
    altered = {**revocations, "credentialSubject": {**revocations["credentialSubject"], **other_bits}}
    hidden = {"list altered": json.dumps(altered), "list of another": json.dumps(suspensions), "no list": ""}
    credentials = office.credentials | forged(office.credentials["valid"])
    credentials |= dict.fromkeys(hidden, office.credentials["revoked"])
    return office.cases(credentials, {name: {LISTS[0]: text} for name, text in hidden.items()})


def test_digital_bazaar_accepts_the_valid_ones_and_no_other(office: Published, node: Node) -> None:
    said = node("verify-digitalbazaar.mjs", everything(office))
    assert 'is after "validUntil"' in said.pop("expired")
    assert "there is no key" in said.pop("our name, a key of ours that is none")
    assert "JSON" in said.pop("no list")
    assert "does not match" in said.pop("list of another")
    altered = "refused: Verification error(s). / Invalid signature."
    unknown_word = "refused: Verification error(s). / Safe mode validation error."
    assert said == {
        "valid": "accepted",
        "reinstated": "accepted",
        "suspended": "refused: suspension",
        "revoked": "refused: revocation",
        "corrected": "refused: revocation",
        "renamed": altered,
        "for ever": altered,
        "another subject": altered,
        "another place": altered,
        "another proof": altered,
        "undefined term": unknown_word,
        "undefined inside": unknown_word,
        "another issuer": "refused: another issuer",
        "our name, another key": "refused: Verification error(s). / "
        "Credential issuer must match the verification method controller.",
        "without a proof": "refused: Verification error(s). / "
        "No matching proofs found in the given document.",
        "list altered": 'refused: "BitstringStatusListCredential" not verified; '
        "reason: Verification error(s). / Verification error(s).",
    }


def test_the_credentials_consortium_accepts_the_valid_ones_and_no_other(
    office: Published, node: Node
) -> None:
    assert node("verify-dcc.mjs", everything(office)) == {
        "valid": "accepted",
        "reinstated": "accepted",
        "suspended": "refused: suspension_status",
        "revoked": "refused: revocation_status",
        "corrected": "refused: revocation_status",
        "list altered": "refused: revocation_status",
        "list of another": "refused: revocation_status",
        "no list": "refused: revocation_status",
        "expired": "refused: expiration",
        "renamed": ALTERED,
        "for ever": ALTERED,
        "another subject": ALTERED,
        "another place": ALTERED,
        "another proof": ALTERED,
        "our name, another key": ALTERED,
        "our name, a key of ours that is none": ALTERED,
        "undefined term": "refused: Safe mode validation error.",
        "undefined inside": "refused: Safe mode validation error.",
        "another issuer": "refused: registered_issuer",
        "without a proof": "refused: This is not a Verifiable Credential - "
        "it does not have a digital signature.",
    }


def test_tokens_are_accepted_by_a_library_that_knows_nothing_but_tokens(
    office: Published, node: Node
) -> None:
    cases = office.tokens | forged_tokens(office.tokens["valid"], office.credentials["valid"])
    said = node("verify-jose.mjs", office.cases(cases))
    strangers = [said.pop(name) for name in ("another issuer", "our name, another key")]
    assert [line.rsplit(" ", 1)[0] for line in strangers] == ["refused: the issuer has no key"] * 2
    assert said == {
        "valid": "accepted",
        "reinstated": "accepted",
        "suspended": "refused: suspension",
        "revoked": "refused: revocation",
        "corrected": "refused: revocation",
        "expired": 'refused: "exp" claim timestamp check failed',
        "altered": "refused: signature verification failed",
        "another signature": "refused: signature verification failed",
        "unsigned": 'refused: "alg" (Algorithm) Header Parameter value not allowed',
    }


def test_openbadgeslib_accepts_the_same_of_both_forms(office: Published) -> None:
    def download(address: str) -> bytes:
        # This library reads lists as tokens.
        return office.files[f"{address}.jwt" if address in LISTS else address].encode()

    def documents(text: str) -> OpenBadgeCredential:
        return OB3LdpVerifier.for_issuer_did(DID, download=download).verify(text, download=download)

    def tokens(text: str) -> OpenBadgeCredential:
        return OB3Verifier.for_issuer_did(DID, download=download).verify(text)

    def said(verify: Callable[[str], OpenBadgeCredential], text: str) -> str:
        key = Ed25519PublicKey.from_public_bytes(load(keys()).public)
        try:
            check_credential_status(verify(text), download, verify_list=True, list_pubkey_pem=key_to_pem(key))
        except OB3VerificationError as error:
            return f"refused: {error}"
        return "accepted"

    forgeries = forged(office.credentials["valid"])
    forged_ones = forged_tokens(office.tokens["valid"], office.credentials["valid"])
    for verify, cases in (
        (documents, office.credentials | forgeries),
        (tokens, office.tokens | forged_ones),
    ):
        outcomes = {name: said(verify, case) for name, case in cases.items()}
        assert {name for name, one in outcomes.items() if one == "accepted"} == {"valid", "reinstated"}
        stopped = [outcomes[name].split(" is set")[0] for name in ("suspended", "revoked", "corrected")]
        assert stopped == [
            f"refused: Credential status '{one}'" for one in ("suspension", "revocation", "revocation")
        ]


def keys() -> Path:
    return Path(django_settings.TOUCHSTONE_HOME) / "keys"
