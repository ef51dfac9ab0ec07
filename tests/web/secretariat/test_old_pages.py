from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import DeciderFactory, PersonFactory
from factories.pages import errors, heading, links, text
from touchstone.apps.old_pages.models import OldPage, OldRow
from touchstone.apps.register.services import history
from touchstone.intake.old_register import LARGEST_PAGE

pytestmark = pytest.mark.django_db
HEADER = "Name Comparative portfolio www Label valid until\n"
POLAND = Path(settings.TOUCHSTONE_DEMONSTRATION) / "register-poland.txt"
PAGES = "/secretariat/old-pages/"
NEW = f"{PAGES}new/"
NO_TABLE = (
    "no table of the old register is in it: its header line was not found. Save the whole page as plain text."
)


@pytest.fixture
def secretariat() -> Client:
    client = Client()
    client.force_login(PersonFactory(username="tomas"))
    return client


def hand_in(client: Client, content: bytes, *, country: str = "PL", **how: bool) -> HttpResponse:
    file = SimpleUploadedFile("page.txt", content)
    return client.post(NEW, {"file": file, "country": country}, **how)


def row_of(line: str, client: Client) -> str:
    """The address of the one row that waits after a page of one line."""
    hand_in(client, f"{HEADER}{line}".encode())
    waiting = OldRow.objects.get(state=OldRow.State.WAITING)
    return f"{PAGES}rows/{waiting.pk}/"


