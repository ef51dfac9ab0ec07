import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from factories.apps import (
    INTERVIEW,
    NOW,
    TODAY,
    CaseFactory,
    DeciderFactory,
    ExpertFactory,
    InterestFactory,
    OrganisationFactory,
    PersonFactory,
    ReportRunFactory,
    SavedAnswerFactory,
    answered,
    assessing,
)
from touchstone.apps.accounts.models import Role
from touchstone.apps.cases import services
from touchstone.apps.cases.models import Case, Event, ReportRun
from touchstone.apps.cases.services import Refused
from touchstone.apps.experts.models import Interest
from touchstone.apps.register.models import LedgerEntry, RegisterSpan
from touchstone.apps.register.services import history
from touchstone.core.cases.conflicts import InterestKind
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db


def last_event() -> Event:
    event = Event.objects.order_by("pk").last()
    assert event is not None
    return event


class TestOpening:
    def test_a_case_is_bound_to_the_rule_set_of_its_day(self) -> None:
        for on, rules in ((date(2013, 5, 1), "2012"), (date(2026, 5, 1), "2022")):
            case = services.open_case(
                organisation=OrganisationFactory(), level="bronze", by=PersonFactory(), on=on, at=NOW
            )
            assert (case.rule_set, case.scheme, case.stands) == (rules, "ecei", State.OPEN)

    def test_its_reference_has_the_year_and_a_number_of_its_own(self) -> None:
        by = PersonFactory()
        cases = [
            services.open_case(organisation=OrganisationFactory(), level="bronze", by=by, on=TODAY, at=NOW)
            for _ in range(2)
        ]
        assert [case.reference for case in cases] == [f"2026-{case.pk:04d}" for case in cases]

    def test_an_expert_may_be_named_at_once(self) -> None:
        expert, by = ExpertFactory(), PersonFactory()
        case = services.open_case(
            organisation=OrganisationFactory(), level="bronze", by=by, on=TODAY, at=NOW, expert=expert
        )
        assert (case.expert, case.stands) == (expert, State.OPEN)
        assert [(event.verb, event.by) for event in case.events.all()] == [("open", by), ("assign", by)]

    def test_only_the_secretariat_opens_one(self) -> None:
        with pytest.raises(Refused, match="Only the secretariat"):
            services.open_case(
                organisation=OrganisationFactory(), level="bronze", by=ExpertFactory(), on=TODAY, at=NOW
            )

    def test_a_level_that_the_rules_do_not_know_is_refused(self) -> None:
        with pytest.raises(Refused, match="knows no such level"):
            services.open_case(
                organisation=OrganisationFactory(),
                level="silver",
                by=PersonFactory(),
                on=date(2013, 1, 1),
                at=NOW,
            )

    def test_an_organisation_has_one_unfinished_case_at_a_time(self) -> None:
        running = CaseFactory()
        ask: dict[str, Any] = {
            "organisation": running.organisation,
            "level": "bronze",
            "on": TODAY,
            "at": NOW,
        }
        with pytest.raises(Refused, match="not finished"):
            services.open_case(by=PersonFactory(), **ask)
        Case.objects.update(state=State.REFUSED.value)
        assert services.open_case(by=PersonFactory(), **ask).stands is State.OPEN

    def test_an_expert_with_a_conflict_is_refused_and_no_case_is_opened(self) -> None:
        organisation = OrganisationFactory()
        with pytest.raises(Refused, match="belongs to the applicant"):
            services.open_case(
                organisation=organisation, level="bronze", by=PersonFactory(), on=TODAY, at=NOW,
                expert=ExpertFactory(organisation=organisation),
            )  # fmt: skip
        assert not Case.objects.exists()


class TestAssigning:
    def test_a_new_expert_starts_with_interests(self) -> None:
        case, new, by = assessing(), ExpertFactory(), PersonFactory()
        before = case.expert.username
        case = services.assign_expert(case=case, expert=new, by=by, at=NOW)
        assert (case.expert, case.stands) == (new, State.OPEN)
        assert (last_event().before, last_event().after) == ({"expert": before}, {"expert": new.username})

    def test_a_case_without_an_expert_gets_one(self) -> None:
        case = CaseFactory(expert=None)
        services.assign_expert(case=case, expert=ExpertFactory(), by=PersonFactory(), at=NOW)
        assert last_event().before == {"expert": None}

    def test_only_an_expert_is_assigned(self) -> None:
        with pytest.raises(Refused, match="is not an expert"):
            services.assign_expert(case=CaseFactory(), expert=DeciderFactory(), by=PersonFactory(), at=NOW)

    def test_not_after_the_record_is_submitted(self) -> None:
        case = CaseFactory(state="recorded")
        with pytest.raises(Refused, match="before the record is submitted"):
            services.assign_expert(case=case, expert=ExpertFactory(), by=PersonFactory(), at=NOW)


