"""What a badge shows: an organisation's first label, or one grant of it, as it stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchstone.apps import pack
from touchstone.apps.credentials.telling import told
from touchstone.apps.register.services import history
from touchstone.core.labels.known import KnownAct, as_known, described
from touchstone.core.labels.model import LevelStatus, Standing
from touchstone.core.labels.status import courses
from touchstone.output.badge import Badge

Acts = tuple[KnownAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A badge and what it rests on.

    `held` is how its level stands: of one grant, by that grant alone. `level_now` is how the organisation
    holds the level, all its grants taken together.
    """

    organisation: str  # the key
    badge: Badge
    held: LevelStatus
    level_now: LevelStatus
    grant: int  # number of the ledger entry
    on: date


def shown(organisation: str, *, number: int | None = None, on: date) -> Shown | None:
    """The badge of an organisation (its key) on a day, by all that the ledger holds.

    With `number`, that of the grant in the ledger entry of that number. None where there is no such label,
    or its period had not begun.
    """
    acts = as_known(history(organisation))
    if number is None:
        return _headline(organisation, acts, on)
    return _of_grant(organisation, acts, number, on)


def _headline(organisation: str, acts: Acts, on: date) -> Shown | None:
    levels = _levels(organisation, acts, on)
    if not levels:
        return None
    return _shown(organisation, acts, levels[0], levels[0], _rests_on(acts, levels[0], on), on)


def _of_grant(organisation: str, acts: Acts, number: int, on: date) -> Shown | None:
    grant = next((one.act for one in acts if one.number == number and one.act.kind.grants), None)
    if grant is None:
        return None
    others = {one.number for one in acts if one.act.kind.grants and one.number != number}
    alone = _levels(organisation, [one for one in acts if one.number not in others], on)
    if not alone:
        return None
    now = next(held for held in _levels(organisation, acts, on) if held.level is grant.level)
    return _shown(organisation, acts, alone[0], now, number, on)


def _levels(organisation: str, acts: Iterable[KnownAct], on: date) -> tuple[LevelStatus, ...]:
    own = courses(acts, organisation, rule_sets=pack.scheme().rule_sets)
    return tuple(held.status for held in own.held(on))


def _rests_on(acts: Acts, held: LevelStatus, on: date) -> int:
    """The newest grant of a run that has begun: a renewal ahead of time says nothing of today yet."""
    begun = (
        (one.act.valid_from, one.number)
        for one in acts
        if one.act.kind.grants
        and one.act.level is held.level
        and one.act.valid_from
        and held.valid_from <= one.act.valid_from <= on
    )
    return max(begun)[1]


def _shown(  # noqa: PLR0917  (all of one answer)
    organisation: str, acts: Acts, held: LevelStatus, now: LevelStatus, grant: int, on: date
) -> Shown:
    granted = next(one.act for one in acts if one.number == grant)
    badge = Badge(
        organisation=described(acts, on=on).name,
        level=held.level,
        scheme=pack.scheme().name,
        standing=held.standing,
        valid_until=held.valid_until,
        number=f"{grant:05d}",
        synthetic=told(granted).synthetic,
    )
    return Shown(organisation=organisation, badge=badge, held=held, level_now=now, grant=grant, on=on)


def is_stopped(level: LevelStatus, *, on: date, patience: int) -> bool:
    """Whether a badge of the level should no longer be on anybody's page.

    A suspended or withdrawn one at once; one that has run out, so many days after it could last be renewed.
    """
    if level.standing is Standing.LAPSED:
        return (on - level.renewable_until).days > patience
    return level.standing in (Standing.SUSPENDED, Standing.WITHDRAWN)
