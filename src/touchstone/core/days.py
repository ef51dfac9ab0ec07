"""Reckoning with days, where the calendar has more than one answer."""

from datetime import date


def years_before(day: date, years: int) -> date:
    """The same day that many years before (the year 1 at the earliest); 28 February if there is no 29th."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
