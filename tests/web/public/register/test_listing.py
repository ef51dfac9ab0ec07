from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import TODAY, entry
from factories.pages import errors, heading, links, text
from touchstone.apps.register.models import RegisterRow
from touchstone.core.labels.model import EntryKind, LabelLevel

pytestmark = pytest.mark.django_db

WITHOUT_PERIOD = {"valid_from": None, "valid_until": None, "renewable_until": None, "effective": TODAY}


def labelled(number: int, **fields: object) -> None:
    entry(organisation=f"lt-cluster-{number}", name=f"Cluster {number}", **fields)


def ended(until: date, **fields: object) -> dict[str, object]:
    """A label whose period lies in the past."""
    begun = until - timedelta(days=730)
    renewable = until + timedelta(days=365)
    days = {"effective": begun, "valid_from": begun, "valid_until": until, "renewable_until": renewable}
    return {**days, "rule_set": "2014", **fields}


def names(client: Client, query: str = "") -> list[str]:
    """The organisations that the register shows."""
    main = client.get(f"/register/{query}").context["lines"]
    return [line.row.name for line in main]


class TestHome:
    def test_it_shows_the_two_figures_apart(self, client: Client) -> None:
        labelled(1)
        labelled(2, **ended(date(2015, 2, 11)))
        page = text(client.get("/"))
        assert "holds a valid label on 21 November 2026 1 were ever labelled 2" in page

    def test_it_lists_the_newest_labels_first(self, client: Client) -> None:
        labelled(1, **ended(date(2015, 2, 11)))
        labelled(2)
        assert links(client.get("/"))[:2] == ["/register/lt-cluster-2/", "/register/lt-cluster-1/"]

    def test_an_empty_register_shows_no_list(self, client: Client) -> None:
        assert "Newest labels" not in text(client.get("/"))


class TestRegister:
    def test_a_row_leads_to_the_organisations_page(self, client: Client) -> None:
        labelled(1)
        page = client.get("/register/")
        assert heading(page) == "Register of labels"
        assert links(page) == ["/register/lt-cluster-1/"]
        assert "Cluster 1 Lithuania ICT Bronze valid 2028-10-31" in text(page)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Baltic", "Łódzki", "Zielony"]),
            ("?q=LODZKI", ["Łódzki"]),
            ("?country=PL", ["Łódzki", "Zielony"]),
            ("?portfolio=food", ["Zielony"]),
            ("?level=gold", ["Baltic"]),
            ("?state=valid", ["Baltic", "Łódzki"]),
            ("?state=lapsed", ["Zielony"]),
            ("?country=PL&state=valid", ["Łódzki"]),
            ("?sort=until", ["Zielony", "Łódzki", "Baltic"]),
            ("?sort=-until", ["Baltic", "Łódzki", "Zielony"]),
            ("?sort=country", ["Baltic", "Łódzki", "Zielony"]),
            ("?sort=portfolio", ["Zielony", "Baltic", "Łódzki"]),
            ("?page=99", ["Baltic", "Łódzki", "Zielony"]),
        ],
    )
    def test_search_filters_and_order_stand_in_the_address(
        self, client: Client, query: str, found: list[str]
    ) -> None:
        entry(organisation="a", name="Łódzki", country="PL")
        entry(
            organisation="b", name="Baltic", level=LabelLevel.GOLD,
            valid_until=date(2029, 1, 31), renewable_until=date(2030, 1, 31),
        )  # fmt: skip
        entry(organisation="c", name="Zielony", **ended(date(2015, 2, 11), country="PL", portfolio="food"))
        assert names(client, query) == found

    def test_of_two_labels_the_best_is_shown_unless_a_level_is_asked_for(self, client: Client) -> None:
        labelled(1)
        labelled(1, level=LabelLevel.GOLD, kind=EntryKind.UPGRADE)
        levels = [line.row.level for line in client.get("/register/").context["lines"]]
        asked = [line.row.level for line in client.get("/register/?level=bronze").context["lines"]]
        assert (levels, asked) == (["gold"], ["bronze"])

    def test_a_filter_that_is_not_there_is_named_and_the_rest_still_works(self, client: Client) -> None:
        labelled(1)
        labelled(2)
        page = client.get("/register/?level=platinum&q=2")
        assert errors(page) == ["#id_level The register has no “platinum” to filter by; showing all."]
        assert names(client, "?level=platinum&q=2") == ["Cluster 2"]

    def test_nothing_found_says_what_that_means_and_what_to_try(self, client: Client) -> None:
        page = client.get("/register/?q=nothing")
        assert "No organisation matches" in text(page)
        assert "Not found means: no label of such an organisation was ever entered" in text(page)

    def test_an_empty_register_says_how_the_first_row_comes_about(self, client: Client) -> None:
        assert "The first row appears when a decider awards a label" in text(client.get("/register/"))

    def test_further_pages_keep_the_filters(self, client: Client) -> None:
        labelled(1)
        row = RegisterRow.objects.get()
        for number in range(2, 53):
            row.pk, row.organisation = None, f"lt-cluster-{number}"
            row.save()
        page = client.get("/register/?country=LT")
        assert "52 organisations match" in text(page)
        assert links(page)[-1] == "?country=LT&page=2"
        assert links(client.get("/register/?country=LT&page=2"))[-1] == "?country=LT&page=1"

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(rows):
            labelled(number)
        with django_assert_num_queries(5):
            client.get("/register/")


