import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import act
from touchstone.core.faults import Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.ledger import Breach, UnknownKey
from touchstone.output.keys import KeyPair, check_signature, create, id_of, load, public_keys, publish

ONE, OTHER = (KeyPair(Ed25519PrivateKey.from_private_bytes(bytes([byte] * 32))) for byte in (1, 2))


@contextmanager
def refused(file: Path, text: str) -> Iterator[None]:
    with pytest.raises(Unusable, match=text) as unusable:
        yield
    assert unusable.value.file == str(file)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "keys"


@pytest.fixture
def pair(folder: Path) -> KeyPair:
    return create(folder)


def test_a_new_installation_gets_a_private_key_for_its_owner_alone(folder: Path, pair: KeyPair) -> None:
    assert mode(folder / "private.pem") == 0o600
    assert [path.name for path in (folder / "public").iterdir()] == [f"{pair.id}.pem"]


def test_the_private_key_is_its_owners_alone_whatever_the_mask(folder: Path) -> None:
    before = os.umask(0)
    try:
        create(folder)
    finally:
        os.umask(before)
    assert mode(folder / "private.pem") == 0o600


def test_a_key_is_named_by_the_digest_of_its_public_half() -> None:
    assert ONE.id == id_of(ONE.public) == hashlib.sha256(ONE.public).hexdigest()[:16]


def test_what_was_made_is_what_is_loaded(folder: Path, pair: KeyPair) -> None:
    loaded = load(folder)
    assert (loaded.id, loaded.public, loaded.sign(b"x")) == (pair.id, pair.public, pair.sign(b"x"))
    assert public_keys(folder) == {pair.id: pair.public}


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert create(tmp_path / "one").id != create(tmp_path / "other").id


def test_a_key_is_never_overwritten(folder: Path, pair: KeyPair) -> None:
    before = (folder / "private.pem").read_bytes()
    with refused(folder / "private.pem", "there is a private key already"):
        create(folder)
    assert (folder / "private.pem").read_bytes() == before


def test_a_key_that_another_program_has_just_made_is_left_alone(
    folder: Path, pair: KeyPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both programs looked when there was no key yet.
    monkeypatch.setattr(Path, "exists", lambda path: False)
    with refused(folder / "private.pem", "another program has just made this key"):
        create(folder)
    assert load(folder).id == pair.id


def test_a_public_key_that_is_kept_already_is_left_alone(folder: Path, pair: KeyPair) -> None:
    before = publish(folder, pair.public).read_bytes()
    assert publish(folder, pair.public).read_bytes() == before


def test_the_public_half_of_an_older_key_is_kept_beside_the_new_one(folder: Path, pair: KeyPair) -> None:
    publish(folder, ONE.public)
    assert public_keys(folder) == {pair.id: pair.public, ONE.id: ONE.public}
    assert load(folder).id == pair.id


def test_a_signature_is_right_for_its_key_and_message_only() -> None:
    check = check_signature({ONE.id: ONE.public, OTHER.id: OTHER.public})
    signature = ONE.sign(b"message")
    assert check(ONE.id, b"message", signature)
    assert not check(ONE.id, b"massage", signature)
    assert not check(OTHER.id, b"message", signature)
    assert not check(ONE.id, b"message", signature[:-1])
    assert not check(ONE.id, b"message", b"")


@given(st.binary(), st.integers(0, 63), st.integers(0, 7))
def test_any_flipped_bit_makes_a_signature_wrong(message: bytes, byte: int, bit: int) -> None:
    signature = bytearray(ONE.sign(message))
    signature[byte] ^= 1 << bit
    assert not check_signature({ONE.id: ONE.public})(ONE.id, message, bytes(signature))


def test_a_key_that_is_not_known_is_told_apart_from_a_wrong_signature() -> None:
    with pytest.raises(UnknownKey):
        check_signature({ONE.id: ONE.public})(OTHER.id, b"message", OTHER.sign(b"message"))


def test_signing_twice_gives_the_same_signature() -> None:
    assert ONE.sign(b"message") == ONE.sign(b"message")


def test_the_ledger_is_signed_and_checked_with_these_keys() -> None:
    entry = ledger.append(None, act(), key_id=ONE.id, sign=ONE.sign)
    assert ledger.verify([entry], check_signature=check_signature({ONE.id: ONE.public})) is None
    fault = ledger.verify([entry], check_signature=check_signature({OTHER.id: OTHER.public}))
    assert fault is not None
    assert (fault.number, fault.breach) == (1, Breach.KEY)


def test_the_private_half_is_never_printed() -> None:
    assert repr(ONE) == "KeyPair()"


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_private_key_that_others_may_read_is_refused(folder: Path, pair: KeyPair, rights: int) -> None:
    file = folder / "private.pem"
    file.chmod(rights)
    with refused(file, f"others than its owner .* Make it yours alone: chmod 600 {file}"):
        load(folder)


def test_a_private_key_that_only_its_owner_may_read_is_enough(folder: Path, pair: KeyPair) -> None:
    (folder / "private.pem").chmod(0o400)
    assert load(folder).id == pair.id


def test_an_installation_without_keys_is_told_so(folder: Path) -> None:
    with refused(folder / "private.pem", "there is no private key"):
        load(folder)
    assert public_keys(folder) == {}


def test_a_private_key_that_cannot_be_opened_is_refused(folder: Path) -> None:
    (folder / "private.pem").mkdir(parents=True, mode=0o700)
    with refused(folder / "private.pem", "the private key cannot be read: Is a directory"):
        load(folder)


def private_text(kind: str) -> bytes:
    if kind == "nonsense":
        return b"-----BEGIN PRIVATE KEY-----\nnonsense\n"
    key = generate_private_key(SECP256R1()) if kind == "other" else Ed25519PrivateKey.generate()
    secret = BestAvailableEncryption(b"secret") if kind == "locked" else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, secret)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("nonsense", "this is no private key that can be read"),
        ("locked", "this is no private key that can be read"),
        ("other", "this is not an Ed25519 key"),
    ],
)
def test_a_private_file_that_holds_something_else_is_refused(
    folder: Path, pair: KeyPair, kind: str, text: str
) -> None:
    (folder / "private.pem").write_bytes(private_text(kind))
    with refused(folder / "private.pem", text):
        load(folder)


def test_a_private_key_without_its_public_half_is_refused(folder: Path, pair: KeyPair) -> None:
    file = folder / "public" / f"{pair.id}.pem"
    file.unlink()
    with refused(file, "the public half of the private key is missing"):
        load(folder)


def test_a_public_key_under_another_keys_name_is_refused(folder: Path, pair: KeyPair) -> None:
    file = folder / "public" / f"{pair.id}.pem"
    file.write_bytes(publish(folder, ONE.public).read_bytes())
    with refused(file, f"the key's id is {ONE.id}"):
        public_keys(folder)


def test_a_public_file_that_holds_something_else_is_refused(folder: Path, pair: KeyPair) -> None:
    file = folder / "public" / f"{pair.id}.pem"
    file.write_bytes(b"nonsense")
    with refused(file, "this is no public key that can be read"):
        public_keys(folder)
    other = generate_private_key(SECP256R1()).public_key()
    file.write_bytes(other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with refused(file, "this is not an Ed25519 key"):
        public_keys(folder)
