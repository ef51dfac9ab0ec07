"""Who may do what: every role in every state, against the table that stands here in words."""

from collections.abc import Callable

import pytest

from factories.apps import (
    CaseFactory,
    DeciderFactory,
    ExpertFactory,
    InterestFactory,
    OrganisationFactory,
    PersonFactory,
    ReportRunFactory,
)
from touchstone.apps.accounts.models import Role, User
from touchstone.apps.cases import rules
from touchstone.apps.cases.models import Case, Event
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db
NOBODY: set[State] = set()
EVERY = set(State)
DECIDABLE = {State.IN_DECISION, State.AWARDED, State.REFUSED}
DECIDED = {State.AWARDED, State.REFUSED}


def who(role: Role, case: Case) -> User:
    """The person of a role that has most to do with the case."""
    if role is Role.EXPERT:
        InterestFactory(case=case)
        return case.expert
    person = PersonFactory(role=role, organisation=case.organisation if role is Role.CLUSTER else None)
    if role is Role.OBSERVER:
        case.observers.add(person)
    return person


TABLE: dict[str, dict[Role, set[State]]] = {
    "see": {
        Role.CLUSTER: EVERY, Role.EXPERT: EVERY, Role.SECRETARIAT: EVERY, Role.DECIDER: DECIDABLE,
        Role.PROGRAMME_OWNER: EVERY, Role.OBSERVER: EVERY,
    },
    "assign": {Role.SECRETARIAT: {State.OPEN, State.ASSESSING}},
    "declare": {Role.EXPERT: EVERY - DECIDED},
    "read_answers": {
        Role.CLUSTER: EVERY, Role.EXPERT: EVERY, Role.SECRETARIAT: EVERY, Role.DECIDER: DECIDABLE,
        Role.OBSERVER: EVERY,
    },
    "save_answers": {Role.EXPERT: {State.ASSESSING}},
    "confirm_carried": {Role.EXPERT: {State.ASSESSING}},
    "submit": {Role.EXPERT: {State.ASSESSING}},
    "send_back": {Role.SECRETARIAT: {State.RECORDED, State.REPORTED}},
    "request_report": {Role.SECRETARIAT: {State.RECORDED, State.REPORTED}},
    "send_to_decision": {Role.SECRETARIAT: {State.REPORTED}},
    "decide": {Role.DECIDER: {State.IN_DECISION}},
    "read_documents": {
        Role.CLUSTER: DECIDED, Role.EXPERT: EVERY, Role.SECRETARIAT: EVERY, Role.DECIDER: DECIDABLE,
        Role.OBSERVER: EVERY,
    },
}  # fmt: skip


def test_the_table_has_every_permission() -> None:
    assert {f"cases.{act}" for act in TABLE} == set(rules.PERMISSIONS)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", TABLE)
def test_each_role_may_do_an_act_in_these_states_and_in_no_other(act: str, role: Role) -> None:
    allowed = set()
    for state in State:
        case = CaseFactory(state=state.value)
        if who(role, case).has_perm(f"cases.{act}", case):
            allowed.add(state)
    assert allowed == TABLE[act].get(role, NOBODY)


@pytest.mark.parametrize("role", [Role.CLUSTER, Role.EXPERT, Role.OBSERVER])
@pytest.mark.parametrize("act", TABLE)
def test_of_a_case_of_others_they_see_nothing(act: str, role: Role) -> None:
    stranger = PersonFactory(role=role, organisation=OrganisationFactory())
    for state in State:
        assert not stranger.has_perm(f"cases.{act}", CaseFactory(state=state.value))


def test_only_the_secretariat_opens_cases() -> None:
    assert [role for role in Role if rules.may_open(PersonFactory(role=role))] == [Role.SECRETARIAT]


class TestAnExpert:
    def test_sees_no_answers_before_declaring_interests(self) -> None:
        case = CaseFactory(state="assessing")
        assert not rules.may_read_answers(case.expert, case)
        assert not rules.may_save_answers(case.expert, case)
        assert rules.may_declare(case.expert, case)

    def test_is_stopped_by_a_conflict(self) -> None:
        case = CaseFactory(state="assessing")
        InterestFactory(case=case, kind="funds")
        assert not rules.may_read_answers(case.expert, case)
        assert not rules.may_submit(case.expert, case)

    def test_of_the_applicant_is_stopped_whatever_was_declared(self) -> None:
        organisation = OrganisationFactory()
        case = CaseFactory(
            organisation=organisation, state="assessing", expert=ExpertFactory(organisation=organisation)
        )
        InterestFactory(case=case)
        assert not rules.may_save_answers(case.expert, case)


SECRETARIAT_ACTS: list[tuple[Callable[[User, Case], bool], str]] = [
    (rules.may_assign, "open"),
    (rules.may_read_answers, "recorded"),
    (rules.may_send_back, "recorded"),
    (rules.may_request_report, "recorded"),
    (rules.may_send_to_decision, "reported"),
]


@pytest.mark.parametrize(("rule", "state"), SECRETARIAT_ACTS)
def test_a_secretary_of_the_applicant_has_no_part_in_its_case(
    rule: Callable[[User, Case], bool], state: str
) -> None:
    case = CaseFactory(state=state)
    assert rule(PersonFactory(), case)
    assert not rule(PersonFactory(organisation=case.organisation), case)


class TestADecider:
    def test_of_the_applicant_decides_nothing_and_reads_nothing(self) -> None:
        case = CaseFactory(state="in_decision")
        tied = DeciderFactory(organisation=case.organisation)
        assert not rules.may_decide(tied, case)
        assert not rules.may_read_answers(tied, case)

    def test_who_declared_an_interest_does_not_decide(self) -> None:
        case = CaseFactory(state="in_decision")
        tied = DeciderFactory()
        InterestFactory(case=case, expert=tied, kind="advises")
        assert not rules.may_decide(tied, case)

    @pytest.mark.parametrize("part", ["expert", "reviewer"])
    def test_who_was_expert_or_reviewer_does_not_decide(self, part: str) -> None:
        person = DeciderFactory()
        case = CaseFactory(state="in_decision", **{part: person})
        assert rules.took_part(person, case)
        assert not rules.may_decide(person, case)

    @pytest.mark.parametrize("verb", rules.ACTS_OF_REVIEW)
    def test_who_worked_on_it_in_an_earlier_role_does_not_decide(self, verb: str) -> None:
        case, person = CaseFactory(state="in_decision"), DeciderFactory()
        assert rules.may_decide(person, case)
        Event(case=case, at="2026-10-01T00:00Z", by=person, verb=verb).save()
        assert not rules.may_decide(person, case)


class TestAReportThatFellSilent:
    def test_may_be_asked_for_again(self) -> None:
        run = ReportRunFactory(requested_at="2020-01-01T00:00Z")
        assert rules.may_request_report(PersonFactory(), run.case)
        assert not rules.may_request_report(PersonFactory(organisation=run.case.organisation), run.case)
        assert not rules.may_request_report(run.case.expert, run.case)

    def test_may_not_while_it_is_going_on(self) -> None:
        from django.utils import timezone

        run = ReportRunFactory(requested_at=timezone.now())
        assert not rules.may_request_report(PersonFactory(), run.case)
