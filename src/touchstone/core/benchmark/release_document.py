"""A release as a document, to keep it between two renewals."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from touchstone.core.benchmark.releases import Release, Row, Standing, closed

FORMAT: Final = "touchstone release 1"
BROKEN: Final = "It cannot be read. Restore it from a backup."


def as_document(release: Release) -> dict[str, Any]:  # Any: whatever JSON knows
    """The release as values that JSON knows; `digest` is the SHA-256 of the rest.

    Sets of rows are hexadecimal numbers: bit N stands for row N.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "scheme": release.scheme,
        "on": release.on.isoformat(),
        "rows": [[row.digest, row.owner] for row in release.rows],
        "answered": {measure: f"{rows:x}" for measure, rows in release.answered.items()},
        "memberships": [f"{rows:x}" for rows in release.memberships],
        "published": {measure: list(numbers) for measure, numbers in release.published.items()},
        "standing": {group: _standing(one) for group, one in release.standing.items()},
        "fault": release.fault,
    }
    return {**document, "digest": _digest(document)}


def from_document(document: object) -> Release:
    """Read `as_document` again. What cannot be read, or was changed, gives a release that shows nothing."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return closed(BROKEN)
    rest = {key: part for key, part in document.items() if key != "digest"}
    try:
        read = _read(rest) if document.get("digest") == _digest(rest) else closed(BROKEN)
    except (KeyError, TypeError, ValueError, AttributeError):
        return closed(BROKEN)
    return read if _is_whole(read) else closed(BROKEN)


def _is_whole(release: Release) -> bool:
    """Whether every number of a row or of a membership has one."""
    sets = (*release.memberships, *release.answered.values())
    named = {one.membership for one in release.standing.values()}.union(*release.published.values())
    return all(0 <= rows < 1 << len(release.rows) for rows in sets) and all(
        0 <= number < len(release.memberships) for number in named
    )


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "membership": one.membership,
        "since": one.since.isoformat(),
        "withheld": sorted(one.withheld),
    }


def _digest(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(document: Mapping[str, Any]) -> Release:  # Any: whatever does not fit raises
    return Release(
        scheme=document["scheme"],
        on=date.fromisoformat(document["on"]),
        rows=tuple(Row(digest=digest, owner=owner) for digest, owner in document["rows"]),
        answered={measure: int(rows, 16) for measure, rows in document["answered"].items()},
        memberships=tuple(int(rows, 16) for rows in document["memberships"]),
        published={measure: tuple(numbers) for measure, numbers in document["published"].items()},
        standing={
            group: Standing(
                membership=one["membership"],
                since=date.fromisoformat(one["since"]),
                withheld=frozenset(one["withheld"]),
            )
            for group, one in document["standing"].items()
        },
        fault=document["fault"],
    )
