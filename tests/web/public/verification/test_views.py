"""The pages that check a label: handing in anything, the number on a certificate, the keys to save."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import Settings

from factories import issued
from factories.apps import NOW, TODAY, entry
from factories.badges import stop
from factories.guards import lifted
from factories.pages import errors, heading, links, text
from factories.photos import photo, png_bomb
from touchstone.apps.certificates.services import VERIFY
from touchstone.apps.credentials.services import credential
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.examining import LIMIT, examined
from touchstone.apps.verification.trust import read_trust
from touchstone.core.labels.checks import CheckName
from touchstone.core.labels.model import EntryKind, LabelLevel

pytestmark = pytest.mark.django_db
VALID = "The Bronze label of Amber Cluster is valid today, until 31 October 2028."


@pytest.fixture(autouse=True)
def installation(touchstone_home: Path, settings: Settings) -> None:
    settings.TOUCHSTONE_ADDRESS = issued.ADDRESS
    issued.install(touchstone_home)


def upload(content: bytes, name: str = "label.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def answer(page: HttpResponse) -> str:
    (found,) = re.findall(r'<p class="answer">(.*?)</p>', page.content.decode())
    return unescape(found)


def results(page: HttpResponse) -> list[tuple[str, str]]:
    """Each check's name and its result in words."""
    found = re.findall(
        r'<li[^>]*><h3>(.*?)</h3>.*?<span class="word">(.*?)</span>', page.content.decode(), re.DOTALL
    )
    return [(unescape(name), word) for name, word in found]


class TestHandingIn:
    def test_the_form_says_what_can_be_checked_and_that_nothing_is_kept(self, client: Client) -> None:
        page = client.get("/verify/")
        assert (page.status_code, heading(page)) == (200, "Check a label")
        assert "Nothing that you hand in is kept" in text(page)
        assert links(page) == ["/register/", "/verify/trust.json"]

    def test_it_takes_one_photograph_from_a_telephones_camera(self, client: Client) -> None:
        page = client.get("/verify/").content.decode()
        (field,) = re.findall(r'<input type="file" name="photo"[^>]*>', page)
        assert 'accept="image/*"' in field
        assert 'capture="environment"' in field

    @pytest.mark.parametrize(
        ("field", "content"),
        [
            ("file", lambda: upload(issued.certificate())),
            ("file", lambda: upload(issued.credential().encode(), "credential.json")),
            ("file", lambda: upload(issued.png(), "holiday.jpg")),
            ("photo", lambda: upload(photo(f"{issued.ADDRESS}/verify/00001/", kind="JPEG"), "photo.jpg")),
            ("text", issued.credential),
            ("text", issued.jwt),
            ("text", lambda: " 00001 "),
            ("text", lambda: f"{issued.ADDRESS}/verify/1/"),
        ],
    )
    def test_the_answer_comes_first(self, client: Client, field: str, content: object) -> None:
        entry()
        page = client.post("/verify/", {field: content()})  # type: ignore[operator]  # see the list above
        assert (page.status_code, heading(page)) == (200, "Valid today")
        assert answer(page).removeprefix("Genuine. ") == VALID
        assert links(page)[-3:] == ["/register/lt-amber/", "/verify/", "/verify/1/"]

    def test_each_check_is_told_in_words_and_what_was_left_open_apart(self, client: Client) -> None:
        entry()
        page = client.post("/verify/", {"file": upload(issued.png(organisation="Ember"))})
        assert results(page) == [
            ("What it is", "passed"),
            ("Issuer", "passed"),
            ("Signature", "passed"),
            ("Unchanged since", "passed"),
            ("Ledger entry", "passed"),
            ("Says the same as the register", "passed"),
            ("Dates", "passed"),
            ("Status now", "passed"),
            ("Picture shows this label", "not checked"),
        ]
        assert "What was not checked, and why" in text(page)

    def test_a_forgery_is_told_so(self, client: Client) -> None:
        entry()
        page = client.post("/verify/", {"text": issued.credential("forger")})
        assert (heading(page), answer(page)) == (
            "Not valid",
            "Do not rely on this. It names a key that is not the issuer's.",
        )
        assert ("Signature", "failed") in results(page)

    def test_a_stopped_label_is_genuine_but_not_valid(self, client: Client) -> None:
        entry()
        nothing = {"valid_from": None, "valid_until": None, "renewable_until": None}
        entry(kind=EntryKind.SUSPENSION, effective=TODAY, reason="A reason.", **nothing)
        page = client.post("/verify/", {"text": issued.credential()})
        assert heading(page) == "Not valid today"

    def test_another_issuers_file_cannot_be_confirmed(self, client: Client) -> None:
        there = "https://other-labels.example.com"
        issuer = issued.Issuer(did="did:web:other-labels.example.com", name="Other", address=there)
        page = client.post("/verify/", {"text": issued.credential("other", issuer=issuer)})
        assert heading(page) == "This cannot be confirmed"
        assert links(page)[-1] == "/register/"

    def test_a_signed_answer_of_the_register_is_genuine(self, client: Client) -> None:
        from factories.apps import NOW
        from touchstone.apps.proofs import services
        from touchstone.core.labels.model import LabelLevel
        from touchstone.core.labels.proof import Match

        entry()
        made = services.answer(["lt-amber"], level=LabelLevel.BRONZE, match=Match.EXACTLY, on=TODAY, at=NOW)
        page = client.post("/verify/", {"text": services.document(made)})
        assert heading(page) == "Genuine"

    def test_what_comes_from_outside_is_escaped(self, client: Client) -> None:
        entry()
        evil = "<script>alert(1)</script>"
        issuer = issued.Issuer(did=f"did:web:{evil}", name="Other", address=issued.ADDRESS)
        for page in (
            client.post("/verify/", {"text": issued.credential(name=evil)}),
            client.post("/verify/", {"text": json.dumps({**issued.document(), "issuer": issuer.did})}),
            client.post("/verify/", {"text": evil}),
            client.post("/verify/", {"text": f"https://{evil}/"}),
        ):
            assert page.status_code == 200
            assert evil not in page.content.decode()

    def test_it_needs_no_cookie_and_sets_none(self) -> None:
        entry()
        strict = Client(enforce_csrf_checks=True)
        page = strict.post("/verify/", {"text": "1"})
        assert (page.status_code, heading(page)) == (200, "Valid today")
        assert not page.cookies
        assert "no-store" in page["Cache-Control"]

    def test_nothing_that_was_handed_in_is_kept(self, client: Client, touchstone_home: Path) -> None:
        entry()
        before = sorted(touchstone_home.rglob("*"))
        client.post("/verify/", {"file": upload(issued.certificate())})
        assert sorted(touchstone_home.rglob("*")) == before


