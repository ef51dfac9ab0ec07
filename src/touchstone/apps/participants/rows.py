"""A participant as a row of JSON and back. Empty columns are left out: lists have thousands of rows."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from touchstone.core.assessment.commitment import Commitment
from touchstone.core.assessment.participants import Participant

_DAYS = ("joined", "left")


def as_row(participant: Participant) -> dict[str, object]:
    """The columns that say something."""
    row: dict[str, object] = {}
    for column in fields(Participant):
        value = getattr(participant, column.name)
        if value != column.default:
            row[column.name] = value.isoformat() if isinstance(value, date) else value
    if "shown" in row:
        row["shown"] = [kind.value for kind in participant.shown]
    return row


def as_participant(row: Mapping[str, Any]) -> Participant:  # Any: the types of the columns
    """The participant of a row that `as_row` wrote."""
    days = {column: date.fromisoformat(row[column]) for column in _DAYS if column in row}
    shown = tuple(map(Commitment, row.get("shown", ())))
    return Participant(**{**row, **days, "shown": shown})
