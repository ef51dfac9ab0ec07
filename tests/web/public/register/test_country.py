from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.pages import errors, heading, links, text
from factories.registered import ended, happened, labelled, many, run
from touchstone.core.labels.model import EntryKind, LabelLevel
from touchstone.web.public.register import country

pytestmark = pytest.mark.django_db


def groups(client: Client, address: str) -> list[tuple[str, str, list[str]]]:
    """Level, standing and names of what the page lists."""
    found = client.get(address).context["groups"]
    return [(one.level or "", one.standing, [line.row.name for line in one.lines]) for one in found]


@pytest.fixture
def several() -> None:
    """One Lithuanian organisation of each kind that the page tells apart."""
    labelled(1, level=LabelLevel.GOLD)
    labelled(1)  # the lower label of the same organisation
    labelled(2)
    labelled(3, **run(date(2024, 1, 1), date(2026, 6, 30)))
    labelled(4, portfolio="food")
    happened(4, EntryKind.SUSPENSION, portfolio="food")
    labelled(5, **ended(date(2015, 2, 11)))
    labelled(6)
    happened(6, EntryKind.WITHDRAWAL)
    labelled(7, country="PL")


@pytest.mark.usefixtures("several")
class TestCountry:
    def test_it_tells_who_holds_what(self, client: Client) -> None:
        page = client.get("/register/countries/LT/")
        assert heading(page) == "Who holds what: Lithuania"
        assert "hold a valid label on 21 November 2026 2 were ever labelled 6" in text(page)
        assert groups(client, "/register/countries/LT/") == [
            ("gold", "valid", ["Cluster 1"]),
            ("bronze", "valid", ["Cluster 2"]),
            ("", "expired_renewable", ["Cluster 3"]),
            ("", "suspended", ["Cluster 4"]),
        ]

    def test_each_organisation_counts_once_by_its_best_label(self, client: Client) -> None:
        table = client.get("/register/countries/LT/").context["table"]
        assert [(level, [n for _, n in counts]) for level, counts in table] == [
            ("gold", [1, 0, 0, 0, 0]),
            ("silver", [0, 0, 0, 0, 0]),
            ("bronze", [1, 1, 1, 1, 1]),
        ]

    def test_it_breaks_the_figures_down_by_portfolio(self, client: Client) -> None:
        found = client.get("/register/countries/LT/").context["portfolios"]
        assert [(one.name, one.figures.valid, one.figures.ever, one.address) for one in found] == [
            ("Food industry", 0, 1, "/register/?country=LT&portfolio=food"),
            ("ICT", 2, 5, "/register/?country=LT&portfolio=ict"),
        ]

    def test_another_day_can_be_asked_about(self, client: Client) -> None:
        address = "/register/countries/LT/?on=2014-06-01"
        assert groups(client, address) == [("bronze", "valid", ["Cluster 5"])]
        assert "/register/lt-cluster-5/?on=2014-06-01" in links(client.get(address))

    def test_a_day_on_which_none_was_held_says_so(self, client: Client) -> None:
        page = text(client.get("/register/countries/LT/?on=2017-06-01"))
        assert "No organisation of this country holds a label on 1 June 2017, or can renew one." in page

    def test_a_day_that_is_none_is_named(self, client: Client) -> None:
        page = client.get("/register/countries/LT/?on=soon")
        assert errors(page) == [
            "#id_on Write the day as year-month-day, for example 2013-02-23. Showing today."
        ]

    def test_long_groups_are_cut_and_lead_to_all(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(country, "SHOWN", 1)
        labelled(8)
        page = client.get("/register/countries/LT/")
        assert "All 2 in the register" in text(page)
        assert "/register/?country=LT&level=bronze&state=valid" in links(page)


def test_a_country_without_labels_says_how_the_first_comes_about(client: Client) -> None:
    page = text(client.get("/register/countries/IS/"))
    assert "No organisation of this country is on record as of 21 November 2026" in page


def test_a_code_in_small_letters_leads_to_the_page(client: Client) -> None:
    answer = client.get("/register/countries/pl/")
    assert (answer.status_code, answer.url) == (301, "/register/countries/PL/")


@pytest.mark.parametrize("code", ["ZZ", "EU", "POLAND", "1", "UK"])
def test_what_is_no_code_of_a_country_is_told(client: Client, code: str) -> None:
    page = client.get(f"/register/countries/{code}/")
    assert (page.status_code, heading(page)) == (404, f"“{code}” is the code of no country")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many(rows, actor=f"a committee for a country {rows}")
    with django_assert_num_queries(5):
        client.get("/register/countries/LT/")
