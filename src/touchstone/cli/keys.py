"""`touchstone keys`: what this installation signs with, and a new key in its place."""

from typing import Annotated

import typer

from touchstone.cli.database import ready
from touchstone.cli.speaking import Json, say, say_json, say_table
from touchstone.config.home import home

LOST = "The private key is lost and in no backup: make a new one all the same."

app = typer.Typer(no_args_is_help=True, help="Show the keys that sign here, or change the one in use.")


@app.command("show")
def show(json: Json = False) -> int:
    """Print what this installation is called in credentials, its keys and seals. Exit 1 before the first key.

    Example: touchstone keys show
    """
    ready()
    from touchstone.apps.credentials.services import issuer

    keys, seals = _keys(), _seals()
    if json:
        say_json({"issuer": issuer(), "keys": keys, "seals": seals})
        return 0 if keys else 1
    say(f"Credentials name the issuer {issuer()}")
    say_table([("in use" if one["in_use"] else "old", *list(one.values())[:-1]) for one in (*keys, *seals)])
    if not keys:
        say("There is no key yet. It is made with the first entry of the ledger.")
    return 0 if keys else 1


@app.command("rotate")
def rotate(
    lost: Annotated[bool, typer.Option("--lost", help=LOST)] = False,
    json: Json = False,
) -> None:
    """Sign with a new key from now on. What was signed before can be checked as before.

    The old private key is destroyed; its public half is kept and published. Make a backup afterwards.

    Example: touchstone keys rotate
    """
    ready()
    from touchstone.output import keys

    pair = keys.create(home().keys) if lost else keys.rotate(home().keys)
    if json:
        say_json({"id": pair.id, "known": sorted(keys.public_keys(home().keys))})
    else:
        say(f"Key {pair.id} signs from now on. Older signatures can be checked as before.")


def _keys() -> list[dict[str, object]]:
    from touchstone.output import keys
    from touchstone.output.credentials.multibase import multikey

    folder = home().keys
    known = keys.public_keys(folder)
    in_use = keys.load(folder).id if known else ""
    return [{"id": id, "key": multikey(public), "in_use": id == in_use} for id, public in known.items()]


def _seals() -> list[dict[str, object]]:
    from touchstone.output import keys

    folder = home().keys
    known = keys.seals(folder)
    in_use = keys.load_seal(folder).fingerprint if known else ""
    return [{"id": "seal", "fingerprint": one, "in_use": one == in_use} for one in known]
