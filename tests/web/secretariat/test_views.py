import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import (
    NOW,
    CaseFactory,
    DocumentFactory,
    InterestFactory,
    OrganisationFactory,
    PersonFactory,
    ReportRunFactory,
)
from factories.pages import errors, heading, links, text
from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Case, Event, ReportRun
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db
FURTHER = ["/labels/", "/secretariat/old-pages/", "/secretariat/misuse/"]


@pytest.fixture
def me() -> User:
    return PersonFactory(username="tomas")


@pytest.fixture
def secretariat(me: User) -> Client:
    client = Client()
    client.force_login(me)
    return client


def case_in(state: State, **fields: object) -> Case:
    return CaseFactory(reference="2026-0001", state=state.value, submitted_at=NOW, **fields)


class TestCases:
    def test_a_row_leads_to_its_case(self, secretariat: Client) -> None:
        case_in(State.RECORDED, organisation__name="Amber")
        page = secretariat.get("/secretariat/")
        assert heading(page) == "Cases"
        assert links(page) == ["/secretariat/2026-0001/", *FURTHER]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["2026-0002", "2026-0001"]),
            ("?q=lodz", ["2026-0001"]),
            ("?q=0002", ["2026-0002"]),
            ("?state=recorded", ["2026-0001"]),
            ("?state=nothing", ["2026-0002", "2026-0001"]),
            ("?q=nothing", []),
        ],
    )
    def test_search_and_state_stand_in_the_address(
        self, secretariat: Client, query: str, found: list[str]
    ) -> None:
        case_in(State.RECORDED, organisation=OrganisationFactory(name="Łódź Textiles"))
        CaseFactory(reference="2026-0002", state=State.OPEN.value)
        assert [case.reference for case in secretariat.get(f"/secretariat/{query}").context["page"]] == found

    def test_nothing_found_leads_back_to_all(self, secretariat: Client) -> None:
        assert links(secretariat.get("/secretariat/?q=x"))[-4:] == ["/secretariat/", *FURTHER]

    def test_an_empty_list_says_how_the_first_case_comes_about(self, secretariat: Client) -> None:
        assert "A case begins when an organisation applies." in text(secretariat.get("/secretariat/"))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, secretariat: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        CaseFactory.create_batch(rows)
        with django_assert_num_queries(4):
            secretariat.get("/secretariat/")


class TestCase:
    @pytest.mark.parametrize(
        ("state", "next"),
        [
            (State.OPEN, "declares interests."),
            (State.ASSESSING, "holds the interview and submits the record."),
            (State.RECORDED, "Have the report made;"),
            (State.REPORTING, "The report is being made."),
            (State.REPORTED, "Then send the case to decision; you cannot decide it yourself."),
            (State.IN_DECISION, "A decider who took no part in the case decides."),
            (State.AWARDED, "The label was awarded on 21 November 2026."),
            (State.REFUSED, "The label was refused on 21 November 2026."),
        ],
    )
    def test_it_opens_with_what_is_next(self, secretariat: Client, state: State, next: str) -> None:
        case_in(state, decided_at=NOW)
        assert next in text(secretariat.get("/secretariat/2026-0001/"))

    def test_a_case_without_an_expert_waits_for_one(self, secretariat: Client) -> None:
        case_in(State.OPEN, expert=None)
        assert "An expert is to be assigned." in text(secretariat.get("/secretariat/2026-0001/"))

    def test_the_expert_is_quoted(self, secretariat: Client) -> None:
        case_in(State.RECORDED, eligible_recommended=False, recommendation_text="Accounts are missing.")
        page = text(secretariat.get("/secretariat/2026-0001/"))
        assert "Do not award the label. Submitted on 21 November 2026. Accounts are missing." in page

    def test_somebody_of_the_applicant_sees_no_answer_and_can_do_nothing(
        self, secretariat: Client, me: User
    ) -> None:
        case = case_in(State.RECORDED, recommendation_text="Accounts are missing.")
        User.objects.update(organisation=case.organisation)
        page = secretariat.get("/secretariat/2026-0001/")
        assert "You belong to this organisation, so a colleague looks after the case." in text(page)
        assert "Accounts are missing." not in text(page)
        assert (
            secretariat.post("/secretariat/2026-0001/report/", {"language": "en"}, follow=True).status_code
            == 200
        )
        assert Case.objects.get().state == State.RECORDED.value

    @pytest.mark.parametrize(
        ("state", "run", "button"),
        [
            (State.RECORDED, None, "Make the report"),
            (State.RECORDED, "failed", "Try again to make the report"),
            (State.REPORTED, "done", "Make the report anew"),
        ],
    )
    def test_the_button_says_what_it_does(
        self, secretariat: Client, state: State, run: str | None, button: str
    ) -> None:
        case = case_in(state)
        if run:
            made = ReportRunFactory(case=case, state=run)
            if run == "done":
                DocumentFactory(run=made)
        assert f" {button} " in text(secretariat.get("/secretariat/2026-0001/"))

    @pytest.mark.parametrize(
        ("state", "run", "said"),
        [
            (State.RECORDED, {"state": "failed"}, "its report could not be made; below stands why."),
            (
                State.REPORTING,
                {"state": "running", "heard_at": NOW},
                "The report is being made. This page follows it.",
            ),
            (
                State.REPORTING,
                {"state": "running", "heard_at": NOW - timedelta(hours=1)},
                "The making of the report has come to a halt. Have it made again.",
            ),
        ],
    )
    def test_what_is_next_follows_the_making_of_the_report(
        self, secretariat: Client, state: State, run: dict[str, object], said: str
    ) -> None:
        ReportRunFactory(case=case_in(state), **run)
        assert said in text(secretariat.get("/secretariat/2026-0001/"))

    def test_what_has_happened_is_listed_with_who_and_why(self, secretariat: Client, me: User) -> None:
        case = case_in(State.RECORDED)
        Event(case=case, at=NOW, by=me, verb="send_back", reason="Shares.").save()
        Event(case=case, at=NOW, by=None, verb="fail_report", reason="No space.").save()
        page = text(secretariat.get("/secretariat/2026-0001/"))
        assert "2026-11-21 12:00 UTC Record sent back tomas Shares." in page
        assert "Report could not be made the program No space." in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, secretariat: Client, me: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        case = case_in(State.REPORTED)
        run = ReportRunFactory(case=case, state="done")
        DocumentFactory.create_batch(rows, run=run)
        for _ in range(rows):
            Event(case=case, at=NOW, by=me, verb="send_back").save()
        with django_assert_num_queries(9):
            secretariat.get("/secretariat/2026-0001/")


