"""One answer at a time: whether it can be taken, and how it is kept."""

from dataclasses import replace

from touchstone.apps.cases.models import SavedAnswer
from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.assessment.values import read_text, read_value
from touchstone.core.faults import Fault
from touchstone.core.scheme.model import Measure, Scheme
from touchstone.core.scheme.naming import nearest

Kept = dict[str, object]
_NEEDS_REASON = (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE)


def taken(id: str, answer: Answer, scheme: Scheme) -> Answer | Fault:
    """The answer as it is to be kept, values in the measure's own type; or what is wrong with it."""
    measure = scheme.measures.get(id)
    if measure is None:
        near = nearest(id[:60], scheme.measures)
        return Fault(id, "is not a measure of the scheme.", f"Did you mean {near}?" if near else "")
    if measure.derived:
        return Fault(id, "is reckoned from other answers.", "Answer those instead.")
    if answer.to_confirm:
        return Fault(
            id, "comes from an earlier interview and is not confirmed.", "Confirm it or answer anew."
        )
    return _state_fault(id, answer) or _text_fault(id, answer) or _with_values(answer, measure)


def is_blank(answer: Answer) -> bool:
    """Whether nothing at all was said."""
    return answer == Answer()


def kept(answer: Answer) -> Kept:
    """The fields of `SavedAnswer` that hold what was said; they are JSON's own types."""
    return {
        "state": answer.state.value,
        "declared": answer.declared,
        "verified": answer.verified,
        "reason": answer.reason,
        "note": answer.note,
        "evidence": list(answer.evidence),
    }


def kept_in(saved: SavedAnswer) -> Kept:
    """The same of a row."""
    return kept(saved.as_answer())


def noted(saved: SavedAnswer) -> Kept:
    """A row as an event keeps it: what was said, the revision, and of a carried answer its marks."""
    marks: Kept = {}
    if saved.carried_from:
        marks = {"carried_from": saved.carried_from.isoformat(), "confirmed": saved.confirmed}
    return {**kept_in(saved), **marks, "revision": saved.revision}


def says_the_same(saved: SavedAnswer, answer: Answer) -> bool:
    """Whether the value and its reason are those of the row, whatever was noted beside them."""
    old = saved.as_answer()
    return all(
        getattr(old, part) == getattr(answer, part) for part in ("state", "declared", "verified", "reason")
    )


def _state_fault(id: str, answer: Answer) -> Fault | None:
    answered = answer.state is AnswerState.ANSWERED
    if answered and answer.value is None:
        return Fault(id, "has no value.", "Give one, or say why there is none.")
    if not answered and answer.value is not None:
        return Fault(id, "has a value although it is not answered.", "Remove the value, or call it answered.")
    if answer.state in _NEEDS_REASON and not answer.reason.strip():
        return Fault(id, "has no reason.", "Say why there is no value.")
    return None


def _text_fault(id: str, answer: Answer) -> Fault | None:
    read = (read_text(text, id) for text in (answer.reason, answer.note, *answer.evidence))
    return next((text for text in read if isinstance(text, Fault)), None)


def _with_values(answer: Answer, measure: Measure) -> Answer | Fault:
    values: dict[str, Value | None] = {"declared": answer.declared, "verified": answer.verified}
    for name, given in values.items():
        if given is not None:
            value = read_value(given, measure)
            if isinstance(value, Fault):
                return value
            values[name] = value
    return replace(answer, declared=values["declared"], verified=values["verified"])