class TestDeclaring:
    def declare(self, case: Case, *kinds: InterestKind | str, **more: Any) -> tuple[str, ...]:
        return services.declare_interests(
            case=case, by=more.pop("by", case.expert), kinds=kinds, at=NOW, **more
        )

    def test_none_is_kept_and_opens_the_file(self) -> None:
        case = CaseFactory()
        assert self.declare(case, "none", statement="I have none.") == ()
        case.refresh_from_db()
        assert case.stands is State.ASSESSING
        kept = Interest.objects.get()
        assert (kept.kind, kept.statement, kept.declared_at, kept.expert) == (
            "none",
            "I have none.",
            NOW,
            case.expert,
        )
        assert (last_event().after, last_event().reason) == ({"kinds": ["none"]}, "I have none.")

    def test_a_conflict_is_kept_and_the_file_stays_closed(self) -> None:
        case = CaseFactory()
        assert self.declare(case, InterestKind.ADVISES) == (
            "advises the applicant or one of its direct partners",
        )
        case.refresh_from_db()
        assert (case.stands, Interest.objects.count()) == (State.OPEN, 1)

    def test_a_conflict_that_arises_later_stops_the_work(self) -> None:
        case = assessing()
        assert self.declare(case, "funds") != ()
        with pytest.raises(Refused, match="funds the applicant"):
            services.save_answers(case=case, by=case.expert, answers={"A1.founded": answered(2016)}, at=NOW)

    def test_a_second_declaration_without_conflict_changes_no_state(self) -> None:
        case = assessing()
        self.declare(case, "none", "none")
        case.refresh_from_db()
        assert (case.stands, Interest.objects.count()) == (State.ASSESSING, 2)

    @pytest.mark.parametrize("kinds", [(), ("none", "funds")])
    def test_a_declaration_that_says_nothing_or_both_is_refused(self, kinds: tuple[str, ...]) -> None:
        with pytest.raises(Refused, match="None"):
            self.declare(CaseFactory(), *kinds)
        assert not Interest.objects.exists()

    def test_only_the_cases_expert_declares(self) -> None:
        with pytest.raises(Refused, match="Only the expert"):
            self.declare(CaseFactory(), "none", by=ExpertFactory())


class TestWorkingOnTheRecord:
    def save(self, case: Case, by: Any = None) -> services.Saved:
        return services.save_answers(
            case=case, by=by or case.expert, answers={"A1.founded": answered(2016)}, at=NOW
        )

    def test_nobody_but_the_expert_does(self) -> None:
        with pytest.raises(Refused, match="Only the expert"):
            self.save(assessing(), by=PersonFactory())

    def test_not_before_interests_are_declared(self) -> None:
        with pytest.raises(Refused, match="Declare your interests first"):
            self.save(CaseFactory())

    def test_not_after_it_is_submitted(self) -> None:
        case = CaseFactory(state="recorded")
        InterestFactory(case=case)
        with pytest.raises(Refused, match="The record is submitted"):
            self.save(case)


class TestSubmitting:
    def ready(self) -> Case:
        case = assessing(interviewed_on=INTERVIEW)
        Case.objects.update(interviewed_on=INTERVIEW)
        SavedAnswerFactory(case=case)
        return case

    def submit(self, case: Case, **more: Any) -> Case:
        return services.submit(**{"case": case, "by": case.expert, "recommended": True, "at": NOW, **more})

    def test_the_record_goes_in_with_its_recommendation(self) -> None:
        case = self.submit(self.ready(), recommended=False, text="No office of its own.")
        case.refresh_from_db()
        assert (case.stands, case.eligible_recommended, case.recommendation_text, case.submitted_at) == (
            State.RECORDED, False, "No office of its own.", NOW,
        )  # fmt: skip
        assert last_event().reason == "No office of its own."

    def test_to_advise_against_needs_a_reason(self) -> None:
        with pytest.raises(Refused, match="Say why"):
            self.submit(self.ready(), recommended=False, text=" ")

    def test_the_day_of_the_interview_is_needed(self) -> None:
        case = assessing()
        SavedAnswerFactory(case=case)
        with pytest.raises(Refused, match="which day"):
            self.submit(case)

    def test_an_empty_record_is_not_submitted(self) -> None:
        case = self.ready()
        case.answers.all().delete()
        with pytest.raises(Refused, match="Nothing has been answered"):
            self.submit(case)

    def test_answers_that_contradict_each_other_are_not_submitted(self) -> None:
        case = self.ready()
        SavedAnswerFactory(case=case, measure="A6.listed", declared=40)
        SavedAnswerFactory(case=case, measure="A6.total", declared=50)
        with pytest.raises(Refused, match="contradict each other: A6"):
            self.submit(case)
        case.refresh_from_db()
        assert case.stands is State.ASSESSING

    def test_a_hint_does_not_stop_it(self) -> None:
        case = self.ready()
        SavedAnswerFactory(case=case, measure="B3.training_days", declared=40)
        assert self.submit(case).stands is State.RECORDED


