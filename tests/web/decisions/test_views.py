from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import (
    NOW,
    CaseFactory,
    DeciderFactory,
    DocumentFactory,
    InterestFactory,
    ReportRunFactory,
    SavedAnswerFactory,
    entry,
)
from factories.pages import errors, heading, links, text
from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Case, Event
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> User:
    return DeciderFactory(username="ilse")


@pytest.fixture
def decider(me: User) -> Client:
    client = Client()
    client.force_login(me)
    return client


@pytest.fixture
def case() -> Case:
    return CaseFactory(
        reference="2026-0001", state=State.IN_DECISION.value, submitted_at=NOW, organisation__name="Amber",
        eligible_recommended=True, recommendation_text="All criteria are met.",
    )  # fmt: skip


class TestCases:
    def test_what_waits_stands_before_what_was_decided(self, decider: Client, case: Case) -> None:
        CaseFactory(reference="2026-0002", state=State.REFUSED.value, decided_at=NOW)
        CaseFactory(reference="2026-0003", state=State.REPORTED.value)
        cases = ["/decisions/2026-0001/", "/decisions/2026-0002/"]
        assert links(decider.get("/decisions/")) == ["/labels/", *cases]

    def test_an_empty_list_says_how_a_case_gets_here(self, decider: Client) -> None:
        assert "When the secretariat sends a case to decision, it stands here." in text(
            decider.get("/decisions/")
        )

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, decider: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        CaseFactory.create_batch(rows, state=State.IN_DECISION.value, submitted_at=NOW)
        CaseFactory.create_batch(rows, state=State.AWARDED.value, decided_at=NOW)
        with django_assert_num_queries(4):
            decider.get("/decisions/")


