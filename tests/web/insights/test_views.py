import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import NOW, CaseFactory, PersonFactory
from factories.pages import heading, text
from touchstone.core.cases.states import Role, State
from touchstone.web.insights.views import SHOWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Client:
    client = Client()
    client.force_login(PersonFactory(role=Role.PROGRAMME_OWNER.value))
    return client


def test_a_programme_owner_sees_states_and_dates(owner: Client) -> None:
    CaseFactory(state=State.AWARDED.value, organisation__name="Amber", submitted_at=NOW, decided_at=NOW)
    page = owner.get("/insights/")
    assert heading(page) == "Cases and their dates"
    assert "Amber Bronze awarded 2026-09-01 2026-10-12 2026-11-21 2026-11-21" in text(page)


def test_neither_answer_nor_recommendation_is_even_fetched() -> None:
    kept_back = {
        "answers", "recommendation_text", "eligible_recommended", "decision_reason", "documents", "expert",
    }  # fmt: skip
    assert {name.split("__")[0] for name in SHOWN} & kept_back == set()


def test_what_did_not_happen_yet_is_shown_as_a_dash(owner: Client) -> None:
    CaseFactory(state=State.OPEN.value, organisation__name="Amber")
    line = "Amber Bronze waiting for a declaration of interests 2026-09-01 – – –"
    assert line in text(owner.get("/insights/"))


def test_an_empty_list_says_how_the_first_case_comes_about(owner: Client) -> None:
    assert "When an organisation of your programme applies" in text(owner.get("/insights/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    owner: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CaseFactory.create_batch(rows)
    with django_assert_num_queries(3):
        owner.get("/insights/")
