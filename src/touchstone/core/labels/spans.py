"""An organisation over time: stretches of days in which nothing of it changes.

A stretch ends where a label begins, ends, can no longer be renewed, is stopped or let go on, where a name or
a host changes, and where a merger or a split takes effect. So the answer for any day, also one to come, is
that of the stretch in which it lies, and nothing has to be made anew when a day comes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter

from touchstone.core.labels.known import KnownAct, Told, told
from touchstone.core.labels.status import Courses, Held, RuleSets, courses

LAST_DAY = date.max
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the register tells of an organisation on a day."""

    name: str
    former_names: tuple[str, ...]  # oldest first
    country: str
    portfolio: str
    website: str
    host: str
    first_labelled_on: date
    successors: tuple[str, ...]  # ids
    levels: tuple[Held, ...]  # the headline first; never empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days in a row on which the register tells the same of an organisation. Both days belong to it."""

    starts: date
    ends: date
    told: Particulars


def spans(
    acts: Iterable[KnownAct], organisation: str, *, rule_sets: RuleSets | None = None
) -> tuple[Span, ...]:
    """The stretches of one organisation from the first day of its first label on; the last has no end.

    Empty where no label ever held a day. `acts` are its known acts, in the order of their numbers.
    """
    acts = tuple(acts)
    own = courses(acts, organisation, rule_sets=rule_sets)
    first = own.first_day()
    if first is None:
        return ()
    each = _told_by_day(told(acts), own, first)
    return tuple(_closed([next(same) for _, same in groupby(each, key=itemgetter(1))]))


def _told_by_day(said: Told, own: Courses, first: date) -> Iterator[tuple[date, Particulars]]:
    """What is told from each day on at which it may change; what a day leaves alone is not asked anew."""
    spoken, turns = said.days() | {first}, {first, *own.turns()}
    for day in sorted(day for day in spoken | turns if day >= first):
        if day in spoken:
            current, former = said.on(day), said.former_names(day)
        if day in turns:
            levels, successors = own.held(day), own.successors(day)
        yield (
            day,
            Particulars(
                name=current.name,
                former_names=former,
                country=current.country,
                portfolio=current.portfolio,
                website=current.website,
                host=current.host,
                first_labelled_on=first,
                successors=successors,
                levels=levels,
            ),
        )


def _closed(begun: list[tuple[date, Particulars]]) -> Iterator[Span]:
    """Each stretch with its last day: the one before the next begins."""
    for (starts, shown), (following, _) in pairwise(begun):
        yield Span(starts=starts, ends=following - _DAY, told=shown)
    starts, shown = begun[-1]
    yield Span(starts=starts, ends=LAST_DAY, told=shown)
