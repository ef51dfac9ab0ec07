"""Texts in the encodings that spreadsheet programs write: UTF-8 and UTF-16 for sure, others where it is safe.

The older pages of Windows give the same bytes different letters. One of them is taken only where it
alone makes every line a text in the letters of one language; a wrong guess would bend people's names.
"""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.core.faults import Fault, Unusable

# Letters beyond ASCII of the languages written in each page, small; capitals follow.
_PAGES: dict[str, tuple[str, ...]] = {
    "Windows-1252": (
        "äöüß",  # German
        "àâæçèéêëîïôœùûüÿ",  # French
        "áéíñóúü¿¡ºª",  # Spanish
        "àçèéíïòóúü·",  # Catalan
        "àèéìíòóùú",  # Italian
        "áâãàçéêíóôõúü",  # Portuguese
        "áäåéöü",  # Swedish, Finnish
        "åæéøò",  # Danish, Norwegian
        "áæéíðóöúýþ",  # Icelandic
        "äáéëïíóöúü",  # Dutch
    ),
    "Windows-1250": (
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "ćčđšž",  # Croatian, Slovene
        "ăâîşţ",  # Romanian
        "äöüß",  # German
    ),
    "Windows-1257": (
        "ąčęėįšųūž",  # Lithuanian
        "āčēģīķļņšūž",  # Latvian
        "äõöüšž",  # Estonian
    ),
}
_SIGNS = frozenset("„“”‘’‚–—…•€§°«»\u00a0\u00ad®©™²³")
_REMEDY = 'Save it as UTF-8: in Excel choose the file type "CSV UTF-8".'


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and a note where its encoding was concluded from its letters."""

    text: str
    note: str = ""


def decode(raw: bytes, *, file: str) -> Decoded:
    """The text of a file. Unusable where its encoding is not sure, or where it is no text at all."""
    text = unicode_text(raw)
    if text is None and b"\0" not in raw:
        text_and_page = _one_page(raw)
        if text_and_page is not None:
            text, page = text_and_page
            note = f"The file is not UTF-8; its letters are those of {page}, and so it was read."
            return Decoded(text, note)
    if text is None or "\0" in text:
        raise Unusable(file, Fault("", "This is no text, or its letters cannot be told for sure.", _REMEDY))
    return Decoded(text)


def unicode_text(raw: bytes) -> str | None:
    """The text of UTF-8, or of UTF-16 that says so; None where it is neither."""
    marked = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        return raw.decode("utf-16" if raw.startswith(marked) else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _one_page(raw: bytes) -> tuple[str, str] | None:
    """The text and its page, where all pages that make sense of it make the same text."""
    readings: dict[str, str] = {}
    for page in _PAGES:
        text = _sensible(raw, page)
        if text is not None:
            readings.setdefault(text, page)
    return next(iter(readings.items())) if len(readings) == 1 else None


def _sensible(raw: bytes, page: str) -> str | None:
    try:
        text = raw.decode(page)
    except UnicodeDecodeError:
        return None
    alphabets = [frozenset(letters + letters.upper()) | _SIGNS for letters in _PAGES[page]]
    return text if all(_in_one(line, alphabets) for line in text.splitlines()) else None


def _in_one(line: str, alphabets: Iterable[frozenset[str]]) -> bool:
    letters = {letter for letter in line if not letter.isascii()}
    return any(letters <= alphabet for alphabet in alphabets)
