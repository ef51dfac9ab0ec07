"""The keys of an installation, in one folder: one that signs, and the seal of its certificates.

What signs the ledger, its heads, credentials and proofs is one Ed25519 key: `private.pem` (PKCS 8, readable
by its owner only) to sign with, and `public/ID.pem` to check with, for each key that ever signed here. An id
is the first 16 hex digits of the SHA-256 of the 32 bytes of the public key. `retired.json` says when those
that sign no more signed their last, and which were stolen; what it does not name may sign for ever.

The seal's is ECDSA P-256, which readers of PDF know: `seal.pem` (likewise) to seal with, and
`seals/FINGERPRINT.pem`, its self-signed certificate. A fingerprint is the SHA-256 of the certificate, in hex.
"""

import fcntl
import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from cryptography.x509.oid import NameOID

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.ledger import Retirement, UnknownKey
from touchstone.core.labels.lines import retired_as_document, retired_read

PRIVATE_FILE = "private.pem"
PUBLIC_FOLDER = "public"
RETIRED_FILE = "retired.json"
SEAL_FILE = "seal.pem"
SEALS_FOLDER = "seals"
SEAL_DAYS = 7305  # twenty years: longer than any label that it seals

_OWNER_ONLY = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key to sign with. The private half is kept parsed, stays inside, and is never printed."""

    _private: Ed25519PrivateKey = field(repr=False)

    @property
    def id(self) -> str:
        return id_of(self.public)

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature of a message, 64 bytes; always the same for the same message."""
        return self._private.sign(message)


@dataclass(frozen=True, slots=True)
class SealKey:
    """The key that seals certificates. The private half stays inside, and is never printed."""

    _private: EllipticCurvePrivateKey = field(repr=False)
    certificate: bytes = field(repr=False)  # DER

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.certificate)

    @property
    def private(self) -> bytes:
        """The private half as PKCS 8, DER: for the signer of PDF, which does its own arithmetic."""
        return self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def create(folder: Path) -> KeyPair:
    """Make the keys of a new installation. Raises Unusable where there are some: none is overwritten."""
    private_file = folder / PRIVATE_FILE
    if private_file.exists():
        raise _refused(private_file, "there is a private key already.", "Use it, or move it away first.")
    pair = KeyPair(Ed25519PrivateKey.generate())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The public half comes first: a crash between the two leaves a key that never signed anything.
    publish(folder, pair.public)
    _write_new(private_file, _private_text(pair), mode=_OWNER_ONLY)
    return pair


def load(folder: Path) -> KeyPair:
    """The key of an installation.

    Raises Unusable where there is none, others may read it, it is not an Ed25519 key, its public half is not
    among those published, or it has retired: what it signs now would be a breach.
    """
    file = folder / PRIVATE_FILE
    private = _private_key(file)
    if not isinstance(private, Ed25519PrivateKey):
        raise _refused(file, "this is not an Ed25519 key.", "Put the installation's own key back.")
    pair = _published(KeyPair(private), folder)
    if pair.id in retired(folder):
        remedy = "Put the newest one back from a backup; where there is none, take this one away and run: "
        raise _refused(file, "this key has retired.", f"{remedy}touchstone keys rotate --lost")
    return pair


def rotate(folder: Path, last: Retirement, *, lost: bool = False) -> KeyPair:
    """Put a new key in the place of the one that signs; `last` tells what older ones signed last.

    What they signed can be checked for ever. The old private half is not kept: nothing needs it any more, and
    nobody can take what is not there. Raises Unusable where there is no key to follow and none is said to be
    `lost`, and where one is and there it lies.
    """
    with _alone(folder):
        pair = create(folder) if lost else _replaced(folder)
        older = public_keys(folder).keys() - {pair.id}
        # After the key, not before: a process that is stopped in between leaves no key that must not sign.
        _write_retired(folder, {**dict.fromkeys(older, last), **retired(folder)})
    return pair


