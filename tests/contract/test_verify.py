"""`touchstone verify`: files with and without an installation, addresses, numbers, and its ways to say no."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from factories import issued
from factories.apps import NOW, TODAY, entry
from factories.photos import photo
from touchstone.apps.verification.examining import LIMIT
from touchstone.apps.verification.trust import trust_document
from touchstone.core.labels.model import EntryKind
from touchstone.output.credentials.did import did_document

from .conftest import Touchstone

pytestmark = pytest.mark.django_db(transaction=True)
VALID = "The Bronze label of Amber Cluster is valid today, until 31 October 2028."
GENUINE = (
    "Genuine: issued for the Bronze label of Amber Cluster, until 31 October 2028. "
    "Whether the label was suspended or withdrawn since was not looked up."
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def installation(touchstone_home: Path, settings: Settings) -> None:
    """One at https://labels.example.org that has granted the label."""
    settings.TOUCHSTONE_ADDRESS = issued.ADDRESS
    issued.install(touchstone_home)
    entry()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Its keys, saved by somebody else."""
    file = tmp_path / "trust.json"
    file.write_text(json.dumps(trust_document(issued.keys().trust)), encoding="utf-8")
    return file


@pytest.fixture
def handed(tmp_path: Path) -> dict[str, Path]:
    """A file of each kind."""
    contents = {
        "label.pdf": issued.certificate(),
        "credential.json": issued.credential().encode(),
        "credential.jwt": issued.jwt().encode(),
        "badge.svg": issued.svg(),
        "badge.png": issued.png(),
        "photo.jpg": photo(f"{issued.ADDRESS}/verify/00001/", kind="JPEG"),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents}


@pytest.mark.usefixtures("installation")
class TestWithARegister:
    def test_a_certificate_is_valid_and_each_check_is_named(
        self, touchstone: Touchstone, handed: dict[str, Path]
    ) -> None:
        done = touchstone("verify", handed["label.pdf"])
        assert (done.code, done.err) == (0, "")
        first, empty, *lines = done.out.splitlines()
        assert (first, empty) == (f"Genuine. {VALID}", "")
        assert [line.split(":")[0] for line in lines] == [
            "  passed       what it is",
            "  passed       issuer",
            "  passed       signature",
            "  passed       unchanged since",
            "  passed       attachment belongs to the certificate",
            "  passed       ledger entry",
            "  passed       says the same as the register",
            "  passed       dates",
            "  passed       status now",
        ]

    @pytest.mark.parametrize(
        "name", ["label.pdf", "credential.json", "credential.jwt", "badge.svg", "badge.png", "photo.jpg"]
    )
    def test_as_json_it_is_the_outcome_and_the_checks(
        self, touchstone: Touchstone, handed: dict[str, Path], name: str
    ) -> None:
        done = touchstone("verify", handed[name], "--json")
        assert (done.code, set(done.document), done.document["outcome"]) == (
            0,
            {"outcome", "checks"},
            "valid",
        )
        assert {tuple(check) for check in done.document["checks"]} == {("name", "passed", "detail")}

    @pytest.mark.parametrize("text", ["1", "00001", f"{issued.ADDRESS}/verify/00001/"])
    def test_a_number_and_ones_own_address_are_looked_up_and_not_fetched(
        self, touchstone: Touchstone, text: str
    ) -> None:
        done = touchstone("verify", text)
        assert (done.code, done.out.splitlines()[0]) == (0, VALID)

    def test_a_token_may_be_typed(self, touchstone: Touchstone) -> None:
        assert touchstone("verify", issued.jwt()).code == 0

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (lambda: issued.credential("forger").encode(), "It names a key that is not the issuer's."),
            (lambda: issued.certificate(whose="forger"), "It is not sealed by labels.example.org"),
            (lambda: issued.svg(number="00002"), "Its words name another label"),
        ],
    )
    def test_a_forgery_is_invalid_under_any_name(
        self, touchstone: Touchstone, tmp_path: Path, content: object, said: str
    ) -> None:
        file = tmp_path / "genuine.pdf"
        file.write_bytes(content())  # type: ignore[operator]  # see the list above
        done = touchstone("verify", file)
        assert done.code == 1
        assert done.out.startswith(f"Do not rely on this. {said}")
        assert touchstone("verify", file, "--json").document["outcome"] == "invalid"

    def test_a_suspended_label_is_genuine_and_not_valid(
        self, touchstone: Touchstone, handed: dict[str, Path]
    ) -> None:
        nothing = {"valid_from": None, "valid_until": None, "renewable_until": None}
        entry(kind=EntryKind.SUSPENSION, effective=TODAY, reason="A reason.", **nothing)
        done = touchstone("verify", handed["credential.json"])
        said = "Genuine, but not valid. The Bronze label of Amber Cluster is suspended today."
        assert (done.code, done.out.splitlines()[0]) == (1, said)
        assert "  FAILED       status now: Not valid today: it is suspended." in done.out

    @pytest.mark.parametrize("text", ["99", "https://labels.example.org.evil.example/verify/1/"])
    def test_what_leads_to_no_label_here_is_invalid(self, touchstone: Touchstone, text: str) -> None:
        assert touchstone("verify", text).code == 1

    def test_ones_own_keys_and_no_register_leave_the_status_open(
        self, touchstone: Touchstone, handed: dict[str, Path], keys: Path
    ) -> None:
        done = touchstone("verify", handed["label.pdf"], "--trust", keys)
        assert (done.code, done.out.splitlines()[0]) == (1, GENUINE)


class TestWithoutAnInstallation:
    @pytest.mark.parametrize("name", ["label.pdf", "credential.json", "credential.jwt", "badge.svg"])
    def test_with_the_keys_a_file_is_genuine_and_its_status_is_unknown(
        self, touchstone: Touchstone, handed: dict[str, Path], keys: Path, touchstone_home: Path, name: str
    ) -> None:
        done = touchstone("verify", handed[name], "--trust", keys, "--json")
        results = {check["name"]: check["passed"] for check in done.document["checks"]}
        assert (done.code, done.document["outcome"]) == (1, "unknown")
        assert {name for name in results if results[name]} >= {"issuer", "signature", "unchanged since"}
        assert (results["status now"], False in results.values()) == (None, False)
        assert list(touchstone_home.iterdir()) == []  # nothing was set up to answer

    def test_a_did_document_will_do_for_a_credential(
        self, touchstone: Touchstone, handed: dict[str, Path], tmp_path: Path
    ) -> None:
        trust = issued.keys().trust
        (tmp_path / "did.json").write_text(json.dumps(did_document(trust.issuer, trust.keys)))
        done = touchstone("verify", handed["credential.json"], "--trust", tmp_path / "did.json")
        assert (done.code, done.out.splitlines()[0]) == (1, GENUINE)

    def test_without_keys_the_issuer_is_unknown(
        self, touchstone: Touchstone, handed: dict[str, Path], touchstone_home: Path
    ) -> None:
        done = touchstone("verify", handed["label.pdf"])
        assert done.code == 1
        assert done.out.startswith("This cannot be confirmed. Not checked: there are no keys at hand here")
        assert list(touchstone_home.iterdir()) == []


class Server(BaseHTTPRequestHandler):
    """Answers with what it is given for a path; notes what it was asked for."""

    def __init__(self, answers: dict[str, bytes], asked: list[str], *given: object) -> None:
        self.answers, self.asked = answers, asked
        super().__init__(*given)  # type: ignore[arg-type]  # passed on as they came

    def do_GET(self) -> None:
        self.asked.append(self.path)
        content = self.answers.get(self.path)
        if content is not None and content.startswith(b"Location: "):
            self.send_response(302)
            self.send_header("Location", content.decode().removeprefix("Location: "))
            self.end_headers()
            return
        self.send_response(200 if content is not None else 404)
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_: object) -> None:
        return


Web = tuple[str, dict[str, bytes], list[str]]


@pytest.fixture
def web() -> Iterator[Web]:
    """A server on this computer: its address, what it answers, what it was asked for."""
    answers: dict[str, bytes] = {}
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, answers, asked)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", answers, asked
        server.shutdown()
        thread.join()


class TestAddresses:
    def test_an_address_that_was_typed_is_fetched(self, touchstone: Touchstone, keys: Path, web: Web) -> None:
        address, answers, asked = web
        answers["/label.pdf"] = issued.certificate()
        done = touchstone("verify", f"{address}/label.pdf", "--trust", keys)
        assert (done.code, done.out.splitlines()[0], asked) == (1, GENUINE, ["/label.pdf"])

    def test_the_address_of_a_labels_page_gives_its_credential(
        self, touchstone: Touchstone, keys: Path, web: Web
    ) -> None:
        address, answers, asked = web
        answers["/credentials/1.json"] = issued.credential().encode()
        done = touchstone("verify", f"{address}/verify/00001/", "--trust", keys)
        assert (done.code, done.out.splitlines()[0], asked) == (1, GENUINE, ["/credentials/1.json"])

    def test_what_a_file_names_is_never_fetched(
        self, touchstone: Touchstone, tmp_path: Path, web: Web
    ) -> None:
        address, _, asked = web
        issuer = issued.Issuer(
            did=f"did:web:{address[7:].replace(':', '%3A')}", name="Other", address=address
        )
        document = json.loads(issued.credential("other", issuer=issuer))
        document["@context"].append(f"{address}/context.json")
        (tmp_path / "credential.json").write_text(json.dumps(document))
        (tmp_path / "photo.png").write_bytes(photo(f"{address}/verify/1/"))
        for name in ("credential.json", "photo.png"):
            assert touchstone("verify", tmp_path / name).code == 1
        assert asked == []

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("/nothing", "the server answers with 404."),
            ("/away", "the server sends on to another place, http://elsewhere.example/label.pdf."),
            ("/large", "there are more than 10 MB."),
            ("/empty", "the server gives nothing."),
            ("/page", "This is a web page. A page can say anything; its address can be checked."),
        ],
    )
    def test_an_address_that_gives_nothing_of_use_is_refused_in_one_line(
        self, touchstone: Touchstone, web: Web, path: str, said: str
    ) -> None:
        address, answers, _ = web
        answers |= {
            "/away": b"Location: http://elsewhere.example/label.pdf",
            "/large": bytes(LIMIT + 1),
            "/empty": b"",
            "/page": b"<!doctype html><title>x",
        }
        done = touchstone("verify", f"{address}{path}")
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert done.err.startswith(f"touchstone: {address}{path}: {said}")


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "The file is empty."),
            (b"hello", "Nothing that can be checked: “hello”."),
            (b"PK\x03\x04", "This is a ZIP archive or an office document."),
            (b"{}", "This is no credential of a label."),
            (b"%PDF-1.7\nrest", "The PDF is damaged and cannot be read."),
            (bytes(LIMIT + 1), "The file is larger than 10 MB."),
        ],
    )
    def test_a_file_that_cannot_be_checked_is_refused_in_one_line(
        self, touchstone: Touchstone, tmp_path: Path, content: bytes, said: str
    ) -> None:
        file = tmp_path / "label.pdf"
        file.write_bytes(content)
        done = touchstone("verify", file, "--json")
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert done.err.startswith(f"touchstone: {file}: {said}")

    def test_a_file_that_is_not_there_is_named(self, touchstone: Touchstone, tmp_path: Path) -> None:
        done = touchstone("verify", tmp_path / "none.pdf")
        assert (done.code, done.err) == (
            2,
            f"touchstone: {tmp_path / 'none.pdf'}: There is no such file. Check the name and the folder.\n",
        )

    def test_keys_that_cannot_be_read_are_refused(
        self, touchstone: Touchstone, handed: dict[str, Path]
    ) -> None:
        done = touchstone("verify", handed["label.pdf"], "--trust", handed["credential.json"])
        assert (done.code, done.out) == (2, "")
        assert "This is no list of keys that can be read." in done.err