class TestSendingBack:
    def test_the_expert_goes_on_with_what_is_to_be_mended(self) -> None:
        case = CaseFactory(state="reported")
        case = services.send_back(case=case, by=PersonFactory(), reason="A7 has no evidence.", at=NOW)
        assert (case.stands, last_event().reason) == (State.ASSESSING, "A7 has no evidence.")

    def test_it_says_what_is_to_be_mended(self) -> None:
        with pytest.raises(Refused, match="what is to be mended"):
            services.send_back(case=CaseFactory(state="recorded"), by=PersonFactory(), reason=" ", at=NOW)

    def test_not_once_it_is_in_decision(self) -> None:
        with pytest.raises(Refused, match="before the decision"):
            services.send_back(case=CaseFactory(state="in_decision"), by=PersonFactory(), reason="x", at=NOW)


class TestAskingForTheReport:
    def test_the_run_waits_and_the_asker_is_the_reviewer(self) -> None:
        case, by = CaseFactory(state="recorded"), PersonFactory()
        run = services.request_report(case=case, by=by, at=NOW)
        case.refresh_from_db()
        assert (run.state, run.requested_by, case.stands, case.reviewer) == (
            ReportRun.State.WAITING, by, State.REPORTING, by,
        )  # fmt: skip
        assert last_event().after == {"run": run.pk, "language": "en"}

    def test_the_report_speaks_the_language_asked_for(self) -> None:
        run = services.request_report(
            case=CaseFactory(state="recorded"), by=PersonFactory(), at=NOW, language="lt"
        )
        assert run.language == "lt"
        assert last_event().after == {"run": run.pk, "language": "lt"}

    def test_a_language_without_reports_is_refused_and_the_others_are_named(self) -> None:
        case = CaseFactory(state="recorded")
        with pytest.raises(Refused, match=r"no report in “xx”. Choose one of: en, de, lt, pl\."):
            services.request_report(case=case, by=PersonFactory(), at=NOW, language="xx")
        assert not case.runs.exists()

    def test_the_first_reviewer_stays_the_reviewer(self) -> None:
        first = PersonFactory()
        case = CaseFactory(state="reported", reviewer=first)
        services.request_report(case=case, by=PersonFactory(), at=NOW)
        case.refresh_from_db()
        assert case.reviewer == first

    def test_not_while_one_is_being_made(self) -> None:
        now = timezone.now()
        run = ReportRunFactory(requested_at=now)
        with pytest.raises(Refused, match="no other is being made"):
            services.request_report(case=run.case, by=PersonFactory(), at=now + timedelta(minutes=1))
        assert ReportRun.objects.count() == 1

    def test_one_that_fell_silent_is_given_up_for_a_new_one(self) -> None:
        old = ReportRunFactory(state="running", requested_at=NOW, heard_at=NOW)
        new = services.request_report(case=old.case, by=PersonFactory(), at=NOW + timedelta(hours=1))
        old.refresh_from_db()
        assert (old.state, old.message, new.state) == (
            "failed", "The making of the report was interrupted.", "waiting",
        )  # fmt: skip
        assert [event.verb for event in old.case.events.all()] == ["fail_report", "request_report"]

    def test_nobody_else_asks(self) -> None:
        with pytest.raises(Refused, match="by the secretariat"):
            services.request_report(case=CaseFactory(state="recorded"), by=DeciderFactory(), at=NOW)


