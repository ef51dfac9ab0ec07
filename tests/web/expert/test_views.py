from datetime import date

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from factories.apps import (
    NOW,
    CaseFactory,
    InterestFactory,
    ReportRunFactory,
    SavedAnswerFactory,
    assessing,
)
from factories.pages import errors, heading, links, text
from touchstone.apps.cases.models import Case
from touchstone.apps.experts.models import Interest
from touchstone.apps.pack import scheme
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db
LAST = date(2024, 10, 12)
CASE = "/assessments/2026-0001/"


@pytest.fixture
def case() -> Case:
    """A case that the expert has declared no interest in."""
    return assessing(reference="2026-0001", organisation__name="Amber")


@pytest.fixture
def expert(case: Case) -> Client:
    client = Client()
    client.force_login(case.expert)
    return client


@pytest.fixture
def undeclared(case: Case) -> Case:
    Interest.objects.all().delete()
    Case.objects.update(state=State.OPEN.value)
    return case


class TestCases:
    def test_those_to_work_on_stand_apart_from_those_submitted(self, expert: Client, case: Case) -> None:
        CaseFactory(reference="2026-0002", expert=case.expert, state=State.RECORDED.value)
        CaseFactory(reference="2026-0003")
        page = expert.get("/assessments/")
        assert heading(page) == "My assessments"
        assert links(page) == ["/assessments/2026-0001/", "/assessments/2026-0002/"]

    def test_an_expert_without_a_case_is_told_how_one_comes(self, expert: Client) -> None:
        Case.objects.update(expert=None)
        assert "The secretariat assigns cases." in text(expert.get("/assessments/"))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, expert: Client, case: Case, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        CaseFactory.create_batch(rows, expert=case.expert)
        with django_assert_num_queries(3):
            expert.get("/assessments/")


