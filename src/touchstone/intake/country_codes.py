"""Countries as people write them in lists: by code, or by name in a language of Europe."""

from functools import cache

from babel import Locale

from touchstone.core.assessment.countries import COUNTRIES, country_code
from touchstone.intake.country_names import COUNTRY_CODES

_LANGUAGES = (
    "en", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu",
    "is", "it", "lt", "lv", "mk", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "tr", "uk",
)  # fmt: skip


def country_of(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country given by its code or name; None where it is neither."""
    return country_code(text) or _by_name().get(text.strip().casefold())


@cache
def _by_name() -> dict[str, str]:
    """Names of countries without case; where two languages give a name to two countries, the first counts."""
    names = {name.casefold(): code for name, code in COUNTRY_CODES.items()}
    for language in _LANGUAGES:
        territories = Locale.parse(language).territories
        for code in COUNTRIES.intersection(territories):
            names.setdefault(territories[code].casefold(), code)
    return names
