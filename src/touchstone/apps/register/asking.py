"""Questions to the ledger: the label of an organisation, in one answer."""

from datetime import date, datetime

from touchstone.apps.pack import scheme
from touchstone.apps.register.ledger import history
from touchstone.core.labels.model import LevelStatus, Status
from touchstone.core.labels.status import status as status_of


def status(organisation: str, *, on: date, known: datetime) -> Status:
    """The label of an organisation, by its key, on a day as known at a moment (aware)."""
    return status_of(history(organisation), organisation, on=on, known=known, rule_sets=scheme().rule_sets)


def status_document(answer: Status) -> dict[str, object]:
    """A status in JSON's own types."""
    return {
        "organisation": answer.organisation,
        "level": answer.level and answer.level.value,
        "status": answer.standing.value,
        "valid_from": _day(answer.valid_from),
        "valid_until": _day(answer.valid_until),
        "renewable_until": _day(answer.renewable_until),
        "on": answer.on.isoformat(),
        "known": answer.known.isoformat(),
        "levels": [_level_document(level) for level in answer.levels],
    }


def _level_document(level: LevelStatus) -> dict[str, object]:
    return {
        "level": level.level.value,
        "status": level.standing.value,
        "valid_from": _day(level.valid_from),
        "valid_until": _day(level.valid_until),
        "renewable_until": _day(level.renewable_until),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
