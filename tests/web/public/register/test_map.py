from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import entry
from factories.pages import errors, heading, links, text
from factories.registered import ended
from touchstone.core.labels.model import LabelLevel
from touchstone.core.labels.register import Figures
from touchstone.web.public.register.map import Country

pytestmark = pytest.mark.django_db


def numbers(client: Client, query: str = "") -> dict[str, int]:
    """Country → its number on the map of Europe."""
    drawn = client.get(f"/register/map/{query}").context["europe"]
    return {one.country.code: one.country.number for one in drawn.numbered}


@pytest.fixture
def four() -> None:
    """Two valid labels in Lithuania, one Gold; one in Poland that has lapsed; one in Mexico."""
    entry(organisation="lt-one")
    entry(organisation="lt-two", level=LabelLevel.GOLD, portfolio="food")
    entry(organisation="pl-three", **ended(date(2015, 2, 11), country="PL"))
    entry(organisation="mx-four", country="MX")


@pytest.mark.usefixtures("four")
class TestMap:
    def test_each_country_leads_to_its_rows(self, client: Client) -> None:
        page = client.get("/register/map/")
        assert heading(page) == "Labels on the map"
        assert "/register/?country=LT&state=valid" in links(page)
        assert (
            '<a href="/register/?country=LT&amp;state=valid" aria-label="Lithuania: 2">'
            in page.content.decode()
        )

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"LT": 2}),
            ("?show=ever", {"LT": 2, "PL": 1}),
            ("?level=gold", {"LT": 1}),
            ("?portfolio=food", {"LT": 1}),
            ("?on=2014-01-01", {"PL": 1}),
            ("?on=2000-01-01", {}),
        ],
    )
    def test_it_numbers_what_was_asked_for(self, client: Client, query: str, found: dict[str, int]) -> None:
        assert numbers(client, query) == found

    def test_the_figures_stand_in_a_table_too(self, client: Client) -> None:
        page = text(client.get("/register/map/"))
        assert "Lithuania 2 2 Mexico 1 1 Poland 0 1 All 3 4" in page

    def test_the_world_is_drawn_where_labels_are_held_beyond_europe(self, client: Client) -> None:
        drawn = client.get("/register/map/").context["world"]
        assert [one.country.code for one in drawn.numbered] == ["MX"]
        assert client.get("/register/map/?level=gold").context["world"] is None

    def test_where_nothing_is_valid_the_other_figure_is_offered(self, client: Client) -> None:
        page = client.get("/register/map/?on=2017-06-01")
        assert "No such label is valid on 1 June 2017" in text(page)
        assert "?on=2017-06-01&show=ever" in links(page)

    def test_where_nothing_is_on_record_it_says_so(self, client: Client) -> None:
        assert "No organisation matches" in text(client.get("/register/map/?on=1999-01-01"))

    @pytest.mark.parametrize("name", ["portfolio", "level", "show"])
    def test_a_filter_that_is_not_there_is_named_and_ignored(self, client: Client, name: str) -> None:
        page = client.get(f"/register/map/?{name}=zebra")
        assert errors(page) == [f"#id_{name} The register has no “zebra” to filter by; showing all."]
        assert {one.country.code for one in page.context["europe"].numbered} == {"LT"}


@pytest.mark.parametrize(
    ("number", "shade"), [(0, 0), (1, 1), (9, 1), (10, 2), (99, 2), (100, 3), (10**6, 3)]
)
def test_more_labels_are_a_darker_shade(number: int, shade: int) -> None:
    both = Figures(valid=number, ever=number)
    assert Country(code="LT", name="Lithuania", figures=both, number=number, address="").shade == shade


@pytest.mark.parametrize("countries", [["LT"], ["LT", "PL", "MX"]])
def test_the_number_of_queries_does_not_grow(
    client: Client, countries: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in countries:
        entry(organisation=f"{code.lower()}-one", country=code, actor=f"a committee of {countries}")
    with django_assert_num_queries(3):
        client.get("/register/map/")
