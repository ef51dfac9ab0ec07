"""`touchstone keys`: what this installation signs with, and a new key in its place."""

from typing import Annotated, Any

import typer

from touchstone.cli.database import ready
from touchstone.cli.speaking import Json, counted, say, say_json, say_table
from touchstone.config.home import home

LOST = "The private key is lost and in no backup: make a new one all the same."
DISOWNED = "Key {id} is disowned: it is listed no more where wallets look. Key {in_use} signs from now on."

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
    say_table(map(_line, (*keys, *seals)))
    if not keys:
        say("There is no key yet. It is made with the first entry of the ledger.")
    return 0 if keys else 1


@app.command("rotate")
def rotate(
    lost: Annotated[bool, typer.Option("--lost", help=LOST)] = False,
    json: Json = False,
) -> None:
    """Sign with a new key from now on. What was signed before can be checked as before.

    The old private key is destroyed; its public half is kept and published, and with it after which entry it
    signed nothing more. Make a backup afterwards. For a key that was stolen: touchstone keys disown

    Example: touchstone keys rotate
    """
    ready()
    from django.utils import timezone

    from touchstone.apps.register.services import rotate_key
    from touchstone.output import keys

    pair = rotate_key(at=timezone.now(), lost=lost)
    if json:
        say_json({"id": pair.id, "known": sorted(keys.public_keys(home().keys))})
    else:
        say(f"Key {pair.id} signs from now on. Older signatures can be checked as before.")


@app.command("disown")
def disown(
    key: Annotated[str, typer.Argument(help="The key that is in other hands, as `keys show` names it.")],
    json: Json = False,
) -> None:
    """Say that a key was stolen: wallets believe nothing any more that it signed, before or after.

    Where it is in use, a new one takes its place. Credentials that it signed are revoked, and issued anew
    when they are next asked for. The ledger can be checked as before. Make a backup afterwards.

    Example: touchstone keys disown 3b50e027780b144e
    """
    ready()
    from django.utils import timezone

    from touchstone.apps.credentials.services import disown as disown_key

    pair, anew = disown_key(key, at=timezone.now())
    if json:
        say_json({"id": key, "in_use": pair.id, "credentials": anew})
    else:
        say(DISOWNED.format(id=key, in_use=pair.id))
        say(f"{counted(anew, 'credential')} that it signed will be issued anew.")


def _line(one: dict[str, Any]) -> tuple[str, ...]:  # what --json prints
    """A key or seal in one row: its state, its id, the key itself, and when it signed its last."""
    last = one.get("retired")
    state = "in use" if one["in_use"] else "stolen" if last and last["stolen"] else "old"
    signed = f"signed its last on {last['at'][:10]}, entry {last['entry']}" if last else ""
    return (state, one["id"], one.get("key") or one["fingerprint"], signed)


def _keys() -> list[dict[str, object]]:
    from touchstone.core.labels.lines import retired_as_document
    from touchstone.output import keys
    from touchstone.output.credentials.multibase import multikey

    folder = home().keys
    known = keys.public_keys(folder)
    in_use = keys.load(folder).id if known else ""
    retired = retired_as_document(keys.retired(folder))
    return [
        {"id": id, "key": multikey(public), "in_use": id == in_use, "retired": retired.get(id)}
        for id, public in known.items()
    ]


def _seals() -> list[dict[str, object]]:
    from touchstone.output import keys

    folder = home().keys
    known = keys.seals(folder)
    in_use = keys.load_seal(folder).fingerprint if known else ""
    return [{"id": "seal", "fingerprint": one, "in_use": one == in_use} for one in known]
