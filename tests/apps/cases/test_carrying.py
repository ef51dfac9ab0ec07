"""What the last case of an organisation said, in its next one: on the rows, in the events, in what counts."""

from datetime import date, timedelta

import pytest

from factories.apps import (
    INTERVIEW,
    NOW,
    TODAY,
    CaseFactory,
    ExpertFactory,
    InterestFactory,
    OrganisationFactory,
    PersonFactory,
    SavedAnswerFactory,
    answered,
    assessing,
)
from touchstone.apps.cases import carrying, services
from touchstone.apps.cases.models import Case, Event, SavedAnswer
from touchstone.apps.cases.queries import answers_of, last_values_of, values_of
from touchstone.apps.cases.services import Refused
from touchstone.apps.organisations.models import Organisation
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.cases.states import State

pytestmark = pytest.mark.django_db
LAST = date(2024, 10, 12)
SAID = {"A1.founded": 2012, "A2.legal_form": "association", "B1.minutes": True, "B2.fte": 2.5, "A6.total": 47}
LASTING = {"A1.founded", "A2.legal_form", "B1.minutes"}


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def previous(organisation: Organisation) -> Case:
    """A decided case of two years ago."""
    return finished(organisation)


def finished(organisation: Organisation, on: date = LAST, **said: object) -> Case:
    case = CaseFactory(
        reference=f"{on}-{Case.objects.count()}", organisation=organisation, state=State.AWARDED.value,
        interviewed_on=on,
    )  # fmt: skip
    for measure, value in (said or SAID).items():
        SavedAnswerFactory(case=case, measure=measure, declared=value)
    return case


def opened(organisation: Organisation, **more: object) -> Case:
    given = {"by": PersonFactory(), "on": TODAY, "at": NOW, "level": "bronze", **more}
    return services.open_case(organisation=organisation, **given)  # type: ignore[arg-type]


def being_assessed(organisation: Organisation) -> Case:
    """A new case whose expert has declared that there is no interest."""
    expert = ExpertFactory()
    case = opened(organisation, expert=expert)
    InterestFactory(case=case, expert=expert)
    Case.objects.filter(pk=case.pk).update(state=State.ASSESSING.value)
    case.refresh_from_db()
    return case


def rows(case: Case) -> dict[str, SavedAnswer]:
    return {row.measure: row for row in case.answers.all()}


class TestOpening:
    def test_what_lasts_is_carried_with_its_day_and_waits_to_be_confirmed(
        self, organisation: Organisation, previous: Case
    ) -> None:
        case = opened(organisation)
        assert case.previous == previous
        found = rows(case)
        assert set(found) == LASTING
        assert {(row.carried_from, row.confirmed, row.revision) for row in found.values()} == {
            (LAST, False, 1)
        }
        assert {measure: row.declared for measure, row in found.items()} == {
            measure: SAID[measure] for measure in LASTING
        }

    def test_nothing_of_it_counts_yet(self, organisation: Organisation, previous: Case) -> None:
        assert previous.answers.count() == len(SAID)
        case = opened(organisation)
        assert values_of(case, today=TODAY) == {}
        assert case.answers.counting().count() == 0
        assert case.answers.to_confirm().count() == len(LASTING)

    def test_the_event_says_from_which_case(self, organisation: Organisation, previous: Case) -> None:
        by = PersonFactory()
        case = opened(organisation, by=by)
        event = case.events.get(verb="carry")
        assert (event.by, event.after["from"]) == (by, previous.reference)
        assert set(event.after["measures"]) == LASTING

    def test_the_verified_value_is_carried_as_a_declared_one(
        self, organisation: Organisation, previous: Case
    ) -> None:
        previous.answers.filter(measure="A1.founded").update(verified=2013)
        row = rows(opened(organisation))["A1.founded"]
        assert (row.declared, row.verified) == (2013, None)

    def test_what_was_never_confirmed_keeps_the_day_when_it_was_true(
        self, organisation: Organisation, previous: Case
    ) -> None:
        SavedAnswer.objects.filter(case=previous, measure="A1.founded").update(carried_from=date(2022, 9, 1))
        days = {measure: row.carried_from for measure, row in rows(opened(organisation)).items()}
        assert days == {**dict.fromkeys(LASTING, LAST), "A1.founded": date(2022, 9, 1)}

    def test_the_first_case_of_an_organisation_has_nothing_to_carry(self, organisation: Organisation) -> None:
        case = opened(organisation)
        assert (case.previous, case.answers.count()) == (None, 0)
        assert [event.verb for event in case.events.all()] == ["open"]

    def test_the_case_of_another_organisation_is_not_carried(self, previous: Case) -> None:
        other = opened(OrganisationFactory())
        assert (other.previous, other.answers.count()) == (None, 0)
        assert previous.answers.count() == len(SAID)

    def test_a_case_without_lasting_answers_carries_nothing_and_leaves_no_event(
        self, organisation: Organisation
    ) -> None:
        previous = finished(organisation, **{"B2.fte": 2.5})
        case = opened(organisation)
        assert (case.previous, case.answers.count()) == (previous, 0)
        assert not case.events.filter(verb="carry").exists()

    def test_the_one_with_the_latest_interview_is_carried(self, organisation: Organisation) -> None:
        latest = finished(organisation, LAST, **{"A1.founded": 2012})
        finished(organisation, LAST - timedelta(days=700), **{"A1.founded": 2011})
        assert carrying.last_case(organisation) == latest

    @pytest.mark.parametrize("state", [state for state in State if not state.final])
    def test_a_case_that_is_not_decided_is_not_carried(
        self, organisation: Organisation, state: State
    ) -> None:
        CaseFactory(organisation=organisation, state=state.value, interviewed_on=LAST)
        assert carrying.last_case(organisation) is None

    def test_a_refused_case_is_carried_too(self, organisation: Organisation) -> None:
        refused = CaseFactory(organisation=organisation, state=State.REFUSED.value, interviewed_on=LAST)
        assert carrying.last_case(organisation) == refused

    def test_a_decided_case_without_an_interview_is_not_carried(self, organisation: Organisation) -> None:
        case = CaseFactory(organisation=organisation, state=State.REFUSED.value)
        Case.objects.filter(pk=case.pk).update(interviewed_on=None)
        assert carrying.last_case(organisation) is None

    def test_a_case_that_is_entered_late_is_carried_into_all_the_same(
        self, organisation: Organisation, previous: Case
    ) -> None:
        case = opened(organisation, on=LAST - timedelta(days=30))
        assert case.previous == previous
        assert set(rows(case)) == LASTING


