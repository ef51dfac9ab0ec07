"""The pages of the proof: the question, the answer, the files; nothing is kept, nothing breaks."""

import io
import json
import re
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.apps import entry
from factories.pages import errors, heading, text
from factories.workbooks import workbook
from touchstone.apps.proofs import services
from touchstone.core.labels.model import EntryKind

pytestmark = pytest.mark.django_db


def ask(client: Client, names: str = "", **fields: Any) -> HttpResponse:
    return client.post("/proof/", {"names": names, **fields})


def question(page: HttpResponse) -> str:
    """The question that the forms of the files carry."""
    first, second = re.findall(r'name="question" value="([^"]*)"', page.content.decode())
    assert first == second
    return first


def rows(page: HttpResponse) -> list[str]:
    body = page.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>") if row.strip()]


def test_the_question_is_one_form_and_says_that_nothing_is_kept(client: Client) -> None:
    page = client.get("/proof/")
    assert (page.status_code, heading(page)) == (200, "Was a label valid on a day?")
    assert "Nothing is kept here, neither your list nor the answer." in text(page)
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_link_may_fill_in_the_question(client: Client) -> None:
    page = client.get("/proof/?organisation=lt-amber&on=2026-11-01&label=exactly:silver").content.decode()
    assert ">\nlt-amber</textarea>" in page
    assert 'name="on" value="2026-11-01"' in page
    assert '<option value="exactly:silver" selected>' in page


def test_one_organisation_is_answered_in_the_heading(client: Client) -> None:
    entry()
    page = ask(client, "Amber Cluster")
    assert heading(page) == "Yes: Amber Cluster"
    assert "Bronze or higher, on 21 November 2026, as known on 21 November 2026, 12:00:00 UTC." in text(page)
    assert rows(page) == ["Yes Amber Cluster Bronze valid 2026-10-12 2028-10-31 1"]


@pytest.mark.parametrize(
    ("names", "label", "expected"),
    [
        ("lt-amber", "at_least:silver", "No: Amber Cluster"),
        ("Nobody", "", "Not known: no “Nobody”."),
        ("Twin", "", "Not known: several are called “Twin”."),
        ("lt-amber\nNobody\npl-a", "", "Yes for 2 of 3, no for 0, not known for 1."),
    ],
)
def test_each_answer_has_its_heading(client: Client, names: str, label: str, expected: str) -> None:
    entry()
    entry(organisation="pl-a", name="Twin")
    entry(organisation="pl-b", name="Twin")
    assert heading(ask(client, names, label=label)) == expected


def test_a_table_says_of_each_line_what_was_found_and_what_was_left_out(client: Client) -> None:
    entry()
    entry()
    entry(organisation="pl-a", name="Twin")
    entry(organisation="pl-b", name="Twin")
    page = ask(client, "1\nAmber Clustre\n\nTwin\n1\nlt-amber", on="2020-01-01", label="exactly:bronze")
    assert rows(page) == [
        "No Amber Cluster asked as: 1 No label by then. 1, 2",
        "Not known Amber Clustre Not found. Did you mean “Amber Cluster”? It was not taken for that. – –",
        "Not known Twin Several are called so. Ask again by the key: pl-a , pl-b – –",
        "No Amber Cluster asked as: lt-amber No label by then. 1, 2",
    ]
    assert "1 line said a name again and was left out. 1 empty line was passed over." in text(page)
    assert "Bronze and no other level, on 1 January 2020" in text(page)


def test_what_an_organisation_became_is_linked(client: Client) -> None:
    entry()
    entry(organisation="lt-new", name="New")
    entry(kind=EntryKind.MERGER, others=("lt-new",), level=None, valid_from=None, valid_until=None,
          renewable_until=None)  # fmt: skip
    assert "Has become: lt-new" in text(ask(client, "lt-amber"))


def test_a_day_to_come_and_an_empty_ledger_are_said(client: Client) -> None:
    page = text(ask(client, "Amber", on="2999-12-31"))
    assert "That day lies ahead of what was known." in page
    assert "Nothing had been entered in the ledger by then" in page


