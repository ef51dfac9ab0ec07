"""`touchstone demo`, `serve` and `doctor` as processes of their own, in a home of their own."""

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROLES = {
    "cluster",
    "expert",
    "secretariat",
    "decider",
    "programme_owner",
    "scheme_editor",
    "administrator",
    "observer",
}


@dataclass(frozen=True)
class Installation:
    """A home on the embedded database, whatever database the other tests use."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            k: v
            for k, v in os.environ.items()
            if k not in ("DATABASE_URL", "TOUCHSTONE_TASKS", "DJANGO_SETTINGS_MODULE")
        }
        return {**kept, "TOUCHSTONE_HOME": str(self.home)}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "touchstone", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, str]:
    """An installation with the demonstration in it, and what loading it printed."""
    installation = Installation(tmp_path_factory.mktemp("installation") / "home")
    done = installation.run("demo")
    assert done.returncode == 0, done.stderr
    return installation, done.stdout


def test_the_demonstration_prints_a_sign_in_for_each_role(fresh: tuple[Installation, str]) -> None:
    lines = [line.split() for line in fresh[1].splitlines() if line.startswith("  ")]
    assert {line[0] for line in lines[1:]} == ROLES
    passwords = [line[2] for line in lines[1:]]
    assert len(set(passwords)) == len(lines) - 1
    assert min(map(len, passwords)) >= 12


def test_a_second_run_changes_nothing_and_prints_no_password(fresh: tuple[Installation, str]) -> None:
    installation, first = fresh
    entries = json.loads(installation.run("ledger", "verify", "--json").stdout)["entries"]
    again = installation.run("demo")
    assert again.returncode == 0
    assert [
        word for word in re.findall(r"\S{12,}", first) if word in again.stdout and not word.startswith("-")
    ] == []
    assert json.loads(installation.run("ledger", "verify", "--json").stdout)["entries"] == entries


def test_the_demonstration_holds_the_polish_register_and_a_label_of_its_own(
    fresh: tuple[Installation, str],
) -> None:
    installation, _ = fresh
    entries = json.loads(installation.run("ledger", "verify", "--json").stdout)
    assert (entries["intact"], entries["entries"]) == (True, 71)
    assert json.loads(installation.run("register", "rebuild", "--check", "--json").stdout)["equal"] is True


def test_no_password_and_no_secret_is_kept_readable(fresh: tuple[Installation, str]) -> None:
    installation, printed = fresh
    passwords = [line.split()[2] for line in printed.splitlines() if line.startswith("  ")][1:]
    for file in installation.home.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert [password for password in passwords if password.encode() in content] == [], file
            if "private" in file.name or "secret" in file.name:
                assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_doctor_finds_a_fresh_installation_sound(fresh: tuple[Installation, str]) -> None:
    done = fresh[0].run("doctor", "--json")
    faults = [check for check in json.loads(done.stdout)["checks"] if not check["passed"]]
    assert (done.returncode, faults) == (0, [])


def test_the_doctor_names_a_key_that_others_can_read(fresh: tuple[Installation, str], tmp_path: Path) -> None:
    installation = Installation(shutil.copytree(fresh[0].home, tmp_path / "home"))
    assert installation.run("doctor").returncode == 0
    for key in (installation.home / "keys").glob("*private*"):
        key.chmod(0o644)
    done = installation.run("doctor")
    assert (done.returncode, "chmod 600" in done.stdout, "Traceback" in done.stderr) == (1, True, False)


def test_a_database_that_does_not_answer_is_said_in_one_line(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "home")
    environment = {**installation.environment, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    command = [sys.executable, "-m", "touchstone", "register", "search", "x"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.fixture
def address(fresh: tuple[Installation, str]) -> Iterator[str]:
    # The first port is taken, by this or by somebody else: it is served at another one.
    taken = socket.socket()
    with suppress(OSError):
        taken.bind(("127.0.0.1", 8000))
        taken.listen()
    command = [sys.executable, "-m", "touchstone", "serve"]
    with (
        taken,
        subprocess.Popen(command, env=fresh[0].environment, stderr=subprocess.PIPE, text=True) as process,
    ):
        assert process.stderr is not None
        line = next(line for line in process.stderr if "http://" in line)
        yield re.findall(r"http://\S+", line)[0]
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    assert process.returncode == 0


def test_the_served_register_shows_the_demonstration(address: str, fresh: tuple[Installation, str]) -> None:
    with urllib.request.urlopen(f"{address}register/?q=aviation") as answer:
        assert (answer.status, "Aviation Valley" in answer.read().decode()) == (200, True)
    with urllib.request.urlopen(f"{address}ledger/keys.json") as answer:
        assert json.load(answer)["address"] == address.removesuffix("/")
    issuer = json.loads(fresh[0].run("keys", "show", "--json").stdout)["issuer"]
    assert issuer == f"did:web:localhost%3A{urlsplit(address).port}"


def test_a_port_in_use_is_said_before_anything_starts(fresh: tuple[Installation, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = fresh[0].run("serve", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, "in use" in done.stderr) == (2, True)
