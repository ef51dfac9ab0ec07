"""Runs the server, the background worker and the duties side by side until it is told to stop."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

from touchstone.cli.speaking import misuse

FIRST_PORT = 8000
NAMELESS = ("127.0.0.1", "0.0.0.0")  # noqa: S104  (compared with, and not listened on)
PORTS_TRIED = 20
START_SECONDS = 30
SERVER_OPTIONS = "--worker-class gthread --workers 2 --threads 4 --log-level warning"
# A worker that ends at once would otherwise be started in a tight circle.
RESTART_SECONDS = 2


def free_port(host: str, wanted: int | None) -> int:
    """The port asked for, or the first free one from 8000; raises Unusable where there is none."""
    candidates = [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for port in candidates:
        if _is_free(host, port):
            return port
    taken = str(wanted) if wanted else f"{FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1}"
    raise misuse("--port", f"{taken} on {host} is in use or not allowed.", "Name another: --port 8080.")


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        # As the server does: a port that only waits for old connections to fade is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def commands(host: str, port: int) -> dict[str, list[str]]:
    """The processes of an installation: the server, the worker, and what is due every minute."""
    server = f"gunicorn touchstone.config.wsgi:application --bind {host}:{port} {SERVER_OPTIONS}"
    return {
        "server": [sys.executable, "-m", *server.split()],
        "worker": [sys.executable, "-m", "touchstone.config", "db_worker", "--verbosity", "0"],
        "duties": [sys.executable, "-m", "touchstone", "due", "--loop"],
    }


def named(host: str, port: int) -> str:
    """Host and port as this installation calls itself where nobody gave it an address.

    Credentials name their issuer so, and neither a number of this machine nor "all of them" is a name.
    """
    return f"{'localhost' if host in NAMELESS else host}:{port}"


class Stopped(Exception):  # noqa: N818  (a wish, not an error)
    """Somebody asked the service to stop."""


def run(host: str, port: int, *, when_ready: Callable[[str], None]) -> None:
    """Start them, tell the address once it answers, and keep them running until a signal comes."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        with _signals():
            for name, command in commands(host, port).items():
                running[name] = subprocess.Popen(command)
            address = f"http://{host}:{port}/"
            _wait_until_answering(address, running["server"])
            when_ready(address)
            _keep(running, commands(host, port))
    except Stopped:
        pass
    finally:
        _end(running)


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Stopped

    kinds = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(kind, stop) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


def _wait_until_answering(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  (our own address)
            return
        time.sleep(0.1)
    raise misuse(address, "the server did not start.", "See what it printed above, and: touchstone doctor")


def _keep(running: dict[str, subprocess.Popen[bytes]], how: dict[str, list[str]]) -> None:
    """Start again whichever of them ends."""
    while True:
        time.sleep(RESTART_SECONDS)
        for name, process in running.items():
            if process.poll() is not None:
                running[name] = subprocess.Popen(how[name])


def _end(running: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        process.terminate()
    for process in running.values():
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
