"""Labels of the past, of which a register told only the end, as acts for the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.core.labels.model import Act, EntryKind, LabelLevel
from touchstone.core.labels.names import key_of
from touchstone.core.labels.validity import add_months, renewable_until, start_of
from touchstone.core.scheme.model import RuleSet, Scheme

DERIVED = ("valid_from", "renewable_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLabel:
    """One row of an old register page. `country` is empty where the page did not name it."""

    line: int  # 1 is the first line of the page
    name: str
    portfolio: str  # id in the pack
    valid_until: date
    country: str = ""  # ISO 3166-1 alpha-2


def acts_of(
    page_rows: Iterable[PastLabel],
    *,
    country: str,
    scheme: Scheme,
    recorded: datetime,
    actor: str,
    origin: str,
) -> tuple[Act, ...]:
    """One Bronze award a row, in the order of the page, under the rule set of its time.

    `country` holds for rows that name none. `origin` says where the page was read; the line is added.
    First day and renewable day are derived, and marked so: the page gives only the last valid day.
    """
    return tuple(
        _award(
            row,
            country=row.country or country,
            scheme=scheme,
            recorded=recorded,
            actor=actor,
            origin=f"{origin}, line {row.line}",
        )
        for row in page_rows
    )


def rules_of_time(scheme: Scheme, *, valid_until: date) -> RuleSet:
    """The rule set that gave a first period of which only the last day is known.

    The newest one that was in force when, by its own count, the interview must have been; the oldest where
    none was.
    """
    by_date = sorted(scheme.rule_sets.values(), key=lambda rules: rules.in_force_from, reverse=True)
    fitting = (
        rules
        for rules in by_date
        if scheme.rule_set_on(add_months(valid_until, -rules.validity.first_months)).id == rules.id
    )
    return next(fitting, by_date[-1])


def _award(
    row: PastLabel, *, country: str, scheme: Scheme, recorded: datetime, actor: str, origin: str
) -> Act:
    rules = rules_of_time(scheme, valid_until=row.valid_until)
    valid_from = start_of(rules.validity, valid_until=row.valid_until)
    return Act(
        kind=EntryKind.AWARD,
        organisation=key_of(row.name, country),
        name=row.name,
        country=country,
        portfolio=row.portfolio,
        effective=valid_from,
        recorded=recorded,
        actor=actor,
        rule_set=rules.id,
        level=LabelLevel.BRONZE,
        valid_from=valid_from,
        valid_until=row.valid_until,
        renewable_until=renewable_until(rules.validity, valid_until=row.valid_until),
        origin=origin,
        derived=DERIVED,
    )
