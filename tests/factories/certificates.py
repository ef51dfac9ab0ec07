"""Labels to certify, and a seal to put on them."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from touchstone.core.labels.model import LabelLevel
from touchstone.output.certificate import Attachment, Grant, certificate
from touchstone.output.content.words import words
from touchstone.output.keys import SealKey, seal_key

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ADDRESS = "https://labels.example.org/verify/00049/"
NOTICE = "This is not the official scheme."


def grant(level: LabelLevel = LabelLevel.GOLD, **changes: Any) -> Grant:
    """A label of the Amber cluster, of 2026 to 2028."""
    return Grant(
        **{
            "organisation": "Amber Cluster",
            "level": level,
            "scheme": "Cluster management excellence",
            "notice": NOTICE,
            "decided_by": "EUCLES",
            "rule_set": "Rules of 2022",
            "valid_from": date(2026, 10, 12),
            "valid_until": date(2028, 10, 31),
            "number": 49,
            **changes,
        }
    )


def made(given: Grant | None = None, *, code: str = "en", attachment: Attachment | None = None) -> bytes:
    """Its certificate, not sealed."""
    return certificate(given or grant(), words=words(code), address=ADDRESS, attachment=attachment)


@cache
def a_seal(name: str = "labels.example.org") -> SealKey:
    """The same seal for every test of a process."""
    with TemporaryDirectory() as folder:
        return seal_key(Path(folder), name=name, at=AT)
