"""Names of countries in the reader's language, and their codes."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def name(code: str) -> str:
    """The name of a country by its ISO 3166-1 alpha-2 code; the code itself where it has none."""
    return _territories(get_language() or "en").get(code, code)


@lru_cache(maxsize=32)
def _territories(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return dict(locale.territories)