def mark_stolen(folder: Path, id: str, last: Retirement) -> None:
    """Note that a key, which must not be the one in use, is in other hands.

    `last` counts where it was not noted when it signed its last. Raises Unusable where there is no such key.
    """
    with _alone(folder):
        if id not in public_keys(folder):
            problem = "there is no key of this name."
            raise _refused(folder / PUBLIC_FOLDER / f"{id}.pem", problem, "See: touchstone keys show")
        known = retired(folder)
        _write_retired(folder, {**known, id: replace(known.get(id, last), stolen=True)})


def retired(folder: Path) -> dict[str, Retirement]:
    """Id → when a key signed its last. Raises Unusable where that cannot be read."""
    file = folder / RETIRED_FILE
    try:
        return retired_read(json.loads(file.read_bytes()), "")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError, Unusable) as error:
        problem = "when keys retired cannot be read."
        raise _refused(file, problem, "Put it back from a backup.") from error


def believed(folder: Path) -> dict[str, bytes]:
    """The public keys without those that were stolen: what may be believed by its signature alone."""
    gone = {id for id, one in retired(folder).items() if one.stolen}
    return {id: public for id, public in public_keys(folder).items() if id not in gone}


def _replaced(folder: Path) -> KeyPair:
    load(folder)
    pair = KeyPair(Ed25519PrivateKey.generate())
    publish(folder, pair.public)
    fresh = folder / f"new-{PRIVATE_FILE}"
    fresh.unlink(missing_ok=True)  # left by a change that was stopped
    _write_new(fresh, _private_text(pair), mode=_OWNER_ONLY)
    # At one blow: at no moment is there no key, or half of one.
    fresh.replace(folder / PRIVATE_FILE)
    return pair


def publish(folder: Path, public: bytes) -> Path:
    """Keep a public key beside the others, so that what it signed can be checked after a change of keys."""
    file = folder / PUBLIC_FOLDER / f"{id_of(public)}.pem"
    text = Ed25519PublicKey.from_public_bytes(public).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not file.exists():
        _write_new(file, text, mode=0o644)
    return file


def public_keys(folder: Path) -> dict[str, bytes]:
    """Id → the 32 bytes of each public key kept. Raises Unusable where one is not what its name says."""
    return dict(map(_public_key, sorted((folder / PUBLIC_FOLDER).glob("*.pem"))))


def id_of(public: bytes) -> str:
    """The id of a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


def check_signature(keys: Mapping[str, bytes]) -> Callable[[str, bytes, bytes], bool]:
    """A check of signatures against these public keys: (key id, message, signature) → is it right.

    The check raises UnknownKey where the id is not among them.
    """
    parsed = {id: Ed25519PublicKey.from_public_bytes(public) for id, public in keys.items()}

    def check(key_id: str, message: bytes, signature: bytes) -> bool:
        if key_id not in parsed:
            raise UnknownKey(key_id)
        try:
            parsed[key_id].verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return check


def seal_key(folder: Path, *, name: str, at: datetime) -> SealKey:
    """The seal of an installation called `name`, made the first time at `at` (aware), and never again.

    A lost key must be noticed: Unusable where a certificate is published and the private half is missing, may
    be read by others, or is not the one that the certificate names.
    """
    with _alone(folder):
        if not (folder / SEAL_FILE).exists() and not seals(folder):
            return _new_seal(folder, name=name, at=at)
    return load_seal(folder)


def load_seal(folder: Path) -> SealKey:
    """The seal of an installation. Raises Unusable where it is missing, damaged or open to others."""
    file = folder / SEAL_FILE
    private = _private_key(file)
    if not isinstance(private, EllipticCurvePrivateKey):
        raise _refused(file, "this is not an ECDSA key.", "Put the installation's own key back.")
    for certificate in seals(folder).values():
        if x509.load_der_x509_certificate(certificate).public_key() == private.public_key():
            return SealKey(private, certificate)
    raise _refused(
        folder / SEALS_FOLDER, "the certificate of the seal is missing.", "Put it back from a backup."
    )


def seals(folder: Path) -> dict[str, bytes]:
    """Fingerprint → each certificate kept, DER. Raises Unusable where one is not what its name says."""
    return dict(map(_seal, sorted((folder / SEALS_FOLDER).glob("*.pem"))))


def fingerprint_of(certificate: bytes) -> str:
    """The SHA-256 of a certificate, in hex."""
    return hashlib.sha256(certificate).hexdigest()


def _new_seal(folder: Path, *, name: str, at: datetime) -> SealKey:
    private = generate_private_key(SECP256R1())
    certificate = _certificate(private, name=name, at=at)
    file = folder / SEALS_FOLDER / f"{fingerprint_of(certificate.public_bytes(Encoding.DER))}.pem"
    # The private half comes first: what is published must be there to seal with.
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write_new(folder / SEAL_FILE, text, mode=_OWNER_ONLY)
    file.parent.mkdir(mode=0o755, exist_ok=True)
    _write_new(file, certificate.public_bytes(Encoding.PEM), mode=0o644)
    return SealKey(private, certificate.public_bytes(Encoding.DER))


def _certificate(private: EllipticCurvePrivateKey, *, name: str, at: datetime) -> x509.Certificate:
    """A self-signed certificate that may sign and do nothing else. Its name has 64 characters at most."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Seal of {name}"[:64])])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = x509.CertificateBuilder(
        issuer_name=subject,
        subject_name=subject,
        public_key=private.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=at,
        not_valid_after=at + timedelta(days=SEAL_DAYS),
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    return builder.add_extension(usage, critical=True).sign(private, SHA256())


def _seal(file: Path) -> tuple[str, bytes]:
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes()).public_bytes(Encoding.DER)
    except (OSError, ValueError) as error:
        raise _refused(
            file, "this is no certificate that can be read.", "Put it back from a backup."
        ) from error
    if file.stem != fingerprint_of(certificate):
        found = f"the certificate's fingerprint is {fingerprint_of(certificate)}."
        raise _refused(file, found, "Put the right one back from a backup.")
    return file.stem, certificate


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other process make a seal or change the key here meanwhile."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _private_text(pair: KeyPair) -> bytes:
    return pair._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # noqa: SLF001


