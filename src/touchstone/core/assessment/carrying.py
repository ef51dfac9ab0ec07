"""The answers of the last case as proposals for the next, and what has changed between two.

What an organisation is (a choice, a yes or no, a scale, a year, a text) mostly still holds: it is carried,
with the day when it was true, and counts only once somebody has confirmed it. How much of something there
was (a count, a share, an amount) is of its year: it is shown as last time's value and asked anew. What is
derived follows from the other answers, and what the participant list answers comes from a new list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from touchstone.core.assessment.derivation import derive, is_number
from touchstone.core.assessment.model import Answer, AnswerState, Assessment, Value
from touchstone.core.assessment.values import read_value
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Kind, Measure, Scheme

LASTING = (Kind.TEXT, Kind.CHOICE, Kind.YES_NO, Kind.SCALE, Kind.YEAR)
_CARRIED_STATES = (AnswerState.ANSWERED, AnswerState.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A measure of which the value is another than before; None where there was or is none.

    `difference` is now less before, in the measure's unit, where both are numbers.
    """

    measure: str
    before: Value | None
    now: Value | None
    difference: float | None = None


def carry(previous: Assessment, *, scheme: Scheme, interviewed_on: date) -> Assessment:
    """A new assessment with the lasting answers of the previous one, each still to be confirmed.

    A value that was verified is carried as a declared one: what an expert saw was of its day. A carried
    answer that was never confirmed keeps the day when it was last true. Measures and values that the
    scheme does not know any more are left out.

    Raises:
        Unusable: where the new interview is before the previous one.
    """
    if interviewed_on < previous.interviewed_on:
        problem = f"{interviewed_on} is before the last interview, on {previous.interviewed_on}."
        raise Unusable("", Fault("interviewed_on", problem, "Give the day of the new interview."))
    return Assessment(
        scheme=scheme.id,
        organisation=previous.organisation,
        interviewed_on=interviewed_on,
        answers=dict(_carried(previous, scheme)),
    )


def last_time(previous: Assessment, scheme: Scheme) -> dict[str, Value]:
    """Measure id → what was said last time, of the measures that are asked anew; to be shown beside them."""
    return {
        measure.id: answer.value
        for measure, answer in _asked_again(previous, scheme)
        if measure.kind not in LASTING and answer.value is not None
    }


def confirmed(answer: Answer) -> Answer:
    """A carried answer after somebody has said that it is still true."""
    return replace(answer, confirmed=True)


def to_confirm(assessment: Assessment) -> tuple[str, ...]:
    """The measures whose carried answers nobody has confirmed yet, in the order of the answers."""
    return tuple(id for id, answer in assessment.answers.items() if answer.to_confirm)


def changes(previous: Assessment, now: Assessment, scheme: Scheme) -> tuple[Moved, ...]:
    """The measures of which the value changed, derived ones too, in the order of the pack.

    Each side is derived as of its own interview, so that ages grow by themselves.
    """
    before, after = _values(previous, scheme), _values(now, scheme)
    return tuple(
        Moved(
            measure=id,
            before=before.get(id),
            now=after.get(id),
            difference=_difference(before.get(id), after.get(id)),
        )
        for id in scheme.measures
        if before.get(id) != after.get(id)
    )


def _carried(previous: Assessment, scheme: Scheme) -> Iterator[tuple[str, Answer]]:
    for measure, answer in _asked_again(previous, scheme):
        still = answer.said is None or not isinstance(read_value(answer.said, measure), Fault)
        if measure.kind in LASTING and answer.state in _CARRIED_STATES and still:
            yield measure.id, _proposed(answer, previous.interviewed_on)


def _proposed(answer: Answer, on: date) -> Answer:
    true_on = answer.carried_from if answer.to_confirm else on
    return replace(answer, declared=answer.said, verified=None, carried_from=true_on or on, confirmed=False)


def _asked_again(previous: Assessment, scheme: Scheme) -> Iterator[tuple[Measure, Answer]]:
    """The previous answers to what is asked of a person, in the order of the pack."""
    for id, measure in scheme.measures.items():
        asked = measure.derived is None and not measure.from_participants
        if asked and id in previous.answers:
            yield measure, previous.answers[id]


def _values(assessment: Assessment, scheme: Scheme) -> Mapping[str, Value]:
    return derive(assessment.values(), scheme, interviewed_on=assessment.interviewed_on)


def _difference(before: Value | None, now: Value | None) -> float | None:
    if before is None or now is None or not (is_number(before) and is_number(now)):
        return None
    return float(now) - float(before)
