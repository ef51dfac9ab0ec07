"""`touchstone demo`, `serve` and `doctor`: the installation itself."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

import typer

from touchstone.cli.database import ready
from touchstone.cli.rounds import is_local
from touchstone.cli.speaking import Json, misuse, progress_bar, say, say_json, say_table, tell

NEW_PASSWORDS = "Give every demonstration sign-in a new password."
MEND = "First put back what guards the ledger in the database, where it is gone."
PORT = "Port; by default the first free one from 8000."


def demo(
    new_passwords: Annotated[bool, typer.Option("--new-passwords", help=NEW_PASSWORDS)] = False,
    json: Json = False,
) -> None:
    """Load the demonstration: a register, synthetic peers, three cases, a sign-in for each role.

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

    Without TOUCHSTONE_ADDRESS, labels name the address that it is served at.

    Example: touchstone serve --port 8000
    """
    from touchstone.cli import serving
    from touchstone.config.home import home
    from touchstone.config.startup import collect_static

    chosen = serving.free_port(host, port)
    here = home()
    here.make()
    here.serve_at(serving.named(host, chosen))
    ready()
    collect_static()
    serving.run(host, chosen, when_ready=_tell_address)


def _tell_address(listening: str) -> None:
    """Where it runs, and what it calls itself where that is somewhere else."""
    from django.conf import settings

    here = settings.TOUCHSTONE_ADDRESS
    port = listening.rstrip("/").rpartition(":")[2]
    is_here = here.endswith(f":{port}") and is_local(urlsplit(here).hostname or "")
    tell(f"Touchstone is running: {here + '/' if is_here else listening}  (Ctrl-C stops it)")
    if not is_here:
        tell(f"Its labels name the address {here}")


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help=MEND)] = False,
    json: Json = False,
) -> int:
    """Tell what is wrong with the installation and how to mend it. Exit 1 where something is.

    Looks at the ledger and its guards, keys, duties, mail, address and disc. What is ok may carry a hint.

    Example: touchstone doctor
    """
    from touchstone import __version__
    from touchstone.cli.examination import examine

    if mend:
        _mend()
    checks = list(examine())
    if json:
        say_json({"version": __version__, "checks": [asdict(check) for check in checks]})
    else:
        say(f"Touchstone {__version__}")
        for check in checks:
            say(f"{'ok' if check.passed else 'FAULT':5}  {check.name:11}  {check.detail}")
            if check.remedy:
                say(f"{'':20}{check.remedy}")
    return 0 if all(check.passed for check in checks) else 1


def _mend() -> None:
    ready()
    from django.db import DatabaseError

    from touchstone.apps.register import guards

    try:
        guards.put_back()
    except DatabaseError as error:
        problem = f"the database does not let it happen: {str(error).splitlines()[0]}."
        raise misuse("--mend", problem, "Do it as the owner of the tables.") from error
