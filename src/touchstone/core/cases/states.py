"""The table of states and steps. A case changes its state through `next_state` and in no other way."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person comes to do. One person has one."""

    CLUSTER = "cluster"
    EXPERT = "expert"
    SECRETARIAT = "secretariat"
    DECIDER = "decider"
    PROGRAMME_OWNER = "programme_owner"
    SCHEME_EDITOR = "scheme_editor"
    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    ASSESSING = "assessing"
    RECORDED = "recorded"
    REPORTING = "reporting"
    REPORTED = "reported"
    IN_DECISION = "in_decision"
    AWARDED = "awarded"
    REFUSED = "refused"

    @property
    def final(self) -> bool:
        """Whether the passage has ended: nothing changes any more."""
        return self in (State.AWARDED, State.REFUSED)


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a state to the next. `role` is None where the program itself takes it."""

    name: str
    before: tuple[State, ...]
    after: State
    role: Role | None
    label: str


FIRST = State.OPEN
RECORD = (State.RECORDED, State.REPORTED)  # the record is in, and nothing is under way
STEPS = (
    Step("assign", (State.OPEN, State.ASSESSING), State.OPEN, Role.SECRETARIAT, "Assign an expert"),
    Step("declare", (State.OPEN, State.ASSESSING), State.ASSESSING, Role.EXPERT, "Declare interests"),
    Step("submit", (State.ASSESSING,), State.RECORDED, Role.EXPERT, "Submit the record and recommend"),
    Step("send_back", RECORD, State.ASSESSING, Role.SECRETARIAT, "Send back to the expert"),
    Step("request_report", RECORD, State.REPORTING, Role.SECRETARIAT, "Make the report"),
    Step("finish_report", (State.REPORTING,), State.REPORTED, None, "Report made"),
    Step("fail_report", (State.REPORTING,), State.RECORDED, None, "Report could not be made"),
    Step("send_to_decision", (State.REPORTED,), State.IN_DECISION, Role.SECRETARIAT, "Send to decision"),
    Step("award", (State.IN_DECISION,), State.AWARDED, Role.DECIDER, "Award the label"),
    Step("refuse", (State.IN_DECISION,), State.REFUSED, Role.DECIDER, "Refuse the label"),
)  # fmt: skip
_WORDS = {
    State.ASSESSING: "being assessed",
    State.REPORTING: "waiting for its report",
    State.IN_DECISION: "in decision",
}
_BY_NAME = {step.name: step for step in STEPS}


class NotNow(Exception):  # noqa: N818  (an answer to a person, not an error of the program)
    """A step that the state does not allow. Its text says so in plain words."""


def next_state(state: State, step: str) -> State:
    """The state after the step named `step`; raises `NotNow` where it cannot be taken from `state`."""
    taken = _BY_NAME[step]
    if state not in taken.before:
        raise NotNow(f"“{taken.label}” is not possible while the case is {words(state)}.")
    return taken.after


def steps_from(state: State, role: Role | None) -> tuple[Step, ...]:
    """What somebody of that role can do next with a case in that state."""
    return tuple(step for step in STEPS if state in step.before and step.role == role)


def words(state: State) -> str:
    """A state inside a sentence: "the case is …"."""
    return _WORDS.get(state, state.value)


def table() -> tuple[tuple[str, str, str, str], ...]:
    """The steps as rows for the manual: label, from, to, who."""
    return tuple(
        (
            step.label,
            ", ".join(words(state) for state in step.before),
            words(step.after),
            step.role.value.replace("_", " ") if step.role else "the program",
        )
        for step in STEPS
    )
