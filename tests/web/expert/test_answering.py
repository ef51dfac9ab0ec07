import json
import re
from collections.abc import Mapping
from datetime import date

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from factories.apps import CaseFactory, PersonFactory, SavedAnswerFactory, assessing
from factories.pages import errors, heading, text
from touchstone.apps.cases.models import Case, SavedAnswer
from touchstone.apps.pack import scheme
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db
LAST = date(2024, 10, 12)
CASE = "/assessments/2026-0001/"
AREA = f"{CASE}area/A/"


@pytest.fixture
def case() -> Case:
    return assessing(reference="2026-0001", organisation__name="Amber")


@pytest.fixture
def expert(case: Case) -> Client:
    client = Client()
    client.force_login(case.expert)
    return client


def saved() -> dict[str, object]:
    """What is kept: measure → declared value."""
    return dict(SavedAnswer.objects.order_by("measure").values_list("measure", "declared"))


class TestPage:
    @pytest.mark.parametrize("area", list("ABCDEFS"))
    def test_each_area_asks_for_all_its_measures(self, expert: Client, area: str) -> None:
        pack = scheme()
        page = expert.get(f"{CASE}area/{area}/")
        asked = [e.measure.id for section in page.context["sections"] for e in section.entries]
        wanted = [
            measure.id
            for indicator in pack.indicators.values()
            if indicator.area == area
            for measure in indicator.measures
            if measure.derived is None
        ]
        assert (heading(page), asked) == (f"{area} · {pack.areas[area].name}", wanted)

    def test_an_unknown_area_is_not_found(self, expert: Client) -> None:
        assert expert.get(f"{CASE}area/Z/").status_code == 404
        assert expert.post(f"{CASE}area/Z/save/", "{}", content_type="application/json").status_code == 404

    def test_contradictions_of_the_area_are_shown(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A6.listed", declared=40)
        SavedAnswerFactory(case=case, measure="A6.total", declared=50)
        assert "These answers do not fit together yet" in text(expert.get(AREA))

    @pytest.mark.parametrize("answers", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, expert: Client, case: Case, answers: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for measure in ("A1.founded", "A6.total", "A6.listed")[:answers]:
            SavedAnswerFactory(case=case, measure=measure, declared=50)
        with django_assert_num_queries(10):
            expert.get(AREA)


class TestWithoutScripts:
    def test_the_button_saves_the_whole_area_and_goes_on(self, expert: Client) -> None:
        sent = {"A1.founded": "2016", "A2.legal_form": "company", "A6.total": "40", "then": "on"}
        answer = expert.post(AREA, sent)
        assert answer.url == f"{CASE}area/B/"
        assert saved() == {"A1.founded": 2016, "A2.legal_form": "company", "A6.total": 40}
        assert "Saved at 12:00 UTC." in text(expert.get(answer.url))

    def test_the_last_area_leads_to_the_check(self, expert: Client) -> None:
        assert expert.post(f"{CASE}area/S/", {"then": "on"}).url == f"{CASE}check/"

    def test_one_can_save_and_stay(self, expert: Client) -> None:
        assert expert.post(AREA, {"then": "stay"}).url == AREA

    def test_what_is_sound_is_saved_and_what_is_not_stays_typed(self, expert: Client) -> None:
        sent = {"A1.founded": "long ago", "A6.total": "40", "A6.listed": "1,200", "A3.industry": "140"}
        page = expert.post(AREA, sent)
        assert saved() == {"A6.total": 40}
        assert [line.split()[0] for line in errors(page)] == ["#A1.founded", "#A3.industry", "#A6.listed"]
        assert 'value="long ago"' in page.content.decode()
        assert 'value="1,200"' in page.content.decode()

    def test_unknown_needs_a_reason(self, expert: Client) -> None:
        page = expert.post(AREA, {"A1.founded:state": "unknown"})
        label = scheme().measures["A1.founded"].label
        assert errors(page) == [f"#A1.founded “{label}” has no reason. Say why there is no value."]

    def test_emptying_a_field_takes_the_answer_back(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A1.founded", declared=2016)
        expert.post(AREA, {"A1.founded": "", "A1.founded:revision": "1"})
        assert [(one.state, one.declared) for one in SavedAnswer.objects.all()] == [("not_asked", None)]

    def test_an_answer_that_somebody_changed_meanwhile_is_replaced_and_that_is_told(
        self, expert: Client, case: Case
    ) -> None:
        SavedAnswerFactory(case=case, measure="A1.founded", declared=2016, revision=3)
        page = expert.post(AREA, {"A1.founded": "2015", "A1.founded:revision": "2"}, follow=True)
        assert "Somebody else had changed this answer meanwhile, and yours replaced it" in text(page)
        assert saved() == {"A1.founded": 2015}

    def test_only_what_changed_gets_a_new_revision(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A1.founded", declared=2016)
        SavedAnswerFactory(case=case, measure="A6.total", declared=40)
        expert.post(AREA, {"A1.founded": "2016", "A6.total": "41"})
        revisions = dict(SavedAnswer.objects.values_list("measure", "revision"))
        assert revisions == {"A1.founded": 1, "A6.total": 2}


class TestWithScripts:
    def send(self, client: Client, answers: Mapping[str, object]) -> dict[str, object]:
        body = json.dumps({"answers": answers})
        answer = client.post(f"{AREA}save/", body, content_type="application/json")
        assert answer.status_code == 200
        return answer.json()

    def test_what_is_sent_is_saved_and_what_follows_comes_back(self, expert: Client) -> None:
        answer = self.send(expert, {"A1.founded": {"value": "2016", "revision": "0"}})
        assert saved() == {"A1.founded": 2016}
        assert answer["saved_at"] == "2026-11-21T12:00:00+00:00"
        assert answer["revisions"] == {"A1.founded": 1}
        assert answer["derived"]["A1.age"] == {"value": "10 years", "figures": "2026 − 2016", "waits": ""}
        assert (answer["faults"], answer["overwrote"], answer["together"]) == ({}, [], [])

    def test_a_fault_comes_back_in_words_and_the_rest_is_saved(self, expert: Client) -> None:
        answer = self.send(expert, {"A1.founded": {"value": "long ago"}, "A6.total": {"value": "40"}})
        label = scheme().measures["A1.founded"].label
        assert answer["faults"] == {
            "A1.founded": f"“{label}” is not a number. Write digits only, for example 12 or 2.5."
        }
        assert saved() == {"A6.total": 40}

    def test_shares_that_do_not_add_up_are_saved_and_told(self, expert: Client) -> None:
        shares = {"A3.industry": "50", "A3.research": "30", "A3.public": "10", "A3.management": "7"}
        answer = self.send(expert, {id: {"value": value} for id, value in shares.items()})
        assert len(saved()) == 4
        assert len(answer["together"]) == 1
        assert "97 %" in answer["together"][0]

    def test_a_measure_of_another_area_is_not_taken(self, expert: Client) -> None:
        self.send(expert, {"B2.fte": {"value": "3"}, "Z9.never": {"value": "3"}})
        assert saved() == {}

    def test_an_answer_that_was_changed_meanwhile_is_named(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A1.founded", declared=2016, revision=3)
        answer = self.send(expert, {"A1.founded": {"value": "2015", "revision": 2}})
        assert answer["overwrote"] == [scheme().measures["A1.founded"].label]

    @pytest.mark.parametrize(
        "body",
        ["", "{", "[]", '{"answers": [1]}', '{"answers": {"A1.founded": "2016"}}', '{"replies": {}}',
         '{"answers": {"A1.founded": {"value": "1", "revision": "x"}}}'],
    )  # fmt: skip
    def test_what_no_page_sends_is_refused(self, expert: Client, body: str) -> None:
        answer = expert.post(f"{AREA}save/", body, content_type="application/json")
        assert (answer.status_code, answer.json()) == (
            400,
            {"message": "The page sent something that cannot be read. Load it anew."},
        )

    def test_who_was_signed_out_is_told_so(self, case: Case) -> None:
        answer = Client().post(f"{AREA}save/", "{}", content_type="application/json")
        assert answer.status_code == 401
        assert answer.json()["message"].startswith("You are signed out.")

    def test_a_closed_record_is_told(self, expert: Client) -> None:
        Case.objects.update(state=State.RECORDED.value)
        answer = expert.post(f"{AREA}save/", '{"answers": {}}', content_type="application/json")
        assert (answer.status_code, answer.json()) == (
            409,
            {"message": "The record is submitted. The secretariat can send it back to you."},
        )

    def test_a_case_of_somebody_else_stays_closed(self, case: Case) -> None:
        client = Client()
        client.force_login(PersonFactory(role="expert"))
        assert client.post(f"{AREA}save/", "{}", content_type="application/json").status_code == 403

    def test_without_the_token_nothing_is_saved(self, case: Case) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(case.expert)
        assert client.post(f"{AREA}save/", "{}", content_type="application/json").status_code == 403

    def test_reading_is_no_way_to_save(self, expert: Client) -> None:
        assert expert.get(f"{AREA}save/").status_code == 405


class TestQuestions:
    def test_each_indicator_begins_with_its_question_as_it_is_asked(self, expert: Client) -> None:
        page = expert.get(AREA).content.decode()
        for indicator in (one for one in scheme().indicators.values() if one.area == "A"):
            section = page.split(f'<section class="indicator" aria-labelledby="{indicator.id}">')[1]
            assert section.index(escape(indicator.question)) < section.index('class="entry')

    def test_what_explains_the_question_can_be_unfolded(self, expert: Client) -> None:
        folded = " ".join(re.findall(r"<details.*?</details>", expert.get(AREA).content.decode(), re.DOTALL))
        item = scheme().indicators["A6"]
        parts = (item.definition, item.counting, item.example, item.mistakes, item.evidence, item.why)
        assert [part for part in parts if escape(part) not in folded] == []

    def test_what_follows_shows_how(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A6.total", declared=52)
        SavedAnswerFactory(case=case, measure="A6.one_year_ago", declared=47)
        page = text(expert.get(AREA))
        assert "10.64 % (A6.total − A6.one_year_ago) / A6.one_year_ago × 100 (52 − 47) / 47 × 100" in page

    def test_the_declared_and_the_verified_value_are_both_open_to_see(
        self, expert: Client, case: Case
    ) -> None:
        SavedAnswerFactory(case=case, measure="A6.total", declared=50, verified=48)
        page = expert.get(AREA).content.decode()
        entry = page.split('data-measure="A6.total"')[1].split('data-measure="')[0]
        assert 'name="A6.total" inputmode="numeric" value="50"' in entry
        assert 'name="A6.total:verified" inputmode="numeric" value="48"' in entry
        assert '<details class="aside-fields" open>' in entry


class TestCarriedAnswers:
    """A second case: legal form and founding year are proposed, the number of participants is asked anew."""

    @pytest.fixture(autouse=True)
    def carried(self, case: Case) -> None:
        previous = CaseFactory(
            reference="2024-0001",
            organisation=case.organisation,
            state=State.AWARDED.value,
            interviewed_on=LAST,
        )
        SavedAnswerFactory(case=previous, measure="A6.total", declared=47)
        SavedAnswerFactory(case=previous, measure="A6.one_year_ago", declared=45)
        Case.objects.filter(pk=case.pk).update(previous=previous)
        for measure, value in {"A1.founded": 2012, "A2.legal_form": "association"}.items():
            SavedAnswerFactory(case=case, measure=measure, declared=value, carried_from=LAST)

    def marks(self, case: Case) -> dict[str, tuple[date | None, bool]]:
        rows = case.answers.order_by("measure")
        return {row.measure: (row.carried_from, row.confirmed) for row in rows}

    def test_each_asks_whether_it_is_still_true(self, expert: Client) -> None:
        page = expert.get(AREA)
        assert text(page).count("From the interview of 12 October 2024: still true? Yes ·") == 2
        assert 'name="confirm" value="A1.founded"' in page.content.decode()
        assert 'value="2012"' in page.content.decode()

    def test_what_is_asked_anew_shows_what_was_said_last_time(self, expert: Client) -> None:
        page = text(expert.get(AREA))
        assert "last time: 47 participants" in page
        assert "last time: 4.44 %" in page  # growth, from what was said then

    def test_the_enter_key_presses_no_button_that_confirms(self, expert: Client) -> None:
        form = expert.get(AREA).content.decode().split('<form class="sheet"')[1]
        assert re.findall(r"<button[^>]*?name=\"(\w+)\"", form)[0] == "then"

    def test_the_button_confirms_and_comes_back_to_the_field(self, expert: Client, case: Case) -> None:
        answer = expert.post(AREA, {"A1.founded": "2012", "confirm": "A1.founded", "A6.total": "52"})
        assert answer.url == f"{AREA}#A1.founded"
        assert self.marks(case) == {
            "A1.founded": (LAST, True), "A2.legal_form": (None, False), "A6.total": (None, False),
        }  # fmt: skip
        page = text(expert.get(AREA))
        assert "Saved at 12:00 UTC. 1 answer of the last interview is confirmed." in page
        assert "From the interview of 12 October 2024, confirmed." in page

    def test_saving_the_page_as_it_is_confirms_nothing(self, expert: Client, case: Case) -> None:
        expert.post(AREA, {"A1.founded": "2012", "A2.legal_form": "association", "then": "on"})
        assert set(self.marks(case).values()) == {(LAST, False)}

    def test_typing_over_it_makes_it_an_answer_of_this_interview(self, expert: Client, case: Case) -> None:
        expert.post(AREA, {"A1.founded": "2013", "A2.legal_form": "association"})
        assert self.marks(case) == {"A1.founded": (None, False), "A2.legal_form": (LAST, False)}

    def test_several_of_an_indicator_are_confirmed_with_one_button(self, expert: Client, case: Case) -> None:
        for measure in ("D1.information", "D1.partner_search"):
            SavedAnswerFactory(case=case, measure=measure, declared=2, carried_from=LAST)
        area = f"{CASE}area/D/"
        page = expert.get(area).content.decode()
        assert 'name="confirm" value="D1.information D1.partner_search"' in page
        assert "Yes, all 2 below are still true" in page
        sent = {
            "D1.information": "2",
            "D1.partner_search": "2",
            "confirm": "D1.information D1.partner_search",
        }
        expert.post(area, sent)
        assert [self.marks(case)[id] for id in ("D1.information", "D1.partner_search")] == [(LAST, True)] * 2
        assert "2 answers of the last interview are confirmed." in text(expert.get(area))

    def test_what_was_typed_over_in_the_same_moment_is_not_confirmed(
        self, expert: Client, case: Case
    ) -> None:
        expert.post(AREA, {"A1.founded": "2013", "A2.legal_form": "association", "confirm": "A1.founded"})
        assert self.marks(case)["A1.founded"] == (None, False)

    def test_a_fault_elsewhere_does_not_hold_a_confirmation_up(self, expert: Client, case: Case) -> None:
        sent = {"A1.founded": "2012", "A2.legal_form": "association", "A6.total": "many"}
        page = expert.post(AREA, {**sent, "confirm": "A1.founded"})
        assert [line.split()[0] for line in errors(page)] == ["#A6.total"]
        assert self.marks(case)["A1.founded"] == (LAST, True)

    def test_another_areas_answer_cannot_be_confirmed_here(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="B1.minutes", declared=True, carried_from=LAST)
        expert.post(AREA, {"A1.founded": "2012", "confirm": "B1.minutes Z9.never"})
        assert self.marks(case)["B1.minutes"] == (LAST, False)

    def test_with_scripts_a_yes_is_sent_like_an_answer(self, expert: Client, case: Case) -> None:
        body = {"answers": {"A1.founded": {"value": "2012", "revision": 1, "confirm": True}}}
        answer = expert.post(f"{AREA}save/", json.dumps(body), content_type="application/json").json()
        assert self.marks(case)["A1.founded"] == (LAST, True)
        assert answer["revisions"] == {"A1.founded": 2}
        assert answer["carried"] == {"A1.founded": "confirmed", "A2.legal_form": "waiting"}
        assert answer["derived"]["A1.age"]["value"] == "14 years"

    def test_with_scripts_what_is_typed_over_is_no_longer_carried(self, expert: Client) -> None:
        body = {"answers": {"A1.founded": {"value": "2013", "revision": 1}}}
        answer = expert.post(f"{AREA}save/", json.dumps(body), content_type="application/json").json()
        assert answer["carried"] == {"A2.legal_form": "waiting"}


def test_a_case_of_another_expert_shows_no_answers(expert: Client) -> None:
    CaseFactory(reference="2026-0002")
    assert expert.get("/assessments/2026-0002/area/A/").status_code == 403
