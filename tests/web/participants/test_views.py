import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import InterestFactory, SavedAnswerFactory
from factories.pages import errors, heading, links, text
from factories.participant_lists import DOUBTFUL, OFFICE, content, handed_in, interviewed, member
from touchstone.apps.cases.models import Case
from touchstone.apps.cases.queries import answers_of
from touchstone.apps.experts.models import Interest
from touchstone.apps.participants.models import Choice, HandedInList
from touchstone.core.cases.states import State
from touchstone.web.participants.sheet import A_PAGE

pytestmark = pytest.mark.django_db
PAGE = "/assessments/2026-0001/participants/"
OWN_PAGE = "/my/2026-0001/participants/"


@pytest.fixture
def case() -> Case:
    return interviewed(reference="2026-0001", organisation__name="Amber")


@pytest.fixture
def expert(case: Case) -> Client:
    client = Client()
    client.force_login(case.expert)
    return client


@pytest.fixture
def cluster(case: Case) -> Client:
    client = Client()
    client.force_login(member(case))
    return client


def upload(client: Client, raw: bytes, *, name: str = "list.csv", page: str = PAGE):  # type: ignore[no-untyped-def]  # a response
    return client.post(f"{page}upload/", {"file": SimpleUploadedFile(name, raw)})


def radios(client: Client) -> dict[str, str]:
    """The choices as the page shows them, for a form that sends them back."""
    body = client.get(PAGE).content.decode()
    checked = re.findall(r'<input type="radio"[^>]* name="([^"]*)" value="([^"]*)" checked>', body)
    return dict(checked) | {"list": re.findall(r'name="list" value="(\d+)"', body)[0]}


class TestBeforeAList:
    @pytest.mark.parametrize(("who", "page"), [("expert", PAGE), ("cluster", OWN_PAGE)])
    def test_it_says_how_one_comes_about(self, request: pytest.FixtureRequest, who: str, page: str) -> None:
        shown = request.getfixturevalue(who).get(page)
        assert heading(shown) == "Participant list"
        assert "No list has been handed in yet" in text(shown)
        assert links(shown)[-1] == f"{page}upload/"

    def test_once_submitted_none_can_be_handed_in(self, expert: Client) -> None:
        Case.objects.update(state=State.RECORDED.value)
        assert "so none can be handed in now" in text(expert.get(PAGE))
        assert expert.get(f"{PAGE}upload/").status_code == 403

    def test_nothing_can_be_taken_over(self, expert: Client) -> None:
        assert expert.get(f"{PAGE}take-over/").url == PAGE


class TestWhoGetsIn:
    @pytest.mark.parametrize("page", ["", "upload/", "take-over/"])
    def test_not_who_is_not_signed_in(self, client: Client, case: Case, page: str) -> None:
        assert client.get(f"{PAGE}{page}").url == f"/sign-in/?next={PAGE}{page}"

    def test_not_an_expert_who_has_not_declared(self, expert: Client) -> None:
        Interest.objects.all().delete()
        page = expert.get(PAGE)
        assert (page.status_code, "Declare your interests first" in text(page)) == (403, True)

    def test_not_an_expert_against_whom_something_stands(self, expert: Client, case: Case) -> None:
        InterestFactory(case=case, kind="advises")
        assert "You may not read the participant list of this case." in text(expert.get(PAGE))

    def test_not_another_organisation(self, client: Client, case: Case) -> None:
        client.force_login(member(interviewed()))
        assert client.get(OWN_PAGE).status_code == 403

    def test_the_organisation_takes_no_figures_over(self, cluster: Client, case: Case) -> None:
        handed_in(case=case)
        assert cluster.get(f"{OWN_PAGE}take-over/").status_code == 403
        page = cluster.get(OWN_PAGE)
        assert "The expert takes the figures over in the interview." in text(page)
        assert f"{OWN_PAGE}take-over/" not in links(page)

    def test_the_address_is_on_the_pages_of_both(self, expert: Client, cluster: Client) -> None:
        assert PAGE in links(expert.get("/assessments/2026-0001/"))
        assert OWN_PAGE in links(cluster.get("/my/"))


