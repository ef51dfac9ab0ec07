import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
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
from touchstone.core.labels.ledger import Breach, Retirement, UnknownKey
from touchstone.output.keys import (
    KeyPair,
    SealKey,
    believed,
    check_signature,
    create,
    fingerprint_of,
    id_of,
    load,
    load_seal,
    mark_stolen,
    public_keys,
    publish,
    retired,
    rotate,
    seal_key,
    seals,
)  # fmt: skip

LAST = Retirement(at=datetime(2026, 11, 21, 12, 0, tzinfo=UTC), entry=7)
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


def test_a_new_key_takes_the_place_of_the_old_one_whose_signatures_still_check(
    folder: Path, pair: KeyPair
) -> None:
    before = pair.sign(b"message")
    newer = rotate(folder, LAST)
    assert load(folder).id == newer.id != pair.id
    assert public_keys(folder) == {pair.id: pair.public, newer.id: newer.public}
    assert check_signature(public_keys(folder))(pair.id, b"message", before)


def test_the_old_private_key_is_nowhere_any_more(folder: Path, pair: KeyPair) -> None:
    old = (folder / "private.pem").read_bytes()
    rotate(folder, LAST)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if path.read_bytes() == old] == []
    assert sorted(path.name for path in folder.iterdir()) == ["private.pem", "public", "retired.json"]
    assert mode(folder / "private.pem") == 0o600


def test_what_a_stopped_change_of_keys_left_behind_does_not_matter(folder: Path, pair: KeyPair) -> None:
    (folder / "new-private.pem").write_bytes(b"half")
    assert load(folder).id == pair.id
    assert load(folder).id != rotate(folder, LAST).id == load(folder).id
    assert not (folder / "new-private.pem").exists()


def test_a_lost_key_is_not_followed_by_another_unnoticed(folder: Path, pair: KeyPair) -> None:
    (folder / "private.pem").unlink()
    with refused(folder / "private.pem", "there is no private key"):
        rotate(folder, LAST)
    assert public_keys(folder) == {pair.id: pair.public}


# --- keys that sign no more


def test_a_change_of_keys_notes_what_each_older_key_signed_last(folder: Path, pair: KeyPair) -> None:
    publish(folder, ONE.public)
    assert retired(folder) == {}
    second = rotate(folder, LAST)
    assert retired(folder) == {pair.id: LAST, ONE.id: LAST}
    later = replace(LAST, entry=9)
    rotate(folder, later)
    assert retired(folder) == {pair.id: LAST, ONE.id: LAST, second.id: later}
    assert mode(folder / "retired.json") == 0o644


def test_a_lost_key_has_signed_its_last_too(folder: Path, pair: KeyPair) -> None:
    with refused(folder / "private.pem", "there is a private key already"):
        rotate(folder, LAST, lost=True)
    (folder / "private.pem").unlink()
    newer = rotate(folder, LAST, lost=True)
    assert (load(folder).id, retired(folder)) == (newer.id, {pair.id: LAST})


def test_a_retired_key_signs_no_more(folder: Path, pair: KeyPair) -> None:
    """As where somebody puts an old backup back."""
    old = (folder / "private.pem").read_bytes()
    rotate(folder, LAST)
    (folder / "private.pem").write_bytes(old)
    with refused(folder / "private.pem", "this key has retired.*touchstone keys rotate --lost"):
        load(folder)


def test_a_stolen_key_is_not_believed_any_more_and_keeps_its_last_entry(folder: Path, pair: KeyPair) -> None:
    newer = rotate(folder, LAST)
    mark_stolen(folder, pair.id, replace(LAST, entry=9))
    assert retired(folder) == {pair.id: replace(LAST, stolen=True)}
    assert believed(folder) == {newer.id: newer.public}
    assert public_keys(folder) == {pair.id: pair.public, newer.id: newer.public}


def test_a_key_of_before_moments_were_noted_can_be_marked_as_stolen(folder: Path, pair: KeyPair) -> None:
    publish(folder, ONE.public)
    mark_stolen(folder, ONE.id, LAST)
    assert retired(folder) == {ONE.id: replace(LAST, stolen=True)}
    assert load(folder).id == pair.id


def test_a_key_that_is_not_known_cannot_have_been_stolen(folder: Path, pair: KeyPair) -> None:
    with refused(folder / "public" / f"{ONE.id}.pem", "there is no key of this name"):
        mark_stolen(folder, ONE.id, LAST)
    assert retired(folder) == {}


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', "[" * 100_000, "\udcff"])
def test_moments_that_cannot_be_read_are_told_and_not_taken_for_none(
    folder: Path, pair: KeyPair, text: str
) -> None:
    (folder / "retired.json").write_bytes(text.encode(errors="surrogateescape"))
    for asked in (retired, load, believed):
        with refused(folder / "retired.json", "when keys retired cannot be read. Put it back from a backup."):
            asked(folder)


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