def _private_key(file: Path) -> PrivateKeyTypes:
    try:
        mode = file.stat().st_mode
        if mode & _OTHERS:
            found = f"others than its owner may read or write this private key (mode {mode & 0o777:o})."
            raise _refused(file, found, f"Make it yours alone: chmod 600 {file}")
        return load_pem_private_key(file.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise _refused(
            file, "there is no private key.", "Put it back from a backup, or make new keys."
        ) from error
    except OSError as error:
        raise _refused(
            file, f"the private key cannot be read: {error.strerror}.", "Mend its rights."
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _refused(
            file, "this is no private key that can be read.", "Put it back from a backup."
        ) from error


def _published(pair: KeyPair, folder: Path) -> KeyPair:
    if pair.id not in public_keys(folder):
        file = folder / PUBLIC_FOLDER / f"{pair.id}.pem"
        raise _refused(file, "the public half of the private key is missing.", "Put it back from a backup.")
    return pair


def _public_key(file: Path) -> tuple[str, bytes]:
    try:
        key = load_pem_public_key(file.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise _refused(
            file, "this is no public key that can be read.", "Put it back from a backup."
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _refused(file, "this is not an Ed25519 key.", "Only keys of this installation belong here.")
    public = key.public_bytes_raw()
    if file.stem != id_of(public):
        raise _refused(file, f"the key's id is {id_of(public)}.", "Put the right key back from a backup.")
    return file.stem, public


def _write_retired(folder: Path, retired: Mapping[str, Retirement]) -> None:
    fresh = folder / f"new-{RETIRED_FILE}"
    fresh.unlink(missing_ok=True)
    _write_new(fresh, (json.dumps(retired_as_document(retired), indent=1) + "\n").encode(), mode=0o644)
    fresh.replace(folder / RETIRED_FILE)


def _write_new(file: Path, content: bytes, *, mode: int) -> None:
    """Write a file that must not exist yet. Its rights are there before its content."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError as error:
        raise _refused(file, "another program has just made this key.", "Use that one.") from error
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _refused(file: Path, problem: str, remedy: str) -> Unusable:
    return Unusable(str(file), Fault("", problem, remedy))
