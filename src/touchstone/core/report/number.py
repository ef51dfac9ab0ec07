"""The number of a report: whose country, which day, and digits that tell a slip of the pen.

`LTU0012026101292` is a report on an organisation of Lithuania (ISO 3166-1 alpha-3), interviewed on 12 October
2026. The three digits after the country follow from what the report says, whatever its language, so that the
same content has the same number. The last two are the check digits of ISO 7064, MOD 97-10, as in an IBAN: any
single wrong character is found, and any swap of two neighbours.

The make-up is our own; numbers seen on certificates in the field inspired it.
"""

import hashlib
import json
import re
from datetime import date
from typing import Final

from touchstone.core.assessment.countries import NO_COUNTRY, THREE_LETTERS

_FORM: Final = re.compile(r"[A-Z]{3}[0-9]{13}")
_MODULUS: Final = 97
_CHECK_DIGITS: Final = 2


def number(*, country: str, on: date, content: object) -> str:
    """The number of a report.

    Args:
        country: ISO 3166-1 alpha-2; one that there is none of is written XXX.
        on: the day of the interview.
        content: what the report says, as JSON has it; the order of keys does not matter.
    """
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    told = f"{THREE_LETTERS.get(country, NO_COUNTRY)}{int(digest, 16) % 1000:03d}{on:%Y%m%d}"
    return told + _check(told)


def valid(text: str) -> bool:
    """Whether a text has the form of a number and its check digits are right."""
    return bool(_FORM.fullmatch(text)) and text.endswith(_check(text[:-_CHECK_DIGITS]))


def _check(told: str) -> str:
    """The check digits, 02 to 98; a letter counts as 10 to 35."""
    digits = "".join(str(int(character, 36)) for character in told)
    return f"{_MODULUS + 1 - int(digits + '00') % _MODULUS:02d}"
