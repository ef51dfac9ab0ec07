import pytest

from touchstone.core.cases.states import (
    FIRST,
    STEPS,
    NotNow,
    Role,
    State,
    next_state,
    steps_from,
    table,
    words,
)


def reachable() -> set[State]:
    found = {FIRST}
    while True:
        further = {step.after for step in STEPS if set(step.before) & found} - found
        if not further:
            return found
        found |= further


def test_every_state_can_be_reached_from_the_first() -> None:
    assert reachable() == set(State)


def test_only_the_final_states_have_no_step_out() -> None:
    leaving = {state for step in STEPS for state in step.before}
    assert set(State) - leaving == {state for state in State if state.final} == {State.AWARDED, State.REFUSED}


def test_from_every_state_an_end_can_be_reached() -> None:
    ending = {state for state in State if state.final}
    while True:
        further = {state for step in STEPS if step.after in ending for state in step.before} - ending
        if not further:
            break
        ending |= further
    assert ending == set(State)


def test_no_step_has_the_name_of_another() -> None:
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_the_straight_way_leads_from_open_to_awarded() -> None:
    state = FIRST
    for step in ("declare", "submit", "request_report", "finish_report", "send_to_decision", "award"):
        state = next_state(state, step)
    assert state is State.AWARDED


def test_a_step_that_the_state_does_not_allow_is_refused_in_plain_words() -> None:
    with pytest.raises(NotNow) as refused:
        next_state(State.ASSESSING, "award")
    assert str(refused.value) == "“Award the label” is not possible while the case is being assessed."


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_is_possible_from_its_states_and_from_no_other(step) -> None:
    for state in State:
        if state in step.before:
            assert next_state(state, step.name) is step.after
        else:
            with pytest.raises(NotNow):
                next_state(state, step.name)


def test_an_administrator_an_observer_and_a_programme_owner_take_no_step() -> None:
    idle = {Role.ADMINISTRATOR, Role.OBSERVER, Role.PROGRAMME_OWNER, Role.SCHEME_EDITOR, Role.CLUSTER}
    assert {step.role for step in STEPS} & idle == set()


def test_the_secretariat_cannot_decide() -> None:
    assert [step.name for step in steps_from(State.IN_DECISION, Role.SECRETARIAT)] == []
    assert [step.name for step in steps_from(State.IN_DECISION, Role.DECIDER)] == ["award", "refuse"]


def test_the_program_itself_finishes_or_fails_a_report() -> None:
    assert [step.name for step in steps_from(State.REPORTING, None)] == ["finish_report", "fail_report"]


def test_a_state_reads_well_in_a_sentence() -> None:
    assert words(State.IN_DECISION) == "in decision"


def test_the_table_for_the_manual_has_a_row_for_each_step() -> None:
    rows = table()
    assert len(rows) == len(STEPS)
    assert ("Make the report", "recorded, reported", "waiting for its report", "secretariat") in rows
    assert ("Report made", "waiting for its report", "reported", "the program") in rows
