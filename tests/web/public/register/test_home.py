from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.pages import links, text
from factories.registered import ended, labelled, many

pytestmark = pytest.mark.django_db


def test_it_shows_the_two_figures_apart(client: Client) -> None:
    labelled(1)
    labelled(2, **ended(date(2015, 2, 11)))
    page = text(client.get("/"))
    assert "holds a valid label on 21 November 2026 1 were ever labelled 2" in page


def test_it_lists_the_newest_labels_that_hold(client: Client) -> None:
    labelled(1)
    labelled(2)
    labelled(3, **ended(date(2015, 2, 11)))
    assert links(client.get("/"))[:2] == ["/register/lt-cluster-2/", "/register/lt-cluster-1/"]
    assert "/register/lt-cluster-3/" not in links(client.get("/"))


def test_an_empty_register_shows_no_list(client: Client) -> None:
    assert "Newest labels" not in text(client.get("/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many(rows, actor=f"a committee for the start page {rows}")
    with django_assert_num_queries(5):
        client.get("/")