class TestCase:
    def test_before_declaring_there_is_one_thing_to_do(self, expert: Client, undeclared: Case) -> None:
        SavedAnswerFactory(case=undeclared, measure="F2.story_1", declared="A secret story.")
        page = expert.get(CASE)
        assert "Say what ties you to this organisation." in text(page)
        assert links(page) == ["/assessments/", f"{CASE}interests/"]

    def test_a_conflict_is_explained(self, expert: Client, undeclared: Case) -> None:
        InterestFactory(case=undeclared, kind="advises")
        page = expert.get(CASE)
        assert "You cannot assess this case: advises the applicant" in text(page)
        assert links(page) == ["/assessments/"]

    def test_the_tasks_stand_in_order_with_their_states(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A1.founded")
        SavedAnswerFactory(case=case, measure="A6.listed", declared=40)
        SavedAnswerFactory(case=case, measure="A6.total", declared=50)
        page = expert.get(CASE)
        assert links(page)[1:] == [
            f"{CASE}interests/", f"{CASE}participants/", f"{CASE}interview/",
            *(f"{CASE}area/{area}/" for area in "ABCDEFS"), f"{CASE}check/",
        ]  # fmt: skip
        assert "A · Structure of the cluster 3 of 32 answered 1 contradiction" in text(page)
        assert "Interview: day and way not given yet" in text(page)

    @pytest.mark.parametrize(
        ("fields", "answers", "next"),
        [
            ({}, {}, "Hold the interview and fill in the six areas."),
            ({"interviewed_on": NOW.date()}, {}, "0 of 199 answers are in."),
            (
                {"interviewed_on": NOW.date()},
                {"A6.listed": 40, "A6.total": 50},
                "1 contradiction stands in the way of submitting.",
            ),
        ],
    )
    def test_it_says_what_is_next(
        self, expert: Client, case: Case, fields: dict[str, object], answers: dict[str, int], next: str
    ) -> None:
        Case.objects.update(**fields)
        for measure, value in answers.items():
            SavedAnswerFactory(case=case, measure=measure, declared=value)
        assert next in text(expert.get(CASE))

    def test_a_submitted_case_shows_the_recommendation_and_the_reports_progress(
        self, expert: Client, case: Case
    ) -> None:
        Case.objects.update(
            state=State.REPORTING.value, submitted_at=NOW, eligible_recommended=True,
            recommendation_text="All is there.",
        )  # fmt: skip
        ReportRunFactory(case=case, state="running", step="Setting the report", done=1, total=6, heard_at=NOW)
        page = text(expert.get(CASE))
        assert "Nothing for you to do now: report being made." in page
        assert "Award the label. Submitted on 21 November 2026. All is there." in page
        assert "The report is being made Setting the report" in page

    def test_it_tells_how_many_answers_of_the_last_interview_wait(self, expert: Client, case: Case) -> None:
        for measure in ("A1.founded", "A2.legal_form"):
            SavedAnswerFactory(case=case, measure=measure, declared=2012, carried_from=LAST)
        page = text(expert.get(CASE))
        assert "2 answers of the last interview wait for a yes." in page
        assert "answered · 2 to confirm" in page


class TestInterests:
    def test_none_opens_the_case(self, expert: Client, undeclared: Case) -> None:
        page = expert.post(f"{CASE}interests/", {"kinds": ["none"]}, follow=True)
        assert "Your declaration is kept, and the case is open to you." in text(page)
        assert Case.objects.get().state == State.ASSESSING.value

    def test_a_conflict_is_kept_and_the_case_stays_closed(self, expert: Client, undeclared: Case) -> None:
        sent = {"kinds": ["works_for", "other"], "statement": "I chair its board."}
        page = expert.post(f"{CASE}interests/", sent, follow=True)
        assert "Your declaration is kept. You cannot assess this case;" in text(page)
        kept = [(one.kind, one.statement) for one in Interest.objects.order_by("pk")]
        assert kept == [("works_for", "I chair its board."), ("other", "I chair its board.")]
        assert expert.get(f"{CASE}area/A/").status_code == 403

    @pytest.mark.parametrize(
        ("sent", "fault"),
        [
            ({}, "#id_kinds Choose what applies. “I have no interest in this case” is an answer too."),
            (
                {"kinds": ["none", "funds"]},
                "#id_kinds “None” cannot stand beside another interest. Leave one of them out.",
            ),
        ],
    )
    def test_an_unclear_declaration_is_not_kept(
        self, expert: Client, undeclared: Case, sent: dict[str, list[str]], fault: str
    ) -> None:
        page = expert.post(f"{CASE}interests/", {**sent, "statement": "typed"})
        assert errors(page) == [fault]
        assert "typed" in page.content.decode()
        assert Interest.objects.count() == 0

    def test_after_the_end_there_is_nothing_to_declare(self, expert: Client, case: Case) -> None:
        Case.objects.update(state=State.AWARDED.value)
        assert expert.get(f"{CASE}interests/").status_code == 403


class TestInterview:
    def test_day_and_way_are_kept(self, expert: Client) -> None:
        given = {"interviewed_on": "2026-10-12", "meeting": "video"}
        page = expert.post(f"{CASE}interview/", given, follow=True)
        assert "The interview is saved." in text(page)
        assert "Interview: day and way 2026-10-12, by video" in text(page)

    @pytest.mark.parametrize(
        ("typed", "fault"),
        [
            ("", "Give the day of the interview."),
            ("12 October", "Write the day as year-month-day, for example 2026-10-12."),
            ("2027-01-01", "is in the future. Give the day of the interview."),
        ],
    )
    def test_a_day_that_cannot_be_is_told(self, expert: Client, typed: str, fault: str) -> None:
        page = expert.post(f"{CASE}interview/", {"interviewed_on": typed, "meeting": "on_site"})
        assert len(errors(page)) == 1
        assert errors(page)[0].endswith(fault)
        assert f'value="{escape(typed)}"' in page.content.decode() or not typed

    def test_how_it_was_held_has_to_be_said(self, expert: Client) -> None:
        page = expert.post(f"{CASE}interview/", {"interviewed_on": "2026-10-12"})
        assert errors(page) == ["#id_meeting Say how the interview was held."]
        assert Case.objects.get().interviewed_on is None

    def test_only_the_ways_that_the_rules_name_are_offered(self, expert: Client) -> None:
        assert "On site By video" in text(expert.get(f"{CASE}interview/"))
        Case.objects.update(rule_set="2012")
        assert "On site Save" in text(expert.get(f"{CASE}interview/"))

    def test_what_was_given_can_be_changed(self, expert: Client) -> None:
        Case.objects.update(interviewed_on=NOW.date(), meeting="video")
        page = expert.get(f"{CASE}interview/")
        assert 'value="2026-11-21"' in page.content.decode()
        assert page.context["form"]["meeting"].value() == "video"


class TestCheck:
    def test_a_contradiction_leads_to_its_field(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A6.listed", declared=40)
        SavedAnswerFactory(case=case, measure="A6.total", declared=50)
        page = expert.get(f"{CASE}check/")
        assert f"{CASE}area/A/#A6.total" in links(page)
        assert "must be mended" in text(page)

    def test_what_was_said_can_be_read_again(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A1.founded", declared=2016, verified=2017, note="Statutes.")
        SavedAnswerFactory(
            case=case, measure="S2.reasons", state="unknown", declared=None, reason="Nobody asked."
        )
        SavedAnswerFactory(
            case=case, measure="A7.within_150km", state="not_applicable", declared=None, reason="National."
        )
        page = text(expert.get(f"{CASE}check/"))
        assert "A1.founded 2017 verified declared: 2016 Statutes. Change" in page
        assert "Unknown: Nobody asked." in page
        assert "Not applicable: National." in page

    def test_a_verified_value_without_a_declared_one_says_so(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A6.total", declared=None, verified=48)
        assert "48 participants verified nothing was declared" in text(expert.get(f"{CASE}check/"))

    def test_answers_that_nobody_confirmed_are_counted_and_led_to(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A1.founded", declared=2012, carried_from=LAST)
        page = expert.get(f"{CASE}check/")
        assert "1 answer of the last interview is not confirmed. It does not count" in text(page)
        assert "A · Structure of the cluster : 1 to confirm" in text(page)
        assert "2012 not confirmed From the interview of 12 October 2024; it does not count." in text(page)
        asked = sum(measure.derived is None for measure in scheme().measures.values())
        assert f"0 of {asked} questions have an answer" in text(page)

    def test_a_confirmed_answer_says_where_it_comes_from(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A1.founded", declared=2012, carried_from=LAST, confirmed=True)
        page = text(expert.get(f"{CASE}check/"))
        assert "A1.founded 2012 From the interview of 12 October 2024, confirmed." in page
        assert "not confirmed" not in page

    def test_the_recommendation_is_needed(self, expert: Client) -> None:
        page = expert.post(f"{CASE}check/", {"text": "typed"})
        assert errors(page) == ["#id_recommended Say whether you recommend the award."]
        assert "typed" in page.content.decode()

    def test_what_stands_against_submitting_is_told(self, expert: Client) -> None:
        page = expert.post(f"{CASE}check/", {"recommended": "yes"})
        assert errors(page) == ["Say first on which day the interview was."]

    @pytest.mark.parametrize(("said", "kept"), [("yes", True), ("no", False)])
    def test_submitting_closes_the_record(self, expert: Client, case: Case, said: str, kept: bool) -> None:
        SavedAnswerFactory(case=case)
        Case.objects.update(interviewed_on=NOW.date())
        page = expert.post(f"{CASE}check/", {"recommended": said, "text": "As discussed."}, follow=True)
        case.refresh_from_db()
        assert "The record is submitted." in text(page)
        assert (case.state, case.eligible_recommended) == (State.RECORDED.value, kept)

    def test_a_submitted_record_says_who_can_open_it(self, expert: Client) -> None:
        Case.objects.update(state=State.RECORDED.value)
        for address in ("check/", "interview/", "area/A/"):
            page = expert.get(f"{CASE}{address}")
            assert "The record is submitted. The secretariat can send it back to you." in text(page)

    def test_before_declaring_the_answers_stay_closed(self, expert: Client, undeclared: Case) -> None:
        for address in ("check/", "interview/", "area/A/"):
            page = expert.get(f"{CASE}{address}")
            assert (page.status_code, "Declare your interests first" in text(page)) == (403, True)
