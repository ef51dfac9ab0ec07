"""Watches, and a server of the test's own that plays the webhook."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from factories.apps import NOW
from touchstone.apps.watching.models import Watch, WatchedOrganisation
from touchstone.apps.watching.wire import Road

ADDRESS = "funder@example.org"
HOOK = "https://hooks.example.org/labels?from=register"
PUBLIC = "93.184.215.14"


def watch(*organisations: str, **fields: Any) -> Watch:
    """A watch by mail that was confirmed yesterday; with a webhook, one that has answered."""
    begun = NOW - timedelta(days=1)
    hooked = {"answered": begun} if fields.get("webhook") else {}
    made = Watch.objects.create(**{"address": ADDRESS, "made": begun, "confirmed": begun, **hooked, **fields})
    WatchedOrganisation.objects.bulk_create(
        WatchedOrganisation(watch=made, organisation=key) for key in organisations
    )
    return made


@dataclass
class Hook:
    """A webhook's server. It notes what it is sent, and gives the answers that it is told to."""

    port: int
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[bytes], tuple[int, bytes]] = lambda body: (
        200,
        body,
    )  # gives back all, so any challenge

    def road(self, *addresses: str) -> Road:
        """A road on which every name leads to these addresses, and every connection here, unencrypted."""
        return Road(
            resolve=lambda _: list(addresses or (PUBLIC,)),
            connect=lambda _address, _host: socket.create_connection(("127.0.0.1", self.port), timeout=5),
        )


@contextmanager
def hook() -> Iterator[Hook]:
    """A server on a port of its own."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            playing.heard.append(
                (self.path, {name.lower(): text for name, text in self.headers.items()}, body)
            )
            status, said = playing.answer(body)
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1/")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    playing = Hook(port=server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield playing
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
