"""An answer of each operation, as the document and the page show it. A test holds them to the types."""

from typing import Any, Final

from touchstone.api.schemas import KEY_EXAMPLE

# Any: a document of JSON.
_LEVEL: Final[dict[str, Any]] = {
    "level": "bronze", "status": "valid", "valid_from": "2011-02-23", "valid_until": "2013-02-23",
    "renewable_until": "2014-02-23",
}  # fmt: skip
_KNOWN: Final = "2026-11-21T12:00:00.000000Z"
_SHORT: Final[dict[str, Any]] = {
    "key": KEY_EXAMPLE, "name": "Aviation Valley", "former_names": [], "country": "PL",
    "portfolio": "aviation-space", "website": "", "host": "", **_LEVEL, "first_labelled_on": "2011-02-23",
    "page": f"https://labels.example.org/register/{KEY_EXAMPLE}/",
}  # fmt: skip
_ZEROS: Final = "0" * 64
EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "/api/v1/organisations": {
        "on": "2013-02-23", "known": _KNOWN, "items": [_SHORT],
        "next": "https://labels.example.org/api/v1/organisations?on=2013-02-23&limit=1&cursor=NGY1…",
    },
    "/api/v1/organisations/{key}": {
        **_SHORT, "levels": [_LEVEL], "successors": [], "predecessors": [],
        "badge": f"https://labels.example.org/badge/{KEY_EXAMPLE}.svg",
        "history": f"https://labels.example.org/api/v1/organisations/{KEY_EXAMPLE}/history",
    },
    "/api/v1/organisations/{key}/status": {
        "organisation": KEY_EXAMPLE, **_LEVEL, "on": "2013-02-23", "known": _KNOWN, "levels": [_LEVEL],
        "successors": [],
    },
    "/api/v1/organisations/{key}/history": {
        "organisation": KEY_EXAMPLE, "known": _KNOWN,
        "items": [
            {
                "number": 4, "kind": "award", "level": "bronze", "name": "Aviation Valley",
                "effective": "2011-02-23", "recorded": "2026-11-21T09:00:00Z", "valid_from": "2011-02-23",
                "valid_until": "2013-02-23", "renewable_until": "2014-02-23", "rule_set": "2010",
                "reason": "", "origin": "page of the old public register, line 5",
                "derived": ["valid_from", "renewable_until"], "corrected_by": [], "host": "", "others": [],
                "meeting": "",
            }
        ],
    },
    "/api/v1/figures": {
        "on": "2013-02-23", "valid": 11, "ever": 12,
        "levels": [
            {"level": "bronze", "valid": 11, "ever": 12},
            {"level": "silver", "valid": 0, "ever": 0},
            {"level": "gold", "valid": 0, "ever": 0},
        ],
    },
    "/api/v1/ledger/entries": {
        "items": [
            {
                "number": 1,
                "act": {
                    "kind": "award", "organisation": KEY_EXAMPLE, "name": "Aviation Valley",
                    "effective": "2011-02-23", "recorded": "2026-11-21T09:00:00.000000Z", "actor": "import",
                },
                "previous": _ZEROS, "hash": "bfa2" * 16, "key": "34750f98bd59fcfc", "signature": "dd7f" * 32,
            }
        ],
        "next": "https://labels.example.org/api/v1/ledger/entries?limit=1&after=1",
    },
    "/api/v1/ledger/heads": {
        "items": [
            {
                "day": "2026-11-21", "number": 48, "entry": "bfa2" * 16, "previous": _ZEROS,
                "hash": "9c1e" * 16, "key": "34750f98bd59fcfc", "signature": "dd7f" * 32,
            }
        ],
    },
    "/api/v1/scheme": {
        "id": "ecei", "name": "Cluster excellence",
        "levels": [{"id": "bronze", "name": "Bronze"}],
        "portfolios": [{"id": "aviation-space", "name": "Aviation and space"}],
        "rule_sets": [
            {"id": "2010", "name": "Rules of 2010", "in_force_from": "2010-01-01", "decided_by": "EUCLES"}
        ],
    },
}  # fmt: skip
