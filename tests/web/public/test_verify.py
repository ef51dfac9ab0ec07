"""The address on a certificate."""

import pytest
from django.test import Client
from django.urls import reverse

from factories.apps import entry
from factories.pages import heading, links, text
from touchstone.apps.certificates.services import VERIFY

pytestmark = pytest.mark.django_db


def test_the_address_on_a_certificate_leads_to_the_label_as_it_stands(client: Client) -> None:
    number = entry().number
    answer = client.get(VERIFY.format(number))
    assert (answer.status_code, answer.url) == (302, "/register/lt-amber/")
    assert client.get(answer.url).status_code == 200


def test_the_noughts_before_the_number_do_not_matter() -> None:
    assert reverse("public:verify", args=[49]) == "/verify/49/"
    assert VERIFY.format(49) == "/verify/00049/"


@pytest.mark.parametrize(
    ("address", "number"),
    [("/verify/00049/", "00049"), ("/verify/0/", "00000"), (f"/verify/{10**30}/", str(10**30))],
)
def test_a_number_that_was_never_given_is_told_to_whoever_checks_a_certificate(
    client: Client, address: str, number: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, heading(answer)) == (404, f"No label has the number {number}")
    assert "the certificate was not issued here." in text(answer)
    assert links(answer) == ["/register/"]


@pytest.mark.parametrize("address", ["/verify/one/", "/verify/-1/"])
def test_what_is_no_number_is_not_found(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, heading(answer)) == (404, "There is no such page")