class TestRefusals:
    def test_nothing_at_all(self, client: Client) -> None:
        page = client.post("/verify/", {"text": " \n"})
        assert errors(page) == [
            "#id_text Nothing was handed in. Type a number or a link, choose a file, or photograph the code."
        ]

    def test_two_things_at_once(self, client: Client) -> None:
        page = client.post("/verify/", {"text": "57", "file": upload(b"x")})
        assert errors(page) == ["#id_file More than one thing was handed in. Check one at a time."]
        assert ">\n57</textarea>" in page.content.decode()

    @pytest.mark.parametrize("given", [{}, {"file": upload(b"")}, {"photo": upload(b"")}])
    def test_an_empty_form_or_file(self, client: Client, given: dict[str, object]) -> None:
        assert len(errors(client.post("/verify/", given))) == 1

    @pytest.mark.parametrize(
        ("field", "content", "said"),
        [
            (
                "file",
                b"PK\x03\x04",
                "#id_file This is a ZIP archive or an office document.",
            ),
            ("photo", png_bomb(), "#id_photo The picture has 50,000 × 50,000 pixels;"),
            ("file", b"%PDF-1.7\n", "#id_file The PDF is damaged and cannot be read."),
        ],
    )
    def test_what_cannot_be_checked_is_told_at_its_field(
        self, client: Client, field: str, content: bytes, said: str
    ) -> None:
        (error,) = errors(client.post("/verify/", {field: upload(content)}))
        assert error.startswith(said)

    def test_a_file_of_ten_megabytes_is_taken_and_a_larger_one_is_not(self, client: Client) -> None:
        (error,) = errors(client.post("/verify/", {"file": upload(b"\xff" * LIMIT)}))
        assert error.startswith("#id_file This is no file of a kind that can be checked.")
        page = client.post("/verify/", {"file": upload(bytes(LIMIT + 1))})
        assert (page.status_code, errors(page)) == (
            413,
            ["#id_file The file is larger than 10 MB. Choose the right file."],
        )

    @pytest.mark.parametrize("length", [str(3 * LIMIT), "1" * 40])
    def test_a_request_that_says_it_is_larger_is_not_read(self, client: Client, length: str) -> None:
        page = client.generic(
            "POST", "/verify/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=length
        )
        assert page.status_code == 413

    @pytest.mark.parametrize("body", [b"", b"--x\r\n", b"\xff" * 100])
    @pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain"])
    def test_a_broken_request_is_no_error_of_the_server(self, client: Client, body: bytes, kind: str) -> None:
        assert client.generic("POST", "/verify/", body, kind).status_code in {200, 400}

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_other_methods_are_not_allowed(self, client: Client, method: str) -> None:
        assert getattr(client, method)("/verify/").status_code == 405