class TestConfirming:
    def test_a_confirmed_answer_counts_and_still_says_where_it_comes_from(
        self, organisation: Organisation, previous: Case
    ) -> None:
        case = being_assessed(organisation)
        assert case.expert is not None
        assert services.confirm_carried(case=case, measures=["A1.founded"], by=case.expert, at=NOW) == (
            "A1.founded",
        )
        row = rows(case)["A1.founded"]
        assert (row.carried_from, row.confirmed, row.revision, row.saved_by) == (LAST, True, 2, case.expert)
        assert previous.interviewed_on == LAST
        assert values_of(case, today=INTERVIEW) == {"A1.founded": 2012, "A1.age": 14}

    def test_several_are_confirmed_at_once_with_one_event(
        self, organisation: Organisation, previous: Case
    ) -> None:
        case = being_assessed(organisation)
        assert case.expert is not None
        services.confirm_carried(case=case, measures=LASTING, by=case.expert, at=NOW)
        assert not case.answers.to_confirm().exists()
        event = case.events.get(verb="confirm_carried")
        assert set(event.before) == set(event.after) == LASTING
        marks = ("carried_from", "confirmed", "revision")
        before, after = event.before["A1.founded"], event.after["A1.founded"]
        assert [before[mark] for mark in marks] == [str(previous.interviewed_on), False, 1]
        assert [after[mark] for mark in marks] == [str(previous.interviewed_on), True, 2]

    @pytest.mark.usefixtures("previous")
    def test_what_is_confirmed_already_is_not_confirmed_again(self, organisation: Organisation) -> None:
        case = being_assessed(organisation)
        assert case.expert is not None
        services.confirm_carried(case=case, measures=["A1.founded"], by=case.expert, at=NOW)
        with pytest.raises(Refused, match="No answer from the last interview waits"):
            services.confirm_carried(case=case, measures=["A1.founded"], by=case.expert, at=NOW)
        assert Event.objects.filter(verb="confirm_carried").count() == 1

    @pytest.mark.parametrize("measures", [[], ["B2.fte"], ["Z9.never"]])
    @pytest.mark.usefixtures("previous")
    def test_what_was_not_carried_cannot_be_confirmed(
        self, organisation: Organisation, measures: list[str]
    ) -> None:
        case = being_assessed(organisation)
        assert case.expert is not None
        with pytest.raises(Refused, match="No answer from the last interview waits"):
            services.confirm_carried(case=case, measures=measures, by=case.expert, at=NOW)

    @pytest.mark.usefixtures("previous")
    def test_only_the_expert_of_the_case_confirms(self, organisation: Organisation) -> None:
        case = being_assessed(organisation)
        for other in (ExpertFactory(), PersonFactory()):
            with pytest.raises(Refused, match="Only the expert of a case"):
                services.confirm_carried(case=case, measures=LASTING, by=other, at=NOW)
        assert case.answers.to_confirm().count() == len(LASTING)

    @pytest.mark.usefixtures("previous")
    def test_nothing_is_confirmed_once_the_record_is_submitted(self, organisation: Organisation) -> None:
        case = being_assessed(organisation)
        Case.objects.filter(pk=case.pk).update(state=State.RECORDED.value)
        assert case.expert is not None
        with pytest.raises(Refused, match="The record is submitted"):
            services.confirm_carried(case=case, measures=LASTING, by=case.expert, at=NOW)

    @pytest.mark.usefixtures("previous")
    def test_the_permission_is_that_of_saving(self, organisation: Organisation) -> None:
        case = being_assessed(organisation)
        assert case.expert is not None
        assert case.expert.has_perm("cases.confirm_carried", case)
        assert not PersonFactory().has_perm("cases.confirm_carried", case)

    @pytest.mark.usefixtures("previous")
    def test_whoever_confirmed_has_taken_part_and_cannot_decide(self, organisation: Organisation) -> None:
        from touchstone.apps.cases.rules import took_part

        case = being_assessed(organisation)
        expert = case.expert
        assert expert is not None
        services.confirm_carried(case=case, measures=["A1.founded"], by=expert, at=NOW)
        Case.objects.filter(pk=case.pk).update(expert=ExpertFactory())
        case.refresh_from_db()
        assert took_part(expert, case)


