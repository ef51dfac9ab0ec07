import pytest

from factories.apps import INTERVIEW, TODAY, CaseFactory, SavedAnswerFactory, assessing
from touchstone.apps.cases import queries
from touchstone.apps.cases.models import Case
from touchstone.core.assessment.model import Answer, AnswerState, Organisation
from touchstone.core.faults import Severity

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    made = assessing(organisation__key="lt-a", organisation__name="A")
    SavedAnswerFactory(case=made, measure="A1.founded", declared=2016)
    SavedAnswerFactory(case=made, measure="A6.listed", declared=40, revision=3)
    SavedAnswerFactory(case=made, measure="A6.total", declared=50)
    SavedAnswerFactory(case=made, measure="S2.reasons", state="unknown", declared=None, reason="nobody asked")
    return made


def test_the_answers_of_a_case_by_measure(case: Case) -> None:
    assert queries.answers_of(case)["S2.reasons"] == Answer(state=AnswerState.UNKNOWN, reason="nobody asked")
    assert queries.revisions_of(case) == {"A1.founded": 1, "A6.listed": 3, "A6.total": 1, "S2.reasons": 1}


def test_before_the_interview_is_known_the_record_is_as_of_today(case: Case) -> None:
    assert queries.assessment_of(case, today=TODAY).interviewed_on == TODAY
    case.interviewed_on = INTERVIEW
    record = queries.assessment_of(case, today=TODAY)
    assert (record.interviewed_on, record.scheme) == (INTERVIEW, "ecei")
    assert record.organisation == Organisation(id="lt-a", name="A", country="LT", portfolio="ict")
    assert record.values() == {"A1.founded": 2016, "A6.listed": 40, "A6.total": 50}


def test_derived_values_are_among_the_values(case: Case) -> None:
    assert queries.values_of(case, today=TODAY)["A6.committed_share"] == 125


def test_contradictions_are_told(case: Case) -> None:
    errors = [f for f in queries.faults_of(case, today=TODAY) if f.severity is Severity.ERROR]
    assert [(fault.place, "40 on the list" in fault.problem) for fault in errors] == [
        ("A6.total, A6.listed", True)
    ]


def test_a_case_without_answers_has_no_contradictions() -> None:
    assert queries.faults_of(CaseFactory(), today=TODAY) == ()
