"""Over a damaged entry of the ledger: pages and interfaces say which one it is, and none breaks."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from factories.damage import SAID, damaged_ledger
from factories.pages import text
from touchstone.web.middleware import Damage

pytestmark = pytest.mark.django_db

WHOLE = [
    "/", "/register/", "/register/register.csv", "/register/map/", "/register/lv-pine/",
    "/register/lv-pine/feed.atom", "/sitemap.xml", "/ledger/", "/ledger/ledger.jsonl",
    "/ledger/entries.jsonl", "/ledger/heads.json", "/ledger/keys.json", "/badge/lv-pine.svg",
    "/credentials/3.json", "/verify/3/", "/verify/trust.json", "/api/v1/organisations",
    "/api/v1/organisations/lv-pine", "/api/v1/organisations/lv-pine/history",
]  # fmt: skip
PAGES = [
    "/register/lt-amber/", "/register/lt-amber/?known=2026-11-22", "/register/feed.atom",
    "/register/lt-amber/feed.atom", "/badge/lt-amber.svg", "/credentials/1.json", "/credentials/2.json",
    "/data/", "/data/labels.csv",
]  # fmt: skip
ANSWERS = [
    "/api/v1/ledger/entries", "/api/v1/organisations/lt-amber", "/api/v1/organisations/lt-amber/history",
]  # fmt: skip


@pytest.fixture(autouse=True)
def damaged() -> None:
    damaged_ledger()


@pytest.mark.parametrize("address", WHOLE)
def test_what_does_not_rest_on_it_is_there(address: str) -> None:
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_rests_on_it_names_it(address: str, caplog: pytest.LogCaptureFixture) -> None:
    page = Client().get(address)
    assert page.status_code == 500
    assert f"The ledger is damaged, and this page rests on it: {SAID}" in text(page)
    ours = [record for record in caplog.records if record.name == "touchstone.web.middleware"]
    assert [(one.levelno, one.exc_info) for one in ours] == [(logging.ERROR, None)]


@pytest.mark.parametrize("address", ANSWERS)
def test_an_answer_to_a_program_that_rests_on_it_names_it(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert json.loads(answer.content)["detail"] == f"The ledger is damaged: {SAID}"


def test_other_faults_of_the_program_are_not_taken_for_damage() -> None:
    damage = Damage(lambda _: HttpResponse())
    assert damage.process_exception(RequestFactory().get("/"), ValueError()) is None
