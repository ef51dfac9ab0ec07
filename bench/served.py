"""A large register as it is served: the installation's own server, and wrk that asks it on this machine."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchstone.cli.serving import commands, free_port

HOST: Final = "127.0.0.1"
LOAD: Final = Path(__file__).with_name("load.lua")
START_SECONDS: Final = 60
WARM_UP: Final = 3  # seconds: by then each worker has what it keeps at hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What wrk found. `median` and `p95` are of the time to an answer, in seconds."""

    requests: int
    seconds: float
    median: float
    p95: float
    refused: int  # answers of 400 or more
    broken: int  # connections without an answer
    processor: float  # seconds that the server was at work

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds

    @property
    def work(self) -> float:
        """Seconds of the processor that the server spent on an answer: other programs lengthen it less."""
        return self.processor / max(self.requests, 1)

    @property
    def faults(self) -> str:
        """What went wrong, in words; empty where nothing did."""
        told = {"answers refused": self.refused, "connections broken": self.broken}
        return ", ".join(f"{count} {what}" for what, count in told.items() if count)


@dataclass(frozen=True, slots=True)
class Load:
    """How hard wrk asks: threads, connections at once, seconds."""

    threads: int
    connections: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Server:
    """A server at work: its address, and the number of the process that started its workers."""

    address: str
    process: int

    def processor(self) -> float:
        """Seconds that its processes have been at work so far; 0 where the system does not tell (Linux)."""
        started = Path(f"/proc/{self.process}/task/{self.process}/children")
        if not started.exists():
            return 0.0
        return sum(map(_processor, started.read_text(encoding="ascii").split()))


def _processor(process: str) -> float:
    told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")  # see man 5 proc


@contextmanager
def served(home: Path) -> Iterator[Server]:
    """A server of this home, as `touchstone serve` starts it, without a limit to the rate."""
    given = {
        "TOUCHSTONE_HOME": str(home), "TOUCHSTONE_API_RATE": "0", "TOUCHSTONE_ALLOWED_HOSTS": HOST,
        "DJANGO_SETTINGS_MODULE": "bench.served_settings", "PYTHONPATH": str(LOAD.parents[1]),
    }  # fmt: skip
    surroundings = {**os.environ, **given}
    collect = "from touchstone.config.startup import ready, collect_static; ready(); collect_static()"
    subprocess.run([sys.executable, "-c", collect], env=surroundings, check=True)
    port = free_port(HOST, None)
    server = subprocess.Popen(commands(HOST, port)["server"], env=surroundings)
    try:
        address = f"http://{HOST}:{port}"
        _wait(f"{address}/empty/", server)
        yield Server(address, server.pid)
    finally:
        server.terminate()
        server.wait()


def ask(server: Server, paths: Sequence[str], load: Load, *, etags: Mapping[str, str] | None = None) -> Asked:
    """What wrk finds when it asks for these paths in turn, after some seconds that are not counted."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        known = etags or {}
        file.write("".join(f"{path}\t{known[path]}\n" if path in known else f"{path}\n" for path in paths))
        file.flush()
        _wrk(server, file.name, Load(load.threads, load.connections, WARM_UP))
        return _wrk(server, file.name, load)


def etags(server: Server, paths: Sequence[str]) -> dict[str, str]:
    """Path → the ETag of what stands there."""
    found = {}
    for path in paths:
        with urllib.request.urlopen(f"{server.address}{path}", timeout=30) as answer:
            found[path] = answer.headers["ETag"]
    return found


def _wrk(server: Server, file: str, load: Load) -> Asked:
    how = [f"-t{load.threads}", f"-c{load.connections}", f"-d{load.seconds}s", "--timeout", "30s"]
    words = ["wrk", *how, "--script", str(LOAD), server.address, "--", file]
    before = server.processor()
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    return Asked(processor=server.processor() - before, **json.loads(done.stdout.splitlines()[-1]))


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.1)
    sys.exit("the server did not start")