class TestMakingTheReport:
    def test_it_is_asked_for_and_the_page_follows(self, secretariat: Client, me: User) -> None:
        case_in(State.RECORDED)
        answer = secretariat.post("/secretariat/2026-0001/report/", {"language": "en"})
        run = ReportRun.objects.get()
        assert (answer.url, run.state, run.requested_by) == ("/secretariat/2026-0001/", "waiting", me)

    def test_twice_at_once_is_refused_in_words(self, secretariat: Client) -> None:
        case_in(State.RECORDED)
        secretariat.post("/secretariat/2026-0001/report/", {"language": "en"})
        page = secretariat.post("/secretariat/2026-0001/report/", {"language": "en"}, follow=True)
        assert "no other is being made" in text(page)
        assert ReportRun.objects.count() == 1

    @pytest.mark.parametrize(
        ("country", "chosen"), [("LT", "Lietuvių"), ("DE", "Deutsch"), ("NO", "English")]
    )
    def test_the_language_of_the_country_is_proposed(
        self, secretariat: Client, country: str, chosen: str
    ) -> None:
        case = case_in(State.RECORDED)
        type(case.organisation).objects.update(country=country)
        page = secretariat.get("/secretariat/2026-0001/").content.decode()
        assert re.findall(r"<option[^>]* selected[^>]*>([^<]*)</option>", page) == [chosen]

    def test_a_report_made_anew_speaks_the_language_of_the_last_one(self, secretariat: Client) -> None:
        ReportRunFactory(case=case_in(State.REPORTED), state="done", language="pl")
        page = secretariat.get("/secretariat/2026-0001/").content.decode()
        assert re.findall(r"<option[^>]* selected[^>]*>([^<]*)</option>", page) == ["Polski"]

    def test_it_is_made_in_the_language_chosen(self, secretariat: Client) -> None:
        case_in(State.RECORDED)
        secretariat.post("/secretariat/2026-0001/report/", {"language": "de"})
        assert ReportRun.objects.get().language == "de"

    @pytest.mark.parametrize("given", [{}, {"language": "xx"}, {"language": "<b>"}])
    def test_without_a_known_language_nothing_is_made(
        self, secretariat: Client, given: dict[str, str]
    ) -> None:
        case_in(State.RECORDED)
        page = secretariat.post("/secretariat/2026-0001/report/", given, follow=True)
        assert "Choose one of the languages." in text(page)
        assert not ReportRun.objects.exists()

    def test_a_link_does_not_ask_for_it(self, secretariat: Client) -> None:
        assert secretariat.get("/secretariat/2026-0001/report/").status_code == 405


class TestSendingOn:
    def test_sending_back_needs_a_reason(self, secretariat: Client) -> None:
        case_in(State.RECORDED)
        page = secretariat.post("/secretariat/2026-0001/send-back/", {"reason": " "})
        assert errors(page) == ["#id_reason Give the reason."]
        assert Case.objects.get().state == State.RECORDED.value

    def test_sending_back_opens_the_record_again(self, secretariat: Client) -> None:
        InterestFactory(case=case_in(State.RECORDED))
        page = secretariat.post("/secretariat/2026-0001/send-back/", {"reason": "Shares."}, follow=True)
        assert "The record is open to the expert again." in text(page)
        assert Case.objects.get().state == State.ASSESSING.value

    def test_sending_back_is_refused_once_it_is_too_late(self, secretariat: Client) -> None:
        case_in(State.IN_DECISION)
        page = secretariat.post("/secretariat/2026-0001/send-back/", {"reason": "Shares."})
        assert (page.status_code, "This record cannot be sent back now." in text(page)) == (403, True)

    def test_sending_to_decision_says_first_what_it_means(self, secretariat: Client) -> None:
        case_in(State.REPORTED)
        page = secretariat.get("/secretariat/2026-0001/send/")
        assert heading(page) == "Send this case to decision?"
        assert "You reviewed the case, so you cannot decide it." in text(page)
        assert Case.objects.get().state == State.REPORTED.value

    def test_sending_to_decision(self, secretariat: Client, me: User) -> None:
        case_in(State.REPORTED)
        page = secretariat.post("/secretariat/2026-0001/send/", follow=True)
        assert "The case is in decision." in text(page)
        assert (Case.objects.get().state, Case.objects.get().reviewer) == (State.IN_DECISION.value, me)
