"""A stolen key disowned: no wallet believes it, and holders get their credentials anew."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from factories.apps import NOW, entry
from factories.credentials import ADDRESS, DID, status_bits
from touchstone.apps.credentials import services
from touchstone.apps.credentials.models import IssuedCredential
from touchstone.apps.register.services import rotate_key, verify
from touchstone.apps.verification.services import published_trust
from touchstone.apps.verification.services import verify as examined
from touchstone.core.faults import Unusable
from touchstone.core.labels.checks import CheckName
from touchstone.output.credentials import check, check_token, method_id, signed
from touchstone.output.keys import KeyPair, load, public_keys

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def keys(settings: Settings, touchstone_home: Path) -> Path:
    settings.TOUCHSTONE_ADDRESS = ADDRESS
    return touchstone_home / "keys"


@pytest.fixture
def number() -> int:
    return entry().number


@pytest.fixture
def before(number: int) -> str:
    """The credential that the key signed before it was stolen."""
    return services.credential(number, at=NOW)


@pytest.fixture
def stolen(before: str, keys: Path) -> KeyPair:
    """The key that signed it, disowned since."""
    pair = load(keys)
    services.disown(pair.id, at=LATER)
    return pair


def wallet(text: str | dict[str, Any]) -> bool:
    """Whether a program accepts a credential that knows did.json and nothing else."""
    return check(text, issuer=DID, methods=services.issuer_methods()).intact


def named() -> set[str]:
    """The keys that are published for wallets, and for who checks files."""
    document = services.did_document()
    methods: Any = document["verificationMethod"]
    listed = {method["id"].split("#")[1].removesuffix("-jwk") for method in methods}
    assert listed == set(published_trust(LATER).keys)
    assert document["assertionMethod"] == [method["id"] for method in methods]
    return listed


def test_the_key_is_published_nowhere_but_in_the_ledger(stolen: KeyPair, keys: Path) -> None:
    assert named() == {load(keys).id} == public_keys(keys).keys() - {stolen.id}
    assert verify().intact


def test_what_it_signed_is_issued_anew_at_the_same_address(stolen: KeyPair, before: str, number: int) -> None:
    assert services.credential(number, version=1, at=LATER) == before
    anew = services.credential(number, at=LATER)
    assert [wallet(before), wallet(anew)] == [False, True]
    assert json.loads(anew)["id"] == f"{ADDRESS}/credentials/{number}.json?version=2"
    assert [status_bits(one, at=LATER) for one in (before, anew)] == [(True, False), (False, False)]
    same = {"id", "proof", "credentialStatus", "credentialSubject"}
    assert {k: v for k, v in json.loads(anew).items() if k not in same} == {
        k: v for k, v in json.loads(before).items() if k not in same
    }
    methods = services.issuer_methods()
    assert check_token(services.credential_jwt(number, at=LATER), issuer=DID, methods=methods).intact
    # And no third one comes of asking again.
    assert services.credential(number, at=LATER) == anew


def test_what_the_thief_signs_is_refused_by_wallets_and_by_the_register(stolen: KeyPair, before: str) -> None:
    document = json.loads(before)
    del document["proof"]
    document["credentialSubject"]["achievement"]["id"] += "-gold"
    forged = signed(document, stolen, method=method_id(DID, stolen.id), created=NOW)
    assert not wallet(forged)
    found = {one.name: one.passed for one in examined(json.dumps(forged), at=LATER).checks}
    assert found[CheckName.REGISTER] is False


def test_at_the_register_an_old_credential_is_held_against_its_entry(stolen: KeyPair, before: str) -> None:
    found = {one.name: one.passed for one in examined(before, at=LATER).checks}
    assert (found[CheckName.LEDGER], found[CheckName.REGISTER]) == (True, True)


def test_an_old_key_is_disowned_without_touching_the_newer_one(before: str, number: int, keys: Path) -> None:
    old = load(keys)
    newer = rotate_key(at=LATER)
    other = entry(organisation="lv-pine", recorded=LATER).number
    kept = services.credential(other, at=LATER)
    assert services.disown(old.id, at=LATER)[0].id == newer.id
    assert services.credential(number, at=LATER) != before
    assert services.credential(other, at=LATER) == kept
    assert wallet(kept)


def test_disowning_again_changes_nothing(stolen: KeyPair, number: int) -> None:
    anew = services.credential(number, at=LATER)
    lists = services.status_list("revocation", 1, at=LATER)
    again = services.disown(stolen.id, at=LATER + timedelta(days=1))
    assert again[1] == 0
    assert services.credential(number, at=LATER) == anew
    assert services.status_list("revocation", 1, at=LATER) == lists


def test_a_key_that_is_not_known_is_refused_and_nothing_is_revoked(before: str) -> None:
    with pytest.raises(Unusable, match="there is no key of this name"):
        services.disown("0123456789abcdef", at=LATER)
    assert not IssuedCredential.objects.filter(revoked=True).exists()
