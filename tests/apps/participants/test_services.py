from datetime import timedelta

import pytest

from factories.apps import NOW, TODAY, PersonFactory, SavedAnswerFactory, answered
from factories.participant_lists import DOUBTFUL, OFFICE, handed_in, interviewed, member
from factories.workbooks import OLE, workbook
from touchstone.apps.accounts.models import Role
from touchstone.apps.cases import services as cases
from touchstone.apps.cases.models import Case, Event
from touchstone.apps.cases.queries import answers_of
from touchstone.apps.participants import services
from touchstone.apps.participants.models import Choice, HandedInList
from touchstone.apps.participants.review import review
from touchstone.apps.participants.services import Refused, Said
from touchstone.core.cases.states import State
from touchstone.core.faults import Unusable

pytestmark = pytest.mark.django_db
SAME = Said(verdict=Choice.Verdict.SAME)
ODER = Said(verdict=Choice.Verdict.PLACED, place="Frankfurt (Oder)", latitude=52.3, longitude=14.5)


@pytest.fixture
def case() -> Case:
    return interviewed()


def choose(handed: HandedInList, said: dict[str, Said | None], **more: object) -> tuple[str, ...]:
    return services.choose(**{"handed_in": handed, "by": handed.case.expert, "said": said, "at": NOW, **more})  # type: ignore[arg-type]  # as each test needs


def take(handed: HandedInList, **more: object) -> tuple[str, ...]:
    return services.take_over(**{"handed_in": handed, "by": handed.case.expert, "at": NOW, **more})  # type: ignore[arg-type]  # see above