class TestCase:
    def test_it_shows_what_the_decision_rests_on(self, decider: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A6.total", declared=12)
        document = DocumentFactory(run=ReportRunFactory(case=case, state="done"))
        page = decider.get("/decisions/2026-0001/")
        assert "All criteria are met." in text(page)
        assert "Not all conditions are met." in text(page)
        assert "0 of 150 points (0.0 %)." in text(page)
        assert "Number of committed participants" in text(page)
        assert f"/documents/{document.pk}/" in links(page)

    def test_missing_answers_leave_eligibility_open(self, decider: Client, case: Case) -> None:
        page = text(decider.get("/decisions/2026-0001/"))
        assert "Not every condition could be checked: answers are missing." in page

    def test_it_leads_to_both_decisions(self, decider: Client, case: Case) -> None:
        assert links(decider.get("/decisions/2026-0001/"))[1:3] == [
            "/decisions/2026-0001/award/",
            "/decisions/2026-0001/refuse/",
        ]

    def test_who_reviewed_the_case_sees_why_somebody_else_decides(
        self, decider: Client, me: User, case: Case
    ) -> None:
        Event(case=case, at=NOW, by=me, verb="send_to_decision").save()
        page = decider.get("/decisions/2026-0001/")
        assert "You assessed or reviewed this case, so somebody else decides it." in text(page)
        assert "/decisions/2026-0001/award/" not in links(page)

    def test_who_belongs_to_the_organisation_sees_neither_answers_nor_report(
        self, decider: Client, me: User, case: Case
    ) -> None:
        me.organisation = case.organisation
        me.save()
        page = text(decider.get("/decisions/2026-0001/"))
        assert "You are tied to this organisation, so somebody else decides." in page
        assert "All criteria are met." not in page

    def test_who_declared_a_tie_sees_why_somebody_else_decides(
        self, decider: Client, me: User, case: Case
    ) -> None:
        InterestFactory(case=case, expert=me, kind="advises")
        assert "You are tied to this organisation" in text(decider.get("/decisions/2026-0001/"))

    @pytest.mark.parametrize(
        ("state", "said"),
        [
            (State.AWARDED, "Awarded on 21 November 2026 by ilse."),
            (State.REFUSED, "Refused on 21 November 2026 by ilse."),
        ],
    )
    def test_a_decided_case_says_who_decided_and_why(
        self, decider: Client, me: User, case: Case, state: State, said: str
    ) -> None:
        Case.objects.update(
            state=state.value, decided_by=me, decided_at=NOW, decision_reason="As recommended."
        )
        page = text(decider.get("/decisions/2026-0001/"))
        assert said in page
        assert "Reason of the decision As recommended." in page


class TestDeciding:
    def test_the_confirmation_says_what_happens_next(self, decider: Client, case: Case) -> None:
        page = decider.get("/decisions/2026-0001/award/")
        assert heading(page) == "Award the Bronze label to Amber?"
        assert "An entry is signed and added to the ledger." in text(page)
        assert (
            "It runs from 12 October 2026 to 31 October 2028 and can be renewed until 31 October 2029."
            in text(page)
        )
        assert Case.objects.get().state == State.IN_DECISION.value

    def test_a_renewal_is_shown_as_one_before_it_is_decided(self, decider: Client, case: Case) -> None:
        entry(organisation=case.organisation_id, effective=date(2023, 9, 4), valid_from=date(2023, 9, 4),
              valid_until=date(2025, 12, 31), renewable_until=date(2026, 12, 31))  # fmt: skip
        page = text(decider.get("/decisions/2026-0001/award/"))
        assert "It runs from 1 January 2026 to 31 December 2028" in page
        assert "It is a renewal and follows the label before without a gap." in page

    @pytest.mark.parametrize("act", ["award", "refuse"])
    def test_a_reason_is_needed(self, decider: Client, case: Case, act: str) -> None:
        page = decider.post(f"/decisions/2026-0001/{act}/", {"reason": ""})
        assert errors(page) == ["#id_reason Give the reason."]
        assert Case.objects.get().state == State.IN_DECISION.value

    def test_awarding_puts_the_label_into_the_register(self, decider: Client, case: Case) -> None:
        page = decider.post("/decisions/2026-0001/award/", {"reason": "As recommended."}, follow=True)
        assert "The label is awarded and entered in the ledger." in text(page)
        register = Client().get("/register/?q=amber")
        assert [(line.row.name, line.row.standing) for line in register.context["lines"]] == [
            ("Amber", "valid")
        ]

    def test_refusing_leaves_the_register_as_it_is(self, decider: Client, case: Case) -> None:
        page = decider.post("/decisions/2026-0001/refuse/", {"reason": "Accounts are missing."}, follow=True)
        assert "The label is refused." in text(page)
        assert heading(decider.get("/decisions/2026-0001/")) == "Amber"
        assert Client().get("/register/").context["figures"].ever == 0

    @pytest.mark.parametrize("act", ["award", "refuse"])
    def test_a_decider_who_took_part_cannot_by_address_either(
        self, decider: Client, me: User, case: Case, act: str
    ) -> None:
        Case.objects.update(reviewer=me)
        page = decider.post(f"/decisions/2026-0001/{act}/", {"reason": "As recommended."})
        assert page.status_code == 403
        assert "You assessed or reviewed this case, so somebody else decides it." in text(page)

    def test_a_case_is_decided_once(self, decider: Client, case: Case) -> None:
        decider.post("/decisions/2026-0001/award/", {"reason": "As recommended."})
        page = decider.post("/decisions/2026-0001/refuse/", {"reason": "Changed my mind."})
        assert (page.status_code, Case.objects.get().state) == (403, State.AWARDED.value)

    def test_what_the_ledger_does_not_take_is_told_and_the_reason_kept(
        self, decider: Client, case: Case
    ) -> None:
        Case.objects.update(interviewed_on=None)
        page = decider.post("/decisions/2026-0001/award/", {"reason": "As recommended."})
        assert errors(page) == ["The day of the interview is missing, and with it the label's period."]
        assert "As recommended." in page.content.decode()
