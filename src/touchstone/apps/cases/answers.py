"""One answer at a time: whether it can be taken, and how it is kept."""

from datetime import date

from touchstone.apps.cases.models import SavedAnswer
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.assessment.reading import value_fault
from touchstone.core.faults import Fault
from touchstone.core.scheme.model import Scheme
from touchstone.core.scheme.naming import nearest

Kept = dict[str, object]


def fault_of(id: str, answer: Answer, *, scheme: Scheme, today: date) -> Fault | None:
    """What is wrong with one answer, None where it can be saved."""
    measure = scheme.measures.get(id)
    if measure is None:
        near = nearest(id, scheme.measures)
        return Fault(id, "is not a measure of the scheme.", f"Did you mean {near}?" if near else "")
    if measure.derived:
        return Fault(id, "is reckoned from other answers.", "Answer those instead.")
    return _state_fault(id, answer) or _value_fault(id, answer, scheme=scheme, today=today)


def _state_fault(id: str, answer: Answer) -> Fault | None:
    answered = answer.state is AnswerState.ANSWERED
    if answered and answer.value is None:
        return Fault(id, "has no value.", "Give one, or say why there is none.")
    if not answered and answer.value is not None:
        return Fault(id, "has a value although it is not answered.", "Remove the value, or call it answered.")
    if answer.state in (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE) and not answer.reason.strip():
        return Fault(id, "has no reason.", "Say why there is no value.")
    return None


def _value_fault(id: str, answer: Answer, *, scheme: Scheme, today: date) -> Fault | None:
    for value in (answer.declared, answer.verified):
        if value is not None and (fault := value_fault(id, value, scheme, today=today)):
            return fault
    return None


def is_blank(answer: Answer) -> bool:
    """Whether nothing at all was said."""
    return answer == Answer()


def kept(answer: Answer) -> Kept:
    """The fields of `SavedAnswer` that hold an answer; they are JSON's own types."""
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
