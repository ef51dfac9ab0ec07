"""Credentials, status lists and keys as programs fetch them."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from factories.apps import NOW, entry
from factories.credentials import ADDRESS, DID
from touchstone.apps.credentials import services
from touchstone.core.labels.model import EntryKind
from touchstone.output.credentials import check, check_token, did_web

pytestmark = pytest.mark.django_db
LIST = "/credentials/status/revocation/1"
DIDS = "/.well-known/did.json"
VARY = "Accept, Accept-Language"


@pytest.fixture(autouse=True)
def number(settings: Settings) -> int:
    """That of a label granted by an installation at labels.example.org."""
    settings.TOUCHSTONE_ADDRESS = ADDRESS
    return entry().number


def body(client: Client, address: str, **headers: str) -> Any:
    return client.get(address, headers=headers).content.decode()


def test_a_credential_is_a_file_that_any_page_may_fetch(client: Client, number: int) -> None:
    answer = client.get(f"/credentials/{number}.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vc+ld+json"
    assert answer["Content-Disposition"] == 'attachment; filename="credential-00001.json"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert check(answer.content, issuer=DID, methods=services.issuer_methods()).intact


def test_its_own_id_is_where_it_is_had(client: Client, number: int) -> None:
    id = json.loads(body(client, reverse("public:credential", args=[number])))["id"]
    assert id == ADDRESS + reverse("public:credential", args=[number])


def test_the_token_is_plain_text(client: Client, number: int) -> None:
    answer = client.get(f"/credentials/{number}.jwt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="credential-00001.jwt"'
    text = answer.content.decode()
    assert check_token(text, issuer=DID, methods=services.issuer_methods()).intact


def test_an_older_version_is_had_by_its_number(client: Client, number: int) -> None:
    first = body(client, f"/credentials/{number}.json")
    entry(
        kind=EntryKind.CORRECTION, corrects=number, level=None, valid_from=None, renewable_until=None,
        valid_until=date(2027, 10, 31),
    )  # fmt: skip
    assert json.loads(body(client, f"/credentials/{number}.json"))["id"].endswith("?version=2")
    assert body(client, f"/credentials/{number}.json?version=1") == first
    assert body(client, f"/credentials/{number}.jwt?version=1").count(".") == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/credentials/2.json", "Entry 2 of the ledger grants no label."),
        (f"/credentials/{10**30}.json", f"Entry {10**30} of the ledger grants no label."),
        ("/credentials/0.jwt", "Entry 0 of the ledger grants no label."),
        ("/credentials/1.json?version=7", "There is no version 7 of the credential 1."),
        ("/credentials/1.json?version=one", "A version is a number: 1, 2, 3."),
        ("/credentials/1.jwt?version=99999999999", "A version is a number: 1, 2, 3."),
        ("/credentials/status/refresh/1", "There is no such status list."),
        ("/credentials/status/revocation/2", "There is no such status list."),
        (f"/credentials/status/suspension/{10**30}.jwt", "There is no such status list."),
    ],
)
def test_what_there_is_not_is_said_plainly(client: Client, number: int, address: str, said: str) -> None:
    body(client, f"/credentials/{number}.json")
    answer = client.get(address)
    assert (answer.status_code, answer.content.decode()) == (404, f"{said}\n")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_nothing_is_sent_again_to_who_has_it_already(client: Client, number: int) -> None:
    client.get(f"/credentials/{number}.json")
    for address in (
        f"/credentials/{number}.json",
        f"/credentials/{number}.jwt",
        LIST,
        "/.well-known/did.json",
    ):
        tag = client.get(address)["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        assert again["Access-Control-Allow-Origin"] == "*"


def test_a_changed_list_has_another_tag(client: Client, number: int) -> None:
    client.get(f"/credentials/{number}.json")
    before = client.get(LIST)["ETag"]
    gone = {"level": None, "valid_from": None, "valid_until": None, "renewable_until": None}
    entry(kind=EntryKind.WITHDRAWAL, effective=NOW.date(), recorded=NOW + timedelta(seconds=1), **gone)
    assert client.get(LIST, headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "application/vc+ld+json", "text/html"])
def test_a_list_is_json_for_who_asks_for_nothing_else(client: Client, number: int, accept: str) -> None:
    client.get(f"/credentials/{number}.json")
    answer = client.get(LIST, headers={"Accept": accept} if accept else {})
    assert (answer["Content-Type"], answer["Vary"]) == ("application/vc+ld+json", VARY)
    assert check(answer.content, issuer=DID, methods=services.issuer_methods()).intact


def test_a_list_is_a_token_for_who_accepts_one(client: Client, number: int) -> None:
    client.get(f"/credentials/{number}.json")
    negotiated = client.get(LIST, headers={"Accept": "application/vc+jwt"})
    assert (negotiated["Content-Type"], negotiated["Vary"]) == ("application/vc+jwt", VARY)
    text = negotiated.content.decode()
    assert check_token(text, issuer=DID, methods=services.issuer_methods()).intact
    assert body(client, f"{LIST}.jwt") == text


def test_the_keys_are_where_the_name_of_the_issuer_leads(client: Client) -> None:
    answer = client.get(DIDS)
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/did+json", "*")
    document = json.loads(answer.content)
    assert document == services.did_document()
    assert document["id"] == did_web(ADDRESS)
    assert body(client, "/did.json") == answer.content.decode()


def test_nothing_can_be_sent_there(client: Client, number: int) -> None:
    assert client.post(f"/credentials/{number}.json").status_code == 405
