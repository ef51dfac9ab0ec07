"""What people chose, put into the rows of a list: positions of places, one name for one organisation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from touchstone.apps.participants.models import Choice
from touchstone.apps.participants.questions import PairQuestion, name_key, place_key
from touchstone.core.assessment.participants import OFFICE, Participant

Choices = Mapping[str, Choice]  # question → what was said


def settled(
    participants: Iterable[Participant], pairs: Iterable[PairQuestion], choices: Choices
) -> Iterator[Participant]:
    """The rows with the chosen positions, and with one name for rows that are one organisation.

    Rows of one name are counted once while they overlap, as `core.assessment.participants` says.
    """
    names = _one_name_each(pairs, choices)
    for row in participants:
        placed = _with_position(row, choices)
        name = names.get(name_key(row))
        yield placed if name is None or row.type == OFFICE else replace(placed, name=name)


def _with_position(row: Participant, choices: Choices) -> Participant:
    choice = choices.get(place_key(row))
    if row.position is not None or choice is None or choice.position is None:
        return row
    latitude, longitude = choice.position
    return replace(row, latitude=latitude, longitude=longitude)


def _one_name_each(pairs: Iterable[PairQuestion], choices: Choices) -> dict[str, str]:
    """Key of a name → the name under which it counts. Of three rows that are two pairs, all take one."""
    leader: dict[str, str] = {}
    names: dict[str, str] = {}

    def first(key: str) -> str:
        while leader.get(key, key) != key:
            key = leader[key]
        return key

    for question in pairs:
        choice = choices.get(question.key)
        if choice is not None and choice.verdict == Choice.Verdict.SAME:
            one, other = question.pair.one, question.pair.other
            names.setdefault(name_key(one), one.name)
            names.setdefault(name_key(other), other.name)
            leader[first(name_key(other))] = first(name_key(one))
    return {key: names[first(key)] for key in names}
