"""What two spellings of one name have in common."""

import re
import unicodedata
from collections.abc import Iterator

# Letters that have no plain letter inside them for Unicode, but have one for whoever types them.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "e",
        "’": "", "'": "", "ʼ": "", "`": "",
    }
)  # fmt: skip
_NO_LETTERS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """A text as words without case, accents and signs, parted by one space: "S.A. Łódź" is "s a lodz"."""
    letters = text.casefold().translate(_LETTERS)
    if not letters.isascii():
        split = unicodedata.normalize("NFKD", letters).casefold()
        letters = "".join(c for c in split if not unicodedata.combining(c)).translate(_LETTERS)
    return _NO_LETTERS.sub(" ", letters).strip()


def one_letter_less(words: str) -> Iterator[str]:
    """A text, and what is left of it when any one letter is lost.

    Two texts that differ by one letter, or by two letters changed round, have one of these in common.
    """
    yield words
    for at in range(len(words)):
        yield words[:at] + words[at + 1 :]


def one_error_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, another or two neighbours changed round make one text of the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    at = next((at for at, letter in enumerate(one) if letter != other[at]), len(one))
    rest, other_rest = one[at:], other[at:]
    if len(one) < len(other):
        return rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (rest[1::-1] == other_rest[:2] and rest[2:] == other_rest[2:])
