"""Where a link leads: only to this installation where it is ours letter for letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.apps.verification.links import Leads, counted, is_link, link, number_of

ADDRESS = "https://labels.example.org"


@pytest.mark.parametrize(
    ("text", "number", "key"),
    [
        ("https://labels.example.org/verify/00057/", 57, ""),
        ("http://labels.example.org/verify/57", 57, ""),
        ("  labels.example.org/verify/57/\n", 57, ""),
        ("HTTPS://LABELS.EXAMPLE.ORG/verify/57/", 57, ""),
        ("https://labels.example.org:443/verify/57/", 57, ""),
        ("https://labels.example.org/verify/57/?from=poster#top", 57, ""),
        ("https://labels.example.org/credentials/57.json", 57, ""),
        ("https://labels.example.org/credentials/57.json?version=2", 57, ""),
        ("https://labels.example.org/credentials/57.jwt", 57, ""),
        ("https://labels.example.org/badge/lt-amber/57.svg", 57, "lt-amber"),
        ("https://labels.example.org/badge/lt-amber.png?size=small", None, "lt-amber"),
        ("https://labels.example.org/badge/lt-amber.json", None, "lt-amber"),
        ("https://labels.example.org/register/lt-amber/", None, "lt-amber"),
        ("https://labels.example.org/register/lt-amber/?on=2013-02-23", None, "lt-amber"),
        ("https://labels.example.org/scheme/", None, ""),
        ("https://labels.example.org/verify/%35%37/", None, ""),
        ("https://labels.example.org/verify/57/../../x", None, ""),
    ],
)
def test_a_link_to_this_installation_names_what_it_leads_to(text: str, number: int | None, key: str) -> None:
    found = link(text, address=ADDRESS)
    assert (found.leads, found.number, found.key, found.trick) == (Leads.HERE, number, key, "")


LETTERS = "its host holds letters that only look like those of ours"
ALPHABET = "its host is written in letters of another alphabet (xn--)"
BEFORE_AT = "what stands before the @ is no host, but made to look like one"
SIGNS = "it holds signs that only look like those of an address"
INSIDE = "its host only holds the name labels.example.org"
ALMOST = "its host is almost labels.example.org, but not quite"


@pytest.mark.parametrize(
    ("text", "trick"),
    [
        ("https://labels.exаmple.org/verify/57/", LETTERS),
        ("https://ｌabels.example.org/verify/57/", LETTERS),
        ("https://labels。example.org/verify/57/", LETTERS),
        ("https://xn--80ak6aa92e.com/", ALPHABET),
        ("https://labels.xn--exmple-cua.org/", ALPHABET),
        ("https://labels.example.org@evil.example/", BEFORE_AT),
        ("https://labels.example.org:pass@evil.example/", BEFORE_AT),
        ("https://labels.example.org:443@evil.example/", BEFORE_AT),
        ("https://evil.example\\@labels.example.org/", BEFORE_AT),
        ("https://evil.example\\.labels.example.org/", "it holds signs that no address has"),
        ("https://labels.example.org/verify/\u202e75/", "it holds signs that no address has"),
        ("https://labels.example.org:8443/verify/57/", "it leads to another port (8443) of the same host"),
        ("https://labels.example.org:0/verify/57/", "it leads to another port (0) of the same host"),
        ("https://labels.example.org./verify/57/", "its host ends in a dot, and ours does not"),
        ("https://labels.example.org../verify/57/", "its host holds signs that no host has"),
        ("https://labels.example.org：8443/verify/57/", SIGNS),
        ("https://labels.example.org／verify/57/", SIGNS),
        ("https://labels.example.org＠evil.example/", SIGNS),
        ("https://labels.example.org.evil.example/", INSIDE),
        ("https://labels-example-org.evil.example/", INSIDE),
        ("https://labelsexample.org/", INSIDE),
        ("https://labe1s.example.org/", ALMOST),
        ("https://lables.example.org/", ALMOST),
        ("https://labels.example.com/", "its host ends in .com, and ours in .org"),
    ],
)
def test_a_link_that_only_looks_like_ours_is_told_by_its_trick(text: str, trick: str) -> None:
    found = link(text, address=ADDRESS)
    assert (found.leads, found.trick, found.number, found.key) == (Leads.LOOK_ALIKE, trick, None, "")


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://register.example.com/verify/57/", "register.example.com"),
        ("https://[2001:db8::1]/", "2001:db8::1"),
        ("javascript://labels.example.org/%0aalert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://labels.example.org:99999/", ""),
        ("https://[::1", ""),
        ("https://", ""),
    ],
)
def test_a_link_to_somewhere_else_is_told_by_its_host(text: str, host: str) -> None:
    found = link(text, address=ADDRESS)
    assert (found.leads is Leads.HERE, found.number, found.key) == (False, None, "")
    if found.leads is Leads.ELSEWHERE:
        assert found.host == host


@pytest.mark.parametrize(
    ("address", "text", "leads"),
    [
        ("http://localhost:8000", "http://localhost:8000/verify/57/", Leads.HERE),
        ("http://localhost:8000", "localhost:8000/verify/57/", Leads.HERE),
        ("http://localhost:8000", "http://localhost:8001/verify/57/", Leads.LOOK_ALIKE),
        ("http://[::1]:8000", "http://[::1]:8000/verify/57/", Leads.HERE),
        ("https://example.org/labels", "https://example.org/labels/verify/57/", Leads.HERE),
    ],
)
def test_an_installation_may_have_a_port_and_a_folder(address: str, text: str, leads: Leads) -> None:
    found = link(text, address=address)
    assert (found.leads, found.number) == (leads, 57 if leads is Leads.HERE else None)


def test_without_an_address_of_our_own_every_link_leads_elsewhere() -> None:
    assert link("https://labels.example.org/verify/57/", address="").leads is Leads.ELSEWHERE


@pytest.mark.parametrize("text", ["57", "00057", " 57\n", "No. 57", "no 57", "Nr. 57", "№ 57", "#57"])
def test_a_number_is_read_as_people_type_it(text: str) -> None:
    assert number_of(text) == 57


@pytest.mark.parametrize("text", ["", "5 7", "-1", "1.5", "5e7", "٥٧", "fifty-seven", "0x57", "57a", "#"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("digits", "number"),
    [("0", 0), ("0000", 0), ("00057", 57), ("9" * 9, 999_999_999), ("9" * 5_000, 9_999_999_999)],
)
def test_a_number_with_endless_digits_is_one_that_was_never_given(digits: str, number: int) -> None:
    assert counted(digits) == number


@pytest.mark.parametrize("text", ["https://a.b", "ftp://x", "www.a.b", "a.b/c", "example.org/verify/1"])
def test_a_link_is_told_from_other_texts(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize("text", ["", "hello", "a b.c/d", '{"a": "b.c/"}', "<svg.x/", "x" * 3_000 + ".y/"])
def test_other_texts_are_no_link(text: str) -> None:
    assert not is_link(text)


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://labels.example.org", "//"]))
def test_any_text_is_read(text: str, start: str) -> None:
    found = link(start + text, address=ADDRESS)
    assert found.leads is not Leads.HERE or found.host == "labels.example.org"


@given(st.text(alphabet="labels.exmporg-@:/\\аΙ1", max_size=30))
def test_only_the_very_host_is_ours(host: str) -> None:
    found = link(f"https://{host}/verify/57/", address=ADDRESS)
    if found.leads is Leads.HERE:
        assert host.split("/", maxsplit=1)[0].lower() in ("labels.example.org", "labels.example.org:")