LISTS = {
    "list.xlsx": workbook({"One": [["Country", "Name"], ["LT", "Amber Cluster"]]}),
    "list.csv": b"name;country\nAmber Cluster;LT\n",
    "list.txt": b"Amber Cluster\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_can_be_handed_in_as_a_file(client: Client, name: str) -> None:
    entry()
    assert heading(ask(client, file=SimpleUploadedFile(name, LISTS[name]))) == "Yes: Amber Cluster"


def test_a_file_joins_what_was_typed(client: Client) -> None:
    entry()
    file = SimpleUploadedFile("a.txt", b"Amber Cluster\nNobody\n")
    page = ask(client, "Amber Cluster", file=file)
    assert len(rows(page)) == 2
    assert "1 line said a name again" in text(page)


def test_an_encoding_that_was_concluded_is_said(client: Client) -> None:
    file = SimpleUploadedFile("a.txt", "Klaster Żółw Obróbki".encode("cp1250"))
    assert "its letters are those of Windows-1250" in text(ask(client, file=file))


TEN_THOUSAND = "\n".join(f"name {n}" for n in range(10_000))
MANY = "These are 10,000 names. A proof answers for 500 at most: ask in several parts."


def test_ten_thousand_names_are_refused_with_their_number_and_stay_in_the_form(client: Client) -> None:
    page = ask(client, TEN_THOUSAND)
    assert errors(page) == [f"#id_names {MANY}"]
    assert f">\n{TEN_THOUSAND}</textarea>" in page.content.decode()


def test_a_file_of_ten_thousand_names_is_refused_where_it_was_chosen(client: Client) -> None:
    page = ask(client, file=SimpleUploadedFile("a.txt", TEN_THOUSAND.encode()))
    assert errors(page) == [f"#id_file {MANY}"]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "#id_names Name at least one organisation, or choose a file."),
        ({"names": "\n \n"}, "#id_names Name at least one organisation, or choose a file."),
        (
            {"names": "a\n" + "x" * 10_000},
            ("#id_names Line 2 has 10000 characters; no name has more than 300. Write one name a line."),
        ),
        ({"names": "a", "on": "soon"}, "#id_on Write the day as year-month-day, for example 2013-02-23."),
        (
            {"names": "a", "known": "2026-11-22"},
            "#id_known That day is not over. Choose today or a day before it.",
        ),
        (
            {"names": "a", "label": "platinum"},
            ("#id_label Select a valid choice. platinum is not one of the available choices."),
        ),
        ({"names": "a\x00b"}, "#id_names Null characters are not allowed."),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(
    client: Client, fields: dict[str, str], fault: str
) -> None:
    assert errors(client.post("/proof/", fields)) == [fault]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"a;b\nc;d"])
def test_a_file_that_is_no_list_is_told_at_its_field(client: Client, content: bytes) -> None:
    (fault,) = errors(ask(client, file=SimpleUploadedFile("a.csv", content)))
    assert fault.startswith("#id_file ")


@pytest.mark.parametrize("known", ["2026-11-21", ""])
def test_today_is_known_as_of_now_and_a_day_before_as_of_its_end(client: Client, known: str) -> None:
    entry()
    assert heading(ask(client, "lt-amber", known=known)) == "Yes: Amber Cluster"
    before = ask(client, "lt-amber", known="2026-11-20")
    assert "as known on 20 November 2026, 23:59:59 UTC" in text(before)
    assert heading(before) == "Not known: no “lt-amber”."


def test_the_files_say_what_the_page_said_also_after_new_entries(client: Client) -> None:
    entry()
    asked = question(ask(client, "Amber Cluster\nlt-new"))
    entry(organisation="lt-new", name="New")
    signed = client.post("/proof/json/", {"question": asked})
    sealed = client.post("/proof/pdf/", {"question": asked, "language": "pl"})
    found = services.check(signed.content)
    assert found.intact
    assert [line["answer"] for line in json.loads(signed.content)["proof"]["answers"]] == ["yes", "unknown"]
    with pikepdf.open(io.BytesIO(sealed.content)) as pdf:
        assert pdf.attachments["proof.json"].get_file().read_bytes() == signed.content
    assert [page.headers["Content-Disposition"] for page in (signed, sealed)] == [
        'attachment; filename="proof-of-labels-2026-11-21.json"',
        'attachment; filename="potwierdzenie-znakow-2026-11-21.pdf"',
    ]


def test_a_language_that_is_none_becomes_english(client: Client) -> None:
    made = client.post("/proof/pdf/", {"question": question(ask(client, "x")), "language": "xx"})
    assert made.headers["Content-Disposition"] == 'attachment; filename="proof-of-labels-2026-11-21.pdf"'


@pytest.mark.parametrize("path", ["/proof/pdf/", "/proof/json/"])
@pytest.mark.parametrize("asked", ["", "nonsense", "a:b:c", "\x00", "ł" * 50])
def test_a_question_that_did_not_come_from_here_is_refused(client: Client, path: str, asked: str) -> None:
    page = client.post(path, {"question": asked})
    assert page.status_code == 400
    assert errors(page) == [
        "The question did not come from a page of this register, or was changed on the way. Ask again."
    ]
    assert client.get(path).status_code == 405


def test_names_are_shown_as_text(client: Client) -> None:
    page = ask(client, '<script>alert(1)</script>\n"><img src=x>').content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_asking_again_begins_with_what_was_asked(client: Client) -> None:
    page = ask(client, file=SimpleUploadedFile("a.txt", b"Nobody\nNo one"), on="2020-01-01").content.decode()
    assert ">\nNobody\nNo one</textarea>" in page
    assert 'name="on" value="2020-01-01"' in page


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    names=st.text(max_size=200),
    on=st.text(max_size=12),
    known=st.text(max_size=12),
    raw=st.binary(max_size=99),
)
def test_nothing_that_is_sent_breaks_the_page(
    client: Client, names: str, on: str, known: str, raw: bytes
) -> None:
    fields = {"names": names, "on": on, "known": known, "label": on}
    assert client.post("/proof/", fields).status_code == 200
    assert client.post("/proof/", {**fields, "file": SimpleUploadedFile("x", raw)}).status_code == 200
    assert client.get("/proof/", fields).status_code == 200
