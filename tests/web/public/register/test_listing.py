import csv
from datetime import date
from urllib.parse import urlencode

import pytest
from django import forms
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertHTMLEqual

from factories.apps import OrganisationFactory, entry
from factories.pages import errors, heading, links, text
from factories.registered import ended, happened, labelled, many, run
from touchstone.apps.register.models import searching
from touchstone.core.labels.model import EntryKind, LabelLevel
from touchstone.output.open_data import REGISTER
from touchstone.web.public.register import finding, listing, paging
from touchstone.web.public.register.filters import FilterForm
from touchstone.web.public.register.listing import BYTE_ORDER_MARK

pytestmark = pytest.mark.django_db


def names(client: Client, query: str = "") -> list[str]:
    """The organisations that the register shows."""
    return [line.row.name for line in client.get(f"/register/{query}").context["lines"]]


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    """The rows of the CSV."""
    content = b"".join(client.get(f"/register/register.csv{query}").streaming_content)
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


@pytest.fixture
def three() -> None:
    """A Polish Bronze label, a Lithuanian Gold one, and one that ended long ago."""
    entry(organisation="pl-lodzki", name="Łódzki", country="PL")
    entry(
        organisation="lt-baltic", name="Baltic", level=LabelLevel.GOLD,
        valid_until=date(2029, 1, 31), renewable_until=date(2030, 1, 31),
    )  # fmt: skip
    entry(
        organisation="pl-zielony", name="Zielony", **ended(date(2015, 2, 11), country="PL", portfolio="food")
    )


class TestList:
    def test_a_row_leads_to_the_organisations_page(self, client: Client) -> None:
        labelled(1)
        page = client.get("/register/")
        assert heading(page) == "Register of labels"
        assert "/register/lt-cluster-1/" in links(page)
        assert "Cluster 1 Lithuania ICT Bronze valid 2028-10-31" in text(page)

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Baltic", "Łódzki", "Zielony"]),
            ("?q=LODZKI", ["Łódzki"]),
            ("?q=łodz", ["Łódzki"]),
            ("?country=PL", ["Łódzki", "Zielony"]),
            ("?portfolio=food", ["Zielony"]),
            ("?level=gold", ["Baltic"]),
            ("?state=valid", ["Baltic", "Łódzki"]),
            ("?state=lapsed", ["Zielony"]),
            ("?country=PL&state=valid", ["Łódzki"]),
            ("?expiring=3", []),
            ("?expiring=3&on=2028-08-01", ["Łódzki"]),
            ("?on=2014-01-01", ["Zielony"]),
            ("?on=2014-01-01&state=valid", ["Zielony"]),
            ("?on=2009-12-31", []),
            ("?on=2999-01-01&state=lapsed", ["Baltic", "Łódzki", "Zielony"]),
            ("?on=9999-12-31&expiring=12", []),
            ("?on=0001-01-01&expiring=12", []),
            ("?sort=until", ["Zielony", "Łódzki", "Baltic"]),
            ("?sort=-until", ["Baltic", "Łódzki", "Zielony"]),
            ("?sort=country", ["Baltic", "Łódzki", "Zielony"]),
            ("?sort=portfolio", ["Zielony", "Baltic", "Łódzki"]),
            ("?page=99", ["Baltic", "Łódzki", "Zielony"]),
        ],
    )
    def test_search_filters_order_and_day_stand_in_the_address(
        self, client: Client, query: str, found: list[str]
    ) -> None:
        assert names(client, query) == found

    def test_of_two_labels_the_best_is_shown_unless_a_level_is_asked_for(self, client: Client) -> None:
        labelled(1)
        labelled(1, level=LabelLevel.GOLD, kind=EntryKind.UPGRADE)
        levels = [line.row.level for line in client.get("/register/").context["lines"]]
        asked = [line.row.level for line in client.get("/register/?level=bronze").context["lines"]]
        assert (levels, asked) == (["gold"], ["bronze"])

    def test_the_day_asked_about_stands_over_the_list_and_goes_with_its_links(self, client: Client) -> None:
        labelled(1)
        page = client.get("/register/?on=2027-01-01")
        assert "1 organisation , as of 1 January 2027" in text(page)
        assert "holds a valid label on 1 January 2027" in text(page)
        assert "/register/lt-cluster-1/?on=2027-01-01" in links(page)

    def test_an_organisation_found_by_an_old_name_shows_it(self, client: Client) -> None:
        labelled(1, name="Amber Ways")
        happened(1, EntryKind.RENAME, name="Baltic Light")
        page = client.get("/register/?q=amber")
        assert "Baltic Light before: Amber Ways" in text(page)
        assert "before:" not in text(client.get("/register/?q=baltic"))

    def test_an_invented_organisation_carries_a_mark(self, client: Client) -> None:
        labelled(1)
        assert "invented" not in text(client.get("/register/"))
        OrganisationFactory(key="lt-cluster-1", synthetic=True)
        assert "Cluster 1 invented Lithuania" in text(client.get("/register/"))

    def test_markup_in_a_name_stays_text(self, client: Client) -> None:
        labelled(1, name='<script>alert("x")</script>')
        assert b"<script>alert" not in client.get("/register/").content
        assert '<script>alert("x")</script>' in text(client.get("/register/"))