class TestUpload:
    @pytest.mark.parametrize(("who", "page"), [("expert", PAGE), ("cluster", OWN_PAGE)])
    def test_a_list_is_saved_and_looked_through(
        self, request: pytest.FixtureRequest, case: Case, who: str, page: str
    ) -> None:
        client = request.getfixturevalue(who)
        answer = upload(client, content(*DOUBTFUL), page=page)
        assert answer.url == page
        assert "The list is saved: 6 rows were read." in text(client.get(page))
        assert HandedInList.objects.get().case == case

    def test_the_page_says_what_a_newer_list_does(self, expert: Client, case: Case) -> None:
        assert "The new list replaces" not in text(expert.get(f"{PAGE}upload/"))
        handed_in(case=case)
        assert "The new list replaces list.csv of 21 November 2026" in text(expert.get(f"{PAGE}upload/"))

    @pytest.mark.parametrize(
        ("raw", "told"),
        [
            (
                b"name,type,country\nA,smee,LT\nB,sme,Narnia\n",
                [
                    'line 2 type: "smee" is not a type of participant. Did you mean "sme"?',
                    (
                        'line 3 country: "Narnia" is not a country. '
                        "Write its ISO code of two letters, such as LT."
                    ),
                ],
            ),
            (b"", ["#id_file The file is empty. Save it again, or choose another file."]),
            (
                b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe",
                [
                    (
                        "#id_file This is no text, or its letters cannot be told for sure. "
                        'Save it as UTF-8: in Excel choose the file type "CSV UTF-8".'
                    )
                ],
            ),
            (b"x" * 20_000_001, ["#id_file The file is larger than 20 MB. Choose the right file."]),
        ],
        ids=["faulty rows", "empty", "image", "too large"],
    )
    def test_what_is_wrong_is_told_above_the_field(self, expert: Client, raw: bytes, told: list[str]) -> None:
        page = upload(expert, raw)
        assert errors(page) == told
        assert HandedInList.objects.count() == 0

    def test_a_form_without_a_file_asks_for_it(self, expert: Client) -> None:
        assert errors(expert.post(f"{PAGE}upload/")) == [
            "#id_file Choose the file with the participant list."
        ]

    def test_it_needs_the_token_of_the_form(self, case: Case) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(case.expert)
        assert upload(client, content(*DOUBTFUL)).status_code == 403
        assert HandedInList.objects.count() == 0


