import csv
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.apps import TODAY, DeciderFactory, PersonFactory, entry
from factories.badges import stop
from factories.pages import heading, links, text
from touchstone.apps.badges.models import Sighting
from touchstone.core.labels.model import EntryKind, LabelLevel

pytestmark = pytest.mark.django_db
PAGE = "/secretariat/misuse/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


def stopped(organisation: str, name: str, kind: EntryKind = EntryKind.WITHDRAWAL) -> None:
    entry(organisation=organisation, name=name)
    stop(kind, organisation=organisation, name=name, level=LabelLevel.BRONZE)


def seen(organisation: str, host: str, *, days_ago: int = 0, count: int = 1) -> None:
    day = TODAY - timedelta(days=days_ago)
    Sighting.objects.create(organisation=organisation, host=host, day=day, count=count)


def shown(client: Client, query: str = "") -> list[tuple[str, str]]:
    return [(line.label.name, line.host) for line in client.get(f"{PAGE}{query}").context["lines"]]


def test_it_lists_each_organisation_and_host_once_with_its_days_and_requests(office: Client) -> None:
    stopped("lt-amber", "Amber Cluster")
    seen("lt-amber", "a.example", days_ago=9, count=2)
    seen("lt-amber", "a.example", days_ago=1, count=5)
    page = office.get(PAGE)
    assert heading(page) == "Misused badges"
    assert "1 row · Download as CSV" in text(page)
    assert "Amber Cluster Bronze withdrawn a.example 2026-11-12 2026-11-20 7" in text(page)
    assert "/register/lt-amber/" in links(page)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["c.example", "b.example", "a.example"]),
        ("?sort=last", ["c.example", "b.example", "a.example"]),
        ("?sort=first", ["b.example", "a.example", "c.example"]),
        ("?sort=requests", ["a.example", "c.example", "b.example"]),
        ("?sort=organisation", ["b.example", "c.example", "a.example"]),
        ("?sort=host", ["a.example", "b.example", "c.example"]),
        ("?sort=nonsense", ["c.example", "b.example", "a.example"]),
    ],
)
def test_it_can_be_sorted(office: Client, query: str, order: list[str]) -> None:
    stopped("x", "Ąžuolas")
    stopped("a", "Baltic", EntryKind.SUSPENSION)
    seen("a", "a.example", days_ago=3, count=9)
    seen("x", "b.example", days_ago=2)
    seen("x", "b.example", days_ago=8)
    seen("x", "c.example", days_ago=1, count=3)
    assert [host for _, host in shown(office, query)] == order


def test_a_label_that_holds_again_is_not_listed(office: Client) -> None:
    stopped("lt-amber", "Amber Cluster", EntryKind.SUSPENSION)
    seen("lt-amber", "a.example")
    assert shown(office) == [("Amber Cluster", "a.example")]
    stop(EntryKind.REINSTATEMENT, organisation="lt-amber", name="Amber Cluster", level=LabelLevel.BRONZE)
    assert shown(office) == []


def test_of_two_levels_the_one_that_does_not_hold_is_named(office: Client) -> None:
    entry()
    entry(level=LabelLevel.GOLD, kind=EntryKind.UPGRADE)
    stop(EntryKind.WITHDRAWAL, level=LabelLevel.GOLD)
    seen("lt-amber", "a.example")
    assert "Amber Cluster Gold withdrawn a.example" in text(office.get(PAGE))


def test_hosts_beyond_the_bound_stand_together(office: Client) -> None:
    stopped("lt-amber", "Amber Cluster")
    seen("lt-amber", "", count=7)
    assert "further hosts 2026-11-21 2026-11-21 7" in text(office.get(PAGE))


def test_an_empty_list_says_how_the_first_row_comes_about(office: Client) -> None:
    page = text(office.get(PAGE))
    assert "No badge is misused A row appears when another site's page asks" in page
    assert "Download as CSV" not in page


def test_it_says_what_is_counted_and_for_how_long(office: Client) -> None:
    page = text(office.get(PAGE))
    assert "lapsed more than 90 days ago" in page
    assert "only the name of the referring host and the day are kept, for 400 days" in page


def test_the_csv_has_what_is_listed_and_no_formulas(office: Client) -> None:
    stopped("lt-amber", "=1+1")
    seen("lt-amber", "a.example", days_ago=1, count=5)
    answer = office.get(f"{PAGE}?as=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="misused-badges-2026-11-21.csv"'
    assert list(csv.reader(answer.content.decode().splitlines())) == [
        ["organisation", "name", "level", "status", "host", "first_seen", "last_seen", "requests"],
        ["lt-amber", "'=1+1", "bronze", "withdrawn", "a.example", "2026-11-20", "2026-11-20", "5"],
    ]


def test_further_pages_keep_the_order(office: Client) -> None:
    stopped("lt-amber", "Amber Cluster")
    for number in range(51):
        seen("lt-amber", f"host-{number:02d}.example")
    page = office.get(f"{PAGE}?sort=host&page=2")
    assert [line.host for line in page.context["lines"]] == ["host-50.example"]
    assert links(page)[-1] == "?sort=host&page=1"


@pytest.mark.parametrize("rows", [1, 5])
def test_the_number_of_queries_does_not_grow(
    office: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        stopped(f"lt-{number}", f"Cluster {number}")
        seen(f"lt-{number}", "a.example")
    with django_assert_num_queries(5):
        office.get(PAGE)


def test_the_secretariat_finds_it_from_its_list_and_nobody_else_may_see_it(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(DeciderFactory())
    assert client.get(PAGE).status_code == 403
    client.force_login(PersonFactory())
    assert PAGE in links(client.get("/secretariat/"))


def test_days_of_another_year_are_told_whole(office: Client) -> None:
    stopped("lt-amber", "Amber Cluster")
    Sighting.objects.create(organisation="lt-amber", host="a.example", day=date(2025, 12, 31), count=1)
    assert "2025-12-31" in text(office.get(PAGE))
