"""The ledger for everybody: the page, and all of it as files that check."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from factories.apps import NOW, entry
from factories.guards import lifted
from factories.pages import heading, links, text
from touchstone.apps.register import copies, services
from touchstone.apps.register.copy_check import check_copy
from touchstone.apps.register.models import LedgerEntry
from touchstone.core.labels.documents import head_from_document
from touchstone.core.labels.lines import first_line_read
from touchstone.intake.ledger_file import opened

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FILES = ["/ledger/ledger.jsonl", "/ledger/entries.jsonl", "/ledger/heads.json", "/ledger/keys.json"]


@pytest.fixture
def three() -> None:
    """Three entries of two days, with the head of the first."""
    entry()
    entry(organisation="lv-pine", name="<b>Pine</b> & Co")
    entry(organisation="Not a key!", name="Odd", recorded=NOW + DAY)


def test_an_empty_ledger_says_how_the_first_entry_comes_about() -> None:
    page = Client().get("/ledger/")
    assert (page.status_code, heading(page), links(page)) == (200, "Ledger", [])
    assert "The first entry appears when a decider awards a label" in text(page)


@pytest.mark.usefixtures("three")
def test_the_page_says_what_there_is_and_leads_to_all_of_it(settings: Settings) -> None:
    settings.TOUCHSTONE_ADDRESS = "https://label.example"
    page = Client().get("/ledger/")
    assert "3 entries, the newest of 22 November 2026. None of them can be changed unnoticed." in text(page)
    assert "touchstone ledger verify https://label.example --since ledger.jsonl" in text(page)
    assert links(page) == [
        "/ledger/ledger.jsonl", "/ledger/keys.json", "/register/lv-pine/", "/register/lt-amber/",
        "/ledger/ledger.jsonl", "/ledger/entries.jsonl?after=0", "/ledger/heads.json", "/ledger/keys.json",
    ]  # fmt: skip
    assert "<b>Pine</b> & Co" in text(page)
    assert "2026-11-21 up to entry 2 " + services.heads()[0].hash in text(page)


def test_before_the_first_day_is_over_there_is_no_head() -> None:
    entry()
    page = text(Client().get("/ledger/"))
    assert "1 entry, recorded on 21 November 2026. It cannot be changed unnoticed." in page
    assert "The first head is written when the day of the first entry is over." in page


@pytest.mark.usefixtures("three")
def test_the_whole_ledger_is_a_file_that_checks(tmp_path: Path) -> None:
    answer = Client().get(FILES[0])
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/jsonl", 'attachment; filename="ledger.jsonl"',
    )  # fmt: skip
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(answer.getvalue())
    found = check_copy(file, name="copy", signers=None)
    assert (found.entries, found.heads, found.first_fault, found.newest) == (3, 1, None, services.heads()[0])
    assert Client().get(FILES[0]).getvalue() == file.read_bytes()


def test_an_empty_ledger_is_a_file_too() -> None:
    copy = opened(io.BytesIO(Client().get(FILES[0]).getvalue()))
    assert (copy.first.entries, list(copy.entry_lines())) == (0, [])


@pytest.mark.usefixtures("three")
def test_entries_are_given_after_a_number_and_the_next_are_linked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Client().get(FILES[0]).getvalue().splitlines(keepends=True)
    answer = Client().get("/ledger/entries.jsonl?after=1")
    assert (answer.content, answer.has_header("Link")) == (b"".join(whole[2:4]), False)
    assert "max-age=60" in answer["Cache-Control"]
    assert Client().get("/ledger/entries.jsonl?after=999999999").content == b""
    monkeypatch.setattr(copies, "AT_ONCE", 3)
    full = Client().get("/ledger/entries.jsonl")
    assert (full.content, full["Link"]) == (
        b"".join(whole[1:4]), '</ledger/entries.jsonl?after=3>; rel="next"',
    )  # fmt: skip
    assert "max-age=86400" in full["Cache-Control"]


@pytest.mark.parametrize("after", ["", "-1", "1.5", "x", "9" * 10, "٣", "1 OR 1=1"])
def test_a_number_that_is_none_is_refused(after: str) -> None:
    answer = Client().get("/ledger/entries.jsonl", {"after": after})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.startswith(b"after: give the number of the last entry that you have")


@pytest.mark.usefixtures("three")
def test_heads_and_keys_are_documents(settings: Settings) -> None:
    heads = json.loads(Client().get(FILES[2]).content)
    assert tuple(map(head_from_document, heads["heads"])) == services.heads()
    keys = json.loads(Client().get(FILES[3]).content)
    first = first_line_read(Client().get(FILES[0]).getvalue().splitlines()[0])
    assert {id: bytes.fromhex(public) for id, public in keys["keys"].items()} == first.keys
    assert (keys["algorithm"], keys["address"], heads["address"]) == (
        "Ed25519",
        *[settings.TOUCHSTONE_ADDRESS] * 2,
    )


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("path", FILES)
def test_any_page_may_fetch_a_file_and_keep_it_until_it_changes(path: str) -> None:
    answer = Client().get(path)
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = Client().get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
    services.close_day(at=datetime(2026, 11, 23, tzinfo=UTC))
    assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 200
    assert Client().post(path).status_code == 405


@pytest.mark.usefixtures("three")
def test_a_damaged_ledger_is_told_and_given_as_it_is() -> None:
    with lifted():
        LedgerEntry.objects.filter(number=3).update(document="{}")
    assert "The newest entry cannot be read: it was damaged." in text(Client().get("/ledger/"))
    answer = Client().get(FILES[0])
    assert b'{"act":{},' in answer.getvalue()


@pytest.mark.usefixtures("three")
def test_a_damaged_key_is_told_without_saying_where_it_lies(touchstone_home: Path) -> None:
    for file in (touchstone_home / "keys" / "public").glob("*.pem"):
        file.write_text("no key")
    said = b"The ledger is damaged: this is no public key that can be read. Put it back from a backup.\n"
    answers = [Client().get(path) for path in FILES]
    assert [(answer.status_code, answer.content) for answer in answers] == [(500, said)] * 4


# SQLite keeps any text as a day, PostgreSQL days only.
DAMAGES = {"sqlite": "day = 'someday'", "postgresql": "number = 7"}
TOLD = {"sqlite": "The ledger is damaged: head of someday: it cannot be read", "postgresql": "up to entry 7"}


@pytest.mark.usefixtures("three")
def test_a_damaged_head_is_told_on_the_page() -> None:
    with lifted(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE register_ledgerhead SET {DAMAGES[connection.vendor]}")
    assert TOLD[connection.vendor] in text(Client().get("/ledger/"))