class TestSearch:
    def test_a_typing_error_is_forgiven_and_the_page_says_so(self, client: Client) -> None:
        labelled(1, name="Aviation Valley")
        page = client.get("/register/?q=aviatoin")
        assert "Nothing is called “aviatoin”. Names like it: " in text(page)
        assert [line.row.name for line in page.context["lines"]] == ["Aviation Valley"]

    @pytest.mark.parametrize("q", ["valley aviat", "AVIATION", "lt-cluster-1", " aviation "])
    def test_what_is_right_is_not_called_an_error(self, client: Client, q: str) -> None:
        labelled(1, name="Aviation Valley")
        page = client.get("/register/", {"q": q})
        assert page.context["corrected"] is False
        assert [line.row.name for line in page.context["lines"]] == ["Aviation Valley"]

    @pytest.mark.parametrize(
        "q",
        ["' OR 1=1 --", "%", "_", '"; DROP TABLE register_registerspan; --', "<script>", "\\", "*", "\u202e"],
    )
    def test_what_means_something_to_machines_means_nothing_here(self, client: Client, q: str) -> None:
        labelled(1)
        page = client.get("/register/", {"q": q})
        assert (page.status_code, page.context["lines"]) == (200, [])
        assert b"<script>" not in page.content.replace(b'<script type="module"', b"")

    @pytest.mark.parametrize(
        ("q", "fault"),
        [
            ("x" * 10_240, "A search has at most 200 letters; this one has 10240. Showing all."),
            ("a\0b", "Null characters are not allowed."),
        ],
    )
    def test_what_can_be_no_name_is_named_and_all_is_shown(self, client: Client, q: str, fault: str) -> None:
        labelled(1)
        page = client.get("/register/", {"q": q})
        assert errors(page) == [f"#id_q {fault}"]
        assert [line.row.name for line in page.context["lines"]] == ["Cluster 1"]

    def test_a_word_of_very_many_names_is_not_counted_out(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "MOST_FOUND", 2)
        many(2)
        assert "2 organisations match" in text(client.get("/register/?q=cluster"))
        many(4)
        assert "More than 2 organisations match" in text(client.get("/register/?q=cluster"))
        assert "4 organisations match" in text(client.get("/register/?country=LT"))

    @pytest.mark.parametrize("most", [1, 3, 1_000])
    @pytest.mark.parametrize("sort", ["name", "-until", "country"])
    def test_few_and_many_matches_are_shown_in_the_same_pages(
        self, client: Client, sort: str, most: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "MOST_FOUND", most)
        monkeypatch.setattr(searching, "FEW", 2)
        monkeypatch.setattr(paging, "ROWS_A_PAGE", 2)
        for number in range(5):
            labelled(number, country=("LT", "PL")[number % 2], valid_until=date(2027, 10, 20 + number % 3))
        labelled(7, name="Other")
        asked, after, shown = f"?q=cluster&sort={sort}&expiring=12&level=bronze", "", []
        for _ in range(3):
            page = client.get(f"/register/{asked}{after}").context["page"]
            shown += [row.organisation for row in page.rows]
            after = f"&after={page.after}"
        expected = {"name": [0, 1, 2, 3, 4], "-until": [2, 1, 4, 0, 3], "country": [0, 2, 4, 1, 3]}
        assert shown == [f"lt-cluster-{number}" for number in expected[sort]]

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize("state", ["lapsed", "suspended", "expired_renewable", "withdrawn"])
    def test_only_valid_labels_expire(self, client: Client, state: str) -> None:
        page = client.get(f"/register/?expiring=12&on=2028-06-01&state={state}")
        assert "No organisation matches" in text(page)
        assert names(client, "?expiring=12&on=2028-06-01&state=valid") == ["Baltic", "Łódzki"]

    @pytest.mark.usefixtures("three")
    def test_countries_that_the_register_knows_on_another_day_can_be_chosen(self, client: Client) -> None:
        page = client.get("/register/?country=LT&on=2014-01-01")
        assert errors(page) == []
        assert "No organisation matches" in text(page)

    def test_nothing_found_says_what_that_means_and_what_to_try(self, client: Client) -> None:
        page = client.get("/register/?q=nothing")
        assert "No organisation matches" in text(page)
        assert "Not found means: no label of such an organisation was ever entered" in text(page)

    def test_nothing_found_among_filters_says_where_was_looked_and_offers_to_look_everywhere(
        self, client: Client
    ) -> None:
        labelled(1)
        page = client.get("/register/?q=cluster&country=LT&level=gold")
        looked = "Only organisations with these filters were looked through: Country: Lithuania, Level: Gold."
        assert looked in text(page)
        assert "Not found means" not in text(page)
        assert "?q=cluster" in links(page)

    def test_an_empty_register_says_how_the_first_row_comes_about(self, client: Client) -> None:
        assert "The first row appears when a decider awards a label" in text(client.get("/register/"))

    def test_a_day_before_the_first_label_says_that_there_was_none(self, client: Client) -> None:
        labelled(1)
        page = text(client.get("/register/?on=2009-01-01"))
        assert "No label had been given by 1 January 2009" in page
        assert "had been labelled by then 0" in page