class TestAnything(TestCase):
    @given(
        st.binary(max_size=200), st.sampled_from([b"", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"<svg", b"{", b"eyJ"])
    )
    def test_any_file_gets_a_page(self, rest: bytes, start: bytes) -> None:
        page = Client().post("/verify/", {"file": upload(start + rest)})
        assert page.status_code == 200

    @given(st.text(max_size=200))
    def test_any_text_gets_a_page(self, text: str) -> None:
        page = Client().post("/verify/", {"text": text.encode("utf-8", "replace").decode()})
        assert page.status_code == 200

    @given(st.integers(0, 10**40))
    def test_any_number_gets_a_page(self, number: int) -> None:
        assert Client().get(f"/verify/{number}/").status_code == 404


class TestNumber:
    def test_the_address_on_a_certificate_leads_to_the_label_as_it_stands(self, client: Client) -> None:
        number = entry().number
        page = client.get(VERIFY.format(number))
        assert (page.status_code, heading(page), answer(page)) == (200, "Label number 00001", VALID)
        assert links(page) == ["/verify/", "/register/lt-amber/", "/register/lt-amber/", "/verify/"]
        assert results(page) == [
            ("What it is", "passed"),
            ("Ledger entry", "passed"),
            ("Dates", "passed"),
            ("Status now", "passed"),
        ]

    def test_the_noughts_before_the_number_do_not_matter(self) -> None:
        assert reverse("public:verify", args=[49]) == "/verify/49/"
        assert VERIFY.format(49) == "/verify/00049/"

    @pytest.mark.parametrize(
        ("address", "number"),
        [("/verify/00049/", "00049"), ("/verify/0/", "00000"), (f"/verify/{10**30}/", str(10**30))],
    )
    def test_a_number_that_was_never_given_is_told_to_whoever_checks_a_certificate(
        self, client: Client, address: str, number: str
    ) -> None:
        page = client.get(address)
        assert (page.status_code, heading(page)) == (404, f"No label has the number {number}")
        assert "the certificate was not issued here." in text(page)
        assert links(page) == ["/register/", "/verify/"]

    def test_an_entry_that_grants_nothing_is_no_label(self, client: Client) -> None:
        entry()
        nothing = {"valid_from": None, "valid_until": None, "renewable_until": None}
        entry(kind=EntryKind.SUSPENSION, effective=TODAY, reason="A reason.", **nothing)
        assert client.get("/verify/2/").status_code == 404
        assert answer(client.get("/verify/1/")) == "The Bronze label of Amber Cluster is suspended today."

    def test_an_entry_that_cannot_be_read_is_told_and_no_error_of_the_server(self, client: Client) -> None:
        entry()
        with lifted():
            LedgerEntry.objects.filter(number=1).update(document="{}")
        page = client.get("/verify/1/")
        assert (page.status_code, heading(page)) == (409, "Check a label")
        assert errors(page)[0].startswith("the ledger: ")

    @pytest.mark.parametrize("address", ["/verify/one/", "/verify/-1/"])
    def test_what_is_no_number_is_not_found(self, client: Client, address: str) -> None:
        page = client.get(address)
        assert (page.status_code, heading(page)) == (404, "There is no such page")


