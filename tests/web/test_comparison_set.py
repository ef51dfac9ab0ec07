"""Who sees with which comparison set a report was made."""

from datetime import date

import pytest

from factories.apps import (
    CaseFactory,
    DeciderFactory,
    DocumentFactory,
    InterestFactory,
    PersonFactory,
    ReportRunFactory,
)
from factories.pages import text
from touchstone.apps.cases.models import Case, ReportRun
from touchstone.core.cases.states import Role

from .conftest import SignIn

pytestmark = pytest.mark.django_db
LINE = "Comparison set: 2026, autumn, 2026-10-01, 0123456789ab"


@pytest.fixture
def case() -> Case:
    made = CaseFactory(state="awarded")
    InterestFactory(case=made)
    run = ReportRunFactory(
        case=made, state=ReportRun.State.DONE, set_name="2026, autumn", set_on=date(2026, 10, 1),
        set_digest="0123456789ab" + "c" * 52,
    )  # fmt: skip
    DocumentFactory(run=run)
    return made


def test_expert_and_secretariat_see_name_day_and_digest(case: Case, sign_in: SignIn) -> None:
    secretariat = sign_in(PersonFactory())
    assert LINE in text(secretariat.get(f"/secretariat/{case.reference}/"))
    assert LINE in text(secretariat.get(f"/secretariat/{case.reference}/progress/", HTTP_ACCEPT="text/html"))
    assert LINE in text(sign_in(case.expert).get(f"/assessments/{case.reference}/"))


def test_a_report_without_a_kept_set_has_no_such_line(case: Case, sign_in: SignIn) -> None:
    case.runs.update(set_digest="")
    page = sign_in(PersonFactory()).get(f"/secretariat/{case.reference}/")
    assert ("Report (PDF)" in text(page), "Comparison set" in text(page)) == (True, False)


def test_others_do_not(case: Case, sign_in: SignIn) -> None:
    decider = sign_in(DeciderFactory()).get(f"/decisions/{case.reference}/")
    cluster = sign_in(PersonFactory(role=Role.CLUSTER.value, organisation=case.organisation)).get("/my/")
    for page in (decider, cluster):
        assert ("Report (PDF)" in text(page), "Comparison set" in text(page)) == (True, False)