class TestFilters:
    @pytest.mark.parametrize("name", ["country", "portfolio", "level", "state", "expiring", "sort"])
    def test_one_that_is_not_there_is_named_and_the_rest_still_works(self, client: Client, name: str) -> None:
        labelled(1)
        labelled(2)
        page = client.get(f"/register/?{name}=platinum&q=2")
        assert errors(page) == [f"#id_{name} The register has no “platinum” to filter by; showing all."]
        assert [line.row.name for line in page.context["lines"]] == ["Cluster 2"]

    @pytest.mark.parametrize("on", ["yesterday", "2026-02-30", "0000-01-01", "99999-01-01"])
    def test_a_day_that_is_none_is_named_and_today_is_shown(self, client: Client, on: str) -> None:
        labelled(1)
        page = client.get("/register/", {"on": on})
        assert errors(page) == [
            "#id_on Write the day as year-month-day, for example 2013-02-23. Showing today."
        ]
        assert [line.row.name for line in page.context["lines"]] == ["Cluster 1"]

    def test_what_is_chosen_is_told_where_the_filters_are_folded(self, client: Client) -> None:
        labelled(1)
        page = text(client.get("/register/?country=LT&level=bronze&on=2027-01-31"))
        assert "Filters: Country: Lithuania, Level: Bronze, As of: 31 January 2027" in page
        assert "Clear all" in page

    def test_without_any_there_is_nothing_to_clear(self, client: Client) -> None:
        assert "Clear all" not in text(client.get("/register/"))

    def test_choices_are_drawn_as_django_draws_them(self) -> None:
        form = FilterForm({"country": "LT", "state": "valid"}, present=["LT", "PL"])
        for name in ("country", "portfolio", "level", "state", "expiring", "sort"):
            drawn = form[name]
            plain = forms.Select(attrs=drawn.field.widget.attrs, choices=drawn.field.choices)
            assertHTMLEqual(plain.render(name, drawn.value(), {"id": f"id_{name}"}), str(drawn))


