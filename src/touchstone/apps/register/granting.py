"""Granting a label period: which one the rules give, and its entry."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register.asking import status
from touchstone.apps.register.ledger import append, lock, recorded
from touchstone.apps.register.naming import called
from touchstone.core.labels import validity
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, LevelStatus, Standing
from touchstone.core.scheme.model import RuleSet


@transaction.atomic
def grant(
    *,
    organisation: Organisation,
    level: LabelLevel,
    rules: RuleSet,
    interviewed_on: date,
    case: str,
    at: datetime,
    meeting: str = "",
) -> Entry:
    """Enter a label period: a first one, a renewal of the same level, or an upgrade from a lower one.

    The entry names the body that decides under the rule set, not the person: the ledger is public for ever,
    and who decided and why stands in the case.
    """
    lock()
    before = status(organisation.key, on=interviewed_on, known=at).levels
    period = _next_period(rules, level, before, interviewed_on=interviewed_on)
    return append(
        act=Act(
            kind=_kind(level, before, renewal=period.renewal),
            organisation=organisation.key,
            name=called(organisation, on=interviewed_on),
            country=organisation.country,
            portfolio=organisation.portfolio,
            website=organisation.website,
            effective=interviewed_on,
            recorded=recorded(at),
            actor=rules.decided_by,
            rule_set=rules.id,
            level=level,
            valid_from=period.valid_from,
            valid_until=period.valid_until,
            renewable_until=period.renewable_until,
            case=case,
            meeting=meeting,
        )
    )


def period_ahead(
    *, organisation: Organisation, level: LabelLevel, rules: RuleSet, interviewed_on: date, at: datetime
) -> validity.Period:
    """The period that `grant` would enter now: what a decider sees before deciding."""
    before = status(organisation.key, on=interviewed_on, known=at).levels
    return _next_period(rules, level, before, interviewed_on=interviewed_on)


def _next_period(
    rules: RuleSet, level: LabelLevel, before: Iterable[LevelStatus], *, interviewed_on: date
) -> validity.Period:
    same = next((held for held in before if held.level is level), None)
    # A withdrawn label is not renewed: whoever gets it again starts afresh.
    renewed = same if same and same.standing is not Standing.WITHDRAWN else None
    previous_end = renewed.valid_until if renewed else None
    return validity.period(rules.validity, interviewed_on=interviewed_on, previous_end=previous_end)


def _kind(level: LabelLevel, before: Iterable[LevelStatus], *, renewal: bool) -> EntryKind:
    if renewal:
        return EntryKind.RENEWAL
    lower = any(held.level.rank < level.rank and held.standing is Standing.VALID for held in before)
    return EntryKind.UPGRADE if lower else EntryKind.AWARD