class TestReview:
    def test_it_says_the_figures_first(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        page = text(expert.get(PAGE))
        assert "5 committed participants on 12 October 2026, 5 on the list." in page
        assert "2024-10-12 4 2025-10-12 4 2026-10-12 5" in page
        assert "In the last year 1 joined and 0 left. Growth 25.0 %, retention 100.0 %." in page
        assert "3 have their seat abroad, in 2 countries." in page
        assert "Number of small and medium-sized firms 3" in page
        assert "A signed agreement 1 A fee or other support 2 An active contribution 2" in page
        assert (
            "within 50 km 0 0.0 % 50 to 150 km 0 0.0 % 150 to 500 km 3 60.0 % "
            "farther 0 0.0 % not placed 2 40.0 %" in page
        )
        assert "Places: GeoNames, CC BY 4.0." in page

    def test_it_asks_what_is_doubtful(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        page = text(expert.get(PAGE))
        assert "2 places are doubtful or unknown. 1 pair may be one organisation." in page
        assert "Where is “Frankfurt” (DE)? open Main Firm ." in page
        assert "Frankfurt (Oder) in Brandenburg (57,107 inhabitants), 569 km from the office" in page
        assert "Where is “Xyzzyqq” (LT)? open Lost Firm . No place of that name is known." in page
        assert "Optyka Sp. z o.o. · Optyka S.A. open" in page

    def test_without_days_of_joining_earlier_numbers_are_not_known(self, expert: Client, case: Case) -> None:
        handed_in("Firm,sme,LT,Vilnius,,,fee", case=case)
        page = text(expert.get(PAGE))
        assert "2024-10-12 not known 2025-10-12 not known 2026-10-12 1" in page
        assert "In the last year" not in page
        assert "Where the office is, is not known" in page

    def test_a_list_without_doubt_has_no_form(self, expert: Client, case: Case) -> None:
        handed_in(OFFICE, "Firm,sme,LT,Vilnius,2016-01-01,,fee", case=case)
        page = text(expert.get(PAGE))
        assert "Save the choices" not in page
        assert "0.0 % of those placed are within 150 km of the office." in page

    def test_names_are_shown_as_text(self, expert: Client, case: Case) -> None:
        handed_in(OFFICE, "<script>x</script>,sme,DE,Frankfurt,2016-01-01,,fee", case=case)
        body = expert.get(PAGE).content.decode()
        assert "<bdi>&lt;script&gt;x&lt;/script&gt;</bdi>" in body
        assert "<script>x" not in body

    def test_coordinates_away_from_their_place_are_listed(self, expert: Client, case: Case) -> None:
        handed_in(
            content=b"name,type,country,place,latitude,longitude\nFirm,sme,LT,Kaunas,48.85,2.35\n", case=case
        )
        assert "1 row Firm · Kaunas (LT) · 48.850, 2.350" in text(expert.get(PAGE))

    def test_before_the_day_of_the_interview_it_leads_there(self, expert: Client, case: Case) -> None:
        Case.objects.update(interviewed_on=None)
        handed_in(case=case)
        page = expert.get(PAGE)
        assert "until then the figures are as of today" in text(page)
        assert "/assessments/2026-0001/interview/" in links(page)
        assert f"{PAGE}take-over/" not in links(page)

    def test_earlier_lists_stay_in_the_history(self, expert: Client, case: Case) -> None:
        handed_in(case=case, name="old.csv")
        handed_in(*DOUBTFUL[:3], case=case, name="new.csv")
        page = text(expert.get(PAGE))
        assert "Earlier lists old.csv 2026-11-21 12:00 UTC" in page

    def test_many_questions_are_paged_and_the_open_ones_come_first(self, expert: Client, case: Case) -> None:
        rows = [f"Firm {n * 7919},sme,LT,Xyz{chr(97 + n)}qqq,2016-01-01,,fee" for n in range(A_PAGE + 1)]
        handed = handed_in(OFFICE, *rows, case=case)
        first = [entry.question for entry in expert.get(PAGE).context["entries"]]
        assert len(first) == A_PAGE
        assert len(expert.get(f"{PAGE}?places=2").context["entries"]) == 1
        Choice.objects.create(
            list=handed,
            question=first[0].key,
            verdict="left_out",
            chosen_at=handed.uploaded_at,
            chosen_by=case.expert,
        )
        moved = expert.get(f"{PAGE}?places=2").context["entries"]
        assert [entry.question.key for entry in moved] == [first[0].key]

    def test_once_submitted_it_is_only_read(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        Case.objects.update(state=State.RECORDED.value)
        page = text(expert.get(PAGE))
        assert "The record is submitted; the list stays as it is." in page
        assert "Save the choices" not in page

    @pytest.mark.parametrize("lists", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, expert: Client, case: Case, lists: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(lists):
            handed_in(*DOUBTFUL[: 4 + number], case=case)
        with django_assert_num_queries(14):
            expert.get(PAGE)


class TestChoosing:
    def test_choices_are_saved_and_shown_again(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        fields = radios(expert)
        place, lost, pair = (name for name in fields if name.startswith("choice:"))
        saved = expert.post(
            PAGE,
            {
                **fields,
                place: "52.3471,14.5506",
                f"typed:{lost.removeprefix('choice:')}": "Vilnius",
                pair: "same",
            },
        )
        assert saved.url == PAGE
        page = text(expert.get(PAGE))
        assert "Saved at 12:00 UTC: 3 choices." in page
        assert "4 committed participants on 12 October 2026, 4 on the list." in page
        assert radios(expert) == {**fields, place: "52.3471,14.5506", lost: "other", pair: "same"}
        assert 'value="Vilnius"' in expert.get(PAGE).content.decode()

    def test_an_unchanged_page_says_so(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        expert.post(PAGE, radios(expert))
        assert "Nothing was changed; your choices stand as they were saved." in text(expert.get(PAGE))

    def test_a_choice_can_be_taken_back(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        fields = radios(expert)
        place = next(name for name in fields if name.startswith("choice:"))
        for value in ("out", ""):
            expert.post(PAGE, {**fields, place: value})
        assert Choice.objects.count() == 0

    def test_a_typed_place_that_is_none_is_told_and_the_others_are_saved(
        self, expert: Client, case: Case
    ) -> None:
        handed_in(case=case)
        fields = radios(expert)
        place, lost, _ = (name for name in fields if name.startswith("choice:"))
        key = lost.removeprefix("choice:")
        page = expert.post(PAGE, {**fields, place: "out", lost: "other", f"typed:{key}": "Nonsense"})
        assert errors(page) == [
            (
                f"#typed-{key} “Nonsense” is not among the places of LT. "
                "Type the coordinates, such as 54.687, 25.280."
            )
        ]
        assert 'value="Nonsense"' in page.content.decode()
        assert [entry.chosen for entry in page.context["entries"]] == ["out", "other"]
        assert Choice.objects.get().verdict == "left_out"

    def test_a_page_of_a_replaced_list_is_told(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        fields = radios(expert)
        handed_in(*DOUBTFUL[:3], case=case)
        page = expert.post(PAGE, fields)
        assert errors(page) == [
            "A newer list has replaced the one that you had before you. This is the newer one."
        ]


class TestTakingOver:
    def test_it_shows_each_answer_beside_the_figure_of_the_list(self, expert: Client, case: Case) -> None:
        SavedAnswerFactory(case=case, measure="A6.total", declared=9)
        handed_in(case=case)
        page = text(expert.get(f"{PAGE}take-over/"))
        assert "Committed participants A6.total 9 participants 5 participants" in page
        assert "Still open: 2 places and 1 pairs." in page
        assert "each noted “From the participant list of 21 November 2026.”" in page

    def test_the_button_writes_the_answers(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        assert expert.post(f"{PAGE}take-over/", {"list": "1"}).url == PAGE
        page = text(expert.get(PAGE))
        assert "17 answers now stand as the list says." in page
        assert "The record holds these figures." in page
        assert answers_of(case)["A6.total"].declared == 5

    def test_before_the_day_of_the_interview_nothing_is_written(self, expert: Client, case: Case) -> None:
        Case.objects.update(interviewed_on=None)
        handed_in(case=case)
        page = expert.post(f"{PAGE}take-over/", {"list": "1"})
        assert errors(page) == ["Say first on which day the interview was."]
        assert "Give the day of the interview first" in text(page)

    def test_a_page_of_a_replaced_list_writes_nothing(self, expert: Client, case: Case) -> None:
        handed_in(case=case)
        handed_in(*DOUBTFUL[:3], case=case)
        assert len(errors(expert.post(f"{PAGE}take-over/", {"list": "1"}))) == 1
        assert answers_of(case) == {}
