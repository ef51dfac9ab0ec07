from datetime import timedelta

import pytest

from factories.apps import INTERVIEW, NOW, TODAY, answered, assessing
from touchstone.apps.cases import services
from touchstone.apps.cases.models import Case, Event, SavedAnswer
from touchstone.apps.cases.queries import answers_of
from touchstone.core.assessment.model import Answer, AnswerState

pytestmark = pytest.mark.django_db
GOOD = {"A1.founded": answered(2016), "B1.minutes": answered(True)}


@pytest.fixture
def case() -> Case:
    return assessing()


def save(case: Case, answers: dict[str, Answer], **more: object) -> services.Saved:
    return services.save_answers(case=case, by=case.expert, answers=answers, **{"at": NOW, **more})  # type: ignore[arg-type]


def test_what_is_said_to_be_saved_is_saved(case: Case) -> None:
    saved = save(case, GOOD)
    assert (saved.saved_at, saved.faults, saved.revisions, saved.overwrote) == (
        NOW, {}, {"A1.founded": 1, "B1.minutes": 1}, (),
    )  # fmt: skip
    assert answers_of(case) == GOOD


def test_a_bad_answer_is_told_and_the_good_ones_of_the_same_call_are_saved(case: Case) -> None:
    saved = save(case, {**GOOD, "A6.total": answered(-3), "A6.totall": answered(3)})
    assert (sorted(saved.faults), sorted(saved.revisions)) == (
        ["A6.total", "A6.totall"], ["A1.founded", "B1.minutes"],
    )  # fmt: skip
    assert answers_of(case) == GOOD


def test_a_bad_answer_leaves_the_saved_one_alone(case: Case) -> None:
    save(case, GOOD)
    assert list(save(case, {"A1.founded": answered(3000)}).faults) == ["A1.founded"]
    assert answers_of(case) == GOOD


def test_each_saving_is_one_event_with_before_and_after(case: Case) -> None:
    save(case, {"A1.founded": answered(2016)})
    save(case, {"A1.founded": answered(2017, note="by statutes")}, at=NOW + timedelta(seconds=3))
    first, second = Event.objects.filter(case=case, verb="save_answers")
    old = {"state": "answered", "declared": 2016, "verified": None, "reason": "", "note": "", "evidence": []}
    assert (first.before, first.after) == ({"A1.founded": None}, {"A1.founded": {**old, "revision": 1}})
    assert (second.before, second.after) == (
        {"A1.founded": {**old, "revision": 1}},
        {"A1.founded": {**old, "declared": 2017, "note": "by statutes", "revision": 2}},
    )


def test_saving_the_same_again_changes_nothing_and_makes_no_event(case: Case) -> None:
    save(case, GOOD)
    again = save(case, GOOD, at=NOW + timedelta(minutes=1))
    assert again.revisions == {"A1.founded": 1, "B1.minutes": 1}
    assert (
        Event.objects.filter(verb="save_answers").count(),
        SavedAnswer.objects.get(measure="A1.founded").saved_at,
    ) == (1, NOW)


def test_an_answer_can_be_taken_back(case: Case) -> None:
    save(case, GOOD)
    assert save(case, {"A1.founded": Answer()}).revisions == {"A1.founded": 2}
    assert answers_of(case)["A1.founded"] == Answer()


def test_a_field_that_was_never_filled_leaves_no_row(case: Case) -> None:
    saved = save(case, {"A1.founded": Answer()})
    assert (saved.revisions, saved.faults, SavedAnswer.objects.count()) == ({}, {}, 0)


def test_all_four_states_are_kept(case: Case) -> None:
    said = {
        "A1.founded": answered(2016),
        "A6.total": Answer(state=AnswerState.UNKNOWN, reason="the list is lost"),
        "S6.response_share": Answer(state=AnswerState.NOT_APPLICABLE, reason="no survey yet"),
        "C3.budget": Answer(note="ask the treasurer"),
    }
    save(case, said)
    assert answers_of(case) == said


def test_a_verified_value_stands_beside_the_declared_one(case: Case) -> None:
    save(case, {"A6.total": answered(52)})
    save(case, {"A6.total": answered(52, verified=49, evidence=("list",))})
    assert answers_of(case)["A6.total"] == answered(52, verified=49, evidence=("list",))