class TestUpload:
    def test_the_rows_are_kept_as_they_were_handed_in(self, case: Case) -> None:
        made = handed_in(case=case, name="C-lists.csv")
        kept = HandedInList.objects.get()
        assert (kept, kept.number, kept.name, kept.row_count, kept.uploaded_by) == (
            made, 1, "C-lists.csv", 6, case.expert,
        )  # fmt: skip
        assert [row.name for row in kept.participants()][:2] == ["Office", "Main Firm"]

    def test_it_leaves_an_event_without_names(self, case: Case) -> None:
        made = handed_in(case=case)
        event = Event.objects.get(verb="upload_participants")
        assert (event.before, event.after) == (
            {}, {"list": 1, "file": "list.csv", "sha256": made.sha256, "rows": 6},
        )  # fmt: skip

    def test_the_organisation_hands_it_in_too(self, case: Case) -> None:
        assert handed_in(case=case, by=member(case)).number == 1

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLUSTER])
    def test_others_do_not(self, case: Case, role: Role) -> None:
        with pytest.raises(Refused, match="handed in by the organisation or its expert"):
            handed_in(case=case, by=PersonFactory(role=role))
        assert HandedInList.objects.count() == 0

    def test_a_newer_one_replaces_it_and_takes_the_choices_along(self, case: Case) -> None:
        first = handed_in(case=case)
        choose(first, {"a" * 64: SAME, "b" * 64: ODER})
        second = handed_in(*DOUBTFUL[:3], case=case)
        assert (second.number, HandedInList.objects.count()) == (2, 2)
        assert [list(one.choices.values_list("question", "verdict", "place")) for one in (first, second)] == [
            [("a" * 64, "same", ""), ("b" * 64, "placed", "Frankfurt (Oder)")]
        ] * 2

    def test_the_same_file_twice_in_a_row_is_one_list(self, case: Case) -> None:
        assert handed_in(case=case) == handed_in(case=case, at=NOW + timedelta(seconds=1))
        assert (HandedInList.objects.count(), Event.objects.filter(verb="upload_participants").count()) == (
            1,
            1,
        )

    def test_an_earlier_file_handed_in_again_is_the_newest(self, case: Case) -> None:
        for rows in (DOUBTFUL, DOUBTFUL[:2], DOUBTFUL):
            handed_in(*rows, case=case)
        assert [(one.number, one.row_count) for one in HandedInList.objects.all()] == [(3, 6), (2, 2), (1, 6)]

    def test_a_workbook_is_read(self, case: Case) -> None:
        raw = workbook({"Members": [["name", "type"], ["Firm", "sme"]]})
        assert handed_in(case=case, content=raw, name="list.xlsx").row_count == 1

    @pytest.mark.parametrize(
        ("raw", "name", "problem"),
        [
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", "picture.csv", "This is no text"),
            (OLE + "EncryptedPackage".encode("utf-16-le"), "list.xlsx", "protected with a password"),
            (b"", "list.csv", "The file is empty."),
            (b"name,type\n", "list.csv", "There is no participant in the list."),
            (b"name,type\nFirm\x00,sme\n", "list.csv", "This is no text"),
            (b"name,type\n\xe2\x80\xaeFirm,sme\n", "list.csv", "U+202E"),
            (b"PK\x03\x04nonsense", "list.xlsx", ""),
            (b"x" * 20_000_001, "list.csv", "larger than 20 MB"),
        ],
        ids=[
            "image",
            "password",
            "empty",
            "header only",
            "zero byte",
            "turned around",
            "broken",
            "too large",
        ],
    )
    def test_what_is_no_list_is_told_in_plain_words_and_not_kept(
        self, case: Case, raw: bytes, name: str, problem: str
    ) -> None:
        with pytest.raises(Unusable) as told:
            handed_in(case=case, content=raw, name=name)
        assert problem in str(told.value)
        assert HandedInList.objects.count() == 0

    def test_every_faulty_row_is_told_by_its_line(self, case: Case) -> None:
        with pytest.raises(Unusable) as told:
            handed_in("Firm,smee,LT,Kaunas,,,", "Other,sme,XX,Kaunas,,,", case=case)
        assert [fault.place for fault in told.value.faults] == ["line 2 type", "line 3 country"]

    def test_five_thousand_rows_are_read_and_more_than_ten_thousand_are_not(self, case: Case) -> None:
        rows = [f"Firm number {number},sme,LT,Kaunas,2020-01-01,,fee" for number in range(10_001)]
        assert handed_in(*rows[:5000], case=case).row_count == 5000
        with pytest.raises(Unusable, match="10001 rows; at most 10000 are read"):
            handed_in(*rows, case=case)

    def test_names_of_any_letters_come_back_as_they_were(self, case: Case) -> None:
        names = ["שלום טכנולוגיות", "<script>alert(1)</script>", "Žvejonės & Söhne", "=1+1"]
        handed_in(*(f"{name},sme,LT,Kaunas,,,fee" for name in names), case=case)
        assert [row.name for row in HandedInList.objects.get().participants()] == names

    def test_a_long_name_of_a_file_keeps_its_end(self, case: Case) -> None:
        assert handed_in(case=case, name="x" * 300 + ".csv").name == "x" * 196 + ".csv"

    def test_once_the_record_is_submitted_none_is_taken(self, case: Case) -> None:
        Case.objects.update(state=State.RECORDED.value)
        case.refresh_from_db()
        with pytest.raises(Refused, match="until the record is submitted"):
            handed_in(case=case)

    def test_a_submission_while_the_file_is_read_is_noticed(self, case: Case) -> None:
        Case.objects.update(state=State.RECORDED.value)  # and `case` does not know it yet
        with pytest.raises(Refused, match="until the record is submitted"):
            handed_in(case=case)
        assert HandedInList.objects.count() == 0


class TestChoose:
    def test_choices_are_kept_changed_and_taken_back(self, case: Case) -> None:
        handed = handed_in(case=case)
        assert choose(handed, {"a" * 64: SAME, "b" * 64: ODER}) == ("a" * 64, "b" * 64)
        assert choose(handed, {"a" * 64: Said(verdict=Choice.Verdict.DIFFERENT), "b" * 64: ODER}) == (
            "a" * 64,
        )
        assert choose(handed, {"b" * 64: None, "c" * 64: None}) == ("b" * 64,)
        assert list(handed.choices.values_list("question", "verdict")) == [("a" * 64, "different")]

    def test_each_saving_is_one_event_and_an_unchanged_one_none(self, case: Case) -> None:
        handed = handed_in(case=case)
        for _ in range(2):
            choose(handed, {"a" * 64: SAME})
        said = {"verdict": "same", "place": "", "latitude": None, "longitude": None}
        assert list(Event.objects.filter(verb="choose_participants").values_list("before", "after")) == [
            ({"a" * 64: None}, {"a" * 64: said})
        ]

    def test_a_replaced_list_takes_no_choices(self, case: Case) -> None:
        old = handed_in(case=case)
        handed_in(*DOUBTFUL[:2], case=case)
        with pytest.raises(Refused, match="A newer list has replaced this one meanwhile"):
            choose(old, {"a" * 64: SAME})
        assert Choice.objects.count() == 0

    def test_once_the_record_is_submitted_nothing_is_chosen(self, case: Case) -> None:
        handed = handed_in(case=case)
        Case.objects.update(state=State.RECORDED.value)
        with pytest.raises(Refused, match="its participant list stays as it is"):
            choose(handed, {"a" * 64: SAME})

    def test_a_stranger_chooses_nothing(self, case: Case) -> None:
        with pytest.raises(Refused):
            choose(handed_in(case=case), {"a" * 64: SAME}, by=member(interviewed()))


