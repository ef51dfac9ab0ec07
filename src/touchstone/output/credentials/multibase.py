"""Bytes as texts that name their own alphabet, and public keys that name their own kind.

Multibase: a `z` before base58 in Bitcoin's alphabet, a `u` before base64url without padding. A Multikey of
Ed25519 is the 32 bytes of the public key after two bytes that say so.
"""

import base64
import binascii
from typing import Final

ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519: Final = b"\xed\x01"
LONGEST: Final = 200  # letters of base58: reading takes the square of their number


def base58(content: bytes) -> str:
    """The content in base58, without the letter before it. Each leading zero byte is a `1`."""
    number, letters = int.from_bytes(content), ""
    while number:
        number, place = divmod(number, 58)
        letters = ALPHABET[place] + letters
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + letters


def from_base58(text: str) -> bytes:
    """What was written in base58. Raises ValueError for another alphabet, and for more than 200 letters."""
    if len(text) > LONGEST:
        raise ValueError("the text is too long")
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def base64url(content: bytes) -> str:
    """The content in base64url, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """What was written so. Raises ValueError where it is written in any other way than `base64url` does."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("this is no base64url") from error
    if base64url(content) != text:
        raise ValueError("this is not the one way to write it in base64url")
    return content


def multikey(public: bytes) -> str:
    """The Multikey of the 32 bytes of an Ed25519 public key."""
    return "z" + base58(ED25519 + public)