class TestOrganisation:
    def test_it_opens_with_the_answer(self, client: Client) -> None:
        labelled(1)
        page = client.get("/register/lt-cluster-1/")
        assert heading(page) == "Cluster 1"
        assert page.context["answer"] == "Holds the Bronze label until 31 October 2028."

    def test_a_day_of_the_past_can_be_asked_about(self, client: Client) -> None:
        labelled(1, **ended(date(2013, 2, 23)))
        valid = client.get("/register/lt-cluster-1/?on=2013-02-23")
        after = client.get("/register/lt-cluster-1/?on=2013-02-24")
        assert valid.context["answer"].startswith("Held the Bronze label on 23 February 2013;")
        assert after.context["answer"].startswith("Held no valid label on 24 February 2013:")
        assert "Back to today" in text(valid)

    def test_before_its_first_label_an_organisation_held_none(self, client: Client) -> None:
        labelled(1)
        page = client.get("/register/lt-cluster-1/?on=2010-01-01")
        assert page.context["answer"] == "Held no label on 1 January 2010."

    def test_a_day_that_is_none_is_named_and_today_is_shown(self, client: Client) -> None:
        labelled(1)
        page = client.get("/register/lt-cluster-1/?on=yesterday")
        assert errors(page) == ["#id_on Write the day as year-month-day, for example 2013-02-23."]
        assert page.context["status"].on == TODAY

    def test_what_was_derived_is_marked_with_the_rule_that_gave_it(self, client: Client) -> None:
        labelled(1, **ended(date(2013, 2, 23), derived=("valid_from", "renewable_until"), origin="a page"))
        page = text(client.get("/register/lt-cluster-1/"))
        assert "lapsed 2011-02-24 derived 2013-02-23 2014-02-23 derived" in page
        assert "No record gives the first day, the last day of renewal; it follows from" in page
        assert "Read in a page" in page

    def test_the_history_runs_from_the_newest_entry_to_the_oldest(self, client: Client) -> None:
        labelled(1, **ended(date(2026, 2, 28)))
        labelled(1, kind=EntryKind.RENEWAL, valid_from=date(2026, 3, 1))
        labelled(1, kind=EntryKind.SUSPENSION, reason="Accounts are missing.", **WITHOUT_PERIOD)
        page = client.get("/register/lt-cluster-1/")
        assert [event.title for event in page.context["events"]] == [
            "Suspended: Bronze", "Renewed: Bronze", "Awarded: Bronze",
        ]  # fmt: skip
        assert "Accounts are missing." in text(page)

    def test_a_rename_keeps_the_earlier_name_findable(self, client: Client) -> None:
        labelled(1)
        entry(
            organisation="lt-cluster-1", name="New name", kind=EntryKind.RENAME, level=None, **WITHOUT_PERIOD
        )
        page = client.get("/register/lt-cluster-1/")
        assert heading(page) == "New name"
        assert "Earlier names Cluster 1" in text(page)
        assert [event.title for event in page.context["events"]] == ["Renamed", "Awarded: Bronze"]

    def test_the_code_of_the_badge_is_safe_to_paste(self, client: Client) -> None:
        entry(organisation="lt-x", name='Light & "Sound" <Cluster>')
        assert client.get("/register/lt-x/").context["embed"] == (
            '<a href="http://testserver/register/lt-x/"><img src="http://testserver/badge/lt-x.svg" '
            'alt="Label of Light &amp; &quot;Sound&quot; &lt;Cluster&gt; in the register" height="96"></a>'
        )

    def test_an_organisation_without_a_label_is_not_found_and_the_page_says_what_that_means(
        self, client: Client
    ) -> None:
        page = client.get("/register/lt-unknown/")
        assert page.status_code == 404
        assert "Whether an organisation has applied is not public." in text(page)

    @pytest.mark.parametrize("entries", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, client: Client, entries: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(entries):
            labelled(1)
        with django_assert_num_queries(1):
            client.get("/register/lt-cluster-1/")


class TestBadge:
    def test_it_shows_the_label_as_it_stands(self, client: Client) -> None:
        labelled(1)
        answer = client.get("/badge/lt-cluster-1.svg")
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer["Cache-Control"] == "public, max-age=3600"
        svg = ET.fromstring(answer.content)
        assert svg.find("{*}title").text == "Bronze label of Cluster 1"
        assert "Valid until, 31 October 2028" in svg.find("{*}desc").text

    def test_a_dark_ground_gets_other_colours(self, client: Client) -> None:
        labelled(1)
        assert (
            client.get("/badge/lt-cluster-1.svg").content
            != client.get("/badge/lt-cluster-1.svg?ground=dark").content
        )

    def test_there_is_none_without_a_label(self, client: Client) -> None:
        assert client.get("/badge/lt-unknown.svg").status_code == 404