class TestDeciding:
    @pytest.fixture
    def case(self) -> Case:
        return CaseFactory(state="in_decision", reviewer=PersonFactory(), organisation__key="lt-amber")

    def award(self, case: Case, **more: Any) -> Case:
        return services.award(
            **{"case": case, "by": DeciderFactory(), "reason": "All met.", "at": NOW, **more}
        )

    def test_an_award_changes_case_ledger_and_register_together(self, case: Case) -> None:
        by = DeciderFactory()
        self.award(case, by=by)
        case.refresh_from_db()
        assert (case.stands, case.decided_by, case.decided_at, case.decision_reason) == (
            State.AWARDED, by, NOW, "All met.",
        )  # fmt: skip
        (entry,) = history("lt-amber")
        assert (case.ledger_entry, entry.act.case, entry.act.valid_until) == (
            entry.number, case.reference, date(2028, 10, 31),
        )  # fmt: skip
        assert set(RegisterSpan.objects.values_list("organisation", "level")) == {("lt-amber", "bronze")}
        assert (last_event().verb, last_event().reason, last_event().after) == (
            "award", "All met.", {"ledger_entry": 1},
        )  # fmt: skip

    def test_the_reason_and_the_person_stay_out_of_the_public_ledger(self, case: Case) -> None:
        self.award(case, reason="A narrow decision.")
        document = LedgerEntry.objects.get().document
        assert [
            word
            for word in ("narrow", case.decided_by and case.decided_by.username)
            if word and word in document
        ] == []

    def test_the_ledger_tells_how_the_interview_was_held(self, case: Case) -> None:
        Case.objects.update(meeting="video")
        self.award(case)
        assert json.loads(LedgerEntry.objects.get().document)["meeting"] == "video"

    def test_a_refusal_enters_nothing(self, case: Case) -> None:
        services.refuse(case=case, by=DeciderFactory(), reason="No office.", at=NOW)
        case.refresh_from_db()
        assert (case.stands, case.decision_reason, case.ledger_entry) == (State.REFUSED, "No office.", None)
        assert not LedgerEntry.objects.exists()

    @pytest.mark.parametrize("verb", [services.award, services.refuse])
    def test_a_decision_has_a_reason(self, case: Case, verb: Callable[..., Case]) -> None:
        with pytest.raises(Refused, match="Give the reason"):
            verb(case=case, by=DeciderFactory(), reason="  ", at=NOW)

    @pytest.mark.parametrize("verb", [services.award, services.refuse])
    def test_nobody_but_a_decider_decides(self, case: Case, verb: Callable[..., Case]) -> None:
        for role in set(Role) - {Role.DECIDER}:
            with pytest.raises(Refused, match="Only a decider"):
                verb(case=case, by=PersonFactory(role=role), reason="x", at=NOW)

    @pytest.mark.parametrize("part", ["expert", "reviewer"])
    def test_who_assessed_or_reviewed_it_does_not_decide(self, case: Case, part: str) -> None:
        person = DeciderFactory()
        Case.objects.update(**{part: person})
        with pytest.raises(Refused, match="assessed or reviewed"):
            self.award(case, by=person)

    def test_who_is_tied_to_the_organisation_does_not_decide(self, case: Case) -> None:
        with pytest.raises(Refused, match="tied to this organisation"):
            self.award(case, by=DeciderFactory(organisation=case.organisation))

    def test_not_before_it_is_in_decision(self) -> None:
        with pytest.raises(Refused, match="not in decision"):
            self.award(CaseFactory(state="reported"))

    def test_not_twice(self, case: Case) -> None:
        self.award(case)
        with pytest.raises(Refused, match="not in decision"):
            services.refuse(case=case, by=DeciderFactory(), reason="x", at=NOW)

    def test_without_the_day_of_the_interview_there_is_no_period(self, case: Case) -> None:
        Case.objects.update(interviewed_on=None)
        with pytest.raises(Refused, match="day of the interview"):
            self.award(case)

    def test_an_award_that_the_ledger_does_not_take_leaves_the_case_undecided(self, case: Case) -> None:
        from factories.apps import entry

        entry(organisation="lv-other", recorded=NOW + timedelta(days=1))
        with pytest.raises(Refused, match="before the last entry"):
            self.award(case)
        case.refresh_from_db()
        assert (case.stands, LedgerEntry.objects.count()) == (State.IN_DECISION, 1)


class TestSendingToDecision:
    def test_who_sends_it_has_reviewed_it(self) -> None:
        case, by = CaseFactory(state="reported", reviewer=PersonFactory()), PersonFactory()
        case = services.send_to_decision(case=case, by=by, at=NOW)
        assert (case.stands, case.reviewer, last_event().verb) == (State.IN_DECISION, by, "send_to_decision")

    def test_not_without_a_report(self) -> None:
        with pytest.raises(Refused, match="with its report made"):
            services.send_to_decision(case=CaseFactory(state="recorded"), by=PersonFactory(), at=NOW)


class TestObservers:
    def test_one_is_invited_to_one_case(self) -> None:
        case, observer = CaseFactory(), PersonFactory(role=Role.OBSERVER)
        services.invite_observer(case=case, observer=observer, by=PersonFactory(), at=NOW)
        assert list(case.observers.all()) == [observer]
        assert last_event().after == {"observer": observer.username}

    def test_only_the_secretariat_invites_and_only_observers(self) -> None:
        with pytest.raises(Refused, match="Only the secretariat"):
            services.invite_observer(
                case=CaseFactory(), observer=PersonFactory(role=Role.OBSERVER), by=ExpertFactory(), at=NOW
            )
        with pytest.raises(Refused, match="is not an observer"):
            services.invite_observer(case=CaseFactory(), observer=ExpertFactory(), by=PersonFactory(), at=NOW)


def test_a_step_that_the_state_does_not_allow_is_refused_in_plain_words() -> None:
    with pytest.raises(
        Refused, match="“Submit the record and recommend” is not possible while the case is open"
    ):
        services._step(CaseFactory(), "submit")
