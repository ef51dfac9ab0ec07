"""The way to a webhook: nobody lends this machine out to look round in its own network."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.watching import HOOK, PUBLIC, Hook, hook
from touchstone.apps.refusal import Refused
from touchstone.apps.watching.wire import INTERNET, Road, Unreachable, check_form, is_public, post

INNER = [
    "127.0.0.1", "127.255.255.255", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::", "::1",
    "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:93.184.215.14",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "fec0::1", "2001:db8::1",
    "", "localhost", "127.1", "fe80::1%eth0",
]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111"])
def test_addresses_of_the_internet_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "hooks.example.org", "http://hooks.example.org/", "ftp://hooks.example.org/", "https://",
        "https:///path", "https://localhost/", "https://127.0.0.1/", "https://127.1/", "https://2130706433/",
        "https://0x7f000001/", "https://0x7f.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
        "https://user@hooks.example.org/", "https://u:p@hooks.example.org/", "https://hooks.example.org:22/",
        "https://hooks.example.org:443443/", "https://hooks.example.org/#a", "https://printer.local/",
        "https://db.internal/", "https://a.localhost/", "https://intranet/", "https://hooks.example.org/a b",
        "https://hooks.example.org/\r\nHost: x", "https://hoöks.example.org/", "https://[::1", "https://1.1/",
        "https://hooks.example.org/" + "a" * 500, "javascript:alert(1)", "//hooks.example.org/",
    ],
)  # fmt: skip
def test_what_can_be_no_webhook_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        check_form(address)


@pytest.mark.parametrize("address", [HOOK, "https://hooks.example.org", "https://a.b:443/x"])
def test_a_plain_address_is_taken(address: str) -> None:
    check_form(address)


@given(st.text(max_size=60))
def test_any_text_is_refused_or_names_a_host_over_https(text: str) -> None:
    for address in (text, f"https://{text}"):
        try:
            parts = check_form(address)
        except Refused:
            continue
        assert (parts.scheme, "." in (parts.hostname or "")) == ("https", True)


@pytest.fixture
def server() -> Iterator[Hook]:
    with hook() as playing:
        yield playing


def test_a_body_is_handed_over_and_the_answer_read(server: Hook) -> None:
    assert post(HOOK, b"body", {"webhook-id": "1"}, road=server.road()) == b"body"
    ((path, headers, body),) = server.heard
    assert (path, headers["host"], headers["webhook-id"], body) == (
        "/labels?from=register",
        "hooks.example.org",
        "1",
        b"body",
    )


def test_a_bare_host_is_asked_for_its_root(server: Hook) -> None:
    post("https://hooks.example.org", b"x", {}, road=server.road())
    assert server.heard[0][0] == "/"


@pytest.mark.parametrize("address", INNER)
def test_nothing_is_sent_where_a_name_leads_inside(server: Hook, address: str) -> None:
    for answer in ([address], [PUBLIC, address], [address, PUBLIC]):
        with pytest.raises(Unreachable, match="public addresses"):
            post(HOOK, b"x", {}, road=server.road(*answer))
    assert server.heard == []


def test_a_name_that_leads_nowhere_is_told() -> None:
    def nowhere(_: str) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Unreachable, match="gaierror"):
        post(HOOK, b"x", {}, road=Road(resolve=nowhere, connect=INTERNET.connect))
    with pytest.raises(Unreachable, match="public addresses"):
        post(HOOK, b"x", {}, road=Road(resolve=lambda _: [], connect=INTERNET.connect))


def test_the_connection_goes_to_the_address_that_was_checked(server: Hook) -> None:
    asked: list[tuple[str, str]] = []

    def connect(address: str, host: str) -> socket.socket:
        asked.append((address, host))
        return server.road().connect(address, host)

    answers = iter([[PUBLIC], ["127.0.0.1"]])  # a name that leads elsewhere when it is asked again
    post(HOOK, b"x", {}, road=Road(resolve=lambda _: next(answers), connect=connect))
    assert asked == [(PUBLIC, "hooks.example.org")]


@pytest.mark.parametrize(
    ("status", "told"),
    [(301, "may not lead on"), (307, "may not lead on"), (404, "404"), (500, "500"), (199, "199")],
)
def test_only_a_plain_yes_is_taken(server: Hook, status: int, told: str) -> None:
    server.answer = lambda _: (status, b"")
    with pytest.raises(Unreachable, match=told):
        post(HOOK, b"x", {}, road=server.road())
    assert len(server.heard) == 1


def test_no_more_of_an_answer_is_read_than_is_needed(server: Hook) -> None:
    server.answer = lambda _: (200, b"x" * 100_000)
    assert len(post(HOOK, b"x", {}, road=server.road())) == 4096


def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    monkeypatch.setattr("touchstone.apps.watching.wire.WHOLE_SECONDS", 0.05)
    with theirs, pytest.raises(Unreachable):
        post(HOOK, b"x", {}, road=Road(resolve=lambda _: [PUBLIC], connect=lambda *_: ours))


def test_who_speaks_no_http_is_told(server: Hook) -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")
    with theirs, pytest.raises(Unreachable, match="BadStatusLine"):
        post(HOOK, b"x", {}, road=Road(resolve=lambda _: [PUBLIC], connect=lambda *_: ours))


def test_the_road_to_the_internet_asks_for_a_proof_of_the_name(
    server: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A server without encryption cannot give it. The port is the test's: nothing leaves this machine.
    monkeypatch.setattr("touchstone.apps.watching.wire.PORT", server.port)
    with pytest.raises(OSError, match="SSL"):
        INTERNET.connect("127.0.0.1", "hooks.example.org")


def test_names_are_resolved_by_the_system() -> None:
    assert set(INTERNET.resolve("localhost")) <= {"127.0.0.1", "::1"}