# --- the seal

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def seal(folder: Path) -> SealKey:
    return seal_key(folder, name="labels.example.org", at=AT)


def test_the_first_seal_is_made_for_its_owner_alone_with_a_published_certificate(
    folder: Path, seal: SealKey
) -> None:
    assert mode(folder / "seal.pem") == 0o600
    assert [path.name for path in (folder / "seals").iterdir()] == [f"{seal.fingerprint}.pem"]
    assert seals(folder) == {seal.fingerprint: seal.certificate}


def test_a_fingerprint_is_the_digest_of_the_certificate(seal: SealKey) -> None:
    assert (
        seal.fingerprint == fingerprint_of(seal.certificate) == hashlib.sha256(seal.certificate).hexdigest()
    )


def test_a_seal_is_made_once(folder: Path, seal: SealKey) -> None:
    later = seal_key(folder, name="another name", at=AT + timedelta(days=400))
    assert (later.fingerprint, later.private) == (seal.fingerprint, seal.private)


def test_the_certificate_says_whose_seal_it_is_and_for_how_long_and_for_nothing_else(seal: SealKey) -> None:
    certificate = x509.load_der_x509_certificate(seal.certificate)
    assert certificate.subject.rfc4514_string() == "CN=Seal of labels.example.org"
    assert certificate.issuer == certificate.subject
    assert certificate.not_valid_before_utc == AT
    assert certificate.not_valid_after_utc == AT + timedelta(days=7305)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    certificate.verify_directly_issued_by(certificate)


def test_a_long_name_is_cut_to_what_a_certificate_holds(folder: Path) -> None:
    seal = seal_key(folder, name="x" * 200, at=AT)
    (name,) = x509.load_der_x509_certificate(seal.certificate).subject
    assert name.value == "Seal of " + "x" * 56


def test_ledger_and_seal_keep_apart_in_one_folder(folder: Path, pair: KeyPair) -> None:
    seal_key(folder, name="x", at=AT)
    assert public_keys(folder) == {pair.id: pair.public}
    assert load(folder).id == pair.id


def test_the_private_half_of_a_seal_is_never_printed(seal: SealKey) -> None:
    assert repr(seal) == "SealKey()"


def test_a_seal_that_was_lost_is_noticed_and_not_made_anew(folder: Path, seal: SealKey) -> None:
    (folder / "seal.pem").unlink()
    with refused(folder / "seal.pem", "there is no private key"):
        seal_key(folder, name="x", at=AT)


def test_a_seal_without_its_certificate_is_refused(folder: Path, seal: SealKey) -> None:
    (folder / "seals" / f"{seal.fingerprint}.pem").unlink()
    with refused(folder / "seals", "the certificate of the seal is missing"):
        seal_key(folder, name="x", at=AT)


def test_certificates_of_older_seals_are_kept_beside_the_one_in_use(folder: Path, seal: SealKey) -> None:
    (folder / "seal.pem").rename(folder / "old-seal.pem")
    (folder / "seals").rename(folder / "old-seals")
    newer = seal_key(folder, name="x", at=AT)
    name = f"{seal.fingerprint}.pem"
    (folder / "seals" / name).write_bytes((folder / "old-seals" / name).read_bytes())
    assert seals(folder).keys() == {seal.fingerprint, newer.fingerprint}
    assert load_seal(folder).fingerprint == newer.fingerprint


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o666])
def test_a_seal_that_others_may_read_is_refused(folder: Path, seal: SealKey, rights: int) -> None:
    (folder / "seal.pem").chmod(rights)
    with refused(folder / "seal.pem", "others than its owner may read or write this private key"):
        load_seal(folder)


def test_a_private_key_of_another_kind_is_no_seal(folder: Path, seal: SealKey, pair: KeyPair) -> None:
    (folder / "seal.pem").write_bytes((folder / "private.pem").read_bytes())
    with refused(folder / "seal.pem", "this is not an ECDSA key"):
        load_seal(folder)


def test_a_certificate_under_another_name_is_refused(folder: Path, seal: SealKey) -> None:
    right = folder / "seals" / f"{seal.fingerprint}.pem"
    wrong = right.rename(right.with_name("other.pem"))
    with refused(wrong, f"the certificate's fingerprint is {seal.fingerprint}"):
        seals(folder)


def test_a_certificate_that_cannot_be_read_is_refused(folder: Path, seal: SealKey) -> None:
    file = folder / "seals" / f"{seal.fingerprint}.pem"
    file.write_bytes(b"nonsense")
    with refused(file, "this is no certificate that can be read"):
        seals(folder)
