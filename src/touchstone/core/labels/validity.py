"""How long a label runs: the arithmetic of periods under one rule set.

Two ways to end are known. By day: valid to the day, so many months from the interview. By month: to the
last day of the interview's month, so many months on. A renewal is seamless: it begins on the day after the
previous period, also where it is decided in the time of grace, and so makes that gap valid afterwards.
Sources: the published rules of the scheme that the pack is modelled on; see docs/explanation/status.md.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.core.scheme.model import Validity


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One label period. All days are inclusive: `valid_until` and `renewable_until` still count."""

    valid_from: date
    valid_until: date
    renewable_until: date
    renewal: bool


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter.

    `months` may be negative. Raises OverflowError outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"{months} months from {day} is outside the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month that a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def period(rules: Validity, *, interviewed_on: date, previous_end: date | None) -> Period:
    """The period that an interview gives.

    `previous_end` is the last day of the label period before, None where there was none. An interview on
    the last day of grace still renews; one day later counts as a first. Where a rule set counts a renewal
    from the interview and the interview comes before the previous end, the two periods overlap.
    """
    if previous_end is None or interviewed_on > renewable_until(rules, valid_until=previous_end):
        end = _end(rules, interviewed_on, rules.first_months)
        return _period(rules, interviewed_on, end, renewal=False)
    seamless = previous_end + timedelta(days=1)
    if rules.renewal_from == "previous_end":
        return _period(rules, seamless, _end(rules, previous_end, rules.renewal_months), renewal=True)
    end = _end(rules, interviewed_on, rules.renewal_months)
    return _period(rules, min(seamless, interviewed_on), end, renewal=True)


def renewable_until(rules: Validity, *, valid_until: date) -> date:
    """The last day on which an interview still renews a label that ended on `valid_until`."""
    return _end(rules, valid_until, rules.grace_months)


def start_of(rules: Validity, *, valid_until: date) -> date:
    """The first day of a first period of which only the end is known.

    By day, the same day of the month, `first_months` before. By month, the interview may have been on any
    day of that month: its first day is given. A derived start must be marked as derived.
    """
    same_day = add_months(valid_until, -rules.first_months)
    return same_day if rules.end == "day" else same_day.replace(day=1)


def _end(rules: Validity, day: date, months: int) -> date:
    end = add_months(day, months)
    return end if rules.end == "day" else month_end(end)


def _period(rules: Validity, valid_from: date, valid_until: date, *, renewal: bool) -> Period:
    return Period(
        valid_from=valid_from,
        valid_until=valid_until,
        renewable_until=renewable_until(rules, valid_until=valid_until),
        renewal=renewal,
    )
