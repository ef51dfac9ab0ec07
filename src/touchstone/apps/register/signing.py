"""The installation's key, as the ledger needs it."""

from pathlib import Path

from django.conf import settings

from touchstone.output import keys


def signer() -> keys.Signer:
    """The signer of this installation; its key is made on first use."""
    return keys.signer(_folder())


def check_signature(key: str, message: bytes, signature: bytes) -> bool:
    """Whether the key named made the signature; raises `UnknownKey` for one that is not kept here."""
    return keys.check_signature(_folder(), key, message, signature)


def _folder() -> Path:
    return Path(settings.TOUCHSTONE_HOME) / "keys"
