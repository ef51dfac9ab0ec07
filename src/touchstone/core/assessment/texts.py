"""What people write in words, taken so that every later page, workbook and PDF can show it."""

import unicodedata

# A success story fills a page or two.
LONGEST = 10_000
_LAYOUT = "\n\r\t"
# They turn the order of what follows around and let a name look like another; the last two are no characters.
_DECEIVING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")


def unprintable(text: str) -> str | None:
    """The code of the first character that no page may show: a control character, half a pair, a deceiver."""
    for character in text:
        if _is_unprintable(character) and character not in _LAYOUT:
            return f"U+{ord(character):04X}"
    return None


def quoted(value: object, *, longest: int = 40) -> str:
    """A value as a message shows it: short, printable, in one line, texts in quotes."""
    if isinstance(value, list | tuple | dict):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, bool) or value is None:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) >= 10**20:  # thousands of digits cannot even be written out
        return "a very large number"
    text = _printable(str(value)[: 4 * longest], longest)
    return f'"{text}"' if isinstance(value, str) else text


def _printable(text: str, longest: int) -> str:
    line = " ".join(text.split())
    short = line if len(line) <= longest else f"{line[:longest]}…"
    return "".join("\ufffd" if _is_unprintable(character) else character for character in short)


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _DECEIVING
