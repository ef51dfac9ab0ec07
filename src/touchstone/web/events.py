"""What has happened in a case, as a page lists it: savings in a row are one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from touchstone.apps.cases.models import Event


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the list. `times` is above one where the same was done over and over on a day."""

    last: Event
    times: int


def happenings(events: Iterable[Event]) -> list[Happening]:
    """The events, newest last, with repetitions by one person on one day folded together."""
    folded = (
        list(group) for _, group in groupby(events, key=lambda one: (one.verb, one.by_id, one.at.date()))
    )
    return [Happening(group[-1], len(group)) for group in folded]
