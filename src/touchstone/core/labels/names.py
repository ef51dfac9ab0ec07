"""Names of organisations: folded for comparing and searching, and as keys for addresses."""

import hashlib
import unicodedata

# Letters that Unicode leaves whole although a reader would type something plainer for them.
_LATIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ĸ": "k", "ə": "e", "ß": "ss",
}  # fmt: skip
# Marks have fallen off when these are looked up: й has become и, ё has become е, ί has become ι.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "ѓ": "g", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n",
    "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f", "х": "h",
    "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "sht", "ъ": "a", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "y",
    "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_PLAINER = str.maketrans(_LATIN | _CYRILLIC | _GREEK)
# An apostrophe joins what it stands in: Pleszew's → pleszews. All other punctuation parts words.
_JOINING = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_ASCII = _JOINING | {
    letter: chr(letter).lower() if chr(letter).isalnum() else " "
    for letter in range(128)
    if letter not in _JOINING
}

_LONGEST_KEY = 100


def fold(text: str) -> str:
    """Text for comparing and searching: no accents, no case, no punctuation, single spaces.

    "Straße" → "strasse", "KOM - Klaster Obróbki" → "kom klaster obrobki", "BM³" → "bm3". Greek and
    Cyrillic become Latin letters, other scripts stay. Folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    plain = unicodedata.normalize("NFKD", text.translate(_JOINING)).casefold()
    marked = unicodedata.normalize("NFKD", plain)  # case folding can compose anew
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return " ".join("".join(map(_spaced, bare.translate(_PLAINER))).split())


def _spaced(letter: str) -> str:
    # Vowel signs of Indian scripts are marks, and yet part of the word.
    return letter if letter.isalnum() or unicodedata.category(letter).startswith("M") else " "


def key_of(name: str, country: str) -> str:
    """A stable key, fit for an address: ("Aviation Valley", "PL") → "pl-aviation-valley".

    At most 100 characters, ASCII. Where that takes something away, a piece of the name's SHA-256 stands
    for it. Names that fold alike get the same key: the caller tells two such organisations apart.
    """
    folded = fold(name)
    words = "-".join("".join(letter if letter.isascii() else " " for letter in folded).split())
    prefix = country.strip().casefold()
    if words == folded.replace(" ", "-") and words and len(prefix) + 1 + len(words) <= _LONGEST_KEY:
        return f"{prefix}-{words}"
    digest = hashlib.sha256(folded.encode(errors="surrogatepass")).hexdigest()[:8]
    kept = words[: _LONGEST_KEY - len(prefix) - len(digest) - 2].strip("-")
    return "-".join(part for part in (prefix, kept, digest) if part)
