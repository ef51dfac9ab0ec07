"""What is fetched from an address: by a server of our own on this computer."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from touchstone.core.faults import Unusable
from touchstone.intake.ledger_address import fetch, is_address, ledger_address


class Answers(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, name)(rest)

    def log_message(self, *_: object) -> None:
        pass

    def file(self, _: str) -> None:
        self._send(200, b"line 1\nline 2\n")

    def gone(self, _: str) -> None:
        self._send(410, b"gone")

    def short(self, _: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"line 1\n")

    def slow(self, _: str) -> None:
        threading.Event().wait(1)

    def nonsense(self, _: str) -> None:
        self.wfile.write(b"SMTP ready\r\n\r\n")

    def here(self, _: str) -> None:
        self._send(302, b"", to="/file/")

    def there(self, rest: str) -> None:
        self._send(302, b"", to=rest)

    def _send(self, code: int, body: bytes, to: str = "") -> None:
        self.send_response(code)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as answering:
        thread = threading.Thread(target=answering.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{answering.server_port}"
        answering.shutdown()
        thread.join()


def fetched(address: str, **bounds: float) -> bytes:
    into = io.BytesIO()
    fetch(address, into, **bounds)  # type: ignore[arg-type]  # bytes or seconds, by their names
    return into.getvalue()


def problem(address: str, **bounds: float) -> str:
    with pytest.raises(Unusable) as refused:
        fetched(address, **bounds)
    return str(refused.value)


def test_what_stands_at_an_address_is_fetched(server: str) -> None:
    assert fetched(f"{server}/file/") == b"line 1\nline 2\n"


def test_a_redirect_on_the_same_host_is_followed(server: str) -> None:
    assert fetched(f"{server}/here/") == b"line 1\nline 2\n"


@pytest.mark.parametrize("place", ["http://localhost:1/x", "https://127.0.0.1:1/x"])
def test_a_redirect_to_another_place_is_not(server: str, place: str) -> None:
    address = f"{server}/there/{place}"
    said = f"{address}: the server sends on to another place, {place}."
    assert problem(address) == f"{said} Check the address, or fetch the file yourself and name it."


def test_a_redirect_to_what_is_no_page_is_not_followed(server: str) -> None:
    assert ": the server answers with 302." in problem(f"{server}/there/file:///etc/passwd")


def test_an_answer_that_breaks_off_is_told(server: str) -> None:
    assert ": the answer broke off 993 bytes before its end." in problem(f"{server}/short/")


def test_an_answer_that_takes_too_long_is_given_up(server: str) -> None:
    assert ": it takes more than 0 seconds." in problem(f"{server}/file/", longest=0)


def test_an_answer_that_says_no_is_told(server: str) -> None:
    assert problem(f"{server}/gone/").startswith(f"{server}/gone/: the server answers with 410.")


def test_more_than_a_ledger_can_be_is_not_fetched(server: str) -> None:
    assert ": there are more than 0 MB." in problem(f"{server}/file/", limit_bytes=5)


@pytest.mark.parametrize("path", ["nonsense", "slow"])
def test_an_answer_that_is_none_is_told(server: str, path: str) -> None:
    assert ": nothing could be fetched (" in problem(f"{server}/{path}/", seconds=0.3)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://", "http://[bad/", "http://no host/"])
def test_a_place_where_nobody_answers_is_told(address: str) -> None:
    assert ": nothing could be fetched (" in problem(address)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://label.example", "https://label.example/ledger/ledger.jsonl"),
        ("https://label.example/", "https://label.example/ledger/ledger.jsonl"),
        ("https://label.example/ledger/", "https://label.example/ledger/ledger.jsonl"),
        ("https://label.example/a/b.jsonl", "https://label.example/a/b.jsonl"),
        ("https://[label/", "https://[label/"),
        ("https://label.example/get?ledger=1", "https://label.example/get?ledger=1"),
    ],
)
def test_the_address_of_an_installation_is_enough(text: str, address: str) -> None:
    assert ledger_address(text) == address


@pytest.mark.parametrize(
    ("text", "meant"), [("HTTPS://x", True), ("http://x", True), ("ledger.jsonl", False), ("ftp://x", False)]
)
def test_what_begins_like_an_address_is_one(text: str, meant: bool) -> None:
    assert is_address(text) is meant
