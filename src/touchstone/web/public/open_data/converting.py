"""A day as a part of an address."""

from datetime import date


class Day:
    """2026-11-21, and nothing that is no day of the calendar."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)  # Django takes a ValueError for an address that does not fit

    def to_url(self, value: date) -> str:
        return value.isoformat()
