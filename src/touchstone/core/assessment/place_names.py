"""How names of places are written: what two spellings of one name have in common."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from touchstone.core.assessment.spelling import plain

_SAINTS = frozenset(("sankt", "saint", "sint"))

# Between a name and what tells it from others: Frankfurt am Main, Nowe Miasto nad Wartą.
_BETWEEN = frozenset(
    """
    am an der dem den im in ob o bei vor auf unter unterm a d i v na nad pod przy k u w ve pri sur sous en les
    lez de del della delle dell dei di do da dos du upon on by under le la el aan op bij ved och po pe
    """.split()  # noqa: SIM905  (a list of words reads best as words)
)
_BEFORE = (
    "freie und hansestadt", "landeshauptstadt", "universitatsstadt", "hansestadt", "stadt", "marktgemeinde",
    "gemeinde", "city of", "town of", "municipality of", "comune di", "commune de", "ville de", "ciudad de",
    "ayuntamiento de", "concello de", "municipio de", "miasto", "gmina", "m", "g", "г", "гр", "град", "город",
    "м", "місто", "δημος",
)  # fmt: skip
_AFTER = (
    "city", "town", "municipality", "miestas", "m", "linn", "pilseta", "kommune", "cedex",
    *"i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii".split(),  # noqa: SIM905
)  # fmt: skip

_PARTS = re.compile(r"[,;/|()\[\]\n\t]+|\s[-–—]\s")
_POSTCODE = re.compile(
    r"""
      \b [A-Z]{1,2} \d [A-Z\d]? \s* \d [A-Z]{2} \b             # SW1A 1AA
    | \b \d{4} \s? [A-Z]{2} (?= \s | $ )                        # 1012 JS
    | \b (?: [A-Z]{1,3} \s? [-–] \s? )? \d{2} [-–] \d{3} \b     # 60-123
    | \b (?: [A-Z]{1,3} \s? [-–] \s? )? \d{3} \s \d{2} \b       # 111 52
    | \b (?: [A-Z]{1,3} \s? [-–] \s? )? \d{4,6} \b              # D-07743
    """,
    re.VERBOSE,
)


def key(name: str) -> str:
    """A name without case, accents and signs, words parted by one space; a saint is "st".

    "Sankt-Pölten" and "St. Pölten" have one key.
    """
    return " ".join("st" if word in _SAINTS else word for word in plain(name).split())


def shortened(words: str) -> tuple[str, str]:
    """A key as its name and what tells it from others: "frankfurt am main" is "frankfurt" and "main"."""
    each = words.split()
    cut = next((at for at, word in enumerate(each) if at and word in _BETWEEN), len(each))
    name, rest = each[:cut], each[cut:]
    told = [*(word for word in rest[:-1] if word not in _BETWEEN), *rest[-1:]]  # the o. of a.d.O. is the Oder
    return " ".join(name), " ".join(told)


def short_key(name: str) -> str:
    """The key of a name as people shorten it: without brackets, without "am Main"."""
    return shortened(key(_PARTS.split(name, maxsplit=1)[0]))[0]


def beginnings(words: str) -> Iterator[str]:
    """The beginnings of a key that end with a word, without the key itself."""
    return (words[:at] for at, letter in enumerate(words) if letter == " ")


def parted(text: str) -> tuple[str, ...]:
    """The keys of the parts of an address or of a name with an addition, in their order."""
    return tuple(words for part in _PARTS.split(_POSTCODE.sub(" ", text)) if (words := key(part)))


def postcodes(text: str) -> tuple[str, ...]:
    """The digits of each postcode in a text."""
    return tuple(re.sub(r"\D", "", found) for found in _POSTCODE.findall(text))


def spellings(words: str) -> Iterator[str]:
    """Keys that a key may stand for, likeliest first: itself, without numbers, without "city of"."""
    yield words
    without_numbers = " ".join(word for word in words.split() if not _numbered(word))
    yield without_numbers
    yield _without(without_numbers)


def numbered(words: str) -> bool:
    """Whether a part of an address holds a number, as a street does."""
    return any(_numbered(word) for word in words.split())


def halves(text: str) -> tuple[str, str] | None:
    """The keys of a name with one hyphen, such as a town with its district; None where it is none."""
    sides = tuple(key(side) for side in re.split(r"[-–]", text))
    return (sides[0], sides[1]) if len(sides) == 2 and all(sides) else None


def _numbered(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _without(words: str) -> str:
    """A key without a word for town before or after it, unless nothing else is there."""
    each = words.split()
    for affix in _phrases(_BEFORE):
        if tuple(each[: len(affix)]) == affix and len(each) > len(affix):
            each = each[len(affix) :]
            break
    if len(each) > 1 and each[-1] in _AFTER:
        each = each[:-1]
    return " ".join(each)


@cache
def _phrases(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(text.split()) for text in texts)
