"""What became of each label that was granted: the open data's row for a grant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from touchstone.core.labels.known import KnownAct, as_known, known_entries
from touchstone.core.labels.model import Act, Entry, EntryKind, Standing
from touchstone.core.labels.status import RuleSets, status_of

# Acts that change no label: the days of a grant alone say what became of it.
_HARMLESS = frozenset({EntryKind.RENAME, EntryKind.HOST})


class Fate(StrEnum):
    """What became of a grant by a day."""

    NOT_BEGUN = "not_begun"
    VALID = "valid"
    RENEWED = "renewed"  # a later grant of the same level goes on without a day between
    EXPIRED_RENEWABLE = "expired_renewable"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    VOID = "void"  # holds no day: what the organisation became ended it before it began


_OUT = frozenset({Fate.NOT_BEGUN, Fate.WITHDRAWN, Fate.VOID})  # belong to no run on the day


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A label period as it was given, its dates as corrected since, and what became of it by a day."""

    number: int  # of the entry
    act: Act
    corrected_by: tuple[int, ...]
    fate: Fate
    renewed_by: int | None  # number of the grant that goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked of an organisation's acts."""

    on: date
    known: datetime
    rule_sets: RuleSets | None
    others: tuple[KnownAct, ...]  # acts that stop a label or let it go on

    def fate(self, *periods: KnownAct) -> Fate:
        """How the last of some periods stands, were they all that was ever granted."""
        acts = sorted((*periods, *self.others), key=lambda one: one.number)
        of = periods[-1].act.organisation
        now = status_of(acts, of, on=self.on, known=self.known, rule_sets=self.rule_sets)
        if now.standing is not Standing.NEVER:
            return Fate(now.standing.value)
        begun = periods[-1].act.valid_from
        return Fate.VOID if begun and begun <= self.on else Fate.NOT_BEGUN


def grants(
    entries: Iterable[Entry], *, on: date, known: datetime, rule_sets: RuleSets | None = None
) -> tuple[Grant, ...]:
    """The grants of one organisation, in the order of their numbers, as they stand on a day.

    `entries` are those of one organisation. A grant that another one of its level carries on is renewed,
    whatever happened later; the last of such a run stands as the run does.
    """
    acts = as_known(known_entries(entries, known=known))
    given = sorted((one for one in acts if one.act.kind.grants), key=_place)
    others = tuple(one for one in acts if not one.act.kind.grants and one.act.kind not in _HARMLESS)
    asked = _Asked(on=on, known=known, rule_sets=rule_sets, others=others)
    alone = {one.number: asked.fate(one) for one in given}
    counting = [one for one in given if alone[one.number] not in _OUT]
    made = [_grant(one, alone[one.number], counting, asked) for one in given]
    return tuple(sorted(made, key=lambda grant: grant.number))


def _grant(one: KnownAct, alone: Fate, counting: Sequence[KnownAct], asked: _Asked) -> Grant:
    follower = _follower(one, counting) if one in counting else None
    fate = alone
    if follower:
        fate = Fate.RENEWED
    elif one in counting and asked.others:
        # A suspension of what came before in the run holds for all of it.
        fate = asked.fate(*(each for each in counting if _up_to(each, one)))
    return Grant(
        number=one.number,
        act=one.act,
        corrected_by=one.corrected_by,
        fate=fate,
        renewed_by=follower.number if follower else None,
    )


def _follower(one: KnownAct, counting: Iterable[KnownAct]) -> KnownAct | None:
    """The next grant of the same level that leaves no day between. `counting` come by their first days."""
    later = (each for each in counting if _place(each) > _place(one) and each.act.level is one.act.level)
    following = next(later, None)
    return following if following and _touches(one.act, following.act) else None


def _up_to(each: KnownAct, one: KnownAct) -> bool:
    return each.act.level is one.act.level and _place(each) <= _place(one)


def _touches(earlier: Act, later: Act) -> bool:
    begins, ended = later.valid_from or date.min, earlier.valid_until or date.min
    return begins.toordinal() - ended.toordinal() <= 1


def _place(one: KnownAct) -> tuple[date, int]:
    return one.act.valid_from or date.min, one.number