class TestAnsweringAnew:
    def save(self, case: Case, **answers: Answer) -> services.Saved:
        assert case.expert is not None
        by_measure = {id.replace("_", ".", 1): answer for id, answer in answers.items()}
        return services.save_answers(case=case, by=case.expert, answers=by_measure, at=NOW)

    @pytest.fixture
    def case(self, organisation: Organisation, previous: Case) -> Case:
        assert previous.interviewed_on == LAST
        return being_assessed(organisation)

    def test_another_value_is_an_answer_of_this_interview(self, case: Case) -> None:
        self.save(case, A1_founded=answered(2013))
        assert answers_of(case)["A1.founded"] == answered(2013)

    def test_a_reason_why_there_is_none_is_one_too(self, case: Case) -> None:
        unknown = Answer(state=AnswerState.UNKNOWN, reason="The statutes are lost.")
        self.save(case, A1_founded=unknown)
        assert answers_of(case)["A1.founded"] == unknown

    def test_emptying_the_field_takes_the_proposal_away(self, case: Case) -> None:
        self.save(case, A1_founded=Answer())
        assert answers_of(case)["A1.founded"] == Answer()

    def test_a_page_that_sends_it_back_as_it_was_confirms_nothing(self, case: Case) -> None:
        self.save(case, A1_founded=answered(2012))
        row = rows(case)["A1.founded"]
        assert (row.carried_from, row.confirmed, row.revision) == (LAST, False, 1)
        assert not case.events.filter(verb="save_answers").exists()

    def test_a_note_beside_it_confirms_nothing_and_is_kept(self, case: Case) -> None:
        self.save(case, A1_founded=answered(2012, note="ask again", evidence=("statutes",)))
        row = rows(case)["A1.founded"]
        assert (row.note, row.evidence, row.carried_from, row.confirmed) == (
            "ask again", ["statutes"], LAST, False,
        )  # fmt: skip

    def test_a_value_that_was_verified_counts_at_once(self, case: Case) -> None:
        self.save(case, A1_founded=answered(2012, verified=2012))
        assert values_of(case, today=INTERVIEW)["A1.founded"] == 2012

    def test_changing_a_confirmed_answer_makes_it_one_of_this_interview(self, case: Case) -> None:
        assert case.expert is not None
        services.confirm_carried(case=case, measures=["A1.founded"], by=case.expert, at=NOW)
        self.save(case, A1_founded=answered(2013))
        assert answers_of(case)["A1.founded"] == answered(2013)

    def test_the_event_keeps_what_it_was_carried_from(self, case: Case) -> None:
        self.save(case, A1_founded=answered(2013))
        event = case.events.get(verb="save_answers")
        assert event.before["A1.founded"]["carried_from"] == "2024-10-12"
        assert "carried_from" not in event.after["A1.founded"]

    def test_a_proposal_cannot_be_handed_in_as_an_answer(self, case: Case) -> None:
        saved = self.save(case, B1_minutes=answered(False, carried_from=LAST))
        assert str(saved.faults["B1.minutes"]) == (
            "B1.minutes: comes from an earlier interview and is not confirmed. Confirm it or answer anew."
        )
        assert rows(case)["B1.minutes"].declared is True


def test_a_record_of_proposals_alone_cannot_be_submitted(organisation: Organisation, previous: Case) -> None:
    case = being_assessed(organisation)
    assert previous.answers.count() == len(SAID)
    Case.objects.filter(pk=case.pk).update(interviewed_on=INTERVIEW)
    assert case.expert is not None
    with pytest.raises(Refused, match="Nothing has been answered yet"):
        services.submit(case=case, by=case.expert, recommended=True, at=NOW)
    services.confirm_carried(case=case, measures=["A1.founded"], by=case.expert, at=NOW)
    assert services.submit(case=case, by=case.expert, recommended=True, at=NOW).stands is State.RECORDED


class TestLastTime:
    def test_what_is_asked_anew_shows_what_was_said_last_time(
        self, organisation: Organisation, previous: Case
    ) -> None:
        assert previous.answers.count() == len(SAID)
        last = last_values_of(opened(organisation), today=TODAY)
        assert last == {"A1.age": 12, "B2.fte": 2.5, "A6.total": 47, "B2.participants_per_fte": 18.8}

    def test_without_a_case_before_there_is_no_last_time(self) -> None:
        assert last_values_of(assessing(), today=TODAY) == {}
