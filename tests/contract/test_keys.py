"""`touchstone keys`, and what `touchstone doctor` says of them."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from factories.apps import NOW, entry
from factories.credentials import ADDRESS, DID
from touchstone.apps.certificates.services import the_seal
from touchstone.apps.credentials import services
from touchstone.apps.register.services import verify
from touchstone.cli.examination import examine
from touchstone.output.credentials import check, check_token
from touchstone.output.credentials.multibase import multikey
from touchstone.output.keys import load, public_keys

from .conftest import Touchstone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keys(settings: Settings, touchstone_home: Path) -> Path:
    """The folder of keys of an installation at labels.example.org."""
    settings.TOUCHSTONE_ADDRESS = ADDRESS
    return touchstone_home / "keys"


def test_before_the_first_entry_there_is_no_key(touchstone: Touchstone) -> None:
    done = touchstone("keys", "show")
    assert done.code == 1
    assert done.out.splitlines() == [
        f"Credentials name the issuer {DID}",
        "There is no key yet. It is made with the first entry of the ledger.",
    ]
    assert touchstone("keys", "show", "--json").document == {"issuer": DID, "keys": [], "seals": []}


def test_keys_and_seals_are_shown_with_the_ones_in_use(touchstone: Touchstone, keys: Path) -> None:
    entry()
    seal = the_seal(at=NOW).fingerprint
    old = load(keys)
    assert touchstone("keys", "rotate").code == 0
    newer = load(keys)
    done = touchstone("keys", "show", "--json")
    shown = {one["id"]: (one["key"], one["in_use"], one["retired"] is None) for one in done.document["keys"]}
    assert done.code == 0
    assert shown == {
        old.id: (multikey(old.public), False, False),
        newer.id: (multikey(newer.public), True, True),
    }
    assert done.document["seals"] == [{"id": "seal", "fingerprint": seal, "in_use": True}]
    lines = touchstone("keys", "show").out.splitlines()
    assert [line.split()[0] for line in lines if newer.id in line or seal in line] == ["in", "in"]
    (last,) = [line for line in lines if old.id in line]
    assert (last.split()[0], ", entry 1" in last) == ("old", True)


def test_after_a_change_of_keys_all_that_was_signed_before_still_checks(
    touchstone: Touchstone, keys: Path
) -> None:
    number = entry().number
    before = services.credential(number, at=NOW), services.credential_jwt(number, at=NOW)
    listed = services.status_list("revocation", 1, at=NOW)
    done = touchstone("keys", "rotate", "--json")
    assert done.document == {"id": load(keys).id, "known": sorted(public_keys(keys))}
    entry(organisation="lt-other")
    methods = services.issuer_methods()
    assert verify().intact
    assert (services.credential(number, at=NOW), services.credential_jwt(number, at=NOW)) == before
    assert check(before[0], issuer=DID, methods=methods).intact
    assert check_token(before[1], issuer=DID, methods=methods).intact
    newer = services.status_list("revocation", 1, at=NOW)
    assert json.loads(newer)["proof"]["verificationMethod"] == f"{DID}#{load(keys).id}"
    assert [check(one, issuer=DID, methods=methods).intact for one in (listed, newer)] == [True, True]


def test_a_lost_key_is_named_and_replaced_only_when_that_is_asked_for(
    touchstone: Touchstone, keys: Path
) -> None:
    entry()
    old = load(keys)
    (keys / "private.pem").unlink()
    done = touchstone("keys", "rotate")
    assert (done.code, "there is no private key" in done.err) == (2, True)
    said = touchstone("keys", "rotate", "--lost").out
    assert said == f"Key {load(keys).id} signs from now on. Older signatures can be checked as before.\n"
    assert old.id in public_keys(keys)


def test_a_key_that_is_there_is_not_taken_for_lost(touchstone: Touchstone, keys: Path) -> None:
    entry()
    before = load(keys).id
    assert touchstone("keys", "rotate", "--lost").code == 2
    assert load(keys).id == before


def test_a_stolen_key_is_disowned(touchstone: Touchstone, keys: Path) -> None:
    services.credential(entry().number, at=NOW)
    old = load(keys)
    done = touchstone("keys", "disown", old.id)
    newer = load(keys)
    assert done.out == (
        f"Key {old.id} is disowned: it is listed no more where wallets look. "
        f"Key {newer.id} signs from now on.\n1 credential that it signed will be issued anew.\n"
    )
    again = touchstone("keys", "disown", old.id, "--json")
    assert again.document == {"id": old.id, "in_use": newer.id, "credentials": 0}
    states = {line.split()[1]: line.split()[0] for line in touchstone("keys", "show").out.splitlines()[1:]}
    assert states == {old.id: "stolen", "use": "in"}
    assert touchstone("ledger", "verify").code == 0


@pytest.mark.parametrize("key", ["0123456789abcdef", "../private", ""])
def test_a_key_that_is_not_known_is_not_disowned(key: str, touchstone: Touchstone, keys: Path) -> None:
    entry()
    before = load(keys).id
    done = touchstone("keys", "disown", key)
    assert (done.code, "there is no key of this name. See: touchstone keys show" in done.err) == (2, True)
    assert load(keys).id == before


# --- the doctor


def finding() -> tuple[bool, str]:
    found = next(check for check in examine() if check.name == "keys")
    return found.passed, found.detail


def test_the_doctor_counts_what_is_there() -> None:
    assert finding() == (True, "0 for the ledger and credentials, 0 for certificates")
    entry()
    the_seal(at=NOW)
    assert finding() == (True, "1 for the ledger and credentials, 1 for certificates")


@pytest.mark.parametrize("name", ["private.pem", "seal.pem"])
def test_the_doctor_names_a_private_key_that_others_can_read(keys: Path, name: str) -> None:
    entry()
    the_seal(at=NOW)
    (keys / name).chmod(0o640)
    assert finding() == (False, f"{name} can be read by others")


@pytest.mark.parametrize("name", ["private.pem", "seal.pem"])
def test_the_doctor_names_a_private_key_that_is_gone(keys: Path, name: str) -> None:
    entry()
    the_seal(at=NOW)
    (keys / name).unlink()
    passed, said = finding()
    assert (passed, "there is no private key" in said) == (False, True)


def test_the_doctor_names_a_public_key_that_was_changed(keys: Path) -> None:
    entry()
    file = next((keys / "public").iterdir())
    file.write_bytes(file.read_bytes()[:40])
    passed, said = finding()
    assert (passed, "this is no public key that can be read" in said) == (False, True)
