"""`touchstone proof` and `touchstone due`."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from factories.apps import NOW, entry
from factories.workbooks import workbook
from touchstone.apps.duties.models import Duty
from touchstone.cli.serving import commands
from touchstone.output.keys import public_keys, seals
from touchstone.output.proof import check_proof
from touchstone.output.seal import check_seal

from .conftest import Touchstone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def amber() -> None:
    entry()


@pytest.mark.usefixtures("amber")
def test_a_proof_is_written_as_two_files_that_can_be_checked(
    touchstone: Touchstone, tmp_path: Path, touchstone_home: Path
) -> None:
    made = touchstone(
        "proof", "Amber Cluster", "--on", "2027-01-01", "--out", tmp_path / "out", "--lang", "lt"
    )
    assert made.code == 0
    assert made.out.splitlines() == [
        "yes  Amber Cluster  lt-amber  bronze  valid  2026-10-12 to 2028-10-31",
        "as known on 2026-11-22 12:00:00 UTC, ledger entry 1",
        str(tmp_path / "out" / "proof.pdf"),
        str(tmp_path / "out" / "proof.json"),
    ]
    keys = touchstone_home / "keys"
    assert check_proof((tmp_path / "out" / "proof.json").read_bytes(), public_keys(keys)).intact
    assert check_seal((tmp_path / "out" / "proof.pdf").read_bytes(), seals(keys)).intact


@pytest.mark.usefixtures("amber")
def test_lists_are_read_from_files_and_what_is_left_out_is_told(
    touchstone: Touchstone, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Amber Cluster\n\nAmber Clustre\nAMBER CLUSTER\n")
    (tmp_path / "b.xlsx").write_bytes(workbook({"One": [["Name"], ["lt-amber"], ["Amber Cluster"]]}))
    made = touchstone("proof", tmp_path / "a.txt", tmp_path / "b.xlsx", "--level", "silver")
    assert made.code == 1
    assert [line.split()[0] for line in made.out.splitlines()] == ["no", "not", "no", "as"]
    assert made.err.splitlines() == [
        f"{tmp_path / 'a.txt'}: 1 empty and 1 repeated lines left out",
        'The register has no "Amber Clustre". Did you mean: Amber Cluster?',
    ]


@pytest.mark.usefixtures("amber")
def test_the_answer_can_be_had_as_the_signed_document(touchstone: Touchstone, touchstone_home: Path) -> None:
    made = touchstone("proof", "lt-amber", "--exactly", "--known", "2026-11-22", "--json")
    assert made.document["proof"]["question"] == {
        "level": "bronze",
        "match": "exactly",
        "on": "2026-11-22",
        "known": "2026-11-22T12:00:00.000000Z",
    }
    assert check_proof(made.out, public_keys(touchstone_home / "keys")).intact


@pytest.mark.usefixtures("amber")
def test_as_known_before_it_was_entered_it_is_not_known(touchstone: Touchstone) -> None:
    made = touchstone("proof", "lt-amber", "--known", "2026-11-20")
    assert made.out.splitlines() == [
        "not known  lt-amber  not found",
        "as known on 2026-11-20 23:59:59 UTC, ledger entry 0",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["x", "--level", "platinum"], '--level: "platinum" is no level. There is: bronze, silver, gold.'),
        (["x", "--on", "soon"], '--on: "soon" is not a day. Write it as 2026-10-12.'),
        (["x", "--known", "2030-01-01"], "Nobody knows yet what will be known then."),
        (["x", "--lang", "xx"], "xx"),
        (["missing.csv"], "missing.csv: There is no such file."),
        (["x" * 301], "line 1: has 301 characters"),
        ([str(n) for n in range(501)], "501 names were given."),
        ([" "], "No organisation was named."),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(
    touchstone: Touchstone, arguments: list[str], told: str
) -> None:
    made = touchstone("proof", *arguments)
    assert (made.code, made.out, made.err.count("touchstone: ")) == (2, "", 1)
    assert told in made.err


def test_what_is_due_is_done_and_told(touchstone: Touchstone) -> None:
    entry(recorded=NOW)
    first, second = (touchstone("due", "--json") for _ in range(2))
    states = [{turn["duty"]: turn["state"] for turn in made.document} for made in (first, second)]
    names = [
        "ledger day", "names", "changes", "reminders", "letters to watchers", "webhooks", "letters",
        "forgetting", "open data",
    ]  # fmt: skip
    assert states == [
        {**dict.fromkeys(names, "nothing"), "ledger day": "done", "open data": "done"},
        dict.fromkeys(names, "nothing"),
    ]
    assert (first.code, second.code) == (0, 0)


def test_a_duty_that_fails_is_told_and_the_others_are_done(touchstone: Touchstone) -> None:
    entry(recorded=NOW - timedelta(days=1000))
    made = touchstone("due")
    failed = [line for line in made.out.splitlines() if " failed " in line]
    assert (made.code, len(made.out.splitlines()), len(failed)) == (1, 9, 1)
    assert failed[0].startswith("ledger day")
    assert Duty.objects.exclude(failure="").get().name == "ledger day"


def test_the_loop_ends_when_it_is_told_to(tmp_path: Path) -> None:
    own = {**os.environ, "TOUCHSTONE_HOME": str(tmp_path)}
    own.pop("DATABASE_URL", None)
    running = subprocess.Popen(
        [sys.executable, "-m", "touchstone", "due", "--loop"], env=own, stderr=subprocess.PIPE, text=True
    )
    while not any((tmp_path / "open-data").glob("*")) and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    assert (running.wait(timeout=60), running.communicate()[1]) == (0, "")


def test_what_is_due_runs_beside_server_and_worker() -> None:
    assert {name: command[2:] for name, command in commands("h", 1).items()}["duties"] == [
        "touchstone",
        "due",
        "--loop",
    ]


def test_a_proof_of_the_command_line_is_the_page_s(touchstone: Touchstone) -> None:
    entry()
    from touchstone.apps.proofs import services
    from touchstone.core.labels.model import LabelLevel
    from touchstone.core.labels.proof import Match

    made = touchstone("proof", "lt-amber", "--on", "2026-11-21", "--json")
    known = datetime.fromisoformat(json.loads(made.out)["proof"]["question"]["known"])
    same = services.answer(
        ["lt-amber"], level=LabelLevel.BRONZE, match=Match.AT_LEAST, on=NOW.date(), known=known, at=known
    )
    assert services.document(same) == made.out
