"""`touchstone ledger`: checked here, as a file, against an older copy, and with keys that one trusts."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from factories.apps import NOW, entry
from factories.guards import lifted
from touchstone.apps.register import services
from touchstone.apps.register.models import LedgerEntry, LedgerHead

from .conftest import Touchstone

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
OF_THE_FILE = (
    "The keys came with the ledger itself: this shows that it is whole, and not whose it is.\n"
    "To know that, get the keys from somewhere you trust and name them: --keys FILE\n"
)


@pytest.fixture
def two() -> None:
    """Two entries of two days, and the head of the first."""
    entry()
    entry(organisation="lv-pine", recorded=NOW + DAY)


@pytest.fixture
def older(two: None, touchstone: Touchstone, tmp_path: Path) -> Path:
    """A copy of the two entries, after which a third has come."""
    file = tmp_path / "older.jsonl"
    assert touchstone("ledger", "export", file).out == f"{file} written\n"
    entry(organisation="ee-oak", recorded=NOW + 2 * DAY)
    return file


@pytest.fixture
def newer(older: Path, touchstone: Touchstone) -> Path:
    file = older.with_name("newer.jsonl")
    touchstone("ledger", "export", file)
    return file


def given(path: str, file: Path) -> Path:
    """What an address of the installation gives, kept as a file."""
    file.write_bytes(Client().get(path).getvalue())
    return file


def test_the_answer_says_how_much_was_checked(newer: Path, touchstone: Touchstone) -> None:
    newest = services.heads()[-1]
    head = {"day": "2026-11-22", "number": 2, "hash": newest.hash}
    own = {"entries": 3, "intact": True, "first_fault": None, "heads": 2, "newest_head": head}
    assert touchstone("ledger", "verify", "--json").document == {**own, "keys": "own", "since": None}
    assert touchstone("ledger", "verify", newer, "--json").document == {**own, "keys": "file", "since": None}


def test_a_person_reads_it_in_words(newer: Path, older: Path, touchstone: Touchstone) -> None:
    hash = services.heads()[-1].hash
    whole = (
        f"3 entries, chain and signatures intact\n2 heads; the newest, of 2026-11-22, names entry 2: {hash}\n"
    )
    since = f"All of {older} is there as it was, and nothing was dated back behind its heads.\n"
    assert touchstone("ledger", "verify").out == whole
    assert touchstone("ledger", "verify", "--since", older).out == whole + since
    assert touchstone("ledger", "verify", newer).out == whole + OF_THE_FILE
    assert touchstone("ledger", "verify", newer, "--since", older).out == whole + since + OF_THE_FILE


def test_an_empty_ledger_is_intact(touchstone: Touchstone, tmp_path: Path) -> None:
    assert touchstone("ledger", "verify").out == "0 entries, chain and signatures intact\n"
    touchstone("ledger", "export", tmp_path / "empty.jsonl")
    assert touchstone("ledger", "verify", tmp_path / "empty.jsonl").code == 0


@pytest.mark.usefixtures("two")
def test_an_older_copy_is_never_overwritten(touchstone: Touchstone, tmp_path: Path) -> None:
    file = tmp_path / "older.jsonl"
    file.write_text("kept")
    done = touchstone("ledger", "export", file)
    assert (done.code, file.read_text()) == (2, "kept")
    assert "is there already. Name another file, or add --force." in done.err
    assert touchstone("ledger", "export", file, "--force").code == 0
    assert touchstone("ledger", "verify", file).code == 0


def test_keys_that_are_named_show_whose_the_ledger_is(newer: Path, touchstone: Touchstone) -> None:
    keys = given("/ledger/keys.json", newer.with_name("keys.json"))
    done = touchstone("ledger", "verify", newer, "--keys", keys, "--json")
    assert (done.code, done.document["keys"]) == (0, "given")
    keys.write_text(json.dumps({"keys": {"0123456789abcdef": "01" * 32}}))
    other = touchstone("ledger", "verify", newer, "--keys", keys)
    assert (other.code, "first fault: entry 1: it was signed with a key that is not known" in other.out) == (
        1,
        True,
    )


@pytest.mark.parametrize("path", ["/ledger/heads.json", "/ledger/ledger.jsonl"])
def test_heads_that_were_kept_are_enough_to_tell(path: str, older: Path, touchstone: Touchstone) -> None:
    kept = given(path, older.with_name("kept"))
    entry(organisation="ee-elm", recorded=NOW + 3 * DAY)
    file = older.with_name("newest.jsonl")
    touchstone("ledger", "export", file)
    assert touchstone("ledger", "verify", file, "--since", kept).code == 0
    assert touchstone("ledger", "verify", "--since", kept).code == 0


def rewritten(change: Callable[[], None]) -> None:
    """The ledger from its second entry on written anew, by somebody who has the key and the database."""
    with lifted():
        LedgerHead.objects.all().delete()
        LedgerEntry.objects.filter(number__gt=1).delete()
        change()


def with_another_second_entry() -> None:
    entry(organisation="lv-other", recorded=NOW + DAY)
    entry(organisation="ee-oak", recorded=NOW + 2 * DAY)


def dated_back() -> None:
    entry(organisation="xx-secret", recorded=NOW + timedelta(hours=1))
    entry(organisation="lv-pine", recorded=NOW + DAY)


def nothing_more() -> None:
    """The rest was removed, and the day closed over it."""
    services.close_day(at=datetime(2026, 11, 23, tzinfo=UTC))


REWRITTEN = {
    with_another_second_entry: "entry 2: it was changed; the older copy has it otherwise.",
    dated_back: "entry 2: it was changed; the older copy has it otherwise.",
    nothing_more: "entry 2: it was removed; the older copy has it.",
}


@pytest.mark.parametrize("change", REWRITTEN)
def test_a_ledger_that_was_rewritten_whole_is_found_by_an_older_copy(
    change: Callable[[], None], older: Path, touchstone: Touchstone
) -> None:
    rewritten(change)
    assert touchstone("ledger", "verify").code == 0  # by itself it is flawless
    done = touchstone("ledger", "verify", "--since", older, "--json")
    assert (done.code, done.document["first_fault"]) == (1, REWRITTEN[change])
    file = older.with_name("other.jsonl")
    touchstone("ledger", "export", file)
    told = touchstone("ledger", "verify", file, "--since", older, "--json")
    assert (told.code, told.document["first_fault"]) == (1, REWRITTEN[change])


@pytest.mark.parametrize("change", [dated_back, nothing_more])
def test_and_by_its_heads_alone(change: Callable[[], None], older: Path, touchstone: Touchstone) -> None:
    heads = given("/ledger/heads.json", older.with_name("heads.json"))
    rewritten(change)
    done = touchstone("ledger", "verify", "--since", heads, "--json")
    told = "head of 2026-11-21: it was removed or changed; the older copy has it."
    assert (done.code, done.document["first_fault"]) == (1, told)


def test_a_fault_in_a_file_is_named(newer: Path, touchstone: Touchstone) -> None:
    raw = newer.read_bytes()
    newer.write_bytes(raw.replace(b"ee-oak", b"ee-oal"))
    done = touchstone("ledger", "verify", newer)
    assert (done.code, done.out) == (
        1, "3 entries; first fault: entry 3: its hash differs: number, act or hash was changed.\n",
    )  # fmt: skip


UNUSABLE: dict[str, Callable[[bytes], bytes]] = {
    "is cut off": lambda raw: raw[:-10],
    "says that it holds 3 entries and 2 heads; there are 3 and 1.": lambda raw: raw[: raw.rindex(b'{"day"')],
    "line 2: is not readable as JSON.": lambda raw: raw.replace(b'{"act":', b'{"act"::'),
    "line 1: is not in UTF-8.": lambda raw: raw.decode().encode("utf-16"),
    "line 1: is longer than 1 MB": lambda raw: raw.replace(b"\n", b" ") * 1000,
    "The file is empty.": lambda _: b"",
    "line 1: does not say that this is a ledger.": lambda _: b"{}\n",
}


# What a list of heads might have been instead is said otherwise.
OLDER = {
    "line 1: is not in UTF-8.": "the file: is not readable as JSON.",
    "line 1: does not say that this is a ledger.": "the file: is neither a ledger nor a list of heads.",
}


@pytest.mark.parametrize("problem", UNUSABLE)
def test_a_file_that_is_no_ledger_gets_one_clear_line(
    problem: str, newer: Path, older: Path, touchstone: Touchstone
) -> None:
    broken = newer.with_name("broken.jsonl")
    broken.write_bytes(UNUSABLE[problem](newer.read_bytes()))
    for arguments in ([broken], [newer, "--since", broken], ["--since", broken]):
        done = touchstone("ledger", "verify", *arguments)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert str(broken) in done.err
        assert any(words in done.err for words in (problem, OLDER.get(problem, problem)))


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["nothing.jsonl"], "nothing.jsonl: There is no such file."),
        (["."], "This is a folder."),
        (["--since", "nothing.jsonl"], "nothing.jsonl: There is no such file."),
        (["--keys", "keys.json"], "--keys: is for a file or an address."),
        (["http://127.0.0.1:1/"], "http://127.0.0.1:1/ledger/ledger.jsonl: nothing could be fetched ("),
    ],
)
def test_what_cannot_be_checked_is_told(arguments: list[str], problem: str, touchstone: Touchstone) -> None:
    done = touchstone("ledger", "verify", *arguments)
    assert (done.code, problem in done.err) == (2, True)


def test_a_ledger_is_checked_at_its_address(
    two: None, live_server: LiveServer, touchstone: Touchstone
) -> None:
    for address in (live_server.url, f"{live_server.url}/ledger/", f"{live_server.url}/ledger/ledger.jsonl"):
        done = touchstone("ledger", "verify", address, "--json")
        assert (done.code, done.document["entries"], done.document["keys"]) == (0, 2, "file")