class TestPages:
    @pytest.mark.parametrize("sort", ["name", "-until", "until", "country", "portfolio"])
    def test_there_and_back_each_row_is_shown_once(
        self, client: Client, sort: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paging, "ROWS_A_PAGE", 3)
        for number in range(8):
            labelled(number, name="Same name", valid_until=date(2028, 10, 20 + number % 2))
        address, there = f"/register/?sort={sort}", []
        while address:
            page = client.get(address)
            there.append([line.row.organisation for line in page.context["lines"]])
            address = f"/register/{page.context['next']}" if page.context["page"].after else ""
        assert [len(rows) for rows in there] == [3, 3, 2]
        assert len({key for rows in there for key in rows}) == 8
        back = [there[-1]]
        while page.context["page"].before:
            page = client.get(f"/register/{page.context['previous']}")
            back.append([line.row.organisation for line in page.context["lines"]])
        assert back[::-1] == there
        assert page.context["page"].after == there[0][-1]

    def test_they_keep_the_filters(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(paging, "ROWS_A_PAGE", 1)
        many(3)
        first = client.get("/register/?country=LT")
        assert "3 organisations match" in text(first)
        assert links(first)[-1] == "?country=LT&after=lt-cluster-0"
        second = client.get("/register/?country=LT&after=lt-cluster-0")
        assert links(second)[-3:] == [
            "?country=LT", "?country=LT&before=lt-cluster-1", "?country=LT&after=lt-cluster-1",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "query",
        ["after=lt-nobody", "before=lt-nobody", "after=a%00b", "after=lt-cluster-2", "before=lt-cluster-0"],
    )
    def test_where_nothing_follows_the_first_page_is_shown(self, client: Client, query: str) -> None:
        many(3)
        assert names(client, f"?{query}") == ["Cluster 0", "Cluster 1", "Cluster 2"]

    def test_only_the_first_is_for_search_engines(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paging, "ROWS_A_PAGE", 1)
        labelled(1)
        assert b"noindex" not in client.get("/register/").content
        labelled(2)
        assert b"noindex" in client.get("/register/?after=lt-cluster-1").content

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        many(rows, actor=f"a committee for the list {rows}")
        with django_assert_num_queries(7):
            client.get("/register/")
        with django_assert_num_queries(3):  # figures and rows are known by now
            client.get("/register/")


class TestCsv:
    def test_it_has_the_columns_of_the_open_data(self, client: Client) -> None:
        labelled(1, website="https://one.example", host="A university")
        content = b"".join(client.get("/register/register.csv").streaming_content)
        assert content.startswith(BYTE_ORDER_MARK)
        rows = table(client)
        assert list(rows[0]) == [column.name for column in REGISTER.columns]
        assert rows[0] | {"on": "", "page": ""} == {
            "on": "", "organisation": "lt-cluster-1", "name": "Cluster 1", "former_names": "",
            "country": "LT", "portfolio": "ict", "website": "https://one.example", "host": "A university",
            "level": "bronze", "headline": "true", "status": "valid",
            "valid_from": "2026-10-12", "valid_until": "2028-10-31",
            "renewable_until": "2029-10-31", "first_labelled_on": "2026-10-12", "grant": "1", "entry": "1",
            "successors": "", "page": "",
        }  # fmt: skip

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize(
        "query", ["", "?country=PL", "?sort=until", "?on=2014-01-01", "?q=lodzki", "?level=platinum"]
    )
    def test_it_has_the_rows_of_the_list_in_their_order(self, client: Client, query: str) -> None:
        assert [row["name"] for row in table(client, query)] == names(client, query)

    def test_it_has_all_pages_in_pieces(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(paging, "ROWS_A_PAGE", 1)
        monkeypatch.setattr(listing, "ROWS_AT_ONCE", 2)
        many(5)
        assert [row["name"] for row in table(client)] == [f"Cluster {number}" for number in range(5)]

    def test_an_empty_register_gives_the_header_alone(self, client: Client) -> None:
        content = b"".join(client.get("/register/register.csv").streaming_content)
        assert content.count(b"\r\n") == 1
        assert table(client) == []

    def test_nothing_in_it_is_a_formula(self, client: Client) -> None:
        labelled(1, name='=HYPERLINK("https://evil.example")')
        assert table(client)[0]["name"] == '\'=HYPERLINK("https://evil.example")'

    def test_its_name_tells_the_day(self, client: Client) -> None:
        answer = client.get("/register/register.csv?on=2014-01-01")
        assert answer["Content-Disposition"] == 'attachment; filename="register-2014-01-01.csv"'
        assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_each_form_of_the_list_keeps_its_filters(client: Client) -> None:
    labelled(1)
    asked = {"q": "cluster", "country": "LT", "level": "bronze", "on": "2027-01-31"}
    context = client.get("/register/", asked).context
    in_order = urlencode({"on": "2027-01-31", "q": "cluster", "country": "LT", "level": "bronze"})
    assert context["csv"] == f"/register/register.csv?{in_order}"
    assert context["feed"] == f"/register/feed.atom?{in_order}"
    assert context["map"] == "/register/map/?on=2027-01-31&level=bronze"


def test_a_label_that_ends_soon_can_be_asked_for(client: Client) -> None:
    labelled(1, **run(date(2025, 1, 1), date(2027, 2, 21)))
    labelled(2, **run(date(2025, 1, 1), date(2027, 2, 22)))
    labelled(3, **run(date(2025, 1, 1), date(2027, 1, 1)))
    happened(3, EntryKind.SUSPENSION)
    assert names(client, "?expiring=3") == ["Cluster 1"]
