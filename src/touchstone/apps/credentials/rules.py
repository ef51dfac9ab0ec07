"""What a credential says, and whether it is revoked or suspended: answers from the ledger's entries alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.core.labels.known import KnownAct, as_known, known_entries
from touchstone.core.labels.model import Act, Entry, LabelLevel, LevelStatus, Standing
from touchstone.core.labels.status import RuleSets, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The level and the period that a credential speaks of."""

    number: int  # of the granting entry
    level: LabelLevel
    valid_from: date
    valid_until: date  # the last valid day


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How a credential stands. `again_on` is the next day on which that may change without a new entry."""

    outdated: bool
    revoked: bool
    suspended: bool
    again_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """When is asked, and as known when (aware)."""

    on: date
    known: datetime
    rule_sets: RuleSets


def act_of(entries: Iterable[Entry], number: int, *, known: datetime) -> Act | None:
    """The granting act of that number as known at a moment, its corrections worked in; None where none is."""
    acts = {one.number: one.act for one in as_known(known_entries(entries, known=known))}
    act = acts.get(number)
    return act if act and granted_by(act, number) else None


def granted_by(act: Act, number: int) -> Granted | None:
    """What an act grants; None where it grants nothing, or a period without a day."""
    if not (act.kind.grants and act.level and act.valid_from and act.valid_until):
        return None
    if act.valid_from > act.valid_until:
        return None
    return Granted(number=number, level=act.level, valid_from=act.valid_from, valid_until=act.valid_until)


def judgement(credential: Granted, entries: Iterable[Entry], asked: Asking) -> Judgement:
    """How a credential stands by the entries of its organisation.

    It is revoked for good where its label was withdrawn, ended before its time, or was corrected since; it
    is suspended as long as its label is. After its last day it stands as it did on that day, and before its
    first as it will on that one: the dates in the credential say the rest.
    """
    acts = as_known(known_entries(entries, known=asked.known))
    now = next((granted_by(one.act, one.number) for one in acts if one.number == credential.number), None)
    day = min(max(asked.on, credential.valid_from), credential.valid_until)
    others = [one for one in acts if not one.act.kind.grants]
    alone = [one for one in acts if one.number == credential.number] + others
    own = _standing(credential, alone, day, asked)
    outdated = now != credential
    return Judgement(
        outdated=outdated,
        revoked=outdated or own not in {Standing.VALID, Standing.SUSPENDED},
        suspended=Standing.SUSPENDED in {own, _standing(credential, acts, day, asked)},
        again_on=min((one.act.effective for one in acts if one.act.effective > asked.on), default=None),
    )


def _standing(credential: Granted, acts: Sequence[KnownAct], day: date, asked: Asking) -> Standing:
    """How the level stands on a day, were these acts all that happened; `never` outside of its run."""
    organisation = acts[0].act.organisation if acts else ""
    answer = status_of(acts, organisation, on=day, known=asked.known, rule_sets=asked.rule_sets)
    held = next((one for one in answer.levels if one.level is credential.level), None)
    return held.standing if held and _holds(held, credential.valid_from) else Standing.NEVER


def _holds(held: LevelStatus, day: date) -> bool:
    return held.valid_from <= day <= held.valid_until
