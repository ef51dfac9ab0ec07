"""`touchstone due`: does everything that is due, once or every minute."""

import signal
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.cli.database import ready
from touchstone.cli.speaking import Json, say, say_json, say_table, tell

if TYPE_CHECKING:
    from touchstone.apps.duties.services import Turn

SECONDS = 60


def due(
    loop: Annotated[bool, typer.Option("--loop", help="Again every minute, until it is stopped.")] = False,
    json: Json = False,
) -> int:
    """Do what is due: close the ledger's day, tell watchers, send letters, call webhooks, write open data.

    Two at once do nothing twice. What fails is told and stops nothing else. Exit 1 where something failed.

    Example: touchstone due
    """
    ready()
    if loop:
        _loop()
        return 0
    turns = _turn()
    if json:
        say_json([turn.as_document() for turn in turns])
    else:
        say_table((turn.duty, turn.state.value, turn.told) for turn in turns)
    return 1 if any(turn.state.value == "failed" for turn in turns) else 0


def _turn() -> "Sequence[Turn]":
    from touchstone.apps.duties.rota import DUTIES
    from touchstone.apps.duties.services import do_all

    return do_all(DUTIES, at=datetime.now(UTC))


def _loop() -> None:
    """Turn after turn. A signal ends it after the turn that it comes in."""
    from django.db import close_old_connections

    stop = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stop.set())
    while not stop.is_set():
        try:
            _say(_turn())
        except Exception as error:  # noqa: BLE001  (the database may be away for a while)
            tell(f"nothing could be done: {type(error).__name__}: {error}")
        close_old_connections()
        stop.wait(SECONDS)


def _say(turns: "Sequence[Turn]") -> None:
    for turn in turns:
        if turn.state.value == "done":
            say(f"{turn.duty}: {turn.told}")
        elif turn.state.value == "failed":
            tell(f"{turn.duty} failed: {turn.told}")
