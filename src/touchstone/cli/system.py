"""`touchstone demo`, `serve` and `doctor`: the installation itself."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from touchstone.cli.database import ready
from touchstone.cli.speaking import Json, progress_bar, say, say_json, say_table, tell

NEW_PASSWORDS = "Give every demonstration sign-in a new password."
PORT = "Port; by default the first free one from 8000."


def demo(
    new_passwords: Annotated[bool, typer.Option("--new-passwords", help=NEW_PASSWORDS)] = False,
    json: Json = False,
) -> None:
    """Load the demonstration: a register, synthetic peers, two cases, a sign-in for each role.

    Passwords are made now and printed once. A second run changes nothing.

    Example: touchstone demo
    """
    ready()
    from touchstone.apps.demonstration import services

    with progress_bar() as show:
        sign_ins = services.load(at=datetime.now(UTC), progress=show, new_passwords=new_passwords)
    if json:
        say_json([sign_in.as_document() for sign_in in sign_ins])
    elif sign_ins:
        say("Demonstration sign-ins. The passwords are printed this once and kept nowhere:\n")
        say_table(
            [("  role", "user", "password"), *((f"  {s.role}", s.username, s.password) for s in sign_ins)]
        )
        say()
    else:
        say("The demonstration is loaded. New passwords: touchstone demo --new-passwords")


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help=PORT)] = None,
) -> None:
    """Start the web application, its background worker and its duties. Ctrl-C stops them.

    Example: touchstone serve --port 8000
    """
    from touchstone.cli import serving
    from touchstone.config.startup import collect_static

    chosen = serving.free_port(host, port)
    ready()
    collect_static()
    serving.run(
        host, chosen, when_ready=lambda address: tell(f"Touchstone is running: {address}  (Ctrl-C stops it)")
    )


def doctor(json: Json = False) -> int:
    """Tell what is wrong with the installation and how to mend it.

    Example: touchstone doctor
    """
    from touchstone import __version__
    from touchstone.cli.examination import examine

    checks = list(examine())
    if json:
        say_json({"version": __version__, "checks": [asdict(check) for check in checks]})
    else:
        say(f"Touchstone {__version__}")
        say_table(("ok" if c.passed else "FAULT", c.name, c.detail, c.remedy) for c in checks)
    return 0 if all(check.passed for check in checks) else 1