class TestTakingIn:
    def test_only_the_secretariat_takes_pages_in(self) -> None:
        client = Client()
        client.force_login(DeciderFactory())
        assert [client.get(address).status_code for address in (PAGES, NEW)] == [403, 403]

    def test_an_empty_list_says_how_the_first_page_comes_about(self, secretariat: Client) -> None:
        assert "No page was taken in yet" in text(secretariat.get(PAGES))

    def test_the_polish_page_is_entered_at_once_and_its_duplicate_told(self, secretariat: Client) -> None:
        shown = hand_in(secretariat, POLAND.read_bytes(), follow=True)
        states = OldRow.State
        counts = {state: OldRow.objects.filter(state=state).count() for state in states}
        assert (counts[states.ENTERED] + counts[states.WAITING], counts[states.REPEATED]) == (48, 1)
        (twin,) = OldRow.objects.filter(state=states.REPEATED)
        assert (twin.line, twin.reason) == (50, "says exactly what line 49 says")
        assert f"{twin.get_state_display()}: {twin.reason}" in text(shown)

    def test_the_list_counts_what_became_of_the_rows(
        self, secretariat: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        hand_in(secretariat, f"{HEADER}Odd ICT 2015/02/11\nOdd ICT 2015/02/11\nWords".encode())
        with django_assert_num_queries(3):
            page = secretariat.get(PAGES)
        (listed,) = page.context["pages"]
        assert (listed.entered, listed.repeated, listed.waiting, listed.left_out) == (1, 1, 1, 0)
        assert links(page) == ["/secretariat/", NEW, f"{PAGES}{listed.pk}/"]

    def test_the_same_page_twice_is_one_page(self, secretariat: Client) -> None:
        first, again = (hand_in(secretariat, f"{HEADER}Odd ICT 2015/02/11".encode()) for _ in range(2))
        assert (first.url, OldPage.objects.count()) == (again.url, 1)

    @pytest.mark.parametrize(
        ("content", "country", "told"),
        [
            (b"", "PL", "#id_file The file is empty. Save the page again, or choose another file."),
            (b"just words", "PL", f"#id_file {NO_TABLE}"),
            (HEADER.encode(), "XX", "#id_country Choose the country."),
        ],
    )  # fmt: skip
    def test_what_is_no_page_is_told_at_its_field(
        self, secretariat: Client, content: bytes, country: str, told: str
    ) -> None:
        assert errors(hand_in(secretariat, content, country=country)) == [told]
        assert OldPage.objects.count() == 0

    def test_a_file_that_is_too_large_is_let_go_of(self, secretariat: Client) -> None:
        told = errors(hand_in(secretariat, b" " * (LARGEST_PAGE + 1)))
        assert told == ["#id_file The file is larger than 5 MB. Choose the right file."]

    def test_a_file_must_be_chosen(self, secretariat: Client) -> None:
        assert errors(secretariat.post(NEW, {"country": "PL"})) == ["#id_file Choose the file with the page."]


class TestSettling:
    def test_a_waiting_row_is_asked_about_with_what_could_be_read(self, secretariat: Client) -> None:
        page = secretariat.get(row_of("Basket Works Basketry 2015/02/11", secretariat))
        assert heading(page) == "What does line 2 say?"
        assert page.context["form"].initial["name"] == "Basket Works Basketry"
        assert str(page.context["form"].initial["valid_until"]) == "2015-02-11"

    def test_a_mended_row_is_entered_and_leads_back(self, secretariat: Client) -> None:
        address = row_of("Basket Works Basketry 2015/02/11", secretariat)
        read = {"do": "enter", "name": "Basket Works", "portfolio": "ict", "country": "PL",
                "valid_until": "2015-02-11", "whose": "new"}  # fmt: skip
        shown = secretariat.post(address, read, follow=True)
        assert "Line 2 is settled. " in text(shown)
        assert "All rows of this page are settled." in text(shown)
        assert [entry.act.actor for entry in history("pl-basket-works")] == ["tomas"]
        assert secretariat.get(address).url == f"{PAGES}{OldPage.objects.get().pk}/"

    def test_after_one_row_comes_the_next_that_waits(self, secretariat: Client) -> None:
        address = row_of("Basket Works Basketry 2015/02/11", secretariat)
        hand_in(secretariat, f"{HEADER}One thing\nAnother thing".encode())
        one, other = OldRow.objects.filter(text__contains="thing")
        left = secretariat.post(f"{PAGES}rows/{one.pk}/", {"do": "leave-out", "why": "No row."})
        assert left.url == f"{PAGES}rows/{other.pk}/"
        assert secretariat.get(address).status_code == 200

    def test_what_is_missing_is_told_at_its_field_and_what_was_typed_stays(self, secretariat: Client) -> None:
        address = row_of("Basket Works Basketry 2015/02/11", secretariat)
        page = secretariat.post(
            address, {"do": "enter", "name": "Kept", "valid_until": "then", "country": "PL"}
        )
        assert errors(page) == [
            "#id_portfolio Choose the portfolio.",
            "#id_valid_until Write the day as year-month-day, for example 2013-02-23.",
            "#id_whose Say whose label it is: two names are never joined unasked.",
        ]
        assert 'value="Kept"' in page.content.decode()

    def test_what_cannot_be_is_refused_in_words(self, secretariat: Client) -> None:
        address = row_of("Basket Works Basketry 2015/02/11", secretariat)
        read = {"do": "enter", "name": "Basket", "portfolio": "ict", "country": "PL",
                "valid_until": "1999-02-11", "whose": "new"}  # fmt: skip
        (told,) = errors(secretariat.post(address, read))
        assert told.startswith("The day does not hold: 1999/02/11 lies before the first label")

    def test_leaving_out_needs_a_reason(self, secretariat: Client) -> None:
        address = row_of("Basket Works Basketry 2015/02/11", secretariat)
        assert errors(secretariat.post(address, {"do": "leave-out"})) == [
            "#id_why Say why the row is left out."
        ]

    def test_names_that_look_alike_are_offered_and_never_joined_unasked(self, secretariat: Client) -> None:
        hand_in(secretariat, f"{HEADER}Arena Eyde ICT 2013/02/23".encode(), country="NO")
        hand_in(secretariat, f"{HEADER}Eyde Cluster ICT 2016/02/23".encode(), country="NO")
        waiting = OldRow.objects.get(state=OldRow.State.WAITING)
        page = secretariat.get(f"{PAGES}rows/{waiting.pk}/")
        assert page.context["form"].fields["whose"].choices == [
            ("new", "An organisation of its own"), ("no-arena-eyde", "Arena Eyde, which is known"),
        ]  # fmt: skip
        read = {"do": "enter", "name": "Eyde Cluster", "portfolio": "ict", "country": "NO",
                "valid_until": "2016-02-23", "whose": "no-arena-eyde"}  # fmt: skip
        secretariat.post(f"{PAGES}rows/{waiting.pk}/", read)
        assert [entry.act.name for entry in history("no-arena-eyde")] == ["Arena Eyde", "Eyde Cluster"]

    @pytest.mark.parametrize("address", ["999/", "rows/999/"])
    def test_what_is_not_there_is_told(self, secretariat: Client, address: str) -> None:
        assert secretariat.get(PAGES + address).status_code == 404
