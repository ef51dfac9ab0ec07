"""An organisation and its labels for search engines: schema.org as JSON-LD."""

import json
from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from touchstone.core.labels.model import LevelStatus, Standing
from touchstone.core.labels.register import RegisterRow
from touchstone.web import words

_CONTEXT = "https://schema.org"
_ACTIVE, _INACTIVE = f"{_CONTEXT}/CertificationActive", f"{_CONTEXT}/CertificationInactive"
# What would end the element that the data stands in, or begin another, is written as an escape.
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def markup(row: RegisterRow, *, page: str, issuer: str, issuers_page: str) -> SafeString:
    """The inside of `<script type="application/ld+json">`. Addresses are absolute."""
    document: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "Organization",
        "@id": page,
        "name": row.name,
        "identifier": row.organisation,
        "mainEntityOfPage": page,
        "address": {"@type": "PostalAddress", "addressCountry": row.country},
        "alternateName": list(row.former_names),
        "url": row.website,
        "hasCertification": _labels(
            row.status.levels, {"@type": "Organization", "name": issuer, "url": issuers_page}
        ),
    }
    kept = {name: value for name, value in document.items() if value}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308  no < is left in it


def _labels(levels: Iterable[LevelStatus], issuer: dict[str, str]) -> list[dict[str, object]]:
    return [
        {
            "@type": "Certification",
            "name": str(words.LEVELS[level.level]),
            "certificationStatus": _ACTIVE if level.standing is Standing.VALID else _INACTIVE,
            "validFrom": level.valid_from.isoformat(),
            "expires": level.valid_until.isoformat(),
            "issuedBy": issuer,
        }
        for level in levels
    ]
