"""A whole installation for the browser tests, started as a user starts it, with the demonstration in it."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

START_SECONDS = 60
TOUCHSTONE = str(Path(sys.executable).with_name("touchstone"))


# A process of the installation that runs what it is told and says what that printed, a line each.
OBEYING = """
import contextlib, io, json, sys, traceback
from touchstone.config.startup import ready
ready()
from django.db import connection
for line in sys.stdin:
    said, failed = io.StringIO(), ""
    with contextlib.redirect_stdout(said):
        try:
            exec(json.loads(line), {})
        except Exception:
            failed = traceback.format_exc()
    connection.close()
    print(json.dumps([said.getvalue().strip(), failed]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """A running one. `passwords` maps each user name of the demonstration to its password."""

    address: str
    passwords: Mapping[str, str]
    obeying: "subprocess.Popen[str]"

    def run(self, code: str) -> str:
        """Run Python inside the installation, after its database is ready; gives what it prints."""
        assert self.obeying.stdin is not None
        assert self.obeying.stdout is not None
        self.obeying.stdin.write(f"{json.dumps(code)}\n")
        self.obeying.stdin.flush()
        said, failed = json.loads(self.obeying.stdout.readline() or '["", "the process ended"]')
        if failed:
            raise RuntimeError(failed)
        return str(said)


@contextmanager
def installation(home: Path) -> Iterator[Installation]:
    """One in `home`, with the demonstration loaded; on the server of DATABASE_URL where that is set."""
    with _database() as address:
        # Nothing of the test process's own settings: an installation is started as a user would start it,
        # and unmeasured, or it would be half as fast. What it does, other tests do in their own process.
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("TOUCHSTONE_", "COV"))
        }
        environment |= {"TOUCHSTONE_HOME": str(home), "PYTHONWARNINGS": ""} | address
        with _serving(environment) as running:
            yield running


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """The settings of a database of its own: a file in the home, or a new one on the given server."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield {}
        return
    import psycopg

    name = f"touchstone_browser_{uuid4().hex[:12]}"
    server = url.rsplit("/", 1)[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield {"DATABASE_URL": f"{server}/{name}"}
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _serving(environment: Mapping[str, str]) -> Iterator[Installation]:
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {**environment, "TOUCHSTONE_ADDRESS": address}
    loaded = _touchstone("demo", "--json", environment=environment)
    passwords = {person["username"]: person["password"] for person in json.loads(loaded)}
    server = subprocess.Popen([TOUCHSTONE, "serve", "--port", str(port)], env=environment)
    try:
        _wait(address, server)
        with subprocess.Popen(
            [sys.executable, "-c", OBEYING],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as obeying:  # it ends with what it reads
            yield Installation(address, passwords, obeying)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _touchstone(*arguments: str, environment: Mapping[str, str]) -> str:
    command = [TOUCHSTONE, *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _free_port() -> int:
    """One below those that connections are given as they come: it is still free when the server starts."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline and server.poll() is None:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        sleep(0.1)
    raise RuntimeError("the installation did not start")