class TestGlance:
    @pytest.mark.parametrize(
        ("content", "mark", "tally", "has_badge"),
        [
            (issued.png(), "passed", "9 checks were made; none failed.", True),
            (issued.png(organisation="Ember"), "open", "8 checks were made; none failed.", True),
            (issued.png(level=LabelLevel.GOLD), "failed", "9 checks were made; 1 failed.", True),
            (issued.credential("forger").encode(), "failed", "6 checks were made; 1 failed.", False),
            (issued.svg("{}"), "failed", "1 check was made; 1 failed.", False),
            (issued.bare_png(), "open", "1 check was made; none failed.", False),
        ],
        ids=["genuine", "another picture", "painted", "forged", "nothing inside", "stripped"],
    )
    def test_the_outcome_has_a_mark_the_checks_a_tally_and_the_label_its_badge(
        self, client: Client, content: bytes, mark: str, tally: str, has_badge: bool
    ) -> None:
        entry()
        page = client.post("/verify/", {"file": upload(content)}).content.decode()
        marks = re.findall(r'<h1 class="outcome outcome-\w+"><span class="outcome-mark mark-(\w+)">', page)
        assert marks == [mark]
        assert re.findall(r'<p class="soft">(\d[^<]*)</p>', page) == [tally]
        assert ('src="/badge/lt-amber/1.svg"' in page) is has_badge

    def test_a_failed_check_stands_out(self, client: Client) -> None:
        entry()
        page = client.post("/verify/", {"file": upload(issued.png(level=LabelLevel.GOLD))}).content.decode()
        assert re.findall(r'<li class="failing"><h3>([^<]*)</h3>', page) == ["Picture shows this label"]

    def test_a_label_that_has_not_begun_has_no_badge_yet(self, client: Client) -> None:
        ahead = {"valid_from": date(2027, 1, 1), "valid_until": date(2028, 12, 31)}
        entry(effective=date(2027, 1, 1), **ahead, renewable_until=None)
        assert "/badge/" not in client.get("/verify/1/").content.decode()

    def test_an_invented_label_is_marked_as_in_the_register(self, client: Client) -> None:
        entry()
        for synthetic in (False, True):
            made = {"name": "Amber Cluster", "synthetic": synthetic}
            Organisation.objects.update_or_create(key="lt-amber", defaults=made)
            page = client.get("/verify/1/").content.decode()
            assert ("invented, for the demonstration" in page) is synthetic


class TestTrust:
    @pytest.fixture(autouse=True)
    def noon(self) -> Iterator[None]:
        with time_machine.travel(NOW, tick=False):
            yield

    def test_the_keys_can_be_saved_by_any_page_and_program(self, client: Client) -> None:
        page = client.get("/verify/trust.json")
        assert read_trust(page.content, file="trust.json") == replace(issued.keys().trust, published=NOW)
        assert (page["Content-Type"], page["Access-Control-Allow-Origin"]) == ("application/json", "*")
        assert "max-age=300" in page["Cache-Control"]

    def test_the_status_lists_of_the_moment_come_with_them(self, client: Client) -> None:
        granted = entry()
        text = credential(granted.number)

        def told() -> tuple[bool | None, str]:
            trust = read_trust(client.get("/verify/trust.json").content, file="trust.json")
            check = examined(text, Asked(at=NOW, trust=trust)).check(CheckName.SAVED)
            assert check is not None
            return check.passed, check.detail.partition(",")[0]

        assert told() == (True, "Not revoked or suspended as of 21 November 2026")
        stop(EntryKind.SUSPENSION, level=LabelLevel.BRONZE)
        assert told() == (False, "Suspended as of 21 November 2026")
        stop(EntryKind.WITHDRAWAL, level=LabelLevel.BRONZE)
        assert told() == (False, "Revoked as of 21 November 2026")

    def test_an_installation_that_has_issued_nothing_has_none(
        self, client: Client, touchstone_home: Path
    ) -> None:
        for file in (touchstone_home / "keys").rglob("*.pem"):
            file.unlink()
        found = read_trust(client.get("/verify/trust.json").content, file="trust.json")
        assert (found.seals, found.keys) == ({}, {})
        assert LedgerEntry.objects.count() == 0
