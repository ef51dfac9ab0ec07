"""Days, numbers and labels as the checks say them."""

from datetime import date, datetime

from touchstone.core.labels.model import EntryKind, LabelLevel
from touchstone.output.content.words import words

KINDS = {
    EntryKind.AWARD: "an award",
    EntryKind.RENEWAL: "a renewal",
    EntryKind.UPGRADE: "an upgrade",
    EntryKind.SUSPENSION: "a suspension",
    EntryKind.REINSTATEMENT: "a reinstatement",
    EntryKind.WITHDRAWAL: "a withdrawal",
    EntryKind.CORRECTION: "a correction",
    EntryKind.RENAME: "a change of name",
    EntryKind.HOST: "a change of host",
    EntryKind.MERGER: "a merger",
    EntryKind.SPLIT: "a split",
}
REAL = "For demonstration: the label is not real."
LONGEST = 120  # characters of a text from outside that are repeated


def day(on: date) -> str:
    """21 November 2026."""
    return words("en").day(on)


def moment(at: datetime) -> str:
    """21 November 2026, 12:00 UTC."""
    return f"{day(at.date())}, {at:%H:%M} UTC"


def numeral(number: int) -> str:
    """A label's number as it is printed."""
    return f"{number:05d}"


def label(level: LabelLevel | None) -> str:
    """Silver label."""
    return f"{level.value.capitalize()} label" if level else "label"


def shortened(text: str) -> str:
    """A text from outside on one line, no longer than a person reads."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: LONGEST * 4]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
