"""The keys of an installation: Ed25519, one private key to sign with, every public key to check with.

A folder holds `private.pem` (PKCS 8, readable by its owner only) and `public/ID.pem`, one for each key that
ever signed here. An id is the first 16 hex digits of the SHA-256 of the 32 bytes of the public key.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.ledger import UnknownKey

PRIVATE_FILE = "private.pem"
PUBLIC_FOLDER = "public"

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


def create(folder: Path) -> KeyPair:
    """Make the keys of a new installation. Raises Unusable where there are some: none is overwritten."""
    private_file = folder / PRIVATE_FILE
    if private_file.exists():
        raise _refused(private_file, "there is a private key already.", "Use it, or move it away first.")
    pair = KeyPair(Ed25519PrivateKey.generate())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The public half comes first: a crash between the two leaves a key that never signed anything.
    publish(folder, pair.public)
    text = pair._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # noqa: SLF001
    _write_new(private_file, text, mode=_OWNER_ONLY)
    return pair


def load(folder: Path) -> KeyPair:
    """The key of an installation.

    Raises Unusable where there is none, others may read it, it is not an Ed25519 key, or its public half is
    not among those published.
    """
    file = folder / PRIVATE_FILE
    try:
        mode = file.stat().st_mode
        if mode & _OTHERS:
            found = f"others than its owner may read or write this private key (mode {mode & 0o777:o})."
            raise _refused(file, found, f"Make it yours alone: chmod 600 {file}")
        private = load_pem_private_key(file.read_bytes(), password=None)
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
    if not isinstance(private, Ed25519PrivateKey):
        raise _refused(file, "this is not an Ed25519 key.", "Put the installation's own key back.")
    return _published(KeyPair(private), folder)


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
