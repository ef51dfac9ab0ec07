"""Rows of a participant list."""

from typing import Any

from touchstone.core.assessment.participants import Participant


def participant(name: str = "Firm", **more: Any) -> Participant:
    """A committed small firm in Lithuania, with what a test says otherwise."""
    return Participant(name=name, **{"type": "sme", "country": "LT", "evidence": "agreement", **more})
