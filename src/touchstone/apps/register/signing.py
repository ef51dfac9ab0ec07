"""The installation's keys, as the ledger needs them."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from touchstone.core.labels.ledger import Signers
from touchstone.output import keys


def signer(*, first: bool) -> keys.KeyPair:
    """The key to sign with. It is made for the `first` entry, and never again: a lost key must be noticed.

    Raises Unusable where it is missing or damaged.
    """
    place = folder()
    if first and not (place / keys.PRIVATE_FILE).exists():
        return keys.create(place)
    return keys.load(place)


def public_keys() -> dict[str, bytes]:
    """Id → the 32 bytes of each public key that ever signed here."""
    return keys.public_keys(folder())


def signers() -> Signers:
    """All public keys, and when those retired that sign no more."""
    return Signers(keys=public_keys(), retired=keys.retired(folder()))


def checker() -> Callable[[str, bytes, bytes], bool]:
    """The check of signatures against all public keys that are kept here."""
    return keys.check_signature(public_keys())


def folder() -> Path:
    """Where the keys lie."""
    return Path(settings.TOUCHSTONE_HOME) / "keys"