class TestTakeOver:
    def test_the_figures_become_answers_with_a_note(self, case: Case) -> None:
        handed = handed_in(case=case)
        measures = take(handed)
        answers = answers_of(case)
        assert set(answers) == set(measures) == set(review(handed, case, today=TODAY).summary.values)
        assert answers["A6.total"] == answered(
            5, note="From the participant list of 21 November 2026.", evidence=("list.csv",)
        )
        handed.refresh_from_db()
        assert handed.taken_at == NOW

    def test_it_leaves_the_event_of_the_saving_and_its_own(self, case: Case) -> None:
        take(handed_in(case=case))
        saved, taken = Event.objects.order_by("pk").filter(verb__in=("save_answers", "take_participants"))
        assert (saved.verb, saved.before["A6.total"], saved.after["A6.total"]["declared"]) == (
            "save_answers",
            None,
            5,
        )
        assert (taken.verb, taken.after["list"], taken.after["measures"][-1]) == (
            "take_participants", 1, "A9.international",
        )  # fmt: skip

    def test_verified_values_and_notes_stay_beside_the_new_value(self, case: Case) -> None:
        SavedAnswerFactory(
            case=case, measure="A6.total", declared=9, verified=4, note="Ask again.", evidence=["ledger"]
        )
        for _ in range(2):
            take(handed_in(case=case))
        assert answers_of(case)["A6.total"] == answered(
            5,
            verified=4,
            note="From the participant list of 21 November 2026.\nAsk again.",
            evidence=("ledger", "list.csv"),
        )

    def test_a_reason_why_there_was_no_value_goes(self, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A6.total", state="unknown", declared=None, reason="no list")
        take(handed_in(case=case))
        assert (answers_of(case)["A6.total"].declared, answers_of(case)["A6.total"].reason) == (5, "")

    def test_what_the_list_does_not_answer_stays(self, case: Case) -> None:
        cases.save_answers(case=case, by=case.expert, answers={"A7.within_150km": answered(40.0)}, at=NOW)
        take(handed_in(case=case))  # two of five are not placed
        assert answers_of(case)["A7.within_150km"] == answered(40.0)

    def test_the_day_of_the_interview_comes_first(self) -> None:
        case = interviewed(interviewed_on=None)
        with pytest.raises(Refused, match="Say first on which day the interview was"):
            take(handed_in(case=case))
        assert answers_of(case) == {}

    def test_the_organisation_does_not_write_answers(self, case: Case) -> None:
        with pytest.raises(Refused, match="Only the expert of a case takes figures over"):
            take(handed_in(case=case), by=member(case))

    def test_a_replaced_list_answers_nothing(self, case: Case) -> None:
        old = handed_in(case=case)
        handed_in(*DOUBTFUL[:2], case=case)
        with pytest.raises(Refused, match="A newer list"):
            take(old)

    def test_a_figure_that_the_scheme_does_not_take_stops_all(self, case: Case) -> None:
        rows = (OFFICE, "Firm,sme,LT,Vilnius,2016-01-01,,fee")
        handed = handed_in(*rows, case=case, name="list\x07.csv")
        with pytest.raises(Refused):
            take(handed)
        assert (answers_of(case), Event.objects.filter(verb="take_participants").count()) == ({}, 0)