class TestTwoWindowsAtOnce:
    def test_what_was_saved_in_between_is_told_and_the_newer_wins_and_both_are_kept(self, case: Case) -> None:
        save(case, {"A1.founded": answered(2016)})
        save(case, {"A1.founded": answered(2017)}, revisions={"A1.founded": 1})
        late = save(case, {"A1.founded": answered(2018)}, revisions={"A1.founded": 1})
        assert (late.overwrote, late.revisions) == (("A1.founded",), {"A1.founded": 3})
        assert answers_of(case)["A1.founded"].declared == 2018
        values = [
            event.after["A1.founded"]["declared"] for event in Event.objects.filter(verb="save_answers")
        ]
        assert values == [2016, 2017, 2018]

    def test_other_answers_of_the_other_window_stay(self, case: Case) -> None:
        save(case, {"A1.founded": answered(2016)}, revisions={"A1.founded": 0})
        save(case, {"B1.minutes": answered(True)}, revisions={"B1.minutes": 0})
        assert answers_of(case) == GOOD

    def test_a_first_answer_given_twice_is_told_too(self, case: Case) -> None:
        save(case, {"A1.founded": answered(2016)}, revisions={"A1.founded": 0})
        late = save(case, {"A1.founded": answered(2018)}, revisions={"A1.founded": 0})
        assert late.overwrote == ("A1.founded",)

    def test_the_same_answer_overwrites_nothing(self, case: Case) -> None:
        save(case, {"A1.founded": answered(2016)})
        assert save(case, {"A1.founded": answered(2016)}, revisions={"A1.founded": 0}).overwrote == ()

    def test_one_up_to_date_overwrites_nothing(self, case: Case) -> None:
        save(case, {"A1.founded": answered(2016)})
        assert save(case, {"A1.founded": answered(2017)}, revisions={"A1.founded": 1}).overwrote == ()


class TestTheDayOfTheInterview:
    def test_is_saved_beside_the_answers(self, case: Case) -> None:
        assert save(case, {}, interviewed_on=INTERVIEW).faults == {}
        case.refresh_from_db()
        assert case.interviewed_on == INTERVIEW
        event = Event.objects.get(verb="save_answers")
        assert (event.before, event.after) == ({"interviewed_on": None}, {"interviewed_on": "2026-10-12"})

    def test_can_be_mended_and_saved_again_without_an_event(self, case: Case) -> None:
        for on in (INTERVIEW, TODAY, TODAY):
            save(case, {}, interviewed_on=on)
        events = Event.objects.filter(verb="save_answers")
        assert [event.before["interviewed_on"] for event in events] == [None, "2026-10-12"]

    def test_is_not_in_the_future(self, case: Case) -> None:
        saved = save(case, GOOD, interviewed_on=TODAY + timedelta(days=1))
        assert (list(saved.faults), sorted(saved.revisions)) == (
            ["interviewed_on"],
            ["A1.founded", "B1.minutes"],
        )
        case.refresh_from_db()
        assert case.interviewed_on is None


class TestHowTheInterviewWasHeld:
    def test_is_saved_with_its_day(self, case: Case) -> None:
        assert save(case, {}, interviewed_on=INTERVIEW, meeting="video").faults == {}
        event = Event.objects.get(verb="save_answers")
        assert event.before == {"interviewed_on": None, "meeting": ""}
        assert event.after == {"interviewed_on": "2026-10-12", "meeting": "video"}

    def test_stays_where_nothing_is_said_of_it(self, case: Case) -> None:
        save(case, {}, interviewed_on=INTERVIEW, meeting="video")
        save(case, {}, interviewed_on=TODAY)
        case.refresh_from_db()
        assert (case.interviewed_on, case.meeting) == (TODAY, "video")

    @pytest.mark.parametrize(("rule_set", "meeting"), [("2022", "by post"), ("2012", "video")])
    def test_is_one_of_the_ways_that_the_rules_name(self, case: Case, rule_set: str, meeting: str) -> None:
        Case.objects.update(rule_set=rule_set)
        saved = save(case, GOOD, interviewed_on=INTERVIEW, meeting=meeting)
        assert (list(saved.faults), sorted(saved.revisions)) == (["meeting"], ["A1.founded", "B1.minutes"])
        case.refresh_from_db()
        assert (case.interviewed_on, case.meeting) == (None, "")

    @pytest.mark.parametrize(("rule_set", "ways"), [("2022", ["on_site", "video"]), ("2012", ["on_site"])])
    def test_can_be_what_the_rules_of_the_case_say(self, case: Case, rule_set: str, ways: list[str]) -> None:
        case.rule_set = rule_set
        assert list(services.meetings(case)) == ways
